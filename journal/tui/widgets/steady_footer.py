"""A footer that fits its line: the way out, the help and the menu stay in sight, whatever else there is."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.events import Resize
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

ALWAYS = ("f1", "ctrl+p")


class SteadyFooter(Footer):
    """The screen's commands in their order, as far as the line holds them; the last ones give way first.

    It is built anew only when what it shows has changed, not at every step of the focus.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._before: tuple[tuple[str, str, bool], ...] | None = None
        self._width = 0

    def compose(self) -> ComposeResult:
        keys = list(super().compose())
        room = self._width = self.app.size.width
        widths = [_width(key) for key in keys]
        kept = {n for n, key in enumerate(keys) if _stays(key)}
        room -= sum(widths[n] for n in kept)
        for n, width in enumerate(widths):
            if n in kept:
                continue
            if width > room:
                break
            room -= width
            kept.add(n)
        yield from (key for n, key in enumerate(keys) if n in kept)

    def on_resize(self, event: Resize) -> None:
        if self.app.size.width != self._width and self._bindings_ready:
            self.call_after_refresh(self.recompose)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Compare before building: a page is walked with many small steps."""
        now = tuple(
            (active.binding.key, active.binding.description, active.enabled)
            for active in screen.active_bindings.values()
            if active.binding.show
        )
        if now != self._before:
            self._before = now
            super().bindings_changed(screen)


def _stays(key: Widget) -> bool:
    return isinstance(key, FooterKey) and (key.key in ALWAYS or key.key_display in ("esc", "⏎"))


def _width(key: Widget) -> int:
    if not isinstance(key, FooterKey):
        return 0
    # A blank on either side of the key, and one behind the word.
    return len(key.key_display) + len(key.description) + 3
