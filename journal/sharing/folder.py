"""A space in a plain folder that something else synchronises: Dropbox, Syncthing, a network disk, a USB stick."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path

from journal.errors import SpaceError
from journal.files import write_atomic

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


def _usable(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and ".." not in name


def _unless_gone(error: OSError) -> None:
    # A folder that cannot be read must not look like an empty one.
    if not isinstance(error, FileNotFoundError):
        raise error


class FolderSpace:
    """See `journal.ports.Space`. Files that a name cannot have, half-written ones among them, are not listed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        if not _usable(name):
            raise SpaceError(f"“{name[:80]}” is no name for something in a space.")
        return self.folder.joinpath(*name.split("/"))

    def _refusal(self, error: OSError) -> SpaceError:
        reason = (error.strerror or type(error).__name__).lower()
        return SpaceError(
            f"The shared folder {self.folder} cannot be used: {reason}.",
            "Your words are safe in your journal; they will be sent at the next sync.",
        )

    def put(self, name: str, data: bytes) -> None:
        """Store `data` under `name`, whole or not at all. Raises SpaceError."""
        path = self._path(name)
        try:
            self._make(path.parent, self._mode())
            write_atomic(path, data, mode=0o666)
        except OSError as error:
            raise self._refusal(error) from error

    def _mode(self) -> int:
        """The shared folder's own permissions; raises SpaceError where it is not there."""
        if not self.folder.is_dir():
            raise SpaceError(
                f"The shared folder {self.folder} is not there.",
                "A disk or a synchronised folder may not be attached; your words are safe in your journal.",
            )
        return stat.S_IMODE(self.folder.stat().st_mode)

    def _make(self, folder: Path, mode: int) -> None:
        # As open as the shared folder itself: two people on one computer both write below it.
        if folder.is_dir():
            return
        self._make(folder.parent, mode)
        folder.mkdir(exist_ok=True)
        with contextlib.suppress(OSError):
            folder.chmod(mode)

    def get(self, name: str) -> bytes | None:
        """The bytes under `name`, or None where there is nothing (yet). Raises SpaceError."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._refusal(error) from error

    def list(self, prefix: str) -> list[str]:
        """The names that begin with `prefix`, a folder's name ending in `/`, sorted. Raises SpaceError."""
        root = self.folder.joinpath(*[p for p in prefix.split("/") if p])
        try:
            self._mode()
            names = [
                (Path(folder) / file).relative_to(self.folder).as_posix()
                for folder, _, files in os.walk(root, onerror=_unless_gone)
                for file in files
            ]
        except OSError as error:
            raise self._refusal(error) from error
        return sorted(n for n in names if _usable(n))

    def delete(self, name: str) -> None:
        """Remove what is under `name`; nothing happens where there is nothing. Raises SpaceError."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise self._refusal(error) from error
