"""Two sides next to each other with a hairline between them; one below the other where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.layouts.horizontal import HorizontalLayout
from textual.widget import Widget


class TwoColumns(Horizontal):
    """`left` and `right` side by side. Inside something with the class `-stacked`, one below the other."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    TwoColumns {
        height: auto;
        color: $text-muted 45%;

        & > .side { width: 1fr; height: auto; color: $foreground; }
        & > .-right { margin: 0 0 0 3; }
    }
    .-stacked TwoColumns {
        layout: vertical;
        & > .side { width: 100%; }
        & > .-right { margin: 0; }
    }
    """

    def __init__(
        self, left: Sequence[Widget], right: Sequence[Widget], *, ruled: bool = True, classes: str | None = None
    ) -> None:
        self._left = Vertical(*left, classes="side -left")
        self._right = Vertical(*right, classes="side -right")
        super().__init__(self._left, self._right, classes=classes)
        self._ruled = ruled

    def render(self) -> Content:
        """The hairline; the two sides lie over the rest."""
        width, height = self.size
        if not self._ruled or not isinstance(self.layout, HorizontalLayout):
            return Content("")
        column = (width - 3) // 2 + 1
        return Content("\n".join([" " * column + "│" + " " * (width - column - 1)] * height))
