"""One person's part of a page: the writer's reflection whole, or what one of the two let the other see.

Whatever is to be shared is made from a `SharedEntry`, which `journal.reflection.share` alone builds; so
nothing private can reach it, whatever fields the stored structs may grow.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from journal.interchange.markers import Attributes, attributes_of, write_mark
from journal.model import (
    Direction,
    Gain,
    GainKind,
    Intention,
    Offer,
    Outcome,
    Received,
    Reflection,
    Role,
    SharedEntry,
    SharedItem,
    Status,
    Turn,
    Visibility,
)
from journal.reflection import shared_entry

_LISTS = ("turns", "gains", "offers", "intentions")
_ENTRY_LISTS = ("answers", "gains", "offers", "intentions")


class Side(Struct, frozen=True, kw_only=True):
    """`mark` is the line that describes the whole entry to an import. `whole` says that everything stored is
    here, private things included."""

    id: str
    author: str
    role: Role
    guide: str
    mine: bool
    whole: bool
    mark: str
    draft: bool = False
    typed_here: bool = False
    sealed_at: datetime | None = None
    opened_at: datetime | None = None
    edited_at: datetime | None = None
    turns: tuple[Turn, ...] = ()
    gains: tuple[Gain, ...] = ()
    offers: tuple[Offer, ...] = ()
    intentions: tuple[Intention, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is not one thing to read on this side."""
        return not (self.turns or self.gains or self.offers or self.intentions)


def whole(reflection: Reflection, writer: str) -> Side:
    """All of the writer's reflection."""
    about = {**attributes_of(reflection, without=_LISTS, always=("id", "status")), "writer": writer}
    return Side(
        id=reflection.id,
        author=writer,
        role=reflection.role,
        guide=reflection.guide,
        mine=True,
        whole=True,
        mark=write_mark("reflection", about),
        draft=reflection.status is Status.DRAFT,
        sealed_at=reflection.sealed_at,
        opened_at=reflection.opened_at,
        edited_at=reflection.edited_at,
        turns=reflection.turns,
        gains=reflection.gains,
        offers=reflection.offers,
        intentions=reflection.intentions,
    )


def opened(received: Received, entry: SharedEntry) -> Side:
    """What the partner opened."""
    about = {
        **attributes_of(received, without=("entry",), always=("id", "state")),
        "entry": attributes_of(entry, without=_ENTRY_LISTS),
    }
    side = _from_entry(entry, mine=False, mark=write_mark("received", about))
    return replace(
        side,
        typed_here=received.typed_here,
        sealed_at=entry.sealed_at,
        opened_at=received.opened_at,
        edited_at=entry.edited_at,
    )


def seen_by_other(reflection: Reflection, writer: str) -> SharedEntry:
    """What the writer shares of a reflection, sealed or not, of a session or a solo note."""
    as_sealed = replace(
        reflection,
        sealed_at=reflection.sealed_at or reflection.updated,
        session=reflection.session or reflection.day.isoformat(),
    )
    return shared_entry(as_sealed, writer, "")


def to_share(entry: SharedEntry, *, mine: bool, day: date, session: str, draft: bool = False) -> Side:
    """One side of a page that goes to others. Its mark leaves out times, revision and salt."""
    about: Attributes = {
        "id": entry.id,
        "session": session,
        "day": day.isoformat(),
        "author": entry.author,
        "role": entry.role.value,
        "guide": entry.guide,
        "language": entry.language,
    }
    side = _from_entry(entry, mine=mine, mark=write_mark("entry", about))
    return replace(side, draft=draft)


def _from_entry(entry: SharedEntry, *, mine: bool, mark: str) -> Side:
    shared = Visibility.SHARED
    return Side(
        id=entry.id,
        author=entry.author,
        role=entry.role,
        guide=entry.guide,
        mine=mine,
        whole=False,
        mark=mark,
        turns=tuple(
            Turn(
                id=a.id,
                question=a.question,
                stage=a.stage,
                stage_title=a.stage_title,
                source=a.source,
                follows=a.follows,
                answer=a.text,
                outcome=Outcome.ANSWERED,
                visibility=shared,
            )
            for a in entry.answers
        ),
        gains=tuple(
            Gain(
                id=g.id,
                kind=_kind(g),
                direction=g.direction or Direction.received_by(entry.role),
                text=g.text,
                visibility=shared,
            )
            for g in entry.gains
        ),
        offers=tuple(Offer(id=o.id, kind=_kind(o), text=o.text, visibility=shared) for o in entry.offers),
        intentions=tuple(
            Intention(id=i.id, text=i.text, owner=i.owner, due=i.due, visibility=shared) for i in entry.intentions
        ),
    )


def _kind(item: SharedItem) -> GainKind:
    return item.kind or GainKind.KNOWLEDGE
