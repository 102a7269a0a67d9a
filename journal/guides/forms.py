"""Reads a rendered form: Markdown of one small shape.

    ## Stage title {#stage-key}     the key may be left out: it is then made from the title
    The one question, a paragraph.
    > A hint, one or two short sentences.
    - A follow-up question for a thin answer

Blank lines may stand anywhere between these; an indented line continues a follow-up.
"""

from __future__ import annotations

import re

from journal.guides.values import shown
from journal.model import Stage

_HEADING = re.compile(r"##\s+(.*?)\s*(?:\{#([^{}]*)\})?\s*")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->")
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class MalformedFormError(Exception):
    """A rendered form that is not of the shape above. `line` counts the rendered lines from 0.

    `word` is the stage key the reason is about, or "".
    """

    def __init__(self, line: int, reason: str, word: str = "") -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason
        self.word = word


def read_stages(rendered: str) -> tuple[Stage, ...]:
    """The stages in order, at least one. Raises MalformedFormError."""
    drafts: list[_Draft] = []
    for number, line in enumerate(rendered.split("\n")):
        if line.startswith("#"):
            drafts.append(_Draft(number, line))
        elif drafts:
            drafts[-1].take(number, line)
        elif line.strip():
            raise MalformedFormError(number, "there is text before the first stage (“## Title”).")
    if not drafts:
        raise MalformedFormError(0, "the form has no stage (“## Title”).")
    seen: set[str] = set()
    for draft in drafts:
        if draft.key in seen:
            raise MalformedFormError(draft.line, "two stages have the same key.", draft.key)
        seen.add(draft.key)
    return tuple(draft.stage() for draft in drafts)


def source_line(source: str, rendered: str, line: int) -> int:
    """Which line of the template (from 1) the rendered line most likely came from.

    It is looked up by its text, where values and tags may stand for any words; failing that, the nearest
    line above that is found answers.
    """
    lines = [text.strip() for text in rendered.split("\n")]
    written = [_TAG.split(text.strip()) for text in source.split("\n")]
    for number in range(line, -1, -1):
        places = [place for place, parts in enumerate(written, start=1) if parts == [lines[number]] != [""]]
        places = places or [place for place, parts in enumerate(written, start=1) if _fits(lines[number], parts)]
        if places:
            before = lines[:number].count(lines[number])
            return places[min(before, len(places) - 1)]
    return 1


def _fits(line: str, parts: list[str]) -> bool:
    """Whether the line is made of these parts in order, with anything in between."""
    if not line or not any(part.strip() for part in parts):
        return False
    first, last = parts[0], parts[-1]
    if not line.startswith(first) or not line.endswith(last):
        return False
    at = len(first)
    for part in parts[1:-1]:
        at = line.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return at <= len(line) - len(last) if len(parts) > 1 else line == first


def slug(title: str) -> str:
    """A key made from a title: `So what` → `so-what`. Letters of any script stay."""
    return re.sub(r"[\W_]+", "-", title.casefold()).strip("-")


class _Draft:
    """A stage while its lines are being read."""

    def __init__(self, line: int, heading: str) -> None:
        found = _HEADING.fullmatch(heading)
        if found is None:
            raise MalformedFormError(line, "a stage begins with “## ” and its title.")
        self.line = line
        self.title = " ".join(shown(found[1]).split())
        if not self.title:
            raise MalformedFormError(line, "this stage has no title.")
        if found[2] is not None and not _KEY.fullmatch(found[2]):
            raise MalformedFormError(line, "a stage's key is written in small letters, digits and hyphens.")
        self.key = found[2] or slug(self.title)
        if not self.key:
            raise MalformedFormError(line, "this stage needs a key, such as {#first}.")
        self._question: list[str] = []
        self._question_ended = False
        self._hint: list[str] = []
        self._follow_ups: list[list[str]] = []
        self._in_follow_up = False

    def take(self, number: int, line: str) -> None:
        text = line.strip()
        if self._in_follow_up and text and line[0] in " \t" and not text.startswith((">", "- ")):
            self._follow_ups[-1].append(text)
            return
        self._in_follow_up = text.startswith("- ")
        if self._in_follow_up:
            self._follow_ups.append([text[2:]])
        elif text.startswith(">"):
            self._hint.append(text[1:])
        elif text and self._question_ended:
            raise MalformedFormError(number, "this stage has more than one question paragraph.")
        elif text:
            self._question.append(text)
            return
        self._question_ended = bool(self._question)

    def stage(self) -> Stage:
        if not self._question:
            raise MalformedFormError(self.line, "this stage has no question.")
        return Stage(
            key=self.key,
            title=self.title,
            question=_joined(self._question),
            hint=_joined(self._hint),
            follow_ups=tuple(_joined(lines) for lines in self._follow_ups),
        )


def _joined(lines: list[str]) -> str:
    return " ".join(shown(" ".join(lines)).split())
