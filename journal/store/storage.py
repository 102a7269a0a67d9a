"""A TinyDB storage that is atomic, private and synced, and one that stages a transaction in memory.

The file is plain JSON with one record a line: `{"<table>": {"<id>": {…}, …}, …}`.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from journal.errors import StoreDamaged
from journal.files import explain, write_atomic

State = dict[str, dict[str, dict[str, Any]]]

Signature = tuple[int, int, int]

TRUSTED_AFTER = 0.03
"""How old a file must be, in seconds, before its time of change tells it from the next version. Two versions
written within one tick of the file system's clock can have the same time, size and even the same place."""


class AtomicStorage(Storage):
    """Reads the whole file when it changed, and replaces the whole file on every write.

    Safe to read from several threads: what was read and the signature it was read under change hands together.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[Signature | None, State | None] = (None, None)

    def _signature(self) -> Signature | None:
        try:
            stat = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise explain(error, "read", self.path) from error
        return stat.st_ino, stat.st_mtime_ns, stat.st_size

    def present(self) -> bool:
        """Whether the file is there. Raises StoreUnavailable where that cannot be told."""
        return self._signature() is not None

    def read(self) -> State | None:
        signature = self._signature()
        seen, state = self._seen
        if signature is None or signature != seen:
            state = self.load() if signature else None
            self._remember(signature, state)
        return state

    def _remember(self, signature: Signature | None, state: State | None) -> None:
        fresh = signature is not None and abs(time.time() - signature[1] / 1e9) < TRUSTED_AFTER
        self._seen = (None, None) if fresh else (signature, state)

    def load(self) -> State | None:
        """The file's state as objects of the caller's own, or None where there is no file.

        Raises StoreUnavailable and StoreDamaged.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise explain(error, "read", self.path) from error
        try:
            return msgspec.json.decode(raw, type=State)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise StoreDamaged(
                f"{self.path} is not readable as a journal.",
                "It was left as it is. Put a copy of it back, or choose another folder with --journal.",
            ) from error

    def write(self, data: State) -> None:
        try:
            write_atomic(self.path, encode(data))
        except OSError as error:
            raise explain(error, "write", self.path) from error
        self._remember(self._signature(), data)


class StagedStorage(Storage):
    """Holds a transaction's state; TinyDB's tables write here until the whole is committed at once."""

    def __init__(self, state: State | None) -> None:
        self.state: State = state or {}
        self.changed = False

    def read(self) -> State | None:
        return self.state

    def write(self, data: State) -> None:
        self.state = data
        self.changed = True


def encode(state: State) -> bytes:
    """The file's bytes: one record a line, so that `grep`, `diff` and people can read it."""
    dump = msgspec.json.encode
    tables = []
    for name, records in state.items():
        lines = b",\n".join(dump(str(id)) + b": " + dump(record) for id, record in records.items())
        tables.append(dump(name) + b": {\n" + lines + b"\n}" if lines else dump(name) + b": {}")
    return b"{\n" + b",\n".join(tables) + b"\n}\n"
