"""Typing in what a partner who does not use Bothways answered."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Button, Select

from journal.errors import BothwaysError
from journal.model import SessionKey, Stage, Visibility
from journal.ports import DraftText
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.widgets.dialogs import ConfirmDialog
from journal.tui.widgets.fields import KeptText
from journal.tui.widgets.reply_items import ItemRow, ItemRows
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.usecases import GivenReflection
from journal.usecases.given import GivenAnswer
from journal.wording import review as words

REPLY_COMMANDS = (
    Command("reply.take_in", "ctrl+j,ctrl+s", "take_in", words.REPLY_TAKE_IN, "Open these answers beside yours."),
    Command("reply.gain", "f2", "more('gain')", words.REPLY_MORE_GAIN, "Another thing they received."),
    Command("reply.offer", "f3", "more('offer')", words.REPLY_MORE_OFFER, "Another thing they offered."),
    Command("reply.back", "escape", "back", "Back", "Close; what is typed stays for later."),
)


class ReplyScreen(BothwaysScreen):
    """The partner's questions, one field each, then what they received and offered."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = REPLY_COMMANDS
    BINDINGS = bindings(REPLY_COMMANDS)
    HELP_TITLE = "Type in a reply"
    HELP_TEXT = (
        "For a partner who answers by mail, on paper or in a talk. Type their answers in their own words; leave "
        "empty what they left out. Taken in, they open beside yours, and the exchange is worked out as always."
    )
    DEFAULT_CSS = """
    ReplyScreen {
        #form { padding: 0 2; scrollbar-size-vertical: 1; }
        .intro { height: auto; color: $text-muted; margin: 1 0 0 0; max-width: 88; }
        .question { height: auto; text-style: bold; margin: 1 0 0 0; }
        .answer { height: 4; border: none; padding: 0 1; }
        #take-in { margin: 1 0; }
    }
    """

    def __init__(self, pair_name: str, session: SessionKey) -> None:
        super().__init__()
        self.pair_name, self.session = pair_name, session
        self._stages: tuple[Stage, ...] = ()
        self._top = TopLine(words.reply_title(pair_name, words.session_name(session.date, session.number)))
        self._busy = False
        self.pair_id = ""

    def compose(self) -> ComposeResult:
        yield self._top
        yield VerticalScroll(id="form", can_focus=False)
        yield SteadyFooter()

    @property
    def _owner(self) -> str:
        return f"review-{self.session}".replace("/", "-")

    async def on_mount(self) -> None:
        asked = await self.attempt(self.bothways.together.partner_questions, self.session, self.pair_name)
        pair = await self.attempt(self.bothways.people.pair, self.pair_name)
        kept = await self.attempt(self.bothways.drafts.load, self._owner)
        if asked is None or pair is None:
            self.dismiss(None)
            return
        self._stages, self.pair_id = asked, pair.id
        drafts, form = self.bothways.drafts, self.query_one("#form")
        parts: list[Plain | KeptText | ItemRows | Button] = [Plain(words.reply_intro(self.pair_name), classes="intro")]
        for stage in asked:
            parts.append(Plain(stage.question, classes="question"))
            parts.append(KeptText(drafts, self._owner, f"{pair.id}:reply:{stage.key}", classes="answer"))
        for sort, lead in (("gain", words.reply_gains), ("offer", words.reply_offers)):
            slot = f"{pair.id}:reply:{sort}"
            rows = ItemRows(lead(self.pair_name), drafts, self._owner, slot, kept or {})
            rows.id = f"{sort}s"
            parts.append(rows)
        parts.append(Button(words.REPLY_TAKE_IN, id="take-in", variant="primary"))
        await form.mount_all(parts)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.query(KeptText).first().focus(scroll_visible=False)
        self.query_one("#form").scroll_home(animate=False)

    # --- keeping -----------------------------------------------------------------------------------------

    def save_words_now(self) -> None:
        for field in self.query(KeptText):
            field.keep_now()

    async def words_are_safe(self) -> bool:
        return all([await field.keep() for field in self.query(KeptText)])

    @on(KeptText.Trouble)
    def _not_kept(self, event: KeptText.Trouble) -> None:
        self._top.status, self._top.alarming = words.NOT_SAVED, True
        self.refuse(event.error)

    @on(KeptText.Kept)
    def _kept(self) -> None:
        self._top.status, self._top.alarming = words.SAVED_DRAFT, False

    @on(Select.Changed)
    async def _kind_chosen(self, event: Select.Changed) -> None:
        row = event.select.parent
        if isinstance(row, ItemRow):
            await self.attempt(self.bothways.drafts.save, self._owner, row.kind_slot, DraftText(text=str(event.value)))

    # --- commands ----------------------------------------------------------------------------------------

    async def action_more(self, sort: str) -> None:
        """One more row for something received or offered."""
        await self.query_one(f"#{sort}s", ItemRows).add()

    @on(Button.Pressed, "#take-in")
    def _pressed(self) -> None:
        self.action_take_in()

    def given(self) -> GivenReflection:
        """All that is typed, in the guide's order."""
        return GivenReflection(
            answers=tuple(
                GivenAnswer(text=field.text, visibility=Visibility.SHARED)
                for field in self.query(".answer").results(KeptText)
            ),
            gains=self.query_one("#gains", ItemRows).given(),
            offers=self.query_one("#offers", ItemRows).given(),
        )

    @work(exclusive=True)
    async def action_take_in(self) -> None:
        """Ask once, then open the answers beside the writer's."""
        given = self.given()
        if not (given.gains or given.offers or any(a.text.strip() for a in given.answers)):
            self.app.notify(words.REPLY_EMPTY, severity="warning", markup=False)
            return
        question = words.reply_confirm(self.pair_name)
        if not await self.app.push_screen_wait(
            ConfirmDialog(question, words.REPLY_CONFIRM_DETAIL, words.REPLY_TAKE_IN)
        ):
            return
        if await self.attempt(self.bothways.together.type_reply, self.session, given, self.pair_name) is None:
            return
        await asyncio.gather(*(self._forget(field) for field in self.query(KeptText)))
        for row in self.query(ItemRow):
            await self.attempt(self.bothways.drafts.discard, self._owner, row.kind_slot)
        self.dismiss(True)

    async def _forget(self, field: KeptText) -> None:
        try:
            await field.forget()
        except BothwaysError as error:
            self.refuse(error)

    async def action_back(self) -> None:
        """Close; what is typed is kept."""
        if await self.words_are_safe():
            self.dismiss(None)
