"""Journals to export, written at set times with set ids, so that a page can be kept as a golden file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from msgspec import Struct

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.model import (
    Direction,
    Gain,
    GainKind,
    Intention,
    JointLine,
    LineKind,
    Offer,
    Outcome,
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
    Status,
    Turn,
    Version,
    Visibility,
)
from journal.usecases import Start, read_given

WHEN = datetime(2026, 11, 20, 19, 50, tzinfo=UTC)
SHARED, PRIVATE = Visibility.SHARED, Visibility.PRIVATE


def turn(id: str, answer: str, **fields: Any) -> Turn:
    """An answered question, private unless told otherwise."""
    values: dict[str, Any] = {
        "question": f"Question {id}?",
        "stage": "what",
        "stage_title": "What",
        "outcome": Outcome.ANSWERED,
        "asked_at": WHEN,
        "answered_at": WHEN,
    }
    return Turn(id=id, answer=answer, **(values | fields))


def reflection(id: str = "abc234", **fields: Any) -> Reflection:
    """The writer's reflection of the session of 20 November, sealed, unless told otherwise."""
    values: dict[str, Any] = {
        "author": "ana2ana2an",
        "role": Role.MENTEE,
        "guide": "what-so-what-now-what",
        "day": date(2026, 11, 20),
        "created": WHEN,
        "updated": WHEN,
        "timezone": "Europe/Lisbon",
        "pair": "pair22",
        "session": "2026-11-20",
        "status": Status.SEALED,
        "sealed_at": WHEN,
    }
    return Reflection(id=id, **(values | fields))


def solo(id: str = "note23", **fields: Any) -> Reflection:
    """A solo note, a draft."""
    values: dict[str, Any] = {"pair": "", "session": "", "status": Status.DRAFT, "sealed_at": None}
    return reflection(id, **(values | fields))


def entry(id: str = "pri234", **fields: Any) -> SharedEntry:
    """The partner's entry for the same session."""
    values: dict[str, Any] = {
        "session": "2026-11-20",
        "author": "Priya",
        "role": Role.MENTOR,
        "guide": "what-so-what-now-what",
        "sealed_at": WHEN,
        "salt": "salt",
    }
    return SharedEntry(id=id, **(values | fields))


def received(of: SharedEntry, state: ReceivedState = ReceivedState.OPENED, **fields: Any) -> Received:
    """The partner's entry as it lies here."""
    return Received(id=of.id, pair="pair22", session=of.session, state=state, entry=of, opened_at=WHEN, **fields)


class Journal(SimpleNamespace):
    """A journal on disk and its exporter."""

    app: Bothways
    folder: Path

    def put(self, *records: Struct) -> None:
        with self.app.context.store.begin() as tx:
            for record in records:
                tx.put(record)

    def write(self, start: Start | None = None, *, seal: bool = False, **given: Any) -> Reflection:
        return self.app.writing.write_all(start or Start(), read_given(json.dumps(given).encode()), seal=seal)

    def export(self, dest: Path | None = None, **options: Any) -> dict[str, str]:
        """Every exported file's text by name, after writing them."""
        dest = dest or self.folder.parent / "out"
        report = self.app.exporter.export_markdown(dest, **options)
        return {path.name: path.read_bytes().decode() for path in (*report.written, *report.unchanged)}


def make_journal(folder: Path, partner: str | None = "Priya") -> Journal:
    """Ana's empty journal in `folder`, with one pair or none."""
    app = build(folder, clock=SetClock(WHEN, "Europe/Lisbon"))
    app.context.store.create()
    journal = Journal(app=app, folder=folder)
    journal.put(Person(id="ana2ana2an", name="Ana", created=WHEN))
    if partner is not None:
        journal.put(Pair(id="pair22", partner=partner, role=Role.MENTEE, created=WHEN))
    return journal


def fill(journal: Journal) -> Journal:
    """One session, open on both sides, with everything in it that a page can show."""
    later = WHEN + timedelta(days=1)
    mine = reflection(
        title="The smaller thing",
        status=Status.OPEN,
        opened_at=later,
        edited_at=later,
        turns=(
            turn(
                "t2222222",
                "Priya walked me through how she says no. She never apologises; she offers a smaller thing "
                "with a date.\n\nI froze when we role-played it.",
                question="What stayed with you from the session with Priya?",
                visibility=SHARED,
            ),
            turn(
                "t3333333",
                "That she would stop liking me.",
                question="“I froze”: what was going through your mind just then?",
                source=Source.BANK,
                move="inner",
                follows="t2222222",
                quote="I froze",
            ),
            turn(
                "t4444444",
                "Nobody, so far. I never say it out loud.",
                question="Who would notice first if you stopped apologising?",
                source=Source.AI,
                follows="t2222222",
                visibility=SHARED,
            ),
            turn(
                "t5555555",
                "A no with a date is *kinder* than a late yes:\n\n```\nno, but by Friday\n```",
                question="What did you learn from that, about the work or about yourself?",
                stage="so-what",
                stage_title="So what",
                visibility=SHARED,
                earlier=(Version(text="A no is kinder.", until=later),),
            ),
            turn(
                "t6666666",
                "",
                question="What do you want to do next?",
                stage="now-what",
                stage_title="Now what",
                outcome=Outcome.SKIPPED,
            ),
            turn("t7777777", "Ask about the on-call rota.", question="", stage="", stage_title="", source=Source.OWN),
        ),
        gains=(
            Gain(
                id="g2222222",
                kind=GainKind.SKILL,
                direction=Direction.TO_MENTEE,
                text="Saying no with a smaller thing and a date",
                visibility=SHARED,
            ),
            Gain(
                id="g3333333",
                kind=GainKind.PSYCHOSOCIAL,
                direction=Direction.TO_MENTEE,
                text="She believes me when I say I am tired",
            ),
        ),
        offers=(Offer(id="o2222222", kind=GainKind.KNOWLEDGE, text="How the warehouse team works", visibility=SHARED),),
        intentions=(
            Intention(
                id="i2222222",
                text="One “no, but by Friday”",
                owner="Ana",
                due=date(2026, 11, 27),
                visibility=SHARED,
            ),
        ),
    )
    theirs = entry(
        answers=(
            SharedAnswer(
                id="p2222222",
                question="What stayed with you from the session with Ana?",
                text="Ana went quiet when I played the impatient colleague. I have been that colleague.",
                stage="what",
                stage_title="What",
            ),
        ),
        gains=(
            SharedItem(
                id="p3333333",
                kind=GainKind.PRACTICE,
                direction=Direction.TO_MENTOR,
                text="How juniors read my silence as anger",
            ),
            SharedItem(
                id="p4444444",
                kind=GainKind.PSYCHOSOCIAL,
                direction=Direction.TOGETHER,
                text="We laughed about the first role-play",
            ),
        ),
        offers=(SharedItem(id="p5555555", kind=GainKind.SKILL, text="How I decline without an apology"),),
    )
    place = {"pair": "pair22", "session": "2026-11-20"}
    journal.put(
        Session(
            id="pair22:2026-11-20", key="2026-11-20", pair="pair22", timezone="Europe/Lisbon", phase=Phase.CULTIVATION
        ),
        mine,
        received(theirs),
        Response(
            id="r2222222",
            entry="pri234",
            item="p3333333",
            kind=ResponseKind.COMMENT,
            created=later,
            mine=True,
            text="I never knew. I read it as thinking.",
            **place,
        ),
        Response(
            id="r3333333",
            entry="abc234",
            item="t2222222",
            kind=ResponseKind.THANKS,
            created=later + timedelta(minutes=1),
            mine=False,
            **place,
        ),
        JointLine(
            id="l2222222",
            kind=LineKind.NOTE,
            text="We both wrote about the silence.",
            created=later,
            mine=True,
            **place,
        ),
        JointLine(
            id="l3333333",
            kind=LineKind.AGREED,
            text="Swap the roles in the next role-play",
            owner="Priya",
            due=date(2026, 12, 4),
            created=later,
            mine=False,
            **place,
        ),
    )
    return journal
