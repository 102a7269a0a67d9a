"""The joint reading of one session: both sides next to each other, and what the two make of it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import DescendantFocus

from journal.model import JointLine, LineKind, ResponseKind, SessionKey
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged
from journal.tui.review_page import Page, page_of
from journal.tui.widgets.compose import AgreePane, ComposePane
from journal.tui.widgets.dialogs import ConfirmDialog
from journal.tui.widgets.item import Item
from journal.tui.widgets.joint_page import column_heads, joint_page
from journal.tui.widgets.paging import ItemPage, next_item, previous_item
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.waiting import WaitingCard
from journal.usecases import Review, SideState
from journal.wording import review as words


def _command(
    id: str, key: str, action: str, title: str, help: str, *, show: bool = True, shown: str | None = None
) -> Command:
    return Command(f"review.{id}", key, action, title, help, show=show, shown_key=shown, priority=False)


REVIEW_COMMANDS = (
    _command("next", "down,j", "next", "Move", "Go to the next item; a long one scrolls first.", shown="↑↓"),
    _command("previous", "up,k", "previous", "Previous", "Go to the item before.", show=False),
    _command("comment", "c", "comment", "Comment", "Write a comment on this item of your partner's."),
    _command("thanks", "t", "respond('thanks')", "Thanks", "Say thanks for this item."),
    _command("surprised", "u", "respond('surprised')", "Surprised me", "Say “this surprised me”."),
    _command("note", "n", "note", "Note", "Add a line to the joint note."),
    _command("agree", "a", "agree", "Agree", "Agree on something, with an owner and a day."),
    _command("tick", "space,x", "tick", "Tick", "Tick what was agreed, or take the tick back."),
    _command("edit", "e", "edit", "Edit", "Change a line of your own."),
    _command("remove", "d,delete", "remove", "Remove", "Remove a line of your own."),
    _command("write", "w", "write", "Write yours", "Write your reflection of this session, or go on with it."),
    _command("seal", "s", "seal", "Seal yours", "See what your partner will see, and seal."),
    _command("reply", "i", "reply", "Type in a reply", "Type in what your partner answered by other means."),
    _command("share", "f", "share", "Share a folder", "Invite your partner, or join them."),
    _command("early", "o", "early", "Read theirs", "Read what your partner opened early."),
    _command("back", "escape", "back", "Back", "Close the review."),
    _command("sync", "r", "sync", "Sync now", "Look into the shared folder now."),
)
ONLY_OPEN = frozenset({"comment", "respond", "note", "agree", "tick", "edit", "remove"})


class ReviewScreen(BothwaysScreen):
    """Session `session` of the pair with `pair_name`, from both sides as far as it is open."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS
    BINDINGS = bindings(REVIEW_COMMANDS)
    HELP_TITLE = "Review"
    HELP_TEXT = (
        "Both sides of one session, next to each other. What went each way comes first; a blind gift is something "
        "one of you received and the other never listed. Move with ↑ and ↓, respond to what your partner wrote, add "
        "to the joint note, and agree on what comes next. A response reaches the other side with the next sync."
    )
    DEFAULT_CSS = """
    ReviewScreen {
        #heads-place { height: auto; padding: 0 2; background: $surface; }
        .column-head { height: 1; padding: 0 0 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #page { padding: 0 2; scrollbar-size-vertical: 1; }
        .stage Item { margin: 0 0 1 0; }
        .balance { height: auto; padding: 0 1; text-align: center; color: $text-muted; text-style: italic; }
        .quiet-line { height: auto; padding: 0 1; color: $text-muted; }
        .talk .hint { padding: 0 0 0 3; }
        .talk { margin: 0 0 1 0; }
        &.-stacked {
            #heads-place { display: none; }
            #page { padding: 0; }
        }
    }
    """

    def __init__(self, pair_name: str, session: SessionKey) -> None:
        super().__init__()
        self.pair_name, self.session = pair_name, session
        self.review: Review | None = None
        self.joint: Page | None = None
        self._fresh: frozenset[str] = frozenset()
        self._top = TopLine(words.session_name(session.date, session.number))

    # --- showing ---------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield self._top
        yield Vertical(id="heads-place")
        with ItemPage(id="page"):
            yield Plain(words.LOADING, classes="quiet-line")
        yield SteadyFooter()

    def on_resize(self) -> None:
        self.set_class(self.app.size.width < 70, "-stacked")

    def on_screen_resume(self) -> None:
        self.refresh_page()

    @on(JournalChanged)
    def _changed(self) -> None:
        self.refresh_page()

    @work(group="refresh", exclusive=True)
    async def refresh_page(self) -> None:
        """Read the session again and show what is new; focus, scroll and whatever is being typed stay."""
        review = await self.attempt(self.bothways.together.review, self.session, self.pair_name)
        if review is None:
            if self.review is None:
                self.dismiss(None)
            return
        unread = {r.id for r in review.responses if not r.mine and r.read_at is None}
        self._fresh |= unread
        if review != self.review:
            await self._show(review)
        if review.ready:
            await self.attempt(self.bothways.together.mark_read, review)

    async def _show(self, review: Review) -> None:
        first, joint = self.review is None, page_of(review, self._fresh)
        same = joint is not None and joint == self.joint
        self.review, self.joint = review, joint
        if same:
            return
        day = words.session_name(self.session.date, self.session.number)
        names = (joint.left.name, joint.right.name) if joint else (review.writer, review.pair.partner)
        self._top.title = words.title(day, *names)
        page, heads = self.query_one(ItemPage), self.query_one("#heads-place")
        place, key = page.scroll_offset.y, self._focused_key()
        parts = joint_page(joint, review.pair.partner, self.session.date) if joint else [WaitingCard(review)]
        with self.app.batch_update():
            await heads.remove_children()
            await page.remove_children()
            if joint:
                await heads.mount(column_heads(joint))
            await page.mount_all(parts)
            if not first:
                page.scroll_to(y=place, animate=False, force=True)
        self._focus_again(key, scroll=first)
        self.refresh_bindings()

    def _focused_key(self) -> str | None:
        return self.focused.key if isinstance(self.focused, Item) else None

    def _focus_again(self, key: str | None, *, scroll: bool) -> None:
        items = list(self.query(Item))
        found = next((item for item in items if item.key == key), None) or next(iter(items), None)
        if found is not None:
            found.focus(scroll_visible=scroll)

    # --- moving ----------------------------------------------------------------------------------------

    def action_next(self) -> None:
        """Go to the next item; one taller than the screen scrolls first."""
        next_item(self, self.query_one(ItemPage))

    def action_previous(self) -> None:
        """Go to the item before."""
        previous_item(self, self.query_one(ItemPage))

    @on(DescendantFocus)
    def _focus_moved(self) -> None:
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        review = self.review
        if action in ONLY_OPEN:
            if self.joint is None:
                return False
            line = self._line()
            if action == "tick":
                return line is not None and line.kind is LineKind.AGREED
            return action not in ("edit", "remove") or (line is not None and line.mine)
        if action in ("write", "seal", "reply", "share", "early"):
            return review is not None and not review.ready and self._possible(action, review)
        if action == "sync":
            return review is not None and review.pair.space is not None
        return True

    def _possible(self, action: str, review: Review) -> bool:
        unsealed = review.my_state is SideState.NOT_YET
        met = review.pair.space is not None and bool(review.pair.space.peer)
        return {
            "write": unsealed,
            "seal": unsealed and bool(review.my_id),
            "reply": not unsealed and not met and review.their_state is SideState.NOT_YET,
            "share": not met,
            "early": review.theirs is not None,
        }[action]

    def _line(self) -> JointLine | None:
        key = self._focused_key() or ""
        lines = (*self.joint.notes, *self.joint.agreed) if self.joint else ()
        return next((line for line in lines if f"line:{line.id}" == key), None)

    # --- responding --------------------------------------------------------------------------------------

    def _slot(self, name: str) -> str:
        pair = self.review.pair.id if self.review else ""
        return f"{pair}:{name}"

    @property
    def _owner(self) -> str:
        return f"review-{self.session}".replace("/", "-")

    def _target_item(self) -> Item | None:
        item = self.focused if isinstance(self.focused, Item) else None
        if item is not None and item.target is not None:
            return item
        if self.review is not None:
            own = item is not None and item.key[:2] in ("a:", "x:", "i:", "al")
            say = words.only_theirs if own else words.not_a_word_of_theirs
            self.app.notify(say(self.review.pair.partner), markup=False)
        return None

    async def action_respond(self, kind: str) -> None:
        """Say thanks, or that it surprised you, for the item in focus."""
        item = self._target_item()
        if item is None or item.target is None:
            return
        done = await self.attempt(
            self.bothways.together.respond,
            self.session,
            ResponseKind(kind),
            item=item.target.item,
            partner=self.pair_name,
        )
        if done is not None:
            self._after_change()

    def action_comment(self) -> None:
        """Write a comment on the item in focus."""
        item = self._target_item()
        if item is None or item.target is None:
            return
        target, together = item.target, self.bothways.together
        about = words.comment_on(self.pair_name, target.words) if target.words else words.whole(self.pair_name)
        self._write(
            ComposePane(
                words.COMMENT_TITLE,
                about,
                owner=self._owner,
                slot=self._slot(f"comment:{target.item}"),
                commit=lambda text: together.respond(
                    self.session, ResponseKind.COMMENT, text, item=target.item, partner=self.pair_name
                ),
            )
        )

    def action_note(self) -> None:
        """Add a line to the joint note."""
        self._write(
            ComposePane(
                words.NOTE_TITLE,
                words.NOTE_HINT,
                owner=self._owner,
                slot=self._slot("note"),
                commit=lambda text: self.bothways.together.note(self.session, text, self.pair_name),
            )
        )

    def action_agree(self) -> None:
        """Agree on something."""
        if self.review is None:
            return
        self._write(
            AgreePane(
                owner=self._owner,
                slot=self._slot("agree"),
                names=(self.review.writer, self.review.pair.partner),
                commit=lambda text, owner, due: self.bothways.together.agree(
                    self.session, text, owner=owner, due=due, partner=self.pair_name
                ),
            )
        )

    def action_edit(self) -> None:
        """Change the line in focus."""
        line = self._line()
        if line is not None and line.mine:
            self._write(
                ComposePane(
                    words.EDIT_TITLE,
                    words.NOTE_HINT,
                    owner=self._owner,
                    slot=self._slot(f"line:{line.id}"),
                    fallback=line.text,
                    commit=lambda text: self.bothways.together.change_line(line.id, text),
                )
            )

    def _write(self, pane: ComposePane) -> None:
        def written(result: Any) -> None:
            if result is not None:
                self._after_change()

        self.app.push_screen(pane, written)

    @work
    async def action_remove(self) -> None:
        """Remove the line in focus, once that is confirmed."""
        line = self._line()
        if line is None or not line.mine:
            return
        if not await self.app.push_screen_wait(ConfirmDialog(words.REMOVE_LINE, line.text, words.REMOVE)):
            return
        if await self.attempt(self.bothways.together.change_line, line.id, "") is not None:
            self._after_change()

    async def action_tick(self) -> None:
        """Tick the agreed line in focus, or take the tick back."""
        line = self._line()
        if line is None or line.kind is not LineKind.AGREED:
            return
        if await self.attempt(self.bothways.together.tick_line, line.id, line.done_at is None) is not None:
            self._after_change()

    def _after_change(self) -> None:
        self.bothways_app.sync_soon()
        self.refresh_page()

    # --- while it is not open -------------------------------------------------------------------------------

    async def action_write(self) -> None:
        """Go on with one's own reflection of this session, or begin it."""
        from journal.tui.routes import screen_for
        from journal.usecases import Start

        if self.review is None:
            return
        if self.review.my_id:
            reflection = await self.attempt(self.bothways.reading.get, self.review.my_id)
        else:
            start = Start(partner=self.pair_name, session=self.session)
            reflection = await self.attempt(self.bothways.writing.start, start)
        if reflection is not None:
            await self.app.push_screen(screen_for(reflection))

    async def action_seal(self) -> None:
        """Preview what the partner will see, and seal."""
        from journal.tui.screens.sealing import SealScreen

        if self.review is not None and self.review.my_id:
            await self.app.push_screen(SealScreen(self.review.my_id))

    async def action_reply(self) -> None:
        """Type in what the partner answered by other means."""
        from journal.tui.screens.reply import ReplyScreen

        await self.app.push_screen(ReplyScreen(self.pair_name, self.session))

    async def action_share(self) -> None:
        """Meet the partner in a folder."""
        from journal.tui.screens.sharing import SharingScreen

        await self.app.push_screen(SharingScreen())

    async def action_early(self) -> None:
        """Read what the partner opened before the writer sealed."""
        from journal.tui.screens.read import ReadScreen

        if self.review is not None and self.review.theirs is not None:
            await self.app.push_screen(ReadScreen(self.review.theirs.id))

    async def action_sync(self) -> None:
        """Look into the shared folder now."""
        from journal.wording import sharing as sharing_words

        reports = await self.attempt(self.bothways.sharing.sync, self.pair_name)
        for report in reports or []:
            said = report.trouble or sharing_words.sync_result(report.pair, report.pulled, report.pushed)
            self.app.notify(said, severity="warning" if report.trouble else "information", markup=False)
        self.refresh_page()

    def action_back(self) -> None:
        """Close the review."""
        self.dismiss(None)
