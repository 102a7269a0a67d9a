"""One writer at a time: a lock on `journal.lock` that the system lets go of when its holder dies."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journal.store.disk import BINARY

LOCK_NAME = "journal.lock"
LOCK_SECONDS = 10.0

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
def locked(folder: Path, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the folder's lock while the block runs, against other processes and other threads alike.

    Waits at most `seconds`. Raises Busy, or OSError where the lock file cannot be made or the file system
    knows no locks.
    """
    fd = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | BINARY, 0o600)
    try:
        deadline = time.monotonic() + seconds
        while True:
            try:
                _take(fd)
                break
            except (BlockingIOError, PermissionError):
                if time.monotonic() >= deadline:
                    raise Busy from None
                # Waiting for different times keeps a crowd of writers from meeting again and again.
                time.sleep(random.uniform(0.001, 0.008))
        try:
            yield
        finally:
            _give(fd)
    finally:
        os.close(fd)
