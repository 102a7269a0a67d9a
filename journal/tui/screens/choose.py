"""Choosing one of a few: a pair, a guide."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from journal.tui.commands import Command, bindings

CHOOSE_COMMANDS = (Command("choose.leave", "escape", "leave", "Leave", "Back without choosing."),)


class ChooseScreen(ModalScreen[str]):
    """Gives the id of what was chosen, or "" where it was left. `options` are (id, text)."""

    BINDINGS = bindings(CHOOSE_COMMANDS)
    AUTO_FOCUS = "OptionList"
    DEFAULT_CSS = """
    ChooseScreen {
        align: center middle;
        background: $background 60%;
        #choice { width: 76; max-width: 98%; height: auto; max-height: 90%; background: $surface;
                  border: round $primary; padding: 1 1; border-title-color: $primary; border-title-style: bold; }
        OptionList, OptionList:focus { height: auto; max-height: 100%; border: none; background: $surface; padding: 0; }
        &.-tiny #choice { border: none; padding: 0; }
        &:ansi { background: transparent; }
    }
    """

    def __init__(self, title: str, options: list[tuple[str, Content]]) -> None:
        super().__init__()
        self._title = title
        self._options = options

    def compose(self) -> ComposeResult:
        box = Vertical(id="choice")
        box.border_title = Content(self._title)
        with box:
            yield OptionList(*[Option(text, id=id) for id, text in self._options], markup=False)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option_id or "")

    def action_leave(self) -> None:
        self.dismiss("")
