"""Two journals that share, filled from both sides."""

from __future__ import annotations

from dataclasses import replace as with_fields
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from textual.pilot import Pilot
from tui_helpers import MOMENT, meet, wait_until

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.model import GainKind, Role, SessionKey, Visibility
from journal.tui import app as journal_app
from journal.tui.app import BothwaysApp
from journal.tui.base import BothwaysScreen
from journal.usecases import GivenReflection, Start
from journal.usecases.given import GivenAnswer, GivenIntention, GivenItem

DAY = date(2026, 11, 20)
SESSION = SessionKey(DAY)
SHARED = Visibility.SHARED
SECRET = "nobody may read this canary"
NASTY = "[@click=app.quit]x[/] [/x] \x1b]0;owned\x07\x1b[2J \u202egnorw"
"""Markup, codes that steer a terminal, and a mark that turns the text round."""


def journal(folder: Path, name: str, role: Role, partner: str, *, moment: SetClock | None = None) -> Bothways:
    """A journal of its own that looks into the shared folder only when asked."""
    bothways = build(folder / name.lower(), clock=moment or SetClock(MOMENT, "Europe/Amsterdam"))
    bothways = with_fields(bothways, settings=replace(bothways.settings, sync_seconds=0))
    bothways.people.init(name, role, partner)
    return bothways


def two_journals(folder: Path) -> tuple[Bothways, Bothways]:
    """Ana's and Priya's journals, which have met in a folder."""
    ana = journal(folder, "Ana", Role.MENTEE, "Priya")
    priya = journal(folder, "Priya", Role.MENTOR, "Ana")
    meet(ana, priya, folder / "shared")
    return ana, priya


def answer(text: str, visibility: Visibility = SHARED) -> GivenAnswer:
    return GivenAnswer(text=text, visibility=visibility)


def item(kind: GainKind, text: str) -> GivenItem:
    return GivenItem(kind=kind, text=text, visibility=SHARED)


ANAS = GivenReflection(
    answers=(
        answer("Priya showed me how she says no. I froze."),
        answer(SECRET, Visibility.PRIVATE),
        answer("One no a week, with a date."),
    ),
    gains=(item(GainKind.SKILL, "Saying no with a smaller thing and a date"),),
    intentions=(GivenIntention(text="Say no to Tiago once", due=date(2026, 11, 27), visibility=SHARED),),
)
PRIYAS = GivenReflection(
    answers=(answer("She went quiet and I kept talking."), answer("My silence reads as anger.")),
    gains=(item(GainKind.KNOWLEDGE, "How juniors read my silence as anger"),),
    offers=(
        item(GainKind.SKILL, "How I decline without apology"),
        item(GainKind.SOCIAL_CAPITAL, "A word to Marta"),
    ),
)


def sync(*sides: Bothways) -> None:
    """One round for each side, in this order."""
    for side in sides:
        for report in side.sharing.sync():
            assert not report.trouble, report.trouble


def write(side: Bothways, given: GivenReflection = ANAS, *, seal: bool = True) -> str:
    """Write for the session; gives the reflection's id."""
    return side.writing.write_all(Start(session=SESSION), given, seal=seal).id


def open_session(
    folder: Path, anas: GivenReflection = ANAS, priyas: GivenReflection = PRIYAS
) -> tuple[Bothways, Bothways]:
    """Two journals whose session is open on both sides."""
    ana, priya = two_journals(folder)
    write(ana, anas)
    write(priya, priyas)
    sync(ana, priya, ana, priya)
    assert ana.together.review(SESSION).ready
    assert priya.together.review(SESSION).ready
    return ana, priya


class OneScreen(BothwaysApp):
    """The app with one screen in front and nothing behind it."""

    CSS_PATH = Path(journal_app.__file__).with_name("app.tcss")

    def __init__(self, bothways: Bothways, first: BothwaysScreen) -> None:
        super().__init__(bothways)
        self._front = first

    async def _open_first_screen(self) -> None:
        await self.push_screen(self._front)


async def wait_for_text(pilot: Pilot[None], text: str) -> str:
    """Wait until `text` can be read on the screen in front; gives all that can be read."""
    await wait_until(pilot, lambda: text in readable(pilot.app), f"“{text}” on the screen")
    return readable(pilot.app)


def readable(app: BothwaysApp | object) -> str:
    """Everything the screen in front holds as text, scrolled out of sight or not."""
    from textual.app import App
    from textual.widgets import Static

    assert isinstance(app, App)
    texts = [str(w.render()) for w in app.screen.query(Static) if w.display and all(a.display for a in w.ancestors)]
    return "\n".join(texts)


def notices(app: object) -> str:
    """What was said in notices so far."""
    from textual.app import App

    assert isinstance(app, App)
    return "\n".join(n.message for n in app._notifications)
