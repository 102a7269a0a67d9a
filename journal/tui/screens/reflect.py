"""One question at a time: the composer has the focus, everything else stands around it."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, TextArea

from journal import reflection as rules
from journal.errors import BothwaysError, NotAllowed
from journal.model import FollowUp, Form, Outcome, Pair, Reflection, Step, Turn, Visibility
from journal.ports import DraftText
from journal.text import count_words
from journal.tui import routes
from journal.tui.base import Plain
from journal.tui.commands import bindings
from journal.tui.screens.draft_screen import DraftScreen, end_of, last_answered
from journal.tui.screens.reflect_commands import REFLECT_COMMANDS
from journal.tui.shown import shown
from journal.tui.widgets.composer import Composer
from journal.tui.widgets.follow_ups import FollowUps
from journal.tui.widgets.progress import Progress
from journal.tui.widgets.top_line import TopLine
from journal.tui.widgets.transcript import Transcript, TurnView
from journal.wording import app as words


class ReflectScreen(DraftScreen):
    """The questions of one draft. What is typed is kept per question, whichever one is in front."""

    COMMANDS_DECLARED = REFLECT_COMMANDS
    BINDINGS = bindings(REFLECT_COMMANDS)
    HELP_TITLE = words.REFLECT_HELP_TITLE
    HELP_TEXT = words.REFLECT_HELP
    AUTO_FOCUS = "Composer"
    DEFAULT_CSS = """
    ReflectScreen {
        align-horizontal: center;
        #page { width: 100%; max-width: 104; height: 1fr; padding: 0 1; }
        #guide { height: 2; padding: 0 1; }
        #guide #guide-title { width: 1fr; color: $quiet; text-wrap: nowrap; text-overflow: ellipsis; height: 1; }
        #question { height: auto; max-height: 8; padding: 0 1; text-style: bold; color: $foreground; }
        #question.-follow { color: $secondary; }
        #hint { height: auto; max-height: 3; padding: 0 1; color: $quiet; }
        #later { height: auto; padding: 0 1; color: $quiet; }
        #trouble { height: auto; padding: 0 1; color: $error; text-style: bold; }
        .-empty { display: none; }
        &.-short #guide { height: 1; }
        &.-short #question { max-height: 4; }
        &.-short #hint, &.-tiny #hint, &.-tiny #guide, &.-tiny #later, &.-tiny FollowUps { display: none; }
        &.-tiny TopLine { display: none; }
        &.-tiny #page, &.-short #page { padding: 0; }
        &.-tiny #question { max-height: 2; }
        &.-tiny Composer { border: none; min-height: 1; padding: 0; }
        &.-short FollowUps { max-height: 2; }
    }
    """

    class Loaded(Message):
        """The draft is here, with its half-typed words."""

        def __init__(
            self,
            reflection: Reflection,
            form: Form,
            pair: Pair | None,
            drafts: dict[str, DraftText],
            follow_ups: list[FollowUp],
        ) -> None:
            super().__init__()
            self.reflection, self.form, self.pair = reflection, form, pair
            self.drafts, self.follow_ups = drafts, follow_ups

    class Stored(Message):
        """A use case went through; `then` shows what follows from it."""

        def __init__(
            self, reflection: Reflection, form: Form, follow_ups: list[FollowUp] | None, submitted: str | None
        ) -> None:
            super().__init__()
            self.reflection, self.form, self.follow_ups, self.submitted = reflection, form, follow_ups, submitted

    form: Form

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.at = ""
        self._put = ""
        self._share_next: set[str] = set()
        self._wanted_others = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="page"):
            with Horizontal(id="guide"):
                yield Plain(id="guide-title")
                yield Progress()
            yield Transcript(id="transcript")
            yield Plain(id="question")
            yield Plain(id="hint")
            yield Composer(id="composer")
            yield Plain(id="trouble", classes="-empty")
            yield Plain(id="later", classes="-empty")
            yield FollowUps(id="follow-ups")
        yield Footer()

    # --- coming and going ----------------------------------------------------------------------------

    async def _load(self) -> None:
        def load() -> ReflectScreen.Loaded:
            reflection = self.bothways.writing.resume(self.reflection_id)
            pair = self.bothways.people.pair_by_id(reflection.pair) if reflection.pair else None
            drafts = self.bothways.drafts.load(self.reflection_id)
            form = self.bothways.writing.form(reflection)
            return self.Loaded(reflection, form, pair, drafts, self._follow_ups(reflection))

        try:
            self.post_message(await self.off_loop(load))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    async def on_reflect_screen_loaded(self, message: Loaded) -> None:
        self.reflection, self.form, self.pair = message.reflection, message.form, message.pair
        self._texts = dict(message.drafts)
        self.ready = True
        self.composer.placeholder = words.PLACEHOLDER if self.pair else words.PLACEHOLDER_SOLO
        at_follow_up = any(t.id == self.reflection.at and t.follows for t in self.reflection.turns)
        self.query_one(FollowUps).offer([] if at_follow_up else message.follow_ups)
        await self._show()

    # --- what is shown -------------------------------------------------------------------------------

    @property
    def turn(self) -> Turn:
        """The question in front."""
        return rules.turn_of(self.reflection, self.at)

    async def _show(self, typed_ahead: str = "") -> None:
        """Bring the screen to the stored reflection; leave it where the questions are over."""
        reflection = self.reflection
        if reflection.step is not Step.QUESTIONS or not reflection.at:
            await self._go_on_to_closing()
            return
        self.at = reflection.at
        turn = self.turn
        self._show_title()
        self.query_one("#guide-title", Plain).show(self.form.title)
        self.query_one(Progress).show_stages(rules.progress(reflection, self.form))
        ids = [t.id for t in reflection.turns]
        place = ids.index(turn.id)
        await self.query_one(Transcript).show_turns(list(reflection.turns[:place]))
        follows = bool(turn.follows)
        question = self.query_one("#question", Plain)
        question.set_class(follows, "-follow")
        question.show(f"{'↳ ' if follows else ''}{turn.question}")
        stage = next((s for s in self.form.stages if s.key == turn.stage and not follows), None)
        hint = self.query_one("#hint", Plain)
        hint.show(stage.hint if stage else "")
        hint.set_class(not (stage and stage.hint), "-empty")
        later = self.query_one("#later", Plain)
        after = len(ids) - place - 1
        later.show(words.later_turns(after))
        later.set_class(not after or turn.outcome is Outcome.ASKED, "-empty")
        draft = self._texts.get(turn.id) or DraftText(text=turn.answer, cursor=end_of(turn.answer))
        if typed_ahead:
            text = draft.text + typed_ahead
            draft = DraftText(text=text, cursor=end_of(text))
        self._put = draft.text
        self.composer.put(draft)
        if typed_ahead:
            self._touch()
        self._show_visibility()
        self._show_follow_ups()
        self.composer.focus()

    def _show_visibility(self) -> None:
        count = count_words(self.composer.text) if len(self.composer.text) < 20_000 else 0
        shared = self.turn.visibility is Visibility.SHARED or self.at in self._share_next
        parts = [words.word_count(count)] if count else []
        self.composer.border_subtitle = Content(shown(" · ".join([*parts, words.who_sees(shared, self.partner)])))

    def _show_follow_ups(self) -> None:
        """Offered beside the next step: not while an earlier answer is being changed."""
        if self.turn.outcome is not Outcome.ASKED:
            self.query_one(FollowUps).offer([])

    def _show_trouble(self, text: str) -> None:
        trouble = self.query_one("#trouble", Plain)
        trouble.set_class(not text, "-empty")
        trouble.show(text)
        if not text and self.ready and self.at:
            self._show_visibility()

    # --- typing --------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _typed(self) -> None:
        if self.ready and self.at:
            self._touch()

    def hear(self) -> None:
        if self.ready and self.at and not self.busy and self.composer.text != self._put:
            self._touch()

    def _touch(self) -> None:
        slot = self.at
        self._texts.pop(slot, None)
        self.keeper.touch(slot, lambda: self._draft_of(slot))

    def _draft_of(self, slot: str) -> DraftText:
        if slot == self.at:
            return self.composer.draft()
        return self._texts.get(slot) or DraftText(text=rules.turn_of(self.reflection, slot).answer)

    def _put_aside(self) -> None:
        """Keep what is in the composer for its own question, before another one takes the place."""
        if self.at:
            self._texts[self.at] = self.composer.draft()

    # --- storing -------------------------------------------------------------------------------------

    def _run(self, use_case: Callable[[], Reflection], *, ask: bool = False, submitted: str | None = None) -> None:
        """Run a use case in a thread and hear of it by message; one at a time."""
        if self.busy or not self.ready:
            return
        self.busy = True
        slot = self.at

        async def run() -> None:
            if submitted is not None:
                await self.keeper.forget(slot)
            else:
                await self.keeper.flush()

            def store() -> ReflectScreen.Stored:
                reflection = use_case()
                form = self.bothways.writing.form(reflection)
                return self.Stored(reflection, form, self._follow_ups(reflection) if ask else None, submitted)

            try:
                self.post_message(await self.off_loop(store))
            except BothwaysError as error:
                self.post_message(self.Refused(error))

        self.run_worker(run(), group="store")

    def _follow_ups(self, reflection: Reflection) -> list[FollowUp]:
        """Blocking: what the coach offers to the answer given last."""
        turn = last_answered(reflection)
        return self.bothways.coach.follow_ups(reflection, turn) if turn else []

    async def on_reflect_screen_stored(self, message: Stored) -> None:
        self.busy = False
        typed_ahead = ""
        if message.submitted is None:
            self._put_aside()
        else:
            # Keys pressed while the answer went to the disk belong to the next question.
            now = self.composer.text
            if now.startswith(message.submitted):
                typed_ahead = now[len(message.submitted) :]
                self._texts.pop(self.at, None)
                await (self.keeper.drop(self.at) if typed_ahead else self.keeper.forget(self.at))
            else:
                self._texts[self.at] = self.composer.draft()
        self.reflection, self.form = message.reflection, message.form
        if message.follow_ups is not None:
            self.query_one(FollowUps).offer(message.follow_ups)
            if self._wanted_others and not message.follow_ups:
                self.app.notify(words.NO_OTHER_QUESTIONS, timeout=4, markup=False)
        self._wanted_others = False
        await self._show(typed_ahead)

    def on_draft_screen_refused(self, message: DraftScreen.Refused) -> None:
        self.busy = False
        if self.ready:
            self.refuse(message.error)
            self._touch()
        else:
            self.go_home_instead(message.error)

    async def _go_on_to_closing(self) -> None:
        self.at = ""
        await self.words_are_safe()
        routes.replace(self.app, routes.screen_for(self.reflection))

    # --- commands ------------------------------------------------------------------------------------

    def action_next(self) -> None:
        """Store the answer and go on; a blank one skips."""
        if self.busy or not self.ready:
            return
        text, turn = self.composer.text, self.turn
        if not text.strip() and turn.outcome is Outcome.ASKED:
            self._skip()
            return
        writing, sealing, share = self.bothways.writing, self.bothways.sealing, self.at in self._share_next
        offered = list(self.query_one(FollowUps).offered)
        self.composer.move_cursor(self.composer.end())

        def store() -> Reflection:
            reflection = writing.answer(self.reflection_id, turn.id, text)
            if offered:
                reflection = writing.offered(self.reflection_id, offered)
            if share and text.strip():
                chosen = {item.id for item in rules.visible_items(reflection) if item.shared}
                reflection = sealing.choose(self.reflection_id, chosen | {turn.id})
            return reflection

        self._run(store, ask=True, submitted=text)

    def action_skip(self) -> None:
        """Leave the question out; words that are there are never thrown away by it."""
        if not self.ready or self.busy:
            return
        if self.composer.text.strip():
            self.app.notify(words.SAVED_AS_YOU_TYPE, markup=False)
            return
        self._skip()

    def _skip(self) -> None:
        self.app.notify(words.SKIPPED_NOTICE, timeout=3, markup=False)
        turn_id = self.at
        self._run(lambda: self.bothways.writing.skip(self.reflection_id, turn_id), submitted=self.composer.text)

    def action_back(self) -> None:
        """To the question before this one."""
        self._step(-1, words.NOTHING_BEFORE)

    def action_forward(self) -> None:
        """To the question after this one."""
        self._step(1, words.NOTHING_AFTER)

    def _step(self, by: int, at_the_end: str) -> None:
        if not self.ready:
            return
        ids = [t.id for t in self.reflection.turns]
        place = ids.index(self.at) + by
        if 0 <= place < len(ids):
            self._go_to(ids[place])
        else:
            self.app.notify(at_the_end, timeout=3, markup=False)

    @on(TurnView.Chosen)
    def _chosen(self, message: TurnView.Chosen) -> None:
        self._go_to(message.turn_id)

    def _go_to(self, turn_id: str) -> None:
        self._run(lambda: self.bothways.writing.go_to(self.reflection_id, turn_id), ask=True)

    def action_follow_up(self, number: int) -> None:
        """Ask one of the offered questions."""
        offered = self.query_one(FollowUps).offered
        answered = last_answered(self.reflection) if self.ready else None
        if answered is None or number >= len(offered):
            self.app.notify(words.NO_FOLLOW_UPS, timeout=3, markup=False)
            return
        picked = offered[number]
        self.query_one(FollowUps).offer([])
        self._run(lambda: self.bothways.writing.follow_up(self.reflection_id, answered.id, picked))

    @on(FollowUps.Picked)
    def _picked(self, message: FollowUps.Picked) -> None:
        self.action_follow_up(message.number)

    def action_others(self) -> None:
        """Other follow-ups to the same answer."""
        shown_now = list(self.query_one(FollowUps).offered)
        if not shown_now:
            self.app.notify(words.NO_OTHER_QUESTIONS, timeout=4, markup=False)
            return

        def others() -> Reflection:
            return self.bothways.writing.offered(self.reflection_id, shown_now)

        self._wanted_others = True
        self._run(others, ask=True)

    def action_visibility(self) -> None:
        """Let the other see this answer once both have sealed, or keep it private."""
        if not self.ready or self.busy or not self.pair:
            return
        turn = self.turn
        shared = {item.id for item in rules.visible_items(self.reflection) if item.shared} | self._share_next
        try:
            items = rules.visible_items(self.reflection)
            if turn.follows and turn.follows not in shared and turn.id not in shared:
                raise NotAllowed(*words.PARENT_IS_PRIVATE)
            chosen = rules.toggled(items, shared, turn.id)
        except BothwaysError as error:
            self.refuse(error)
            return
        if turn.outcome is not Outcome.ANSWERED:
            self._share_next ^= {turn.id}
            self._show_visibility()
            return
        stored = {item.id for item in items}
        self._run(lambda: self.bothways.sealing.choose(self.reflection_id, chosen & stored))

    def action_ask_own(self) -> None:
        """Add a question of one's own."""
        from journal.tui.screens.ask_own import AskOwnScreen

        if self.ready:
            self.app.push_screen(AskOwnScreen(), self._asked_own)

    def _asked_own(self, question: str | None) -> None:
        if question:
            self._run(lambda: self.bothways.writing.ask(self.reflection_id, question))

    async def action_scroll(self, pages: int) -> None:
        """Move through the transcript; past its top, older turns come in."""
        transcript = self.query_one(Transcript)
        if pages < 0 and transcript.scroll_y <= 0:
            await transcript.widen()
        transcript.scroll_relative(y=pages * max(1, transcript.size.height - 1), animate=False)
