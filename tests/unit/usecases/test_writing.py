"""Starting, answering, resuming, moving; and everything at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.errors import Ambiguous, BothwaysError, InvalidInput, NotAllowed, NotFound
from journal.model import FollowUp, GainKind, Outcome, Reflection, Role, SessionKey, Status, Step, Visibility
from journal.ports import DraftText
from journal.usecases import Start, read_given
from tests.conftest import PairOfTwo
from tests.unit.usecases.helpers import DAY, KEY, write

SECOND = SessionKey(DAY, 2)


def stored(app: Bothways) -> list[Reflection]:
    return app.context.store.all(Reflection)


def test_a_reflection_begins_with_its_first_question(ana: Bothways) -> None:
    r = ana.writing.start(Start())
    assert (r.session, r.day, r.role, r.guide) == ("2026-11-20", DAY, Role.MENTEE, "what-so-what-now-what")
    assert "Priya" in r.turns[0].question
    assert r.at == r.turns[0].id
    assert r.timezone == "Europe/Lisbon"
    assert stored(ana) == [r]


def test_the_next_session_is_the_first_one_not_written_for(ana: Bothways) -> None:
    first = ana.writing.start(Start())
    assert ana.writing.start(Start()).session == "2026-11-20/2"
    assert ana.writing.start(Start(session=SessionKey(DAY, 4))).session == "2026-11-20/4"
    assert ana.writing.start(Start()).session == "2026-11-20/3"
    assert ana.writing.start(Start(day=date(2026, 11, 19))).session == "2026-11-19"
    ana.sealing.delete([first.id])
    assert ana.writing.start(Start()).session == "2026-11-20"


def test_two_people_meet_without_comparing_numbers(ana: Bothways, priya: Bothways) -> None:
    for _ in range(2):
        assert ana.writing.start(Start()).session == priya.writing.start(Start()).session


def test_a_session_that_is_taken_is_refused_and_nothing_stored(ana: Bothways) -> None:
    first = ana.writing.start(Start(session=KEY))
    with pytest.raises(NotAllowed, match=first.id):
        ana.writing.start(Start(session=KEY))
    with pytest.raises(InvalidInput, match="not on"):
        ana.writing.start(Start(session=KEY, day=date(2026, 11, 21)))
    with pytest.raises(NotFound, match="no guide"):
        ana.writing.start(Start(guide="nothing"))
    with pytest.raises(NotFound, match="no pair"):
        ana.writing.start(Start(partner="Bea"))
    assert stored(ana) == [first]


def test_a_solo_note_belongs_to_nobody(ana: Bothways) -> None:
    r = ana.writing.start(Start(solo=True, title="  a\nnote "))
    assert (r.pair, r.session, r.title) == ("", "", "a note")
    for wrong in (Start(solo=True, session=KEY), Start(solo=True, partner="Priya")):
        with pytest.raises(InvalidInput, match="solo"):
            ana.writing.start(wrong)


def test_with_several_pairs_one_must_be_named(ana: Bothways) -> None:
    ana.people.add_pair("Bea", Role.MENTOR)
    with pytest.raises(Ambiguous, match="Priya, Bea"):
        ana.writing.start(Start())
    assert ana.writing.start(Start(partner="bea")).role is Role.MENTOR
    assert ana.writing.start(Start(partner="PRIYA")).role is Role.MENTEE


def test_the_newest_fitting_draft_is_taken_up(ana: Bothways, clock: SetClock) -> None:
    assert ana.writing.resumable(Start()) is None
    first = ana.writing.start(Start())
    clock.at += timedelta(minutes=1)
    second = ana.writing.start(Start(guide="exchange", role=Role.MENTOR))
    assert ana.writing.resumable(Start()) == second
    assert ana.writing.resumable(Start(session=KEY)) == first
    assert ana.writing.resumable(Start(guide="exchange")) == second
    assert ana.writing.resumable(Start(role=Role.MENTEE)) == first
    assert ana.writing.resumable(Start(day=date(2026, 1, 1))) is None
    assert ana.writing.resumable(Start(solo=True)) is None
    ana.sealing.delete([second.id])
    ana.sealing.seal(first.id)
    assert ana.writing.resumable(Start()) is None


def test_answering_step_by_step_survives_a_new_program(ana: Bothways, clock: SetClock) -> None:
    r = ana.writing.start(Start())
    ana.drafts.save(r.id, r.at, DraftText(text="half", cursor=(0, 4)))
    r = ana.writing.answer(r.id, r.at, "I froze\r\nthen")
    assert r.turns[0].answer == "I froze\nthen"
    assert ana.drafts.load(r.id) == {}
    follow = FollowUp(id="f", text="“I froze”: why?", move="m", quote="I froze")
    r = ana.writing.follow_up(r.id, r.turns[0].id, follow)
    assert r.turns[1].follows == r.turns[0].id
    r = ana.writing.skip(r.id, r.at)
    assert r.turns[1].outcome is Outcome.DISMISSED
    r = ana.writing.ask(r.id, "And her?")
    r = ana.writing.add_gain(r.id, GainKind.SKILL, "no")
    r = ana.writing.add_offer(r.id, GainKind.SKILL, "yes")
    r = ana.writing.add_intention(r.id, "write", date(2026, 12, 1))
    assert r.intentions[0].owner == "Ana"
    again = build(ana.folder, clock=clock).writing.resume(r.id)
    assert again == r
    assert not any(item.shared for item in ana.sealing.preview(r.id).items)


def test_an_unknown_turn_or_reflection_changes_nothing(ana: Bothways) -> None:
    r = ana.writing.start(Start())
    attempts: tuple[Callable[[], object], ...] = (
        lambda: ana.writing.answer(r.id, "nothing", "x"),
        lambda: ana.writing.answer("nothing", r.at, "x"),
        lambda: ana.writing.follow_up(r.id, r.at, FollowUp(id="f", text="?", move="m")),
        lambda: ana.writing.add_gain(r.id, GainKind.SKILL, " \x00 "),
        lambda: ana.writing.remove_item(r.id, "nothing"),
    )
    for attempt in attempts:
        with pytest.raises(BothwaysError):
            attempt()
    assert stored(ana) == [r]


# --- all at once --------------------------------------------------------------------------------------


def test_everything_given_is_kept(ana: Bothways) -> None:
    answers = [f"answer {n}" for n in range(7)]
    r = write(
        ana,
        *answers,
        gains=[{"kind": "skill", "text": "g"}],
        offers=[{"kind": "skill", "text": "o", "visibility": "private"}],
        intentions=[{"text": "i", "due": "2026-12-01"}],
        visibility="shared",
    )
    assert [t.answer for t in r.turns] == answers
    stages = [t.stage for t in r.turns]
    assert all(stages[:3])
    assert not any(stages[3:])
    assert all(t.outcome is Outcome.ANSWERED and t.visibility is Visibility.SHARED for t in r.turns)
    assert (r.gains[0].visibility, r.offers[0].visibility) == (Visibility.SHARED, Visibility.PRIVATE)
    assert r.intentions[0].owner == "Ana"
    assert (r.status, r.step, r.at) == (Status.DRAFT, Step.GAINS, "")


def test_fewer_answers_leave_the_next_question_waiting(ana: Bothways) -> None:
    r = write(ana, "one", "")
    assert [t.outcome for t in r.turns] == [Outcome.ANSWERED, Outcome.SKIPPED, Outcome.ASKED]
    assert r.at == r.turns[2].id


def test_silent_about_visibility_is_private(ana: Bothways) -> None:
    r = ana.writing.write_all(Start(), read_given(b'{"answers": ["x", "y"]}'), seal=True)
    assert r.status is Status.SEALED
    preview = ana.sealing.preview(r.id)
    assert preview.entry is not None
    assert preview.entry.answers == ()


def test_it_never_resumes_and_stores_nothing_when_refused(ana: Bothways) -> None:
    draft = ana.writing.start(Start())
    assert write(ana, "x").id != draft.id
    before = stored(ana)
    for wrong in (
        Start(session=KEY), Start(guide="nothing"), Start(partner="Bea"), Start(solo=True, session=KEY),
    ):  # fmt: skip
        with pytest.raises(BothwaysError):
            write(ana, "x", start=wrong, seal=True)
    assert stored(ana) == before


def test_a_huge_answer_is_kept_exactly(ana: Bothways) -> None:
    text = "wörd 😀 " * 100_000
    r = write(ana, text)
    assert ana.reading.get(r.id).turns[0].answer == text


# --- later --------------------------------------------------------------------------------------------


def test_an_edit_keeps_the_earlier_words_and_is_refused_while_sealed(ana: Bothways) -> None:
    r = write(ana, "first")
    r = ana.writing.edit(r.id, r.turns[0].id, "second")
    assert [v.text for v in r.turns[0].earlier] == ["first"]
    ana.sealing.seal(r.id)
    with pytest.raises(NotAllowed, match="sealed"):
        ana.writing.edit(r.id, r.turns[0].id, "third")
    with pytest.raises(NotAllowed):
        ana.writing.answer(r.id, r.turns[0].id, "third")
    assert ana.reading.get(r.id).turns[0].answer == "second"


def test_moving_before_opening(ana: Bothways) -> None:
    first, second = write(ana, "x"), write(ana, "y", seal=True)
    with pytest.raises(NotAllowed, match="already written"):
        ana.writing.move(first.id, SECOND)
    moved = ana.writing.move(second.id, SessionKey(date(2026, 11, 18)))
    assert (moved.session, moved.day, moved.status) == ("2026-11-18", date(2026, 11, 18), Status.SEALED)
    assert [s.key for s in ana.together.sessions(ana.people.pair())] == ["2026-11-20", "2026-11-18"]
    assert ana.writing.move(first.id, KEY).session == "2026-11-20"
    solo = ana.writing.start(Start(solo=True))
    with pytest.raises(NotAllowed, match="solo"):
        ana.writing.move(solo.id, KEY)


def test_two_windows_answer_different_questions(ana: Bothways, clock: SetClock) -> None:
    r = write(ana, "one", "two")
    other = build(ana.folder, clock=clock)
    ana.writing.edit(r.id, r.turns[0].id, "ONE")
    other.writing.edit(r.id, r.turns[1].id, "TWO")
    assert [t.answer for t in ana.reading.get(r.id).turns[:2]] == ["ONE", "TWO"]


# --- who writes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "  ", "\x00\x1b", "x" * 61, "x" * 60 + " y"])
def test_names_that_cannot_be_used(tmp_path: Path, name: str) -> None:
    app = build(tmp_path / "j")
    attempts: tuple[Callable[[], object], ...] = (
        lambda: app.people.init(name, Role.MENTEE),
        lambda: app.people.init("Ana", Role.MENTEE, name),
    )
    for attempt in attempts:
        with pytest.raises(InvalidInput):
            attempt()
    assert not (tmp_path / "j").exists()


def test_names_are_one_clean_line(tmp_path: Path) -> None:
    app = build(tmp_path / "j")
    person, pair = app.people.init(" A\x1b[31mna\n", Role.MENTEE, "Pri\tya")
    assert person.name == "A[31mna"
    assert pair is not None
    assert pair.partner == "Pri ya"
    with pytest.raises(NotAllowed, match="already belongs"):
        app.people.init("Eva", Role.MENTOR)
    with pytest.raises(NotAllowed, match="already have"):
        app.people.add_pair("PRI YA", Role.MENTOR)
    with pytest.raises(NotAllowed, match="different names"):
        app.people.add_pair("a[31mNA", Role.MENTOR)


def test_a_thousand_reflections_stay_quick(ana: Bothways) -> None:
    import time

    first = write(ana, "needle in the first")
    with ana.context.store.begin() as tx:
        from msgspec.structs import replace

        for n in range(1000):
            day = DAY - timedelta(days=n + 1)
            tx.put(replace(first, id=f"r{n:05d}", day=day, session=day.isoformat()))
    started = time.perf_counter()
    assert len(ana.together.sessions(ana.people.pair())) == 1
    assert len(ana.reading.search("needle")) == 1001
    write(ana, "one", "two", "three")
    ana.together.waiting()
    assert time.perf_counter() - started < 5


def test_a_session_the_partner_has_begun_comes_first(pair_of_two: PairOfTwo) -> None:
    write(pair_of_two.ana, "a", session=SessionKey(DAY, 3), seal=True)
    pair_of_two.sync(2)
    assert pair_of_two.priya.writing.start(Start()).session == "2026-11-20/3"
    assert pair_of_two.priya.writing.start(Start()).session == "2026-11-20"
