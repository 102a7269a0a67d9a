"""One program at a time: locks on files that the system lets go of when their holder dies.

`journal.lock` is held for one commit, `sync.lock` while the shared space is looked into.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journal.errors import StoreUnavailable
from journal.files import explain
from journal.store.disk import BINARY

LOCK_NAME = "journal.lock"
LOCK_SECONDS = 10.0
SYNC_NAME = "sync.lock"
SYNC_SECONDS = 5.0

if sys.platform == "win32":
    import msvcrt

    def _take(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

    def _give(fd: int) -> None:
        os.lseek(fd, 0, os.SEEK_SET)
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _give(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


class Busy(Exception):
    """Somebody else held the lock all the time."""


@contextmanager
def locked(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock file at `path` while the block runs, against other processes and other threads alike.

    Waits at most `seconds`. Raises Busy, or OSError where the file cannot be made or the file system knows no locks.
    """
    deadline = time.monotonic() + seconds
    while (fd := _try(path)) is None:
        if time.monotonic() >= deadline:
            raise Busy
        # Waiting for different times keeps a crowd of writers from meeting again and again.
        time.sleep(random.uniform(0.001, 0.008))
    try:
        yield
    finally:
        try:
            _give(fd)
        finally:
            os.close(fd)


def _try(path: Path) -> int | None:
    """A descriptor that holds the lock, or None where another one does."""
    fd = os.open(path, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
    try:
        _take(fd)
        # Windows removes no open file; elsewhere it may have been made anew, and then this lock keeps nobody out.
        if os.name == "nt" or os.path.samestat(os.fstat(fd), path.stat()):
            return fd
    except (BlockingIOError, PermissionError, FileNotFoundError):
        pass
    except BaseException:
        os.close(fd)
        raise
    os.close(fd)
    return None


@contextmanager
def syncing_alone(folder: Path) -> Iterator[None]:
    """Let one program at a time synchronise the journal in `folder`. Raises StoreUnavailable."""
    lock = locked(folder / SYNC_NAME, SYNC_SECONDS)
    try:
        lock.__enter__()
    except Busy as error:
        raise StoreUnavailable(
            "Another program is synchronising this journal just now.", "Try again in a moment."
        ) from error
    except OSError as error:
        raise explain(error, "write", folder) from error
    try:
        yield
    finally:
        lock.__exit__(None, None, None)
