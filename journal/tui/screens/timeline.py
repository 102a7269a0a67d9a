"""Everything written so far, newest session first, and the search through it."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from journal.model import Pair, SessionKey
from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged
from journal.tui.timeline_rows import Row, columns_of, hit_content, row_content, rows_of
from journal.tui.widgets.fields import LineField
from journal.tui.widgets.steady_footer import SteadyFooter
from journal.tui.widgets.top_line import TopLine
from journal.usecases import Hit
from journal.wording import reading as words

WINDOW = 200
"""How many rows are laid out at once; older ones follow when asked for."""
DEBOUNCE_SECONDS = 0.12

TIMELINE_COMMANDS = (
    Command("timeline.open", "o", "open", "Open", "Read the entry in focus.", priority=False, shown_key="enter"),
    Command("timeline.review", "v", "review", "Review", "Open both sides of that session.", priority=False),
    Command(
        "timeline.search", "slash,ctrl+f", "search", "Search", "Go to the search field.", priority=False, shown_key="/"
    ),
    Command("timeline.undo", "u", "undo", "Bring back deleted", "Bring back what was deleted last.", priority=False),
    Command("timeline.back", "escape", "back", "Back", "Clear the search, or close the timeline.", priority=False),
)


class EmptyNote(Plain, can_focus=True):
    """What is said where the list has nothing to show."""


class TimelineScreen(BothwaysScreen):
    """All entries, or the places that hold the words of `query`."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = TIMELINE_COMMANDS
    BINDINGS = bindings(TIMELINE_COMMANDS)
    HELP_TITLE = "Timeline"
    HELP_TEXT = (
        "Every reflection of yours and every entry your partner opened, by session. Type to search through all "
        "words; “words in quotes” stand together, case and accents do not matter. ↓ goes from the search to the list."
    )
    DEFAULT_CSS = """
    TimelineScreen {
        #query { height: 1; margin: 1 2; }
        #count { height: 1; padding: 0 3; color: $text-muted; text-align: right; }
        OptionList {
            border: none;
            padding: 0 1;
            height: 1fr;
            background: $background;
            scrollbar-size-vertical: 1;
            overflow-y: scroll;
        }
        OptionList:focus { border: none; }
        OptionList > .option-list--option-highlighted {
            background: $primary 16%;
            color: $foreground;
        }
        OptionList:focus > .option-list--option-highlighted {
            background: $primary 28%;
            color: $foreground;
            text-style: bold;
        }
        #empty { display: none; height: 1fr; padding: 1 3; color: $text-muted; }
        &.-empty OptionList { display: none; }
        &.-empty #empty { display: block; }
        &.-cramped {
            #query { margin: 0; }
            #count { display: none; }
        }
    }
    """

    def __init__(self, query: str = "") -> None:
        super().__init__()
        self._wanted = query
        self._rows: list[Row] = []
        self._hits: list[Hit] | None = None
        self._window = WINDOW
        self._width = 0
        self._later: Timer | None = None
        self._first_fill = not query
        self._top = TopLine(words.TIMELINE)

    def compose(self) -> ComposeResult:
        yield self._top
        yield LineField(self._wanted, placeholder=words.SEARCH, compact=True, id="query")
        yield OptionList(markup=False, id="list")
        yield EmptyNote(words.LOADING, id="empty")
        yield SteadyFooter()

    def on_mount(self) -> None:
        self.query_one(LineField if self._wanted else OptionList).focus()

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 14, "-cramped")
        # Rows are written for a width; the same words are written anew for another.
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        if self._width and self._row_width() != self._width:
            self._fill()

    def on_screen_resume(self) -> None:
        self.reload()

    @on(JournalChanged)
    def _changed(self) -> None:
        self.reload()

    # --- the rows ------------------------------------------------------------------------------------------

    def _read(self) -> list[Row]:
        b = self.bothways
        return rows_of(b.reading.reflections(), b.reading.received(), b.people.pairs(), b.guides)

    @work(group="timeline", exclusive=True)
    async def reload(self) -> None:
        """Read everything again; the entry in focus stays in focus."""
        wanted = self._wanted
        if wanted.strip():
            hits = await self.attempt(self.bothways.reading.search, wanted, limit=WINDOW + 1)
            # Whatever was typed meanwhile has its own search under way.
            if hits is not None and wanted == self._wanted:
                self._hits = hits
                self._fill()
            return
        rows = await self.attempt(self._read)
        if rows is not None and not self._wanted.strip():
            self._hits, self._rows = None, rows
            self._fill()

    def _row_width(self) -> int:
        listed = self.query_one(OptionList)
        padding = listed.get_component_styles("option-list--option").padding.width
        return max(16, listed.scrollable_content_region.width - padding)

    def _fill(self) -> None:
        listed = self.query_one(OptionList)
        option = listed.highlighted_option
        focused, place = option.id if option is not None else None, listed.scroll_offset.y
        self._width = self._row_width()
        options = self._hit_options() if self._hits is not None else self._row_options()
        listed.set_options(options)
        self._show_empty(not options)
        ids = [o.id for o in options]
        if focused in ids and self._hits is None:
            listed.highlighted = ids.index(focused)
            listed.scroll_to(y=place, animate=False, force=True)
        elif options:
            listed.highlighted = 0
        self._top.status = self._count()

    def _show_empty(self, empty: bool) -> None:
        listed, note = self.query_one(OptionList), self.query_one(EmptyNote)
        # The focus must not fall into the search field, where the commands would be typed as words.
        moves = self.focused in (listed, note) or self._first_fill
        self._first_fill = False
        self.set_class(empty, "-empty")
        if empty:
            note.show(words.no_hits(self._wanted.strip()) if self._hits is not None else words.EMPTY)
        if moves:
            self.call_after_refresh(self._focus_content)

    def _focus_content(self) -> None:
        self.query_one(EmptyNote if self.has_class("-empty") else OptionList).focus()

    def _row_options(self) -> list[Option]:
        shown = self._rows[: self._window]
        columns = columns_of(self._rows, self._width)
        options = [Option(row_content(row, columns), id=f"row:{row.id}") for row in shown]
        if len(self._rows) > len(shown):
            options.append(Option(Content(words.older(len(self._rows) - len(shown))), id="more"))
        return options

    def _hit_options(self) -> list[Option]:
        hits = self._hits or []
        options = [Option(hit_content(h, self._width), id=f"hit:{i}") for i, h in enumerate(hits[:WINDOW])]
        if len(hits) > WINDOW:
            options.append(Option(Content(words.MORE_HITS), disabled=True))
        return options

    def _count(self) -> str:
        if self._hits is None:
            return words.entries(len(self._rows)) if self._rows else ""
        count = len(self._hits)
        return words.hits(min(count, WINDOW)) + ("+" if count > WINDOW else "") if count else ""

    # --- searching -----------------------------------------------------------------------------------------

    @on(Input.Changed, "#query")
    def _typed(self, event: Input.Changed) -> None:
        if event.value == self._wanted:
            return
        self._wanted = event.value
        if self._later is not None:
            self._later.stop()
        self._later = self.set_timer(DEBOUNCE_SECONDS, self.reload)

    @on(Input.Submitted, "#query")
    def _to_list(self) -> None:
        self.query_one(OptionList).focus()

    def on_key(self, event: Key) -> None:
        """↓ leaves the search field for the list, ↑ on the first row goes back."""
        listed = self.query_one(OptionList)
        if event.key == "down" and self.focused is self.query_one(LineField):
            event.stop()
            listed.focus()

    def action_search(self) -> None:
        """Go to the search field."""
        self.query_one(LineField).focus()

    # --- opening -------------------------------------------------------------------------------------------

    @on(OptionList.OptionSelected)
    async def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        await self.action_open()

    async def action_open(self) -> None:
        """Read the entry in focus, or the joint page where the hit is there."""
        from journal.tui.routes import read_screen

        option = self.query_one(OptionList).highlighted_option
        if option is None or option.id is None:
            return
        if option.id == "more":
            here = self._window
            self._window += WINDOW
            self._fill()
            self.query_one(OptionList).highlighted = here
            return
        hit = self._hit(option.id)
        if hit is not None and hit.where in ("response", "line"):
            await self._open_review(hit.id, hit.session)
            return
        await self.app.push_screen(read_screen(hit.id if hit else option.id.removeprefix("row:")))

    def _hit(self, option_id: str) -> Hit | None:
        if self._hits is None or not option_id.startswith("hit:"):
            return None
        return self._hits[int(option_id.removeprefix("hit:"))]

    async def action_review(self) -> None:
        """Open both sides of the session in focus."""
        option = self.query_one(OptionList).highlighted_option
        if option is None or option.id is None or option.id == "more":
            return
        hit = self._hit(option.id)
        await self._open_review(hit.id if hit else option.id.removeprefix("row:"), hit.session if hit else "")

    async def _open_review(self, id: str, session: str) -> None:
        from journal.tui.routes import review_screen

        found = await self.attempt(self._pair_of, id, session)
        if found is None:
            return
        pair, key = found
        if pair is None:
            self.app.notify(words.NO_REVIEW, markup=False)
            return
        await self.app.push_screen(review_screen(pair.partner, SessionKey.parse(key)))

    def _pair_of(self, id: str, session: str) -> tuple[Pair | None, str]:
        people, together = self.bothways.people, self.bothways.together
        if id == session:
            for pair in people.pairs():
                if any(s.key == session for s in together.sessions(pair)):
                    return pair, session
            return None, session
        found = self.bothways.reading.find(id)
        row = found.mine or found.theirs
        if row is None or not row.pair:
            return None, ""
        return people.pair_by_id(row.pair), row.session

    async def action_undo(self) -> None:
        """Bring back what was deleted last."""
        if await self.attempt(self.bothways.sealing.undelete) is not None:
            self.app.notify(words.RESTORED, markup=False)
            self.bothways_app.sync_soon()
            self.reload()

    def action_back(self) -> None:
        """Clear the search, or close the timeline."""
        field = self.query_one(LineField)
        if field.value:
            field.value = ""
            self.query_one(OptionList).focus()
        else:
            self.dismiss(None)
