"""Choosing what kind of thing was received or offered."""

from __future__ import annotations

from textual import events
from textual.binding import Binding
from textual.content import Content

from journal.model import GainKind
from journal.tui.base import Plain
from journal.wording import app as words

KINDS = tuple(GainKind)


class KindChoice(Plain, can_focus=True):
    """The five kinds in a row, the chosen one marked, and below them what it means. Arrows choose."""

    BINDINGS = [
        Binding("left,up", "move(-1)", "Kind before", show=False),
        Binding("right,down", "move(1)", "Next kind", show=False),
    ]
    DEFAULT_CSS = """
    KindChoice { height: auto; width: 100%; padding: 0 1; }
    KindChoice:focus { background: $block-hover-background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.kind = KINDS[0]
        self._spans: list[tuple[int, int]] = []

    def on_mount(self) -> None:
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def choose(self, kind: GainKind) -> None:
        """Choose a kind."""
        self.kind = kind
        self._draw()

    def move(self, by: int) -> None:
        """Choose a neighbour; the last is followed by the first."""
        self.choose(KINDS[(KINDS.index(self.kind) + by) % len(KINDS)])

    def action_move(self, by: int) -> None:
        self.move(by)

    def _draw(self) -> None:
        width = self.content_size.width or 76
        meaning = words.KIND_MEANS[self.kind]
        names = [kind.value for kind in KINDS]
        wide = sum(len(name) for name in names) + 4 * len(names) <= width
        parts: list[tuple[str, str]] = []
        self._spans = []
        column = 0
        for kind, name in zip(KINDS, names, strict=True):
            chosen = kind is self.kind
            if not wide and not chosen:
                continue
            text = f"▸{name}◂" if chosen else f" {name} "
            self._spans.append((column, column + len(text)))
            parts += [(text, "bold $primary" if chosen else "$quiet"), ("  ", "")]
            column += len(text) + 2
        if not wide:
            parts.append((f"{KINDS.index(self.kind) + 1}/{len(KINDS)}", "$quiet"))
        self.show(Content.assemble(*parts, (f"\n {meaning}", "$quiet")))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None or offset.y != 0 or len(self._spans) != len(KINDS):
            self.move(1)
            return
        for kind, (start, end) in zip(KINDS, self._spans, strict=True):
            if start <= offset.x < end:
                self.choose(kind)
