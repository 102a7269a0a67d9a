"""Keys that arrive in one piece, as over a slow line: nothing is cut off, and nothing ends up in the wrong answer."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea
from tui_helpers import wait_for_screen, wait_until

from journal.bootstrap import Bothways
from journal.model import Outcome
from journal.tui.app import BothwaysApp
from journal.usecases import Start


def burst(app: BothwaysApp, text: str) -> None:
    """All keys of `text` at once; a newline stands for Ctrl+J."""
    for character in text:
        key = "ctrl+j" if character == "\n" else {" ": "space", ".": "full_stop"}.get(character, character)
        app.post_message(events.Key(key, None if character == "\n" else character))


async def test_a_whole_reflection_in_one_burst(ana: Bothways) -> None:
    reflection = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=reflection.id)
    answers = ["I froze when we role played it.", "I learned to wait.", "One no by Friday."]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready, "the screen is ready")
        for number, answer in enumerate(answers, start=1):
            burst(app, answer + "\n")
            await wait_until(
                pilot,
                lambda n=number: len(ana.writing.words(ana.reading.get(reflection.id))) == n and not screen.busy,
                "stored",
            )
        await wait_for_screen(pilot, "ClosingScreen")
    stored = ana.reading.get(reflection.id)
    assert [t.answer for t in stored.turns if t.outcome is Outcome.ANSWERED] == answers


async def test_words_behind_the_command_key_belong_to_the_next_question(ana: Bothways) -> None:
    reflection = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=reflection.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready, "the screen is ready")
        burst(app, "I froze.\nI learned")
        await wait_until(pilot, lambda: screen.composer.text == "I learned", "the rest in the next answer")
        assert ana.reading.get(reflection.id).turns[0].answer == "I froze."


async def test_words_whose_change_was_not_heard_yet_are_kept(ana: Bothways) -> None:
    reflection = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=reflection.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready, "the screen is ready")
        with screen.composer.prevent(TextArea.Changed, TextArea.SelectionChanged):
            screen.composer.insert("in the field only")
        assert await screen.words_are_safe()
        assert [d.text for d in ana.drafts.load(reflection.id).values()] == ["in the field only"]
        with screen.composer.prevent(TextArea.Changed, TextArea.SelectionChanged):
            screen.composer.insert(", and more")
        screen.save_words_now()
        assert [d.text for d in ana.drafts.load(reflection.id).values()] == ["in the field only, and more"]


async def test_leaving_in_the_same_burst_keeps_every_word(ana: Bothways) -> None:
    reflection = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=reflection.id)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready, "the screen is ready")
        burst(app, "half a sentence")
        app.post_message(events.Key("escape", None))
        await wait_for_screen(pilot, "HomeScreen")
    assert [d.text for d in ana.drafts.load(reflection.id).values()] == ["half a sentence"]
