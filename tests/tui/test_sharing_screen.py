"""Meeting in a folder: invite on one side, join on the other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from journals import OneScreen, journal, notices, open_session, readable, two_journals, wait_for_text, write
from textual.widgets import Button, Input
from tui_helpers import type_text, wait_for_screen, wait_until

from journal.model import Role
from journal.tui.screens.sharing import SharingScreen
from journal.tui.widgets.fields import KeptText
from journal.tui.widgets.pair_panel import PairPanel

SIZES = [(80, 24), (120, 40), (40, 12), (20, 6)]


def button(app: OneScreen, name: str) -> Button:
    return next(b for b in app.screen.query(Button) if b.name == name)


async def test_invite_then_join_by_the_text(tmp_path: Path) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "Priya")
    priya = journal(tmp_path, "Priya", Role.MENTOR, "Ana")
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        text = await wait_for_text(pilot, "have not met in a folder yet")
        assert "it is not encrypted" in text
        assert "only after both of you have announced your seals" in text
        app.screen.query_one(Input).value = str(tmp_path / "shared")
        button(app, "invite").press()
        text = await wait_for_text(pilot, "They have not joined yet")
        armoured = ana.people.pair().space.invitation  # type: ignore[union-attr]
        assert "BEGIN BOTHWAYS INVITATION" in text
        await pilot.press("c")
        await wait_until(pilot, lambda: app.clipboard == armoured, "the clipboard")
    app = OneScreen(priya, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "have not met in a folder yet")
        app.screen.query_one(KeptText).load_text(f"Hello!\n{armoured}\nbye")
        button(app, "join").press()
        dialog = await wait_for_screen(pilot, "ConfirmDialog")
        assert "Ana (mentee) invites Priya" in readable(app)
        dialog._monotonic = lambda: dialog._shown_at + 1
        await pilot.press("right", "enter")
        await wait_for_screen(pilot, "SharingScreen")
        await wait_for_text(pilot, "You and Ana meet in")
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "They have not joined yet")
        await pilot.press("r")
        await wait_for_text(pilot, "You and Priya meet in")


async def test_the_invitation_is_saved_for_its_owner_alone_and_joined_by_its_path(tmp_path: Path) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "Priya")
    priya = journal(tmp_path, "Priya", Role.MENTOR, "Ana")
    ana.sharing.invite(str(tmp_path / "shared"))
    target = tmp_path / "invitation.txt"
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "They have not joined yet")
        for round in range(2):
            button(app, "save").press()
            await wait_for_screen(pilot, "AskDialog")
            app.screen.query_one(Input).value = str(target)
            await pilot.press("enter")
            await wait_for_screen(pilot, "SharingScreen")
            said = "Only you can read that file" if round == 0 else "is there already"
            await wait_until(pilot, lambda s=said: s in notices(app), said)
    if sys.platform != "win32":
        assert target.stat().st_mode & 0o777 == 0o600
    app = OneScreen(priya, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "have not met in a folder yet")
        app.screen.query_one(KeptText).load_text(str(target))
        button(app, "join").press()
        dialog = await wait_for_screen(pilot, "ConfirmDialog")
        dialog._monotonic = lambda: dialog._shown_at + 1
        await pilot.press("right", "enter")
        await wait_for_screen(pilot, "SharingScreen")
        await wait_for_text(pilot, "You and Ana meet in")


async def test_nonsense_is_refused_and_stays_in_the_field(tmp_path: Path) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "Priya")
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "have not met")
        button(app, "invite").press()
        await wait_until(pilot, lambda: "needs a path" in notices(app), "a refusal")
        app.screen.query_one(KeptText).load_text("[@click=app.quit]x[/]")
        button(app, "join").press()
        await wait_until(pilot, lambda: "no Bothways invitation" in notices(app), "a refusal")
        assert app.screen.query_one(KeptText).text == "[@click=app.quit]x[/]"
        assert ana.people.pair().space is None


async def test_what_waits_is_said_in_words(tmp_path: Path) -> None:
    ana, _ = two_journals(tmp_path)
    write(ana)
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "Waits to be sent at the next sync: one piece of news.")
        await pilot.press("r")
        await wait_for_text(pilot, "Nothing waits to be sent.")


async def test_another_pair_is_added(tmp_path: Path) -> None:
    ana, _ = open_session(tmp_path)
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "You and Priya meet in")
        await pilot.press("p")
        await wait_for_screen(pilot, "AddPairDialog")
        await type_text(pilot, "Bo")
        await pilot.press("tab", "right", "ctrl+j")
        await wait_for_screen(pilot, "SharingScreen")
        await wait_for_text(pilot, "Bo · you are the mentor")
        assert len(app.screen.query(PairPanel)) == 2


@pytest.mark.parametrize("size", SIZES)
async def test_every_field_is_in_reach_and_hostile_names_are_plain(tmp_path: Path, size: tuple[int, int]) -> None:
    ana = journal(tmp_path, "Ana", Role.MENTEE, "[@click=app.quit]x[/]")
    app = OneScreen(ana, SharingScreen())
    async with app.run_test(size=size) as pilot:
        await wait_for_text(pilot, "[@click=app.quit]x[/] · you are the mentee")
        fields = [*app.screen.query(Input), *app.screen.query(KeptText), *app.screen.query(Button)]
        for field in fields:
            field.focus()
            await wait_until(
                pilot,
                lambda f=field: f.region.height > 0 and bool(app.screen.region.intersection(f.region)),
                f"{field} in sight",
            )
        await pilot.press("escape")
        assert app.is_running
