"""Running the command line inside the test's own process."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pytest

from journal.cli import main


@dataclass
class Done:
    """What a command left: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document it must be."""
        return json.loads(self.out)


class Run(Protocol):
    def __call__(self, *arguments: str, stdin: str | bytes = b"", journal: Path | None = None) -> Done: ...


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "ana"


@pytest.fixture
def run(home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def call(*arguments: str, stdin: str | bytes = b"", journal: Path | None = None) -> Done:
        data = stdin.encode("utf-8", "surrogatepass") if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        monkeypatch.setenv("BOTHWAYS_JOURNAL", str(journal or home))
        capfd.readouterr()
        code = main(arguments)
        sys.stdout.flush()
        seen = capfd.readouterr()
        assert "Traceback" not in seen.err
        return Done(code, seen.out, seen.err)

    return call


@pytest.fixture
def ana(run: Run) -> Run:
    """A command line over a journal of Ana's, mentee with Priya."""
    assert run("init", "--name", "Ana", "--role", "mentee", "--with", "Priya").code == 0
    return run


@pytest.fixture
def both(ana: Run, home: Path, tmp_path: Path) -> tuple[Run, Path, Path]:
    """Two journals that share a folder: the command line, Ana's journal and Priya's."""
    priya = tmp_path / "priya"
    assert ana("init", "--name", "Priya", "--role", "mentor", "--with", "Ana", journal=priya).code == 0
    invitation = tmp_path / "invitation.txt"
    assert ana("invite", "--space", str(tmp_path / "shared"), "--out", str(invitation)).code == 0
    assert ana("join", str(invitation), "--yes", journal=priya).code == 0
    assert ana("sync").code == 0
    return ana, home, priya
