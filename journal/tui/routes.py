"""Which screen comes when: the way into the app, and from a reflection to the screen that shows it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from journal.model import Reflection, SessionKey, Status, Step
from journal.tui.base import BothwaysScreen

if TYPE_CHECKING:
    from textual.app import App

    from journal.tui.app import BothwaysApp
    from journal.usecases import Start


async def open_first(
    app: BothwaysApp, *, resume: str | None = None, start: Start | None = None, open_screen: str = ""
) -> None:
    """Home with what was asked for on top of it; the first run in a journal without a writer.

    `open_screen` is "", "timeline", "sharing", `review:<session>[@partner]`, `read:<id>` or `seal:<id>`.
    Raises what starting and resuming raise.
    """
    from journal.tui.screens.home import HomeScreen

    if not await asyncio.to_thread(app.bothways.people.known):
        from journal.tui.screens.first_run import FirstRunScreen

        await app.push_screen(FirstRunScreen(start))
        return
    writing = app.bothways.writing
    reflection: Reflection | None = None
    if resume is not None:
        found = await asyncio.to_thread(app.bothways.reading.get, resume)
        reflection = await asyncio.to_thread(writing.resume, found.id)
    elif start is not None:
        reflection = await asyncio.to_thread(writing.resumable, start)
        if reflection is None:
            reflection = await asyncio.to_thread(writing.start, start)
    await app.push_screen(HomeScreen())
    if reflection is not None:
        await app.push_screen(screen_for(reflection))
    elif open_screen:
        await _open_named(app, open_screen)


async def leave_first_run(app: BothwaysApp, reflection: Reflection) -> None:
    """Home in place of the first run, and the first question on top of it."""
    from journal.tui.screens.home import HomeScreen

    await app.switch_screen(HomeScreen())
    await app.push_screen(screen_for(reflection))


async def _open_named(app: BothwaysApp, name: str) -> None:
    kind, _, rest = name.partition(":")
    if kind == "timeline":
        await app.action_timeline()
    elif kind == "sharing":
        await app.action_sharing()
    elif kind == "review":
        session, _, partner = rest.partition("@")
        pair = await asyncio.to_thread(app.bothways.people.pair, partner or None)
        await app.push_screen(review_screen(pair.partner, SessionKey.parse(session)))
    elif kind == "read":
        await app.push_screen(read_screen(rest))
    elif kind == "seal":
        reflection = await asyncio.to_thread(app.bothways.reading.get, rest)
        await app.push_screen(screen_for(reflection))


def screen_for(reflection: Reflection) -> BothwaysScreen:
    """The screen on which to go on with a reflection of the writer's."""
    if reflection.status is not Status.DRAFT:
        return read_screen(reflection.id)
    if reflection.step is Step.QUESTIONS:
        from journal.tui.screens.reflect import ReflectScreen

        return ReflectScreen(reflection.id)
    if reflection.step is Step.PREVIEW:
        from journal.tui.screens.sealing import SealScreen

        return SealScreen(reflection.id)
    from journal.tui.screens.closing import ClosingScreen

    return ClosingScreen(reflection.id)


def review_screen(partner: str, session: SessionKey) -> BothwaysScreen:
    """Both sides of one session."""
    from journal.tui.screens.review import ReviewScreen

    return ReviewScreen(partner, session)


def read_screen(id: str) -> BothwaysScreen:
    """One reflection as a page."""
    from journal.tui.screens.read import ReadScreen

    return ReadScreen(id)


def replace(app: App[None], screen: BothwaysScreen) -> None:
    """Put a screen in the place of the one in front. The app does it: a screen that waited for its own end would
    wait for ever."""
    app.call_next(app.switch_screen, screen)


async def go_home(app: BothwaysApp) -> None:
    """Close everything that lies on Home, and open Home where there is none. For the app alone to call."""
    from journal.tui.screens.home import HomeScreen

    for screen in app.screen_stack:
        if isinstance(screen, BothwaysScreen):
            await screen.words_are_safe()
    while len(app.screen_stack) > 1 and not isinstance(app.screen, HomeScreen):
        await app.pop_screen()
    if not isinstance(app.screen, HomeScreen) and await asyncio.to_thread(app.bothways.people.known):
        await app.push_screen(HomeScreen())
