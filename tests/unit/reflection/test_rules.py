"""Single rules worth naming."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count

import pytest
from msgspec.structs import replace

from journal import reflection as rules
from journal.errors import NotAllowed, NotFound
from journal.model import Direction, FollowUp, Form, GainKind, Outcome, Reflection, Role, Stage, Status, Step

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
FORM = Form(
    guide="g", title="G", stages=(Stage(key="a", title="A", question="a?"), Stage(key="b", title="B", question="b?"))
)
numbers = count(1)


def new_id() -> str:
    return f"i{next(numbers)}"


@pytest.fixture
def fresh() -> Reflection:
    empty = Reflection(
        id="r", author="a", role=Role.MENTEE, guide="g", day=date(2026, 11, 20), created=NOW, updated=NOW,
        timezone="UTC", pair="p", session="2026-11-20",
    )  # fmt: skip
    return rules.begin(empty, FORM, now=NOW, new_id=new_id)


def ask(reflection: Reflection, parent: str, text: str = "more?") -> Reflection:
    follow = FollowUp(id=new_id(), text=text, move="m")
    return rules.ask_follow_up(reflection, parent, follow, now=NOW, new_id=new_id)


def test_answers_lead_through_the_stages_to_the_gains(fresh: Reflection) -> None:
    r = rules.answer(fresh, fresh.at, "one", now=NOW)
    r = rules.advance(r, FORM, now=NOW, new_id=new_id)
    assert rules.progress(r, FORM) == [("A", True, False), ("B", False, True)]
    r = rules.skip(r, r.at, now=NOW)
    r = rules.advance(r, FORM, now=NOW, new_id=new_id)
    assert (r.step, r.at) == (Step.GAINS, "")
    assert rules.progress(r, FORM) == [("A", True, False), ("B", True, False)]


def test_a_changed_answer_keeps_the_earlier_text(fresh: Reflection) -> None:
    r = rules.answer(fresh, fresh.at, "first", now=NOW)
    r = rules.answer(r, fresh.at, "second", now=LATER)
    assert [(v.text, v.until) for v in r.turns[0].earlier] == [("first", LATER)]
    assert rules.answer(r, fresh.at, "second", now=LATER) is r


def test_an_emptied_answer_takes_its_follow_ups_out_of_sight(fresh: Reflection) -> None:
    top = fresh.at
    r = rules.answer(fresh, top, "I froze", now=NOW)
    r = ask(r, top, "“I froze”: why?")
    middle = r.at
    r = rules.answer(r, middle, "fear", now=NOW)
    r = ask(r, middle, "“fear” of what?")
    r = rules.answer(r, r.at, "of her", now=NOW)
    r = rules.choose(r, {t.id for t in r.turns})
    sealed = replace(r, status=Status.SEALED, sealed_at=NOW)
    assert len(rules.shared_entry(sealed, "Ana", "").answers) == 3
    emptied = rules.answer(r, top, " ", now=NOW)
    assert rules.visible_items(emptied) == []
    assert rules.shared_entry(replace(emptied, sealed_at=NOW), "Ana", "").answers == ()
    assert rules.choose(emptied, {i.id for i in rules.visible_items(emptied)})


def test_a_second_follow_up_comes_behind_the_whole_family_of_the_first(fresh: Reflection) -> None:
    top = fresh.at
    r = ask(rules.answer(fresh, top, "x", now=NOW), top, "first")
    child = r.at
    r = ask(rules.answer(r, child, "y", now=NOW), child, "first's own")
    r = rules.answer(r, r.at, "z", now=NOW)
    r = rules.advance(r, FORM, now=NOW, new_id=new_id)
    r = ask(r, top, "second")
    assert [t.question for t in r.turns] == ["a?", "first", "first's own", "second", "b?"]


def test_a_follow_up_is_shared_only_with_what_it_follows(fresh: Reflection) -> None:
    top = fresh.at
    r = ask(rules.answer(fresh, top, "x", now=NOW), top)
    child = r.at
    r = rules.answer(r, child, "y", now=NOW)
    with pytest.raises(NotAllowed, match="follow-up"):
        rules.choose(r, {child})
    with pytest.raises(NotFound):
        rules.choose(r, {"nothing"})


def test_private_skipped_and_unasked_look_alike(fresh: Reflection) -> None:
    first = rules.answer(fresh, fresh.at, "shown", now=NOW)
    asked = rules.advance(first, FORM, now=NOW, new_id=new_id)
    skipped = rules.skip(asked, asked.at, now=NOW)
    private = rules.answer(asked, asked.at, "PRIVATE", now=NOW)
    entries = {
        rules.shared_entry(replace(rules.choose(r, {fresh.at}), sealed_at=NOW), "Ana", "")
        for r in (first, asked, skipped, private)
    }
    assert len(entries) == 1


def test_an_edit_the_partner_cannot_see_leaves_no_trace(fresh: Reflection) -> None:
    r = replace(rules.answer(fresh, fresh.at, "private", now=NOW), status=Status.OPEN, sealed_at=NOW)
    edited = rules.answer(r, fresh.at, "more private", now=LATER)
    assert (edited.revision, edited.edited_at) == (r.revision, None)
    assert rules.shared_entry(edited, "Ana", "") == rules.shared_entry(r, "Ana", "")


def test_nothing_unsealed_and_no_solo_note_is_shared(fresh: Reflection) -> None:
    with pytest.raises(NotAllowed):
        rules.shared_entry(fresh, "Ana", "")
    with pytest.raises(NotAllowed):
        rules.shared_entry(replace(fresh, sealed_at=NOW, session=""), "Ana", "")


def test_gains_go_towards_their_writer_or_together(fresh: Reflection) -> None:
    r = rules.add_gain(fresh, GainKind.SKILL, "x", now=NOW, new_id=new_id)
    r = rules.add_gain(r, GainKind.SKILL, "y", now=NOW, new_id=new_id, together=True)
    assert [g.direction for g in r.gains] == [Direction.TO_MENTEE, Direction.TOGETHER]
    mentor = rules.add_gain(replace(fresh, role=Role.MENTOR), GainKind.SKILL, "x", now=NOW, new_id=new_id)
    assert mentor.gains[0].direction is Direction.TO_MENTOR


def test_ticking_is_possible_in_every_status(fresh: Reflection) -> None:
    r = rules.add_intention(fresh, "write", owner="Ana", now=NOW, new_id=new_id)
    for status in Status:
        done = rules.tick(replace(r, status=status), r.intentions[0].id, True, now=LATER)
        assert done.intentions[0].done_at == LATER
        assert rules.tick(done, r.intentions[0].id, False, now=LATER).intentions[0].done_at is None
    with pytest.raises(NotFound):
        rules.tick(r, "nothing", True, now=NOW)


def test_a_question_dismissed_or_skipped(fresh: Reflection) -> None:
    r = rules.answer(fresh, fresh.at, "x", now=NOW)
    r = ask(r, fresh.at)
    r = rules.skip(r, r.at, now=NOW)
    assert [t.outcome for t in r.turns] == [Outcome.ANSWERED, Outcome.DISMISSED]
