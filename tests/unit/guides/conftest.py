"""Guides to test with: the built-in ones, and folders written on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journal.guides import Guides
from journal.model import Form, GuideContext, Role

BUILT_IN = Path(__file__).parents[3] / "prompts" / "guides"
ABOUT = '+++\ntitle = "Mine"\nsummary = "One."\nsource = "Me"\n+++\n'
FORM = "## First {#first}\nWhat did you learn?\n> A hint.\n- And then?\n"
FILES = {"about.md": ABOUT, "mentor.md.j2": FORM, "mentee.md.j2": FORM, "joint.md.j2": FORM}

Write = Callable[..., Path]
Context = Callable[..., GuideContext]


@pytest.fixture
def built_in() -> Path:
    return BUILT_IN


@pytest.fixture
def guides() -> Guides:
    return Guides([BUILT_IN])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The writer's own guide folder, empty."""
    folder = tmp_path / "own"
    folder.mkdir()
    return folder


@pytest.fixture
def both(own: Path) -> Guides:
    """The writer's own guides over the built-in ones."""
    return Guides([own, BUILT_IN])


@pytest.fixture
def write(own: Path) -> Write:
    """Write a whole guide into the writer's folder; a keyword (`mentee`, `about`…) replaces that file."""

    def write(key: str = "mine", **changed: str | bytes) -> Path:
        folder = own / key
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in FILES.items():
            content = changed.get(name.partition(".")[0], text)
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


@pytest.fixture
def context() -> Context:
    """A mentee's session with Priya, or a variation of it."""

    def context(role: Role = Role.MENTEE, partner: str = "Priya", **changed: object) -> GuideContext:
        return GuideContext(
            **{  # type: ignore[arg-type]
                "writer": "Ana",
                "partner": partner,
                "role": role,
                "date": "2026-11-20",
                "solo": not partner,
                "phase": "cultivation",
                **changed,
            }
        )

    return context


@pytest.fixture
def as_text() -> Callable[[Form], str]:
    """A form the way a golden file shows it."""

    def as_text(form: Form) -> str:
        blocks = [f"{form.title} ({form.guide})"]
        for stage in form.stages:
            follow_ups = [f"  - {question}" for question in stage.follow_ups]
            blocks.append("\n".join([f"[{stage.key}] {stage.title}", stage.question, f"  > {stage.hint}", *follow_ups]))
        return "\n\n".join(blocks) + "\n"

    return as_text
