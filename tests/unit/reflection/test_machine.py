"""A reflection under any sequence of steps, beside a simple model of what must hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace

from journal import reflection as rules
from journal.errors import BothwaysError, NotAllowed
from journal.model import (
    FollowUp,
    Form,
    Gain,
    GainKind,
    Intention,
    Offer,
    Outcome,
    Reflection,
    Role,
    Source,
    Stage,
    Status,
    Step,
    Visibility,
)

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
FORM = Form(
    guide="g", title="G", stages=tuple(Stage(key=k, title=k.title(), question=f"{k}?") for k in ("one", "two", "three"))
)
texts = st.text("ab \n", max_size=4)


def _items(r: Reflection) -> list[Gain | Offer | Intention]:
    return [*r.gains, *r.offers, *r.intentions]


class Machine(RuleBasedStateMachine):
    @initialize()
    def start(self) -> None:
        self.numbers = count(1)
        self.typed: set[str] = set()
        self.items: dict[str, str] = {}
        self.families: dict[str, list[str]] = {}
        fresh = Reflection(
            id="r", author="a", role=Role.MENTEE, guide="g", day=date(2026, 11, 20), created=NOW, updated=NOW,
            timezone="UTC", pair="p", session="2026-11-20",
        )  # fmt: skip
        self.r = rules.begin(fresh, FORM, now=NOW, new_id=self.new_id)

    def new_id(self) -> str:
        return f"i{next(self.numbers)}"

    def pick(self, n: int) -> str:
        return self.r.turns[n % len(self.r.turns)].id

    @property
    def draft(self) -> bool:
        return self.r.status is Status.DRAFT

    @precondition(lambda self: self.draft)
    @rule(n=st.integers(0, 20), text=texts, go_on=st.booleans())
    def answer(self, n: int, text: str, go_on: bool) -> None:
        turn = self.r.at or self.pick(n)
        self.r = rules.answer(self.r, turn, text, now=NOW)
        self.typed.add(text)
        if go_on:
            self.r = rules.advance(self.r, FORM, now=NOW, new_id=self.new_id)

    @precondition(lambda self: not self.draft)
    @rule(n=st.integers(0, 20), text=texts)
    def edit_when_handed_in(self, n: int, text: str) -> None:
        before = self.r
        turn = rules.turn_of(self.r, self.pick(n))
        if self.r.status is Status.SEALED:
            with pytest.raises(NotAllowed):
                rules.answer(self.r, turn.id, text, now=NOW)
            return
        self.r = rules.answer(self.r, turn.id, text, now=NOW)
        self.typed.add(text)
        seen = [replace(rules.shared_entry(r, "Ana", ""), revision=0, edited_at=None) for r in (before, self.r)]
        assert (self.r.revision > before.revision) == (seen[0] != seen[1])

    @precondition(lambda self: self.draft)
    @rule(n=st.integers(0, 20))
    def skip(self, n: int) -> None:
        turn = rules.turn_of(self.r, self.pick(n))
        self.r = rules.skip(self.r, turn.id, now=NOW)
        after = rules.turn_of(self.r, turn.id)
        assert after.answer == turn.answer
        assert after.outcome is not Outcome.ASKED

    @precondition(lambda self: self.draft)
    @rule(n=st.integers(0, 20), source=st.sampled_from([Source.BANK, Source.AI]))
    def ask_follow_up(self, n: int, source: Source) -> None:
        self.follow_up(n, source)

    def follow_up(self, n: int, source: Source) -> None:
        parent = rules.turn_of(self.r, self.pick(n))
        follow = FollowUp(
            id=self.new_id(), text=f"more on {parent.answer}?", move="m", quote=parent.answer, source=source
        )
        if parent.outcome is not Outcome.ANSWERED:
            with pytest.raises(NotAllowed):
                rules.ask_follow_up(self.r, parent.id, follow, now=NOW, new_id=self.new_id)
            return
        self.r = rules.ask_follow_up(self.r, parent.id, follow, now=NOW, new_id=self.new_id)
        self.families.setdefault(parent.id, []).append(self.r.at)
        assert follow.id in self.r.offered

    @precondition(lambda self: self.draft)
    @rule(n=st.integers(0, 20))
    def dig_deeper(self, n: int) -> None:
        turn = self.pick(n)
        self.r = rules.answer(self.r, turn, "a", now=NOW)
        self.typed.add("a")
        self.follow_up(n, Source.BANK)

    @precondition(lambda self: self.draft)
    @rule(question=texts)
    def ask_own(self, question: str) -> None:
        self.r = rules.ask_own(self.r, question, now=NOW, new_id=self.new_id)
        assert self.r.turns[-1].id == self.r.at

    @precondition(lambda self: self.draft)
    @rule(n=st.integers(0, 20))
    def go_to(self, n: int) -> None:
        self.r = rules.go_to(self.r, self.pick(n))

    @precondition(lambda self: self.draft)
    @rule(step=st.sampled_from(Step))
    def go_to_step(self, step: Step) -> None:
        self.r = rules.go_to_step(self.r, step)
        assert self.r.step is step

    @precondition(lambda self: self.draft)
    @rule()
    def back_to_the_beginning(self) -> None:
        places = [(self.r.step, self.r.at)]
        while (earlier := rules.back(self.r)) != self.r:
            self.r = earlier
            places.append((self.r.step, self.r.at))
            assert len(places) == len(set(places))
        assert self.r.at == self.r.turns[0].id

    @precondition(lambda self: self.draft)
    @rule(text=texts, what=st.sampled_from(["gain", "offer", "intention"]), shared=st.booleans())
    def add(self, text: str, what: str, shared: bool) -> None:
        seen = Visibility.SHARED if shared else Visibility.PRIVATE
        before = {i.id for i in rules.visible_items(self.r)}
        try:
            if what == "gain":
                self.r = rules.add_gain(self.r, GainKind.SKILL, text, now=NOW, new_id=self.new_id, visibility=seen)
            elif what == "offer":
                self.r = rules.add_offer(self.r, GainKind.SKILL, text, now=NOW, new_id=self.new_id, visibility=seen)
            else:
                self.r = rules.add_intention(self.r, text, owner="Ana", now=NOW, new_id=self.new_id, visibility=seen)
        except BothwaysError:
            assert not text.strip()
            return
        (new,) = {i.id for i in rules.visible_items(self.r)} - before
        self.items[new] = text

    @precondition(lambda self: self.draft and self.items)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        gone = data.draw(st.sampled_from(sorted(self.items)))
        self.r = rules.remove_item(self.r, gone, now=NOW)
        del self.items[gone]

    @precondition(lambda self: self.draft)
    @rule(data=st.data())
    def choose(self, data: st.DataObject) -> None:
        items = rules.visible_items(self.r)
        wanted = {i.id for i in items if data.draw(st.booleans())}
        possible = all(not i.needs or i.needs in wanted for i in items if i.id in wanted)
        if not possible:
            with pytest.raises(NotAllowed):
                rules.choose(self.r, wanted)
            return
        self.r = rules.choose(self.r, wanted)
        assert {i.id for i in rules.visible_items(self.r) if i.shared} == wanted

    @precondition(lambda self: self.draft)
    @rule()
    def share_everything(self) -> None:
        self.r = rules.choose(self.r, {i.id for i in rules.visible_items(self.r)})

    @precondition(lambda self: self.draft)
    @rule()
    def seal(self) -> None:
        self.r = replace(self.r, status=Status.SEALED, sealed_at=NOW, at="", step=Step.PREVIEW)

    @precondition(lambda self: self.r.status is Status.SEALED)
    @rule(opened=st.booleans())
    def open_or_unseal(self, opened: bool) -> None:
        if opened:
            self.r = replace(self.r, status=Status.OPEN)
        else:
            self.r = replace(self.r, status=Status.DRAFT, sealed_at=None)

    @precondition(lambda self: not self.draft)
    @rule()
    def nothing_else_is_possible_once_handed_in(self) -> None:
        first = self.r.turns[0].id
        attempts: tuple[Callable[[], object], ...] = (
            lambda: rules.skip(self.r, first, now=NOW),
            lambda: rules.back(self.r),
            lambda: rules.go_to(self.r, first),
            lambda: rules.go_to_step(self.r, Step.GAINS),
            lambda: rules.ask_own(self.r, "q", now=NOW, new_id=self.new_id),
            lambda: rules.add_gain(self.r, GainKind.SKILL, "x", now=NOW, new_id=self.new_id),
            lambda: rules.remove_item(self.r, "x", now=NOW),
        )
        for attempt in attempts:
            with pytest.raises(NotAllowed):
                attempt()

    # --- what must always hold ---------------------------------------------------------------------

    @invariant()
    def no_word_is_lost(self) -> None:
        kept = {t.answer for t in self.r.turns} | {v.text for t in self.r.turns for v in t.earlier}
        assert {text for text in self.typed if text} <= kept
        held = {i.id: i.text for i in _items(self.r)}
        assert held == self.items

    @invariant()
    def the_place_is_a_place(self) -> None:
        ids = {t.id for t in self.r.turns}
        assert self.r.at in ids | {""}
        assert (self.r.at == "") == (self.r.step is not Step.QUESTIONS)

    @invariant()
    def every_stage_is_asked_once_and_in_order(self) -> None:
        asked = [t.stage for t in self.r.turns if t.source is Source.GUIDE]
        assert asked == [s.key for s in FORM.stages][: len(asked)]

    @invariant()
    def follow_ups_stand_behind_what_they_follow(self) -> None:
        ids = [t.id for t in self.r.turns]
        for parent, children in self.families.items():
            assert [i for i in ids if i in children] == children
            assert ids.index(children[0]) == ids.index(parent) + 1
        for place, turn in enumerate(self.r.turns):
            family = {turn.id}
            for other in self.r.turns:
                if other.follows in family:
                    family.add(other.id)
            assert set(ids[place : place + len(family)]) == family

    @invariant()
    def the_partner_sees_shared_answers_alone(self) -> None:
        entry = rules.shared_entry(replace(self.r, sealed_at=NOW), "Ana", "")
        by_id = {t.id: t for t in self.r.turns}
        seen = {a.id for a in entry.answers}
        for shown in entry.answers:
            turn = by_id[shown.id]
            assert turn.outcome is Outcome.ANSWERED
            assert turn.visibility is Visibility.SHARED
            assert shown.text == turn.answer
            assert shown.text.strip()
            assert not shown.follows or shown.follows in seen
        rows = {i.id: i for i in _items(self.r)}
        shared = {id for id, row in rows.items() if row.visibility is Visibility.SHARED}
        assert {i.id for i in (*entry.gains, *entry.offers, *entry.intentions)} == shared
        chosen = {i.id for i in rules.visible_items(self.r) if i.shared}
        assert seen <= chosen


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=120,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
