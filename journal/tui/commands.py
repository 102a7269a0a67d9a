"""A command is declared once, and feeds bindings, footer, palette, help and the key table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from textual.binding import Binding, BindingType
from textual.keys import format_key


@dataclass(frozen=True)
class Command:
    """One thing a person can do on a screen.

    `id` names it for remapping; `key` is Textual's name of the key, or several with commas between; `action`
    the action method (without `action_`); `title` the footer's word; `help` one sentence; `show` whether the
    footer has it.
    """

    id: str
    key: str
    action: str
    title: str
    help: str
    show: bool = True
    shown_key: str | None = None
    priority: bool = True

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that runs it, by Textual's names."""
        return tuple(key.strip() for key in self.key.split(","))

    @property
    def label(self) -> str:
        """The first key as people read it: `^J`, `F2`, `esc`."""
        return self.shown_key or key_label(self.keys[0])

    def binding(self) -> Binding:
        """The Textual binding; with priority, a focused composer does not swallow it."""
        return Binding(
            self.key,
            self.action,
            self.title,
            show=self.show,
            key_display=self.label,
            priority=self.priority,
            tooltip=self.help,
            id=self.id,
        )


def key_label(key: str) -> str:
    """A key as people read it."""
    *modifiers, name = key.split("+")
    shown = format_key(name)
    if name.startswith("f") and name[1:].isdigit():
        shown = name.upper()
    if modifiers == ["ctrl"] and len(shown) == 1:
        return f"^{shown.upper()}"
    return "+".join([*modifiers, shown])


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of a screen's commands."""
    return [command.binding() for command in commands]
