"""Keys and kinds as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.errors import InvalidInput
from journal.model import Direction, GainKind, Role, SessionKey


@given(st.dates(), st.integers(1, 999))
def test_a_session_key_reads_what_it_writes(day: date, number: int) -> None:
    key = SessionKey(day, number)
    assert SessionKey.parse(str(key)) == key


def test_only_the_second_session_of_a_day_shows_its_number() -> None:
    assert str(SessionKey(date(2026, 11, 20))) == "2026-11-20"
    assert str(SessionKey(date(2026, 11, 20), 2)) == "2026-11-20/2"
    assert SessionKey.parse(" 2026-11-20/1 ") == SessionKey(date(2026, 11, 20))


@pytest.mark.parametrize(
    "text",
    ["", "today", "2026-13-01", "2026-02-30", "2026-11-20/0", "2026-11-20/x", "2026-11-20/1000", "0000-01-01",
     "2026-11-20/", "20261120", "٢٠٢٦-11-20", "2026-11-20/1٢", "2026-11-20\n/2"],
)  # fmt: skip
def test_other_texts_are_no_session(text: str) -> None:
    with pytest.raises(InvalidInput, match="not a session"):
        SessionKey.parse(text)


def test_sessions_sort_by_number_and_not_by_letter() -> None:
    keys = [SessionKey.parse(k) for k in ("2026-11-20/10", "2026-11-20/2", "2026-11-19")]
    assert [str(k) for k in sorted(keys)] == ["2026-11-19", "2026-11-20/2", "2026-11-20/10"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("knowledge", GainKind.KNOWLEDGE),
        (" Skill ", GainKind.SKILL),
        ("social", GainKind.SOCIAL_CAPITAL),
        ("social_capital", GainKind.SOCIAL_CAPITAL),
        ("SOCIAL-CAPITAL", GainKind.SOCIAL_CAPITAL),
        ("social \u00a0 capital", GainKind.SOCIAL_CAPITAL),
        ("psychosocial", GainKind.PSYCHOSOCIAL),
        ("psychosocial support", GainKind.PSYCHOSOCIAL),
        ("practice", GainKind.PRACTICE),
    ],
)
def test_kinds_are_read_as_people_type_them(word: str, kind: GainKind) -> None:
    assert GainKind.parse(word) is kind


@pytest.mark.parametrize("word", ["", " ", "capital", "skills", "knowledge skill", "money\x1b[2J"])
def test_an_unknown_kind_names_the_five(word: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        GainKind.parse(word)
    assert all(kind in refusal.value.hint for kind in GainKind)
    assert "\x1b" not in str(refusal.value)


def test_what_is_received_goes_towards_its_receiver() -> None:
    assert Direction.received_by(Role.MENTEE) is Direction.TO_MENTEE
    assert Direction.received_by(Role.MENTOR) is Direction.TO_MENTOR
    assert Role.MENTOR.other is Role.MENTEE
