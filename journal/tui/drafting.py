"""Half-typed words on their way to the disk: soon, in order, off the event loop, and again where it failed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

from journal.errors import BothwaysError
from journal.ports import Drafts, DraftText
from journal.wording import app as words

PAUSE_SECONDS = 0.3
RETRY_SECONDS = 2.0

Snapshot = Callable[[], DraftText]


class DraftKeeper:
    """Saves what is being typed for one owner. `changed` hears the state as (words, whether it is alarming).

    A change waits at most `PAUSE_SECONDS` before its text is read off the screen and written, however long the
    typing goes on; so nothing older than a second is only on screen.
    """

    def __init__(self, drafts: Drafts, owner: str, changed: Callable[[str, bool], None]) -> None:
        self._drafts = drafts
        self._owner = owner
        self._changed = changed
        self._pending: dict[str, tuple[Snapshot]] = {}
        self._task: asyncio.Task[None] | None = None
        self._writing = asyncio.Lock()
        self._lock = threading.Lock()
        self._number = 0
        self._written: dict[str, int] = {}
        self.failing = False

    def load(self) -> dict[str, DraftText]:
        """What is half-typed, by slot. Blocking. Raises StoreUnavailable."""
        return self._drafts.load(self._owner)

    def touch(self, slot: str, snapshot: Snapshot) -> None:
        """Say that the words of `slot` changed; `snapshot` reads them off the screen when it is time."""
        fresh = not self._pending
        self._pending[slot] = (snapshot,)
        if fresh and not self.failing:
            self._changed(words.SAVING, False)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_saving())

    async def _keep_saving(self) -> None:
        while self._pending:
            await asyncio.sleep(RETRY_SECONDS if self.failing else PAUSE_SECONDS)
            await self.flush()

    async def flush(self) -> bool:
        """Write all that waits; False where the disk refuses, and the words then wait for the next try."""
        async with self._writing:
            for slot, waiting in list(self._pending.items()):
                draft = waiting[0]()
                self._number += 1
                try:
                    await asyncio.to_thread(self._write, self._number, slot, draft)
                except BothwaysError as error:
                    self._failed(error)
                    return False
                if self._pending.get(slot) is waiting:
                    del self._pending[slot]
            self.failing = False
            if not self._pending:
                self._changed(words.SAVED, False)
            return True

    def flush_now(self) -> None:
        """As `flush`, before returning: for a program that is told to end. Raises StoreUnavailable."""
        for slot, (snapshot,) in list(self._pending.items()):
            self._number += 1
            self._write(self._number, slot, snapshot())
            self._pending.pop(slot, None)

    def _write(self, number: int, slot: str, draft: DraftText) -> None:
        # A slow thread must not put older words over newer ones.
        with self._lock:
            if self._written.get(slot, 0) < number:
                self._drafts.save(self._owner, slot, draft)
                self._written[slot] = number

    async def forget(self, slot: str) -> None:
        """Let the waiting words of a slot go: they are about to be stored for good, or were given up."""
        self._pending.pop(slot, None)
        async with self._writing:
            self._pending.pop(slot, None)

    async def drop(self, slot: str) -> None:
        """Forget a slot, on the disk too. Raises nothing: what stays there is only an old draft."""
        await self.forget(slot)
        try:
            await asyncio.to_thread(self._drafts.discard, self._owner, slot)
        except BothwaysError as error:
            self._failed(error)

    def _failed(self, error: BothwaysError) -> None:
        self.failing = True
        self._changed(words.not_saved(error.what), True)

    def stop(self) -> None:
        """No more saving: the screen is gone."""
        if self._task is not None:
            self._task.cancel()
