"""A reflection's words as widgets."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from journal.model import Outcome
from journal.tui.base import Plain
from journal.tui.reading_page import ReadAnswer, ReadItem, ReadPage
from journal.tui.shown import shown
from journal.tui.widgets.item import Heading, Item
from journal.wording import reading as words
from journal.wording import review as review_words

QUIET = "$foreground 60%"


def read_parts(page: ReadPage, *, own: bool) -> list[Widget]:
    """Everything of the page in its order."""
    parts: list[Widget] = []
    for stage in page.stages:
        parts.append(Heading(stage.title or review_words.ALSO))
        parts += [_answer(answer) for answer in stage.answers]
    means = words.MEANS_OWN if own else words.MEANS
    for heading, items in (
        (words.RECEIVED, page.gains),
        (words.OFFERED, page.offers),
        (means, page.intentions),
    ):
        parts += _items(heading, items)
    return parts or [Plain(words.EMPTY_PAGE, classes="quiet-line")]


def _mark(visibility: str) -> Content:
    """The visibility in a word, and with a sign of its own shape."""
    if visibility == words.SHARED:
        return Content.assemble(("⇄ ", "$secondary"), (words.SHARED, "$secondary"))
    return Content.assemble(("▪ ", QUIET), (words.PRIVATE, QUIET))


def _answer(answer: ReadAnswer) -> Item:
    indent = " -follow" if answer.follows else ""
    source = review_words.SOURCES.get(answer.source, "")
    question = Content.assemble(
        ("↳ " if answer.follows else ""),
        shown(answer.question),
        (f"  {source}" if source else "", "bold not italic"),
    )
    parts: list[Widget] = []
    if answer.question:
        parts.append(Plain(question, classes="question" + indent))
    if answer.outcome is Outcome.ANSWERED:
        parts.append(Plain(answer.text, classes="answer" + indent))
        marks = [_mark(answer.visibility)] if answer.visibility else []
        if answer.earlier:
            marks.append(Content.styled(words.earlier(answer.earlier), QUIET))
        if marks:
            parts.append(Plain(Content("  ·  ").join(marks), classes="marks" + indent))
    else:
        waits = words.STILL_OPEN if answer.outcome is Outcome.ASKED else words.SKIPPED
        parts.append(Plain(waits, classes="nothing" + indent))
    return Item(*parts, key=f"a:{answer.turn}", classes="read-answer")


def _items(heading: str, items: Sequence[ReadItem]) -> list[Widget]:
    if not items:
        return []
    return [Heading(heading), *(_item(item) for item in items)]


def _item(item: ReadItem) -> Item:
    lead = f"{item.label}  " if item.label else ""
    if heading_tick := ("☑ " if item.done else "☐ ") if not item.label else "":
        lead = heading_tick
    due = f"  {words.due(review_words.day(item.due))}" if item.due else ""
    parts: list[Widget] = [
        Plain(
            Content.assemble((lead, "bold $secondary"), shown(item.text), (due, QUIET)),
            classes="answer",
        )
    ]
    if item.visibility:
        parts.append(Plain(_mark(item.visibility), classes="marks"))
    return Item(*parts, key=f"i:{item.id}", classes="read-item")
