"""What goes into an export: the journal read once and sorted into one heap a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct

from journal.errors import InvalidInput
from journal.model import (
    JointLine,
    Pair,
    Received,
    ReceivedState,
    Reflection,
    Response,
    Session,
    SessionKey,
)
from journal.ports import Records
from journal.usecases.context import session_id

Row = TypeVar("Row", Reflection, Received, Response, JointLine)
Joint = TypeVar("Joint", Response, JointLine)


class Material(Struct, frozen=True, kw_only=True):
    """One page's: a session with all that hangs on it, or one solo note (`pair` is None).

    `theirs` holds opened entries only, so that what the partner has not opened cannot get any further.
    """

    day: date
    number: int = 1
    key: str = ""
    pair: Pair | None = None
    session: Session | None = None
    own: tuple[Reflection, ...] = ()
    theirs: tuple[Received, ...] = ()
    responses: tuple[Response, ...] = ()
    lines: tuple[JointLine, ...] = ()

    @property
    def created(self) -> datetime:
        """When the first thing on it was written."""
        times = [r.created for r in self.own]
        times += [r.entry.sealed_at for r in self.theirs if r.entry is not None]
        return min(times)


def read_material(records: Records) -> list[Material]:
    """Every page's material, oldest first, deleted reflections and what is not open left out."""
    own = _by_session(r for r in records.all(Reflection) if r.deleted_at is None)
    theirs = _by_session(r for r in records.all(Received) if r.state is ReceivedState.OPENED and r.entry is not None)
    responses = _by_session(records.all(Response))
    lines = _by_session(line for line in records.all(JointLine) if not line.removed)
    pairs = {pair.id: pair for pair in records.all(Pair)}
    sessions = {session.id: session for session in records.all(Session)}

    heaps = [Material(day=note.day, own=(note,)) for note in own.pop(("", ""), ())]
    for pair_id, key in {*own, *theirs}:
        place = (pair_id, key)
        mine = tuple(sorted(own[place], key=lambda r: (r.created, r.id)))
        opened = tuple(sorted(theirs[place], key=lambda r: r.id))
        session_key = _session_key(key, opened)
        heaps.append(
            Material(
                day=session_key.date,
                number=session_key.number,
                key=key,
                pair=pairs.get(pair_id),
                session=sessions.get(session_id(pair_id, key)),
                own=mine,
                theirs=opened,
                # Replies are part of the joint reading: the partner's are shown while both sides are open.
                responses=_in_order(r for r in responses[place] if r.mine or (mine and opened)),
                lines=_in_order(lines[place]),
            )
        )
    return sorted(heaps, key=lambda m: (m.day, not m.key, m.number, m.created, m.own[0].id if m.own else ""))


def _session_key(key: str, opened: tuple[Received, ...]) -> SessionKey:
    try:
        return SessionKey.parse(key)
    except InvalidInput:
        # Only what came from outside can be called so; it must not keep the writer from their own words.
        return SessionKey(min(r.entry.sealed_at.date() for r in opened if r.entry is not None))


def _by_session(rows: Iterable[Row]) -> dict[tuple[str, str], list[Row]]:
    heaps: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        heaps[row.pair, row.session].append(row)
    return heaps


def _in_order(rows: Iterable[Joint]) -> tuple[Joint, ...]:
    return tuple(sorted(rows, key=lambda row: (row.created, row.id)))
