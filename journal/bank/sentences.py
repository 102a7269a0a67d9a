"""Cutting an answer into sentences, leaving out what is not prose. Only places are kept, never copies."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

LOOK = 6000
"""How many characters of an answer are read: the last ones, where a writer arrives at the point."""

_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_BULLET = re.compile(r"[ \t]*(?:(?:[-*+•–—‣·]|#\.|\(?\d{1,2}[.)]|[a-h]\)|#{1,6}|\[[ xX]\])[ \t]+)*")
_NOT_PROSE = re.compile(
    r"[ \t]*(?:\.\. |>|\||\+[-=]|[=~^*#\-_]{3,}[ \t]*$|\$ |[:\w]+:`|:\w+:|import |from \w+ import|def "
    r"|class \w+[(:])"
)
_END = re.compile(r"[.!?…]+[\"”’')\]*_`]*(?=\s|$)|[;:](?=\s|$)|\s[-–—]+\s|—|(?<=[.!?…])[ \t]+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|eg|ie|etc|vs|mr|mrs|ms|dr|prof|approx|no|cf)|\b\w)$", re.IGNORECASE)


class Sentence(NamedTuple):
    """A stretch of the answer from `start` to `end` and the mark that closed it ("" at the end of a line).

    `headless` and `endless` say that it goes on from the line before, or on the next line.
    """

    start: int
    end: int
    mark: str
    headless: bool = False
    endless: bool = False


def window(answer: str) -> int:
    """Where reading starts: 0, or the first line or sentence inside the last `LOOK` characters."""
    if len(answer) <= LOOK:
        return 0
    start = len(answer) - LOOK
    found = re.compile(r"\n|[.!?]\s").search(answer, start, start + 1000)
    return found.end() if found else start


def _lines(answer: str) -> list[tuple[int, int]]:
    start = window(answer)
    inside = len(_FENCE.findall(answer, 0, start)) % 2 == 1
    literal = False
    found = []
    for line in answer[start:].splitlines(keepends=True):
        end = start + len(line)
        if _FENCE.match(line):
            inside = not inside
        elif not inside and line.strip():
            indented = line[:1] in " \t"
            literal = literal and indented
            if not literal and not _NOT_PROSE.match(line):
                found.append((start, start + len(line.rstrip())))
            literal = literal or line.rstrip().endswith("::")
        start = end
    return found


def _goes_on(answer: str, line: tuple[int, int], following: tuple[int, int]) -> bool:
    """Whether a sentence runs over the line break: wrapped text, not two lines of their own."""
    gap = answer[line[1] : following[0]]
    if gap.count("\n") > 1 or answer[line[1] - 1] in ".!?…:;":
        return False
    bullet = _BULLET.match(answer, *following)
    text = answer[following[0] : following[1]].lstrip()
    if bullet and bullet[0].strip():
        return False
    return text[:1].islower() or line[1] - line[0] >= 50


def sentences(answer: str) -> list[Sentence]:
    """The prose sentences of the read part, in order; none crosses a line break."""
    found: list[Sentence] = []
    lines = _lines(answer)
    over = [_goes_on(answer, line, following) for line, following in pairwise(lines)]
    for number, (start, end) in enumerate(lines):
        bullet = _BULLET.match(answer, start, end)
        at = bullet.end() if bullet else start
        headless = number > 0 and over[number - 1]
        endless = number < len(over) and over[number]
        for stop in _END.finditer(answer, at, end):
            if stop[0] == "." and _ABBREVIATION.search(answer, at, stop.start()):
                continue
            if answer[at : stop.start()].strip():
                found.append(Sentence(at, stop.start(), stop[0].strip() or ".", headless))
                headless = False
            at = stop.end()
        if answer[at:end].strip():
            found.append(Sentence(at, end, "", headless, endless))
    return found


def texts(answer: str) -> list[str]:
    """The words of each prose sentence, in order."""
    return [answer[one.start : one.end] for one in sentences(answer)]
