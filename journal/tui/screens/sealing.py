"""Who sees what: every line with its choice, and exactly what the other will see."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Footer, OptionList
from textual.widgets.option_list import Option

from journal import reflection as rules
from journal.errors import BothwaysError
from journal.model import Pair, Reflection, SharedEntry
from journal.reflection.share import VisibleItem
from journal.tui import routes
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.screens.unfinished import Unfinished, find_unfinished
from journal.tui.shown import shown
from journal.tui.widgets.top_line import TopLine
from journal.usecases import Preview
from journal.wording import app as words

SEAL_COMMANDS: tuple[Command, ...] = (
    Command("seal.seal", "s,ctrl+j", "seal", "Seal", "Hand it in as it is marked now.", shown_key="s"),
    Command("seal.toggle", "space,enter", "turn", "Toggle", "Turn the choice for this line round."),
    Command("seal.all", "a", "all", "All", "Share everything."),
    Command("seal.none", "x", "none", "None", "Share nothing."),
    Command("seal.preview", "p", "preview", "Their view", "Show the other's view, or the list again."),
    Command(
        "seal.unfinished", "u", "unfinished", "Half-typed words", "Go to words that were not kept yet.", show=False
    ),
    Command("seal.down", "pagedown", "scroll(1)", "View down", "Scroll what the other sees.", show=False),
    Command("seal.up", "pageup", "scroll(-1)", "View up", "Scroll it back.", show=False),
    Command("seal.back", "ctrl+b,b,f5", "back", "Back", "Back to what you will do.", shown_key="b"),
    Command("seal.leave", "escape", "leave", "Home", "To Home. The choices are kept.", show=False),
)


class SealScreen(BothwaysScreen):
    """The sealing step of one draft."""

    COMMANDS_DECLARED = SEAL_COMMANDS
    BINDINGS = bindings(SEAL_COMMANDS)
    HELP_TITLE = words.SEAL_HELP_TITLE
    HELP_TEXT = words.SEAL_HELP
    AUTO_FOCUS = "#lines"
    DEFAULT_CSS = """
    SealScreen {
        align-horizontal: center;
        #page { width: 100%; max-width: 132; height: 1fr; padding: 1 1 0 1; }
        #lead { height: auto; padding: 0 1; }
        #alike { height: auto; padding: 0 1 1 1; color: $quiet; }
        #unfinished { height: auto; padding: 0 1 1 1; color: $warning; text-style: bold; }
        #both { height: 1fr; layout: vertical; }
        #lines { height: 1fr; border: round $border-blurred; padding: 0; background: $background;
                 border-title-color: $quiet; scrollbar-size-vertical: 1; }
        #lines:focus { border: round $border; }
        #view { height: 1fr; border: round $secondary; padding: 0 1; border-title-color: $secondary;
                border-title-style: bold; scrollbar-size-vertical: 1; }
        #seen { height: auto; }
        .-away { display: none; }
        &.-wide #both { layout: horizontal; }
        &.-wide #lines, &.-wide #view { width: 1fr; height: 100%; }
        &.-short #page, &.-tiny #page { padding: 0; }
        &.-short #alike, &.-tiny #alike, &.-tiny #lead, &.-tiny TopLine { display: none; }
        &.-tiny #lines, &.-tiny #view { border: none; }
        &.-short.-list #view, &.-tiny.-list #view, &.-short.-seen #lines, &.-tiny.-seen #lines { display: none; }
        &.-seen #lines { display: none; }
        &.-wide.-seen #lines { display: block; }
        &.-solo #lines { display: none; }
    }
    """

    class Loaded(Message):
        """The draft, its lines and what the other would see of it."""

        def __init__(
            self, reflection: Reflection, pair: Pair | None, preview: Preview, unfinished: list[Unfinished]
        ) -> None:
            super().__init__()
            self.reflection, self.pair, self.preview, self.unfinished = reflection, pair, preview, unfinished

    class Sealed(Message):
        """It is handed in."""

    class Moved(Message):
        """The draft went back to an earlier place."""

        def __init__(self, reflection: Reflection) -> None:
            super().__init__()
            self.reflection = reflection

    class Refused(Message):
        """It could not be done."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, reflection_id: str) -> None:
        super().__init__(classes="-list")
        self.reflection_id = reflection_id
        self.ready = False
        self.busy = False
        self.pair: Pair | None = None
        self.preview: Preview | None = None
        self.shared: set[str] = set()
        self._unfinished: list[Unfinished] = []
        self._warned = False
        self._choosing = False
        self._again = False

    def compose(self) -> ComposeResult:
        yield TopLine()
        with Vertical(id="page"):
            yield Plain(id="lead")
            yield Plain(words.ALL_LOOK_ALIKE, id="alike")
            yield Plain(id="unfinished", classes="-away")
            with Vertical(id="both"):
                lines = OptionList(id="lines", markup=False)
                lines.border_title = Content(words.LINES_TITLE)
                yield lines
                with VerticalScroll(id="view", can_focus=False):
                    yield Plain(id="seen")
        yield Footer()

    def on_resize(self) -> None:
        if self.preview is not None:
            self.call_after_refresh(self._show_lines)

    def on_mount(self) -> None:
        self.run_worker(self._load(), group="load")

    async def _load(self) -> None:
        def load() -> SealScreen.Loaded:
            reflection = self.bothways.writing.resume(self.reflection_id)
            pair = self.bothways.people.pair_by_id(reflection.pair) if reflection.pair else None
            drafts = self.bothways.drafts.load(self.reflection_id)
            return self.Loaded(
                reflection, pair, self.bothways.sealing.preview(self.reflection_id), find_unfinished(reflection, drafts)
            )

        try:
            self.post_message(await self.off_loop(load))
        except BothwaysError as error:
            self.post_message(self.Refused(error))

    def on_seal_screen_loaded(self, message: Loaded) -> None:
        first = not self.ready
        self.ready = True
        self._choosing = False
        self.pair, self.preview = message.pair, message.preview
        if first:
            self.shared = {item.id for item in message.preview.items if item.shared}
        self._unfinished = message.unfinished
        self._show(message.reflection)
        if self._again:
            self._again = False
            self._choose(self.shared)

    @property
    def partner(self) -> str:
        return self.pair.partner if self.pair else ""

    def _show(self, reflection: Reflection) -> None:
        today = self.bothways.clock.now().date()
        top = self.query_one(TopLine)
        top.title = words.reflection_title(reflection.session, self.partner, reflection.role, reflection.day, today)
        top.status = words.draft_status()
        self.set_class(self.pair is None, "-solo")
        self.query_one("#lead", Plain).show(words.seal_lead(self.partner))
        self.query_one("#alike").set_class(self.pair is None, "-away")
        half = self.query_one("#unfinished", Plain)
        half.set_class(not self._unfinished, "-away")
        half.show(words.unfinished(len(self._unfinished)))
        self._show_lines()
        view = self.query_one("#view", VerticalScroll)
        view.border_title = Content(shown(words.view_title(self.partner)))
        assert self.preview is not None
        self.query_one("#seen", Plain).show(
            entry_content(self.preview.entry) if self.preview.entry is not None else own_content(self.preview)
        )
        self.refresh_bindings()
        # The list knows its width only once it stands where it belongs.
        self.call_after_refresh(self._show_lines)

    def _show_lines(self) -> None:
        assert self.preview is not None
        listed = self.query_one("#lines", OptionList)
        before = listed.highlighted
        width = max(20, (listed.size.width or 76) - 4)
        options = [Option(line_content(item, item.id in self.shared, width), id=item.id) for item in self.preview.items]
        listed.set_options(options)
        if options:
            listed.highlighted = min(before or 0, len(options) - 1)

    # --- choosing ------------------------------------------------------------------------------------

    def _choose(self, shared: set[str]) -> None:
        """Show a choice at once, store it in a thread, and show what follows from it; the last one wins."""
        self.shared = shared
        self._warned = False
        self._show_lines()
        if self._choosing:
            self._again = True
            return
        self._choosing = True

        async def run() -> None:
            try:
                await self.off_loop(self.bothways.sealing.choose, self.reflection_id, shared)
            except BothwaysError as error:
                self.post_message(self.Refused(error))
            await self._load()

        self.run_worker(run(), group="choose")

    @on(OptionList.OptionSelected, "#lines")
    def _clicked(self) -> None:
        self.action_turn()

    def action_turn(self) -> None:
        """Turn the highlighted line's choice round; a private answer takes its follow-ups along."""
        option = self.query_one("#lines", OptionList).highlighted_option
        if option is None or option.id is None or self.preview is None or self.pair is None:
            return
        try:
            self._choose(rules.toggled(self.preview.items, self.shared, option.id))
        except BothwaysError as error:
            self.refuse(error)

    def action_all(self) -> None:
        """Share every line."""
        if self.preview is not None and self.pair is not None:
            self._choose({item.id for item in self.preview.items})

    def action_none(self) -> None:
        """Share no line."""
        if self.preview is not None and self.pair is not None:
            self._choose(set())

    def action_preview(self) -> None:
        """Switch between the list and what the other sees."""
        self.toggle_class("-seen", "-list")
        if self.has_class("-list"):
            self.query_one("#lines").focus()

    def action_scroll(self, pages: int) -> None:
        view = self.query_one("#view", VerticalScroll)
        view.scroll_relative(y=pages * max(1, view.size.height - 1), animate=False)

    # --- sealing and going back ------------------------------------------------------------------------

    def action_seal(self) -> None:
        """Hand it in. Half-typed words are named first, once."""
        if not self.ready or self.busy:
            return
        if self._unfinished and not self._warned:
            self._warned = True
            self.query_one("#unfinished", Plain).show(words.seal_without(len(self._unfinished)))
            return
        self.busy = True
        shared = set(self.shared)

        async def run() -> None:
            try:
                await self.off_loop(self.bothways.sealing.seal, self.reflection_id, shared=shared)
                self.post_message(self.Sealed())
            except BothwaysError as error:
                self.post_message(self.Refused(error))

        self.run_worker(run(), group="seal")

    async def on_seal_screen_sealed(self) -> None:
        from journal.tui.screens.sealed import SealedScreen

        self.bothways_app.sync_soon()
        routes.replace(self.app, SealedScreen(self.reflection_id))

    def action_back(self) -> None:
        self._move(None)

    def action_unfinished(self) -> None:
        if self._unfinished:
            self._move(self._unfinished[0])

    def _move(self, to: Unfinished | None) -> None:
        if not self.ready or self.busy:
            return
        self.busy = True
        writing = self.bothways.writing

        def move() -> Reflection:
            if to is None:
                return writing.back(self.reflection_id)
            if to.step is not None:
                return writing.go_to_step(self.reflection_id, to.step)
            return writing.go_to(self.reflection_id, to.turn)

        async def run() -> None:
            try:
                self.post_message(self.Moved(await self.off_loop(move)))
            except BothwaysError as error:
                self.post_message(self.Refused(error))

        self.run_worker(run(), group="move")

    async def on_seal_screen_moved(self, message: Moved) -> None:
        routes.replace(self.app, routes.screen_for(message.reflection))

    def on_seal_screen_refused(self, message: Refused) -> None:
        self.busy = False
        self.refuse(message.error)

    async def action_leave(self) -> None:
        await self.bothways_app.action_home()


def line_content(item: VisibleItem, on: bool, width: int) -> Content:
    """A line of the list: its choice in words and a sign, what it is, and below it how it begins."""
    mark = words.mark(on)
    lead = "↳ " if item.needs else ""
    heading = Content(shown(" ".join(words.item_heading(item.kind, item.heading).split())))
    begins = Content(" ".join(shown(item.text[:400]).split()))
    room = max(8, width - len(mark) - 2 - len(lead))
    style = "bold" if item.kind == "answer" else "$secondary"
    return Content.assemble(
        (mark, "bold $primary" if on else "$quiet"),
        (f"  {lead}", "$quiet"),
        heading.truncate(room, ellipsis=True).stylize(style),
        "\n" + " " * (len(mark) + 2 + len(lead)),
        begins.truncate(room, ellipsis=True).stylize("$quiet"),
    )


def entry_content(entry: SharedEntry) -> Content:
    """What the other sees, as text: shared things only."""
    parts: list[Content] = []
    for answer in entry.answers:
        lead = "↳ " if answer.follows else ""
        source = words.SOURCES[answer.source]
        parts.append(
            Content.assemble(
                (lead + shown(answer.question), "bold $secondary"), (f"  {source}" if source else "", "$quiet")
            )
        )
        parts.append(Content(shown(answer.text.rstrip()) + "\n"))
    for title, items in (
        (words.RECEIVED, entry.gains),
        (words.OFFERED, entry.offers),
        (words.WILL_DO, entry.intentions),
    ):
        if items:
            parts.append(Content.styled(title, "bold $secondary"))
            for item in items:
                kind = item.kind or ""
                due = f"  {item.due.isoformat()}" if item.due else ""
                parts.append(
                    Content.assemble((f"{kind}  " if kind else "", "$quiet"), shown(item.text), (due, "$quiet"))
                )
            parts.append(Content(""))
    if not parts:
        parts.append(Content.styled(words.NOTHING_SHARED, "italic $quiet"))
    return Content("\n").join(parts)


def own_content(preview: Preview) -> Content:
    """A solo note as its writer reads it."""
    parts = []
    for item in preview.items:
        heading = words.item_heading(item.kind, item.heading)
        parts.append(Content.styled(shown(heading), "bold $secondary"))
        parts.append(Content(shown(item.text.rstrip()) + "\n"))
    return Content("\n").join(parts or [Content.styled(words.NOTHING_WRITTEN, "italic $quiet")])
