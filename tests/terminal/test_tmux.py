"""Two people at a real terminal: first run, both reflect, seal, and read it together."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
PATIENCE = 30.0


class Terminal:
    """One tmux session of 80 by 24 that runs the app over one journal."""

    def __init__(self, name: str, journal: Path, socket: Path) -> None:
        self._tmux = ["tmux", "-u", "-S", str(socket)]
        self._name = name
        command = os.environ.get("BOTHWAYS_COMMAND") or f"{sys.executable} -m journal"
        self._run("new-session", "-d", "-s", name, "-x", "80", "-y", "24", f"BOTHWAYS_JOURNAL='{journal}' {command}")

    def _run(self, *arguments: str) -> str:
        return subprocess.run([*self._tmux, *arguments], capture_output=True, text=True, check=True).stdout

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", "-t", self._name, *names)

    def text(self, words: str) -> None:
        """Type words."""
        self._run("send-keys", "-t", self._name, "-l", words)
        self.wait_for(words[-20:])

    def screen(self) -> str:
        """What stands on the screen."""
        return self._run("capture-pane", "-p", "-t", self._name)

    def wait_for(self, words: str) -> str:
        """Wait until the words stand on the screen."""
        deadline = time.monotonic() + PATIENCE
        while words not in (seen := self.screen()):
            assert time.monotonic() < deadline, f"{words!r} never came up:\n{seen}"
            time.sleep(0.05)
        return seen


@pytest.fixture
def socket(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "tmux"
    yield path
    subprocess.run(["tmux", "-S", str(path), "kill-server"], capture_output=True, check=False)


def bothways(journal: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "journal", "--journal", str(journal), *arguments], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def reflect(terminal: Terminal, answers: list[str], kind: str, gain: str, offer: str) -> None:
    """Type a whole reflection, share everything, and seal it."""
    for number, answer in enumerate(answers, start=1):
        terminal.wait_for(f"{number} of {len(answers)}")
        terminal.text(answer)
        terminal.keys("C-j")
    terminal.wait_for("What did you receive")
    while f"▸{kind}◂" not in terminal.screen():
        terminal.keys("C-n")
        time.sleep(0.2)
    terminal.text(gain)
    terminal.keys("C-j")
    terminal.wait_for(f"✓ {kind}")
    terminal.keys("C-j")
    terminal.wait_for("What did you offer")
    terminal.text(offer)
    terminal.keys("C-j")
    terminal.wait_for("✓")
    terminal.keys("C-j")
    terminal.wait_for("What will you do?")
    terminal.keys("C-j")
    terminal.wait_for("Who sees what?")
    terminal.keys("a")
    terminal.wait_for("● shared")
    terminal.keys("s")


def test_two_people_at_real_terminals(tmp_path: Path, socket: Path) -> None:
    ana, priya, shared = tmp_path / "ana", tmp_path / "priya", tmp_path / "shared"

    mentee = Terminal("ana", ana, socket)
    mentee.wait_for("What is your name?")
    mentee.text("Ana")
    mentee.keys("Enter")
    mentee.wait_for("Which side are you on")
    mentee.keys("Enter")
    mentee.wait_for("mentor's name")
    mentee.text("Priya")
    mentee.keys("Enter")
    reflect(
        mentee,
        ["I froze when we role-played it.", "I learned that silence is not anger.", "Say no once this week."],
        "skill",
        "saying no with a date",
        "how a ward hands over",
    )
    mentee.wait_for("sealed")

    bothways(priya, "init", "--name", "Priya", "--role", "mentor", "--with", "Ana")
    invitation = tmp_path / "invitation.txt"
    bothways(ana, "invite", "--space", str(shared), "--out", str(invitation))
    bothways(priya, "join", str(invitation), "--yes")

    mentor = Terminal("priya", priya, socket)
    mentor.wait_for("Start a reflection")
    mentor.keys("n")
    reflect(
        mentor,
        ["She froze, and I let it stand.", "I learned how my silence reads.", "Say out loud that I am thinking."],
        "knowledge",
        "asking before fixing",
        "how I decline",
    )
    session = bothways(ana, "list").split()[1]
    for journal in (priya, ana, priya, ana):
        bothways(journal, "sync")

    for person, journal, other in ((mentee, ana, "Priya"), (mentor, priya, "Ana")):
        assert f"Review · session {session}" in bothways(journal, "review", session)
        person.keys("C-q")
        terminal = Terminal(f"{other}-reads", journal, socket)
        terminal.wait_for("Start a reflection")
        terminal.wait_for(f"{other} ·")
        terminal.keys("Enter")
        terminal.wait_for("What went each way")
        terminal.wait_for("received")
        terminal.wait_for("blind gift")
        terminal.keys("C-q")
