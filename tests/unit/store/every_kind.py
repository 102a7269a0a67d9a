"""A journal with every kind of record in it, the same at every making: what the kept fixture was written by.

To keep one for a later version: `write_journal(Path("tests/fixtures/journal-v…"))` from a Python prompt.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from msgspec import Struct

from journal.model import (
    Announced,
    Direction,
    Gain,
    GainKind,
    Intention,
    JointLine,
    LineKind,
    Offer,
    Outcome,
    Outgoing,
    Pair,
    Person,
    Phase,
    Received,
    ReceivedState,
    Reflection,
    Response,
    ResponseKind,
    Role,
    Session,
    SharedAnswer,
    SharedEntry,
    SharedItem,
    Source,
    SpaceLink,
    Status,
    Step,
    Turn,
    Version,
    Visibility,
)

AT = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)
KEY = "2026-11-20"

ENTRY = SharedEntry(
    id="pri222",
    session=KEY,
    author="Priya",
    role=Role.MENTOR,
    guide="exchange",
    sealed_at=AT,
    salt="s" * 26,
    revision=2,
    edited_at=AT,
    answers=(
        SharedAnswer(
            id="a1", question="What did you learn?", text="She went quiet.", stage="received", stage_title="R"
        ),
        SharedAnswer(id="a2", question="“quiet”?", text="As I did.", source=Source.BANK, follows="a1"),
    ),
    gains=(
        SharedItem(id="g1", text="how juniors read silence", kind=GainKind.KNOWLEDGE, direction=Direction.TO_MENTOR),
    ),
    offers=(SharedItem(id="o1", text="declining kindly", kind=GainKind.SKILL),),
    intentions=(SharedItem(id="i1", text="ask first", owner="Priya", due=date(2026, 12, 1)),),
)

RECORDS: tuple[Struct, ...] = (
    Person(id="anaperson2", name="Ana", created=AT),
    Pair(
        id="pair22",
        partner="Priya",
        role=Role.MENTEE,
        created=AT,
        phase=Phase.INITIATION,
        space=SpaceLink(url="/shared", space="s" * 16, me="m" * 16, peer="p" * 16, next_seq=3, last_sha="a", peer_seq=2,
                        peer_sha="b", synced_at=AT),
    ),
    Pair(id="pair33", partner="Bea", role=Role.MENTOR, created=AT),
    Session(id=f"pair22:{KEY}", pair="pair22", key=KEY, timezone="Europe/Lisbon", agenda="Saying no",
            phase=Phase.INITIATION),
    Reflection(
        id="ana222",
        author="anaperson2",
        role=Role.MENTEE,
        guide="exchange",
        day=DAY,
        created=AT,
        updated=AT,
        timezone="Europe/Lisbon",
        pair="pair22",
        session=KEY,
        title="The day I froze",
        status=Status.OPEN,
        step=Step.PREVIEW,
        turns=(
            Turn(
                id="t1",
                question="What did you learn from Priya?",
                stage="received",
                stage_title="Received",
                answer="I froze ❄ “שלום”\n\n---\n# not a heading  ",
                outcome=Outcome.ANSWERED,
                visibility=Visibility.SHARED,
                asked_at=AT,
                answered_at=AT,
                earlier=(Version(text="I was cold", until=AT),),
            ),
            Turn(id="t2", question="“I froze”: why?", source=Source.AI, move="feeling", follows="t1", quote="I froze",
                 answer="PRIVATE fear", outcome=Outcome.ANSWERED),
            Turn(id="t3", question="Mine?", source=Source.OWN, outcome=Outcome.SKIPPED),
        ),
        gains=(Gain(id="g2", kind=GainKind.SOCIAL_CAPITAL, direction=Direction.TOGETHER, text="a contact"),),
        offers=(Offer(id="o2", kind=GainKind.PRACTICE, text="an honest word", visibility=Visibility.SHARED),),
        intentions=(Intention(id="i2", text="one no", owner="Ana", due=date(2026, 11, 27), done_at=AT),),
        offered=("bank-1", "bank-2"),
        revision=2,
        sealed_at=AT,
        opened_at=AT,
        opened_early=True,
        edited_at=AT,
    ),
    Reflection(id="solo22", author="anaperson2", role=Role.MENTEE, guide="exchange", day=DAY, created=AT, updated=AT,
               timezone="UTC+0100", deleted_at=AT, at="t9", turns=(Turn(id="t9", question="Waiting?"),)),
    Received(id="pri222", pair="pair22", session=KEY, state=ReceivedState.OPENED, sha="c", sealed_at=AT, entry=ENTRY,
             opened_at=AT, read_at=AT),
    Received(id="pri333", pair="pair22", session=f"{KEY}/2", state=ReceivedState.WITHDRAWN, typed_here=True),
    Response(id="resp222222", pair="pair22", session=KEY, entry="pri222", kind=ResponseKind.COMMENT, created=AT,
             mine=True, item="a1", text="So did I.", read_at=AT),
    JointLine(id="line222222", pair="pair22", session=KEY, kind=LineKind.AGREED, text="one “no, but by Friday”",
              created=AT, mine=False, owner="Ana", due=date(2026, 11, 27), done_at=AT, ticked_at=AT, edited_at=AT),
    Announced(id="ana222", pair="pair22", session=KEY, sha="d", body=msgspec.json.encode(ENTRY).decode(),
              released=True),
    Outgoing(id="0000000001-pair22", pair="pair22", name="v1/s/m/op/1.json", body="{}"),
)  # fmt: skip
