"""Whole screens as pictures, looked at by eye when they change; `pytest tests/tui --snapshot-update` renews them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from tui_helpers import shown, wait_for_screen, wait_until

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.demo import TODAY, build_demo
from journal.model import Role, SessionKey, Step
from journal.tui.app import BothwaysApp

Steps = Callable[[Pilot[Any]], Awaitable[None]]
SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The sample journal, with the same ids every time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("journal.ids.secrets.choice", random.Random(20261121).choice)
        folder = tmp_path_factory.mktemp("sample")
        yield build_demo(folder)[Role.MENTEE]


@pytest.fixture
def demo(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bothways:
    """A copy of Ana's sample journal, on the day after her last session."""
    monkeypatch.setattr("journal.ids.secrets.choice", random.Random(7).choice)
    shutil.copytree(sample, tmp_path / "Ana")
    (tmp_path / "Ana" / "settings.toml").write_text("sync_seconds = 0\n")
    return build(tmp_path / "Ana", clock=SetClock(TODAY, "Europe/Lisbon"))


def until(screen: str, words: str) -> Steps:
    """Wait until this screen is in front and shows these words."""

    async def steps(pilot: Pilot[Any]) -> None:
        await wait_for_screen(pilot, screen)
        await wait_until(pilot, lambda: words in shown(pilot.app), words)
        await wait_until(pilot, lambda: not pilot.app.workers._workers, "nothing is under way")

    return steps


@pytest.mark.parametrize("size", SIZES)
def test_first_run(snap_compare: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "settings.toml").write_text("sync_seconds = 0\n")
    app = BothwaysApp(build(tmp_path / "new", clock=SetClock(TODAY)))
    assert snap_compare(app, terminal_size=size, run_before=until("FirstRunScreen", "What is your name?"))


@pytest.mark.parametrize("size", SIZES)
def test_home(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    assert snap_compare(BothwaysApp(demo), terminal_size=size, run_before=until("HomeScreen", "Waiting for you"))


@pytest.mark.parametrize("size", SIZES)
def test_reflect(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    draft = next(r for r in demo.reading.reflections() if r.status == "draft" and r.pair)
    app = BothwaysApp(demo, resume=draft.id)
    assert snap_compare(app, terminal_size=size, run_before=until("ReflectScreen", "Go deeper"))


@pytest.mark.parametrize("size", SIZES)
def test_gains(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    draft = next(r for r in demo.reading.reflections() if r.status == "draft" and r.pair)
    for turn in draft.turns:
        demo.writing.answer(draft.id, turn.id, turn.answer or "My own silence is worth money.")
    demo.writing.skip(draft.id, demo.reading.get(draft.id).at)
    demo.writing.go_to_step(draft.id, Step.GAINS)
    app = BothwaysApp(demo, resume=draft.id)
    assert snap_compare(app, terminal_size=size, run_before=until("ClosingScreen", "What did you receive"))


@pytest.mark.parametrize("size", SIZES)
def test_who_sees_what(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    draft = next(r for r in demo.reading.reflections() if r.status == "draft" and r.pair)
    demo.sealing.choose(draft.id, {draft.turns[0].id})
    app = BothwaysApp(demo)

    async def steps(pilot: Pilot[Any]) -> None:
        from journal.tui.screens.sealing import SealScreen

        await wait_for_screen(pilot, "HomeScreen")
        pilot.app.push_screen(SealScreen(draft.id))
        await until("SealScreen", "shared")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=steps)


@pytest.mark.parametrize("size", SIZES)
def test_review(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    app = BothwaysApp(demo, open_screen="review:2026-10-08")
    assert snap_compare(app, terminal_size=size, run_before=until("ReviewScreen", "blind gift"))


@pytest.mark.parametrize("size", SIZES)
def test_review_before_both_have_sealed(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    assert not demo.together.review(SessionKey.parse("2026-11-20")).ready
    app = BothwaysApp(demo, open_screen="review:2026-11-20")
    assert snap_compare(app, terminal_size=size, run_before=until("ReviewScreen", "not yet"))


@pytest.mark.parametrize("size", SIZES)
def test_read(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    id = next(r.id for r in demo.reading.reflections() if r.status == "open")
    app = BothwaysApp(demo, open_screen=f"read:{id}")
    assert snap_compare(app, terminal_size=size, run_before=until("ReadScreen", "What stayed with you"))


@pytest.mark.parametrize("size", SIZES)
def test_timeline(snap_compare: Any, demo: Bothways, size: tuple[int, int]) -> None:
    app = BothwaysApp(demo, open_screen="timeline")
    assert snap_compare(app, terminal_size=size, run_before=until("TimelineScreen", "Fourteen questions"))
