"""The first minute: who you are, with whom, and then the first question."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, OptionList
from textual.widgets.option_list import Option

from journal.errors import BothwaysError
from journal.model import Reflection, Role
from journal.tui import routes
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.widgets.top_line import TopLine
from journal.usecases import Start
from journal.usecases.context import person_name
from journal.wording import app as words

FIRST_COMMANDS = (
    Command("first.back", "escape,ctrl+b", "back", "Back", "To the field before this one."),
    Command("first.alone", "ctrl+o", "alone", "On my own for now", "Begin without the other person."),
)
ROLES = (Role.MENTEE, Role.MENTOR)


class FirstRunScreen(BothwaysScreen):
    """Three fields, one at a time."""

    COMMANDS_DECLARED = FIRST_COMMANDS
    BINDINGS = bindings(FIRST_COMMANDS)
    HELP_TITLE = words.FIRST_TITLE
    HELP_TEXT = words.FIRST_HELP
    DEFAULT_CSS = """
    FirstRunScreen {
        align: center middle;
        #box { width: 66; max-width: 100%; height: auto; max-height: 100%; padding: 1 2; scrollbar-size-vertical: 1; }
        #welcome { color: $quiet; height: auto; padding: 0 0 1 0; }
        #step { color: $primary; height: 1; }
        #ask { text-style: bold; height: auto; }
        #why { color: $quiet; height: auto; padding: 0 0 1 0; }
        Input, Input:focus { border: round $border; background: $background; }
        OptionList, OptionList:focus { height: auto; border: round $border; background: $background; padding: 0 1; }
        #problem { color: $error; height: auto; }
        .-away { display: none; }
        &.-short #welcome, &.-tiny #welcome, &.-tiny #step, &.-tiny #why { display: none; }
        &.-tiny TopLine { display: none; }
        &.-tiny #box, &.-short #box { padding: 0 1; }
        &.-tiny Input, &.-tiny Input:focus { border: none; height: 1; }
        &.-tiny OptionList, &.-tiny OptionList:focus { border: none; padding: 0; }
    }
    """

    class Begun(Message):
        """The journal is made and the first question asked."""

        def __init__(self, reflection: Reflection) -> None:
            super().__init__()
            self.reflection = reflection

    def __init__(self, start: Start | None = None) -> None:
        """`start` holds what was said of the first reflection already: its guide, its day, its title."""
        super().__init__()
        self._start = start or Start()
        self._step = 0
        self._writer = ""
        self._role = Role.MENTEE
        self._busy = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with VerticalScroll(id="box", can_focus=False):
            yield Plain(words.FIRST_WELCOME, id="welcome")
            yield Plain(id="step")
            yield Plain(id="ask")
            yield Plain(id="why")
            with Vertical():
                yield Input(id="name", max_length=200)
                yield OptionList(
                    *[Option(_role_row(n, role), id=role) for n, role in enumerate(ROLES, start=1)],
                    id="role",
                    markup=False,
                )
                yield Input(id="partner", max_length=200)
            yield Plain(id="problem")
        yield Footer()

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        fields = ("name", "role", "partner")
        for number, field in enumerate(fields):
            self.query_one(f"#{field}").set_class(number != self._step, "-away")
        self.query_one("#step", Plain).show(words.first_step(self._step + 1, len(fields)))
        asked, why = words.first_fields(self._role.other)[self._step]
        self.query_one("#ask", Plain).show(asked)
        self.query_one("#why", Plain).show(why)
        self._problem("")
        self.query_one(f"#{fields[self._step]}").focus()
        self.refresh_bindings()

    def _problem(self, text: str) -> None:
        self.query_one("#problem", Plain).show(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "alone":
            return self._step == 2
        if action == "back":
            return self._step > 0
        return True

    def action_back(self) -> None:
        if not self._busy:
            self._step = max(0, self._step - 1)
            self._show()

    @on(Input.Submitted, "#name")
    def _named(self, event: Input.Submitted) -> None:
        try:
            self._writer = person_name(event.value, words.YOUR_NAME)
        except BothwaysError as error:
            self._problem(str(error))
            return
        self._step = 1
        self._show()

    @on(OptionList.OptionSelected, "#role")
    def _role_chosen(self, event: OptionList.OptionSelected) -> None:
        self._choose(ROLES[event.option_index])

    def on_key(self, event: Any) -> None:
        if self._step == 1 and event.key in ("1", "2"):
            event.stop()
            self._choose(ROLES[int(event.key) - 1])

    def _choose(self, role: Role) -> None:
        self._role = role
        self._step = 2
        self._show()

    @on(Input.Submitted, "#partner")
    def _partner_named(self, event: Input.Submitted) -> None:
        if not event.value.strip():
            self._problem(words.FIRST_PARTNER_EMPTY)
            return
        self._begin(event.value)

    def action_alone(self) -> None:
        self._begin(None)

    def _begin(self, partner: str | None) -> None:
        if self._busy:
            return
        self._busy = True
        self.run_worker(self._make(partner), group="begin")

    async def _make(self, partner: str | None) -> None:
        def make() -> Reflection:
            people, writing = self.bothways.people, self.bothways.writing
            role, solo = self._start.role or self._role, self._start.solo or partner is None
            if not people.known():
                people.init(self._writer, self._role, partner)
            return writing.start(replace(self._start, role=role, partner=None if solo else partner, solo=solo))

        try:
            self.post_message(self.Begun(await self.off_loop(make)))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    class Refused(Message):
        """The journal could not be made; the fields stay as they are."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    def on_first_run_screen_refused(self, message: Refused) -> None:
        self._busy = False
        self._problem(str(message.error))

    def on_first_run_screen_begun(self, message: Begun) -> None:

        # The app goes on: this screen closes on the way, and with it whatever it would still wait for.
        self.app.call_later(routes.leave_first_run, self.bothways_app, message.reflection)


def _role_row(number: int, role: Role) -> Content:
    title, said = words.ROLES[role]
    return Content.assemble((f"{number}  ", "bold $primary"), (title, "bold"), (f"  {said}", "$quiet"))
