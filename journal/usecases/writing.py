"""Writing a reflection: start, answer, skip, follow up, go back, edit, resume, move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace

from journal import reflection as rules
from journal.errors import InvalidInput, NotAllowed, NotFound
from journal.ids import new_id
from journal.model import (
    Announced,
    FollowUp,
    Form,
    GainKind,
    GuideContext,
    Outcome,
    Pair,
    Reflection,
    Role,
    Session,
    SessionKey,
    Status,
    Step,
    Turn,
    Visibility,
)
from journal.ports import Records, Transaction
from journal.text import clean, one_line
from journal.usecases.announce import own_entries, reconcile
from journal.usecases.context import (
    Context,
    me,
    open_agreed,
    open_intentions,
    pair_named,
    session_id,
    unused_id,
)
from journal.usecases.given import GivenReflection

DEFAULT_GUIDE = "what-so-what-now-what"


def _inner_id() -> str:
    # Ids inside a reflection travel to the partner, so they are random: a count would show gaps.
    return new_id(8)


class Start(Struct, frozen=True, kw_only=True):
    """What the writer said about a reflection to be started. What is None is left to the rules."""

    guide: str | None = None
    role: Role | None = None
    partner: str | None = None
    day: date | None = None
    session: SessionKey | None = None
    solo: bool = False
    title: str = ""


class Writing:
    """A draft, from the first question to the last intention. Every method stores before it returns."""

    def __init__(self, context: Context, default_guide: str = DEFAULT_GUIDE) -> None:
        self._ = context
        self.default_guide = default_guide

    # --- starting ------------------------------------------------------------------------------------

    def start(self, start: Start) -> Reflection:
        """Begin a reflection and ask its first question.

        Raises InvalidInput, NotFound, Ambiguous, NotAllowed (already written for that session), GuideError.
        """
        with self._.store.begin() as tx:
            reflection = self._prepare(tx, start)
            tx.put(reflection)
        return reflection

    def resumable(self, start: Start) -> Reflection | None:
        """The newest draft that fits everything the writer said, if there is one."""
        wanted = None if start.solo else self._pair_for(self._.store, start)
        said: dict[str, object] = {
            "session": str(start.session) if start.session else None,
            "day": start.day,
            "guide": start.guide,
            "role": start.role,
        }
        rows = self._.store.facts(
            Reflection,
            "updated",
            "id",
            status=Status.DRAFT,
            deleted_at=None,
            pair=wanted.id if wanted else "",
            **{name: value for name, value in said.items() if value},
        )
        for draft in self._.store.scan(Reflection, [str(id) for _, id in sorted(rows, reverse=True)]):
            if not start.title or draft.title == one_line(start.title):
                return draft
        return None

    def write_all(self, start: Start, given: GivenReflection, *, seal: bool = False) -> Reflection:
        """Store a whole reflection at once, in one commit, and seal it where asked.

        Answers take the guide's stages in order; what is left over becomes free turns. Raises what `start`
        raises; nothing is stored then.
        """
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = self._prepare(tx, start)
            new = _inner_id
            for answer in given.answers:
                if not reflection.at:
                    reflection = rules.ask_own(reflection, "", now=now, new_id=new)
                turn = rules.turn_of(reflection, reflection.at)
                reflection = rules.answer(reflection, turn.id, answer.text, now=now)
                if answer.visibility is Visibility.SHARED and answer.text.strip():
                    turns = tuple(
                        replace(t, visibility=Visibility.SHARED) if t.id == turn.id else t for t in reflection.turns
                    )
                    reflection = replace(reflection, turns=turns)
                reflection = rules.advance(reflection, self._form(tx, reflection), now=now, new_id=new)
            for gain in given.gains:
                reflection = rules.add_gain(
                    reflection,
                    gain.kind,
                    gain.text,
                    now=now,
                    new_id=new,
                    together=gain.together,
                    visibility=gain.visibility,
                )
            for offer in given.offers:
                reflection = rules.add_offer(
                    reflection, offer.kind, offer.text, now=now, new_id=new, visibility=offer.visibility
                )
            for intention in given.intentions:
                reflection = rules.add_intention(
                    reflection,
                    intention.text,
                    owner=intention.owner or me(tx).name,
                    due=intention.due,
                    now=now,
                    new_id=new,
                    visibility=intention.visibility,
                )
            if seal:
                reflection = replace(reflection, status=Status.SEALED, sealed_at=now, step=Step.PREVIEW, at="")
            return reconcile(tx, reflection, now)

    def _pair_for(self, records: Records, start: Start) -> Pair | None:
        if start.solo:
            if start.session or start.partner:
                raise InvalidInput("A solo note belongs to no session and no pair.", "Leave out --session and --with.")
            return None
        return pair_named(records, start.partner)

    def _prepare(self, tx: Transaction, start: Start) -> Reflection:
        now = self._.clock.now()
        author = me(tx)
        pair = self._pair_for(tx, start)
        guide = self._.guides.info(start.guide or self.default_guide).key
        if start.session and start.day and start.session.date != start.day:
            raise InvalidInput(f"Session {start.session} is not on {start.day}.", "Give one of the two.")
        day = start.session.date if start.session else start.day or now.date()
        role = start.role or (pair.role if pair else self._usual_role(tx))
        reflection = Reflection(
            id=unused_id(tx),
            author=author.id,
            role=role,
            guide=guide,
            day=day,
            title=one_line(start.title),
            created=now,
            updated=now,
            timezone=self._.clock.timezone(),
        )
        if pair:
            key = start.session or self._next_session(tx, pair, day)
            taken = own_entries(tx, pair.id, str(key))
            if taken:
                raise NotAllowed(
                    f"You have already written for session {key}: {taken[0].id}.",
                    f"Go on with --resume {taken[0].id}, or leave out --session to start the next one.",
                )
            reflection = replace(reflection, pair=pair.id, session=str(key))
            self._ensure_session(tx, reflection, pair)
        form = self._form(tx, reflection)
        return rules.begin(reflection, form, now=now, new_id=_inner_id)

    def _usual_role(self, records: Records) -> Role:
        pairs = records.all(Pair)
        return pairs[0].role if pairs else Role.MENTEE

    def _next_session(self, records: Records, pair: Pair, day: date) -> SessionKey:
        known = sorted(key for s in records.find(Session, pair=pair.id) if (key := SessionKey.parse(s.key)).date == day)
        for key in known:
            if not own_entries(records, pair.id, str(key)):
                return key
        # Nobody else's session is open to it: the lowest free number, at which two who never compared meet.
        number = 1
        while SessionKey(day, number) in known:
            number += 1
        return SessionKey(day, number)

    def _ensure_session(self, tx: Transaction, reflection: Reflection, pair: Pair) -> None:
        id = session_id(pair.id, reflection.session)
        if tx.get(Session, id) is None:
            tx.put(
                Session(
                    id=id,
                    pair=pair.id,
                    key=reflection.session,
                    timezone=reflection.timezone,
                    phase=pair.phase,
                )
            )

    # --- going on ------------------------------------------------------------------------------------

    def form(self, reflection: Reflection) -> Form:
        """The guide's form for this reflection, worded by what is known now."""
        return self._form(self._.store, reflection)

    def _form(self, records: Records, reflection: Reflection) -> Form:
        return self._.guides.form(reflection.guide, self.context(records, reflection))

    def context(self, records: Records, reflection: Reflection) -> GuideContext:
        """What the guide's template may know: never anything the partner has not shared."""
        pair = records.get(Pair, reflection.pair) if reflection.pair else None
        session = records.get(Session, session_id(reflection.pair, reflection.session)) if reflection.session else None
        phase = (session.phase if session else None) or (pair.phase if pair else None)
        return GuideContext(
            writer=me(records).name,
            partner=pair.partner if pair else "",
            role=reflection.role,
            date=reflection.day.isoformat(),
            solo=pair is None,
            phase=phase.value if phase else "",
            intentions=open_intentions(records, reflection.pair, before=reflection.id) if pair else (),
            agreed=open_agreed(records, reflection.pair, before=reflection.session) if pair else (),
            earlier={
                t.stage: t.answer
                for t in reflection.turns
                if t.stage and not t.follows and t.outcome is Outcome.ANSWERED
            },
        )

    def change(
        self, id: str, rule: Callable[[Reflection, datetime], Reflection], *, draft_slot: str | None = None
    ) -> Reflection:
        """Apply a rule to the stored reflection in one commit, then forget the half-typed words it used up."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            changed = rule(reflection, now)
            if changed != reflection:
                if changed.status is Status.DRAFT:
                    tx.put(changed)
                else:
                    changed = reconcile(tx, changed, now)
        if draft_slot is not None:
            self._.drafts.discard(id, draft_slot)
        return changed

    def _ask(self, reflection: Reflection, now: datetime) -> Reflection:
        return rules.advance(
            reflection,
            self._form(self._.store, reflection),
            now=now,
            new_id=_inner_id,
        )

    def answer(self, id: str, turn_id: str, text: str) -> Reflection:
        """Store an answer and go on to what is due next. Blank counts as skipping.

        Raises NotAllowed in a sealed reflection.
        """
        kept = clean(text).text

        def rule(reflection: Reflection, now: datetime) -> Reflection:
            rules.go_to(reflection, turn_id)
            return self._ask(rules.answer(reflection, turn_id, kept, now=now), now)

        return self.change(id, rule, draft_slot=turn_id)

    def skip(self, id: str, turn_id: str) -> Reflection:
        """Leave a question unanswered and go on."""
        return self.change(
            id,
            lambda r, now: self._ask(rules.skip(r, turn_id, now=now), now),
            draft_slot=turn_id,
        )

    def follow_up(self, id: str, turn_id: str, follow_up: FollowUp) -> Reflection:
        """Ask an offered follow-up to the answer of `turn_id`, and go to it."""
        return self.change(
            id,
            lambda r, now: rules.ask_follow_up(r, turn_id, follow_up, now=now, new_id=_inner_id),
        )

    def ask(self, id: str, question: str) -> Reflection:
        """Add a question of the writer's own, and go to it."""
        kept = one_line(question, 500)
        return self.change(id, lambda r, now: rules.ask_own(r, kept, now=now, new_id=_inner_id))

    def offered(self, id: str, follow_ups: list[FollowUp]) -> Reflection:
        """Remember which follow-ups were shown."""
        return self.change(id, lambda r, now: rules.dismiss(r, follow_ups))

    def back(self, id: str) -> Reflection:
        """Go one place back."""
        return self.change(id, lambda r, now: rules.back(r))

    def go_to(self, id: str, turn_id: str) -> Reflection:
        """Go to a question that was asked before."""
        return self.change(id, lambda r, now: rules.go_to(r, turn_id))

    def go_to_step(self, id: str, step: Step) -> Reflection:
        """Go to a closing step, or back to the last question."""
        return self.change(id, lambda r, now: rules.go_to_step(r, step))

    def resume(self, id: str) -> Reflection:
        """The stored draft, at the question it was left at. Raises NotFound and NotAllowed."""
        reflection = stored(self._.store, id)
        if reflection.status is not Status.DRAFT:
            raise NotAllowed(
                f"{reflection.id} is {reflection.status}, not a draft.",
                f"Read it with: bothways show {reflection.id}",
            )
        return reflection

    def edit(self, id: str, turn_id: str, text: str) -> Reflection:
        """Change an answer of a draft, or of an open reflection, where it becomes a new revision that shows it
        was edited. The earlier text is kept. Raises NotAllowed while it is sealed, and for blank words."""
        kept = clean(text).text

        def rule(reflection: Reflection, now: datetime) -> Reflection:
            if reflection.status is Status.SEALED:
                raise NotAllowed(
                    f"{id} is sealed: its words are settled until both sides have opened it.",
                    f"Unseal it first, while that is possible: bothways unseal {id}",
                )
            if not kept.strip():
                raise NotAllowed(
                    "An answer cannot be changed into nothing.",
                    "Change its words, or delete the whole reflection; that can be undone.",
                )
            return rules.answer(reflection, turn_id, kept, now=now)

        return self.change(id, rule, draft_slot=turn_id)

    def add_gain(self, id: str, kind: GainKind, text: str, *, together: bool = False) -> Reflection:
        """Add something received."""
        kept = clean(text).text
        return self.change(
            id,
            lambda r, now: rules.add_gain(r, kind, kept, now=now, new_id=_inner_id, together=together),
        )

    def add_offer(self, id: str, kind: GainKind, text: str) -> Reflection:
        """Add something the writer believes they gave."""
        kept = clean(text).text
        return self.change(
            id,
            lambda r, now: rules.add_offer(r, kind, kept, now=now, new_id=_inner_id),
        )

    def add_intention(self, id: str, text: str, due: date | None = None) -> Reflection:
        """Add something the writer means to do."""
        kept, owner = clean(text).text, me(self._.store).name
        return self.change(
            id,
            lambda r, now: rules.add_intention(r, kept, owner=owner, due=due, now=now, new_id=_inner_id),
        )

    def remove_item(self, id: str, item_id: str) -> Reflection:
        """Take a gain, offer or intention out of a draft."""
        return self.change(id, lambda r, now: rules.remove_item(r, item_id, now=now))

    def tick(self, id: str, intention_id: str, done: bool) -> Reflection:
        """Mark one of the writer's intentions as done or not; that stays in this journal."""
        with self._.store.begin() as tx:
            changed = rules.tick(stored(tx, id), intention_id, done, now=self._.clock.now())
            tx.put(changed)
        return changed

    def set_title(self, id: str, title: str) -> Reflection:
        """Change the title, which only the writer sees."""
        with self._.store.begin() as tx:
            changed = replace(stored(tx, id), title=one_line(title))
            tx.put(changed)
        return changed

    def move(self, id: str, session: SessionKey) -> Reflection:
        """Hang a reflection on another session, as long as its words have not been released.

        Raises NotAllowed once released, for a solo note, or where the writer has written for that session.
        """
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            pair = tx.get(Pair, reflection.pair) if reflection.pair else None
            if pair is None:
                raise NotAllowed(f"{id} is a solo note: it belongs to no session.")
            told = tx.get(Announced, id)
            if reflection.status is Status.OPEN or (told is not None and told.released):
                raise NotAllowed(f"{id} is open: it can no longer be moved.")
            if any(other.id != id for other in own_entries(tx, pair.id, str(session))):
                raise NotAllowed(f"You have already written for session {session}.")
            reflection = replace(reflection, session=str(session), day=session.date, updated=now)
            self._ensure_session(tx, reflection, pair)
            return reconcile(tx, reflection, now)

    def words(self, reflection: Reflection) -> list[Turn]:
        """The turns worth reading: answered ones."""
        return [t for t in reflection.turns if t.outcome is Outcome.ANSWERED]


def stored(records: Records, id: str) -> Reflection:
    """The reflection with exactly this id, not deleted. Raises NotFound."""
    reflection = records.get(Reflection, id)
    if reflection is None or reflection.deleted_at is not None:
        raise NotFound(f"There is no reflection {id} in this journal.", "See them with: bothways list")
    return reflection
