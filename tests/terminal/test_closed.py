"""A terminal that is closed under the app: the words are kept, and no process stays behind."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from journal.bootstrap import build
from journal.model import Role
from journal.usecases import Start

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's"),
]


def test_a_closed_terminal_ends_the_app_and_keeps_the_words(tmp_path: Path) -> None:
    from tests.terminal.typist import Typist

    ana = build(tmp_path / "ana")
    ana.people.init("Ana", Role.MENTEE, "Priya")
    draft = ana.writing.start(Start())
    command = [sys.executable, "-m", "journal", "reflect", "--resume", draft.id]
    with Typist(command, tmp_path / "ana", TERM="xterm-256color", COLUMNS="80", LINES="24") as typist:
        typist.wait_for("\x1b[?1049h")
        deadline = time.monotonic() + 30
        while not (kept := ana.drafts.load(draft.id)) and time.monotonic() < deadline:
            typist.type("w")
            typist._take(0.3)
        assert any("w" in d.text for d in kept.values())
        typist.close_terminal()
        ended = 0
        while not ended and time.monotonic() < deadline + 30:
            ended, status = os.waitpid(typist._child, os.WNOHANG)
            typist._take(0.1)
        assert ended == typist._child
        typist._code = os.waitstatus_to_exitcode(status)
    assert any("w" in d.text for d in build(tmp_path / "ana").drafts.load(draft.id).values())
