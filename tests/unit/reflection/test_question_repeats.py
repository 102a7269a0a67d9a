"""A guide's own template may word a later question by an earlier answer; a private one must not leave that way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from journal.model import Outcome, Reflection, Role, Status, Turn, Visibility
from journal.reflection import shared_entry

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


def sealed(*turns: Turn) -> Reflection:
    return Reflection(
        id="abcdef",
        author="x",
        role=Role.MENTEE,
        guide="own",
        day=date(2026, 11, 20),
        created=NOW,
        updated=NOW,
        timezone="UTC",
        pair="p",
        session="2026-11-20",
        status=Status.SEALED,
        sealed_at=NOW,
        turns=turns,
    )


def entry(private: str, question: str) -> str:
    turns = (
        Turn(id="a", question="What happened?", answer=private, outcome=Outcome.ANSWERED),
        Turn(
            id="b",
            question=question,
            stage="so-what",
            stage_title="So what",
            answer="shared",
            outcome=Outcome.ANSWERED,
            visibility=Visibility.SHARED,
        ),
    )
    return shared_entry(sealed(*turns), "Ana", "salt").answers[0].question


@pytest.mark.parametrize(
    ("private", "question"),
    [
        ("I was afraid she would fire me", "You wrote “I was afraid she would fire me”: what did you learn?"),
        ("Yesterday I was afraid she would go.", "You were “afraid she would go”. Then what?"),
        ("AFRAID", "What did you learn from being “afraid”?"),
        ("Ich hätte fast geweint", "„Ich hatte fast geweint“: und dann?"),
    ],
)
def test_a_question_that_repeats_private_words_is_replaced_by_its_stages_name(private: str, question: str) -> None:
    assert entry(private, question) == "So what"


@pytest.mark.parametrize("private", ["yes", "I learned a lot from her", "What happened was long ago"])
def test_an_ordinary_question_stays(private: str) -> None:
    question = "What did you learn from that, about the work or about yourself?"
    assert entry(private, question) == question


def test_a_follow_up_no_longer_quotes_what_its_answer_no_longer_says() -> None:
    def question(now: str) -> str:
        parent = Turn(id="a", question="What?", answer=now, outcome=Outcome.ANSWERED, visibility=Visibility.SHARED)
        child = Turn(
            id="b",
            question="“my hands were shaking”: what was that like?",
            stage_title="What",
            follows="a",
            quote="my hands were shaking",
            answer="Bad.",
            outcome=Outcome.ANSWERED,
            visibility=Visibility.SHARED,
        )
        return shared_entry(sealed(parent, child), "Ana", "salt").answers[1].question

    assert "shaking" in question("I froze, my hands were shaking.")
    assert question("Nothing special happened.") == "What"
