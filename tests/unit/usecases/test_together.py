"""The joint side."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from journal.bootstrap import Bothways
from journal.clock import SetClock
from journal.errors import NotAllowed, NotFound
from journal.model import JointLine, LineKind, ResponseKind, SessionKey, Status, Visibility
from journal.usecases import SideState, read_given
from tests.conftest import PairOfTwo
from tests.unit.usecases.helpers import DAY, KEY, texts, write


@pytest.fixture
def opened(pair_of_two: PairOfTwo) -> PairOfTwo:
    """Both have sealed the first session, and it is open."""
    write(pair_of_two.ana, "ana one", seal=True, gains=[{"kind": "skill", "text": "saying no"}])
    write(pair_of_two.priya, "priya one", seal=True, offers=[{"kind": "skill", "text": "saying no"}])
    pair_of_two.sync()
    return pair_of_two


def test_a_session_nobody_wrote_for(ana: Bothways) -> None:
    with pytest.raises(NotFound, match="no session"):
        ana.together.review(KEY)


def test_a_draft_and_nothing_look_alike_to_the_other(pair_of_two: PairOfTwo) -> None:
    write(pair_of_two.ana, "draft")
    pair_of_two.sync()
    review = pair_of_two.ana.together.review(KEY)
    assert (review.my_state, review.their_state, review.ready) == (SideState.NOT_YET, SideState.NOT_YET, False)
    with pytest.raises(NotFound):
        pair_of_two.priya.together.review(KEY)


def test_the_review_of_an_open_session(opened: PairOfTwo) -> None:
    for app, mine, theirs in ((opened.ana, "ana one", "priya one"), (opened.priya, "priya one", "ana one")):
        review = app.together.review(KEY)
        assert review.ready
        assert (review.my_state, review.their_state) == (SideState.OPEN, SideState.OPEN)
        assert (texts(review.mine), texts(review.theirs)) == ([mine], [theirs])
        assert review.exchange is not None
        assert [g.text for g in review.exchange.seen_gains] == ["saying no"]
        assert review.questions


def test_nothing_joint_before_both_are_open(pair_of_two: PairOfTwo) -> None:
    ana = pair_of_two.ana
    write(ana, "x", seal=True)
    pair_of_two.sync()
    for attempt in (
        lambda: ana.together.respond(KEY, ResponseKind.THANKS),
        lambda: ana.together.note(KEY, "n"),
        lambda: ana.together.agree(KEY, "a"),
    ):
        with pytest.raises(NotAllowed, match="not open on both sides"):
            attempt()


def test_responses_travel_and_are_read(opened: PairOfTwo) -> None:
    ana, priya, _ = opened
    item = ana.together.review(KEY).theirs.answers[0].id  # type: ignore[union-attr]
    with pytest.raises(NotFound, match="nothing called"):
        ana.together.respond(KEY, ResponseKind.THANKS, item="nothing")
    with pytest.raises(NotAllowed, match="needs words"):
        ana.together.respond(KEY, ResponseKind.COMMENT, " \x00")
    ana.together.respond(KEY, ResponseKind.SURPRISED, item=item)
    ana.together.respond(KEY, ResponseKind.COMMENT, "tell me more")
    opened.sync()
    got = priya.together.review(KEY).responses
    assert {(r.kind, r.text, r.item, r.mine) for r in got} == {
        (ResponseKind.SURPRISED, "", item, False),
        (ResponseKind.COMMENT, "tell me more", "", False),
    }
    assert len(priya.together.waiting().responses) == 2
    priya.together.mark_read(priya.together.review(KEY))
    assert priya.together.waiting().responses == []
    assert priya.together.waiting().ready == []


def test_lines_are_changed_by_their_author_and_ticked_by_either(opened: PairOfTwo) -> None:
    ana, priya, _ = opened
    note = ana.together.note(KEY, "a note")
    agreed = ana.together.agree(KEY, "one no", due=date(2026, 11, 27))
    assert agreed.owner == "Ana"
    with pytest.raises(NotAllowed):
        ana.together.note(KEY, "  ")
    opened.sync()
    with pytest.raises(NotAllowed, match="one who wrote it"):
        priya.together.change_line(note.id, "mine now")
    with pytest.raises(NotAllowed, match="note"):
        priya.together.tick_line(note.id, True)
    priya.together.tick_line(agreed.id, True)
    ana.together.change_line(note.id, "a better note")
    opened.sync()
    for app in (ana, priya):
        review = app.together.review(KEY)
        assert [line.text for line in review.notes] == ["a better note"]
        assert review.agreed[0].done_at is not None
    removed = ana.together.change_line(note.id, " \n ")
    assert (removed.removed, removed.text) == (True, "a better note")
    opened.sync()
    assert priya.together.review(KEY).notes == ()
    assert "a better note" not in {line.text for line in priya.context.store.all(JointLine)}
    for id in (note.id, "nothing"):
        with pytest.raises(NotFound):
            ana.together.change_line(id, "x")


def test_the_last_tick_holds_whatever_the_clocks_say(opened: PairOfTwo, clock: SetClock) -> None:
    ana, priya, _ = opened
    line = ana.together.agree(KEY, "one no")
    opened.sync()
    clock.at += timedelta(hours=1)
    ana.together.tick_line(line.id, True)
    opened.sync()
    clock.at -= timedelta(hours=3)
    priya.together.tick_line(line.id, False)
    opened.sync()
    for app in (ana, priya):
        assert app.together.review(KEY).agreed[0].done_at is None


def test_two_ticks_in_the_same_second_end_alike(opened: PairOfTwo) -> None:
    ana, priya, _ = opened
    line = ana.together.agree(KEY, "one no")
    opened.sync()
    ana.together.tick_line(line.id, True)
    priya.together.tick_line(line.id, False)
    opened.sync()
    states = {app.together.review(KEY).agreed[0].done_at is None for app in (ana, priya)}
    assert states == {False}


# --- a partner without Bothways -----------------------------------------------------------------------


def test_a_typed_reply_opens_the_session(ana: Bothways) -> None:
    given = read_given(
        b'{"answers": ["from her mail", "", "and", "more", "free"], "gains": [{"kind": "skill", "text": "g"}]}',
        Visibility.SHARED,
    )
    r = write(ana, "mine")
    with pytest.raises(NotAllowed, match="not sealed"):
        ana.together.type_reply(KEY, given)
    ana.sealing.seal(r.id)
    review = ana.together.type_reply(KEY, given)
    assert review.ready
    assert texts(review.theirs) == ["from her mail", "and", "more", "free"]
    assert review.theirs is not None
    assert review.theirs.author == "Priya"
    assert review.theirs.answers[0].question == ana.together.partner_questions(KEY)[0].question
    assert ana.reading.get(r.id).status is Status.OPEN
    assert [h.author for h in ana.reading.search("mail")] == ["Priya"]
    with pytest.raises(NotAllowed, match="already"):
        ana.together.type_reply(KEY, given)
    with pytest.raises(NotAllowed, match="cannot be unsealed"):
        ana.sealing.unseal(r.id)


def test_no_reply_is_typed_for_a_partner_with_a_journal(pair_of_two: PairOfTwo) -> None:
    write(pair_of_two.ana, "mine", seal=True)
    with pytest.raises(NotAllowed, match="journal of their own"):
        pair_of_two.ana.together.type_reply(KEY, read_given(b'{"answers": ["x"]}'))


# --- what waits ---------------------------------------------------------------------------------------


def test_what_waits(opened: PairOfTwo) -> None:
    ana = opened.ana
    draft = write(ana, "draft", session=SessionKey(DAY, 2), intentions=[{"text": "later"}])
    sealed = write(
        ana, "sealed", session=SessionKey(DAY, 3), seal=True, intentions=[{"text": "soon", "due": "2026-11-21"}]
    )
    ana.together.agree(KEY, "between", due=date(2026, 11, 25))
    waiting = ana.together.waiting()
    assert [r.id for r in waiting.drafts] == [draft.id]
    assert [r.id for r in waiting.sealed] == [sealed.id]
    assert [key for _, key in waiting.ready] == [str(KEY)]
    assert [row[0] for row in waiting.due] == ["soon", "between", "later"]
    ana.writing.tick(sealed.id, sealed.intentions[0].id, True)
    assert [row[0] for row in ana.together.waiting().due] == ["between", "later"]
    assert ana.together.review(KEY).agreed[0].kind is LineKind.AGREED


def test_an_entry_read_alone_no_longer_waits(opened: PairOfTwo) -> None:
    ana, priya = opened.ana, opened.priya
    theirs = priya.reading.reflections()[0].id
    assert [key for _, key in ana.together.waiting().ready] == [str(KEY)]
    ana.together.mark_entry_read("nothing")
    ana.together.mark_entry_read(theirs)
    assert ana.together.waiting().ready == []


def test_lines_written_within_one_second_stay_in_order(opened: PairOfTwo) -> None:
    for number in range(12):
        opened.ana.together.note(KEY, f"line {number}")
    opened.sync(2)
    for side in (opened.ana, opened.priya):
        assert [n.text for n in side.together.review(KEY).notes] == [f"line {n}" for n in range(12)]
