"""Reading the log record by record, each line's checksum verified as it is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import RawIOBase
from pathlib import Path

from journal.errors import StoreDamaged
from journal.files import explain
from journal.ports import Fact
from journal.store import recovery
from journal.store.lines import Put, decode_commit
from journal.store.opening import OpenLog

RECENT = 16
RECENT_BYTES = 64 * 1024
MANY = 16
WIDE = 64 * 1024
STRETCH = 128 * 1024


class ReadableLog(OpenLog):
    """The log as a source of documents (JSON bytes) and facts. Every method first notices what others wrote."""

    def tables(self) -> list[str]:
        """The names of the tables there are."""
        with self.mutex:
            self.refresh()
            return list(self.index.tables)

    def has(self, table: str, id: str) -> bool:
        """Whether a record is stored."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            return found is not None and found.has(id)

    def ids(self, table: str) -> list[str]:
        """The ids of a table, in the order in which they were first stored."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            return found.ids() if found is not None else []

    def count(self, table: str) -> int:
        """How many records a table has."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            return len(found) if found is not None else 0

    def select(self, table: str, names: Sequence[str], equal: Mapping[str, Fact]) -> list[tuple[Fact, ...]]:
        """Facts of the records whose facts are equal to these."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            return found.select(names, equal) if found is not None else []

    def top(self, table: str, by: str, limit: int, equal: Mapping[str, Fact]) -> list[str]:
        """The ids with the `limit` highest facts, ties with the last one included."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            return found.top(by, limit, equal) if found is not None else []

    def read(self, table: str, id: str) -> bytes | None:
        """A record's document as JSON bytes, or None."""
        with self.mutex:
            self.refresh()
            found = self.index.tables.get(table)
            place = found.place(id) if found is not None else None
            if place is None:
                return None
            doc = self._recent.get((self._first, place[0], table, id))
            if doc is None:
                doc = next((found for _, found in self.read_many(table, [id])), None)
                if doc is not None:
                    self._remember(place[0], table, id, doc)
            return doc

    def _remember(self, at: int, table: str, id: str, doc: bytes) -> None:
        # A record that is changed is read several times on the way; its place never gets other bytes.
        if len(self._recent) >= RECENT:
            self._recent.clear()
        if len(doc) < RECENT_BYTES:
            self._recent[self._first, at, table, id] = doc

    def read_many(
        self, table: str, ids: Sequence[str], wanted: Callable[[bytes], bool] | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """The documents of these ids in that order; missing ones are left out, and so are those whose line
        `wanted` refuses. Every line's checksum is verified."""
        with self.mutex:
            self.refresh()
            table_index = self.index.tables.get(table)
            ino = self._seen[0] if self._seen else 0
            # All places at once: while this is read, another thread may write, which moves the index.
            known = [(id, table_index.place(id)) for id in ids] if table_index is not None else []
        places = [(id, place) for id, place in known if place is not None]
        if not places:
            return
        try:
            handle = self.path.open("rb", buffering=0)
        except FileNotFoundError:
            raise recovery.vanished(self.folder) from None
        except OSError as error:
            raise explain(error, "read", self.path) from error
        with handle:
            if os.fstat(handle.fileno()).st_ino != ino:
                # Somebody compacted the log between the look and the opening.
                yield from self.read_many(table, ids, wanted)
                return
            lines = _Lines(self.path, handle, STRETCH if len(places) > MANY else 0)
            wide: tuple[int, dict[str, bytes]] = (-1, {})
            for id, (at, size) in places:
                if size > WIDE:
                    # Many records in one commit: its line is decoded once, not once a record.
                    if wide[0] != at:
                        wide = (at, documents(lines.line(at, size), table))
                    doc = wide[1].get(id)
                else:
                    line = lines.line(at, size)
                    if wanted is not None and not wanted(line):
                        continue
                    doc = document(line, table, id)
                if doc is None:
                    doc = self._read_again(table, id)
                if doc is not None and (size <= WIDE or wanted is None or wanted(doc)):
                    yield id, doc

    def _read_again(self, table: str, id: str) -> bytes | None:
        with self.mutex:
            try:
                self._reload()
                found = self.index.tables.get(table)
                place = found.place(id) if found is not None else None
                if place is None:
                    return None
                with self.path.open("rb") as handle:
                    handle.seek(place[0])
                    doc = document(handle.read(place[1]), table, id)
            except FileNotFoundError:
                raise recovery.vanished(self.folder) from None
            except OSError as error:
                raise explain(error, "read", self.path) from error
        if doc is None:
            raise StoreDamaged("The journal changed while it was read.", "Try again.")
        return doc


class _Lines:
    """Lines of an open file by their places, read `stretch` bytes at a time where neighbours are wanted too.

    The file is not mapped into memory: a program that cuts it short meanwhile would end this one.
    """

    def __init__(self, path: Path, handle: RawIOBase, stretch: int) -> None:
        self._path = path
        self._handle = handle
        self._stretch = stretch
        self._start = 0
        self._data = b""

    def line(self, at: int, size: int) -> bytes:
        """The `size` bytes at offset `at`, or fewer where the file ends. Raises StoreUnavailable."""
        first = at - self._start
        if first < 0 or first + size > len(self._data):
            room = max(self._stretch, size)
            # Newest first is read backwards: then what lies before is wanted next.
            start = max(0, at + size - room) if at < self._start else at
            try:
                self._handle.seek(start)
                self._data = self._handle.read(room) or b""
            except OSError as error:
                raise explain(error, "read", self._path) from error
            self._start, first = start, at - start
        return self._data[first : first + size]


def documents(line: bytes, table: str) -> dict[str, bytes]:
    """All documents that a commit's line stores in a table, by id; none where the line is damaged."""
    commit = decode_commit(line)
    if commit is None:
        return {}
    return {op.id: bytes(op.doc) for op in commit.ops if isinstance(op, Put) and op.table == table}


def document(line: bytes, table: str, id: str) -> bytes | None:
    """The document that a commit's line stores under an id, or None where the line is damaged or another one."""
    commit = decode_commit(line)
    if commit is None:
        return None
    doc = None
    for op in commit.ops:
        if isinstance(op, Put) and op.id == id and op.table == table:
            doc = bytes(op.doc)
    return doc
