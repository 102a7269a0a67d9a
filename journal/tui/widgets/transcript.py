"""What was asked and answered so far, above the question one is at."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from journal.model import Outcome, Source, Turn
from journal.text import count_words
from journal.tui.base import Plain
from journal.tui.shown import shown
from journal.wording import app as words

WINDOW = 30
SHOWN_CHARACTERS = 1_500


class TurnView(Plain):
    """One question and its answer. A click goes to it."""

    class Chosen(Message):
        """Go to this turn."""

        def __init__(self, turn_id: str) -> None:
            super().__init__()
            self.turn_id = turn_id

    DEFAULT_CSS = """
    TurnView { height: auto; width: 100%; padding: 0 1 0 1; margin: 0 0 1 0; }
    TurnView.-follow { padding: 0 1 0 3; }
    TurnView:hover { background: $block-hover-background; }
    """

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn_content(turn), classes="-follow" if turn.follows else None)
        self.turn_id = turn.id

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.turn_id))


def turn_content(turn: Turn) -> Content:
    """The question, where it came from, and the answer below it."""
    source = words.SOURCES[turn.source]
    lead = "↳ " if turn.follows else ""
    question = Content.assemble(
        (lead, "$secondary"),
        (shown(turn.question), "bold $secondary" if turn.source is Source.GUIDE else "$secondary"),
        (f"   {source}" if source else "", "$quiet"),
    )
    if turn.outcome is Outcome.ANSWERED:
        text = turn.answer.rstrip()
        kept = text[:SHOWN_CHARACTERS].rstrip()
        more = f" {words.long_answer(count_words(text))}" if len(text) > len(kept) else ""
        indented = "\n".join(f"  {line}" for line in shown(kept).split("\n"))
        answer = Content.assemble(indented, (more, "$quiet"))
    else:
        answer = Content.styled(f"  {words.SKIPPED if turn.outcome is Outcome.SKIPPED else '…'}", "italic $quiet")
    return Content("\n").join([question, answer])


class Transcript(VerticalScroll, can_focus=False):
    """The earlier turns, the newest in sight; long ones begin at a window that can be widened."""

    DEFAULT_CSS = """
    Transcript {
        height: auto; max-height: 40%;
        scrollbar-size-vertical: 1;
        padding: 0 0 0 0;
        #earlier { color: $quiet; padding: 0 1; height: auto; }
        #earlier:hover { color: $primary; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._turns: list[Turn] = []
        self._window = WINDOW

    def compose(self) -> ComposeResult:
        yield Plain(id="earlier")

    async def show_turns(self, turns: list[Turn]) -> None:
        """Show these turns, oldest first."""
        self._turns = turns
        async with self.batch():
            await self.query(TurnView).remove()
            hidden = max(0, len(turns) - self._window)
            earlier = self.query_one("#earlier", Plain)
            earlier.display = bool(hidden)
            earlier.show(words.earlier_turns(hidden))
            await self.mount(*[TurnView(turn) for turn in turns[hidden:]])
        self.display = bool(turns)
        self.call_after_refresh(self.scroll_end, animate=False)

    async def on_click(self, event: events.Click) -> None:
        if event.widget is not None and event.widget.id == "earlier":
            await self.widen()

    async def widen(self) -> None:
        """Show a window's worth of earlier turns more."""
        if self._window < len(self._turns):
            self._window += WINDOW
            await self.show_turns(self._turns)
