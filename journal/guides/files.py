"""Where guides lie on disk: several folders searched in order, file by file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from journal.errors import GuideError

_KEY = re.compile(r"[^\W_][\w-]*")
_SEGMENT = re.compile(r"[\w-][\w.-]*")


class GuideFiles:
    """The guide folders, the writer's own first and the built-in one last."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def guide_keys(self) -> list[str]:
        """The names of all guide folders, sorted. Those beginning with `.` or `_` are nobody's guide."""
        return sorted({path.name for path in self._guide_folders() if _KEY.fullmatch(path.name)})

    def oddities(self) -> list[GuideError]:
        """Folders that cannot be listed or whose names cannot be a guide's."""
        problems: list[GuideError] = []
        for folder in self._folders:
            try:
                list(folder.iterdir())
            except FileNotFoundError:
                continue
            except OSError:
                problems.append(GuideError(f"The folder {folder} cannot be read."))
        problems += [
            GuideError(
                f"{self.shown(path)}: a guide's folder cannot have this name.",
                "Use letters, digits and hyphens only.",
            )
            for path in self._guide_folders()
            if not _KEY.fullmatch(path.name)
        ]
        return problems

    def find(self, name: str) -> Path | None:
        """The first folder's file called `name` (`guide/file`), or None.

        A name that climbs out of the folders, directly or by a link, is not found.
        """
        segments = name.split("/")
        if not all(_SEGMENT.fullmatch(segment) for segment in segments):
            return None
        for folder in self._folders:
            path = folder.joinpath(*segments)
            try:
                if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
                    return path
            except OSError:
                continue
        return None

    def need(self, name: str) -> Path:
        """Like `find`, for a file that a guide cannot do without. Raises GuideError."""
        path = self.find(name)
        if path is None:
            key, _, _ = name.partition("/")
            home = next((folder for folder in self._folders if (folder / key).is_dir()), self._folders[-1])
            raise GuideError(
                f"{self.shown(home / name)}: this file is missing, or a link that leads elsewhere.",
                "A guide has about.md, mentor.md.j2, mentee.md.j2 and joint.md.j2.",
            )
        return path

    def read(self, path: Path) -> str:
        """The file's text with `\\n` line ends. Raises GuideError when it is unreadable or not UTF-8."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GuideError(f"{self.shown(path)}: this file cannot be read ({error.strerror}).") from error
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise self.at(path, line, "this is not UTF-8 text.", "Save the file as UTF-8.") from error
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def holds(self, path: Path) -> bool:
        """Whether `path` lies in one of the folders."""
        return any(path.is_relative_to(folder) for folder in self._folders)

    def shown(self, path: Path) -> str:
        """How an error names `path`: a writer's own in full, a built-in one from `prompts/` on."""
        built_in = self._folders[-1] if self._folders else None
        if built_in is not None and path.is_relative_to(built_in):
            return path.relative_to(built_in.parent.parent).as_posix()
        return str(path)

    def at(self, path: Path, line: int, reason: str, hint: str = "") -> GuideError:
        """The error that says what is wrong in which line of which file."""
        return GuideError(f"{self.shown(path)}, line {line}: {reason}", hint)

    def _guide_folders(self) -> list[Path]:
        found: list[Path] = []
        for folder in self._folders:
            try:
                found += [path for path in folder.iterdir() if path.is_dir()]
            except OSError:
                continue
        return [path for path in found if not path.name.startswith((".", "_"))]
