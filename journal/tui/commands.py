"""A command is declared once, and feeds bindings, footer, palette, help and the key table."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


@dataclass(frozen=True)
class Command:
    """One thing a person can do on a screen.

    `id` names it for remapping; `key` is Textual's name of the key; `action` the action method (without
    `action_`); `title` the footer's word; `help` one sentence; `show` whether the footer has it.
    """

    id: str
    key: str
    action: str
    title: str
    help: str
    show: bool = True
    shown_key: str | None = None

    def binding(self) -> Binding:
        """The Textual binding; it has priority, so that a focused composer does not swallow it."""
        return Binding(
            self.key,
            self.action,
            self.title,
            show=self.show,
            key_display=self.shown_key,
            priority=True,
            tooltip=self.help,
            id=self.id,
        )


def bindings(commands: tuple[Command, ...]) -> list[Binding]:
    """The bindings of a screen's commands."""
    return [command.binding() for command in commands]
