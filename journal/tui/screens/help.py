"""Cards on top of a screen: what it is for and its keys, and where to turn when writing is not enough."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen

from journal.tui.base import BothwaysScreen, Plain
from journal.tui.commands import Command, bindings
from journal.wording import app as words

CARD_COMMANDS: tuple[Command, ...] = (
    Command("card.close", "escape,enter,f1,q", "close", "Close", "Close this card.", shown_key="esc"),
    Command("card.down", "down,j,space", "move(1)", "Down", "Further down.", show=False),
    Command("card.up", "up,k", "move(-1)", "Up", "Further up.", show=False),
    Command("card.page_down", "pagedown", "move(10)", "Page down", "A page further down.", show=False),
    Command("card.page_up", "pageup", "move(-10)", "Page up", "A page further up.", show=False),
)


class CardScreen(ModalScreen[None]):
    """A card of plain text that scrolls and closes with any obvious key."""

    BINDINGS = bindings(CARD_COMMANDS)
    DEFAULT_CSS = """
    CardScreen {
        align: center middle;
        background: $background 60%;
        #card {
            width: 76; max-width: 96%; height: auto; max-height: 92%;
            background: $surface; border: round $primary; padding: 0 1;
            border-title-color: $primary; border-title-style: bold; border-subtitle-color: $quiet;
        }
        #text { height: auto; max-height: 100%; padding: 1 1; scrollbar-size-vertical: 1; }
        #text Plain { height: auto; }
        &:ansi { background: transparent; }
    }
    CardScreen.-tiny #card { border: none; max-height: 100%; max-width: 100%; }
    CardScreen.-tiny #text, CardScreen.-short #text { padding: 0; }
    """
    TITLE_SHOWN: ClassVar[str] = ""

    def compose(self) -> ComposeResult:
        card = Vertical(id="card")
        card.border_title = Content(self.card_title())
        card.border_subtitle = Content(words.CARD_CLOSE)
        with card, VerticalScroll(id="text", can_focus=False):
            for paragraph in self.paragraphs():
                yield paragraph if isinstance(paragraph, KeyRow) else Plain(paragraph)

    def card_title(self) -> str:
        """What stands in the card's frame."""
        return self.TITLE_SHOWN

    def paragraphs(self) -> Iterable[str | Content | KeyRow]:
        """The text, a block each."""
        return ()

    def action_close(self) -> None:
        self.dismiss()

    def action_move(self, rows: int) -> None:
        self.query_one("#text", VerticalScroll).scroll_relative(y=rows, animate=False)


class HelpScreen(CardScreen):
    """What a screen is for, and every key of it."""

    def __init__(self, title: str, text: str, commands: tuple[Command, ...]) -> None:
        super().__init__()
        self._card_title = title
        self._text = text
        self._commands = commands

    @classmethod
    def of(cls, screen: Screen[Any]) -> HelpScreen:
        """The help of a screen, whichever it is."""
        if isinstance(screen, BothwaysScreen):
            return cls(screen.HELP_TITLE or words.HELP, screen.HELP_TEXT, screen.COMMANDS_DECLARED)
        return cls(words.HELP, "", ())

    def card_title(self) -> str:
        return self._card_title

    def paragraphs(self) -> Iterable[str | Content | KeyRow]:
        from journal.tui.app import APP_COMMANDS

        if self._text:
            yield self._text + "\n"
        for commands, heading in ((self._commands, words.HELP_HERE), (APP_COMMANDS, words.HELP_EVERYWHERE)):
            if commands:
                yield Content.styled(heading, "bold $primary")
                for command in commands:
                    yield KeyRow(command.label, command.help)
                if commands is APP_COMMANDS:
                    for key, text in words.KEYS_EVERYWHERE:
                        yield KeyRow(key, text)
                yield ""


class KeyRow(Horizontal):
    """A key and what it does, the text hanging beside the key."""

    DEFAULT_CSS = """
    KeyRow { height: auto; }
    KeyRow .key { width: 11; text-style: bold; }
    KeyRow .does { width: 1fr; height: auto; }
    """

    def __init__(self, key: str, text: str) -> None:
        super().__init__(Plain(key, classes="key"), Plain(text, classes="does"))


class CrisisScreen(CardScreen):
    """What to do when it gets too much: this tool cannot help, people can."""

    TITLE_SHOWN = words.CRISIS_TITLE

    def paragraphs(self) -> Iterable[str | Content | KeyRow]:
        for paragraph in words.CRISIS_TEXT:
            yield paragraph + "\n"
