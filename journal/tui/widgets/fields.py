"""Fields that clean what is pasted at the door, and fields whose half-typed words are kept on disk."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, TextArea

from journal.errors import BothwaysError
from journal.ports import DraftText
from journal.text import clean, one_line

if TYPE_CHECKING:
    from journal.ports import Drafts

SAVE_AFTER_SECONDS = 0.5
"""How long typed words may stay unsaved; counted from the first unsaved key, so that steady typing is saved too."""


class LineField(Input):
    """One line of text."""

    DEFAULT_CSS = """
    LineField { background-tint: $foreground 8%; &:focus { background-tint: $foreground 14%; } }
    """

    def _on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text, 10_000)
        super()._on_paste(event)
        event.prevent_default()


class KeptText(TextArea):
    """Text whose words are kept as a draft under `owner` and `slot` until they are used or given up."""

    DEFAULT_CSS = """
    KeptText { background-tint: $foreground 8%; &:focus { background-tint: $foreground 14%; } }
    """

    class Trouble(Message):
        """The words could not be put on disk; they are still on screen."""

        def __init__(self, error: BothwaysError) -> None:
            super().__init__()
            self.error = error

    class Kept(Message):
        """The words are on disk."""

    def __init__(
        self,
        drafts: Drafts,
        owner: str,
        slot: str,
        *,
        fallback: str = "",
        placeholder: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(
            soft_wrap=True,
            show_line_numbers=False,
            compact=True,
            tab_behavior="focus",
            placeholder=placeholder,
            id=id,
            classes=classes,
        )
        self._drafts, self.owner, self.slot, self._fallback = drafts, owner, slot, fallback
        self._saved = self._fallback
        self._timer: Timer | None = None
        self._saving = asyncio.Lock()

    async def on_mount(self) -> None:
        """Bring back what was half-typed, the cursor where it was."""
        try:
            kept = (await asyncio.to_thread(self._drafts.load, self.owner)).get(self.slot)
        except BothwaysError as error:
            self.post_message(self.Trouble(error))
            kept = None
        typed_meanwhile = self.text
        text = kept.text if kept else self._fallback
        self._saved = text
        if typed_meanwhile or not text:
            return
        self.load_text(text)
        self.move_cursor(kept.cursor if kept else self.document.end)

    @property
    def dirty(self) -> bool:
        """Whether there are words that are not on disk."""
        return self.text != self._saved

    def on_text_area_changed(self) -> None:
        if self._timer is None and self.dirty:
            self._timer = self.set_timer(SAVE_AFTER_SECONDS, self.keep)

    async def keep(self) -> bool:
        """Put the words on disk; False, with a message, where that was not possible."""
        self._timer = None
        async with self._saving:
            if not self.dirty:
                return True
            text, cursor = self.text, self.cursor_location
            try:
                await asyncio.to_thread(self._put, text, cursor)
            except BothwaysError as error:
                self.post_message(self.Trouble(error))
                return False
            self._saved = text
            self.post_message(self.Kept())
            return True

    def keep_now(self) -> None:
        """Put the words on disk before returning. Raises StoreUnavailable."""
        if self.dirty:
            self._put(self.text, self.cursor_location)
            self._saved = self.text

    def _put(self, text: str, cursor: tuple[int, int]) -> None:
        if text.strip() and text != self._fallback:
            self._drafts.save(self.owner, self.slot, DraftText(text=text, cursor=cursor))
        else:
            self._drafts.discard(self.owner, self.slot)

    async def forget(self) -> None:
        """The words were used: nothing is half-typed any more."""
        async with self._saving:
            self._saved = self.text
            await asyncio.to_thread(self._drafts.discard, self.owner, self.slot)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text).text
        await super()._on_paste(event)
        event.prevent_default()
