"""A journal in a temporary folder at a fixed moment, nothing of the machine around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot, WaitForScreenTimeout
from tui_helpers import MOMENT

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.model import Role


@pytest.fixture(autouse=True)
def _patient_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that closes a screen takes widgets along whose answer the pilot may still wait for. The tests wait
    for what they name instead."""
    wait_for_screen = Pilot._wait_for_screen

    async def wait(self: Pilot[Any], timeout: float = 30.0) -> bool:
        try:
            return await wait_for_screen(self, timeout=min(timeout, 3.0))
        except WaitForScreenTimeout:
            return True

    monkeypatch.setattr(Pilot, "_wait_for_screen", wait)


@pytest.fixture(autouse=True)
def _pinned_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("NO_COLOR", "TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_THEME", "BOTHWAYS_JOURNAL", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home" / ".config"))
    monkeypatch.setenv("TZ", "Europe/Amsterdam")
    monkeypatch.setenv("LANG", "en_US.UTF-8")


@pytest.fixture
def clock() -> SetClock:
    return SetClock(MOMENT, "Europe/Amsterdam")


@pytest.fixture
def empty(tmp_path: Path, clock: SetClock) -> Bothways:
    """A folder without a journal."""
    return build(tmp_path / "journal", clock=clock)


@pytest.fixture
def ana(tmp_path: Path, clock: SetClock) -> Bothways:
    """Ana's journal: she is the mentee of Priya."""
    bothways = build(tmp_path / "ana", clock=clock)
    bothways.people.init("Ana", Role.MENTEE, "Priya")
    return bothways


@pytest.fixture
def priya(tmp_path: Path, clock: SetClock) -> Bothways:
    """Priya's journal: she is the mentor of Ana."""
    bothways = build(tmp_path / "priya", clock=clock)
    bothways.people.init("Priya", Role.MENTOR, "Ana")
    return bothways
