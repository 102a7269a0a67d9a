"""The app itself: sizes, keys, colours, crashes, news from the partner."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from textual.color import Color
from textual.widgets import Input, TextArea
from tui_helpers import meet, noticed, shown, wait_for_screen, wait_until

import journal.tui.screens
from journal.bootstrap import Bothways
from journal.config import write_setting
from journal.model import SessionKey
from journal.tui.app import APP_COMMANDS, BothwaysApp
from journal.tui.messages import JournalChanged
from journal.tui.routes import screen_for
from journal.tui.screens.ask_own import OWN_COMMANDS
from journal.tui.screens.closing import CLOSING_COMMANDS
from journal.tui.screens.first_run import FIRST_COMMANDS
from journal.tui.screens.home import HOME_COMMANDS
from journal.tui.screens.reflect_commands import REFLECT_COMMANDS
from journal.tui.screens.sealed import SEALED_COMMANDS
from journal.tui.screens.sealing import SEAL_COMMANDS
from journal.tui.theme import THEMES
from journal.usecases import Start

ALIASES = {"ctrl+m", "ctrl+i", "ctrl+h", "enter", "tab", "backspace", "ctrl+left_square_bracket"}
WITH_A_FIELD = (REFLECT_COMMANDS, CLOSING_COMMANDS, FIRST_COMMANDS, OWN_COMMANDS)


@pytest.mark.parametrize("commands", WITH_A_FIELD)
def test_no_command_takes_a_key_that_types_or_edits(commands) -> None:
    owned = {key for binding in TextArea.BINDINGS for key in binding.key.split(",")}
    for command in (*commands, *APP_COMMANDS):
        for key in command.keys:
            assert key not in owned, f"{command.id} takes {key} from the text field"
            assert key not in ALIASES, f"{command.id}: {key} is another key's double"
            assert len(key) > 1, f"{command.id}: {key} types a character"
            assert key not in ("space", "slash")


@pytest.mark.parametrize("commands", [*WITH_A_FIELD, HOME_COMMANDS, SEAL_COMMANDS, SEALED_COMMANDS])
def test_every_key_and_every_id_is_taken_once(commands) -> None:
    keys = [key for command in (*commands, *APP_COMMANDS) for key in command.keys]
    assert len(keys) == len(set(keys))
    ids = [command.id for command in (*commands, *APP_COMMANDS)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12), (20, 6)])
async def test_every_size_keeps_the_field_in_reach(ana: Bothways, size: tuple[int, int]) -> None:
    draft = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=size) as pilot:
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready and not screen.busy, "ready")
        await pilot.press("h", "i")
        await wait_until(pilot, lambda: "hi" in shown(app), "the words are seen")
        region = screen.composer.region
        assert region.height >= 1
        assert screen.region.contains_region(region)
        await pilot.press("ctrl+j")
        await wait_until(pilot, lambda: not screen.busy and screen.composer.text == "", "the next question")
        for step in ("gains", "offers", "intentions"):
            ana.writing.go_to_step(draft.id, step)
            from journal.tui.screens.closing import ClosingScreen

            await app.push_screen(ClosingScreen(draft.id))
            closing = await wait_for_screen(pilot, "ClosingScreen")
            await wait_until(pilot, lambda c=closing, s=step: c.ready and c.step == s, step)
            assert closing.region.contains_region(closing.query_one(TextArea).region)
            assert closing.query_one(TextArea).region.height >= 1
            if step == "intentions":
                assert closing.region.contains_region(closing.query_one(Input).region)
            await app.pop_screen()
        ana.writing.go_to_step(draft.id, "preview")
        from journal.tui.screens.sealing import SealScreen

        await app.push_screen(SealScreen(draft.id))
        seal = await wait_for_screen(pilot, "SealScreen")
        await wait_until(pilot, lambda: seal.ready, "the seal screen")
        assert seal.query_one("#lines").region.height >= 2
        await pilot.press("f1", "escape", "f12", "escape")


@pytest.mark.parametrize("size", [(80, 24), (40, 12), (20, 6)])
async def test_the_first_run_fits_every_size(empty: Bothways, size: tuple[int, int]) -> None:
    app = BothwaysApp(empty)
    async with app.run_test(size=size) as pilot:
        screen = await wait_for_screen(pilot, "FirstRunScreen")
        await wait_until(pilot, lambda: app.focused is not None, "a field has the focus")
        assert screen.region.contains_region(app.focused.region)
        await pilot.press("a", "enter")
        assert screen.region.contains_region(app.focused.region)


@pytest.mark.parametrize("theme", ["bothways-dark", "bothways-light", "ansi-dark", "no-such-theme"])
async def test_every_theme_starts(ana: Bothways, theme: str) -> None:
    from journal.bootstrap import build

    write_setting(ana.folder, "theme", theme)
    app = BothwaysApp(build(ana.folder, clock=ana.clock))
    async with app.run_test() as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: "Start a reflection" in shown(app), "Home")


async def test_without_colour_the_choices_still_show(ana: Bothways, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    draft = ana.writing.start(Start())
    ana.writing.answer(draft.id, draft.at, "words")
    ana.writing.go_to_step(draft.id, "preview")
    app = BothwaysApp(ana, resume=draft.id)
    async with app.run_test(size=(80, 24)) as pilot:
        seal = await wait_for_screen(pilot, "SealScreen")
        await wait_until(pilot, lambda: "○ private" in shown(app), "private in words")
        await pilot.press("space")
        await wait_until(pilot, lambda: "● shared" in shown(app) and not seal._choosing, "shared in words")


@pytest.mark.parametrize("theme", THEMES, ids=lambda t: t.name)
def test_our_colours_can_be_read(theme) -> None:
    def light(colour: Color) -> float:
        parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    papers = [theme.background, theme.surface, theme.variables["block-cursor-background"]]
    inks = [theme.foreground, theme.primary, theme.secondary, theme.error, theme.warning, theme.variables["quiet"]]
    for paper in papers:
        for ink in inks:
            one, two = sorted((light(Color.parse(paper)), light(Color.parse(ink))))
            assert (two + 0.05) / (one + 0.05) >= 4.5, f"{ink} on {paper}"


async def test_a_crash_names_its_class_and_nothing_else(ana: Bothways) -> None:
    draft = ana.writing.start(Start())
    app = BothwaysApp(ana, resume=draft.id)
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - it is raised where the app ends
        async with app.run_test() as pilot:
            screen = await wait_for_screen(pilot, "ReflectScreen")
            await wait_until(pilot, lambda: screen.ready and not screen.busy, "ready")
            await pilot.press("s", "e", "c", "r", "e", "t")

            def boom() -> None:
                secret = screen.composer.text
                raise ZeroDivisionError(secret)

            app.call_next(boom)
            await pilot.pause()
            [said] = app._exit_renderables
            assert "ZeroDivisionError" in str(said)
            assert "secret" not in str(said)
    assert any(d.text == "secret" for d in ana.drafts.load(draft.id).values())


async def test_news_from_the_partner_arrive_quietly(ana: Bothways, priya: Bothways, tmp_path: Path) -> None:
    meet(ana, priya, tmp_path / "space")
    app = BothwaysApp(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        home = await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: home.view is not None, "Home is read")
        theirs = priya.writing.start(Start())
        priya.sealing.seal(theirs.id)
        priya.sharing.sync()
        app.sync_soon()
        await wait_until(pilot, lambda: "Priya has sealed" in noticed(app), "the notice")
        await wait_until(pilot, lambda: "write yours" in shown(app), "Home has it")


async def test_trouble_with_the_space_is_said_once_in_the_top_line(ana: Bothways, priya: Bothways, tmp_path) -> None:
    meet(ana, priya, tmp_path / "space")
    (tmp_path / "space").rename(tmp_path / "gone")
    app = BothwaysApp(ana)
    async with app.run_test(size=(100, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: app.trouble, "the trouble")
        app.sync_soon()
        await wait_until(pilot, lambda: "⚠" in shown(app), "the top line says it")
        assert len(app._notifications) == 0


def test_no_screen_lets_a_notice_be_parsed_as_markup() -> None:
    for path in Path(journal.tui.screens.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "notify":
                assert any(k.arg == "markup" for k in node.keywords), f"{path.name}:{node.lineno}"


async def test_home_opens_with_new_words_and_a_reply_in_one_session(tmp_path: Path) -> None:
    from journals import SESSION, open_session, sync

    from journal.model import ResponseKind

    ana, priya = open_session(tmp_path)
    priya.together.respond(SESSION, ResponseKind.THANKS)
    sync(priya, ana)
    assert ana.together.waiting().ready
    assert ana.together.waiting().responses
    app = BothwaysApp(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: "read it together" in shown(app) and "repl" in shown(app), "both rows")


async def test_the_first_run_has_nothing_behind_it_to_go_to(empty: Bothways) -> None:
    app = BothwaysApp(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await wait_for_screen(pilot, "FirstRunScreen")
        offered = {command.title for command in app.get_system_commands(screen)}
        assert not offered & {"Home", "Timeline", "Share"}
        await app.action_home()
        await app.action_timeline()
        await app.action_sharing()
        await pilot.pause()
        assert app.screen is screen
        await wait_until(pilot, lambda: "What is your name?" in shown(app), "the first field")


async def test_home_names_an_unknown_guide_and_goes_on_with_the_usual_one(ana: Bothways) -> None:
    from journal.bootstrap import build

    (ana.folder / "settings.toml").write_text('guide = "no-such-guide"\nsync_seconds = 0\n')
    app = BothwaysApp(build(ana.folder, clock=ana.clock))
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: "Start a reflection" in shown(app), "Home")
        said = " ".join(shown(app).split())
        assert "no-such-guide" in said
        assert "bothways settings guide what-so-what-now-what" in said
        await pilot.press("n")
        screen = await wait_for_screen(pilot, "ReflectScreen")
        await wait_until(pilot, lambda: screen.ready and "What stayed with you" in shown(app), "the first question")


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
async def test_the_footer_never_hides_the_way_out_the_help_and_the_menu(ana: Bothways, size: tuple[int, int]) -> None:
    from journal.tui.routes import read_screen, review_screen
    from journal.tui.screens.sealed import SealedScreen
    from journal.tui.screens.sealing import SealScreen
    from journal.tui.screens.timeline import TimelineScreen

    draft = ana.writing.start(Start())
    ana.writing.answer(draft.id, draft.at, "words")
    key = SessionKey.parse(draft.session)
    app = BothwaysApp(ana)

    async def whole(*signs: str) -> None:
        await wait_until(pilot, lambda: all(s in shown(app).splitlines()[-1] for s in signs), f"{signs} in the footer")

    async with app.run_test(size=size) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await whole("n Reflect", "F1 Help", "^P Menu")
        for screen in (review_screen("Priya", key), TimelineScreen(), screen_for(draft), SealScreen(draft.id)):
            await app.push_screen(screen)
            await whole("esc ", "F1 Help", "^P Menu")
        ana.sealing.seal(draft.id, shared=set())
        for screen in (read_screen(draft.id), SealedScreen(draft.id)):
            await app.push_screen(screen)
            await whole("esc " if isinstance(screen, type(read_screen(""))) else "⏎ ", "F1 Help", "^P Menu")


async def test_the_same_notice_does_not_pile_up(ana: Bothways) -> None:
    app = BothwaysApp(ana)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        for _ in range(3):
            app.notify("Skipped.", markup=False)
        await wait_until(pilot, lambda: "Skipped." in noticed(app), "the notice")
        await pilot.pause()
        assert noticed(app).count("Skipped.") == 1


async def test_the_help_lists_the_follow_ups_once(ana: Bothways) -> None:
    from journal.tui.screens.help import HelpScreen
    from journal.tui.screens.reflect import ReflectScreen

    help_of = HelpScreen.of(ReflectScreen("x"))
    labels = [c.label for c in help_of._commands if c.in_help]
    assert [label for label in labels if label.startswith("F")] == ["F2-F4"]


async def test_what_was_found_about_the_files_is_told_once_on_home(ana: Bothways) -> None:
    with (ana.context.store.folder / "journal.jsonl").open("ab") as log:  # type: ignore[attr-defined]
        log.write(b'{"n":99,"ops":[["p"')
    app = BothwaysApp(ana)
    async with app.run_test() as pilot:
        await wait_for_screen(pilot, "HomeScreen")
        await wait_until(pilot, lambda: any("was cut off" in n.message for n in app._notifications), "the notice")
        app.screen.post_message(JournalChanged())
        await pilot.pause(0.2)
        assert len([n for n in app._notifications if "was cut off" in n.message]) == 1
    assert ana.context.store.notices() == []
