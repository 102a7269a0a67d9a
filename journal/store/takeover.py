"""Taking over what earlier versions wrote: the whole-file journal of schema 1, and logs of an earlier schema.

Each can be interrupted at any byte: the new log is written beside the old file and put in place in one step, and the
old file is kept in `backups/` before anything is moved.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from journal import __version__
from journal.errors import StoreDamaged, StoreFromFuture
from journal.files import explain, make_private_folder
from journal.store import recovery
from journal.store.disk import Disk
from journal.store.lines import Header, encode_commit
from journal.store.log import Log, known_op, put_op
from journal.store.migrations import STEPS, State, Step, migrate
from journal.store.tables import View, encode


def take_over_whole_file(log: Log, steps: Sequence[Step] = STEPS) -> None:
    """Make the log from `journal.json`, or finish that, where it was begun. Without such a file nothing happens.

    The old file ends up in `backups/`. Raises StoreUnavailable, StoreDamaged and StoreFromFuture; the old file is as it
    was then.
    """
    old = log.folder / recovery.WHOLE_NAME
    if not old.exists():
        return
    with log.lock():
        if not old.exists():
            return
        try:
            data = old.read_bytes()
        except OSError as error:
            raise explain(error, "read", old) from error
        backup = _keep(log.folder, log.disk, "journal-schema-1.json", data)
        if not log.path.exists():
            state, schema, journal = _read_whole(old, data)
            state = migrate(state, schema, steps)
            header = Header(schema=1 + len(steps), journal=journal, written_by=__version__)
            log.create(header, _lines(state))
            log.say(f"Your journal was brought into this version's form; the old file is kept as {backup}.")
        elif backup.name != "journal-schema-1.json":
            log.say(
                f"An older Bothways wrote to {old.name} after it was taken over; what it wrote is kept as {backup}."
            )
        try:
            old.unlink()
            log.disk.sync_folder(log.folder)
        except OSError as error:
            raise explain(error, "remove", old) from error


def _keep(folder: Path, disk: Disk, name: str, data: bytes) -> Path:
    """Keep `data` in `backups/` and read it back; a file of that name with other bytes gets a sister."""
    place = folder / recovery.BACKUPS
    make_private_folder(place)
    path, number = place / name, 2
    try:
        while path.exists() and path.read_bytes() != data:
            path = place / f"{Path(name).stem}-{number}{Path(name).suffix}"
            number += 1
        if not path.exists():
            disk.write_whole(path, [data])
        if path.read_bytes() != data:
            raise StoreDamaged(f"{path} does not read back as it was written.", "Check the disk; nothing was changed.")
    except OSError as error:
        raise explain(error, "write", path) from error
    return path


def _read_whole(path: Path, data: bytes) -> tuple[State, int, str]:
    try:
        state = msgspec.json.decode(data, type=dict[str, dict[str, dict[str, Any]]])
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(
            f"{path} is not readable as a journal.",
            "It was left as it is. Put a copy of it back, or choose another folder with --journal.",
        ) from error
    meta = state.get("meta", {}).get("journal", {})
    schema, journal = meta.get("schema"), meta.get("journal")
    if type(schema) is not int or schema < 1 or not isinstance(journal, str):
        raise StoreDamaged(
            f"{path} does not say which version of Bothways wrote it.",
            "It was left as it is. Put a copy of it back, or choose another folder with --journal.",
        )
    if schema > 1:
        raise StoreFromFuture(
            f"This journal was written by a newer Bothways (schema {schema} in {path.name}).",
            "Install the newer version to open it. Nothing was changed.",
        )
    return state, schema, journal


def _lines(state: State) -> list[bytes]:
    lines: list[bytes] = []
    for table, records in state.items():
        lines.append(encode_commit(len(lines) + 1, [known_op(table)]))
        for id, doc in records.items():
            lines.append(encode_commit(len(lines) + 1, [put_op(table, id, encode(doc))]))
    return lines


def bring_up_to_date(log: Log, steps: Sequence[Step] = STEPS) -> None:
    """Walk a log of an earlier schema through the later steps, keeping it as it was in `backups/`. Nothing
    happens to a log that is up to date, or that may not be written to."""
    log.refresh()
    target = 1 + len(steps)
    if log.header is None or log.header.schema >= target or log.refusal is not None:
        return
    with log.lock():
        log.refresh()
        schema = log.header.schema
        if schema >= target:
            return
        _keep(log.folder, log.disk, f"journal-schema-{schema}.jsonl", log.path.read_bytes())
        state = {name: dict(View(log, name).items()) for name in log.tables()}
        changed = {
            table: {id: encode(doc) for id, doc in records.items()}
            for table, records in migrate(state, schema, steps).items()
        }
        header = Header(schema=target, journal=log.header.journal, written_by=__version__)
        log.compact(header, changed)
