"""The one door through which text enters the journal, and folding for search.

What passes the door is stored and given back exactly as typed. Only three things are changed, each with a
notice: control codes other than tab and newline are dropped, CRLF and CR become LF, and lone surrogates
become U+FFFD.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import NamedTuple

# C0 without tab and newline, DEL, and C1.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Change(StrEnum):
    """A kind of change made at the door."""

    CONTROLS = "controls"
    NEWLINES = "newlines"
    SURROGATES = "surrogates"


class Cleaned(NamedTuple):
    """A text that may be stored, and what had to be changed to make it so."""

    text: str
    changes: tuple[Change, ...]


def clean(raw: str) -> Cleaned:
    """Make `raw` storable; see the module's three rules."""
    changes: list[Change] = []
    text = raw
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        changes.append(Change.NEWLINES)
    text, dropped = _CONTROLS.subn("", text)
    if dropped:
        changes.append(Change.CONTROLS)
    if not text.isascii():
        # A pair of surrogates is one character that arrived in two halves; only a lone one is unusable.
        text, replaced = _SURROGATES.subn("\ufffd", _join_pairs(text))
        if replaced:
            changes.append(Change.SURROGATES)
    return Cleaned(text, tuple(changes))


def _join_pairs(text: str) -> str:
    if not _SURROGATES.search(text):
        return text
    return re.sub(
        "[\ud800-\udbff][\udc00-\udfff]",
        lambda m: m[0].encode("utf-16", "surrogatepass").decode("utf-16"),
        text,
    )


def one_line(raw: str, limit: int = 200) -> str:
    """`raw` cleaned, as one trimmed line of at most `limit` characters: for names and titles."""
    return " ".join(clean(raw).text.split())[:limit].strip()


def fold(text: str) -> str:
    """Fold case, accents and compatibility forms away, for comparing and searching."""
    if text.isascii():
        return text.lower()
    # Compatibility forms first: “ℌ” becomes “H” only then, and would escape the folding of case.
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def find_folded(text: str, needle: str) -> list[tuple[int, int]]:
    """Where `needle` (already folded) occurs in `text`, as (start, end) positions in the unfolded text.

    A space in `needle` stands for any run of spaces and line ends, so that a phrase is found across lines.
    """
    words = needle.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    if text.isascii():
        return [m.span() for m in pattern.finditer(text.lower())]
    if not pattern.search(fold(text)):
        return []
    folded: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        piece = fold(char)
        folded.append(piece)
        origin.extend([position] * len(piece))
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer("".join(folded)):
        end = origin[match.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        span = (origin[match.start()], end)
        # Both letters that “ß” folds to lie in the same place.
        if not spans or span[0] >= spans[-1][1]:
            spans.append(span)
    return spans


def count_words(text: str) -> int:
    """How many runs of non-space characters `text` has."""
    return len(text.split())
