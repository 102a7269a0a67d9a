"""`about.md`: TOML between two `+++` lines, then a short description for people."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from journal.errors import GuideError
from journal.guides.files import GuideFiles
from journal.model import GuideInfo, Phase

FENCE = "+++"
_WORDS = ("title", "summary", "source", "when")
_REQUIRED = ("title", "summary", "source")
_KNOWN = (*_WORDS, "minutes", "phases")
_LONGEST = 240


def read_about(files: GuideFiles, key: str) -> GuideInfo:
    """What `about.md` says about the guide `key`. Raises GuideError naming file and line."""
    path = files.need(f"{key}/about.md")
    front = _front_matter(files, path)
    try:
        values = tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        reason, line = _toml_fault(str(error), front)
        raise files.at(path, line, f"this is not TOML: {reason}.") from error
    return _Reader(files, path, front, values).info(key)


def _front_matter(files: GuideFiles, path: Path) -> str:
    lines = files.read(path).split("\n")
    if lines[0].rstrip() != FENCE:
        raise files.at(path, 1, f"the file does not begin with a line “{FENCE}”.")
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:number])
    raise files.at(path, 1, f"the line “{FENCE}” that ends the front matter is missing.")


def _toml_fault(message: str, front: str) -> tuple[str, int]:
    """The parser's reason and the line of the file, which has one fence line above the front matter."""
    reason, _, place = message.partition(" (at ")
    found = re.match(r"line (\d+)", place)
    line = int(found[1]) if found else front.count("\n") + 1
    return reason[:1].lower() + reason[1:], line + 1


class _Reader:
    def __init__(self, files: GuideFiles, path: Path, front: str, values: dict[str, Any]) -> None:
        self._files = files
        self._path = path
        self._front = front
        self._values = values

    def info(self, key: str) -> GuideInfo:
        for name in self._values:
            if name not in _KNOWN:
                raise self._fault(name, f"“{name}” is not known here.", f"Known are: {', '.join(_KNOWN)}.")
        words = {name: self._words(name) for name in _WORDS}
        return GuideInfo(
            key=key,
            title=words["title"],
            summary=words["summary"],
            source=words["source"],
            when=words["when"],
            minutes=self._minutes(),
            phases=self._phases(),
            path=str(self._path.parent),
        )

    def _words(self, name: str) -> str:
        value = self._values.get(name, "")
        if not isinstance(value, str):
            raise self._fault(name, f"“{name}” is not text.", "Put it between quotation marks.")
        folded = " ".join(value.split())
        if not folded and name in _REQUIRED:
            raise self._fault(name, f"“{name}” is missing or empty.")
        return folded

    def _minutes(self) -> int:
        value = self._values.get("minutes", 10)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _LONGEST:
            raise self._fault("minutes", f"“minutes” is not a whole number from 1 to {_LONGEST}.")
        return value

    def _phases(self) -> tuple[Phase, ...]:
        value = self._values.get("phases", [])
        if not isinstance(value, list) or any(phase not in list(Phase) for phase in value):
            raise self._fault("phases", "“phases” is not a list of phases.", f"The phases are: {', '.join(Phase)}.")
        return tuple(Phase(phase) for phase in value)

    def _fault(self, name: str, reason: str, hint: str = "") -> GuideError:
        setting = re.compile(rf"""\s*(\[+\s*)?["']?{re.escape(name)}["']?\s*[]=.]""")
        lines = enumerate(self._front.split("\n"), start=2)
        line = next((number for number, text in lines if setting.match(text)), 1)
        return self._files.at(self._path, line, reason, hint)
