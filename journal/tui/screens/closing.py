"""The end of a reflection: what was received, what was offered, what one means to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, Input, OptionList, TextArea
from textual.widgets.option_list import Option

from journal.errors import BothwaysError
from journal.model import FollowUp, Gain, GainKind, Intention, Offer, Pair, Reflection, Step
from journal.ports import DraftText
from journal.tui import routes
from journal.tui.base import Plain
from journal.tui.commands import Command, bindings
from journal.tui.screens.draft_screen import DraftScreen, end_of, last_answered
from journal.tui.shown import shown
from journal.tui.widgets.composer import Composer
from journal.tui.widgets.follow_ups import FollowUps
from journal.tui.widgets.kinds import KindChoice
from journal.tui.widgets.progress import Progress
from journal.tui.widgets.top_line import TopLine
from journal.usecases.when import read_day
from journal.wording import app as words

CLOSING_COMMANDS: tuple[Command, ...] = (
    Command("closing.next", "ctrl+j,ctrl+enter", "next", "Add", "Add what is in the field; empty goes on."),
    Command("closing.kind", "ctrl+n", "kind", "Kind", "Choose the next kind."),
    Command("closing.together", "ctrl+t", "together", "Together", "You both received it, or only you did."),
    Command("closing.take_back", "ctrl+r", "take_back", "Take back", "Take one that was added back into the field."),
    Command("closing.back", "ctrl+b,f5", "back", "Back", "To the step before this one."),
    Command(
        "closing.follow1",
        "f2",
        "follow_up(0)",
        "Follow up",
        "Take a question to your last answer.",
        show=False,
        shown_key="F2-F4",
    ),
    Command("closing.follow2", "f3", "follow_up(1)", "Second follow-up", "Take the second one.", show=False),
    Command("closing.follow3", "f4", "follow_up(2)", "Third follow-up", "Take the third one.", show=False),
    Command("closing.leave", "escape", "leave", "Home", "To Home. Everything is kept.", show=False),
)
STEPS = (Step.GAINS, Step.OFFERS, Step.INTENTIONS)
DUE_SLOT = "due"


class ClosingScreen(DraftScreen):
    """Three short lists, one at a time. Empty ones are fine."""

    COMMANDS_DECLARED = CLOSING_COMMANDS
    BINDINGS = bindings(CLOSING_COMMANDS)
    HELP_TITLE = words.CLOSING_HELP_TITLE
    HELP_TEXT = words.CLOSING_HELP
    AUTO_FOCUS = "Composer"
    DEFAULT_CSS = """
    ClosingScreen {
        align-horizontal: center;
        #page { width: 100%; max-width: 104; height: 1fr; padding: 0 1; }
        Progress { height: 2; padding: 0 1; width: 100%; }
        FollowUps { margin: 0 0 1 0; }
        #question { height: auto; padding: 0 1; text-style: bold; }
        #hint { height: auto; padding: 0 1 1 1; color: $quiet; }
        #items, #items:focus { height: auto; max-height: 30%; border: none; padding: 0; margin: 0 0 1 0;
                                 scrollbar-size-vertical: 1; }
        #items:blur > .option-list--option-highlighted {
            background: $background; color: $foreground; text-style: none;
        }
        #due { border: round $border-blurred; background: $background; height: 3;
               border-title-color: $quiet; border-subtitle-color: $quiet; }
        #due:focus { border: round $border; }
        #problem { height: auto; padding: 0 1; color: $error; text-style: bold; }
        .-away { display: none; }
        &.-tiny TopLine, &.-tiny #hint, &.-short #hint, &.-tiny FollowUps, &.-tiny Progress { display: none; }
        &.-tiny #items { display: none; }
        &.-tiny #question { max-height: 2; }
        &.-tiny KindChoice { max-height: 1; }
        &.-tiny Composer { border: none; min-height: 1; padding: 0; }
        &.-tiny #page, &.-short #page { padding: 0; }
        &.-short Progress { height: 1; }
        &.-short FollowUps { display: none; }
        &.-short #items { margin: 0; max-height: 2; }
        &.-short #due, &.-tiny #due, &.-short #due:focus, &.-tiny #due:focus { height: 1; border: none; }
    }
    """

    class Stored(Message):
        """A use case went through. `used` names the draft slots that it used up."""

        def __init__(self, reflection: Reflection, follow_ups: list[FollowUp], used: tuple[str, ...]) -> None:
            super().__init__()
            self.reflection, self.follow_ups, self.used = reflection, follow_ups, used

    class Loaded(Message):
        """The draft is here, with its half-typed words."""

        def __init__(
            self, reflection: Reflection, pair: Pair | None, drafts: dict[str, DraftText], follow_ups: list[FollowUp]
        ) -> None:
            super().__init__()
            self.reflection, self.pair, self.drafts, self.follow_ups = reflection, pair, drafts, follow_ups

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.step = Step.GAINS
        self._both = False
        self._put = DraftText(text="")
        self._put_day = ""
        self._troubled = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="page"):
            yield Progress()
            yield FollowUps(id="follow-ups")
            yield Plain(id="question")
            yield Plain(id="hint")
            yield OptionList(id="items", markup=False)
            yield KindChoice(id="kind")
            yield Composer(id="composer")
            due = Input(id="due", max_length=40)
            due.border_title = Content(words.DUE_TITLE)
            due.border_subtitle = Content(words.DUE_HINT)
            yield due
            yield Plain(id="problem")
        yield Footer()

    # --- coming and going ----------------------------------------------------------------------------

    async def _load(self) -> None:
        def load() -> ClosingScreen.Loaded:
            reflection = self.bothways.writing.resume(self.reflection_id)
            pair = self.bothways.people.pair_by_id(reflection.pair) if reflection.pair else None
            drafts = self.bothways.drafts.load(self.reflection_id)
            return self.Loaded(reflection, pair, drafts, self._follow_ups(reflection))

        try:
            self.post_message(await self.off_loop(load))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    def _follow_ups(self, reflection: Reflection) -> list[FollowUp]:
        turn = last_answered(reflection)
        if reflection.step is not Step.GAINS or turn is None:
            return []
        return self.bothways.coach.follow_ups(reflection, turn)

    async def on_closing_screen_loaded(self, message: Loaded) -> None:
        self.reflection, self.pair = message.reflection, message.pair
        self._texts = dict(message.drafts)
        self.ready = True
        await self._show(message.follow_ups)

    # --- what is shown -------------------------------------------------------------------------------

    async def _show(self, follow_ups: list[FollowUp]) -> None:
        reflection = self.reflection
        if reflection.step not in STEPS:
            self.ready = False
            await self.words_are_safe()
            routes.replace(self.app, routes.screen_for(reflection))
            return
        self.step = reflection.step
        today = self.bothways.clock.now().date()
        self._show_title()
        place = STEPS.index(self.step)
        self.query_one(Progress).show_stages(
            [(title, n < place, n == place) for n, title in enumerate(words.CLOSING_STEPS)]
        )
        question, hint = words.closing(self.step, self.partner)
        self.query_one("#question", Plain).show(question)
        self.query_one("#hint", Plain).show(hint)
        self.query_one(FollowUps).offer(follow_ups if self.step is Step.GAINS else [])
        self._show_items(today)
        intends = self.step is Step.INTENTIONS
        self.query_one(KindChoice).set_class(intends, "-away")
        self.query_one("#due").set_class(not intends, "-away")
        composer = self.query_one(Composer)
        self._put = self._texts.get(self.step, DraftText(text=""))
        composer.put(self._put)
        if intends:
            with self.prevent(Input.Changed):
                self._put_day = self._texts.get(DUE_SLOT, DraftText(text="")).text
                self.query_one("#due", Input).value = self._put_day
        self._problem("")
        self._show_together()
        self.refresh_bindings()
        composer.focus()

    def _rows(self) -> tuple[Gain | Offer | Intention, ...]:
        r = self.reflection
        if self.step is Step.GAINS:
            return r.gains
        return r.offers if self.step is Step.OFFERS else r.intentions

    def _show_items(self, today: date) -> None:
        listed = self.query_one("#items", OptionList)
        rows = self._rows()
        listed.set_options([Option(item_content(row, today), id=row.id) for row in rows])
        listed.set_class(not rows, "-away")
        listed.highlighted = len(rows) - 1 if rows else None

    def _show_together(self) -> None:
        said = words.together(self._both, self.partner) if self.step is Step.GAINS and self.pair else ""
        self.query_one(Composer).border_subtitle = Content(shown(said))

    def _show_trouble(self, text: str) -> None:
        if text or self._troubled:
            self._problem(text)
        self._troubled = bool(text)

    def _problem(self, text: str) -> None:
        problem = self.query_one("#problem", Plain)
        problem.show(text)
        problem.set_class(not text, "-away")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "kind":
            return self.step is not Step.INTENTIONS
        if action == "together":
            return self.step is Step.GAINS and self.pair is not None
        return True

    # --- typing --------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _typed(self) -> None:
        if self.ready:
            slot = self.step
            self.keeper.touch(slot, lambda: self._draft_of(slot))

    def hear(self) -> None:
        if not self.ready or self.busy:
            return
        if self.composer.text != self._put.text:
            self._typed()
        if self.step is Step.INTENTIONS and self.query_one("#due", Input).value != self._put_day:
            self._day_typed()

    def _draft_of(self, slot: Step) -> DraftText:
        if slot is self.step:
            return self.query_one(Composer).draft()
        return self._texts.get(slot, DraftText(text=""))

    @on(Input.Changed, "#due")
    def _day_typed(self) -> None:
        if self.ready:
            self.keeper.touch(DUE_SLOT, lambda: DraftText(text=self.query_one("#due", Input).value))

    # --- storing -------------------------------------------------------------------------------------

    def _run(self, use_case: Callable[[], Reflection], *, used: tuple[str, ...] = ()) -> None:
        if self.busy or not self.ready:
            return
        self.busy = True
        self._texts[self.step] = self.query_one(Composer).draft()

        async def run() -> None:
            for slot in used:
                await self.keeper.forget(slot)
            await self.keeper.flush()

            def store() -> ClosingScreen.Stored:
                reflection = use_case()
                for slot in used:
                    self.bothways.drafts.discard(self.reflection_id, slot)
                return self.Stored(reflection, self._follow_ups(reflection), used)

            try:
                self.post_message(await self.off_loop(store))
            except BothwaysError as error:
                self.post_message(self.Refused(error))

        self.run_worker(run(), group="store")

    async def on_closing_screen_stored(self, message: Stored) -> None:
        self.busy = False
        now = self.query_one(Composer).draft()
        before = self._texts.get(self.step, DraftText(text=""))
        self._texts[self.step] = now
        for slot in message.used:
            self._texts.pop(slot, None)
        if message.used and now.text != before.text and now.text.startswith(before.text):
            # Keys pressed while it was stored belong to the next one.
            rest = now.text[len(before.text) :]
            self._texts[self.step] = DraftText(text=rest, cursor=end_of(rest))
        self.reflection = message.reflection
        if message.used:
            self._both = False
        await self._show(message.follow_ups)

    def on_draft_screen_refused(self, message: DraftScreen.Refused) -> None:
        self.busy = False
        if self.ready:
            self._problem(str(message.error))
            self._typed()
        else:
            self.go_home_instead(message.error)

    # --- commands ------------------------------------------------------------------------------------

    def action_next(self) -> None:
        """Add what is in the field; with an empty one, go on."""
        if self.busy or not self.ready:
            return
        text, id, writing = self.query_one(Composer).text, self.reflection_id, self.bothways.writing
        due_text = self.query_one("#due", Input).value if self.step is Step.INTENTIONS else ""
        try:
            due = read_day(due_text, self.bothways.clock.now().date())
        except BothwaysError as error:
            self._problem(str(error))
            return
        if not text.strip():
            if due_text.strip():
                self._problem(words.INTENTION_NEEDS_WORDS)
                return
            following = (*STEPS, Step.PREVIEW)[STEPS.index(self.step) + 1]
            self._run(lambda: writing.go_to_step(id, following))
            return
        kind, both, step = self.query_one(KindChoice).kind, self._both, self.step
        self.query_one(Composer).move_cursor(self.query_one(Composer).end())
        if step is Step.GAINS:
            self._run(lambda: writing.add_gain(id, kind, text, together=both), used=(step,))
        elif step is Step.OFFERS:
            self._run(lambda: writing.add_offer(id, kind, text), used=(step,))
        else:
            self._run(lambda: writing.add_intention(id, text, due), used=(step, DUE_SLOT))

    def action_back(self) -> None:
        """One step back; from the first, to the last question."""
        self._run(lambda: self.bothways.writing.back(self.reflection_id))

    def action_kind(self) -> None:
        self.query_one(KindChoice).move(1)

    def action_together(self) -> None:
        self._both = not self._both
        self._show_together()

    def action_take_back(self) -> None:
        """Take one that was added back into the empty field, to change it or to let it go."""
        listed = self.query_one("#items", OptionList)
        rows = self._rows() if self.ready else ()
        if not rows:
            self._problem(words.NOTHING_TO_TAKE_BACK)
            return
        if self.query_one(Composer).text.strip():
            self._problem(words.FIELD_IS_NOT_EMPTY)
            return
        at = listed.highlighted
        row = rows[at if at is not None and at < len(rows) else -1]
        composer = self.query_one(Composer)
        composer.load_text(row.text)
        composer.move_cursor(composer.end())
        if isinstance(row, Intention):
            self.query_one("#due", Input).value = row.due.isoformat() if row.due else ""
        else:
            self.query_one(KindChoice).choose(row.kind)
        self._run(lambda: self.bothways.writing.remove_item(self.reflection_id, row.id))

    @on(OptionList.OptionSelected, "#items")
    def _item_selected(self) -> None:
        self.action_take_back()

    def action_follow_up(self, number: int) -> None:
        """Ask one of the questions offered to the last answer."""
        offered = self.query_one(FollowUps).offered
        answered = last_answered(self.reflection) if self.ready else None
        if answered is not None and number < len(offered):
            picked = offered[number]
            self._run(lambda: self.bothways.writing.follow_up(self.reflection_id, answered.id, picked))

    @on(FollowUps.Picked)
    def _picked(self, message: FollowUps.Picked) -> None:
        self.action_follow_up(message.number)


def item_content(row: Gain | Offer | Intention, today: date) -> Content:
    """One added thing on a line or more: its kind or its day, and its words."""
    if isinstance(row, Intention):
        aside = words.due(row.due, today) if row.due else ""
        return Content.assemble(("✓ ", "$primary"), shown(row.text), (f"  {aside}" if aside else "", "$quiet"))
    both = words.BOTH if isinstance(row, Gain) and row.direction == "together" else ""
    kind = GainKind(row.kind).value
    return Content.assemble(("✓ ", "$primary"), (f"{kind}{both}  ", "$secondary"), shown(row.text))
