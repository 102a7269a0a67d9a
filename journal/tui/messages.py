"""Messages that travel between the app and its screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from journal.sharing.sharing import SyncReport


class JournalChanged(Message):
    """What is stored changed behind the screen's back: the partner sealed, opened, answered or joined."""


class Synced(Message):
    """One round of looking into the shared spaces is over. `trouble` is a sentence where none could be tried."""

    def __init__(self, reports: list[SyncReport], trouble: str = "") -> None:
        super().__init__()
        self.reports = reports
        self.trouble = trouble
