"""A footer that is built anew only when what it shows has changed, not at every step of the focus."""

from __future__ import annotations

from textual.screen import Screen
from textual.widgets import Footer


class SteadyFooter(Footer):
    """The screen's commands, without the palette's key."""

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._before: tuple[tuple[str, str, bool], ...] | None = None

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
