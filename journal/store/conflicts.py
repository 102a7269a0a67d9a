"""Copies that a synchronising service left beside the log because two computers wrote at the same time.

Dropbox calls them “journal (Ana's conflicted copy 2026-11-20).jsonl”, Syncthing
“journal.sync-conflict-20261120-101500-ABCDEFG.jsonl”, OneDrive “journal-LAPTOP.jsonl”, iCloud “journal 2.jsonl”.
A copy whose commits simply go on where this log ends is merged; one that adds nothing is put aside; any other is
named to the writer and left as it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from journal.errors import StoreError
from journal.store import recovery
from journal.store.lines import Commit, Scan, decode_header, scan

if TYPE_CHECKING:
    from journal.store.log import Log

_CHUNK = 1024 * 1024


def is_copy(name: str) -> bool:
    """Whether a file's name is that of a conflict copy of the log."""
    if name == recovery.LOG_NAME:
        return False
    return name.startswith("journal") and (name.endswith(".jsonl") or name.startswith(f"{recovery.LOG_NAME}."))


def look(log: Log, names: Sequence[str]) -> None:
    """Deal with these conflict copies in the log's folder, which has just been opened."""
    for name in sorted(names):
        path = log.folder / name
        try:
            with log.lock(seconds=0):
                log.refresh()
                _deal_with(log, path)
        except (OSError, StoreError):
            log.say(f"{path} is a copy that a synchronising service left; it could not be looked into.")


def _deal_with(log: Log, path: Path) -> None:
    same = _common(log.path, path)
    ours, theirs = log.path.stat().st_size, path.stat().st_size
    if same == theirs:
        kept = recovery.keep_aside(log.folder, log.disk, path)
        log.say(f"{path.name} was a copy that held nothing new; it is kept in {kept.parent}.")
        return
    commits: list[Commit] = []
    with path.open("rb") as handle:
        header = decode_header(handle.readline())
        rest = _rest(log, handle, commits) if same == ours and log.at_end(ours) else None
        if header is None or rest is None or rest.damage or rest.gaps or not commits:
            log.say(
                f"{path} is a copy that a synchronising service left, and it holds words that are not in your "
                "journal. It was left as it is; keep it until you have looked into it."
            )
            return
        handle.seek(ours)
        data = handle.read(rest.end - ours)
    log.append(data if rest.terminated else data + b"\n", commits)
    kept = recovery.keep_aside(log.folder, log.disk, path)
    number = f"{len(commits)} {'commit' if len(commits) == 1 else 'commits'}"
    log.say(f"{number} from {path.name}, which a synchronising service had left, were merged; it is kept in {kept}.")


def _rest(log: Log, handle: BinaryIO, commits: list[Commit]) -> Scan:
    def note(commit: Commit, offset: int, size: int) -> None:
        commits.append(commit)

    return scan(handle, log.end, log.seq, note)


def _common(one: Path, other: Path) -> int:
    """How many bytes the two files have in common at their beginning."""
    same = 0
    with one.open("rb") as a, other.open("rb") as b:
        while True:
            x, y = a.read(_CHUNK), b.read(_CHUNK)
            if x != y or not x:
                shorter = min(len(x), len(y))
                return same + next((i for i in range(shorter) if x[i] != y[i]), shorter)
            same += len(x)
