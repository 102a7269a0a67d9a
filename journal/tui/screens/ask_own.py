"""A question of one's own, in one line."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from journal.ports import DraftText
from journal.tui.base import Plain
from journal.tui.commands import Command, bindings
from journal.wording import app as words

OWN_COMMANDS = (Command("own.leave", "escape", "leave", "Leave", "Back without a question."),)


class AskOwnScreen(ModalScreen[str]):
    """Gives the question, or "" where it was left."""

    BINDINGS = bindings(OWN_COMMANDS)
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    AskOwnScreen {
        align: center middle;
        background: $background 60%;
        #own { width: 76; max-width: 100%; height: auto; background: $surface; border: round $primary; padding: 0 1;
               border-title-color: $primary; border-title-style: bold; }
        #said { color: $quiet; height: auto; padding: 0 1; }
        #problem { color: $error; height: auto; padding: 0 1; }
        Input, Input:focus { border: round $border; background: $background; }
        &.-tiny #said { display: none; }
        &.-tiny Input, &.-tiny Input:focus { border: none; height: 1; }
        &:ansi { background: transparent; }
    }
    """

    def __init__(self, draft: DraftText | None = None) -> None:
        super().__init__()
        self._draft = draft or DraftText(text="")

    def compose(self) -> ComposeResult:
        box = Vertical(id="own")
        box.border_title = Content(words.ASK_OWN_TITLE)
        with box:
            yield Plain(words.ASK_OWN_HINT, id="said")
            yield Input(self._draft.text, max_length=500)
            yield Plain(id="problem")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value)
        else:
            self.query_one("#problem", Plain).show(words.ASK_OWN_EMPTY)

    def action_leave(self) -> None:
        self.dismiss("")
