"""A space in a plain folder that something else synchronises: Dropbox, Syncthing, a network disk, a USB stick."""

from __future__ import annotations

import re
from pathlib import Path

from journal.errors import SpaceError
from journal.files import write_atomic

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")


class FolderSpace:
    """See `journal.ports.Space`. Files that a name cannot have, half-written ones among them, are not listed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name) or ".." in name:
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
        if not self.folder.is_dir():
            raise SpaceError(
                f"The shared folder {self.folder} is not there.",
                "A disk or a synchronised folder may not be attached; your words are safe in your journal.",
            )
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(path, data)
        except OSError as error:
            raise self._refusal(error) from error

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
        if not self.folder.is_dir():
            raise SpaceError(
                f"The shared folder {self.folder} is not there.",
                "A disk or a synchronised folder may not be attached; your words are safe in your journal.",
            )
        try:
            names = [p.relative_to(self.folder).as_posix() for p in root.rglob("*") if p.is_file()]
        except OSError as error:
            raise self._refusal(error) from error
        return sorted(n for n in names if _NAME.fullmatch(n))

    def delete(self, name: str) -> None:
        """Remove what is under `name`; nothing happens where there is nothing. Raises SpaceError."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise self._refusal(error) from error
