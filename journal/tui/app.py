"""The app: which screen comes first, the look, the palette, and the look into the shared space now and then."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual import events, work
from textual.app import App, SystemCommand
from textual.color import Color
from textual.notifications import Notify
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Input, TextArea

from journal.errors import BothwaysError
from journal.tui.base import BothwaysScreen
from journal.tui.commands import Command, bindings
from journal.tui.messages import JournalChanged, Synced
from journal.tui.theme import DARK, THEMES
from journal.usecases import Start
from journal.wording import app as words

if TYPE_CHECKING:
    from journal.bootstrap import Bothways

APP_COMMANDS: tuple[Command, ...] = (
    Command("app.help", "f1", "help", "Help", "Explain this screen and list its keys."),
    Command("app.palette", "ctrl+p", "command_palette", "Menu", "Every command by name, and the colours."),
    Command(
        "app.crisis", "f12", "crisis", "If it gets too much", "Where to turn when writing is not enough.", show=False
    ),
)


FAREWELL_SECONDS = 3.0
"""How long an app that was told to end may take to leave its terminal."""

KEYS_SECONDS = 2.0
"""How long a command key waits for the keys before it; a field is never that slow unless it is stuck."""


class BothwaysApp(App[None]):
    """The terminal app over one journal. It is handed the use cases and builds none."""

    TITLE = "Bothways"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = bindings(APP_COMMANDS)
    HORIZONTAL_BREAKPOINTS = [
        (0, "-narrow"),
        (60, "-normal"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [
        (0, "-tiny"),
        (10, "-short"),
        (18, "-medium"),
        (30, "-tall"),
    ]

    trouble: reactive[str] = reactive("")
    """What is wrong with the shared space, as one sentence, or ""; shown in every screen's top line."""

    def __init__(
        self,
        bothways: Bothways,
        *,
        resume: str | None = None,
        start: Start | None = None,
        open_screen: str = "",
    ) -> None:
        super().__init__()
        self.bothways = bothways
        self._first = (resume, start, open_screen)
        self._wake_sync = asyncio.Event()
        for theme in THEMES:
            self.register_theme(theme)

    # --- look ----------------------------------------------------------------------------------------

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our two own colours for themes that do not know them."""
        theme = self.current_theme
        if theme.ansi:
            return {"quiet": "ansi_default", "rule": "ansi_bright_black"}
        colours = theme.to_color_system().generate()
        ink, paper = Color.parse(colours["foreground"]), Color.parse(colours["background"])
        return {"quiet": paper.blend(ink, 0.7).hex6, "rule": paper.blend(ink, 0.25).hex6}

    def _choose_theme(self) -> None:
        wanted = self.bothways.settings.theme or DARK.name
        if wanted in self.available_themes:
            self.theme = wanted
        else:
            self.theme = DARK.name
            self.notify(words.no_such_theme(wanted), severity="warning", markup=False)

    # --- keys ----------------------------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Let the field in focus take in the keys before a command key.

        A key with priority overtakes those that still wait in the field's own queue; over a slow line a whole
        sentence and its Ctrl+J arrive in one piece, and the sentence would be stored cut off.
        """
        if isinstance(event, events.Key) and not event.is_printable and isinstance(self.focused, TextArea | Input):
            taken_in = asyncio.Event()
            if self.focused.call_later(taken_in.set):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(taken_in.wait(), KEYS_SECONDS)
        await super().on_event(event)

    # --- start and end -------------------------------------------------------------------------------

    async def on_mount(self) -> None:
        self._choose_theme()
        self._catch_signals()
        await self._open_first_screen()
        self._sync_now_and_then()

    async def _open_first_screen(self) -> None:
        from journal.tui import routes

        resume, start, open_screen = self._first
        try:
            await routes.open_first(self, resume=resume, start=start, open_screen=open_screen)
        except BothwaysError as error:
            self.exit(return_code=1, message=Text(str(error)))

    def _catch_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                # Windows has neither the call nor the signals; a closed console there ends the process at once.
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._told_to_end, number)

    def _told_to_end(self, number: int) -> None:
        """Somebody closed the terminal or ended the program: the words first. A second time is not caught."""
        asyncio.get_running_loop().remove_signal_handler(number)
        self.save_words_now()
        # A terminal that is gone can hold up the farewell for ever; the words are on disk by now.
        farewell = threading.Timer(FAREWELL_SECONDS, os._exit, (143,))
        farewell.daemon = True
        farewell.start()
        self.exit(return_code=143)

    def save_words_now(self) -> None:
        """Put every half-typed word of every screen on disk before returning."""
        for screen in self.screen_stack:
            if isinstance(screen, BothwaysScreen):
                with contextlib.suppress(BothwaysError):
                    screen.save_words_now()

    def on_unmount(self) -> None:
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is not None:
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.remove_signal_handler(number)

    async def action_quit(self) -> None:
        """Leave; what is half-typed is on disk first."""
        for screen in self.screen_stack:
            if isinstance(screen, BothwaysScreen) and not await screen.words_are_safe():
                self.notify(words.QUIT_WOULD_LOSE, severity="error", timeout=10, markup=False)
                return
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl+C copies in a text field; elsewhere it says how to leave."""
        self.notify(words.HOW_TO_QUIT, markup=False)

    def _fatal_error(self) -> None:
        """Exit after an unforeseen error, naming its class alone: a traceback would show what was written."""
        name = type(self._exception).__name__ if self._exception is not None else "Error"
        with contextlib.suppress(Exception):
            self.save_words_now()
        self.bell()
        self._exit_renderables.append(Text(words.crashed(name)))
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """As `_fatal_error`, whatever an error would like to draw of itself."""
        self._fatal_error()

    def _on_notify(self, event: Notify) -> None:
        """A notice gives way to one with the same words, so that they do not pile up. Textual then adds the new one."""
        new = event.notification
        for old in list(self._notifications):
            if (old.message, old.title, old.severity) == (new.message, new.title, new.severity):
                self._unnotify(old, refresh=False)

    # --- commands ------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: this screen's commands, then what is possible everywhere."""
        own = list(screen.get_commands()) if isinstance(screen, BothwaysScreen) else []
        yield from own
        elsewhere = (
            SystemCommand(words.HOME, words.HOME_HELP, self.action_home),
            SystemCommand(words.TIMELINE, words.TIMELINE_HELP, self.action_timeline),
            SystemCommand(words.SHARING, words.SHARING_HELP, self.action_sharing),
        )
        for command in () if self.before_any_writer else elsewhere:
            if command.title not in {other.title for other in own}:
                yield command
        for declared in APP_COMMANDS:
            if declared.action != "command_palette":
                yield SystemCommand(declared.title, declared.help, getattr(self, f"action_{declared.action}"))
        yield SystemCommand(words.THEME, words.THEME_HELP, self.action_change_theme)
        yield SystemCommand(words.QUIT, words.QUIT_HELP, self.action_quit)

    @property
    def before_any_writer(self) -> bool:
        """Whether the first run is under way: there is nothing to go to yet."""
        return any(isinstance(screen, BothwaysScreen) and screen.BEFORE_ANY_WRITER for screen in self.screen_stack)

    async def action_help(self) -> None:
        """Explain the screen in front."""
        from journal.tui.screens.help import CardScreen, HelpScreen

        if not isinstance(self.screen, CardScreen):
            await self.push_screen(HelpScreen.of(self.screen))

    async def action_crisis(self) -> None:
        """Show where help is, on top of whatever is there."""
        from journal.tui.screens.help import CrisisScreen

        if not isinstance(self.screen, CrisisScreen):
            await self.push_screen(CrisisScreen())

    async def action_home(self) -> None:
        """Back to Home; what is half-typed stays kept."""
        from journal.tui import routes

        self.call_next(routes.go_home, self)

    async def action_timeline(self) -> None:
        """All reflections and the search."""
        from journal.tui.screens.timeline import TimelineScreen

        if self.before_any_writer:
            return
        await self.push_screen(TimelineScreen())

    async def action_sharing(self) -> None:
        """Meeting the partner in a shared folder."""
        from journal.tui.screens.sharing import SharingScreen

        if self.before_any_writer:
            return
        await self.push_screen(SharingScreen())

    # --- the shared space ----------------------------------------------------------------------------

    def sync_soon(self) -> None:
        """Look into the shared space now rather than at the next round: something was sealed or said."""
        self._wake_sync.set()

    @work(group="sync", exclusive=True)
    async def _sync_now_and_then(self) -> None:
        seconds = self.bothways.settings.sync_seconds
        while seconds > 0:
            self._wake_sync.clear()
            try:
                if await asyncio.to_thread(self._has_space):
                    self.post_message(Synced(await asyncio.to_thread(self.bothways.sharing.sync)))
            except BothwaysError as error:
                self.post_message(Synced([], str(error)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake_sync.wait(), seconds)

    def _has_space(self) -> bool:
        people = self.bothways.people
        return people.known() and any(pair.space is not None for pair in people.pairs())

    def on_synced(self, message: Synced) -> None:
        self.trouble = message.trouble or next((r.trouble for r in message.reports if r.trouble), "")
        changed = False
        for report in message.reports:
            changed = changed or bool(report.pulled or report.joined)
            if report.joined:
                self.notify(words.partner_joined(report.pair), markup=False)
            for session in report.opened:
                self.notify(words.session_open(report.pair, session), timeout=8, markup=False)
            for session in report.sealed:
                if session not in report.opened:
                    self.notify(words.partner_sealed(report.pair, session), markup=False)
        if changed:
            self.screen.post_message(JournalChanged())
