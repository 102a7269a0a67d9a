"""What the index keeps of a record, so that look-ups need not read it: the fields of `journal.ports.FACTS`.

A fact is a string or a whole number: a moment becomes microseconds since 1970 UTC (0 for none), a day its ISO text,
yes and no 1 and 0. `promises` says whether an intention is not done.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Raw, Struct

from journal.ports import FACTS, Fact
from journal.store.kinds import TABLES

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Facts = tuple[Fact, ...]


class _Intention(Struct):
    done_at: str | None = None


class _Reflection(Struct):
    pair: str = ""
    session: str = ""
    status: str = ""
    day: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    guide: str = ""
    role: str = ""
    deleted_at: datetime | None = None
    intentions: tuple[_Intention, ...] = ()

    @property
    def promises(self) -> bool:
        return any(intention.done_at is None for intention in self.intentions)


class _Session(Struct):
    pair: str = ""


class _Received(Struct):
    pair: str = ""
    session: str = ""
    state: str = ""
    read_at: datetime | None = None


class _Response(Struct):
    pair: str = ""
    session: str = ""
    entry: str = ""
    mine: bool = False
    read_at: datetime | None = None


class _Line(Struct):
    pair: str = ""
    session: str = ""
    kind: str = ""
    mine: bool = False
    removed: bool = False
    done_at: datetime | None = None


class _Announced(Struct):
    pair: str = ""
    session: str = ""
    released: bool = False


class _Outgoing(Struct):
    pair: str = ""


_KINDS: dict[str, type[Struct]] = {
    "reflections": _Reflection,
    "sessions": _Session,
    "received": _Received,
    "responses": _Response,
    "lines": _Line,
    "announced": _Announced,
    "outbox": _Outgoing,
}
NAMES: dict[str, tuple[str, ...]] = {TABLES[kind]: names for kind, names in FACTS.items()}
_DECODERS = {table: msgspec.json.Decoder(kind) for table, kind in _KINDS.items()}


def names_of(table: str) -> tuple[str, ...]:
    """The facts kept for a table's records."""
    return NAMES.get(table, ())


def facts_of(table: str, doc: Raw | bytes) -> Facts:
    """The facts of one stored record, in the order of `names_of`. One that cannot be understood has empty ones."""
    decoder = _DECODERS.get(table)
    if decoder is None:
        return ()
    names = NAMES[table]
    try:
        found = decoder.decode(doc)
        return tuple([plain(getattr(found, name)) for name in names])
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError):
        blank = _KINDS[table]()
        return tuple([plain(getattr(blank, name)) for name in names])


def plain(value: Any) -> Fact:
    """A value as a fact: what records are asked for is put into the same form as what is kept."""
    if value is None:
        return 0
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return (value - EPOCH) // _MICROSECOND
    if isinstance(value, date):
        return value.isoformat()
    return int(value)
