"""The append-only log `journal.jsonl`, written one commit at a time.

A commit takes the folder's lock, reads what others wrote, runs the block, serialises, writes once, waits for the
disk, and only then changes what is in memory. Nothing keeps the file open between two operations.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from msgspec import Raw

from journal.errors import StoreError, StoreUnavailable
from journal.files import explain, make_private_folder
from journal.store import conflicts, recovery
from journal.store.disk import open_for_writing
from journal.store.lines import Commit, Header, Known, Op, Put, encode_commit, encode_header
from journal.store.opening import HINT_BYTES, LAST
from journal.store.reading import ReadableLog
from journal.store.staged import Staged

COMPACT_BYTES = 1024 * 1024
STALE_SECONDS = 3600


class Log(ReadableLog):
    """A journal's log in `folder`. Safe to use from several threads; several processes share it by its lock.

    `schema` is the newest version of the records' meaning that is understood. Every method raises
    StoreUnavailable where the system refuses, StoreDamaged where nothing can be read, and NotFound where there is
    no journal.
    """

    def create(self, header: Header, lines: Iterable[bytes] = ()) -> None:
        """Make the log with these commits, already encoded, in one step; the caller holds the lock."""
        try:
            self.disk.write_whole(self.path, [encode_header(header), *lines])
            self._copy_header(header)
        except OSError as error:
            raise explain(error, "write", self.path) from error
        self._seen = None

    def _copy_header(self, header: Header) -> None:
        self.disk.write_whole(self.folder / recovery.HEADER_NAME, [encode_header(header)])

    def _look_around(self) -> None:
        """Once a sitting: deal with conflict copies, and clear away what a killed program left half written."""
        if self._looked or self.refusal is not None:
            return
        self._looked = True
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:
            return
        self._renew_header_copy()
        conflicts.look(self, [name for name in names if conflicts.is_copy(name)])
        for path in [self.folder / n for n in names if n.startswith(".journal") and n.endswith(".tmp")]:
            with contextlib.suppress(OSError, StoreError):
                if path.name.startswith(f".{self.path.name}."):
                    # Half of a log may hold words that were deleted since; under the lock it is nobody's.
                    with self.lock(seconds=0):
                        path.unlink()
                elif time.time() - path.stat().st_mtime > STALE_SECONDS:
                    path.unlink()

    def _renew_header_copy(self) -> None:
        copy = self.folder / recovery.HEADER_NAME
        with contextlib.suppress(OSError, StoreError):
            if copy.exists() and copy.read_bytes() == self._first:
                return
            with self.lock(seconds=0):
                self.refresh()
                self.disk.write_whole(copy, [self._first])

    # --- writing ---------------------------------------------------------------------------------------

    @contextmanager
    def begin(self) -> Iterator[Staged]:
        """One commit: what the block stages is stored when it ends, all of it or nothing."""
        with self.lock():
            self.refresh()
            if self.refusal is not None:
                raise self.refusal
            staged = Staged(self)
            yield staged
            if ops := staged.ops():
                self.commit(ops)

    def commit(self, ops: Sequence[Op]) -> None:
        """Append one commit; the caller holds the lock and has refreshed."""
        line = encode_commit(self._seq + 1, ops)
        at = self._end + (0 if self._terminated else 1)
        self.append(line, [Commit(self._seq + 1, list(ops))])
        if len(ops) == 1 and isinstance(ops[0], Put):
            self._remember(at, ops[0].table, ops[0].id, bytes(ops[0].doc))

    def append(self, lines: bytes, commits: Sequence[Commit]) -> None:
        """Append whole commits that continue the log; the caller holds the lock and has refreshed.

        Where the disk refuses, the log is as it was. Where it refuses to confirm, nothing more is written."""
        if self.refusal is not None:
            raise self.refusal
        data = lines if self._terminated else b"\n" + lines
        try:
            fd = open_for_writing(self.path)
        except OSError as error:
            raise explain(error, "write", self.path) from error
        try:
            self._only_writer(fd)
            self._write(fd, data)
            stat = os.fstat(fd)
        finally:
            os.close(fd)
        at = self._end + len(data) - len(lines)
        for commit, line in zip(commits, lines.split(b"\n"), strict=False):
            self.index.apply(commit, at, len(line) + 1)
            at += len(line) + 1
        self._end, self._seq, self._terminated = at, self._seq + len(commits), True
        self._last = lines[-LAST:]
        self._seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self._end - self._hinted > max(HINT_BYTES, self._end // 64):
            self.save_hints()

    def _only_writer(self, fd: int) -> None:
        # Some shared disks know no locks, and a lock file can be removed: then two may believe that they hold it.
        stat = os.fstat(fd)
        if self._seen is None or (stat.st_ino, stat.st_size) != self._seen[:2] or stat.st_size != self._end:
            self._seen = None
            raise StoreUnavailable(
                f"Another program wrote to {self.path} at the same moment.", "Nothing of yours was stored; try again."
            )

    def _write(self, fd: int, data: bytes) -> None:
        try:
            os.lseek(fd, self._end, os.SEEK_SET)
            self.disk.write(fd, data)
        except OSError as error:
            refusal = explain(error, "write", self.path)
            self._take_back(fd, refusal)
            raise refusal from error
        try:
            self.disk.sync(fd)
        except OSError as error:
            refusal = StoreUnavailable(
                f"The disk did not confirm what was written to {self.path}; nothing more is written.",
                "What was confirmed before is safe. Check the disk, then start Bothways again.",
            )
            self._stopped = refusal
            self.say(str(refusal))
            self._take_back(fd, refusal)
            raise refusal from error

    def _take_back(self, fd: int, refusal: StoreError) -> None:
        try:
            self.disk.truncate(fd, self._end)
        except OSError:
            # What was half written stays behind the last commit; the next opening cuts it off.
            self._seen = None
            self._stopped = refusal

    # --- tidying ---------------------------------------------------------------------------------------

    def wants_hints(self) -> bool:
        """Whether there is something to note, and no hint file that was ever in use."""
        return self.refusal is None and self._hinted == 0 and self._seq > 0

    def wants_compaction(self) -> bool:
        """Whether more than half of a log of some size is out of use, as far as was counted."""
        return self.refusal is None and self._end > COMPACT_BYTES and self._live * 2 < self._hinted

    def compact(self, header: Header | None = None, changed: Mapping[str, Mapping[str, bytes]] | None = None) -> None:
        """Write the log anew with only what is in use, under the lock, and put it in the old one's place.

        `changed` replaces all tables, for a migration; `header` the header. Raises StoreUnavailable; the old
        log is untouched then, and so it is where a damaged line is met (StoreDamaged).
        """
        with self.lock():
            self.refresh()
            if self.refusal is not None:
                raise self.refusal
            assert self.header is not None
            old = self.header
            new = header or old
            fresh = Header(
                schema=new.schema,
                journal=old.journal,
                generation=old.generation + 1,
                written_by=new.written_by,
            )
            try:
                self.disk.write_whole(self.path, self._snapshot(fresh, changed))
                self._seen = None
                self._copy_header(fresh)
            except OSError as error:
                raise explain(error, "write", self.path) from error
            self.refresh()
            self.save_hints()

    def _snapshot(self, header: Header, changed: Mapping[str, Mapping[str, bytes]] | None) -> Iterator[bytes]:
        yield encode_header(header)
        number = 0
        for table in list(self.index.tables) if changed is None else changed:
            number += 1
            yield encode_commit(number, [known_op(table)])
            docs = self.read_many(table, self.ids(table)) if changed is None else changed[table].items()
            for id, doc in docs:
                number += 1
                yield encode_commit(number, [put_op(table, id, doc)])
        if self.refusal is not None:
            # A damaged line was met on the way. The old file keeps what is left of it.
            raise self.refusal

    def make_folder(self) -> None:
        """Make the folder, for its owner alone."""
        make_private_folder(self.folder)


def put_op(table: str, id: str, doc: bytes) -> Op:
    """The operation that stores a document of JSON bytes."""
    return Put(table, id, Raw(doc))


def known_op(table: str) -> Op:
    """The operation that makes a table known."""
    return Known(table)
