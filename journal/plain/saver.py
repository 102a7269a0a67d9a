"""Keeps half-typed words on disk, at most half a second behind the keys."""

from __future__ import annotations

import threading
from collections.abc import Callable

from journal.errors import StoreUnavailable
from journal.ports import Drafts, DraftText

SECONDS = 0.5


class Saver:
    """Saves the newest text of one slot from a thread of its own; `trouble` is called once where that fails, and
    `failure` holds the refusal for as long as the newest text is not on disk."""

    def __init__(self, drafts: Drafts, trouble: Callable[[str], None]) -> None:
        self._drafts = drafts
        self._trouble = trouble
        self._changed = threading.Condition()
        self._pending: tuple[str, str, Callable[[], str]] | None = None
        self._stop = False
        self._told = False
        self.failure: StoreUnavailable | None = None
        self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
        self._thread.start()

    def note(self, owner: str, slot: str, text: Callable[[], str]) -> None:
        """There is a newer text, which `text` gives when it is time; it is on disk within a second."""
        with self._changed:
            self._pending = (owner, slot, text)
            self._changed.notify()

    def forget(self) -> None:
        """The text was stored elsewhere: nothing is left to save."""
        with self._changed:
            self._pending = None
            self.failure = None

    def close(self) -> None:
        """Save what is left, and end."""
        with self._changed:
            self._stop = True
            self._changed.notify()
        self._thread.join()
        self._flush()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stop or self._pending is not None)
                if self._stop:
                    return
            self._flush()
            with self._changed:
                self._changed.wait_for(lambda: self._stop, timeout=SECONDS)

    def _flush(self) -> None:
        # The lock is held while saving, so that a text stored meanwhile is not brought back as a draft.
        with self._changed:
            if self._pending is None:
                return
            owner, slot, newest = self._pending
            self._pending = None
            text = newest()
            lines = text.split("\n")
            try:
                self._drafts.save(owner, slot, DraftText(text=text, cursor=(len(lines) - 1, len(lines[-1]))))
                self.failure = None
            except StoreUnavailable as error:
                self.failure = error
                if not self._told:
                    self._told = True
                    self._trouble(str(error))
