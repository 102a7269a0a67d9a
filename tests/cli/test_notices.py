"""Whatever is changed at the door is said, on every way in; and what a review found is kept from coming back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_commands import ANSWERS, REPLY, written

DIRTY = "one\r\ntwo\x07"


@pytest.mark.parametrize(
    "command",
    [
        ("edit", "ID", "--answer", "1", "--text", DIRTY),
        ("edit", "ID", "--title", DIRTY),
        ("pairs", "add", "No\x07or", "--role", "mentor"),
        ("reflect", "--answers", "-", "--title", DIRTY),
    ],
)
def test_a_change_at_the_door_is_said(ana: Run, command: tuple[str, ...]) -> None:
    id = written(ana)
    done = ana(*[id if word == "ID" else word for word in command], stdin=ANSWERS)
    assert done.code == 0
    assert "changed in it" in done.err


def test_a_change_at_the_door_is_said_on_the_joint_side(both: tuple[Run, Path, Path]) -> None:
    run, _, priya = both
    written(run, "--seal")
    written(run, "--seal", journal=priya)
    for journal in (None, priya, None, priya):
        run("sync", journal=journal)
    for command in (("respond", "2026-11-20", DIRTY), ("note", "2026-11-20", DIRTY), ("agree", "2026-11-20", DIRTY)):
        done = run(*command, "--json")
        assert "changed in it" in done.err
        assert done.json["text"] == "one\ntwo"


def test_a_title_and_a_text_at_once_are_refused(ana: Run, tmp_path: Path) -> None:
    id = written(ana)
    (tmp_path / "new.txt").write_text("x")
    assert ana("edit", id, "--title", "t", "--text", "x", "--answer", "1").code == 1
    assert ana("edit", id, "--text", "x", "--file", str(tmp_path / "new.txt"), "--answer", "1").code == 1
    assert ana("show", id, "--json").json["title"] == ""


def test_a_reply_cannot_be_private(ana: Run) -> None:
    written(ana, "--seal")
    private = json.dumps({**json.loads(REPLY), "visibility": "private"})
    assert ana("reply", "2026-11-20", "--answers", "-", stdin=private).code == 1


def test_an_unknown_setting_of_a_newer_version_locks_nobody_out(ana: Run, home: Path) -> None:
    (home / "settings.toml").write_text('guide = "exchange"\nfrom_the_future = 1\n')
    assert ana("list").code == 0
    assert ana("settings", "guide", "nonsense").code == 1


def test_a_sample_journal_where_no_folder_can_be_made(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("demo", "--folder", str(tmp_path / "file" / "below"))
    assert done.code == 1
    assert done.err.startswith("bothways: ")


def test_a_shared_folder_may_lie_elsewhere_on_the_other_computer(ana: Run, tmp_path: Path) -> None:
    invitation, priya = tmp_path / "i.txt", tmp_path / "priya"
    assert ana("invite", "--space", str(tmp_path / "here"), "--out", str(invitation)).code == 0
    (tmp_path / "here").rename(tmp_path / "there")
    lost = ana("join", str(invitation), "--yes", journal=priya)
    assert lost.code == 1
    assert not (priya / "journal.json").exists()
    assert ana("join", str(invitation), "--yes", "--space", str(tmp_path / "there"), journal=priya).code == 0


def test_an_invitation_is_for_one_person(both: tuple[Run, Path, Path], tmp_path: Path) -> None:
    run, _, _ = both
    done = run("join", str(tmp_path / "invitation.txt"), "--yes", "--name", "Eve", journal=tmp_path / "eve")
    assert done.code == 1
    assert "already" in done.err


def test_an_invitation_to_a_wrong_folder_can_be_made_anew(ana: Run, tmp_path: Path) -> None:
    written(ana, "--seal")
    for name in ("wrong", "right", "right"):
        assert ana("invite", "--space", str(tmp_path / name), "--out", str(tmp_path / "i.txt")).code == 0
    priya = tmp_path / "priya"
    assert ana("join", str(tmp_path / "i.txt"), "--yes", journal=priya).code == 0
    ana("sync")
    assert ana("review", "2026-11-20", "--json", journal=priya).json["states"]["theirs"] == "sealed"
    assert ana("invite", "--space", str(tmp_path / "third")).code == 1


def test_an_invitation_copied_with_a_frame_around_it_is_read(ana: Run, tmp_path: Path) -> None:
    text = ana("invite", "--space", str(tmp_path / "shared")).out
    framed = "".join(f"▌ {line} │\n" for line in text.splitlines())
    assert ana("join", "-", "--yes", stdin=framed, journal=tmp_path / "priya").code == 0


def test_an_answer_cannot_be_edited_into_nothing_and_earlier_texts_can_be_read(ana: Run) -> None:
    id = written(ana)
    assert ana("edit", id, "--answer", "1", "--text", " \n").code == 1
    assert ana("edit", id, "--answer", "1", "--text", "I waited.").code == 0
    assert "I froze" not in ana("show", id).out
    assert "I froze when we role-played it." in ana("show", id, "--earlier").out


def test_a_commitment_belongs_to_one_of_the_two(both: tuple[Run, Path, Path]) -> None:
    run, _, priya = both
    written(run, "--seal")
    written(run, "--seal", journal=priya)
    for journal in (None, priya, None, priya):
        run("sync", journal=journal)
    assert run("agree", "2026-11-20", "x", "--owner", "Bob").code == 1
    assert run("agree", "2026-11-20", "x", "--owner", "priya", "--json").json["owner"] == "Priya"
