"""Questions offered to the last answer, beside the next step and never in its way."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message

from journal.model import FollowUp
from journal.tui.base import Plain
from journal.tui.shown import shown
from journal.wording import app as words

KEYS = ("F2", "F3", "F4")


class FollowUps(Plain):
    """Up to three questions, each with its key and its source. A click picks one too."""

    class Picked(Message):
        """The question of this number was clicked, counted from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    DEFAULT_CSS = """
    FollowUps { height: auto; width: 100%; padding: 0 1; color: $foreground; }
    FollowUps.-none { display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="-none")
        self.offered: list[FollowUp] = []
        self._starts: list[int] = []

    def offer(self, follow_ups: list[FollowUp]) -> None:
        """Show these instead of the ones before."""
        self.offered = follow_ups[: len(KEYS)]
        self.set_class(not self.offered, "-none")
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        """Rows by hand, so that a question's second row stands under its first."""
        width = max(16, self.content_size.width or 76)
        lead = words.GO_DEEPER if width >= 56 else ""
        margin = len(lead) + 2 if lead else 0
        rows: list[Content] = []
        self._starts = []
        for number, follow_up in enumerate(self.offered):
            source = words.SOURCES[follow_up.source]
            room = width - margin - 4 - len(source) - 1
            pieces = Content(shown(follow_up.text)).wrap(max(8, room))
            self._starts += [number] * len(pieces)
            for index, piece in enumerate(pieces):
                first = index == 0
                head = (lead.ljust(margin) if number == 0 and first else " " * margin, "$quiet")
                key = (f"{KEYS[number]}  " if first else "    ", "bold $primary")
                tail = " " * max(1, room - piece.cell_length + 1) + source if first and source else ""
                rows.append(Content.assemble(head, key, piece, (tail, "$quiet")))
        self.show(Content("\n").join(rows))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y < len(self._starts):
            self.post_message(self.Picked(self._starts[offset.y]))
