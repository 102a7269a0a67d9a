"""What every screen shares: its commands, use cases off the event loop, refusals as a notice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar, cast

from textual.app import SystemCommand
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from journal.errors import BothwaysError
from journal.tui.commands import Command
from journal.tui.shown import shown

if TYPE_CHECKING:
    from journal.bootstrap import Bothways
    from journal.tui.app import BothwaysApp

P = ParamSpec("P")
T = TypeVar("T")


class Plain(Static):
    """Dynamic text: never parsed as markup, whoever wrote it."""

    def __init__(self, text: str | Content = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(as_content(text), id=id, classes=classes, markup=False)

    def show(self, text: str | Content) -> None:
        """Replace the text."""
        self.update(as_content(text))


def as_content(text: str | Content) -> Content:
    """Text as content that holds no markup and nothing that could steer a terminal."""
    return text if isinstance(text, Content) else Content(shown(text))


class BothwaysScreen(Screen[Any]):
    """A screen with declared commands. `COMMANDS_DECLARED` feeds its bindings, palette and help."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = ()
    HELP_TITLE: ClassVar[str] = ""
    HELP_TEXT: ClassVar[str] = ""

    @property
    def bothways(self) -> Bothways:
        """The use cases, as they were handed to the app."""
        return self.bothways_app.bothways

    @property
    def bothways_app(self) -> BothwaysApp:
        """The app, by its own type."""
        return cast("BothwaysApp", self.app)

    def save_words_now(self) -> None:
        """Put half-typed words on disk before returning; for a screen that has any. Raises StoreUnavailable."""

    async def words_are_safe(self) -> bool:
        """Put half-typed words on disk, off the event loop; False where that was not possible."""
        return True

    async def off_loop(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a use case in a thread, so that a slow disk never holds up a key."""
        return await asyncio.to_thread(use_case, *args, **kwargs)

    async def attempt(self, use_case: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """As `off_loop`, but a refusal is shown as a notice and gives None."""
        try:
            return await self.off_loop(use_case, *args, **kwargs)
        except BothwaysError as error:
            self.refuse(error)
            return None

    def refuse(self, error: BothwaysError) -> None:
        """Show what happened and what to do, as plain text."""
        self.app.notify(f"{error.what}\n{error.hint}".strip(), severity="warning", timeout=8, markup=False)

    def get_commands(self) -> Iterable[SystemCommand]:
        """This screen's commands for the palette."""
        for command in self.COMMANDS_DECLARED:
            yield SystemCommand(command.title, command.help, self._runner(command.action))

    def _runner(self, action: str) -> Callable[[], Any]:
        async def run() -> None:
            await self.run_action(action)

        return run
