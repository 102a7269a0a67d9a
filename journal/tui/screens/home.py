"""Home: what waits, and one key to begin."""

from __future__ import annotations

from msgspec.structs import replace
from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal.errors import BothwaysError
from journal.model import Reflection, SessionKey
from journal.tui import routes
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged
from journal.tui.screens.choose import ChooseScreen
from journal.tui.screens.home_rows import HomeView, Row, load_home
from journal.tui.shown import shown
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.usecases import Start
from journal.wording import app as words

HOME_COMMANDS: tuple[Command, ...] = (
    Command("home.start", "n", "start", "Reflect", "Start a reflection."),
    Command("home.guides", "g", "guides", "Guides", "Choose the guide first: what it asks and how long it takes."),
    Command("home.solo", "o", "solo", "Solo", "Write for yourself alone; it belongs to no session."),
    Command("home.timeline", "t", "timeline", "Timeline", "Everything written so far."),
    Command("home.search", "slash", "search", "Search", "Find words in everything written.", shown_key="/"),
    Command("home.sharing", "s", "sharing", "Share", "Meet the other person: invite, join, look for news."),
    Command("home.tick", "space", "tick", "Tick", "Tick what you meant to do, or take the tick back.", show=False),
)


NOTICE_SECONDS = 30.0


class StartPanel(Plain):
    """The obvious way in."""

    class Pressed(Message):
        """Somebody clicked it."""

    DEFAULT_CSS = """
    StartPanel { height: auto; width: 100%; border: round $primary; padding: 0 1; margin: 0 0 1 0; }
    StartPanel:hover { background: $block-hover-background; }
    """

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed())


class HomeScreen(BothwaysScreen):
    """What waits for the writer, over all pairs."""

    COMMANDS_DECLARED = HOME_COMMANDS
    BINDINGS = bindings(HOME_COMMANDS)
    HELP_TITLE = words.HOME
    HELP_TEXT = words.HOME_SCREEN_HELP
    AUTO_FOCUS = "#rows"
    DEFAULT_CSS = """
    HomeScreen {
        align-horizontal: center;
        #page { width: 100%; max-width: 104; height: 1fr; padding: 1 1 0 1; }
        #rows, #rows:focus { height: 1fr; border: none; padding: 0; scrollbar-size-vertical: 1; }
        #rows > .option-list--option { padding: 0 1; }
        #trouble { height: auto; color: $warning; padding: 0 2 1 2; }
        #trouble.-away { display: none; }
        &.-short #trouble { padding: 0 2; max-height: 2; }
        &.-tiny #trouble { display: none; }
        #empty { height: auto; color: $quiet; padding: 0 2; display: none; }
        &.-empty #rows { display: none; }
        &.-empty #empty { display: block; }
        &.-short #page, &.-tiny #page { padding: 0; }
        &.-short StartPanel { margin: 0; border: none; height: 1; }
        &.-tiny StartPanel { display: none; }
        &.-tiny TopLine { display: none; }
    }
    """

    class Loaded(Message):
        """What waits, freshly read."""

        def __init__(self, view: HomeView) -> None:
            super().__init__()
            self.view = view

    class Started(Message):
        """A reflection is there to be written."""

        def __init__(self, reflection: Reflection) -> None:
            super().__init__()
            self.reflection = reflection

    class Refused(Message):
        """It could not be done."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    def __init__(self) -> None:
        super().__init__()
        self.view: HomeView | None = None
        self._rows: dict[str, Row] = {}
        self._ticked: dict[str, Row] = {}

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="page"):
            yield StartPanel(id="start")
            yield Plain(id="trouble", classes="-away")
            yield Plain(words.HOME_EMPTY, id="empty")
            yield OptionList(id="rows", markup=False)
        yield SteadyFooter()

    # --- what is shown -------------------------------------------------------------------------------

    def on_screen_resume(self) -> None:
        self._ticked.clear()
        self._load()

    def on_journal_changed(self, message: JournalChanged) -> None:
        self._load()

    @work(group="load", exclusive=True)
    async def _load(self) -> None:
        try:
            self.post_message(self.Loaded(await self.off_loop(load_home, self.bothways)))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    @work(group="notices")
    async def _tell(self) -> None:
        """What was found and done about the journal's files, each sentence once."""
        for sentence in await self.off_loop(self.bothways.context.store.notices):
            self.app.notify(shown(sentence), severity="warning", timeout=NOTICE_SECONDS, markup=False)

    def on_home_screen_loaded(self, message: Loaded) -> None:
        self.view = message.view
        self._show()
        self._tell()

    def on_resize(self) -> None:
        if self.view is not None:
            self._show()

    def _show(self) -> None:
        view = self.view
        assert view is not None
        self.query_one(TopLine).title = view.writer
        self.query_one(StartPanel).show(
            Content.assemble(
                ("n", "bold $primary"),
                ("  ", ""),
                (words.START_A_REFLECTION, "bold"),
                (shown(f"  {words.start_with([p.partner for p in view.pairs])}"), "$foreground"),
                (f"\n   {words.guide_line(view.guide, view.minutes)}", "$quiet"),
            )
        )
        trouble = self.query_one("#trouble", Plain)
        trouble.show(view.trouble)
        trouble.set_class(not view.trouble, "-away")
        rows = [*view.rows]
        done = [row for row in self._ticked.values() if row.tick not in {r.tick for r in rows}]
        place = next((i for i, r in enumerate(rows) if r.section == words.LATELY), len(rows))
        rows[place:place] = done
        self.set_class(not rows, "-empty")
        listed = self.query_one("#rows", OptionList)
        before = listed.highlighted_option.id if listed.highlighted_option else None
        width = max(20, min(104, self.size.width) - 5)
        self._rows = {}
        options: list[Option] = []
        section = ""
        for number, row in enumerate(rows):
            if row.section != section:
                if section:
                    options.append(Option("", disabled=True))
                section = row.section
                options.append(Option(Content.styled(section, "bold $secondary"), disabled=True))
            key = f"{row.action}:{row.target}:{row.partner}:{row.section}:{row.kind}"
            if key in self._rows:
                key += f":{number}"
            self._rows[key] = row
            options.append(Option(row_content(row, width), id=key))
        listed.set_options(options)
        wanted = [i for i, o in enumerate(options) if not o.disabled]
        same = next((i for i in wanted if options[i].id == before), None)
        listed.highlighted = same if same is not None else wanted[0] if wanted else None

    def _row(self) -> Row | None:
        option = self.query_one("#rows", OptionList).highlighted_option
        return self._rows.get(option.id or "") if option else None

    # --- acting --------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected, "#rows")
    async def _chosen(self, event: OptionList.OptionSelected) -> None:
        row = self._rows.get(event.option_id or "")
        if row is None:
            return
        if row.action == "review":
            await self.app.push_screen(routes.review_screen(row.partner, SessionKey.parse(row.target)))
        elif row.action == "draft":
            self._begin(lambda: self.bothways.writing.resume(row.target))
        elif row.action == "sealed":
            from journal.tui.screens.sealed import SealedScreen

            await self.app.push_screen(SealedScreen(row.target))
        elif row.action == "read":
            await self.app.push_screen(routes.read_screen(row.target))
        elif row.action == "start":
            start = Start(partner=row.partner, session=SessionKey.parse(row.target), guide=self._usual_guide)
            self._begin(lambda: self.bothways.writing.start(start))
        elif row.action == "promise":
            await self.action_tick()

    async def action_tick(self) -> None:
        """Turn the tick of the highlighted promise round."""
        row = self._row()
        if row is None or not row.tick:
            return
        done = row.tick not in self._ticked
        kind, _, item = row.tick.partition(":")
        together, writing = self.bothways.together, self.bothways.writing
        try:
            if kind == "line":
                await self.off_loop(together.tick_line, item, done)
            else:
                await self.off_loop(writing.tick, kind, item, done)
        except BothwaysError as error:
            self.refuse(error)
            return
        if done:
            self._ticked[row.tick] = replace(row, mark="☑")
        else:
            self._ticked.pop(row.tick, None)
        self.bothways_app.sync_soon()
        self._load()

    async def action_start(self) -> None:
        """Start with the usual guide."""
        self._with_pair(None)

    async def action_guides(self) -> None:
        """Choose a guide, then with whom."""
        guides = await self.attempt(self.bothways.guides.list)
        options = [
            (
                info.key,
                Content.assemble(
                    (shown(info.title), "bold"),
                    (f"  {words.minutes(info.minutes)}", "$primary"),
                    (f"\n{shown(info.summary)}\n", "$quiet"),
                ),
            )
            for info in guides or []
        ]

        def chosen(key: str | None) -> None:
            if key:
                self._with_pair(key)

        await self.app.push_screen(ChooseScreen(words.WHICH_GUIDE, options), chosen)

    def _with_pair(self, guide: str | None) -> None:
        pairs = self.view.pairs if self.view else []
        if len(pairs) == 1 and guide is None:
            self._start(pairs[0].partner, guide)
        elif not pairs:
            self._start("", guide)
        else:
            options = [
                (
                    pair.id,
                    Content.assemble((shown(pair.partner), "bold"), (f"  {words.your(pair.role.other)}", "$quiet")),
                )
                for pair in pairs
            ]
            options.append(("alone", Content.styled(words.ALONE, "$quiet")))
            names = {pair.id: pair.partner for pair in pairs}

            def chosen(id: str | None) -> None:
                if id:
                    self._start(names.get(id, ""), guide)

            self.app.push_screen(ChooseScreen(words.WITH_WHOM, options), chosen)

    def _start(self, partner: str, guide: str | None) -> None:
        """A draft of today goes on rather than beginning another; a chosen guide always begins anew."""
        today = self.bothways.clock.now().date()
        writing = self.bothways.writing
        start = Start(partner=partner or None, solo=not partner, guide=guide or self._usual_guide)

        def begin() -> Reflection:
            draft = None
            if guide is None and partner:
                draft = writing.resumable(Start(partner=partner, day=today))
            return draft or writing.start(start)

        self._begin(begin)

    @property
    def _usual_guide(self) -> str | None:
        """None for the guide of the settings, which the use case knows; else the one that stands in for it."""
        return self.view.guide_key if self.view else None

    def action_solo(self) -> None:
        """A note for oneself."""
        self._start("", None)

    @work(group="begin", exclusive=True)
    async def _begin(self, use_case: object) -> None:
        assert callable(use_case)
        try:
            self.post_message(self.Started(await self.off_loop(use_case)))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    async def on_home_screen_started(self, message: Started) -> None:
        await self.app.push_screen(routes.screen_for(message.reflection))

    def on_home_screen_refused(self, message: Refused) -> None:
        self.refuse(message.error)
        self._tell()

    @on(StartPanel.Pressed)
    async def _pressed(self) -> None:
        await self.action_start()

    async def action_timeline(self) -> None:
        await self.bothways_app.action_timeline()

    async def action_search(self) -> None:
        await self.bothways_app.action_timeline()
        if hasattr(self.app.screen, "action_search"):
            await self.app.screen.run_action("search")

    async def action_sharing(self) -> None:
        await self.bothways_app.action_sharing()


def row_content(row: Row, width: int) -> Content:
    """A row on one line: mark, kind, what, and on the right what to do or when."""
    text, aside = " ".join(shown(row.text).split()), shown(row.aside)
    lead = f"{row.mark} {row.kind:<8}" if row.kind and width >= 44 else f"{row.mark} "
    body = Content(text)
    tail = Content(aside)
    room = width - len(lead) - 1
    if aside and tail.cell_length <= room // 2:
        room -= tail.cell_length + 2
        body = body.truncate(room, ellipsis=True, pad=True)
        return Content.assemble((lead, "$primary"), " ", body, "  ", tail.stylize("$quiet"))
    return Content.assemble((lead, "$primary"), " ", body.truncate(room, ellipsis=True))
