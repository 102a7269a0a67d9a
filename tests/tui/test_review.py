"""The joint reading, walked by keyboard on two journals that share a folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from journals import (
    NASTY,
    PRIYAS,
    SECRET,
    SESSION,
    OneScreen,
    answer,
    item,
    journal,
    notices,
    open_session,
    readable,
    sync,
    two_journals,
    wait_for_text,
    write,
)
from textual.widgets import Button
from tui_helpers import shown, type_text, wait_for_screen, wait_until

from journal.bootstrap import Bothways
from journal.model import GainKind, ResponseKind, Role
from journal.tui.messages import JournalChanged
from journal.tui.screens.reply import ReplyScreen
from journal.tui.screens.review import ReviewScreen
from journal.tui.widgets.exchange import Exchanged
from journal.tui.widgets.fields import KeptText
from journal.tui.widgets.item import Item
from journal.usecases import GivenReflection

SIZES = [(80, 24), (120, 40), (40, 12), (20, 6)]


def review_app(side: Bothways, partner: str = "Priya") -> OneScreen:
    return OneScreen(side, ReviewScreen(partner, SESSION))


def focused_key(app: OneScreen) -> str:
    return app.focused.key if isinstance(app.focused, Item) else ""


async def walk_to(pilot, key: str) -> None:  # type: ignore[no-untyped-def]
    """Press ↓, and then ↑, until the item with this key has the focus."""
    for arrow in ["down"] * 80 + ["up"] * 80:
        if focused_key(pilot.app) == key:
            return
        await pilot.press(arrow)
    raise AssertionError(f"never reached {key}")


async def test_blind_gift_comes_first_and_is_said_in_words(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "What went each way")
        rows = list(app.screen.query(Exchanged))
        assert rows[0].has_class("-blind")
        assert rows[1].has_class("-seen")
        assert rows[2].has_class("-offered")
        assert app.focused is rows[0]
        screen = shown(app)
        assert "✦ blind gift" in screen
        assert "Priya received this; Ana never listed it." in screen
        assert "How juniors read my silence" in screen
        assert "◀──────" in screen
        assert screen.index("Ana, mentee") < screen.index("Priya, mentor")


async def test_both_answers_stand_side_by_side_and_a_private_one_leaves_a_dash(tmp_path: Path) -> None:
    ana, priya = open_session(tmp_path)
    for side, partner in ((ana, "Priya"), (priya, "Ana")):
        app = review_app(side, partner)
        async with app.run_test(size=(120, 40)) as pilot:
            text = await wait_for_text(pilot, "Joint note")
            assert SECRET not in text
            line = next(row for row in shown(app).splitlines() if "My silence reads as anger." in row)
            assert line.index("│") < line.index("My silence")
            together = next(row for row in shown(app).splitlines() if "I froze." in row)
            assert "She went quiet and I kept talking." in together
            assert "–" in text


async def test_everything_is_reached_with_the_arrow_keys(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Joint note")
        keys = [i.key for i in app.screen.query(Item)]
        for letter, way in (("j", keys), ("k", keys[::-1])):
            seen = [focused_key(app)]
            for _ in range(len(keys) * 3):
                await pilot.press(letter)
                if focused_key(app) != seen[-1]:
                    seen.append(focused_key(app))
                if seen[-1] == way[-1]:
                    break
            assert seen == way


async def test_respond_note_agree_and_tick_arrive_on_the_other_side(tmp_path: Path) -> None:
    ana, priya = open_session(tmp_path)
    blind = priya.together.review(SESSION).mine
    assert blind is not None
    gain, first = blind.gains[0].id, blind.answers[0].id
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Joint note")
        await walk_to(pilot, f"x:{gain}")
        await pilot.press("t")
        await wait_for_text(pilot, "You say thanks")
        await walk_to(pilot, f"a:{first}")
        await pilot.press("u")
        await wait_for_text(pilot, "You were surprised")
        assert focused_key(app) == f"a:{first}"
        await pilot.press("c")
        await wait_for_screen(pilot, "ComposePane")
        await type_text(pilot, "I heard every word.")
        await pilot.press("ctrl+j")
        await wait_for_screen(pilot, "ReviewScreen")
        await wait_for_text(pilot, "I heard every word.")
        await pilot.press("n")
        await wait_for_screen(pilot, "ComposePane")
        await type_text(pilot, "Count to four")
        await pilot.press("ctrl+j")
        await wait_for_text(pilot, "Count to four")
        await pilot.press("a")
        await wait_for_screen(pilot, "AgreePane")
        await type_text(pilot, "One no by Friday")
        await pilot.press("tab", "right", "tab")
        await type_text(pilot, "2026-11-27")
        await pilot.press("ctrl+j")
        await wait_for_text(pilot, "☐ Priya: One no by Friday  before 27 Nov")
        (line,) = ana.together.review(SESSION).agreed
        await walk_to(pilot, f"line:{line.id}")
        await pilot.press("space")
        await wait_for_text(pilot, "☑ Priya")
    sync(ana, priya)
    app = review_app(priya, "Ana")
    async with app.run_test(size=(120, 40)) as pilot:
        text = await wait_for_text(pilot, "Joint note")
        assert "Ana says thanks" in text
        assert "Ana was surprised" in text
        assert "I heard every word." in text
        assert text.count("new") >= 3
        assert "Count to four" in text
        assert "☑ Priya: One no by Friday" in text
        await wait_until(
            pilot,
            lambda: all(r.read_at for r in priya.together.review(SESSION).responses),
            "the responses are read",
        )


async def test_a_line_of_ones_own_is_changed_and_removed_and_the_partners_is_not(tmp_path: Path) -> None:
    ana, priya = open_session(tmp_path)
    mine = ana.together.note(SESSION, "mine")
    theirs = priya.together.note(SESSION, "theirs")
    sync(priya, ana)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "theirs")
        await walk_to(pilot, f"line:{mine.id}")
        await pilot.press("e")
        await wait_for_screen(pilot, "ComposePane")
        await wait_until(pilot, lambda: app.screen.query_one(KeptText).text == "mine", "the line is in the field")
        await type_text(pilot, " too")
        await pilot.press("ctrl+s")
        await wait_for_text(pilot, "mine too")
        await walk_to(pilot, f"line:{theirs.id}")
        await pilot.press("e", "d")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        await walk_to(pilot, f"line:{mine.id}")
        await pilot.press("d")
        dialog = await wait_for_screen(pilot, "ConfirmDialog")
        dialog._monotonic = lambda: dialog._shown_at + 1
        await pilot.press("right", "enter")
        await wait_until(pilot, lambda: len(ana.together.review(SESSION).notes) == 1, "the line is removed")


async def test_own_words_cannot_be_responded_to_and_it_says_so(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    entry = ana.together.review(SESSION).mine
    assert entry is not None
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Joint note")
        await walk_to(pilot, f"a:{entry.answers[0].id}")
        await pilot.press("t", "c")
        await wait_until(pilot, lambda: "Priya can respond" in notices(app), "a notice")
        assert not ana.together.review(SESSION).responses


async def test_half_typed_comment_comes_back(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    for half in ("", "half a thought"):
        app = review_app(ana)
        async with app.run_test(size=(80, 24)) as pilot:
            await wait_for_text(pilot, "Joint note")
            await pilot.press("n")
            await wait_for_screen(pilot, "ComposePane")
            field = app.screen.query_one(KeptText)
            await wait_until(pilot, lambda f=field, h=half: f.text == h, "the kept words")
            if not half:
                await type_text(pilot, "half a thought")
                await pilot.press("escape")
                await wait_for_screen(pilot, "ReviewScreen")


async def test_a_refused_comment_stays_in_the_field(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Joint note")
        await pilot.press("a")
        await wait_for_screen(pilot, "AgreePane")
        await type_text(pilot, "a promise")
        await pilot.press("tab", "tab")
        await type_text(pilot, "friday")
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: "is not a day" in notices(app), "a refusal")
        assert app.screen.query_one(KeptText).text == "a promise"


async def test_news_arrives_without_losing_place_or_focus(tmp_path: Path) -> None:
    ana, priya = open_session(tmp_path)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Joint note")
        for _ in range(9):
            await pilot.press("down")
        key, place = focused_key(app), app.screen.query_one("#page").scroll_offset.y
        assert place > 0
        priya.together.note(SESSION, "fresh from Priya")
        sync(priya, ana)
        app.screen.post_message(JournalChanged())
        await wait_for_text(pilot, "fresh from Priya")
        await pilot.pause()
        assert focused_key(app) == key
        assert app.screen.query_one("#page").scroll_offset.y == place


async def test_not_yet_reveals_nothing(tmp_path: Path) -> None:
    ana, priya = two_journals(tmp_path)
    write(ana, seal=False)
    write(priya)
    sync(priya, ana)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        text = await wait_for_text(pilot, "not open yet")
        assert "You: not yet" in text
        assert "Priya: sealed" in text
        assert "silence" not in text
        assert "anger" not in text
        assert not app.screen.query(Item)
        await pilot.press("c", "t", "n", "a")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
    app = review_app(priya, "Ana")
    async with app.run_test(size=(80, 24)) as pilot:
        text = await wait_for_text(pilot, "not open yet")
        assert "You: sealed" in text
        assert "Ana: not yet" in text
        assert "draft" not in text


async def test_sealing_by_the_other_opens_the_page_in_front(tmp_path: Path) -> None:
    ana, priya = two_journals(tmp_path)
    write(ana)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "not open yet")
        write(priya, PRIYAS)
        sync(ana, priya, ana)
        await pilot.press("r")
        await wait_for_text(pilot, "What went each way")


async def test_a_reply_of_a_partner_without_bothways_is_typed_in(tmp_path: Path) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "Priya")
    write(ana)
    app = review_app(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "type in what they said")
        await pilot.press("i")
        await wait_for_screen(pilot, "ReplyScreen")
        await wait_until(pilot, lambda: isinstance(app.focused, KeptText), "a field to type in")
        await type_text(pilot, "She went quiet")
        await pilot.press("escape")
        await wait_for_screen(pilot, "ReviewScreen")
        await pilot.press("i")
        screen = await wait_for_screen(pilot, "ReplyScreen")
        assert isinstance(screen, ReplyScreen)
        await wait_until(
            pilot, lambda: any("went quiet" in f.text for f in app.screen.query(KeptText)), "the words are back"
        )
        await pilot.press("f2")
        gains = screen.query("#gains KeptText")
        await wait_until(pilot, lambda: app.focused is gains.last(), "a new row")
        await type_text(pilot, "how juniors read me")
        await pilot.press("ctrl+j")
        dialog = await wait_for_screen(pilot, "ConfirmDialog")
        dialog._monotonic = lambda: dialog._shown_at + 1
        await pilot.press("right", "enter")
        await wait_for_screen(pilot, "ReviewScreen")
        await wait_for_text(pilot, "how juniors read me")
        assert "She went quiet" in readable(app)
    assert not ana.drafts.load("review-2026-11-20")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_show_literally_at_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    nasty = GivenReflection(answers=(answer(NASTY),), gains=(item(GainKind.SKILL, NASTY),), offers=PRIYAS.offers)
    ana, priya = open_session(tmp_path, priyas=nasty)
    priya.together.respond(SESSION, ResponseKind.COMMENT, NASTY)
    priya.together.note(SESSION, NASTY)
    priya.together.agree(SESSION, NASTY, owner="[b]Priya[/b]")
    sync(priya, ana)
    app = review_app(ana)
    async with app.run_test(size=size) as pilot:
        text = await wait_for_text(pilot, "[b]Priya[/b]")
        assert text.count("[@click=app.quit]x[/] [/x]") >= 5
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert "\\u202egnorw" in text
        await pilot.press("down", "down", "end", "up")
        await pilot.click(offset=(8, 3))
        assert app.is_running


@pytest.mark.parametrize("size", SIZES)
async def test_the_composer_and_the_dialog_stay_in_reach(tmp_path: Path, size: tuple[int, int]) -> None:
    ana, _ = open_session(tmp_path)
    mine = ana.together.note(SESSION, "a line that is rather long, " * 6)
    app = review_app(ana)
    async with app.run_test(size=size) as pilot:
        await wait_for_text(pilot, "Joint note")
        for key, name in (("n", "ComposePane"), ("a", "AgreePane")):
            await pilot.press(key)
            await wait_for_screen(pilot, name)
            field, keep = app.screen.query_one(KeptText), app.screen.query_one(Button)
            await wait_until(pilot, lambda f=field: f.size.height > 0, "the field is laid out")
            for widget in (field, keep):
                assert widget.region.height > 0
                assert app.screen.region.contains_region(widget.region), (name, widget)
            await pilot.press("escape")
            await wait_for_screen(pilot, "ReviewScreen")
        await pilot.press("end")
        app.screen._focus_again(f"line:{mine.id}", scroll=True)
        await pilot.pause()
        await pilot.press("d")
        await wait_for_screen(pilot, "ConfirmDialog")
        for button in app.screen.query(Button):
            assert button.region.height > 0
            assert app.screen.region.contains_region(button.region), button
