"""Both sides do whatever they like over a space that fails, and end with the same."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from journal.bootstrap import build
from journal.clock import SetClock
from journal.errors import BothwaysError
from journal.model import (
    Announced,
    Form,
    GuideContext,
    GuideInfo,
    JointLine,
    Outgoing,
    Pair,
    Received,
    ReceivedState,
    Reflection,
    Response,
    ResponseKind,
    Role,
    SessionKey,
    SharedEntry,
    SpaceLink,
    Stage,
    Status,
    Visibility,
)
from journal.sharing import Sharing
from journal.store.disk import Disk
from journal.usecases import Start, read_given
from tests.unit.sharing.spaces import Shelf, UnreliableSpace

SESSIONS = [SessionKey(date(2026, 11, 20)), SessionKey(date(2026, 11, 20), 2)]
RUNS = 200
STEPS = 60


class PlainGuides:
    """One guide of one question, without templates."""

    def list(self) -> list[GuideInfo]:
        return [self.info("")]

    def info(self, key: str) -> GuideInfo:
        return GuideInfo(key="plain", title="Plain", summary="", source="")

    def form(self, key: str, context: GuideContext) -> Form:
        return Form(guide="plain", title="Plain", stages=(Stage(key="one", title="One", question="What?"),))

    joint = form


class Side:
    """One person, with a store in memory-like haste: the real one, without waiting for the disk."""

    def __init__(self, folder: Path, name: str, partner: str, role: Role, shelf: Shelf, seed: int) -> None:
        self.name = name
        self.dice = random.Random(f"{name}{seed}")
        self.clock = SetClock(datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(seconds=self.dice.randint(-90, 90)))
        real = build(folder, clock=self.clock)
        context = msgspec.structs.replace(real.context, guides=PlainGuides())
        self.app = dataclasses.replace(real, context=context)
        self.app.people.init(name, role, partner)
        self.space = UnreliableSpace(shelf, self.dice)
        self.sharing = Sharing(self.app.context, lambda url: self.space)
        self.typed: set[str] = set()
        self.counter = 0

    def words(self, kind: str) -> str:
        self.counter += 1
        text = f"{kind} {self.name} {self.counter}"
        self.typed.add(text)
        return text

    def link(self, mine: str, theirs: str) -> None:
        store = self.app.context.store
        with store.begin() as tx:
            pair = store.all(Pair)[0]
            tx.put(msgspec.structs.replace(pair, space=SpaceLink(url="memory", space="s", me=mine, peer=theirs)))

    def all(self, kind: type) -> list:  # type: ignore[type-arg]
        return self.app.context.store.all(kind)

    def step(self) -> None:
        self.clock.at += timedelta(seconds=self.dice.choice((-2, 0, 0, 1, 1, 60)))
        actions: list[Callable[[], object]] = [
            self.write, self.write, self.seal, self.seal, self.unseal, self.edit, self.edit, self.delete, self.undelete,
            self.move, self.open_early, self.respond, self.line, self.tick, self.tick, self.change,
            self.sync, self.sync, self.sync, self.sync,
        ]  # fmt: skip
        with suppress(BothwaysError):
            self.dice.choice(actions)()

    def some(self, *statuses: Status) -> Reflection:
        rows = [r for r in self.all(Reflection) if r.deleted_at is None and (not statuses or r.status in statuses)]
        if not rows:
            raise BothwaysError("nothing")
        return self.dice.choice(rows)  # type: ignore[no-any-return]

    def write(self) -> None:
        given = {
            "answers": [
                {"text": self.words("SHARED"), "visibility": "shared"},
                {"text": self.words("PRIVATE"), "visibility": "private"},
            ],
            "gains": [{"kind": "skill", "text": self.words("SHARED"), "visibility": "shared"}],
        }
        seal = self.dice.random() < 0.5
        key = self.dice.choice(SESSIONS)
        try:
            self.app.writing.write_all(Start(session=key), read_given(msgspec.json.encode(given)), seal=seal)
        except BothwaysError:
            self.typed -= {f"{kind} {self.name} {self.counter - i}" for kind in ("SHARED", "PRIVATE") for i in range(3)}

    def seal(self) -> None:
        self.app.sealing.seal(self.some(Status.DRAFT).id, open_early=self.dice.random() < 0.1)

    def unseal(self) -> None:
        self.app.sealing.unseal(self.some(Status.SEALED).id)

    def open_early(self) -> None:
        if self.dice.random() < 0.3:
            self.app.sealing.open_early(self.some(Status.SEALED).id)

    def edit(self) -> None:
        reflection = self.some(Status.OPEN, Status.DRAFT)
        turn = self.dice.choice([t for t in reflection.turns if t.answer] or list(reflection.turns))
        kind = "SHARED" if turn.visibility is Visibility.SHARED else "PRIVATE"
        self.app.writing.edit(reflection.id, turn.id, self.words(kind))

    def delete(self) -> None:
        self.app.sealing.delete([self.some().id])

    def undelete(self) -> None:
        self.app.sealing.undelete()

    def move(self) -> None:
        self.app.writing.move(self.some().id, self.dice.choice(SESSIONS))

    def respond(self) -> None:
        self.app.together.respond(self.dice.choice(SESSIONS), ResponseKind.COMMENT, f"response {self.name}")

    def line(self) -> None:
        self.app.together.agree(self.dice.choice(SESSIONS), f"line {self.name}")

    def tick(self) -> None:
        lines = self.all(JointLine)
        if lines:
            self.app.together.tick_line(self.dice.choice(lines).id, self.dice.random() < 0.5)

    def change(self) -> None:
        lines = [line for line in self.all(JointLine) if line.mine]
        if lines:
            text = self.dice.choice(("", f"changed {self.dice.random()}"))
            self.app.together.change_line(self.dice.choice(lines).id, text)

    def sync(self) -> None:
        self.sharing.sync()


def _announced(side: Side) -> dict[str, Announced]:
    return {told.id: told for told in side.all(Announced)}


def _check_received(author: Side, reader: Side) -> None:
    told = _announced(author)
    known = {r.id: r for r in reader.all(Received)}
    for reflection in author.all(Reflection):
        sealed = reflection.status is not Status.DRAFT and reflection.deleted_at is None
        received = known.get(reflection.id)
        if not sealed:
            assert reflection.id not in told
            assert received is None or (received.state is ReceivedState.WITHDRAWN and received.entry is None)
            continue
        assert received is not None
        assert (received.session, received.sha) == (reflection.session, told[reflection.id].sha)
        if told[reflection.id].released:
            assert received.state in (ReceivedState.OPENED, ReceivedState.HELD)
            assert received.entry == msgspec.json.decode(told[reflection.id].body, type=SharedEntry)
        else:
            assert received.state is ReceivedState.SEALED
            assert received.entry is None


def _check_both_sealed(one: Side, other: Side) -> None:
    for key in map(str, SESSIONS):
        rows = [
            [
                r
                for r in side.all(Reflection)
                if r.session == key and r.deleted_at is None and r.status is not Status.DRAFT
            ]
            for side in (one, other)
        ]
        if all(rows):
            for side, peer, row in ((one, other, rows[0][0]), (other, one, rows[1][0])):
                assert row.status is Status.OPEN
                assert _announced(side)[row.id].released
                assert {r.id: r for r in peer.all(Received)}[row.id].state is ReceivedState.OPENED


def _check_nothing_lost(side: Side) -> None:
    kept = {t.answer for r in side.all(Reflection) for t in r.turns}
    kept |= {v.text for r in side.all(Reflection) for t in r.turns for v in t.earlier}
    kept |= {g.text for r in side.all(Reflection) for g in r.gains}
    assert side.typed <= kept


def _lines(side: Side) -> set[tuple[object, ...]]:
    return {(x.id, x.removed, "" if x.removed else x.text, x.done_at, x.ticked_at) for x in side.all(JointLine)}


def _responses(side: Side) -> set[tuple[object, ...]]:
    return {(r.id, r.entry, r.kind, r.text) for r in side.all(Response)}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that waits for nothing."""
    monkeypatch.setattr(Disk, "sync", lambda self, fd: None)
    monkeypatch.setattr(Disk, "sync_folder", lambda self, folder: None)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("part", range(4))
def test_both_sides_converge(tmp_path: Path, part: int) -> None:
    for seed in range(part, RUNS, 4):
        run(tmp_path / str(seed), seed)


def run(folder: Path, seed: int) -> None:
    shelf, dice = Shelf(), random.Random(seed)
    ana = Side(folder / "ana", "Ana", "Priya", Role.MENTEE, shelf, seed)
    priya = Side(folder / "priya", "Priya", "Ana", Role.MENTOR, shelf, seed)
    ana.link("aaaa", "pppp")
    priya.link("pppp", "aaaa")
    sides = (ana, priya)
    for _ in range(STEPS):
        dice.choice(sides).step()
    for side in sides:
        side.space.reliable = True
    for _ in range(4):
        for side in sides:
            for report in side.sharing.sync():
                assert not report.trouble, (seed, report.trouble)
    assert not ana.all(Outgoing)
    assert not priya.all(Outgoing)
    _check_received(ana, priya)
    _check_received(priya, ana)
    _check_both_sealed(ana, priya)
    assert _lines(ana) == _lines(priya)
    assert _responses(ana) == _responses(priya)
    for side in sides:
        _check_nothing_lost(side)
    assert not [data for data in shelf.ever if b"PRIVATE" in data]
    bodies = {name.rsplit("/", 1)[-1] for name in shelf.files if "/body/" in name}
    released = {f"{told.sha}.json" for side in sides for told in side.all(Announced) if told.released}
    assert bodies == released, seed
