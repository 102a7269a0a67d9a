"""The main job in the terminal app, typed by keys."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events
from tui_helpers import HOSTILE, MOMENT, noticed, shown, type_text, wait_for_screen, wait_until

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.errors import StoreUnavailable
from journal.model import GainKind, Outcome, Role, Source, Status, Step, Visibility
from journal.tui.app import BothwaysApp
from journal.tui.routes import screen_for
from journal.tui.widgets.composer import Composer
from journal.tui.widgets.follow_ups import FollowUps
from journal.usecases import Start


async def settled(pilot, screen):
    await wait_until(pilot, lambda: screen.ready and not screen.busy, "the screen is ready")


async def answer(pilot, screen, text):
    before = screen.at
    await type_text(pilot, text)
    await pilot.press("ctrl+j")
    await wait_until(pilot, lambda: not screen.busy and (screen.at != before or not screen.is_current), "stored")


async def test_first_run_leads_to_the_first_question(empty: Bothways) -> None:
    app = BothwaysApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "FirstRunScreen")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "at least one character" in shown(app), "the error in place")
        await type_text(pilot, "Ana")
        await pilot.press("enter", "1")
        await type_text(pilot, "Priya")
        await pilot.press("enter")
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        assert "What stayed with you" in shown(app)
        assert isinstance(app.focused, Composer)
    assert empty.people.pair().partner == "Priya"


async def test_one_may_begin_on_ones_own(empty: Bothways) -> None:
    app = BothwaysApp(empty)
    async with app.run_test(size=(40, 12)) as pilot:
        await wait_for_screen(pilot, "FirstRunScreen")
        await type_text(pilot, "Ana")
        await pilot.press("enter", "2", "ctrl+o")
        await wait_for_screen(pilot, "ReflectScreen")
    assert empty.people.pairs() == []
    assert empty.reading.reflections()[0].pair == ""


async def test_a_mentee_reflects_and_seals_by_keys(ana: Bothways) -> None:
    app = BothwaysApp(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: app.screen.view is not None, "Home is read")
        await pilot.press("n")
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        await answer(pilot, screen, "I froze when we role played saying no.")
        follow_ups = screen.query_one(FollowUps)
        assert follow_ups.offered
        await type_text(pilot, "half a thought")
        picked = follow_ups.offered[0]
        await pilot.press("f2")
        await wait_until(pilot, lambda: not screen.busy and screen.turn.source is Source.BANK, "the follow-up")
        assert screen.turn.question == picked.text
        assert screen.composer.text == ""
        await answer(pilot, screen, "That she would stop liking me.")
        assert screen.composer.text == "half a thought"
        await answer(pilot, screen, " more.")
        await pilot.press("ctrl+b")
        await wait_until(pilot, lambda: screen.composer.text == "half a thought more.", "back at the answer before")
        await pilot.press("end")
        await answer(pilot, screen, " Edited.")
        await pilot.press("ctrl+s")
        closing = await wait_for_screen(pilot, "ClosingScreen")
        await settled(pilot, closing)
        await pilot.press("ctrl+n")
        await type_text(pilot, "saying no with a date")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not closing.busy and closing.reflection.gains, "a gain")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not closing.busy and closing.step == "offers", "the offers")
        await type_text(pilot, "an honest question")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not closing.busy and closing.reflection.offers, "an offer")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not closing.busy and closing.step == "intentions", "the intentions")
        await type_text(pilot, "one small no")
        await pilot.press("tab")
        await type_text(pilot, "someday")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: "is not a day" in shown(app), "the refusal in place")
        await pilot.press("ctrl+u")
        await type_text(pilot, "friday")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not closing.busy and closing.reflection.intentions, "an intention")
        await pilot.press("ctrl+j")
        seal = await wait_for_screen(pilot, "SealScreen")
        await wait_until(pilot, lambda: seal.ready, "the seal screen")
        await pilot.press("down", "space")
        await wait_until(pilot, lambda: "that answer is private" in noticed(app), "a follow-up alone is refused")
        await pilot.press("up", "space", "down", "space")
        await wait_until(pilot, lambda: len(seal.preview.entry.answers) == 2 and not seal._choosing, "two shared")
        await pilot.press("up", "space")
        await wait_until(pilot, lambda: not seal.preview.entry.answers and not seal._choosing, "both private again")
        await pilot.press("a")
        await wait_until(pilot, lambda: len(seal.preview.entry.gains) == 1 and not seal._choosing, "all shared")
        await pilot.press("s")
        await wait_for_screen(pilot, "SealedScreen")
        await wait_until(pilot, lambda: "Priya has not sealed yet" in shown(app), "what happens next")
    [done] = ana.reading.reflections()
    assert done.status is Status.SEALED
    assert [t.outcome for t in done.turns] == [Outcome.ANSWERED, Outcome.ANSWERED, Outcome.ANSWERED, Outcome.SKIPPED]
    assert done.turns[2].answer == "half a thought more. Edited."
    assert done.turns[2].earlier[0].text == "half a thought more."
    assert done.intentions[0].due is not None
    assert done.gains[0].visibility is Visibility.SHARED


async def test_coming_back_lands_in_the_same_text_at_the_same_place(ana: Bothways) -> None:
    draft = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        await type_text(pilot, "ab\ncd")
        await pilot.press("left", "up")
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")
    again = BothwaysApp(ana, resume=draft.id)
    async with again.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        assert screen.composer.text == "ab\ncd"
        assert screen.composer.cursor_location == (0, 1)


async def test_typed_words_are_on_disk_while_the_app_is_only_running(ana: Bothways) -> None:
    draft = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        await type_text(pilot, "not lost")
        # Another program that reads the folder stands for what a killed one leaves behind.
        await wait_until(
            pilot,
            lambda: any(d.text == "not lost" for d in build(ana.folder).drafts.load(draft.id).values()),
            "the words are on disk within a second",
            seconds=1.0,
        )


class FullDisk:
    """Drafts that cannot be saved until `full` is False."""

    def __init__(self, real) -> None:
        self.real, self.full = real, True

    def save(self, owner, slot, draft):
        if self.full:
            raise StoreUnavailable("Cannot write /x: the disk is full.", "Free some space.")
        self.real.save(owner, slot, draft)

    def load(self, owner):
        return self.real.load(owner)

    def discard(self, owner, slot=None):
        self.real.discard(owner, slot)


async def test_on_a_full_disk_the_words_stay_and_the_state_says_so(ana: Bothways) -> None:
    disk = FullDisk(ana.drafts)
    broken = dataclasses.replace(ana, context=replace(ana.context, drafts=disk))
    draft = ana.writing.start(Start())
    app = BothwaysApp(broken, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        await type_text(pilot, "precious")
        await wait_until(pilot, lambda: "not saved: the disk is full" in shown(app), "it says so")
        await pilot.press("ctrl+q")
        assert "precious" in shown(app)
        disk.full = False
        await wait_until(pilot, lambda: screen.query_one("TopLine").status == "saved", "saved at last")
    assert [d.text for d in ana.drafts.load(draft.id).values()] == ["precious"]


async def test_a_refused_answer_stays_in_the_composer(ana: Bothways, monkeypatch) -> None:
    draft = ana.writing.start(Start())

    def refuse(*_: object) -> None:
        raise StoreUnavailable("Cannot write the journal: the disk is full.", "Free some space.")

    monkeypatch.setattr(ana.writing, "answer", refuse)
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        await type_text(pilot, "precious")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: "disk is full" in noticed(app), "the notice")
        assert screen.composer.text == "precious"
        await wait_until(
            pilot, lambda: any(d.text == "precious" for d in ana.drafts.load(draft.id).values()), "kept as draft"
        )


async def test_a_pasted_text_is_cleaned_and_a_very_long_line_stays_quick(ana: Bothways) -> None:
    draft = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        screen.composer.post_message(events.Paste("a\x1b[31mb\r\n" + "word " * 100_000))
        await wait_until(pilot, lambda: len(screen.composer.text) > 400_000, "the paste")
        assert screen.composer.text.startswith("a[31mb\nword ")
        await type_text(pilot, "end")
        assert screen.composer.text.endswith("word end")
        rows = screen.composer.wrapped_document
        fresh = type(rows)(screen.composer.document, tab_width=4)
        fresh.wrap(rows._width, 4)
        assert rows._wrap_offsets == fresh._wrap_offsets
        assert rows._offset_to_line_info == fresh._offset_to_line_info


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_are_shown_as_they_are(tmp_path: Path, hostile: str) -> None:
    bothways = build(tmp_path / "journal", clock=SetClock(MOMENT, "Europe/Amsterdam"))
    bothways.people.init("Ana [/x]", Role.MENTEE, hostile)
    draft = bothways.writing.start(Start(title=hostile))
    bothways.writing.answer(draft.id, draft.at, hostile)
    bothways.writing.add_gain(draft.id, GainKind.SKILL, hostile)
    bothways.writing.add_intention(draft.id, hostile)
    app = BothwaysApp(bothways, resume=draft.id)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await settled(pilot, screen)
        assert hostile in shown(app)
        await pilot.press("escape")
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: shown(app).count(hostile) >= 3, "Home shows it")
        await pilot.press("g", "escape", "f1", "escape")
        await app.push_screen(screen_for(bothways.writing.go_to_step(draft.id, Step.GAINS)))
        closing = await wait_for_screen(pilot, "ClosingScreen")
        await settled(pilot, closing)
        assert hostile in shown(app)
        await app.push_screen(screen_for(bothways.writing.go_to_step(draft.id, Step.PREVIEW)))
        seal = await wait_for_screen(pilot, "SealScreen")
        await wait_until(pilot, lambda: seal.ready, "the seal screen")
        await pilot.press("a")
        await wait_until(pilot, lambda: shown(app).count(hostile) >= 4, "the seal screen shows it")
