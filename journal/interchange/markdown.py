"""Putting a person's words into a Markdown page without letting them break it."""

from __future__ import annotations

import re
from datetime import date

_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SPECIAL = re.compile(
    r"[\\`*\[\]<|~$]"  # what begins emphasis, code, links, HTML, table cells or mathematics anywhere
    r"|(?<!\w)_|_(?!\w)"  # emphasis at a word's edge
    r"|&(?=#?\w+;)"  # an entity
    r"|(?<!\S)#(?=\S)"  # an Obsidian tag
    r"|(?<=%)%|(?<==)="  # Obsidian's comments and highlights
    r"|^[-+>#=](?=\s|$)"  # a list, a quotation, a heading, an underline
)
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")

_FENCE_LIKE = re.compile(r"^([ \t>*+\-.)\d]*)(`{3,}|~{3,})([^\n]*)", re.MULTILINE)
_RAW_ELEMENT = re.compile(r"<(/?)(pre|script|style|textarea|details)\b", re.IGNORECASE)
_MATHEMATICS = re.compile(r"^\$\$", re.MULTILINE)

_MONTHS = "January February March April May June July August September October November December".split()


def inline(text: str) -> str:
    """`text` on one line, with what Markdown would read as structure escaped. For headings, labels and lists."""
    folded = _SPACES.sub(" ", text).strip()
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", folded))


def excerpt(text: str, limit: int = 70) -> str:
    """The beginning of `text` on one line, escaped, cut between words."""
    folded = _SPACES.sub(" ", text).strip()
    if len(folded) > limit:
        folded = folded[:limit].rpartition(" ")[0] or folded[:limit]
        folded += "…"
    return inline(folded)


def long_day(day: date) -> str:
    """`20 November 2026`, whatever the computer's language."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def closers(text: str) -> str:
    """Lines to follow a text that may have left something open which would swallow the rest of the page.

    "" where nothing needs closing. The lines show nothing, whether the thing was open or not.
    """
    lines = [*_close_fences(text), *_close_elements(text)]
    if text.count("%%") % 2:
        lines += _close("%%")
    if len(_MATHEMATICS.findall(text)) % 2:
        lines += _close("$$")
    if "<?" in text or "<![CDATA[" in text:
        lines.append("<!-- ?> ]]> -->")
    return "\n".join(lines)


def _close(closer: str) -> list[str]:
    # Where nothing is open this is one comment. Where something is, the second line closes it and the third
    # is a comment; so it need not be known for certain which of the two holds.
    return ["<!--", closer, "<!-- -->"]


def _close_fences(text: str) -> list[str]:
    opened = ""
    doubtful = False
    longest: dict[str, int] = {}
    for lead, run, rest in _FENCE_LIKE.findall(text):
        # A fence inside a list or a quotation ends with it, which only a whole parser could follow.
        doubtful = doubtful or bool(lead)
        longest[run[0]] = max(longest.get(run[0], 0), len(run))
        if not opened:
            opened = "" if run[0] == "`" and "`" in rest else run
        elif run.startswith(opened) and not rest.strip():
            opened = ""
    if not opened and not doubtful:
        return []
    return [line for mark, length in sorted(longest.items()) for line in _close(mark * length)]


def _close_elements(text: str) -> list[str]:
    depth: dict[str, int] = {}
    for slash, name in _RAW_ELEMENT.findall(text):
        key = name.lower()
        depth[key] = max(0, depth.get(key, 0) + (-1 if slash else 1))
    return [f"</{name}>" for name, count in sorted(depth.items()) for _ in range(min(count, 9))]
