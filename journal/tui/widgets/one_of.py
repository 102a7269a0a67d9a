"""A choice between a few words on one line, told apart by shape and not by colour alone."""

from __future__ import annotations

from collections.abc import Sequence

from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.reactive import reactive

from journal.tui.base import Plain
from journal.tui.shown import shown


class OneOf(Horizontal, can_focus=True):
    """`index` is the chosen one of `options`. Arrows and space change it, and so does a click."""

    DEFAULT_CSS = """
    OneOf {
        height: 1;
        width: 1fr;
        Plain { width: auto; max-width: 50%; height: 1; margin: 0 3 0 0; text-wrap: nowrap; text-overflow: ellipsis; }
        &:focus Plain.-chosen { text-style: bold underline; color: $primary; }
    }
    """
    BINDINGS = [
        Binding("left,up", "step(-1)", show=False),
        Binding("right,down,space", "step(1)", show=False),
    ]

    index: reactive[int] = reactive(0)

    def __init__(self, options: Sequence[str], *, id: str | None = None) -> None:
        self._options = tuple(options)
        self._lines = [Plain(classes="option") for _ in options]
        super().__init__(*self._lines, id=id)

    def on_mount(self) -> None:
        self.watch_index()

    def watch_index(self) -> None:
        for number, (line, text) in enumerate(zip(self._lines, self._options, strict=True)):
            chosen = number == self.index
            line.set_class(chosen, "-chosen")
            line.show(Content(f"{'◉' if chosen else '○'} {shown(text)}"))

    def action_step(self, by: int) -> None:
        """Choose the next one, or the one before."""
        self.index = (self.index + by) % len(self._options)

    def on_click(self, event: Click) -> None:
        if event.widget in self._lines:
            self.index = self._lines.index(event.widget)
