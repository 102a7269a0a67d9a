"""What the tests of the terminal app share: moments, hostile words, and waiting on named conditions."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from journal.bootstrap import Bothways
from journal.tui.app import BothwaysApp

MOMENT = datetime.fromisoformat("2026-11-20T18:30:00+01:00")
HOSTILE = ["[@click=app.quit]x[/]", "[/x]", "[bold]b", "\\[x]", "$(x) {{ y }}"]


def meet(ana: Bothways, priya: Bothways, folder: Path) -> None:
    """Let the two meet in a shared folder."""
    from journal.sharing import Invitation

    armoured = ana.sharing.invite(str(folder))
    priya.sharing.join(Invitation.read(armoured))
    ana.sharing.sync()


async def wait_until(pilot: Pilot[Any], condition: Callable[[], Any], what: str, seconds: float = 10.0) -> None:
    """Let the app run until `condition` holds; `what` names it where it never does."""
    end = time.monotonic() + seconds
    while True:
        await pilot.pause()
        if condition():
            return
        if time.monotonic() > end:
            raise AssertionError(f"never came true: {what}")
        await pilot.pause(0.01)


async def wait_for_screen(pilot: Pilot[Any], name: str) -> Any:
    """Wait until the screen in front has this class name, and give it."""
    app = pilot.app
    await wait_until(pilot, lambda: type(app.screen).__name__ == name and app.screen.is_mounted, f"{name} in front")
    return app.screen


def shown(app: BothwaysApp) -> str:
    """Everything on the screen as text, one line a row."""
    lines = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in line).rstrip() for line in lines)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Press the keys of `text`, one after the other."""
    names = {" ": "space", "\n": "enter", ".": "full_stop", ",": "comma", "'": "apostrophe"}
    for character in text:
        await pilot.press(names.get(character, character))


def noticed(app: BothwaysApp) -> str:
    """Every notice that is up, as text."""
    return "\n".join(notice.message for notice in app._notifications)
