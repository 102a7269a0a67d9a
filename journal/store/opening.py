"""Opening the log cheaply and keeping up with it: what is known of the file, its lock, its recovery, its hint file."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from journal.errors import BothwaysError, StoreError, StoreFromFuture, StoreUnavailable
from journal.files import explain
from journal.store import hints, recovery
from journal.store.disk import Disk, open_for_writing
from journal.store.index import Index
from journal.store.lines import FORMAT, Commit, Header, Scan, decode_header, encode_header, scan
from journal.store.lock import LOCK_NAME, LOCK_SECONDS, Busy, locked

HINT_BYTES = 256 * 1024
LAST = 24
"""So many bytes before the end hold the last line's checksum."""
logger = logging.getLogger(__name__)


class OpenLog:
    """The file as far as it is known. `schema` is the newest version of the records' meaning that is understood."""

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
        self._last = b""
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
                holder = locked(self.folder / LOCK_NAME, self._lock_seconds if seconds is None else seconds)
                holder.__enter__()
            except Busy as error:
                raise StoreUnavailable(
                    "Another program has been writing to this journal for ten seconds.",
                    "Try again; nothing was stored.",
                ) from error
            except FileNotFoundError as error:
                raise self._missing() from error
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
                raise self._missing() from None
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
            except FileNotFoundError:
                raise self._missing() from None
            except OSError as error:
                raise explain(error, "read", self.path) from error

    def _missing(self) -> BothwaysError:
        if self.header is not None or recovery.was_known(self.folder):
            return recovery.vanished(self.folder)
        return recovery.no_journal(self.folder)

    def _read_on(self, handle: BinaryIO) -> bool:
        """Take in what was appended; False where the file is another one, or is not what it was."""
        if self.header is None or self._seen is None or self._damage is not None:
            return False
        stat = os.fstat(handle.fileno())
        if stat.st_ino != self._seen[0] or stat.st_size < self._end or handle.readline() != self._first:
            return False
        # The same file, yet perhaps overwritten in place by another copy: then its last line is not there.
        handle.seek(self._end - len(self._last))
        if handle.read(len(self._last)) != self._last:
            return False
        result = scan(handle, self._end, self._seq, self.index.apply, terminated=self._terminated)
        if result.damage or result.gaps:
            return False
        self._settle(handle, stat, result)
        return True

    def _open(self, handle: BinaryIO, *, trust: bool) -> None:
        # Before anything is read: what others append meanwhile is then noticed at the next look.
        stat = os.fstat(handle.fileno())
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
        size = stat.st_size
        if hinted is not None and known is not None and found is not None and known.generation == found.generation:
            if known.end > size:
                pass
            elif hints.tail_of(handle, known.end) == known.tail:
                start, seq, index, self._live = known.end, known.seq, hinted[1], known.live
        elif header is None:
            start = 0
        commits = 0

        def apply(commit: Commit, at: int, size: int) -> None:
            nonlocal commits
            commits += 1
            index.apply(commit, at, size)

        result = scan(handle, start, seq, apply)
        if seq and (result.damage or result.gaps):
            self._open(handle, trust=False)
            return
        if (result.damage or result.gaps) and not self._holds_lock:
            # Somebody may be mending it at this moment; with the lock held, it is what it is.
            with contextlib.suppress(StoreUnavailable), self.lock(seconds=2.0), self.path.open("rb") as again:
                self._open(again, trust=False)
                return
        if header is None and found is not None and commits == result.seq and self._mend_header(found, result):
            with self.path.open("rb") as again:
                self._open(again, trust=False)
                return
        if result.seq == 0 and (header is None or (known is not None and known.seq > 0)):
            raise recovery.unreadable(self.folder)
        before, before_seq = self.header, self._seq
        self.index, self._first = index, first
        self._hinted = start if seq else 0
        self.header = found or Header(schema=self.schema, journal="")
        self._judge(handle, header, result)
        expected = known.seq if known is not None and known.generation == self.header.generation else 0
        if before is not None and _same_file(before, self.header):
            expected = max(expected, before_seq)
        if expected > result.seq:
            self.say(recovery.describe_shorter(expected - result.seq))
        self._settle(handle, stat, result)
        self._look_around()

    def _mend_header(self, copy: Header, result: Scan) -> bool:
        """Write the header's second copy over a damaged first line, where nothing but that line is damaged."""
        line = encode_header(copy)
        size = sum(len(bad.data) for bad in result.damage)
        only = result.seq > 0 and not result.gaps and all(bad.after == 0 for bad in result.damage)
        if not only or size != len(line) or copy.schema > self.schema or not self._holds_lock:
            return False
        try:
            kept = recovery.quarantine(self.folder, self.disk, b"".join(bad.data for bad in result.damage), "damaged")
            # Whatever interrupts this, the line is damaged as before and the copy is whole.
            fd = open_for_writing(self.path)
            try:
                self.disk.write(fd, line)
                self.disk.sync(fd)
            finally:
                os.close(fd)
        except (OSError, StoreError):
            return False
        self.say(recovery.describe_mended(self.folder, kept))
        return True

    def _look_around(self) -> None:
        """Called once the log is open and whole."""

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

    def _settle(self, handle: BinaryIO, stat: os.stat_result, result: Scan) -> None:
        self._end, self._seq, self._terminated = result.end, result.seq, result.terminated
        handle.seek(max(0, self._end - LAST))
        self._last = handle.read(min(LAST, self._end))
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
        with self.mutex:
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


def _same_file(one: Header, other: Header) -> bool:
    return (one.journal, one.generation) == (other.journal, other.generation)
