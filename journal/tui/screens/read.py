"""One reflection as a page: the writer's own with everything that can be done to it, or the partner's to read."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult

from journal.model import Outcome, Pair, Received, Reflection, SessionKey, Status
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged
from journal.tui.reading_page import ReadPage, own_page, their_page
from journal.tui.widgets.compose import ComposePane
from journal.tui.widgets.dialogs import AskDialog, ConfirmDialog
from journal.tui.widgets.item import Item
from journal.tui.widgets.paging import ItemPage, next_item, previous_item
from journal.tui.widgets.read_parts import read_parts
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.wording import reading as words
from journal.wording import review as review_words


def _command(
    id: str, key: str, action: str, title: str, help: str, *, show: bool = True, shown: str | None = None
) -> Command:
    return Command(f"read.{id}", key, action, title, help, show=show, shown_key=shown, priority=False)


READ_COMMANDS = (
    _command("next", "down,j", "next", "Move", "Go to the next part; a long one scrolls first.", shown="↑↓"),
    _command("previous", "up,k", "previous", "Previous", "Go to the part before.", show=False),
    _command("write", "w", "write", "Go on writing", "Go on with the draft where you left it."),
    _command("edit", "e,enter", "edit", "Edit", "Change the answer in focus; the earlier words are kept."),
    _command("seal", "s", "seal", "Seal", "See what your partner will see, and seal."),
    _command("unseal", "n", "unseal", "Unseal", "Take it back to a draft, while the other has not sealed."),
    _command("review", "v", "review", "Review", "Open both sides of this session."),
    _command("title", "t", "title", "Title", "Give it a title that only you see."),
    _command("move", "m", "move", "Move to session", "Hang it on another session."),
    _command("early", "o", "early", "Open early", "Let the other read your words before they have sealed."),
    _command("delete", "d,delete", "delete", "Delete", "Delete it; for 30 days it can be brought back."),
    _command("undo", "u", "undo", "Bring back", "Bring back what was just deleted."),
    _command("back", "escape", "back", "Back", "Close the page."),
)


class ReadScreen(BothwaysScreen):
    """The reflection or opened entry that `id` names."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = READ_COMMANDS
    BINDINGS = bindings(READ_COMMANDS)
    HELP_TITLE = "One reflection"
    HELP_TEXT = (
        "Everything in one reflection, each part of yours marked private or shared. The line under the title says "
        "what its state means and what is possible now: a draft goes on, a sealed one can be taken back until the "
        "other side has sealed, and the answers of an open one can be edited, visibly."
    )
    DEFAULT_CSS = """
    ReadScreen {
        #state { height: auto; padding: 0 3; background: $surface; color: $text-muted; }
        #page { padding: 0 2; scrollbar-size-vertical: 1; }
        Item { max-width: 92; }
        .read-answer, .read-item { margin: 0 0 1 0; }
        .marks { height: auto; }
        .quiet-line { height: auto; padding: 1; color: $text-muted; }
        &.-cramped {
            #state { padding: 0 1; max-height: 2; }
            #page { padding: 0; }
        }
    }
    """

    def __init__(self, id: str) -> None:
        super().__init__()
        self.reflection_id = id
        self.mine: Reflection | None = None
        self.theirs: Received | None = None
        self.pair: Pair | None = None
        self.deleted = False
        self._can_unseal = False
        self._shown: tuple[ReadPage, str] | None = None
        self._top = TopLine(words.LOADING)

    def compose(self) -> ComposeResult:
        yield self._top
        yield Plain(id="state")
        yield ItemPage(id="page")
        yield SteadyFooter()

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 14 or self.app.size.width < 60, "-cramped")

    def on_screen_resume(self) -> None:
        self.refresh_page()

    @on(JournalChanged)
    def _changed(self) -> None:
        self.refresh_page()

    # --- showing -----------------------------------------------------------------------------------------

    def _read(self) -> tuple[Reflection | None, Received | None, Pair | None, bool]:
        bothways = self.bothways
        found = bothways.reading.find(self.reflection_id)
        row = found.mine or found.theirs
        pair = bothways.people.pair_by_id(row.pair) if row is not None and row.pair else None
        can_unseal = (
            found.mine is not None and found.mine.status is Status.SEALED and bothways.sealing.can_unseal(found.mine.id)
        )
        return found.mine, found.theirs, pair, can_unseal

    @work(group="refresh", exclusive=True)
    async def refresh_page(self) -> None:
        """Read it again and show what is new; focus and scroll stay."""
        if self.deleted:
            return
        read = await self.attempt(self._read)
        if read is None:
            if self._shown is None:
                self.dismiss(None)
            return
        self.mine, self.theirs, self.pair, self._can_unseal = read
        page = own_page(self.mine) if self.mine else their_page(self.theirs) if self.theirs else None
        if page is None:
            return
        await self._show(page, self._state_line())
        if self.theirs is not None and self.theirs.read_at is None:
            await self.attempt(self.bothways.together.mark_entry_read, self.theirs.id)

    async def _show(self, page: ReadPage, state: str) -> None:
        self._top.title = self._title()
        self._top.status = self._about()
        self.query_one("#state", Plain).show(state)
        before, self._shown = self._shown, (page, state)
        if before is None or before[0] != page:
            holder = self.query_one(ItemPage)
            place = holder.scroll_offset.y
            key = self.focused.key if isinstance(self.focused, Item) else None
            with self.app.batch_update():
                await holder.remove_children()
                await holder.mount_all(read_parts(page, own=self.mine is not None))
                if before is not None:
                    holder.scroll_to(y=place, animate=False, force=True)
            items = list(self.query(Item))
            found = next((i for i in items if i.key == key), None) or next(iter(items), None)
            if found is not None:
                found.focus(scroll_visible=before is None)
        self.refresh_bindings()

    def _day(self) -> str:
        row = self.mine or self.theirs
        if row is not None and row.session:
            key = SessionKey.parse(row.session)
            return review_words.session_name(key.date, key.number)
        return review_words.day(self.mine.day) if self.mine else ""

    def _title(self) -> str:
        partner = self.pair.partner if self.pair else ""
        if self.mine is None:
            return words.their_title(self._day(), partner)
        if self.mine.title:
            return f"{self.mine.title} · {words.read_title(self._day(), partner)}"
        return words.read_title(self._day(), partner)

    def _about(self) -> str:
        row = self.mine or (self.theirs.entry if self.theirs else None)
        if row is None:
            return ""
        return words.about(row.role if self.pair else "", row.guide, row.id)

    def _state_line(self) -> str:
        partner = self.pair.partner if self.pair else ""
        if self.mine is not None:
            line = words.possible(self.mine.status, partner, self._can_unseal, self.mine.opened_early)
            if self.mine.edited_at is not None:
                line += " " + words.entry_edited(review_words.day(self.mine.edited_at.date()))
            return line
        theirs = self.theirs
        if theirs is None:
            return ""
        day = review_words.day(theirs.opened_at.date()) if theirs.opened_at else ""
        line = words.TYPED_HERE if theirs.typed_here else words.opened_entry(partner, day)
        if theirs.entry is not None and theirs.entry.edited_at is not None:
            line += " " + words.entry_edited(review_words.day(theirs.entry.edited_at.date()))
        return line

    # --- moving --------------------------------------------------------------------------------------------

    def action_next(self) -> None:
        """Go to the next part."""
        next_item(self, self.query_one(ItemPage))

    def action_previous(self) -> None:
        """Go to the part before."""
        previous_item(self, self.query_one(ItemPage))

    def action_back(self) -> None:
        """Close the page."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return self.deleted
        if action not in {c.action for c in READ_COMMANDS} or action in ("next", "previous", "back"):
            return True
        if self.deleted:
            return False
        if action == "review":
            return self.pair is not None
        mine = self.mine
        if mine is None:
            return False
        return {
            "write": mine.status is Status.DRAFT,
            "seal": mine.status is Status.DRAFT,
            "edit": mine.status is not Status.SEALED,
            "unseal": self._can_unseal,
            "move": self.pair is not None and mine.status is not Status.OPEN,
            "early": self.pair is not None and mine.status is Status.SEALED and not mine.opened_early,
        }.get(action, True)

    # --- commands ------------------------------------------------------------------------------------------

    async def action_write(self) -> None:
        """Go on with the draft."""
        from journal.tui.routes import screen_for

        if self.mine is not None:
            await self.app.push_screen(screen_for(self.mine))

    async def action_seal(self) -> None:
        """Preview what the partner will see, and seal."""
        from journal.tui.screens.sealing import SealScreen

        if self.mine is not None:
            await self.app.push_screen(SealScreen(self.mine.id))

    async def action_review(self) -> None:
        """Open both sides of the session."""
        from journal.tui.routes import review_screen

        row = self.mine or self.theirs
        if row is not None and self.pair is not None:
            await self.app.push_screen(review_screen(self.pair.partner, SessionKey.parse(row.session)))

    def action_edit(self) -> None:
        """Change the answer in focus."""
        mine = self.mine
        key = self.focused.key if isinstance(self.focused, Item) else ""
        turn = next((t for t in mine.turns if f"a:{t.id}" == key), None) if mine else None
        if mine is None or turn is None:
            self.app.notify(words.PICK_ANSWER, markup=False)
            return
        opened = mine.status is Status.OPEN
        text = turn.answer if turn.outcome is Outcome.ANSWERED else ""
        pane = ComposePane(
            turn.question or words.EDIT_TITLE,
            words.EDIT_OPEN_HINT if opened else words.EDIT_DRAFT_HINT,
            owner=mine.id,
            slot=turn.id,
            fallback=text,
            commit=lambda new: self.bothways.writing.edit(mine.id, turn.id, new),
        )
        self.app.push_screen(pane, self._after)

    def _after(self, result: Any) -> None:
        if result is not None:
            self.bothways_app.sync_soon()
            self.refresh_page()

    @work(exclusive=True, group="ask")
    async def action_title(self) -> None:
        """Set the title."""
        mine = self.mine
        if mine is None:
            return
        title = await self.app.push_screen_wait(AskDialog(words.TITLE_ASK, value=mine.title))
        if title is not None:
            self._after(await self.attempt(self.bothways.writing.set_title, mine.id, title))

    @work(exclusive=True, group="ask")
    async def action_move(self) -> None:
        """Hang the reflection on another session."""
        mine = self.mine
        if mine is None:
            return
        answer = await self.app.push_screen_wait(AskDialog(words.MOVE_ASK, words.MOVE_HINT, mine.session))
        if answer is None or answer.strip() == mine.session:
            return

        def move() -> Reflection:
            return self.bothways.writing.move(mine.id, SessionKey.parse(answer))

        self._after(await self.attempt(move))

    @work(exclusive=True, group="ask")
    async def action_unseal(self) -> None:
        """Take it back to a draft, once that is confirmed."""
        if self.mine is not None and await self._sure(words.UNSEAL_ASK, words.UNSEAL_DETAIL, words.UNSEAL):
            self._after(await self.attempt(self.bothways.sealing.unseal, self.mine.id))

    @work(exclusive=True, group="ask")
    async def action_early(self) -> None:
        """Open one's own words early, once that is confirmed."""
        if self.mine is None or self.pair is None:
            return
        if await self._sure(words.EARLY_ASK, words.early_detail(self.pair.partner), words.EARLY):
            self._after(await self.attempt(self.bothways.sealing.open_early, self.mine.id))

    @work(exclusive=True, group="ask")
    async def action_delete(self) -> None:
        """Delete it, once that is confirmed; it can be brought back."""
        if self.mine is None or not await self._sure(words.DELETE_ASK, words.DELETE_DETAIL, words.DELETE):
            return
        if await self.attempt(self.bothways.sealing.delete, [self.mine.id]) is None:
            return
        self.deleted = True
        self.query_one("#state", Plain).show(words.DELETED)
        self.app.notify(words.DELETED, markup=False)
        self.bothways_app.sync_soon()
        self.refresh_bindings()

    async def action_undo(self) -> None:
        """Bring back what was just deleted."""
        if self.mine is None or not self.deleted:
            return
        if await self.attempt(self.bothways.sealing.undelete, self.mine.id) is not None:
            self.deleted = False
            self.app.notify(words.RESTORED, markup=False)
            self.bothways_app.sync_soon()
            self.refresh_page()

    async def _sure(self, question: str, detail: str, label: str) -> bool:
        answer: bool | None = await self.app.push_screen_wait(ConfirmDialog(question, detail, label))
        return bool(answer)
