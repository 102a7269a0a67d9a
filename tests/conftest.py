"""The same surroundings for every test: a home of its own, one time zone, no network, and a clock that is set."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.model import Role
from journal.sharing import Invitation

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def surroundings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home folder that is empty, Lisbon time, and none of the variables that change what is shown."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    monkeypatch.setenv("LOCALAPPDATA", str(home / "local"))
    monkeypatch.delenv("BOTHWAYS_JOURNAL", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TZ", "Europe/Lisbon")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a socket reach this computer alone."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def reach(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
                raise AssertionError(f"a test reached for {address[0]}")
            return original(self, address)

        return reach

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))


@pytest.fixture
def clock() -> SetClock:
    """Half past six on the evening of 20 November 2026."""
    return SetClock(datetime(2026, 11, 20, 18, 30, tzinfo=UTC), "Europe/Lisbon")


@pytest.fixture
def ana(tmp_path: Path, clock: SetClock) -> Bothways:
    """Ana's journal: a mentee with Priya."""
    journal = build(tmp_path / "ana", clock=clock)
    journal.people.init("Ana", Role.MENTEE, "Priya")
    return journal


@pytest.fixture
def priya(tmp_path: Path, clock: SetClock) -> Bothways:
    """Priya's journal: a mentor with Ana."""
    journal = build(tmp_path / "priya", clock=clock)
    journal.people.init("Priya", Role.MENTOR, "Ana")
    return journal


class PairOfTwo(NamedTuple):
    """Two journals that share a folder."""

    ana: Bothways
    priya: Bothways
    folder: Path

    def sync(self, rounds: int = 3) -> None:
        """Synchronise both until nothing is left to do."""
        for _ in range(rounds):
            for side in self.ana, self.priya:
                for report in side.sharing.sync():
                    assert not report.trouble, report.trouble


@pytest.fixture
def pair_of_two(ana: Bothways, priya: Bothways, tmp_path: Path) -> PairOfTwo:
    """Ana and Priya after invitation and answer."""
    folder = tmp_path / "shared"
    priya.sharing.join(Invitation.read(ana.sharing.invite(str(folder))))
    two = PairOfTwo(ana, priya, folder)
    two.sync(1)
    return two
