"""A lock between programs, and between threads that each ask for it anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from journal.errors import StoreUnavailable
from journal.files import explain

POLL_SECONDS = 0.01


@contextmanager
def locked(path: Path, seconds: float, refusal: StoreUnavailable) -> Iterator[None]:
    """Hold the lock file at `path`; `refusal` is raised when somebody else holds it for `seconds`.

    Raises StoreUnavailable where the folder does not let anybody lock.
    """
    from filelock import FileLock, Timeout

    try:
        lock = FileLock(path, timeout=seconds, poll_interval=POLL_SECONDS, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise refusal from error
    except OSError as error:
        raise explain(error, "write", path.parent) from error
    try:
        yield
    finally:
        lock.release()


SYNC_NAME = "sync.lock"
SYNC_SECONDS = 5.0


@contextmanager
def syncing_alone(folder: Path) -> Iterator[None]:
    """Let one program at a time synchronise the journal in `folder`. Raises StoreUnavailable."""
    refusal = StoreUnavailable("Another program is synchronising this journal just now.", "Try again in a moment.")
    with locked(folder / SYNC_NAME, SYNC_SECONDS, refusal):
        yield
