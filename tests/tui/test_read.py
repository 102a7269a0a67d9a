"""One reflection as a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from journals import (
    NASTY,
    SECRET,
    SESSION,
    OneScreen,
    answer,
    item,
    journal,
    notices,
    open_session,
    readable,
    two_journals,
    wait_for_text,
    write,
)
from textual.pilot import Pilot
from textual.widgets import Button
from tui_helpers import shown, type_text, wait_for_screen, wait_until

from journal.errors import NotFound
from journal.model import GainKind, Role, Status
from journal.tui.screens.read import ReadScreen
from journal.tui.widgets import dialogs
from journal.tui.widgets.dialogs import ConfirmDialog
from journal.tui.widgets.fields import KeptText
from journal.tui.widgets.item import Item
from journal.usecases import GivenReflection, Start

SIZES = [(80, 24), (120, 40), (40, 12), (20, 6)]


async def confirm(pilot: Pilot[None]) -> None:
    """Say yes to the question in front, half a second later."""
    dialog = await wait_for_screen(pilot, "ConfirmDialog")
    dialog._monotonic = lambda: dialog._shown_at + 1
    await pilot.press("right", "enter")
    await wait_for_screen(pilot, "ReadScreen")


async def test_own_page_marks_each_part_in_words(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    app = OneScreen(ana, ReadScreen(write(ana, seal=False)))
    async with app.run_test(size=(80, 24)) as pilot:
        text = await wait_for_text(pilot, SECRET)
        private = next(i for i in app.screen.query(Item) if SECRET in str([c.render() for c in i.children]))
        assert "private" in str(private.children[-1].render())
        assert text.count("shared") >= 4
        assert "A draft: only you see it" in text
        assert "skill" in text
        assert "before 27 Nov 2026" in text


async def test_the_partners_entry_is_read_only(tmp_path: Path) -> None:
    ana, priya = open_session(tmp_path)
    entry = priya.together.review(SESSION).theirs
    assert entry is not None
    app = OneScreen(priya, ReadScreen(entry.id))
    async with app.run_test(size=(80, 24)) as pilot:
        text = await wait_for_text(pilot, "I froze.")
        assert "Ana opened this for you" in text
        assert SECRET not in text
        await pilot.press("e", "d", "m", "t", "s", "n")
        await pilot.pause()
        assert isinstance(app.screen, ReadScreen)
        await pilot.press("v")
        await wait_for_screen(pilot, "ReviewScreen")
    assert ana.reading.reflections()


async def test_an_open_answer_is_edited_and_shows_it(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    (mine,) = ana.reading.reflections()
    app = OneScreen(ana, ReadScreen(mine.id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "I froze.")
        await pilot.press("e")
        await wait_for_screen(pilot, "ComposePane")
        await wait_until(pilot, lambda: "I froze." in app.screen.query_one(KeptText).text, "the answer")
        await type_text(pilot, " I know now.")
        await pilot.press("ctrl+j")
        await wait_for_text(pilot, "I froze. I know now.")
        assert "edited · one earlier version kept" in readable(app)
        assert "Edited on 20 Nov 2026" in readable(app)


async def test_half_typed_edit_is_kept(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    id = write(ana, seal=False)
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "I froze.")
        for expected in ("I froze.", "I froze. Hm"):
            await pilot.press("e")
            await wait_for_screen(pilot, "ComposePane")
            await wait_until(
                pilot, lambda e=expected: app.screen.query_one(KeptText).text.endswith(e), "the words so far"
            )
            if expected == "I froze.":
                await type_text(pilot, " Hm")
            await pilot.press("escape")
            await wait_for_screen(pilot, "ReadScreen")
    assert ana.reading.get(id).turns[0].answer.endswith("I froze.")


async def test_delete_asks_and_can_be_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialogs, "GRACE_SECONDS", 3600.0)
    ana, _ = two_journals(tmp_path)
    id = write(ana, seal=False)
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "I froze.")
        await pilot.press("d")
        await wait_for_screen(pilot, "ConfirmDialog")
        await pilot.press("enter", "right", "enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmDialog), "the first half second decides nothing"
        assert ana.reading.get(id)
        monkeypatch.setattr(dialogs, "GRACE_SECONDS", 0.0)
        await pilot.press("escape")
        await wait_for_screen(pilot, "ReadScreen")
        await pilot.press("d")
        await confirm(pilot)
        await wait_for_text(pilot, "This reflection is deleted. u brings it back")
        with pytest.raises(NotFound):
            ana.reading.get(id)
        await pilot.press("u")
        await wait_for_text(pilot, "A draft: only you see it")
        assert ana.reading.get(id)


async def test_unseal_and_open_early_are_asked_and_done(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    id = write(ana)
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Sealed: its words are settled until Priya seals too")
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ReadScreen)
        await pilot.press("n")
        await confirm(pilot)
        await wait_for_text(pilot, "A draft: only you see it")
        ana.sealing.seal(id)
        app.screen.refresh_page()
        await wait_for_text(pilot, "Sealed")
        await pilot.press("o")
        await confirm(pilot)
        await wait_for_text(pilot, "opened early: Priya may read")
        assert ana.reading.get(id).opened_early


async def test_title_and_session_are_changed_and_a_bad_session_is_refused(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    id = write(ana, seal=False)
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "I froze.")
        await pilot.press("t")
        await wait_for_screen(pilot, "AskDialog")
        await type_text(pilot, "Four seconds")
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Four seconds" in shown(app), "the title")
        for typed, done in (("/x", False), ("/2", True)):
            await pilot.press("m")
            await wait_for_screen(pilot, "AskDialog")
            await pilot.press("end", *["slash" if c == "/" else c for c in typed], "enter")
            await wait_for_screen(pilot, "ReadScreen")
            if not done:
                await wait_until(pilot, lambda: "is not a session" in notices(app), "a refusal")
        await wait_until(pilot, lambda: ana.reading.get(id).session == "2026-11-20/2", "the other session")


async def test_a_draft_goes_on_where_it_was_left(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    id = ana.writing.start(Start()).id
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "not answered yet")
        await pilot.press("w")
        await wait_for_screen(pilot, "ReflectScreen")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_and_small_terminals(tmp_path: Path, size: tuple[int, int]) -> None:
    ana = journal(tmp_path, "[b]Ana", Role.MENTEE, "[/x]Priya")
    given = GivenReflection(answers=(answer(NASTY),), gains=(item(GainKind.SKILL, NASTY),))
    id = ana.writing.write_all(Start(title=NASTY), given).id
    assert ana.reading.get(id).status is Status.DRAFT
    app = OneScreen(ana, ReadScreen(id))
    async with app.run_test(size=size) as pilot:
        text = await wait_for_text(pilot, "Received")
        assert text.count("[@click=app.quit]x[/]") >= 2
        assert "\u202e" not in text
        for _ in range(12):
            await pilot.press("down")
        await pilot.press("d")
        await wait_for_screen(pilot, "ConfirmDialog")
        for button in app.screen.query(Button):
            assert app.screen.region.contains_region(button.region)
            assert button.region.height > 0
        assert app.focused is app.screen.query_one("#cancel")
