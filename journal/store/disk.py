"""The few things the store asks of the operating system, each in one place, so that tests can make each fail.

POSIX, macOS and Windows differ in three of them: a file's data is made durable by `fdatasync`, `F_FULLFSYNC` or
`fsync`; a rename is made durable by syncing the folder, which Windows does by itself; and Windows refuses for a
moment to replace a file that somebody is reading.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from journal.files import sync_folder

BINARY = getattr(os, "O_BINARY", 0)


class Disk:
    """The real disk. Every method raises OSError as the system gives it."""

    def write(self, fd: int, data: bytes) -> None:
        """Write all of `data`, however many calls that takes."""
        view = memoryview(data)
        while view:
            view = view[os.write(fd, view) :]

    def sync(self, fd: int) -> None:
        """Return when the file's bytes and its length are on the medium."""
        if sys.platform == "darwin":
            import fcntl

            # fsync only hands the bytes to the drive there; this waits until the drive has written them.
            with contextlib.suppress(OSError):
                fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
                return
        if hasattr(os, "fdatasync"):
            os.fdatasync(fd)
        else:
            os.fsync(fd)

    def truncate(self, fd: int, size: int) -> None:
        """Cut the file to `size` bytes."""
        os.ftruncate(fd, size)

    def replace(self, source: Path, target: Path) -> None:
        """Put `source` in the place of `target` in one step, and make that durable."""
        for attempt in range(50):
            try:
                source.replace(target)
                break
            except PermissionError:
                if sys.platform != "win32" or attempt == 49:
                    raise
                time.sleep(0.02)
        self.sync_folder(target.parent)

    def sync_folder(self, folder: Path) -> None:
        """Make the names in a folder durable."""
        sync_folder(folder)

    def write_whole(self, target: Path, chunks: Iterable[bytes], *, durable: bool = True) -> None:
        """Make or replace a file (mode 0600) so that it holds the old bytes or all of the new ones, whatever
        interrupts it. Without `durable` a power cut may still undo it."""
        temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
        try:
            fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | BINARY, 0o600)
            try:
                for chunk in chunks:
                    self.write(fd, chunk)
                if durable:
                    self.sync(fd)
            finally:
                os.close(fd)
            if durable:
                self.replace(temporary, target)
            else:
                temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise


def open_for_writing(path: Path) -> int:
    """A descriptor of an existing file, to write and cut it."""
    return os.open(path, os.O_RDWR | BINARY)


def is_missing(error: OSError) -> bool:
    """Whether an error says that something is not there."""
    return error.errno in (errno.ENOENT, errno.ENOTDIR)
