"""What the partner is told, as small operations that wait in the outbox until they are put into the space.

Each side writes a chain of operations of its own: a sequence number, and the hash of the one before. The words
of an entry travel apart from its seal: the seal commits to them by hash, and they leave the journal only once
both sides have announced their seals, or when their author opens them early.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.ids import new_id
from journal.model import (
    Announced,
    JointLine,
    LineKind,
    Outgoing,
    Pair,
    Person,
    Received,
    ReceivedState,
    Reflection,
    Response,
    ResponseKind,
    Role,
    Status,
)
from journal.ports import Records, Transaction
from journal.reflection import shared_entry

PROTOCOL = 1


class OpKind(StrEnum):
    HELLO = "hello"
    SEAL = "seal"
    UNSEAL = "unseal"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    RESPONSE = "response"
    LINE = "line"
    TICK = "tick"


class SentResponse(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A response on the wire."""

    id: str
    session: str
    entry: str
    kind: ResponseKind
    item: str = ""
    text: str = ""


class SentLine(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line of the joint page on the wire, whole, at each change by its author."""

    id: str
    session: str
    kind: LineKind
    text: str
    owner: str = ""
    due: date | None = None
    removed: bool = False


class Op(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One operation. Which of the later fields are set depends on `kind`.

    `prev` is the hash of the author's operation before this one, "" for the first.
    """

    v: int
    space: str
    author: str
    seq: int
    prev: str
    at: datetime
    kind: OpKind
    name: str = ""
    role: Role | None = None
    joined: str = ""
    entry: str = ""
    session: str = ""
    sha: str = ""
    early: bool = False
    response: SentResponse | None = None
    line: SentLine | None = None
    done: bool = False


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def op_name(space: str, author: str, seq: int, sha: str) -> str:
    """Where an operation lies in the space."""
    return f"v{PROTOCOL}/{space}/{author}/op/{seq:010d}-{sha[:32]}.json"


def body_name(space: str, author: str, sha: str) -> str:
    """Where the words of an entry lie in the space."""
    return f"v{PROTOCOL}/{space}/{author}/body/{sha}.json"


def emit(tx: Transaction, pair_id: str, now: datetime, kind: OpKind, **fields: object) -> None:
    """Queue one operation for the pair's space; nothing happens for a pair that has none."""
    pair = tx.get(Pair, pair_id)
    if pair is None or pair.space is None:
        return
    link = pair.space
    op = Op(
        v=PROTOCOL,
        space=link.space,
        author=link.me,
        seq=link.next_seq,
        prev=link.last_sha,
        at=now,
        kind=kind,
        **fields,  # type: ignore[arg-type]
    )
    data = msgspec.json.encode(op)
    sha = digest(data)
    queue(tx, pair, op_name(link.space, link.me, link.next_seq, sha), data.decode())
    tx.put(replace(pair, space=replace(link, next_seq=link.next_seq + 1, last_sha=sha)))


def queue(tx: Transaction, pair: Pair, name: str, body: str) -> None:
    """Put one object into the outbox, behind all that is there. An empty body asks for its deletion."""
    last = max(tx.ids(Outgoing), default="")
    number = int(last.split("-")[0]) + 1 if last else 1
    tx.put(Outgoing(id=f"{number:010d}-{pair.id}", pair=pair.id, name=name, body=body))


def partner_entries(records: Records, pair_id: str, session: str) -> list[Received]:
    """What the partner has sealed for a session and not withdrawn."""
    return [r for r in records.find(Received, session=session, pair=pair_id) if r.state is not ReceivedState.WITHDRAWN]


def own_entries(records: Records, pair_id: str, session: str) -> list[Reflection]:
    """What the writer has written for a session and not deleted."""
    return records.find(Reflection, session=session, pair=pair_id, deleted_at=None) if pair_id else []


def reconcile(tx: Transaction, reflection: Reflection, now: datetime) -> Reflection:
    """Bring what the partner has been told of `reflection` into line with what it is now.

    Stores the reflection, queues whatever is due, opens the partner's words that were held, and returns the
    reflection as stored. Called inside the transaction of every change of state.
    """
    if not reflection.pair:
        tx.put(reflection)
        return reflection
    told = tx.get(Announced, reflection.id)
    sealed = reflection.status is not Status.DRAFT and reflection.deleted_at is None
    if not sealed:
        if told is not None:
            _take_back(tx, told, now)
        tx.put(reflection)
        return reflection

    if told is None or told.session != reflection.session or _revision(told) != reflection.revision:
        told = _announce(tx, reflection, told, now)
    theirs = partner_entries(tx, reflection.pair, reflection.session)
    # A reply typed in here is no seal of the partner's: the words stay until the partner announces one.
    if not told.released and (reflection.opened_early or any(not r.typed_here for r in theirs)):
        told = _release(tx, reflection, told, now)
    if theirs and reflection.status is Status.SEALED:
        reflection = replace(reflection, status=Status.OPEN, opened_at=now)
    tx.put(reflection)
    for received in theirs:
        if received.state is ReceivedState.HELD:
            tx.put(replace(received, state=ReceivedState.OPENED, opened_at=now))
    return reflection


def announce_all(tx: Transaction, pair_id: str, now: datetime) -> None:
    """Tell a space that was just linked everything the partner may know already: for a pair that wrote before
    it met there."""
    pair = tx.get(Pair, pair_id)
    link = pair.space if pair else None
    if pair is None or link is None:
        return
    for told in tx.find(Announced, pair=pair_id):
        reflection = tx.get(Reflection, told.id)
        if reflection is None:
            continue
        emit(tx, pair_id, now, OpKind.SEAL, entry=told.id, session=told.session, sha=told.sha)
        if told.released or reflection.opened_early:
            _release(tx, reflection, told, now)
    for response in tx.find(Response, pair=pair_id, mine=True):
        send_response(tx, response, now)
    for line in tx.find(JointLine, pair=pair_id, mine=True):
        send_line(tx, line, now)
        if line.ticked_at is not None:
            emit(tx, pair_id, line.ticked_at, OpKind.TICK, entry=line.id, done=line.done_at is not None)


def _revision(told: Announced) -> int:
    return int(msgspec.json.decode(told.body)["revision"])


def _announce(tx: Transaction, reflection: Reflection, told: Announced | None, now: datetime) -> Announced:
    author = tx.get(Person, reflection.author)
    entry = shared_entry(reflection, author.name if author else "", new_id(26))
    body = msgspec.json.encode(entry)
    fresh = Announced(
        id=reflection.id,
        pair=reflection.pair,
        session=reflection.session,
        sha=digest(body),
        body=body.decode(),
    )
    emit(tx, reflection.pair, now, OpKind.SEAL, entry=reflection.id, session=fresh.session, sha=fresh.sha)
    tx.put(fresh)
    if told is not None and told.released:
        # An edited entry: the new words follow at once, and the old ones are removed from the space.
        fresh = _release(tx, reflection, fresh, now)
        _drop_body(tx, told)
    return fresh


def _release(tx: Transaction, reflection: Reflection, told: Announced, now: datetime) -> Announced:
    pair = tx.get(Pair, told.pair)
    if pair is not None and pair.space is not None:
        queue(tx, pair, body_name(pair.space.space, pair.space.me, told.sha), told.body)
        emit(
            tx,
            told.pair,
            now,
            OpKind.RELEASE,
            entry=told.id,
            session=told.session,
            sha=told.sha,
            early=reflection.opened_early,
        )
    released = replace(told, released=True)
    tx.put(released)
    return released


def _drop_body(tx: Transaction, told: Announced) -> None:
    pair = tx.get(Pair, told.pair)
    if pair is not None and pair.space is not None:
        queue(tx, pair, body_name(pair.space.space, pair.space.me, told.sha), "")


def _take_back(tx: Transaction, told: Announced, now: datetime) -> None:
    kind = OpKind.WITHDRAW if told.released else OpKind.UNSEAL
    emit(tx, told.pair, now, kind, entry=told.id, session=told.session, sha=told.sha)
    if told.released:
        _drop_body(tx, told)
    tx.remove(Announced, told.id)


def send_response(tx: Transaction, response: Response, now: datetime) -> None:
    """Store a response of the writer's and queue it."""
    tx.put(response)
    sent = SentResponse(
        id=response.id,
        session=response.session,
        entry=response.entry,
        kind=response.kind,
        item=response.item,
        text=response.text,
    )
    emit(tx, response.pair, now, OpKind.RESPONSE, response=sent)


def send_line(tx: Transaction, line: JointLine, now: datetime) -> None:
    """Store a line of the writer's own and queue it."""
    tx.put(line)
    sent = SentLine(
        id=line.id,
        session=line.session,
        kind=line.kind,
        text="" if line.removed else line.text,
        owner=line.owner,
        due=line.due,
        removed=line.removed,
    )
    emit(tx, line.pair, now, OpKind.LINE, line=sent)


def send_tick(tx: Transaction, line: JointLine, done: bool, now: datetime) -> JointLine:
    """Tick a line of either side, or take the tick back; store and queue it.

    The last tick holds on both sides, so this one is dated after every tick known here, whatever the clocks say.
    """
    at = now if line.ticked_at is None else max(now, line.ticked_at + timedelta(seconds=1))
    ticked = replace(line, done_at=at if done else None, ticked_at=at)
    tx.put(ticked)
    emit(tx, line.pair, at, OpKind.TICK, entry=line.id, done=done)
    return ticked
