"""Meeting the partner in a shared folder: invite, join, and how things stand."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Button, Input

from journal.errors import BothwaysError, InvalidInput
from journal.model import Outgoing, Pair, Role
from journal.sharing import Invitation
from journal.sharing.sharing import place
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged, Synced
from journal.tui.widgets.dialogs import AskDialog, ConfirmDialog, Dialog
from journal.tui.widgets.fields import KeptText, LineField
from journal.tui.widgets.one_of import OneOf
from journal.tui.widgets.pair_panel import PairPanel, PairState
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.wording import reading as reading_words
from journal.wording import review as review_words
from journal.wording import sharing as words

SHARING_COMMANDS = (
    Command("sharing.sync", "r", "sync", "Sync now", "Look into every shared folder now.", priority=False),
    Command("sharing.copy", "c", "copy", "Copy the invitation", "Put the invitation on the clipboard.", priority=False),
    Command("sharing.add", "p", "add", "Add a person", "Add another person you meet with.", priority=False),
    Command("sharing.back", "escape", "back", "Back", "Close this screen.", priority=False),
)


class SharingScreen(BothwaysScreen):
    """Every pair: how to meet while it has not met, and what is under way once it has."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = SHARING_COMMANDS
    BINDINGS = bindings(SHARING_COMMANDS)
    HELP_TITLE = "Sharing"
    HELP_TEXT = (
        f"{words.INTRO} {words.NOT_ENCRYPTED} One of you invites and hands over the invitation; the other pastes it. "
        "While Bothways is open it looks into the folder every few seconds."
    )
    DEFAULT_CSS = """
    SharingScreen {
        #pairs { padding: 0 2; scrollbar-size-vertical: 1; }
        .intro { height: auto; margin: 1 0 0 0; color: $text-muted; max-width: 96; }
        .warning { color: $warning; }
        .none { height: auto; margin: 1 0; }
        #panels { height: auto; margin: 0 0 1 0; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._states: list[PairState] | None = None
        self._top = TopLine("Share")

    def compose(self) -> ComposeResult:
        yield self._top
        with VerticalScroll(id="pairs"):
            yield Plain(words.INTRO, classes="intro")
            yield Plain(words.NOT_ENCRYPTED, classes="intro warning")
            yield Vertical(id="panels")
        yield SteadyFooter()

    def on_screen_resume(self) -> None:
        self.reload()

    @on(JournalChanged)
    @on(Synced)
    def _changed(self) -> None:
        self.reload()

    # --- showing -------------------------------------------------------------------------------------------

    def _read(self) -> list[PairState]:
        states = []
        outbox = self.bothways.context.store.all(Outgoing)
        for pair in self.bothways.people.pairs():
            waiting = [o.name for o in outbox if o.pair == pair.id]
            states.append(
                PairState(
                    pair=pair,
                    ops=sum("/op/" in name for name in waiting),
                    bodies=sum("/body/" in name for name in waiting),
                )
            )
        return states

    @work(group="sharing", exclusive=True)
    async def reload(self) -> None:
        """Read how things stand; a pair that stands as before keeps its fields and what is typed in them."""
        states = await self.attempt(self._read)
        if states is None or states == self._states:
            return
        before = {s.pair.id: s for s in self._states or []}
        self._states = states
        panels = self.query_one("#panels")
        known = {panel.pair.id: panel for panel in panels.query(PairPanel)}
        if not states:
            await panels.remove_children()
            await panels.mount(Plain(words.NO_PAIRS, classes="none"))
            return
        await panels.query(".none").remove()
        for state in states:
            old = known.get(state.pair.id)
            fresh = PairPanel(state, self.bothways.drafts, self._moment(state.pair))
            if old is None:
                await panels.mount(fresh)
            elif before.get(state.pair.id) != state:
                had_focus = old.has_focus_within
                await panels.mount(fresh, after=old)
                await old.remove()
                if had_focus and (first := next(iter(fresh.query("Button, Input")), None)) is not None:
                    first.focus(scroll_visible=False)
        if not before:
            self._focus_a_field()
        self.refresh_bindings()

    def _focus_a_field(self) -> None:
        """Where there is a path to type, it goes into its field, and no letter of it is taken for a command."""
        field = next(iter(self.query_one("#panels").query(LineField)), None)
        if field is not None and self.is_current and not isinstance(self.focused, LineField | KeptText):
            field.focus(scroll_visible=False)
            page = self.query_one("#pairs")
            page.call_after_refresh(page.scroll_to_widget, field, animate=False)

    def _moment(self, pair: Pair) -> str:
        at = pair.space.synced_at if pair.space else None
        return f"{review_words.day(at.date())}, {at:%H:%M}" if at else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        pairs = [s.pair for s in self._states or []]
        if action == "sync":
            return any(p.space for p in pairs)
        if action == "copy":
            return any(p.space and p.space.invitation for p in pairs)
        return True

    # --- meeting -------------------------------------------------------------------------------------------

    @on(PairPanel.Asked)
    async def _asked(self, event: PairPanel.Asked) -> None:
        panel = event.panel
        if event.what == "invite":
            self._invite(panel)
        elif event.what == "join":
            self._join(panel)
        elif event.what == "copy":
            self._copy(panel.pair)
        elif event.what == "save":
            self._save(panel.pair)
        elif event.what == "sync":
            await self._sync(panel.pair.partner)

    @work(exclusive=True, group="meet")
    async def _invite(self, panel: PairPanel) -> None:
        missing = await self.attempt(self._missing, panel.folder)
        if missing is None:
            return
        if missing:
            question = ConfirmDialog(words.MAKE_FOLDER, words.no_such_folder(missing), words.MAKE_IT)
            if not await self.app.push_screen_wait(question):
                return
        made = await self.attempt(self.bothways.sharing.invite, panel.folder, panel.pair.partner)
        if made is not None:
            self.reload()

    def _missing(self, typed: str) -> str:
        """The folder's whole path where it does not exist yet, else "". Raises InvalidInput."""
        folder = place(typed)
        return "" if Path(folder).exists() else folder

    def _read_invitation(self, typed: str) -> Invitation:
        """The invitation in what was typed: its text, or the path of the file it is in."""
        one_line = typed.strip()
        if "\n" not in one_line and "BEGIN" not in one_line and one_line:
            path = Path(one_line.strip("\"'")).expanduser()
            try:
                if path.is_file():
                    typed = path.read_bytes()[:100_000].decode("utf-8", "replace")
            except OSError as error:
                raise InvalidInput(f"{path} cannot be read: {(error.strerror or '').lower()}.") from error
        return Invitation.read(typed)

    @work(exclusive=True, group="meet")
    async def _join(self, panel: PairPanel) -> None:
        # A look into the space may put another panel in this one's place before the question is answered.
        pasted = panel.pasted
        invitation = await self.attempt(self._read_invitation, pasted.text)
        if invitation is None:
            return
        who = words.who_invites(invitation.inviter, invitation.role, invitation.invited, invitation.url)
        question = JoinDialog(words.join_question(invitation.inviter), f"{who}\n{words.NOT_ENCRYPTED}", invitation.url)
        if not await self.app.push_screen_wait(question):
            return
        partner = panel.pair.partner
        if await self.attempt(self._do_join, invitation, partner, question.place) is None:
            return
        try:
            await pasted.forget()
        except BothwaysError as error:
            self.refuse(error)
        self.app.notify(words.joined(partner), markup=False)
        self.bothways_app.sync_soon()
        self.reload()

    def _do_join(self, invitation: Invitation, partner: str, folder: str) -> Pair:
        return self.bothways.sharing.join(invitation, partner=partner, url=folder or None)[0]

    def _copy(self, pair: Pair) -> None:
        if pair.space and pair.space.invitation:
            self.app.copy_to_clipboard(pair.space.invitation)
            self.app.notify(words.COPIED, markup=False)

    @work(exclusive=True, group="meet")
    async def _save(self, pair: Pair) -> None:
        space = pair.space
        if space is None or not space.invitation:
            return
        suggestion = f"~/bothways-invitation-{pair.id}.txt"
        typed = await self.app.push_screen_wait(AskDialog(words.SAVE_WHERE, words.SAVE_HINT, suggestion))
        if typed and typed.strip():
            path = Path(typed.strip()).expanduser()
            if await self.attempt(keep_invitation, space.invitation, path) is not None:
                self.app.notify(words.saved(str(path)), timeout=10, markup=False)

    # --- commands ------------------------------------------------------------------------------------------

    async def action_sync(self) -> None:
        """Look into every shared folder now."""
        await self._sync(None)

    async def _sync(self, partner: str | None) -> None:
        self._top.status = words.SYNCING
        reports = await self.attempt(self.bothways.sharing.sync, partner)
        self._top.status = ""
        for report in reports or []:
            said = report.trouble or words.sync_result(report.pair, report.pulled, report.pushed)
            self.app.notify(said, severity="warning" if report.trouble else "information", markup=False)
        self.reload()

    def action_copy(self) -> None:
        """Copy the invitation that waits for an answer."""
        for state in self._states or []:
            if state.pair.space and state.pair.space.invitation:
                self._copy(state.pair)
                return

    @work(exclusive=True, group="meet")
    async def action_add(self) -> None:
        """Add another person."""
        given = await self.app.push_screen_wait(AddPairDialog())
        if given is None:
            return
        pair = await self.attempt(self.bothways.people.add_pair, *given)
        if pair is not None:
            self.app.notify(words.pair_added(pair.partner), markup=False)
            self.reload()

    def save_words_now(self) -> None:
        for field in self.query(KeptText):
            field.keep_now()

    async def words_are_safe(self) -> bool:
        return all([await field.keep() for field in self.query(KeptText)])

    @on(KeptText.Trouble)
    def _not_kept(self, event: KeptText.Trouble) -> None:
        self.refuse(event.error)

    def action_back(self) -> None:
        """Close this screen."""
        self.dismiss(None)


def keep_invitation(text: str, path: Path) -> Path:
    """Write the invitation to a new file that only its owner can read. Raises InvalidInput, StoreUnavailable."""
    from journal.files import explain, write_atomic

    if path.exists():
        raise InvalidInput(f"{path} is there already.", "Choose another name.")
    try:
        write_atomic(path, text.encode())
    except OSError as error:
        raise explain(error, "write", path) from error
    return path


class JoinDialog(ConfirmDialog):
    """Joins, once that is confirmed; `place` is where the shared folder is on this computer."""

    DEFAULT_CSS = """
    JoinDialog {
        .where { height: auto; margin: 1 0 0 0; }
        &.-cramped .where { margin: 0; }
    }
    """

    def __init__(self, question: str, detail: str, url: str) -> None:
        super().__init__(question, detail, words.JOIN)
        self.place = url

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="words", can_focus=False):
                yield Plain(self._question, classes="question")
                yield Plain(words.FOLDER_HERE, classes="where")
                yield LineField(self.place, compact=True, id="place")
                yield Plain(self._detail, classes="detail")
            with Horizontal(classes="buttons"):
                yield Button(reading_words.CANCEL, id="cancel")
                yield Button(words.JOIN, id="confirm", variant="warning")

    @on(Input.Changed)
    def _place_typed(self, event: Input.Changed) -> None:
        self.place = event.value.strip()

    @on(Input.Submitted)
    def _to_the_buttons(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one("#confirm").focus()


ADD_COMMANDS = (
    Command("add.cancel", "escape", "cancel", "Cancel", "Close without adding anybody."),
    Command("add.keep", "ctrl+j,ctrl+s", "keep", "Add", "Add this person."),
)


class AddPairDialog(Dialog[tuple[str, Role]]):
    """The other person's name, and the writer's usual role with them."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = ADD_COMMANDS
    BINDINGS = bindings(ADD_COMMANDS)
    DEFAULT_CSS = """
    AddPairDialog {
        LineField { margin: 1 0; }
        &.-cramped {
            LineField { margin: 0; }
            OneOf { layout: vertical; height: auto; }
            OneOf Plain { max-width: 100%; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="words", can_focus=False):
                yield Plain(words.ADD_PAIR, classes="question")
                yield LineField(placeholder=words.ADD_NAME, compact=True)
                yield Plain(words.ADD_ROLE)
                yield OneOf((words.MENTEE, words.MENTOR))
            with Horizontal(classes="buttons"):
                yield Button(reading_words.CANCEL, id="cancel")
                yield Button(words.ADD, id="keep", variant="primary")

    def on_mount(self) -> None:
        self.query_one(LineField).focus()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_cancel()

    def on_input_submitted(self) -> None:
        self.action_keep()

    def action_keep(self) -> None:
        """Give the name and the role."""
        role = Role.MENTOR if self.query_one(OneOf).index == 1 else Role.MENTEE
        self.dismiss((self.query_one(LineField).value, role))

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
