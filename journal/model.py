"""The words of the product as immutable structs.

Every struct is frozen; a change is a new struct made with `msgspec.structs.replace`. Times are aware
datetimes; a session's date is the calendar day in its own time zone. Texts are kept exactly as typed
once `journal.text.clean` has let them in. Optional words are "" when absent, never None.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct, field

from journal.errors import InvalidInput


class Role(StrEnum):
    """Who the writer is in one session. Roles may swap from session to session."""

    MENTOR = "mentor"
    MENTEE = "mentee"

    @property
    def other(self) -> Role:
        return Role.MENTEE if self is Role.MENTOR else Role.MENTOR


class GainKind(StrEnum):
    """What sort of thing was received (Bozeman & Feeney 2007; `practice`: how I mentor or learn)."""

    KNOWLEDGE = "knowledge"
    SKILL = "skill"
    SOCIAL_CAPITAL = "social capital"
    PSYCHOSOCIAL = "psychosocial support"
    PRACTICE = "practice"

    @classmethod
    def parse(cls, word: str) -> GainKind:
        """Read a kind as people type it: any case, `_` or `-` for a space, the first word alone.

        Raises InvalidInput naming the five kinds.
        """
        folded = re.sub(r"[\s_-]+", " ", word).strip().casefold()
        for kind in cls:
            if folded and (folded == kind.value or folded == kind.value.split()[0]):
                return kind
        raise InvalidInput(f"There is no kind of gain called “{word[:40]}”.", f"The kinds are: {', '.join(cls)}.")


class Direction(StrEnum):
    """Which way something went."""

    TO_MENTEE = "mentor-to-mentee"
    TO_MENTOR = "mentee-to-mentor"
    TOGETHER = "together"

    @classmethod
    def received_by(cls, role: Role) -> Direction:
        """The direction of what a person in this role received."""
        return cls.TO_MENTEE if role is Role.MENTEE else cls.TO_MENTOR


class Visibility(StrEnum):
    PRIVATE = "private"
    SHARED = "shared"


class Source(StrEnum):
    """Who asked: the guide, the offline bank, the AI, or the writer."""

    GUIDE = "guide"
    BANK = "bank"
    AI = "ai"
    OWN = "own"


class Outcome(StrEnum):
    """What became of a question. `asked` means that it still waits for an answer."""

    ASKED = "asked"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    DISMISSED = "dismissed"


class Status(StrEnum):
    """Draft: being written. Sealed: handed in. Open: both sides sealed and these words were released."""

    DRAFT = "draft"
    SEALED = "sealed"
    OPEN = "open"


class Phase(StrEnum):
    """The phases of a mentorship (Kram 1983)."""

    INITIATION = "initiation"
    CULTIVATION = "cultivation"
    SEPARATION = "separation"
    REDEFINITION = "redefinition"


class ResponseKind(StrEnum):
    COMMENT = "comment"
    SURPRISED = "surprised"
    THANKS = "thanks"


class Step(StrEnum):
    """Where the writer stands in a reflection."""

    QUESTIONS = "questions"
    GAINS = "gains"
    OFFERS = "offers"
    INTENTIONS = "intentions"
    PREVIEW = "preview"


class SessionKey(Struct, frozen=True, order=True):
    """A pair's session: its date plus a number. Written `2026-11-20`, or `2026-11-20/2` from the second on."""

    date: date
    number: int = 1

    def __str__(self) -> str:
        return self.date.isoformat() + (f"/{self.number}" if self.number > 1 else "")

    @classmethod
    def parse(cls, text: str) -> SessionKey:
        """Read a key as `str` writes it. Raises InvalidInput."""
        match = re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:/([1-9][0-9]{0,2}))?", text.strip())
        if match:
            try:
                return cls(date.fromisoformat(match[1]), int(match[2] or 1))
            except ValueError:
                pass
        raise InvalidInput(
            f"“{text[:40]}” is not a session.", "A session is a date, or a date and a number: 2026-11-20/2."
        )


# --- people and pairs ------------------------------------------------------------------------------


class Person(Struct, frozen=True, kw_only=True):
    """The one who writes in this journal."""

    id: str
    name: str
    created: datetime


class SpaceLink(Struct, frozen=True, kw_only=True):
    """How a pair meets: a store both can reach. `me` and `peer` name each side's own folder in it.

    `invitation` is the text given to the partner while nobody has joined yet. `next_seq` and `last_sha`
    are the head of this side's chain of operations; `peer_seq` and `peer_sha` that of the partner's as
    far as it was applied.
    """

    url: str
    space: str
    me: str
    peer: str = ""
    invitation: str = ""
    next_seq: int = 1
    last_sha: str = ""
    peer_seq: int = 0
    peer_sha: str = ""
    synced_at: datetime | None = None


class Pair(Struct, frozen=True, kw_only=True):
    """One mentoring relationship, seen from the writer's side: the partner's name and the writer's usual role."""

    id: str
    partner: str
    role: Role
    created: datetime
    phase: Phase = Phase.CULTIVATION
    space: SpaceLink | None = None


class Session(Struct, frozen=True, kw_only=True):
    """One meeting of a pair. `id` is `<pair id>:<session key>`; both reflections hang on it."""

    id: str
    pair: str
    key: str
    timezone: str = ""
    agenda: str = ""
    phase: Phase | None = None


# --- one reflection --------------------------------------------------------------------------------


class Version(Struct, frozen=True, kw_only=True):
    """An earlier text of an answer, and when it was replaced."""

    text: str
    until: datetime


class Turn(Struct, frozen=True, kw_only=True):
    """A question, the answer, who may see it, and what became of it.

    `stage` is the guide's stage key, or "" for a question outside the guide. A follow-up names the turn it
    `follows` and the words of that answer it quotes in `quote` (a literal part of it, or "").
    """

    id: str
    question: str
    stage: str = ""
    stage_title: str = ""
    source: Source = Source.GUIDE
    move: str = ""
    follows: str = ""
    quote: str = ""
    answer: str = ""
    outcome: Outcome = Outcome.ASKED
    visibility: Visibility = Visibility.PRIVATE
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    earlier: tuple[Version, ...] = ()


class Gain(Struct, frozen=True, kw_only=True):
    """Something received. Only its receiver can write it."""

    id: str
    kind: GainKind
    direction: Direction
    text: str
    visibility: Visibility = Visibility.PRIVATE


class Offer(Struct, frozen=True, kw_only=True):
    """What the writer believes they gave. Never counted as a gain."""

    id: str
    kind: GainKind
    text: str
    visibility: Visibility = Visibility.PRIVATE


class Intention(Struct, frozen=True, kw_only=True):
    """An action someone means to take. `owner` is a name; `due` a calendar day."""

    id: str
    text: str
    owner: str
    due: date | None = None
    done_at: datetime | None = None
    visibility: Visibility = Visibility.PRIVATE


class Reflection(Struct, frozen=True, kw_only=True):
    """One person's entry for one session, or for none (a solo note: `pair` and `session` are "").

    `day` is the session's calendar day, or the note's. `at` is the id of the turn being answered, or "" past the last
    question. `offered` holds the ids of
    follow-ups already shown. `opened_early` says that the author opened their own words before the partner
    sealed. `deleted_at` marks a deletion that can still be undone.
    """

    id: str
    author: str
    role: Role
    guide: str
    day: date
    created: datetime
    updated: datetime
    timezone: str
    pair: str = ""
    session: str = ""
    title: str = ""
    language: str = "en"
    status: Status = Status.DRAFT
    step: Step = Step.QUESTIONS
    at: str = ""
    turns: tuple[Turn, ...] = ()
    gains: tuple[Gain, ...] = ()
    offers: tuple[Offer, ...] = ()
    intentions: tuple[Intention, ...] = ()
    offered: tuple[str, ...] = ()
    revision: int = 1
    sealed_at: datetime | None = None
    opened_at: datetime | None = None
    opened_early: bool = False
    edited_at: datetime | None = None
    deleted_at: datetime | None = None


class FollowUp(Struct, frozen=True, kw_only=True):
    """A question offered after an answer. `quote` stands literally in that answer, and in `text`, or is "".

    `id` is stable for the question's wording before the quotation, so that it is not asked twice.
    """

    id: str
    text: str
    move: str
    quote: str = ""
    source: Source = Source.BANK


# --- what the partner sees ---------------------------------------------------------------------------


class SharedAnswer(Struct, frozen=True, kw_only=True):
    """One answered question whose author shared it. `follows` names a shared answer of the same entry, or ""."""

    id: str
    question: str
    text: str
    stage: str = ""
    stage_title: str = ""
    source: Source = Source.GUIDE
    follows: str = ""


class SharedItem(Struct, frozen=True, kw_only=True):
    """A shared gain, offer or intention. `direction` is set for gains, `owner` and `due` for intentions."""

    id: str
    text: str
    kind: GainKind | None = None
    direction: Direction | None = None
    owner: str = ""
    due: date | None = None


class SharedEntry(Struct, frozen=True, kw_only=True):
    """What one side lets the other see of one reflection; built by `journal.reflection.share` alone.

    It holds shared, answered things only: private, skipped and unasked leave no trace in it, neither a gap
    nor a count. `salt` keeps its hash from confirming a guess.
    """

    id: str
    session: str
    author: str
    role: Role
    guide: str
    sealed_at: datetime
    salt: str
    language: str = "en"
    revision: int = 1
    edited_at: datetime | None = None
    answers: tuple[SharedAnswer, ...] = ()
    gains: tuple[SharedItem, ...] = ()
    offers: tuple[SharedItem, ...] = ()
    intentions: tuple[SharedItem, ...] = ()


class ReceivedState(StrEnum):
    """Sealed: announced, the words are not here. Held: here, but the writer has not sealed yet. Opened.

    Withdrawn: the partner took it back, and the words were dropped.
    """

    SEALED = "sealed"
    HELD = "held"
    OPENED = "opened"
    WITHDRAWN = "withdrawn"


class Received(Struct, frozen=True, kw_only=True):
    """The partner's entry as this journal knows it. `sha` is what their seal committed to.

    `typed_here` marks a reply the writer typed in or imported for a partner who does not use Bothways.
    """

    id: str
    pair: str
    session: str
    state: ReceivedState
    sha: str = ""
    sealed_at: datetime | None = None
    entry: SharedEntry | None = None
    opened_at: datetime | None = None
    read_at: datetime | None = None
    typed_here: bool = False


# --- the joint side ----------------------------------------------------------------------------------


class Response(Struct, frozen=True, kw_only=True):
    """A reply to an open entry, or to one item of it (`item`: the id of an answer, gain, offer or intention).

    `mine` tells whose it is; `entry` is the id of the reflection it replies to.
    """

    id: str
    pair: str
    session: str
    entry: str
    kind: ResponseKind
    created: datetime
    mine: bool
    item: str = ""
    text: str = ""
    read_at: datetime | None = None


class LineKind(StrEnum):
    NOTE = "note"
    AGREED = "agreed"


class JointLine(Struct, frozen=True, kw_only=True):
    """One line of a session's joint page: a note, or an intention both agreed. The page is the union of both
    sides' lines; a line is edited by its author, and ticked by either. `owner` is a name."""

    id: str
    pair: str
    session: str
    kind: LineKind
    text: str
    created: datetime
    mine: bool
    owner: str = ""
    due: date | None = None
    done_at: datetime | None = None
    ticked_at: datetime | None = None
    edited_at: datetime | None = None
    removed: bool = False


# --- what is to be sent ------------------------------------------------------------------------------


class Announced(Struct, frozen=True, kw_only=True):
    """What this side has told the partner about one of its reflections so far. `body` holds the bytes (JSON
    text) that the seal committed to; they leave only with the release."""

    id: str
    pair: str
    session: str
    sha: str
    body: str
    released: bool = False


class Outgoing(Struct, frozen=True, kw_only=True):
    """One object waiting to be put into the space. `id` sorts in sending order; `body` is JSON text.

    An empty `body` asks for the object to be deleted there.
    """

    id: str
    pair: str
    name: str
    body: str


# --- guides ------------------------------------------------------------------------------------------


class Stage(Struct, frozen=True, kw_only=True):
    """One stage of a guide's form: its standard name, its one question, a hint, and static follow-ups."""

    key: str
    title: str
    question: str
    hint: str = ""
    follow_ups: tuple[str, ...] = ()


class Form(Struct, frozen=True, kw_only=True):
    """A guide rendered for one side: the stages in order."""

    guide: str
    title: str
    stages: tuple[Stage, ...]
    language: str = "en"


class GuideInfo(Struct, frozen=True, kw_only=True):
    """What is known about a guide before it is rendered. `minutes` is how long it takes to answer."""

    key: str
    title: str
    summary: str
    source: str
    when: str = ""
    minutes: int = 10
    phases: tuple[Phase, ...] = ()
    path: str = field(default="")


class GuideContext(Struct, frozen=True, kw_only=True):
    """Everything a guide's template may use. It never holds what the partner has not shared.

    `writer` and `partner` are names; `partner` is "" in a solo note. `date` is the session's day in ISO
    form, or the note's. `intentions` are the writer's own open ones from earlier sessions; `agreed` those
    both agreed; `earlier` maps stage keys to the writer's answers in this reflection.
    """

    writer: str
    partner: str
    role: Role
    date: str
    solo: bool = False
    phase: str = ""
    intentions: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    earlier: dict[str, str] = field(default_factory=dict)
