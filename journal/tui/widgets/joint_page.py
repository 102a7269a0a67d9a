"""The joint page as widgets: the exchange, the stages side by side, and what the two make of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content
from textual.widget import Widget

from journal.model import JointLine, Stage
from journal.tui.base import Plain
from journal.tui.review_page import Answer, Intended, Page, Side, StageRow, Whole
from journal.tui.shown import shown
from journal.tui.widgets.exchange import exchange_widgets
from journal.tui.widgets.item import Heading, Item, SaidLine
from journal.tui.widgets.two_columns import TwoColumns
from journal.wording import review as words


def joint_page(page: Page, partner: str, day: date) -> list[Widget]:
    """Everything of the page, from what went each way to what was agreed."""
    parts: list[Widget] = [Heading(words.EXCHANGE), *exchange_widgets(page)]
    for row in page.stages:
        parts += [Heading(row.title or words.ALSO), _stage(row, page)]
    if any(page.intended):
        parts.append(Heading(words.MEANS_TO))
        parts.append(
            TwoColumns(
                _intentions(page.intended[0], page.left, day),
                _intentions(page.intended[1], page.right, day),
                classes="stage",
            )
        )
    parts.append(Heading(words.WHOLE))
    parts.append(TwoColumns(_whole(page.wholes[0]), _whole(page.wholes[1]), classes="stage"))
    if page.questions:
        parts.append(Heading(words.TALK_ABOUT))
        parts += [_question(number, stage) for number, stage in enumerate(page.questions, start=1)]
    parts.append(Heading(words.JOINT_NOTE))
    parts += [_note(line, partner) for line in page.notes] or [Plain(words.NO_NOTE, classes="quiet-line")]
    parts.append(Heading(words.AGREED))
    parts += [_agreed(line, day) for line in page.agreed] or [Plain(words.NOTHING_AGREED, classes="quiet-line")]
    return parts


def column_heads(page: Page) -> TwoColumns:
    """Who stands left and who stands right."""

    def head(side: Side) -> Plain:
        return Plain(
            Content.assemble((shown(side.name), "bold $primary"), (f", {side.role.value}", "$foreground 60%")),
            classes="column-head",
        )

    return TwoColumns([head(page.left)], [head(page.right)], classes="heads")


def _nothing(side: Side) -> Item:
    return Item(Plain(side.name, classes="author"), Plain(words.NOTHING, classes="nothing"), key=f"none:{side.entry}")


def _stage(row: StageRow, page: Page) -> TwoColumns:
    return TwoColumns(_answers(row.left, page.left), _answers(row.right, page.right), classes="stage")


def _answers(answers: Sequence[Answer], side: Side) -> list[Widget]:
    if not answers:
        return [_nothing(side)]
    return [_answer(answer, side) for answer in answers]


def _answer(answer: Answer, side: Side) -> Item:
    indent = " -follow" if answer.follows else ""
    source = words.SOURCES.get(answer.source, "")
    question = Content.assemble(
        ("↳ " if answer.follows else "", "$foreground 60%"),
        shown(answer.question),
        (f"  {source}" if source else "", "bold $foreground 60% not italic"),
    )
    parts: list[Widget] = [Plain(side.name, classes="author")]
    if answer.question:
        parts.append(Plain(question, classes="question" + indent))
    parts.append(Plain(answer.text, classes="answer" + indent))
    parts += [SaidLine(said) for said in answer.said]
    return Item(*parts, key=answer.key, target=answer.target)


def _intentions(rows: Sequence[Intended], side: Side, day: date) -> list[Widget]:
    if not rows:
        return [_nothing(side)]
    return [
        Item(
            Plain(side.name, classes="author"),
            Plain(
                Content.assemble(
                    shown(row.item.text),
                    (f"  before {words.day(row.item.due, day)}" if row.item.due else "", "$foreground 60%"),
                ),
                classes="answer",
            ),
            *(SaidLine(said) for said in row.said),
            key=row.key,
            target=row.target,
        )
        for row in rows
    ]


def _whole(whole: Whole) -> list[Widget]:
    if whole.target is None and not whole.said:
        return []
    lead = [Plain(words.whole_hint(whole.author), classes="nothing")] if whole.target else []
    item = Item(
        Plain(whole.author, classes="author"),
        *lead,
        *(SaidLine(said) for said in whole.said),
        key=whole.key,
        target=whole.target,
    )
    return [item]


def _question(number: int, stage: Stage) -> Item:
    parts: list[Widget] = [
        Plain(Content.assemble((f"{number}  ", "bold $primary"), shown(stage.question)), classes="answer")
    ]
    if stage.hint:
        parts.append(Plain(stage.hint, classes="nothing hint"))
    return Item(*parts, key=f"q:{number}", classes="talk")


def _note(line: JointLine, partner: str) -> Item:
    author = words.YOU if line.mine else partner
    return Item(
        Plain(
            Content.assemble((f"{shown(author)}  ", "bold $secondary"), shown(line.text)),
            classes="answer",
        ),
        key=f"line:{line.id}",
        classes="note",
    )


def _agreed(line: JointLine, day: date) -> Item:
    done = line.done_at is not None
    due = words.day(line.due, day) if line.due else ""
    return Item(
        Plain(
            Content.assemble(
                ("☑ " if done else "☐ ", "bold $success" if done else "bold $primary"),
                (f"{shown(line.owner)}: ", "bold"),
                (shown(line.text), "$foreground 60%" if done else ""),
                (f"  before {due}" if due else "", "$foreground 60%"),
                (f"  {words.done_on(words.day(line.done_at.date(), day))}" if line.done_at else "", "$success"),
            ),
            classes="answer",
        ),
        key=f"line:{line.id}",
        classes="agreed",
    )
