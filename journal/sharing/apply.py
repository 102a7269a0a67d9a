"""What each of the partner's operations changes in this journal."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.errors import SpaceError
from journal.model import (
    JointLine,
    Pair,
    Received,
    ReceivedState,
    Response,
    Session,
    SessionKey,
    SharedEntry,
    Status,
)
from journal.ports import Space, Transaction
from journal.usecases.announce import Op, OpKind, body_name, digest, own_entries, reconcile
from journal.usecases.context import session_id


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
            if known is not None and known.pair == pair.id:
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
    applied.sealed.append(key)
    for own in own_entries(tx, pair.id, key):
        if own.status is not Status.DRAFT:
            reconcile(tx, own, now)


def _release(tx: Transaction, space: Space, pair: Pair, op: Op, now: datetime, applied: Applied) -> bool:
    known = tx.get(Received, op.entry)
    if known is None or known.pair != pair.id or known.sha != op.sha:
        raise SpaceError(
            f"{pair.partner} released words that no seal had announced.", "Nothing of it was taken in."
        )
    assert pair.space is not None
    data = space.get(body_name(pair.space.space, pair.space.peer, op.sha))
    if data is None or digest(data) != op.sha:
        # Withdrawn or replaced later on: a following operation says so, and nothing is left to wait for.
        return _superseded(space, pair, op)
    try:
        entry = msgspec.json.decode(data, type=SharedEntry)
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


def _superseded(space: Space, pair: Pair, op: Op) -> bool:
    assert pair.space is not None
    prefix = f"v1/{pair.space.space}/{pair.space.peer}/op/"
    for name in space.list(prefix):
        number = name.rsplit("/", 1)[-1].split("-", 1)[0]
        if not number.isdigit() or int(number) <= op.seq:
            continue
        data = space.get(name)
        if data is None:
            continue
        try:
            later = msgspec.json.decode(data, type=Op)
        except msgspec.MsgspecError:
            continue
        if later.entry == op.entry and later.kind in (OpKind.WITHDRAW, OpKind.SEAL):
            return True
    return False


def _ensure_session(tx: Transaction, pair: Pair, key: str) -> None:
    id = session_id(pair.id, key)
    if tx.get(Session, id) is None:
        tx.put(Session(id=id, pair=pair.id, key=key, phase=pair.phase))


def _joint(tx: Transaction, pair: Pair, op: Op) -> None:
    if op.response is not None:
        sent = op.response
        tx.put(
            Response(
                id=sent.id,
                pair=pair.id,
                session=sent.session,
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
        if known is not None and known.mine:
            raise SpaceError(f"{pair.partner} cannot change a line that you wrote.")
        tx.put(
            JointLine(
                id=row.id,
                pair=pair.id,
                session=row.session,
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
        # Of two ticks the later one holds; both sides apply the same rule.
        if line is not None and (line.ticked_at is None or line.ticked_at <= op.at):
            tx.put(replace(line, done_at=op.at if op.done else None, ticked_at=op.at))
