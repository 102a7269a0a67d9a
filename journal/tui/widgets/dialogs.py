"""Small questions in front of a screen: yes or no, and one line of text."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Button, Input

from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.tui.widgets.fields import LineField
from journal.wording import reading as words

T = TypeVar("T")

GRACE_SECONDS = 0.5
"""How long a fresh dialog ignores decisions, so that a key meant for the screen behind it decides nothing."""


class Dialog(ModalScreen[T], BothwaysScreen):
    """A box in front of a screen. It stays whole and reachable down to 20 columns and 6 rows."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;

        .box {
            width: 64;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            background: $surface;
            border: round $primary;
            padding: 1 2 0 2;
        }
        .words { height: auto; max-height: 50vh; scrollbar-size-vertical: 1; }
        .question { text-style: bold; height: auto; }
        .detail { height: auto; margin-top: 1; color: $text-muted; }
        .buttons { height: auto; align-horizontal: right; margin: 1 0 0 0; }
        .buttons Button { margin: 0 0 0 1; }
        &.-cramped {
            .box { border: none; padding: 0; height: 100%; }
            .words { padding: 0 1; }
            .words { height: 1fr; max-height: 100%; }
            .buttons, .detail { margin-top: 0; }
            .buttons { align-horizontal: left; }
            .buttons Button { min-width: 0; padding: 0; border: none; height: 1; margin: 0; }
        }
    }
    """

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 14 or self.app.size.width < 44, "-cramped")


CONFIRM_COMMANDS = (
    Command("dialog.cancel", "escape", "cancel", "Cancel", "Close the question; nothing happens.", priority=False),
    Command(
        "dialog.other",
        "left,right,up,down",
        "other",
        "Other button",
        "Go to the other button.",
        show=False,
        priority=False,
    ),
)


class ConfirmDialog(Dialog[bool]):
    """A question whose careless answer is No: Cancel has the focus, and the first half second decides nothing."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = CONFIRM_COMMANDS
    BINDINGS = bindings(CONFIRM_COMMANDS)

    def __init__(
        self,
        question: str,
        detail: str,
        confirm_label: str,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._question, self._detail, self._confirm_label = question, detail, confirm_label
        self._monotonic = monotonic
        self._shown_at = monotonic()

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="words", can_focus=False):
                yield Plain(self._question, classes="question")
                yield Plain(self._detail, classes="detail")
            with Horizontal(classes="buttons"):
                yield Button(words.CANCEL, id="cancel")
                yield Button(self._confirm_label, id="confirm", variant="warning")

    def on_mount(self) -> None:
        self._shown_at = self._monotonic()
        self.query_one("#cancel").focus()

    @property
    def awake(self) -> bool:
        """Whether a decision counts already."""
        return self._monotonic() - self._shown_at >= GRACE_SECONDS

    @on(Button.Pressed)
    def _decide(self, event: Button.Pressed) -> None:
        event.stop()
        if self.awake:
            self.dismiss(event.button.id == "confirm")

    def action_cancel(self) -> None:
        """Close without doing anything."""
        if self.awake:
            self.dismiss(False)

    def action_other(self) -> None:
        """Go to the other button."""
        if self.awake:
            self.focus_next(Button)


ASK_COMMANDS = (
    Command("ask.cancel", "escape", "cancel", "Cancel", "Close without keeping anything."),
    Command("ask.keep", "ctrl+j,ctrl+s", "keep", "Keep", "Keep what is typed."),
)


class AskDialog(Dialog[str]):
    """One line of text. Gives None where it is cancelled."""

    COMMANDS_DECLARED: ClassVar[tuple[Command, ...]] = ASK_COMMANDS
    BINDINGS = bindings(ASK_COMMANDS)

    def __init__(self, question: str, hint: str = "", value: str = "", label: str = words.SAVE) -> None:
        super().__init__()
        self._question, self._hint, self._value, self._label = question, hint, value, label

    def compose(self) -> ComposeResult:
        with Vertical(classes="box"):
            with VerticalScroll(classes="words", can_focus=False):
                yield Plain(self._question, classes="question")
                if self._hint:
                    yield Plain(self._hint, classes="detail")
            yield LineField(self._value, compact=True, id="answer")
            with Horizontal(classes="buttons"):
                yield Button(words.CANCEL, id="cancel")
                yield Button(self._label, id="keep", variant="primary")

    def on_mount(self) -> None:
        self.query_one("#answer").focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_keep()

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if event.button.id == "keep":
            self.action_keep()
        else:
            self.action_cancel()

    def action_keep(self) -> None:
        """Give back what is typed."""
        self.dismiss(self.query_one(LineField).value)

    def action_cancel(self) -> None:
        """Give back nothing."""
        self.dismiss(None)
