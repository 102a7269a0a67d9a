"""What the rules need from the world, as small Protocols. Adapters live below the use cases; `bootstrap` picks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct

from journal.errors import GuideError
from journal.model import FollowUp, Form, GuideContext, GuideInfo, Role

S = TypeVar("S", bound=Struct)


class Clock(Protocol):
    def now(self) -> datetime: ...
    def timezone(self) -> str: ...


class Records(Protocol):
    """Reading stored structs. Every struct type has a table of its own and a string `id`."""

    def get(self, kind: type[S], id: str) -> S | None: ...
    def all(self, kind: type[S]) -> list[S]: ...
    def ids(self, kind: type[Struct]) -> list[str]: ...


class Transaction(Records, Protocol):
    """Reading and writing under the journal's lock. Nothing is stored until the block ends; an exception
    inside it stores nothing at all."""

    def put(self, record: Struct) -> None: ...
    def remove(self, kind: type[Struct], id: str) -> None: ...


class Store(Records, Protocol):
    """A journal on disk. `begin` is the only way to write: one block, one all-or-nothing commit.

    Raises StoreUnavailable, StoreDamaged or StoreFromFuture.
    """

    def exists(self) -> bool: ...
    def create(self) -> None: ...
    def begin(self) -> AbstractContextManager[Transaction]: ...


class DraftText(Struct, frozen=True, kw_only=True):
    """Half-typed words: the text, and the cursor as (row, column)."""

    text: str
    cursor: tuple[int, int] = (0, 0)


class Drafts(Protocol):
    """Half-typed words, kept apart from the journal so that saving them is cheap.

    `owner` is a reflection's id (or another thing being written), `slot` the place in it: a turn's id, or a
    field's name. Raises StoreUnavailable; the face then keeps the words on screen and says so.
    """

    def save(self, owner: str, slot: str, draft: DraftText) -> None: ...
    def load(self, owner: str) -> dict[str, DraftText]: ...
    def discard(self, owner: str, slot: str | None = None) -> None: ...


class Guides(Protocol):
    """Guides rendered for one side. Raises NotFound and GuideError."""

    def list(self) -> list[GuideInfo]: ...
    def problems(self) -> Sequence[GuideError]: ...
    def info(self, key: str) -> GuideInfo: ...
    def form(self, key: str, context: GuideContext) -> Form: ...
    def joint(self, key: str, context: GuideContext) -> Form: ...


class QuestionBank(Protocol):
    """Follow-ups chosen offline by what was written. `asked` are ids never to be used again, oldest first;
    `earlier` the questions already asked in this reflection."""

    def follow_ups(
        self,
        answer: str,
        *,
        question: str,
        role: Role,
        stage: str = "",
        asked: Collection[str] = (),
        earlier: Sequence[str] = (),
        limit: int = 3,
    ) -> list[FollowUp]: ...


class Space(Protocol):
    """A store both sides can reach. Names are `/`-separated; nothing is asked of it but these four verbs: no
    rename, no lock, no conditional put, no clock. Raises SpaceError."""

    def put(self, name: str, data: bytes) -> None: ...
    def get(self, name: str) -> bytes | None: ...
    def list(self, prefix: str) -> list[str]: ...
    def delete(self, name: str) -> None: ...
