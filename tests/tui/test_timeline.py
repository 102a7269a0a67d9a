"""The list of everything, and the search through it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from journals import NASTY, SESSION, OneScreen, answer, item, journal, open_session, write
from textual.content import Content
from textual.widgets import Input, OptionList
from tui_helpers import shown, type_text, wait_for_screen, wait_until

from journal.bootstrap import Bothways
from journal.model import GainKind, Role, SessionKey
from journal.tui.screens.timeline import WINDOW, TimelineScreen
from journal.usecases import GivenReflection, Hit, Start

SIZES = [(80, 24), (120, 40), (40, 12), (20, 6)]


def rows(app: OneScreen) -> list[str]:
    return [str(option.prompt) for option in app.screen.query_one(OptionList).options]


async def test_own_and_opened_entries_newest_first(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    ana.writing.write_all(Start(session=SessionKey.parse("2026-11-27"), title="The next one"), GivenReflection())
    ana.writing.write_all(Start(solo=True, title="By myself"), GivenReflection())
    app = OneScreen(ana, TimelineScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(rows(app)) == 4, "four rows")
        first, *rest = rows(app)
        assert "27 Nov 2026" in first
        assert "The next one" in first
        assert "draft" in first
        assert any("solo note" in row and "By myself" in row for row in rest)
        assert any("↳ Priya's words" in row for row in rest)
        assert all("\n" not in row for row in rows(app))
        await pilot.press("enter")
        await wait_for_screen(pilot, "ReadScreen")
        await pilot.press("escape")
        await wait_for_screen(pilot, "TimelineScreen")
        await pilot.press("end", "v")
        await wait_for_screen(pilot, "ReviewScreen")


def marked(app: OneScreen) -> list[str]:
    """The marked words of the first row."""
    prompt = app.screen.query_one(OptionList).options[0].prompt
    assert isinstance(prompt, Content)
    return [prompt.plain[s.start : s.end] for s in prompt.spans if "underline" in str(s.style)]


async def test_searching_filters_as_one_types_and_marks_the_hits(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    app = OneScreen(ana, TimelineScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(rows(app)) == 2, "two rows")
        await pilot.press("slash")
        await type_text(pilot, "SILENCE")
        await wait_until(pilot, lambda: len(rows(app)) == 2 and "silence" in rows(app)[0], "hits")
        await wait_until(pilot, lambda: marked(app) == ["silence"], "the whole word marked")
        await type_text(pilot, "zzz")
        await wait_until(pilot, lambda: "Nothing holds “SILENCEzzz”" in shown(app), "no hits")
        await pilot.press("escape")
        await wait_until(pilot, lambda: len(rows(app)) == 2 and "20 Nov 2026" in rows(app)[0], "all rows again")
        assert app.screen.query_one(Input).value == ""


async def test_a_hit_on_the_joint_page_opens_the_review(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    ana.together.note(SESSION, "hedgehog")
    app = OneScreen(ana, TimelineScreen("hedgehog"))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: any("hedgehog" in row for row in rows(app)), "the hit")
        await pilot.press("down", "enter")
        await wait_for_screen(pilot, "ReviewScreen")


async def test_a_search_that_was_overtaken_is_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ana, _ = open_session(tmp_path)
    real = ana.reading.search

    def slow_for_short(words: str, *, limit: int | None = None) -> list[Hit]:
        if words == "a":
            time.sleep(0.2)  # the first search is still under way when the second one is done
        return real(words, limit=limit)

    monkeypatch.setattr(ana.reading, "search", slow_for_short)
    screen = TimelineScreen("a")
    app = OneScreen(ana, screen)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "TimelineScreen")
        app.screen.query_one(Input).value = "anger"
        await wait_until(pilot, lambda: len(rows(app)) == 2, "the later search")
        await wait_until(pilot, lambda: not list(app.workers), "every worker done")
        assert all("anger" in row for row in rows(app))


async def test_deleted_is_brought_back(tmp_path: Path) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "Priya")
    id = write(ana, seal=False)
    ana.sealing.delete([id])
    app = OneScreen(ana, TimelineScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: "Nothing is written yet" in shown(app), "the empty state")
        await pilot.press("u")
        await wait_until(pilot, lambda: len(rows(app)) == 1, "the row")


def thousand(folder: Path) -> Bothways:
    ana = journal(folder, "Ana", Role.MENTEE, "Priya")
    given = GivenReflection(answers=(answer("a word about silence " * 20),))
    one = ana.writing.write_all(Start(solo=True), given)
    from msgspec.structs import replace

    with ana.context.store.begin() as tx:
        for number in range(999):
            tx.put(replace(one, id=f"x{number:05d}", title=f"Number {number}"))
    return ana


async def test_a_thousand_reflections_stay_quick(tmp_path: Path) -> None:
    app = OneScreen(thousand(tmp_path), TimelineScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: len(rows(app)) == WINDOW + 1, "the first window")
        assert "800 older ones" in rows(app)[-1]
        assert len(app.screen.query("*")) < 40
        await pilot.press("end", "enter")
        await wait_until(pilot, lambda: len(rows(app)) == 2 * WINDOW + 1, "the next window")
        assert app.screen.query_one(OptionList).highlighted == WINDOW
        await pilot.press("slash")
        await type_text(pilot, "number 7")
        await wait_until(pilot, lambda: "200 places+" in shown(app) or "places" in shown(app), "hits")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_titles_and_small_terminals(tmp_path: Path, size: tuple[int, int]) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "[/x]")
    given = GivenReflection(answers=(answer(NASTY),), gains=(item(GainKind.SKILL, NASTY),))
    ana.writing.write_all(Start(title=NASTY), given)
    app = OneScreen(ana, TimelineScreen())
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: len(rows(app)) == 1, "the row")
        assert "[@click" in rows(app)[0] or size[0] < 40
        assert app.screen.query_one(OptionList).size.height > 0
        app.screen.query_one(Input).value = "owned"
        await wait_until(pilot, lambda: len(rows(app)) == 3, "the hits")
        text = "\n".join(rows(app))
        assert "\x1b" not in text
        assert "\u202e" not in text
        await pilot.press("escape")
