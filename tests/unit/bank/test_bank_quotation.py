"""Quotations: whole phrases, literally the writer's, fit to stand alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.bank import Bank
from journal.bank.quotation import FEWEST, MOST, quotable, quotations
from journal.bank.sentences import sentences
from journal.model import FollowUp, Role

Ask = Callable[..., list[FollowUp]]


def quoted(answer: str) -> list[str]:
    return [one.text for sentence in sentences(answer) for one in quotations(answer, sentence)]


PIECES = st.sampled_from(
    [
        "I froze", "when she asked me", ", but", "because", "we talked about it", '"you must stop"', "`code`",
        "(see below)", "\n", "\n\n", "- ", ". ", "? ", ": ", "http://x.org/a", "I always say yes",
        "then I realised that", "my mentor said no", "— ", "😅", "שלום", "I’m not sure", "don't", "…",
        "*bold*", "``", "”", "“", "Hey everyone!", "the plan is clear", "next week I will try", "and", "\t", "\u202e",
        "\x07", "[ ]", "1.", "I was nervous", "```",
    ]
)  # fmt: skip
ANSWERS = st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=300)


@settings(max_examples=150, deadline=None)
@given(answer=ANSWERS)
def test_every_quotation_is_a_literal_whole_part_of_one_line(bank: Bank, answer: str) -> None:
    for one in bank.follow_ups(answer, question="What happened?", role=Role.MENTOR):
        assert one.text.isprintable()
        if one.quote:
            assert one.quote in answer
            assert f"“{one.quote}”" in one.text
            assert "\n" not in one.quote
            assert "\r" not in one.quote
            assert FEWEST <= len(one.quote.split()) <= MOST
            assert one.quote == one.quote.strip()
            assert quotable(one.quote)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("I froze when we role-played it.", "I froze when we role-played it"),
        ("However, I was not well at all.", "I was not well at all"),
        ("After the lesson, she told me to wait.", "she told me to wait"),
        ("I realised that I talk too much.", "I talk too much"),
        ("- Wrote tests for the new parser", "Wrote tests for the new parser"),
        ("I don’t know what she meant", "I don’t know what she meant"),
    ],
)
def test_whole_phrases_are_found(answer: str, expected: str) -> None:
    assert expected in quoted(answer)


@pytest.mark.parametrize(
    ("answer", "unwanted"),
    [
        ("I don't think that I am good at this.", "I am good at this"),
        ("It was not because I was lazy.", "I was lazy"),
        ("If I were braver, I would ask.", "I were braver"),
        ("Before I could answer, he left.", "I could answer"),
        ("I said I would never do it.", "I said"),
        ("I know that.", "I know"),
    ],
)
def test_a_cut_that_changes_the_meaning_is_not_made(answer: str, unwanted: str) -> None:
    assert unwanted not in quoted(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "Hey everyone!",
        "Thank you for reading, see you next week!",
        "See https://example.org for what I did",
        "```\nI wrote this in code\n```",
        ">>> I = 3",
        "> I quote an older mail here",
        "As you can see below:",
        "Why did I do it?",
        "I think about how to kill myself",
        'She said "I am not a fool"',
        ".. note:: I am a directive",
        "I saw (and then",
    ],
)
def test_junk_is_never_quoted(answer: str) -> None:
    assert quoted(answer) == []


def test_wrapped_lines_are_not_cut_in_the_middle_of_a_sentence() -> None:
    answer = "Addressed the reviews of all the team members and of the\nmentors, added new features"
    assert quoted(answer) == []


def test_the_curly_apostrophe_is_kept_as_typed(ask: Ask) -> None:
    answer = "I’m never sure whether she’s pleased with me."
    assert any("I’m never sure" in one.quote for one in ask(answer))
