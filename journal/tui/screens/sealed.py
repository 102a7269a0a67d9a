"""What happens after sealing, and what can still be done."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Footer

from journal.errors import BothwaysError, NotFound
from journal.model import Pair, Reflection, SessionKey, Status
from journal.tui import routes
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged
from journal.tui.widgets.top_line import TopLine
from journal.wording import app as words

SEALED_COMMANDS: tuple[Command, ...] = (
    Command("sealed.home", "enter,escape,h", "leave", "Home", "To Home.", shown_key="⏎"),
    Command("sealed.review", "v", "review", "Read together", "Both sides, now that both are open."),
    Command("sealed.read", "r", "read", "Read mine", "Read what you wrote."),
    Command("sealed.unseal", "u", "unseal", "Unseal", "Take it back to a draft, until the other has sealed."),
    Command("sealed.early", "e", "early", "Open mine early", "Let the other read your shared words at once."),
    Command("sealed.meet", "s", "meet", "Share", "Invite the other, or answer their invitation."),
)


class SealedScreen(BothwaysScreen):
    """One sealed reflection and its next step."""

    COMMANDS_DECLARED = SEALED_COMMANDS
    BINDINGS = bindings(SEALED_COMMANDS)
    HELP_TITLE = words.SEALED_HELP_TITLE
    HELP_TEXT = words.SEALED_HELP
    DEFAULT_CSS = """
    SealedScreen {
        align: center middle;
        #box { width: 70; max-width: 100%; height: auto; max-height: 100%; padding: 1 3; border: round $primary; }
        #head { text-style: bold; color: $primary; height: auto; padding: 0 0 1 0; }
        #next { height: auto; }
        #hint { height: auto; color: $quiet; padding: 1 0 0 0; }
        &.-short #box, &.-tiny #box { border: none; padding: 0 1; }
        &.-tiny #hint, &.-tiny TopLine { display: none; }
        &.-short #head, &.-tiny #head { padding: 0; }
    }
    """

    class Loaded(Message):
        """Where it stands."""

        def __init__(self, reflection: Reflection, pair: Pair | None, can_unseal: bool) -> None:
            super().__init__()
            self.reflection, self.pair, self.can_unseal = reflection, pair, can_unseal

    class Refused(Message):
        """It could not be done."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, reflection_id: str) -> None:
        super().__init__()
        self.reflection_id = reflection_id
        self.reflection: Reflection | None = None
        self.pair: Pair | None = None
        self.can_unseal = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="box"):
            yield Plain(id="head")
            yield Plain(id="next")
            yield Plain(id="hint")
        yield Footer()

    def on_screen_resume(self) -> None:
        self._load()

    def on_journal_changed(self, message: JournalChanged) -> None:
        self._load()

    def _load(self) -> None:
        self.run_worker(self._read(), group="load", exclusive=True)

    async def _read(self) -> None:
        def read() -> SealedScreen.Loaded:
            reflection = self.bothways.reading.get(self.reflection_id)
            pair = self.bothways.people.pair_by_id(reflection.pair) if reflection.pair else None
            return self.Loaded(reflection, pair, self.bothways.sealing.can_unseal(reflection.id))

        try:
            self.post_message(await self.off_loop(read))
        except NotFound:
            self.post_message(self.Refused(NotFound(words.GONE)))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    def on_sealed_screen_loaded(self, message: Loaded) -> None:
        self.reflection, self.pair, self.can_unseal = message.reflection, message.pair, message.can_unseal
        r, pair = message.reflection, message.pair
        today = self.bothways.clock.now().date()
        partner = pair.partner if pair else ""
        self.query_one(TopLine).title = words.reflection_title(r.session, partner, r.role, r.day, today)
        head, following, hint = words.after_sealing(
            partner=partner,
            open=r.status is Status.OPEN,
            early=r.opened_early,
            met=bool(pair and pair.space),
            can_unseal=message.can_unseal,
        )
        self.query_one("#head", Plain).show(head)
        self.query_one("#next", Plain).show(following)
        self.query_one("#hint", Plain).show(hint)
        self.refresh_bindings()

    def on_sealed_screen_refused(self, message: Refused) -> None:
        self.refuse(message.error)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        r = self.reflection
        sealed = r is not None and r.status is Status.SEALED and self.pair is not None
        if action == "review":
            return r is not None and r.status is Status.OPEN and self.pair is not None
        if action == "unseal":
            return self.can_unseal
        if action == "early":
            return sealed and r is not None and not r.opened_early
        if action == "meet":
            return sealed and self.pair is not None and self.pair.space is None
        return True

    async def action_leave(self) -> None:
        await self.bothways_app.action_home()

    async def action_read(self) -> None:
        await self.app.push_screen(routes.read_screen(self.reflection_id))

    async def action_review(self) -> None:
        if self.reflection is not None and self.pair is not None:
            key = SessionKey.parse(self.reflection.session)
            routes.replace(self.app, routes.review_screen(self.pair.partner, key))

    async def action_meet(self) -> None:
        await self.bothways_app.action_sharing()

    async def action_unseal(self) -> None:
        """Back to a draft, with every choice as it was."""
        reflection = await self.attempt(self.bothways.sealing.unseal, self.reflection_id)
        if reflection is not None:
            self.bothways_app.sync_soon()
            routes.replace(self.app, routes.screen_for(reflection))

    async def action_early(self) -> None:
        """Release the shared words now, after a question: it cannot be taken back."""
        from journal.tui.widgets.dialogs import ConfirmDialog

        if self.pair is not None:
            asked, detail, yes = words.open_early(self.pair.partner)
            await self.app.push_screen(ConfirmDialog(asked, detail, yes), self._open_early)

    async def _open_early(self, sure: bool | None) -> None:
        if sure and await self.attempt(self.bothways.sealing.open_early, self.reflection_id) is not None:
            self.bothways_app.sync_soon()
            self._load()
