"""What each of the partner's operations changes in this journal."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.errors import SpaceError
from journal.model import (
    Announced,
    JointLine,
    Pair,
    Received,
    ReceivedState,
    Reflection,
    Response,
    Session,
    SessionKey,
    SharedEntry,
    Status,
)
from journal.ports import Records, Space, Transaction
from journal.text import clean
from journal.usecases.announce import (
    PROTOCOL,
    Op,
    OpKind,
    body_name,
    digest,
    own_entries,
    partner_entries,
    reconcile,
)
from journal.usecases.context import session_id

S = TypeVar("S", bound=Struct)


def read_clean(data: bytes, kind: type[S]) -> S:
    """Read a struct from JSON written elsewhere; its texts come in by the same door as the writer's own.

    Raises msgspec.MsgspecError.
    """
    return msgspec.convert(_cleaned(msgspec.json.decode(data)), kind)


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value).text
    if isinstance(value, list):
        return [_cleaned(row) for row in value]
    if isinstance(value, dict):
        return {key: _cleaned(row) for key, row in value.items()}
    return value


class Applied(Struct, kw_only=True):
    """What applying brought: sessions whose words opened, and sessions now sealed by the partner."""

    opened: list[str] = msgspec.field(default_factory=list)
    sealed: list[str] = msgspec.field(default_factory=list)


def apply(tx: Transaction, space: Space, pair: Pair, op: Op, now: datetime, applied: Applied) -> bool:
    """Apply one operation inside the caller's commit; False where it has to wait for bytes still under way.

    Raises SpaceError where the operation contradicts what was announced before.
    """
    match op.kind:
        case OpKind.SEAL:
            _seal(tx, pair, op, now, applied)
        case OpKind.UNSEAL:
            known = tx.get(Received, op.entry)
            if known is not None and known.pair == pair.id and known.entry is None:
                tx.remove(Received, op.entry)
        case OpKind.RELEASE:
            return _release(tx, space, pair, op, now, applied)
        case OpKind.WITHDRAW:
            known = tx.get(Received, op.entry)
            if known is not None and known.pair == pair.id:
                tx.put(replace(known, state=ReceivedState.WITHDRAWN, entry=None))
        case OpKind.RESPONSE | OpKind.LINE | OpKind.TICK:
            _joint(tx, pair, op)
        case OpKind.HELLO:
            pass
    return True


def _seal(tx: Transaction, pair: Pair, op: Op, now: datetime, applied: Applied) -> None:
    key = str(SessionKey.parse(op.session))
    known = tx.get(Received, op.entry)
    if known is None or known.state is ReceivedState.WITHDRAWN:
        known = Received(id=op.entry, pair=pair.id, session=key, state=ReceivedState.SEALED)
    elif known.pair != pair.id:
        raise SpaceError("An entry of another pair was announced here.", "Nothing of it was taken in.")
    if known.state is ReceivedState.HELD:
        known = replace(known, state=ReceivedState.SEALED, entry=None)
    tx.put(replace(known, session=key, sha=op.sha, sealed_at=op.at))
    _ensure_session(tx, pair, key)
    if known.state is not ReceivedState.OPENED:
        applied.sealed.append(key)


def settle(tx: Transaction, pair_id: str, now: datetime) -> None:
    """Release and open what is due between both sides' seals, once all that arrived was applied.

    Not at each seal: an unseal or a move of it may follow in what arrived, and words released to a seal that no
    longer holds could not be taken back.
    """
    for own in due(tx, pair_id):
        reconcile(tx, own, now)


def due(records: Records, pair_id: str) -> list[Reflection]:
    """The writer's reflections handed in for a session that the partner has sealed too, where one side's words
    are still to be released or opened."""
    sealed = set(records.facts(Received, "session", pair=pair_id))
    held = set(records.facts(Received, "session", pair=pair_id, state=ReceivedState.HELD))
    untold = set(records.facts(Announced, "id", pair=pair_id, released=False))
    own = records.facts(Reflection, "id", "session", "status", pair=pair_id, deleted_at=None)
    ids = [
        str(id)
        for id, session, status in own
        if status != Status.DRAFT
        and (session,) in sealed
        and ((session,) in held or status == Status.SEALED or (id,) in untold)
    ]
    # A reply that was typed in here is not a seal of theirs.
    return [
        reflection
        for reflection in records.scan(Reflection, ids)
        if any(not r.typed_here for r in partner_entries(records, pair_id, reflection.session))
    ]


def _release(tx: Transaction, space: Space, pair: Pair, op: Op, now: datetime, applied: Applied) -> bool:
    known = tx.get(Received, op.entry)
    if known is None or known.pair != pair.id or known.sha != op.sha:
        raise SpaceError(f"{pair.partner} released words that no seal had announced.", "Nothing of it was taken in.")
    assert pair.space is not None
    data = space.get(body_name(pair.space.space, pair.space.peer, op.sha))
    if data is None or digest(data) != op.sha:
        # Withdrawn or replaced later on: a following operation says so, and nothing is left to wait for.
        return _superseded(space, pair, op)
    try:
        entry = read_clean(data, SharedEntry)
    except msgspec.MsgspecError as error:
        raise SpaceError("The words released cannot be understood by this version.") from error
    if entry.id != op.entry or entry.session != known.session:
        raise SpaceError("The words released are not those of the entry announced.")
    sealed_here = any(o.status is not Status.DRAFT for o in own_entries(tx, pair.id, known.session))
    opened = sealed_here or op.early or known.state is ReceivedState.OPENED
    tx.put(
        replace(
            known,
            entry=entry,
            state=ReceivedState.OPENED if opened else ReceivedState.HELD,
            opened_at=(known.opened_at or now) if opened else None,
            read_at=None,
        )
    )
    if opened:
        applied.opened.append(known.session)
    return True


def sequence(name: str) -> int:
    """The number in an operation's name, or -1 where it is not the name of one."""
    number = name.rsplit("/", 1)[-1].split("-", 1)[0]
    return int(number) if number.isascii() and number.isdigit() else -1


def is_whole(name: str, data: bytes) -> bool:
    """Whether `data` is all of the operation that lies under `name`."""
    return name.rsplit("-", 1)[-1] == f"{digest(data)[:32]}.json"


def _superseded(space: Space, pair: Pair, op: Op) -> bool:
    assert pair.space is not None
    for name in space.list(f"v{PROTOCOL}/{pair.space.space}/{pair.space.peer}/op/"):
        data = space.get(name) if sequence(name) > op.seq else None
        if data is None or not is_whole(name, data):
            continue
        try:
            later = read_clean(data, Op)
        except msgspec.MsgspecError:
            continue
        if later.entry == op.entry and later.kind in (OpKind.WITHDRAW, OpKind.SEAL):
            return True
    return False


def _ensure_session(tx: Transaction, pair: Pair, key: str) -> None:
    id = session_id(pair.id, key)
    if tx.get(Session, id) is None:
        tx.put(Session(id=id, pair=pair.id, key=key, phase=pair.phase))


def _require_theirs(pair: Pair, known: Response | JointLine | None) -> None:
    if known is not None and (known.mine or known.pair != pair.id):
        raise SpaceError(f"{pair.partner} sent a change to something that they did not write.")


def _later(op: Op, line: JointLine) -> bool:
    # Of two ticks the later one holds, and of two in the same second “done”: the same rule on both sides.
    return line.ticked_at is None or (op.at, op.done) > (line.ticked_at, line.done_at is not None)


def _joint(tx: Transaction, pair: Pair, op: Op) -> None:
    if op.response is not None:
        sent = op.response
        _require_theirs(pair, tx.get(Response, sent.id))
        tx.put(
            Response(
                id=sent.id,
                pair=pair.id,
                session=str(SessionKey.parse(sent.session)),
                entry=sent.entry,
                item=sent.item,
                kind=sent.kind,
                text=sent.text,
                created=op.at,
                mine=False,
            )
        )
    elif op.line is not None:
        row = op.line
        known = tx.get(JointLine, row.id)
        _require_theirs(pair, known)
        tx.put(
            JointLine(
                id=row.id,
                pair=pair.id,
                session=str(SessionKey.parse(row.session)),
                kind=row.kind,
                text=row.text,
                owner=row.owner,
                due=row.due,
                removed=row.removed,
                created=known.created if known else op.at,
                edited_at=op.at if known else None,
                done_at=known.done_at if known else None,
                ticked_at=known.ticked_at if known else None,
                mine=False,
            )
        )
    else:
        line = tx.get(JointLine, op.entry)
        if line is not None and line.pair == pair.id and _later(op, line):
            tx.put(replace(line, done_at=op.at if op.done else None, ticked_at=op.at))
