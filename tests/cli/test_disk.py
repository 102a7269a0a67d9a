"""A disk that refuses: one clear sentence, a non-zero exit, and everything stored before is there."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.test_commands import ANSWERS, written

WRITES = [
    ("reflect", "--answers", "-"),
    ("reflect", "--plain"),
    ("seal", "ID"),
    ("edit", "ID", "--answer", "1", "--text", "x"),
    ("delete", "ID"),
    ("move", "ID", "2026-01-01"),
    ("pairs", "add", "Noor", "--role", "mentor"),
    ("settings", "guide", "exchange"),
]


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Switch on a disk that refuses to make files, with the given error."""

    def switch(code: int) -> None:
        real = os.open

        def refuse(path: Any, flags: int, *rest: Any, **named: Any) -> int:
            if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR) and "ana" in str(path):
                raise OSError(code, os.strerror(code))
            return real(path, flags, *rest, **named)

        monkeypatch.setattr(os, "open", refuse)

    return switch


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_a_refused_write_is_one_sentence_and_loses_nothing(ana: Run, home: Path, refusing: Any, code: int) -> None:
    id = written(ana)
    before = (home / "journal.jsonl").read_bytes()
    refusing(code)
    for command in WRITES:
        done = ana(*[id if word == "ID" else word for word in command], stdin=ANSWERS)
        assert done.code == 1, (command, done)
        refusals = [line for line in done.err.splitlines() if line.startswith("bothways: ")]
        assert len(refusals) == 1, done.err
        assert "Cannot write" in done.err or "cannot" in done.err
    assert (home / "journal.jsonl").read_bytes() == before
    for command in (("list", "--json"), ("show", id, "--json"), ("search", "froze", "--json")):
        assert ana(*command).code == 0
    review = ana("review", "2026-11-20", "--json")
    assert review.code == 0
    assert not [path for path in home.iterdir() if path.suffix == ".tmp"]


def test_a_review_can_be_read_from_a_disk_that_takes_no_writes(both: tuple[Run, Path, Path], refusing: Any) -> None:
    run, _, priya = both
    written(run, "--seal")
    written(run, "--seal", journal=priya)
    for journal in (None, priya, None, priya):
        run("sync", journal=journal)
    refusing(errno.EROFS)
    assert run("review", "2026-11-20", "--json").json["ready"] is True


@pytest.mark.parametrize("where", ["file", "file/below"])
def test_a_journal_folder_that_is_a_file_is_refused(run: Run, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = run("init", "--name", "Ana", "--with", "Priya", journal=tmp_path / where)
    assert done.code == 1
    assert len(done.err.strip().splitlines()) == 1
    assert run("list", journal=tmp_path / where).code == 1
    assert (tmp_path / "file").read_text() == "not a folder"


def test_a_space_that_is_away_is_said_and_words_wait(both: tuple[Run, Path, Path], tmp_path: Path) -> None:
    run, _, _ = both
    (tmp_path / "shared").rename(tmp_path / "away")
    written(run, "--seal")
    done = run("sync")
    assert done.code == 1
    assert "shared" in done.err
    (tmp_path / "away").rename(tmp_path / "shared")
    assert run("sync", "--json").json[0]["pushed"] >= 1
