"""Writing files so that they are whole or absent, and readable by their owner alone."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from pathlib import Path

from journal.errors import StoreUnavailable

_REASONS = {
    errno.ENOSPC: ("the disk is full", "Free some space and try again; nothing that was stored is lost."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and try again; nothing that was stored is lost."),
    errno.EROFS: ("the disk is read-only", "Choose another folder with --journal, or make this one writable."),
    errno.EACCES: ("permission is denied", "Choose another folder with --journal, or make this one writable."),
    errno.EPERM: ("permission is denied", "Choose another folder with --journal, or make this one writable."),
    errno.ENOENT: ("it is not there", "Check the path; a disk or a synchronised folder may not be attached."),
    errno.ENOTDIR: ("a part of the path is a file, not a folder", "Choose another path."),
    errno.EISDIR: ("it is a folder", "Choose a file."),
}


def explain(error: OSError, doing: str, path: Path) -> StoreUnavailable:
    """Turn an operating system's refusal into one clear sentence. `doing` is a verb: “write”, “read”."""
    reason, hint = _REASONS.get(
        error.errno or 0, ((error.strerror or type(error).__name__).lower(), "Nothing that was stored is lost.")
    )
    return StoreUnavailable(f"Cannot {doing} {path}: {reason}.", hint)


def make_private_folder(path: Path) -> None:
    """Make `path` and its missing parents, `path` for its owner alone (0700). Raises StoreUnavailable."""
    try:
        if not path.is_dir():
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)
    except OSError as error:
        raise explain(error, "make", path) from error


def write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace `path` by `data`: written beside it, synced, renamed over it, the folder synced.

    Whatever interrupts it, `path` holds the old bytes or the new ones; it raises OSError only where it holds
    the old ones. `mode` is narrowed by the umask: 0666 for what other people on this computer may read.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    # The new bytes are in place and synced by now: a refusal here must not look as if nothing was stored.
    with contextlib.suppress(OSError):
        sync_folder(path.parent)


def _replace(source: Path, target: Path) -> None:
    # Windows refuses to replace a file that somebody is reading at this moment; readers are brief.
    for attempt in range(20):
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32" or attempt == 19:
                raise
            time.sleep(0.02)
        else:
            return


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable. Windows has no such call: there the rename itself is journalled.

    Raises OSError, also where the file system knows no such thing.
    """
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
