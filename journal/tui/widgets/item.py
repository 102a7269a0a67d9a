"""Something on a page that can have the focus: an answer, a gain, a line. Shown with what was said about it."""

from __future__ import annotations

from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from journal.tui.base import Plain
from journal.tui.review_page import Said, Target
from journal.tui.shown import shown
from journal.wording import review as words


class Item(Vertical, can_focus=True):
    """A focusable part of a page. `key` is the same after a refresh; `target` is what a response would go to."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    Item {
        height: auto;
        padding: 0 1 0 0;
        border-left: blank;

        &:focus { border-left: outer $primary; background: $primary 9%; }
        &:hover { background: $primary 5%; }

        .author { display: none; text-style: bold; color: $secondary; height: auto; }
        .question { color: $text-muted; height: auto; text-style: italic; }
        .answer { height: auto; }
        .-follow { padding-left: 2; }
        .nothing { color: $text-muted; }
    }
    .-stacked Item .author { display: block; }
    """

    def __init__(self, *parts: Widget, key: str, target: Target | None = None, classes: str | None = None) -> None:
        super().__init__(*parts, classes=classes)
        self.key, self.target = key, target


class SaidLine(Plain):
    """One response: who, in what way, and the words."""

    DEFAULT_CSS = """
    SaidLine { height: auto; padding: 0 0 0 2; color: $text-muted; }
    """

    def __init__(self, said: Said) -> None:
        author = words.YOU if said.mine else said.author
        lead = words.response(author, said.kind, said.mine)
        sign = {"thanks": "♥", "surprised": "!", "comment": "›"}[said.kind]
        super().__init__(
            Content.assemble(
                (f"{sign} ", "$secondary"),
                (shown(lead), "bold $secondary"),
                (f": {shown(said.text)}" if said.text else "", "$foreground"),
                (f"  · {words.NEW}" if said.fresh else "", "bold $accent"),
            ),
            classes="said",
        )


class Heading(Plain):
    """A section's name with a hairline to the edge."""

    DEFAULT_CSS = """
    Heading {
        height: auto;
        margin: 1 0 0 0;
        padding: 0 0 0 1;
        color: $primary;
        text-style: bold;
    }
    """
