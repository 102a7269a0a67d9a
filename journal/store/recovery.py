"""What is done, and said, when the log is not as it should be. Nothing is ever thrown away: bytes that cannot be
used are kept in `quarantine/`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

from journal.errors import NotFound, StoreDamaged
from journal.files import make_private_folder
from journal.store.disk import Disk
from journal.store.lines import Header, Scan, decode_header

LOG_NAME = "journal.jsonl"
HEADER_NAME = "journal.header"
WHOLE_NAME = "journal.json"
QUARANTINE = "quarantine"
BACKUPS = "backups"


def quarantine(folder: Path, disk: Disk, data: bytes, what: str) -> Path:
    """Keep bytes aside, once however often they are met. Raises OSError and StoreUnavailable."""
    place = folder / QUARANTINE
    make_private_folder(place)
    path = place / f"{what}-{crc32(data):08x}.bytes"
    if not path.exists():
        disk.write_whole(path, [data])
    return path


def keep_aside(folder: Path, disk: Disk, path: Path) -> Path:
    """Move a whole file into quarantine under a name that is free. Raises OSError and StoreUnavailable."""
    place = folder / QUARANTINE
    make_private_folder(place)
    target = place / path.name
    number = 2
    while target.exists():
        target = place / f"{path.stem}-{number}{path.suffix}"
        number += 1
    disk.replace(path, target)
    disk.sync_folder(folder)
    return target


def read_header_copy(folder: Path) -> Header | None:
    """The second copy of the header, or None where it is missing or damaged."""
    try:
        return decode_header((folder / HEADER_NAME).read_bytes())
    except OSError:
        return None


def was_known(folder: Path) -> bool:
    """Whether there are traces of a journal in the folder."""
    names = (LOG_NAME, HEADER_NAME, "journal.hints", WHOLE_NAME)
    return any((folder / name).exists() for name in names) or any(_backups(folder))


def _backups(folder: Path) -> Iterable[Path]:
    with contextlib.suppress(OSError):
        yield from (path for path in (folder / BACKUPS).iterdir() if path.name.startswith("journal"))


def newest_backup(folder: Path) -> Path | None:
    """The newest file in `backups/`, if any."""
    return max(_backups(folder), key=lambda path: path.stat().st_mtime_ns, default=None)


def _way_back(folder: Path) -> str:
    backup = newest_backup(folder)
    return f"Put a good copy of it back; the newest one is {backup}." if backup else "Put a good copy of it back."


def no_journal(folder: Path) -> NotFound:
    """The refusal where a journal was expected."""
    return NotFound(
        f"There is no journal in {folder}.",
        "Make one with: bothways init --name YOU --role mentee --with THEM",
    )


def vanished(folder: Path) -> StoreDamaged:
    """The refusal where a journal was, and is no more."""
    return StoreDamaged(
        f"{folder / LOG_NAME} is missing, though this folder has held a journal.",
        f"Nothing was made in its place. {_way_back(folder)}",
    )


def unreadable(folder: Path) -> StoreDamaged:
    """The refusal where the file holds nothing that can be recognised."""
    return StoreDamaged(
        f"{folder / LOG_NAME} is not readable as a journal.",
        f"It was left as it is. {_way_back(folder)}",
    )


def damaged(folder: Path) -> StoreDamaged:
    """The refusal to write to a journal that has lost something in the middle."""
    return StoreDamaged(
        f"{folder / LOG_NAME} is damaged: it can be read, but nothing is written to it.", _way_back(folder)
    )


def describe_damage(folder: Path, result: Scan, kept: Path | None) -> str:
    """What was found, as a sentence or three."""
    found = []
    if result.damage:
        one = len(result.damage) == 1
        found.append(f"{len(result.damage)} {'line' if one else 'lines'} cannot be read")
    if result.gaps:
        found.append(f"commits are missing before number {', '.join(str(n) for n in result.gaps[:5])}")
    aside = f" The damaged bytes are kept in {kept}." if kept else ""
    return (
        f"{folder / LOG_NAME} is damaged: {' and '.join(found)}. All that can be read is shown, and nothing is "
        f"written.{aside} {_way_back(folder)}"
    )


def describe_torn(kept: Path | None) -> str:
    """What a cut-off last write means."""
    aside = f" Its bytes are kept in {kept}." if kept else ""
    return (
        "The last write to the journal was cut off before it was acknowledged, and was left out; "
        f"everything before it is whole.{aside}"
    )


def describe_shorter(missing: int) -> str:
    """What a log that ends before its hint file did means."""
    return (
        f"The journal is {missing} {'commit' if missing == 1 else 'commits'} shorter than when it was last opened: an "
        "older copy was put in its place, or its end was lost."
    )


def describe_mended(folder: Path, kept: Path) -> str:
    """What writing the header anew means."""
    return (
        f"The first line of {folder / LOG_NAME} was damaged and was written anew from its second copy; no words of "
        f"yours were in it. The damaged bytes are kept in {kept}."
    )
