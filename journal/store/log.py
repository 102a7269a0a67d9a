"""The append-only log `journal.jsonl`: opened cheaply, read record by record, written one commit at a time.

A commit takes the folder's lock, reads what others wrote, runs the block, serialises, writes once, waits for the
disk, and only then changes what is in memory. Nothing keeps the file open between two operations.
"""

from __future__ import annotations

import contextlib
import logging
import mmap
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from msgspec import Raw

from journal.errors import StoreDamaged, StoreError, StoreFromFuture, StoreUnavailable
from journal.files import explain, make_private_folder
from journal.ports import Fact
from journal.store import conflicts, hints, recovery
from journal.store.disk import Disk, open_for_writing
from journal.store.index import Index
from journal.store.lines import (
    FORMAT,
    Commit,
    Header,
    Known,
    Op,
    Put,
    Scan,
    decode_commit,
    decode_header,
    encode_commit,
    encode_header,
    scan,
)
from journal.store.lock import LOCK_SECONDS, Busy, locked
from journal.store.staged import Staged

HINT_BYTES = 256 * 1024
COMPACT_BYTES = 1024 * 1024
STALE_SECONDS = 3600
RECENT = 16
RECENT_BYTES = 64 * 1024
MANY = 16
logger = logging.getLogger(__name__)


class Log:
    """A journal's log in `folder`. Safe to use from several threads; several processes share it by its lock.

    `schema` is the newest version of the records' meaning that is understood. Every method raises
    StoreUnavailable where the system refuses, StoreDamaged where nothing can be read, and NotFound where there is
    no journal.
    """

    def __init__(
        self, folder: Path, *, schema: int, disk: Disk | None = None, lock_seconds: float = LOCK_SECONDS
    ) -> None:
        self.folder = folder
        self.path = folder / recovery.LOG_NAME
        self.schema = schema
        self.disk = disk or Disk()
        self.header: Header | None = None
        self.index = Index()
        self.mutex = threading.RLock()
        self._damage: StoreError | None = None
        self._stopped: StoreError | None = None
        self._lock_seconds = lock_seconds
        self._first = b""
        self._end = self._seq = self._hinted = self._live = 0
        self._terminated = True
        self._seen: tuple[int, int, int] | None = None
        self._holds_lock = self._looked = self._fresh = False
        self._said: dict[str, bool] = {}
        self._recent: dict[tuple[bytes, int, str, str], bytes] = {}

    @property
    def refusal(self) -> StoreError | None:
        """Why nothing can be written, or None."""
        return self._stopped or self._damage

    @property
    def end(self) -> int:
        """The offset behind the last whole commit."""
        return self._end

    @property
    def seq(self) -> int:
        """The number of the last whole commit."""
        return self._seq

    def at_end(self, size: int) -> bool:
        """Whether a file of `size` bytes ends with the last whole commit and its newline."""
        return self._terminated and size == self._end

    # --- being there -----------------------------------------------------------------------------------

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

    def say(self, sentence: str) -> None:
        """Note something the writer should know; each sentence is given once."""
        self._said.setdefault(sentence, False)

    def notices(self) -> list[str]:
        """The sentences not given before."""
        with self.mutex:
            fresh = [sentence for sentence, given in self._said.items() if not given]
            self._said.update(dict.fromkeys(fresh, True))
            return fresh

    @contextmanager
    def lock(self, seconds: float | None = None) -> Iterator[None]:
        """Hold the lock between processes (re-entrant in this object). Raises StoreUnavailable."""
        with self.mutex:
            if self._holds_lock:
                yield
                return
            try:
                holder = locked(self.folder, self._lock_seconds if seconds is None else seconds)
                holder.__enter__()
            except Busy as error:
                raise StoreUnavailable(
                    "Another program has been writing to this journal for ten seconds.",
                    "Try again; nothing was stored.",
                ) from error
            except FileNotFoundError as error:
                raise recovery.no_journal(self.folder) from error
            except OSError as error:
                raise explain(error, "write", self.folder) from error
            self._holds_lock, self._fresh = True, False
            try:
                yield
            finally:
                self._holds_lock = False
                holder.__exit__(None, None, None)

    # --- opening and keeping up --------------------------------------------------------------------------

    def refresh(self) -> None:
        """Notice what others wrote since the last look."""
        with self.mutex:
            if self._holds_lock and self._fresh and self._seen is not None:
                return  # Nobody else writes now.
            self._fresh = True
            try:
                stat = self.path.stat()
            except FileNotFoundError:
                if self.header is not None or recovery.was_known(self.folder):
                    raise recovery.vanished(self.folder) from None
                raise recovery.no_journal(self.folder) from None
            except OSError as error:
                raise explain(error, "read", self.path) from error
            seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
            torn = self._holds_lock and self.refusal is None and stat.st_size != self._end
            if seen == self._seen and not torn:
                return
            try:
                with self.path.open("rb") as handle:
                    if not self._read_on(handle):
                        self._open(handle, trust=True)
            except OSError as error:
                raise explain(error, "read", self.path) from error

    def _read_on(self, handle: BinaryIO) -> bool:
        """Take in what was appended; False where the file is another one, or is not what it was."""
        if self.header is None or self._seen is None or self._damage is not None:
            return False
        stat = os.fstat(handle.fileno())
        if stat.st_ino != self._seen[0] or stat.st_size < self._end or handle.readline() != self._first:
            return False
        result = scan(handle, self._end, self._seq, self.index.apply, terminated=self._terminated)
        if result.damage or result.gaps:
            return False
        self._settle(handle, result)
        return True

    def _open(self, handle: BinaryIO, *, trust: bool) -> None:
        handle.seek(0)
        first = handle.readline()
        # It is written whole, newline and all, before the file gets its name.
        header = decode_header(first) if first.endswith(b"\n") else None
        found = header or recovery.read_header_copy(self.folder)
        if found is not None and found.format > FORMAT:
            raise StoreFromFuture(
                "This journal was written by a newer Bothways, in a form that this one cannot read.",
                "Install the newer version to open it. Nothing was changed.",
            )
        hinted = hints.load(self.folder / hints.HINTS_NAME) if trust and header is not None else None
        start, seq, index = len(first), 0, Index()
        known = hinted[0] if hinted is not None else None
        if known is not None and (found is None or known.journal != found.journal):
            known = None
        size = os.fstat(handle.fileno()).st_size
        if hinted is not None and known is not None and found is not None and known.generation == found.generation:
            if known.end > size:
                pass
            elif hints.tail_of(handle, known.end) == known.tail:
                start, seq, index, self._live = known.end, known.seq, hinted[1], known.live
        elif header is None:
            start = 0
        result = scan(handle, start, seq, index.apply)
        if seq and (result.damage or result.gaps):
            self._open(handle, trust=False)
            return
        if (result.damage or result.gaps) and not self._holds_lock:
            # Somebody may be mending it at this moment; with the lock held, it is what it is.
            with contextlib.suppress(StoreUnavailable), self.lock(seconds=2.0), self.path.open("rb") as again:
                self._open(again, trust=False)
                return
        if result.seq == 0 and (header is None or (known is not None and known.seq > 0)):
            raise recovery.unreadable(self.folder)
        self.index, self._first = index, first
        self._hinted = start if seq else 0
        self.header = found or Header(schema=self.schema, journal="")
        self._judge(handle, header, result)
        if known is not None and known.end > size and known.generation == self.header.generation:
            self.say(recovery.describe_shorter(known.seq - result.seq))
        self._settle(handle, result)
        self._look_around()

    def _look_around(self) -> None:
        """Once a sitting: deal with conflict copies, and clear away what a killed program left half written."""
        if self._looked or self.refusal is not None:
            return
        self._looked = True
        try:
            names = [path.name for path in self.folder.iterdir()]
        except OSError:
            return
        conflicts.look(self, [name for name in names if conflicts.is_copy(name)])
        for name in names:
            path = self.folder / name
            if name.startswith(".journal") and name.endswith(".tmp"):
                with contextlib.suppress(OSError):
                    if time.time() - path.stat().st_mtime > STALE_SECONDS:
                        path.unlink()

    def _judge(self, handle: BinaryIO, header: Header | None, result: Scan) -> None:
        """Decide whether this journal may be written to, and say what is wrong with it."""
        self._damage = None
        assert self.header is not None
        if result.damage or result.gaps or header is None:
            kept = None
            bad = [line.data for line in result.damage]
            with contextlib.suppress(OSError, StoreError):
                for data in bad:
                    kept = recovery.quarantine(self.folder, self.disk, data, "damaged").parent
            self._damage = recovery.damaged(self.folder)
            self.say(recovery.describe_damage(self.folder, result, kept))
        elif self.header.schema > self.schema:
            self._damage = StoreFromFuture(
                f"This journal was written by a newer Bothways (schema {self.header.schema}; this one knows "
                f"{self.schema}): it can be read here, but nothing is written to it.",
                "Install the newer version to write in it. Nothing was changed.",
            )
            self.say(str(self._damage))

    def _settle(self, handle: BinaryIO, result: Scan) -> None:
        stat = os.fstat(handle.fileno())
        self._end, self._seq, self._terminated = result.end, result.seq, result.terminated
        self._seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self.refusal is not None:
            return
        if result.torn:
            self._cut(result.torn)
        elif self._end - self._hinted > max(HINT_BYTES, self._end // 64):
            self.save_hints()

    def _cut(self, torn: bytes) -> None:
        """Remove a cut-off last write, once it is certain that nobody is writing it at this moment."""
        if not self._holds_lock:
            try:
                with self.lock(seconds=0):
                    self.refresh()
            except StoreUnavailable as error:
                if not isinstance(error.__cause__, Busy):
                    self.say(recovery.describe_torn(None))
            return
        try:
            kept = recovery.quarantine(self.folder, self.disk, torn, "torn")
            fd = open_for_writing(self.path)
            try:
                self.disk.truncate(fd, self._end)
                self.disk.sync(fd)
                stat = os.fstat(fd)
            finally:
                os.close(fd)
        except OSError as error:
            raise explain(error, "write", self.path) from error
        self._seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        self.say(recovery.describe_torn(kept))

    def _reload(self) -> None:
        """Something read was not what the hint file led to: read the whole log."""
        with self.path.open("rb") as handle:
            self._open(handle, trust=False)

    def save_hints(self) -> None:
        """Write the hint file. Its failure costs nothing but time at the next opening."""
        assert self.header is not None
        try:
            with self.path.open("rb") as handle:
                tail = hints.tail_of(handle, self._end)
            self._live = hints.save(
                self.folder / hints.HINTS_NAME,
                self.disk,
                self.index,
                journal=self.header.journal,
                generation=self.header.generation,
                end=self._end,
                seq=self._seq,
                tail=tail,
            )
        except OSError as error:
            logger.info("hint file not written: %s", error.strerror)
        self._hinted = self._end

    # --- reading ---------------------------------------------------------------------------------------

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
        if table_index is None or not ids:
            return
        try:
            handle = self.path.open("rb", buffering=0)
        except OSError as error:
            raise explain(error, "read", self.path) from error
        with handle:
            if os.fstat(handle.fileno()).st_ino != ino:
                # Somebody compacted the log between the look and the opening.
                yield from self.read_many(table, ids, wanted)
                return
            lines = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) if len(ids) > MANY else None
            for id in ids:
                place = table_index.place(id)
                if place is None:
                    continue
                if lines is not None:
                    line = lines[place[0] : place[0] + place[1]]
                else:
                    handle.seek(place[0])
                    line = handle.read(place[1])
                if wanted is not None and not wanted(line):
                    continue
                doc = document(line, table, id)
                if doc is None:
                    doc = self._read_again(table, id)
                if doc is not None:
                    yield id, doc

    def _read_again(self, table: str, id: str) -> bytes | None:
        with self.mutex:
            self._reload()
            found = self.index.tables.get(table)
            place = found.place(id) if found is not None else None
            if place is None:
                return None
            with self.path.open("rb") as handle:
                handle.seek(place[0])
                doc = document(handle.read(place[1]), table, id)
        if doc is None:
            raise StoreDamaged("The journal changed while it was read.", "Try again.")
        return doc

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
            self._write(fd, data)
            stat = os.fstat(fd)
        finally:
            os.close(fd)
        at = self._end + len(data) - len(lines)
        for commit, line in zip(commits, lines.split(b"\n"), strict=False):
            self.index.apply(commit, at, len(line) + 1)
            at += len(line) + 1
        self._end, self._seq, self._terminated = at, self._seq + len(commits), True
        self._seen = (stat.st_ino, stat.st_size, stat.st_mtime_ns)
        if self._end - self._hinted > max(HINT_BYTES, self._end // 64):
            self.save_hints()

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
        log is untouched then.
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

    def make_folder(self) -> None:
        """Make the folder, for its owner alone."""
        make_private_folder(self.folder)


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


def put_op(table: str, id: str, doc: bytes) -> Op:
    """The operation that stores a document of JSON bytes."""
    return Put(table, id, Raw(doc))


def known_op(table: str) -> Op:
    """The operation that makes a table known."""
    return Known(table)
