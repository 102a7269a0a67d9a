"""Reflections of realistic size, the same for every contender."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from journal.model import (
    Intention,
    Outcome,
    Pair,
    Person,
    Reflection,
    Role,
    Session,
    SessionKey,
    Status,
    Turn,
)
from journal.store import TinyStore
from journal.store.lines import Commit, encode_commit
from journal.store.log import put_op

START = datetime(1980, 1, 1, 9, 0, tzinfo=UTC)
RARE = "heliotrope"
"""A word that one reflection in 200 holds."""

_WORDS = (
    "the a to and I of in it that was she he my we for not with on as but at this what how when asked told said "
    "felt froze listened question answer silence meeting review deadline feedback trust because instead before after "
    "again smaller offer promise week Friday team project mentor plan talk idea learn notice try help wrote thought "
    "patient nervous proud angry tired clear honest slow first next last maybe really enough about without between"
).split()


def reflections(count: int) -> list[Reflection]:
    """`count` reflections of about 2.9 KB of JSON, three a day; the last 20 have an open intention."""
    chance = random.Random(20261120)
    made = []
    for number in range(count):
        day = (START + timedelta(days=number // 3)).date()
        turns = []
        for turn in range(4):
            words = chance.choices(_WORDS, k=72)
            if turn == 1 and number % 200 == 17:
                words[30] = RARE
            turns.append(
                Turn(
                    id=f"{number:x}t{turn}",
                    question="What stayed with you from the session?",
                    stage=f"stage-{turn}",
                    stage_title="What",
                    answer=" ".join(words),
                    outcome=Outcome.ANSWERED,
                    answered_at=START,
                )
            )
        late = number >= count - 20
        made.append(
            Reflection(
                id=f"r{number:06d}",
                author="me",
                role=Role.MENTEE,
                guide="what-so-what-now-what",
                day=day,
                created=START + timedelta(hours=8 * number),
                updated=START + timedelta(hours=8 * number),
                timezone="UTC",
                pair="pp",
                session=str(SessionKey(day, number % 3 + 1)),
                status=Status.SEALED if late else Status.OPEN,
                turns=tuple(turns),
                intentions=(Intention(id="i", text=" ".join(words[:8]), owner="Ana", done_at=None if late else START),),
            )
        )
    return made


def text_of(reflection: Reflection) -> str:
    """What a journal of plain text would hold of it."""
    return "\n".join(turn.answer for turn in reflection.turns)


def fill(folder: Path, made: list[Reflection]) -> TinyStore:
    """A journal with these reflections, one commit each."""
    store = TinyStore(folder)
    store.create()
    with store.begin() as tx:
        tx.put(Person(id="me", name="Ana", created=START))
        tx.put(Pair(id="pp", partner="Priya", role=Role.MENTEE, created=START))
    log = store.log
    with log.lock():
        log.refresh()
        lines, commits = [], []
        for number, reflection in enumerate(made, start=log.seq + 1):
            session = Session(id=f"pp:{reflection.session}", pair="pp", key=reflection.session)
            ops = [
                put_op("sessions", session.id, msgspec.json.encode(session)),
                put_op("reflections", reflection.id, msgspec.json.encode(reflection)),
            ]
            lines.append(encode_commit(number, ops))
            commits.append(Commit(number, ops))
        log.append(b"".join(lines), commits)
    log.save_hints()
    return store
