"""What the rules need from the world, as small Protocols. Adapters live below the use cases; `bootstrap` picks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from msgspec import Struct

from journal.errors import GuideError
from journal.model import (
    Announced,
    FollowUp,
    Form,
    GuideContext,
    GuideInfo,
    JointLine,
    Outgoing,
    Received,
    Reflection,
    Response,
    Role,
    Session,
)

S = TypeVar("S", bound=Struct)


class Clock(Protocol):
    def now(self) -> datetime: ...
    def timezone(self) -> str: ...


Fact = str | int
"""A fact in its plain form: text, or a whole number. A moment is in microseconds since 1970 UTC and 0 where there
is none, a day its ISO text, yes and no 1 and 0, an enumeration its word."""

FACTS: Mapping[type[Struct], tuple[str, ...]] = {
    Reflection: (
        "pair",
        "session",
        "status",
        "day",
        "created",
        "updated",
        "guide",
        "role",
        "deleted_at",
        "promises",
    ),
    Session: ("pair",),
    Received: ("pair", "session", "state", "read_at"),
    Response: ("pair", "session", "entry", "mine", "read_at"),
    JointLine: ("pair", "session", "kind", "mine", "removed", "done_at"),
    Announced: ("pair", "session", "released"),
    Outgoing: ("pair",),
}
"""What can be asked of a kind of record without reading it: some of its fields, and for reflections `promises`:
whether there is an intention that is not done. None of it holds a word that somebody wrote."""


class Records(Protocol):
    """Reading stored structs. Every struct type has a table of its own and a string `id`.

    Looking up by facts costs next to nothing however long the journal is; `all` and `scan` read records.
    `all` and `ids` are in the order in which records were first stored; the others promise no order, but that
    of the ids they are given. `equal` compares facts (see `FACTS`), cheapest with the rarest first;
    None stands for "there is none".
    """

    def get(self, kind: type[S], id: str) -> S | None: ...
    def has(self, kind: type[Struct], id: str) -> bool: ...
    def all(self, kind: type[S]) -> list[S]: ...
    def ids(self, kind: type[Struct]) -> list[str]: ...

    def find(self, kind: type[S], /, **equal: object) -> list[S]:
        """The records whose facts are all equal to these."""
        ...

    def facts(self, kind: type[Struct], /, *names: str, **equal: object) -> list[tuple[Fact, ...]]:
        """For each record whose facts are equal to these, the named facts; "id" is one as well."""
        ...

    def top(self, kind: type[Struct], by: str, limit: int, /, **equal: object) -> list[str]:
        """The ids of the records with the `limit` highest facts `by`, those tied with the last of them included."""
        ...

    def scan(self, kind: type[S], ids: Iterable[str], words: Sequence[str] = ()) -> Iterator[S]:
        """The records with these ids, in that order, less those that certainly lack one of the `words`
        (folded by `journal.text.fold`) in their texts. Records are read as they are asked for."""
        ...


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

    def notices(self) -> list[str]:
        """What the writer should know of the journal's files (something was recovered, or is damaged), each
        sentence once."""
        ...

    def close(self) -> None:
        """The end of a sitting: tidy the files up where that is due. The store stays usable."""
        ...


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
