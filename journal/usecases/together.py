"""The joint side: the review of a session, responses, the joint page, typed-in replies, and what waits."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.errors import NotAllowed, NotFound
from journal.exchange import Exchange, join
from journal.ids import new_id
from journal.model import (
    Announced,
    Direction,
    GuideContext,
    JointLine,
    LineKind,
    Pair,
    Received,
    ReceivedState,
    Reflection,
    Response,
    ResponseKind,
    Session,
    SessionKey,
    SharedAnswer,
    SharedEntry,
    SharedItem,
    Stage,
    Status,
    Visibility,
)
from journal.ports import Records
from journal.text import clean, fold, one_line
from journal.usecases.announce import (
    own_entries,
    partner_entries,
    reconcile,
    send_line,
    send_response,
    send_tick,
)
from journal.usecases.context import Context, me, open_agreed, order, pair_named, sessions_of, unused_id
from journal.usecases.given import GivenReflection


class SideState(StrEnum):
    """What one side may know of the other: sealed or not yet. Nothing tells a draft from an unwritten one."""

    NOT_YET = "not yet"
    SEALED = "sealed"
    OPEN = "open"


class Review(Struct, frozen=True, kw_only=True):
    """The joint reading of one session. The entries are None until they are open to the writer of this
    journal; `exchange` is there once both are."""

    session: str
    pair: Pair
    writer: str
    my_state: SideState
    their_state: SideState
    mine: SharedEntry | None
    theirs: SharedEntry | None
    my_id: str
    exchange: Exchange | None
    responses: tuple[Response, ...]
    notes: tuple[JointLine, ...]
    agreed: tuple[JointLine, ...]
    questions: tuple[Stage, ...]

    @property
    def ready(self) -> bool:
        """Whether both sides can be read together."""
        return self.mine is not None and self.theirs is not None


class Waiting(Struct, frozen=True, kw_only=True):
    """What waits for the writer, over all pairs, newest first."""

    drafts: list[Reflection]
    sealed: list[Reflection]
    ready: list[tuple[Pair, str]]
    responses: list[Response]
    due: list[tuple[str, date | None, str, str]]


class Together:
    """What the two do with what they opened."""

    def __init__(self, context: Context) -> None:
        self._ = context

    def sessions(self, pair: Pair) -> list[Session]:
        """The pair's sessions that either side has written for, newest first."""
        store = self._.store
        written = {key for (key,) in store.facts(Reflection, "session", pair=pair.id, deleted_at=None)}
        states = store.facts(Received, "session", "state", pair=pair.id)
        written |= {key for key, state in states if state != ReceivedState.WITHDRAWN}
        return [s for s in sessions_of(store, pair.id) if s.key in written]

    def review(self, session: SessionKey, partner: str | None = None) -> Review:
        """One session from both sides, as far as it is open. Raises NotFound for a session nobody wrote for."""
        store = self._.store
        pair = pair_named(store, partner)
        key = str(session)
        own = own_entries(store, pair.id, key)
        theirs = partner_entries(store, pair.id, key)
        if not own and not theirs:
            known = ", ".join(s.key for s in self.sessions(pair)[:5])
            raise NotFound(
                f"There is no session {key} with {pair.partner}.",
                f"The newest are: {known}." if known else "",
            )
        sealed = [r for r in own if r.status is not Status.DRAFT]
        mine = self._own_entry(sealed[0].id) if sealed else None
        opened = [
            r.entry
            for r in sorted(theirs, key=lambda r: r.typed_here)
            if r.state is ReceivedState.OPENED and r.entry is not None
        ]
        their_entry = opened[0] if opened else None
        lines = store.find(JointLine, session=key, pair=pair.id, removed=False)
        lines.sort(key=lambda line: line.created)  # Within one second, in the order they were written or came in.
        both = mine is not None and their_entry is not None
        responses = store.find(Response, session=key, pair=pair.id) if both else []
        return Review(
            session=key,
            pair=pair,
            writer=me(store).name,
            my_state=_own_state(sealed),
            their_state=_their_state(theirs),
            mine=mine,
            theirs=their_entry,
            my_id=own[0].id if own else "",
            exchange=join(mine, their_entry) if mine is not None and their_entry is not None else None,
            responses=tuple(sorted(responses, key=lambda r: r.created)),
            notes=tuple(line for line in lines if line.kind is LineKind.NOTE),
            agreed=tuple(line for line in lines if line.kind is LineKind.AGREED),
            questions=self._questions(pair, own, key) if both else (),
        )

    def _own_entry(self, id: str) -> SharedEntry | None:
        told = self._.store.get(Announced, id)
        return msgspec.json.decode(told.body, type=SharedEntry) if told else None

    def _questions(self, pair: Pair, own: list[Reflection], key: str) -> tuple[Stage, ...]:
        context = GuideContext(
            writer=me(self._.store).name,
            partner=pair.partner,
            role=own[0].role if own else pair.role,
            date=key.partition("/")[0],
            agreed=open_agreed(self._.store, pair.id, before=key),
        )
        return self._.guides.joint(own[0].guide, context).stages if own else ()

    def mark_read(self, review: Review) -> None:
        """Note that the writer has read the partner's words and responses."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            for received in partner_entries(tx, review.pair.id, review.session):
                if received.state is ReceivedState.OPENED and received.read_at is None:
                    tx.put(replace(received, read_at=now))
            for shown in review.responses:
                response = tx.get(Response, shown.id)
                if response is not None and not response.mine and response.read_at is None:
                    tx.put(replace(response, read_at=now))

    def mark_entry_read(self, id: str) -> None:
        """Note that the writer has read one opened entry of the partner's; nothing happens where there is none."""
        with self._.store.begin() as tx:
            received = tx.get(Received, id)
            if received is not None and received.state is ReceivedState.OPENED and received.read_at is None:
                tx.put(replace(received, read_at=self._.clock.now()))

    # --- responses and the joint page ----------------------------------------------------------------

    def respond(
        self,
        session: SessionKey,
        kind: ResponseKind,
        text: str = "",
        *,
        item: str = "",
        partner: str | None = None,
    ) -> Response:
        """Reply to the partner's open entry, or to one item of it.

        A comment needs words; “this surprised me” and thanks may stand alone. Raises NotAllowed before both
        are open, NotFound for an unknown item.
        """
        review = self._open_review(session, partner)
        entry = review.theirs
        assert entry is not None
        kept = clean(text).text
        if kind is ResponseKind.COMMENT and not kept.strip():
            raise NotAllowed("A comment needs words.", "Or say: --kind thanks, or --kind surprised.")
        known = {a.id for a in entry.answers}
        known |= {i.id for i in (*entry.gains, *entry.offers, *entry.intentions)}
        if item and item not in known:
            raise NotFound(f"There is nothing called {item[:40]} in what {review.pair.partner} opened.")
        now = self._.clock.now()
        response = Response(
            id=new_id(10),
            pair=review.pair.id,
            session=review.session,
            entry=entry.id,
            item=item,
            kind=kind,
            text=kept,
            created=now,
            mine=True,
        )
        with self._.store.begin() as tx:
            send_response(tx, response, now)
        return response

    def note(self, session: SessionKey, text: str, partner: str | None = None) -> JointLine:
        """Add a line to the joint note. Raises NotAllowed before both are open."""
        return self._add_line(session, LineKind.NOTE, text, partner=partner)

    def agree(
        self,
        session: SessionKey,
        text: str,
        *,
        owner: str = "",
        due: date | None = None,
        partner: str | None = None,
    ) -> JointLine:
        """Add an agreed intention with its owner (the writer where none is named) and its day."""
        return self._add_line(session, LineKind.AGREED, text, owner=owner, due=due, partner=partner)

    def _add_line(
        self,
        session: SessionKey,
        kind: LineKind,
        text: str,
        *,
        owner: str = "",
        due: date | None = None,
        partner: str | None = None,
    ) -> JointLine:
        review = self._open_review(session, partner)
        kept = clean(text).text
        if not kept.strip():
            raise NotAllowed("There are no words in it.")
        now = self._.clock.now()
        line = JointLine(
            id=new_id(10),
            pair=review.pair.id,
            session=review.session,
            kind=kind,
            text=kept,
            owner=_owner(owner, review) if kind is LineKind.AGREED else "",
            due=due,
            created=now,
            mine=True,
        )
        with self._.store.begin() as tx:
            send_line(tx, line, now)
        return line

    def change_line(self, id: str, text: str) -> JointLine:
        """Change the words of a line of one's own; empty words remove it. Raises NotFound and NotAllowed."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            line = _line(tx, id)
            if not line.mine:
                raise NotAllowed("A line is changed by the one who wrote it.")
            kept = clean(text).text
            removed = not kept.strip()
            changed = replace(line, text=line.text if removed else kept, removed=removed, edited_at=now)
            send_line(tx, changed, now)
        return changed

    def tick_line(self, id: str, done: bool) -> JointLine:
        """Tick an agreed intention of either side, or take the tick back. Raises NotFound and NotAllowed."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            line = _line(tx, id)
            if line.kind is not LineKind.AGREED:
                raise NotAllowed("Only what was agreed can be ticked; this is a note.")
            return send_tick(tx, line, done, now)

    def _open_review(self, session: SessionKey, partner: str | None) -> Review:
        review = self.review(session, partner)
        if not review.ready:
            raise NotAllowed(f"Session {review.session} with {review.pair.partner} is not open on both sides yet.")
        return review

    # --- a partner who does not use Bothways ----------------------------------------------------------

    def type_reply(self, session: SessionKey, given: GivenReflection, partner: str | None = None) -> Review:
        """Take in what a partner who does not use Bothways answered by other means.

        The writer's own reflection must be sealed first, so that neither echoes the other. Raises NotAllowed
        where it is not, where the partner has sealed one already, or where the pair shares a space.
        """
        now = self._.clock.now()
        with self._.store.begin() as tx:
            pair = pair_named(tx, partner)
            key = str(session)
            own = [r for r in own_entries(tx, pair.id, key) if r.status is not Status.DRAFT]
            if pair.space is not None and pair.space.peer:
                raise NotAllowed(f"{pair.partner} writes in a journal of their own.")
            if not own:
                raise NotAllowed(
                    f"Your own reflection of session {key} is not sealed yet.",
                    "Seal it first, so that neither of you echoes the other.",
                )
            rows: list[tuple[Visibility, str]] = [(a.visibility, a.text) for a in given.answers]
            rows += [(i.visibility, i.text) for i in (*given.gains, *given.offers)]
            rows += [(i.visibility, i.text) for i in given.intentions]
            if any(visibility is Visibility.PRIVATE and text.strip() for visibility, text in rows):
                raise NotAllowed("A reply holds what the other shared with you; nothing in it is private.")
            if partner_entries(tx, pair.id, key):
                raise NotAllowed(f"There is a reply of {pair.partner}'s for session {key} already.")
            entry = self._typed_entry(tx, pair, own[0], given, now)
            tx.put(
                Received(
                    id=entry.id,
                    pair=pair.id,
                    session=key,
                    state=ReceivedState.OPENED,
                    sealed_at=now,
                    opened_at=now,
                    read_at=now,
                    entry=entry,
                    typed_here=True,
                )
            )
            reconcile(tx, own[0], now)
        return self.review(session, pair.partner)

    def partner_questions(self, session: SessionKey, partner: str | None = None) -> tuple[Stage, ...]:
        """The partner's form of the guide the writer used for a session: what to ask them."""
        store = self._.store
        pair = pair_named(store, partner)
        own = own_entries(store, pair.id, str(session))
        if not own:
            raise NotFound(f"You have not written for session {session}.")
        return self._partner_form(store, pair, own[0])

    def _partner_form(self, records: Records, pair: Pair, own: Reflection) -> tuple[Stage, ...]:
        context = GuideContext(
            writer=pair.partner,
            partner=me(records).name,
            role=own.role.other,
            date=own.day.isoformat(),
        )
        return self._.guides.form(own.guide, context).stages

    def _typed_entry(
        self, records: Records, pair: Pair, own: Reflection, given: GivenReflection, now: datetime
    ) -> SharedEntry:
        stages = self._partner_form(records, pair, own)
        answers = []
        for number, answer in enumerate(given.answers):
            stage = stages[number] if number < len(stages) else None
            if answer.text.strip():
                answers.append(
                    SharedAnswer(
                        id=new_id(8),
                        question=stage.question if stage else "",
                        stage=stage.key if stage else "",
                        stage_title=stage.title if stage else "",
                        text=answer.text,
                    )
                )
        role = own.role.other
        return SharedEntry(
            id=unused_id(records),
            session=own.session,
            author=pair.partner,
            role=role,
            guide=own.guide,
            sealed_at=now,
            salt="",
            answers=tuple(answers),
            gains=tuple(
                SharedItem(
                    id=new_id(8),
                    text=g.text,
                    kind=g.kind,
                    direction=Direction.TOGETHER if g.together else Direction.received_by(role),
                )
                for g in given.gains
            ),
            offers=tuple(SharedItem(id=new_id(8), text=o.text, kind=o.kind) for o in given.offers),
            intentions=tuple(
                SharedItem(id=new_id(8), text=i.text, owner=i.owner or pair.partner, due=i.due)
                for i in given.intentions
            ),
        )

    # --- what waits ----------------------------------------------------------------------------------

    def waiting(self) -> Waiting:
        """What Home shows: drafts, sealed ones waiting for the other, sessions to open, unread responses, and
        the writer's own promises that are open, soonest first."""
        store = self._.store
        # Only what waits is read: drafts, sealed ones, and those with a promise to keep.
        waits: list[dict[str, object]] = [{"status": Status.DRAFT}, {"status": Status.SEALED}, {"promises": True}]
        rows = {row for one in waits for row in store.facts(Reflection, "day", "created", "id", **one, deleted_at=None)}
        newest = sorted(rows, key=lambda row: row[:2], reverse=True)
        own = list(store.scan(Reflection, [str(row[2]) for row in newest]))
        pairs = {p.id: p for p in store.all(Pair)}
        writer = fold(me(store).name)
        unread = store.facts(Received, "pair", "session", read_at=None, state=ReceivedState.OPENED)
        ready = [(pairs[str(pair)], str(session)) for pair, session in unread if pair in pairs]
        due = [(i.text, i.due, i.owner, f"{r.id}:{i.id}") for r in own for i in r.intentions if i.done_at is None]
        due += [
            (line.text, line.due, line.owner, f"line:{line.id}")
            for line in store.find(JointLine, done_at=None, kind=LineKind.AGREED, removed=False)
            if fold(line.owner) in ("", writer)
        ]
        due.sort(key=lambda d: (d[1] is None, d[1] or date.max, d[0]))
        return Waiting(
            drafts=[r for r in own if r.status is Status.DRAFT],
            sealed=[r for r in own if r.status is Status.SEALED and r.pair],
            ready=sorted(ready, key=lambda row: order(row[1]), reverse=True),
            responses=store.find(Response, read_at=None, mine=False),
            due=due,
        )


def _owner(said: str, review: Review) -> str:
    name = one_line(said, 60)
    for known in (review.writer, review.pair.partner):
        if fold(name) == fold(known):
            return known
    if name:
        raise NotAllowed(
            f"{name} is not one of the two of you.", f"The owner is {review.writer} or {review.pair.partner}."
        )
    return review.writer


def _line(records: Records, id: str) -> JointLine:
    line = records.get(JointLine, id)
    if line is None or line.removed:
        raise NotFound(f"There is no line {id[:40]} on the joint page.")
    return line


def _own_state(sealed: list[Reflection]) -> SideState:
    if not sealed:
        return SideState.NOT_YET
    return SideState.OPEN if sealed[0].status is Status.OPEN else SideState.SEALED


def _their_state(theirs: list[Received]) -> SideState:
    if not theirs:
        return SideState.NOT_YET
    return SideState.OPEN if any(r.state is ReceivedState.OPENED for r in theirs) else SideState.SEALED
