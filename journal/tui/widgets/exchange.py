"""What went each way: one row a gain, the arrow in the middle, blind gifts as cards of their own."""

from __future__ import annotations

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from journal.tui.base import Plain
from journal.tui.review_page import Cell, ExchangeRow, Page, Way
from journal.tui.shown import shown
from journal.tui.widgets.item import Item, SaidLine
from journal.wording import review as words

LEFT, RIGHT, BOTH = "◀──────", "──────▶", "◀─────▶"
MAYBE_LEFT, MAYBE_RIGHT = "◁┄┄┄┄┄┄", "┄┄┄┄┄┄▷"


class Exchanged(Item):
    """One row of the exchange: `received ◀── offered`, whichever way it went."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Exchanged {
        margin: 0 0 1 0;

        .row { height: auto; }
        .cell { width: 1fr; height: auto; }
        .middle { width: 14; height: auto; text-align: center; color: $text-muted; }
        .stack { display: none; height: auto; }
        &.-blind {
            border: round $accent 70%;
            padding: 0 1;
            margin: 0 0 1 0;
            .middle { color: $accent; }
            .sentence { height: auto; text-align: center; color: $accent; text-style: italic; margin-top: 1; }
            &:focus { border: heavy $accent; background: $accent 10%; }
        }
    }
    .-stacked Exchanged {
        .row { display: none; }
        .stack { display: block; }
        &.-blind .sentence { text-align: left; margin-top: 0; }
    }
    """

    def __init__(self, row: ExchangeRow, left: str, right: str) -> None:
        receiver, giver = (left, right) if row.to_left is not False else (right, left)
        parts: list[Widget] = [
            Horizontal(
                Plain(_cell(row, row.left), classes="cell"),
                Plain(_middle(row), classes="middle"),
                Plain(_cell(row, row.right), classes="cell"),
                classes="row",
            ),
            Vertical(*_stacked(row, left, right), classes="stack"),
        ]
        if row.way is Way.BLIND:
            parts.append(Plain(words.blind_gift_sentence(receiver, giver), classes="sentence"))
        super().__init__(
            *parts,
            *(SaidLine(said) for said in row.said),
            key=row.key,
            target=row.target,
            classes="-blind" if row.way is Way.BLIND else f"-{row.way.value}",
        )


def _middle(row: ExchangeRow) -> Content:
    if row.way is Way.BLIND:
        arrow = LEFT if row.to_left else RIGHT
        return Content.assemble((arrow, "bold $accent"), "\n", (words.BLIND_GIFT, "bold $accent"))
    if row.way is Way.SEEN:
        return Content.assemble((LEFT if row.to_left else RIGHT, "$primary"), "\n", (words.SEEN, "$foreground 60%"))
    if row.way is Way.TOGETHER:
        return Content.assemble((BOTH, "$primary"), "\n", (words.TOGETHER, "$foreground 60%"))
    return Content.assemble((MAYBE_LEFT if row.to_left else MAYBE_RIGHT, "$foreground 60%"))


def _label(cell: Cell) -> Content:
    style = "bold $secondary" if cell.what == words.RECEIVED else "$foreground 60%"
    return Content.assemble((words.item_label(cell.what, shown(cell.kind)), style))


def _cell(row: ExchangeRow, cell: Cell | None) -> Content:
    if cell is None and row.way is Way.TOGETHER:
        return Content("")
    if cell is None:
        empty = words.NEVER_LISTED if row.way is Way.BLIND else words.NOTHING
        return Content.styled(empty, "$foreground 60% italic" if row.way is Way.BLIND else "$foreground 60%")
    style = "$foreground" if cell.what == words.RECEIVED or row.way is not Way.OFFERED else "$foreground 60%"
    if row.way is Way.BLIND:
        style = "bold $foreground"
    return Content.assemble(_label(cell), "\n", (shown(cell.text), style))


def _stacked(row: ExchangeRow, left: str, right: str) -> list[Plain]:
    lines: list[Plain] = []
    if row.way is Way.BLIND:
        lines.append(Plain(Content.styled(words.BLIND_GIFT, "bold $accent")))
    sides = [(left, row.left), (right, row.right)]
    for name, cell in sides if row.to_left is not False else reversed(sides):
        if cell is not None:
            author = (f"{shown(name)} ", "bold")
            lines.append(Plain(Content.assemble(author, _label(cell), "\n", (shown(cell.text), "$foreground"))))
    return lines


def exchange_widgets(page: Page) -> list[Item | Plain]:
    """The whole exchange, its balance last."""
    left, right = page.left.name, page.right.name
    if not page.exchange:
        return [Plain(words.NO_EXCHANGE, classes="quiet-line")]
    parts: list[Item | Plain] = [Exchanged(row, left, right) for row in page.exchange]
    balance = words.balance(left, right, *page.balance)
    if balance:
        parts.append(Plain(balance, classes="balance"))
    return parts
