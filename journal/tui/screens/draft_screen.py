"""What the screens of a draft share: half-typed words on their way to the disk, and leaving without losing any."""

from __future__ import annotations

from textual import on
from textual.message import Message

from journal.errors import BothwaysError
from journal.model import Outcome, Pair, Reflection, Turn
from journal.ports import DraftText
from journal.tui.base import BothwaysScreen
from journal.tui.drafting import DraftKeeper
from journal.tui.widgets.composer import Composer
from journal.tui.widgets.top_line import TopLine
from journal.wording import app as words


class DraftScreen(BothwaysScreen):
    """A screen on which a reflection is being written. `busy` while a use case runs; one runs at a time."""

    class Refused(Message):
        """A use case was refused or failed; everything stays as it is on screen."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    reflection: Reflection

    def __init__(self, reflection_id: str) -> None:
        super().__init__()
        self.reflection_id = reflection_id
        self.pair: Pair | None = None
        self.ready = False
        self.busy = False
        self._texts: dict[str, DraftText] = {}
        self._keeper: DraftKeeper | None = None

    def on_mount(self) -> None:
        self._keeper = DraftKeeper(self.bothways.drafts, self.reflection_id, self._show_saved)
        self.run_worker(self._load(), group="load")

    def on_unmount(self) -> None:
        if self._keeper is not None:
            self._keeper.stop()

    async def _load(self) -> None:
        raise NotImplementedError

    @property
    def keeper(self) -> DraftKeeper:
        """What saves the words; there once the screen is mounted."""
        assert self._keeper is not None
        return self._keeper

    @property
    def composer(self) -> Composer:
        return self.query_one(Composer)

    @property
    def partner(self) -> str:
        """The other's name, or "" in a solo note."""
        return self.pair.partner if self.pair else ""

    def save_words_now(self) -> None:
        if self._keeper is not None:
            self.hear()
            self._keeper.flush_now()

    async def words_are_safe(self) -> bool:
        if self._keeper is None:
            return True
        self.hear()
        return await self._keeper.flush()

    def hear(self) -> None:
        """Take notice of words in the fields whose change is still on its way here as a message."""

    def _show_title(self) -> None:
        r, today = self.reflection, self.bothways.clock.now().date()
        self.query_one(TopLine).title = words.reflection_title(r.session, self.partner, r.role, r.day, today)

    def _show_saved(self, state: str, alarming: bool) -> None:
        if self.is_mounted:
            top = self.query_one(TopLine)
            top.alarming = alarming
            top.status = state
            self._show_trouble(words.still_on_screen(state) if alarming else "")

    def _show_trouble(self, text: str) -> None:
        """Say in place that words are not on disk; "" takes it back."""

    def go_home_instead(self, error: BothwaysError) -> None:
        """For a draft that could not be read at all."""
        self.refuse(error)
        self.run_worker(self.bothways_app.action_home(), group="leave")

    @on(Composer.Cleaned)
    def _cleaned(self, message: Composer.Cleaned) -> None:
        self.app.notify(words.cleaned_notice(tuple(message.changes)), timeout=6, markup=False)

    async def action_leave(self) -> None:
        """Back to Home; everything is kept."""
        if await self.words_are_safe():
            await self.bothways_app.action_home()
        else:
            self.app.notify(words.QUIT_WOULD_LOSE, severity="error", timeout=10, markup=False)


def last_answered(reflection: Reflection) -> Turn | None:
    """The turn whose answer was given last."""
    answered = [(t.answered_at, n, t) for n, t in enumerate(reflection.turns) if t.outcome is Outcome.ANSWERED]
    timed = [(at, n, t) for at, n, t in answered if at is not None]
    return max(timed, key=lambda row: row[:2])[2] if timed else None


def end_of(text: str) -> tuple[int, int]:
    """The place behind the last character, as (row, column)."""
    lines = text.split("\n")
    return len(lines) - 1, len(lines[-1])
