"""The sample journal: one believable pair over four months, told by `story.json` and built by the ordinary rules."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from journal import reflection as rules
from journal.bootstrap import Bothways, build
from journal.clock import RunningClock, SetClock
from journal.errors import BothwaysError
from journal.ids import new_id
from journal.model import (
    FollowUp,
    GainKind,
    Reflection,
    ResponseKind,
    Role,
    SessionKey,
    SharedItem,
    Status,
    Step,
)
from journal.ports import DraftText
from journal.sharing import Invitation
from journal.usecases import Start
from journal.usecases.announce import reconcile

ZONE = timezone(timedelta(hours=1))
STORY = Path(__file__).with_name("story.json")
TODAY = datetime(2026, 11, 21, 18, 0, tzinfo=ZONE)

Row = dict[str, Any]


def build_demo(folder: Path) -> dict[Role, Path]:
    """Build both journals and the shared folder under `folder`; returns each side's journal folder."""
    story: Row = json.loads(STORY.read_text("utf-8"))
    clock = SetClock(datetime(2026, 7, 20, 18, 0, tzinfo=ZONE), "Europe/Lisbon")
    folders = {role: folder / story[role] for role in Role}
    sides = {role: build(path, clock=clock) for role, path in folders.items()}
    mentee, mentor = sides[Role.MENTEE], sides[Role.MENTOR]
    mentee.people.init(story["mentee"], Role.MENTEE, story["mentor"])
    mentor.people.init(story["mentor"], Role.MENTOR, story["mentee"])
    invitation = Invitation.read(mentee.sharing.invite(str(folder / "shared")))
    mentor.sharing.join(invitation)
    for row in sorted(story["sessions"], key=lambda s: s["date"]):
        _session(row, sides, clock)
    for row in story.get("solo", []):
        clock.at = _time(row["date"] + "T21:00")
        side = sides[Role(row["by"])]
        reflection = side.writing.start(
            Start(guide=row["guide"], solo=True, title=row.get("title", ""), day=clock.at.date())
        )
        _fill(side, reflection, row, clock)
    clock.at = TODAY
    return folders


def demo_clock() -> RunningClock:
    """The clock of an open sample journal: the day after its last session, going on from there."""
    return RunningClock(TODAY, "Europe/Lisbon")


@contextmanager
def partner_at_work(folder: Path) -> Iterator[None]:
    """While the block runs, the other person's journal synchronises as if they sat at their own computer."""
    other = build(folder, clock=demo_clock())
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(2):
            with contextlib.suppress(BothwaysError):
                other.sharing.sync()

    thread = threading.Thread(target=work, name="partner", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=5)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def _session(row: Row, sides: dict[Role, Bothways], clock: SetClock) -> None:
    day = date.fromisoformat(row["date"])
    written = {role: row[role] for role in Role if row.get(role)}
    for role, part in sorted(written.items(), key=lambda item: item[1]["written"]):
        clock.at = _time(part["written"])
        side = sides[role]
        title = row.get("title", "") if role is Role.MENTEE else ""
        reflection = side.writing.start(Start(guide=row["guide"], day=day, title=title))
        _fill(side, reflection, part, clock)
        _sync(sides)
    _sync(sides)
    key = SessionKey(day)
    for response in sorted(row.get("responses", []), key=lambda r: r["at"]):
        clock.at = _time(response["at"])
        _respond(sides[Role(response["by"])], key, response)
    for role, side in sides.items():
        for note in row.get("notes", []):
            if note["by"] == role:
                side.together.note(key, note["text"])
        for line in row.get("agreed", []):
            if line["by"] == role:
                due = date.fromisoformat(line["due"]) if line.get("due") else None
                stored = side.together.agree(key, line["text"], owner=line["owner"], due=due)
                if line.get("done"):
                    side.together.tick_line(stored.id, True)
    _sync(sides)
    if row.get("responses"):
        for side in sides.values():
            side.together.mark_read(side.together.review(key))


def _sync(sides: dict[Role, Bothways]) -> None:
    for _ in range(2):
        for side in sides.values():
            side.sharing.sync()


def _fill(side: Bothways, reflection: Reflection, part: Row, clock: SetClock) -> None:
    shared: set[str] = set()
    form = side.writing.form(reflection)
    rows = {answer["stage"]: answer for answer in part["answers"]}
    typing: Row | None = part.get("typing")
    now = clock.at
    while reflection.at:
        turn = rules.turn_of(reflection, reflection.at)
        row = rows.pop(turn.stage, None)
        if row is None and typing is not None:
            side.drafts.save(reflection.id, turn.id, DraftText(text=typing["text"], cursor=(0, len(typing["text"]))))
            break
        if row is None:
            reflection = rules.skip(reflection, turn.id, now=now)
        else:
            reflection = rules.answer(reflection, turn.id, row["text"], now=now)
            if row.get("visibility") == "shared":
                shared.add(turn.id)
            for follow in row.get("follow_ups", []):
                asked = FollowUp(
                    id=f"story.{new_id()}",
                    text=follow["question"],
                    move=follow["move"],
                    quote=follow["quote"],
                )
                reflection = rules.ask_follow_up(reflection, turn.id, asked, now=now, new_id=_id)
                if follow.get("visibility") == "shared":
                    shared.add(reflection.at)
                reflection = rules.answer(reflection, reflection.at, follow["text"], now=now)
        reflection = rules.advance(reflection, form, now=now, new_id=_id)
    reflection, more = _items(side, reflection, part, now)
    if part.get("state") == "sealed":
        reflection = rules.choose(reflection, shared | more)
        reflection = replace(reflection, status=Status.SEALED, sealed_at=now, step=Step.PREVIEW, at="", updated=now)
    with side.context.store.begin() as tx:
        reconcile(tx, reflection, now)


def _id() -> str:
    return new_id(8)


def _items(side: Bothways, r: Reflection, part: Row, now: datetime) -> tuple[Reflection, set[str]]:
    shared: set[str] = set()

    def note(row: Row, id: str) -> None:
        if row.get("visibility") == "shared":
            shared.add(id)

    for row in part.get("gains", []):
        together = row.get("direction") == "together"
        kind = GainKind.parse(row["kind"])
        r = rules.add_gain(r, kind, row["text"], now=now, new_id=_id, together=together)
        note(row, r.gains[-1].id)
    for row in part.get("offers", []):
        r = rules.add_offer(r, GainKind.parse(row["kind"]), row["text"], now=now, new_id=_id)
        note(row, r.offers[-1].id)
    for row in part.get("intentions", []):
        due = date.fromisoformat(row["due"]) if row.get("due") else None
        r = rules.add_intention(r, row["text"], owner=side.people.me().name, now=now, new_id=_id, due=due)
        note(row, r.intentions[-1].id)
        if row.get("done"):
            r = rules.tick(r, r.intentions[-1].id, True, now=_time(row["done"]))
    return r, shared


def _respond(side: Bothways, key: SessionKey, row: Row) -> None:
    entry = side.together.review(key).theirs
    if entry is None:
        raise ValueError(f"the story responds to {key}, which is not open")
    kind, _, place = row["to"].partition(":")
    if kind == "answer":
        item = next(a.id for a in entry.answers if a.stage == place and not a.follows)
    else:
        items: tuple[SharedItem, ...] = entry.gains if kind == "gain" else entry.offers
        item = items[int(place)].id
    side.together.respond(key, ResponseKind(row["kind"]), row.get("text", ""), item=item)
