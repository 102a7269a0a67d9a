"""A few lines of writing at the foot of a page that stays readable above it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from journal.errors import BothwaysError
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.widgets.fields import KeptText, LineField
from journal.tui.widgets.one_of import OneOf
from journal.usecases import parse_day
from journal.wording import reading as reading_words
from journal.wording import review as words

COMPOSE_COMMANDS = (
    Command("compose.keep", "ctrl+j,ctrl+s", "keep", "Keep", "Keep what is written and close."),
    Command("compose.later", "escape", "later", "Later", "Close; the half-typed words come back next time."),
)


class ComposePane(ModalScreen[Any], BothwaysScreen):
    """Writes one text and hands it to `commit`, in a thread. A refusal leaves the words where they are.

    Gives what `commit` returned, or None where it was left for later. `fallback` is the text to change, if any.
    """

    DEFAULT_CSS = """
    ComposePane {
        align: center bottom;

        .pane {
            width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border-top: tall $primary;
            padding: 0 2 1 2;
        }
        .head { height: auto; text-style: bold; color: $primary; max-height: 2; }
        .hint { height: auto; color: $text-muted; max-height: 3; }
        KeptText {
            height: 6;
            min-height: 2;
            margin: 1 0 0 0;
            padding: 0 1;
            border: none;
        }
        .foot { height: auto; margin: 1 0 0 0; }
        .foot .state { width: 1fr; height: 1; color: $text-muted; }
        .foot .state.-trouble { color: $warning; }
        .foot Button { margin: 0 0 0 1; min-width: 8; }
        &.-cramped {
            .pane { padding: 0 1; border-top: none; }
            .hint { display: none; }
            KeptText { margin: 0; height: 1fr; min-height: 1; }
            .pane { height: 100%; }
            .head { max-height: 1; }
            .foot { margin: 0; height: 1; }
            .foot Button { padding: 0; border: none; height: 1; min-width: 0; }
        }
    }
    """
    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = COMPOSE_COMMANDS
    BINDINGS = bindings(COMPOSE_COMMANDS)

    def __init__(
        self,
        title: str,
        hint: str,
        *,
        owner: str,
        slot: str,
        commit: Callable[[str], Any],
        fallback: str = "",
    ) -> None:
        super().__init__()
        self._title, self._hint, self._owner, self._slot = title, hint, owner, slot
        self._commit, self._fallback = commit, fallback
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="pane"):
            yield Plain(self._title, classes="head")
            if self._hint:
                yield Plain(self._hint, classes="hint")
            yield KeptText(self.bothways.drafts, self._owner, self._slot, fallback=self._fallback, id="words")
            yield from self.compose_more()
            with Horizontal(classes="foot"):
                yield Plain(words.SAVE_HINT, classes="state")
                yield Button(reading_words.SAVE, id="keep", variant="primary")

    def compose_more(self) -> ComposeResult:
        """What a form of this asks besides the text."""
        yield from ()

    def on_mount(self) -> None:
        self.query_one("#words").focus()

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 20 or self.app.size.width < 44, "-cramped")
        self.set_class(self.app.size.width < 44, "-slim")

    @property
    def field(self) -> KeptText:
        """The text being written."""
        return self.query_one("#words", KeptText)

    def save_words_now(self) -> None:
        self.field.keep_now()

    async def words_are_safe(self) -> bool:
        return await self.field.keep()

    def _state(self, text: str, trouble: bool) -> None:
        state = self.query_one(".state", Plain)
        state.set_class(trouble, "-trouble")
        state.show(text)

    @on(KeptText.Trouble)
    def _not_kept(self, event: KeptText.Trouble) -> None:
        self._state(f"{words.NOT_SAVED} {event.error.what}", True)

    @on(KeptText.Kept)
    def _kept(self) -> None:
        self._state(words.SAVE_HINT, False)

    @on(Button.Pressed, "#keep")
    async def _pressed(self) -> None:
        await self.action_keep()

    def committed(self) -> Callable[[], Any]:
        """What to run with the words as they are now. Raises BothwaysError for what cannot be used."""
        text = self.field.text
        return lambda: self._commit(text)

    async def action_keep(self) -> None:
        """Store the words, then close; on a refusal they stay."""
        if self._busy:
            return
        self._busy = True
        try:
            result = await self.off_loop(self.committed())
        except BothwaysError as error:
            self.refuse(error)
            return
        finally:
            self._busy = False
        try:
            await self.field.forget()
        except BothwaysError as error:
            self.refuse(error)
        self.dismiss(result)

    async def action_later(self) -> None:
        """Close and keep the half-typed words; on a full disk they stay on screen."""
        if not await self.field.keep():
            return
        if self.field.text.strip() and self.field.text != self._fallback:
            self.app.notify(words.KEPT_FOR_LATER, markup=False)
        self.dismiss(None)


class AgreePane(ComposePane):
    """An agreed intention: the words, who does it, and before which day."""

    DEFAULT_CSS = """
    AgreePane {
        KeptText { height: 3; }
        .more { height: auto; margin: 1 0 0 0; }
        .more > Vertical { width: 1fr; height: auto; }
        .label { color: $text-muted; height: auto; }
        &.-cramped {
            .label { display: none; }
            .more { margin: 0; }
        }
        &.-slim .more {
            layout: vertical;
            Vertical { width: 100%; }
        }
    }
    """

    def __init__(
        self,
        *,
        owner: str,
        slot: str,
        names: Sequence[str],
        commit: Callable[[str, str, date | None], Any],
    ) -> None:
        super().__init__(words.AGREE_TITLE, "", owner=owner, slot=slot, commit=lambda text: text)
        self._names, self._agree = tuple(names), commit

    def compose_more(self) -> ComposeResult:
        with Horizontal(classes="more"):
            with Vertical():
                yield Plain(words.AGREE_OWNER, classes="label")
                yield OneOf(self._names, id="owner")
            with Vertical():
                yield Plain(words.AGREE_DAY, classes="label")
                yield LineField(placeholder="2026-11-27", compact=True, id="day")

    def committed(self) -> Callable[[], Any]:
        text = self.field.text
        day = self.query_one("#day", Input).value.strip()
        due = parse_day(day) if day else None
        owner = self._names[self.query_one(OneOf).index]
        return lambda: self._agree(text, owner, due)

    @on(Input.Submitted, "#day")
    async def _day_given(self) -> None:
        await self.action_keep()
