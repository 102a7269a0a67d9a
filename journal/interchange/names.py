"""File names that every system and Obsidian's links accept, and that stay the same from export to export."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Forbidden on Windows, in Obsidian's links, or invisible.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*#^\[\]\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+')
_LONGEST = 120


def file_stem(*parts: str) -> str:
    """The parts joined by spaces and made fit for a file's name, without its ending."""
    text = unicodedata.normalize("NFC", " ".join(parts))
    text = " ".join(_FORBIDDEN.sub(" ", text).split())
    # Systems count bytes, and a name is also used for a temporary file with a longer one.
    return text.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore").strip(" .")


def without_collisions(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """File names for (stem, id) in order. Of two that differ in case alone the first keeps its name, and the
    other gets its id behind it."""
    taken: set[str] = set()
    names: list[str] = []
    for stem, id in wanted:
        name, number = stem, 1
        while _folded(name) in taken:
            name = f"{stem} ({id})" if number == 1 else f"{stem} ({id}-{number})"
            number += 1
        taken.add(_folded(name))
        names.append(f"{name}.md")
    return names


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
