"""Where an export may write, and the templates it writes with."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from interchange_journal import Journal

from journal.errors import GuideError, InvalidInput, StoreUnavailable
from journal.interchange import disk

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")


@posix_only
def test_files_and_new_folders_are_the_owners_alone(session: Journal, tmp_path: Path):
    out = tmp_path / "new" / "newer"
    (name,) = session.export(out)
    assert (out / name).stat().st_mode & 0o777 == 0o600
    assert out.stat().st_mode & 0o777 == 0o700
    assert out.parent.stat().st_mode & 0o777 == 0o700


@posix_only
def test_a_folder_that_was_there_keeps_its_mode(session: Journal, tmp_path: Path):
    out = tmp_path / "vault"
    out.mkdir()
    out.chmod(0o755)
    session.export(out)
    assert out.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("place", ["taken", "taken/inside", "taken/inside/deeper"])
def test_a_file_where_a_folder_is_needed(session: Journal, tmp_path: Path, place: str):
    (tmp_path / "taken").write_text("mine")
    with pytest.raises(InvalidInput, match="taken is a file"):
        session.export(tmp_path / place)
    assert (tmp_path / "taken").read_text() == "mine"


def test_a_single_file_onto_a_folder(session: Journal, tmp_path: Path):
    with pytest.raises(InvalidInput, match="is a folder"):
        session.export(tmp_path, single=True)


@pytest.mark.parametrize("content", ["# My notes\n", "", "---\ntitle: mine\n---\n"])
def test_a_file_that_is_not_ours_is_never_overwritten(session: Journal, tmp_path: Path, content: str):
    name = "2026-11-20 Priya.md"
    (tmp_path / name).write_text(content)
    with pytest.raises(InvalidInput, match=name):
        session.export(tmp_path)
    with pytest.raises(InvalidInput, match=name):
        session.export(tmp_path / name, single=True)
    assert (tmp_path / name).read_text() == content


def test_one_file_that_is_not_ours_stops_all_of_them(session: Journal, tmp_path: Path):
    session.write(answers=["x"])
    (tmp_path / "2026-11-20-2 Priya.md").write_text("mine")
    with pytest.raises(InvalidInput):
        session.export(tmp_path)
    assert not (tmp_path / "2026-11-20 Priya.md").exists()


def test_other_files_in_the_folder_stay(session: Journal, tmp_path: Path):
    (tmp_path / "mine.md").write_text("mine")
    session.export(tmp_path)
    session.app.sealing.delete(["abc234"])
    session.export(tmp_path)
    assert {p.name for p in tmp_path.iterdir() if p.is_file()} == {"mine.md", "2026-11-20 Priya.md"}


def test_a_disk_that_refuses_is_one_clear_sentence(session: Journal, tmp_path: Path, monkeypatch):
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "write_atomic", full)
    with pytest.raises(StoreUnavailable, match=r"Cannot write .*2026-11-20 Priya\.md: the disk is full") as caught:
        session.export(tmp_path / "out")
    assert "--journal" not in str(caught.value)


# --- templates ---------------------------------------------------------------------------------------------


def own_template(journal: Journal, name: str, text: str) -> Path:
    path = journal.folder / "prompts" / "export" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_writers_own_template_comes_first(session: Journal):
    own_template(session, "turn.md.j2", "Q: {{ turn.question }}\n\n{{ turn.block }}\n\n")
    (page,) = session.export().values()
    assert "Q: What stayed with you from the session with Priya?" in page
    assert "## What went each way" in page


def test_a_whole_page_of_ones_own_keeps_its_front_matter(session: Journal):
    own_template(session, "session.md.j2", "just this\n")
    (page,) = session.export().values()
    assert page.endswith("---\n\njust this\n")
    session.export()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("one\n{% if %}\n", 2, ""),
        ("one\n\n{{ nowhere }}\n", 3, "nowhere"),
        ("{{ page.nothing }}\n", 1, "nothing"),
        ("one\n{% include 'absent.md.j2' %}\n", 2, "absent.md.j2"),
        ("one\n{{ page.__class__ }}\n", 2, ""),
        ("{{ 1 / 0 }}\n", 1, "ZeroDivisionError"),
    ],
)
def test_a_broken_template_is_named_with_its_line(session: Journal, tmp_path: Path, text, line, reason):
    path = own_template(session, "session.md.j2", text)
    with pytest.raises(GuideError) as caught:
        session.export()
    assert str(path) in caught.value.what
    assert f"line {line}" in caught.value.what
    assert reason in caught.value.what
    assert "froze" not in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_a_broken_piece_is_named_itself(session: Journal):
    path = own_template(session, "turn.md.j2", "fine\n{{ turn.wrong }}\n")
    with pytest.raises(GuideError) as caught:
        session.export()
    assert f"{path}, line 2" in caught.value.what


def test_a_template_reads_no_file_outside_its_folders(session: Journal):
    (session.folder / "secret.md.j2").write_text("secret")
    own_template(session, "session.md.j2", "{% include '../../secret.md.j2' %}")
    with pytest.raises(GuideError):
        session.export()
