"""The main job by keys alone: a mentee's reflection, a mentor's, and the review that both walk through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from journals import SESSION, sync, two_journals
from textual.pilot import Pilot
from tui_helpers import shown, type_text, wait_for_screen, wait_until

from journal.bootstrap import Bothways
from journal.tui.app import BothwaysApp
from journal.tui.widgets.item import Item


async def add(pilot: Pilot[Any], closing: Any, words: str, step: str) -> None:
    """Type one gain or offer, add it, and go on to `step`."""
    await type_text(pilot, words)
    await pilot.press("ctrl+j")
    await wait_until(pilot, lambda: not closing.busy and words in shown(pilot.app), words)
    await pilot.press("ctrl+j")
    await wait_until(pilot, lambda: not closing.busy and closing.step == step, step)


async def reflect(side: Bothways, answers: list[str], *, kind: int, gain: str, offer: str) -> None:
    """A whole reflection of the guide's three questions, everything shared, sealed."""
    app = BothwaysApp(side)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: app.screen.view is not None, "Home is read")
        await pilot.press("n")
        screen = await wait_for_screen(pilot, "ReflectScreen")
        for number, words in enumerate(answers, start=1):
            await wait_until(pilot, lambda n=number: screen.ready and f"{n} of 3" in shown(app), f"question {number}")
            await wait_until(pilot, lambda: not screen.busy, "ready to type")
            await type_text(pilot, words)
            await pilot.press("ctrl+j")
        closing = await wait_for_screen(pilot, "ClosingScreen")
        await wait_until(pilot, lambda: closing.ready and not closing.busy, "the closing steps")
        for _ in range(kind):
            await pilot.press("ctrl+n")
        await add(pilot, closing, gain, "offers")
        await add(pilot, closing, offer, "intentions")
        await pilot.press("ctrl+j")
        seal = await wait_for_screen(pilot, "SealScreen")
        await wait_until(pilot, lambda: seal.ready, "the seal screen")
        await pilot.press("a")
        await wait_until(pilot, lambda: len(seal.preview.entry.answers) == 3 and not seal._choosing, "all shared")
        await pilot.press("s")
        await wait_for_screen(pilot, "SealedScreen")


async def walk_review(side: Bothways, expected: list[str]) -> None:
    """From Home into the review and down to its end, seeing every one of the expected words on the way."""
    app = BothwaysApp(side)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: "read it together" in shown(app), "what is ready to be read")
        await pilot.press("enter")
        await wait_for_screen(pilot, "ReviewScreen")
        await wait_until(pilot, lambda: isinstance(app.focused, Item), "the first item")
        assert "blind gift" in shown(app)
        seen = shown(app)
        for _ in range(60):
            await pilot.press("down")
            await pilot.pause()
            seen += shown(app)
        missing = [words for words in expected if words not in seen]
        assert missing == []


async def test_a_mentee_and_a_mentor_write_blind_and_read_it_together(tmp_path: Path) -> None:
    ana, priya = two_journals(tmp_path)
    await reflect(
        ana,
        ["I froze and said yes.", "Silence is not anger.", "One no by Friday."],
        kind=1,
        gain="a no with a date",
        offer="the ward round",
    )
    sync(ana, priya)
    assert priya.together.review(SESSION).theirs is None
    await reflect(
        priya,
        ["She froze in front of me.", "My silence reads badly.", "Think aloud."],
        kind=0,
        gain="how I am read",
        offer="time",
    )
    sync(priya, ana, priya)
    both = ["I froze and said yes.", "She froze in front of me.", "a no with a date", "how I am read", "Think aloud."]
    await walk_review(ana, both)
    await walk_review(priya, both)
