"""Where the journal and the templates are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.paths import ENVIRONMENT, built_in_prompts, journal_folder, prompt_folders


def test_the_chosen_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "named"))
    assert journal_folder(tmp_path / "chosen") == tmp_path / "chosen"
    assert journal_folder() == tmp_path / "named"


def test_a_tilde_is_the_home_folder_and_a_relative_path_becomes_whole(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert journal_folder("~/notes") == Path.home() / "notes"
    monkeypatch.chdir(tmp_path)
    assert journal_folder("notes") == tmp_path / "notes"


def test_otherwise_it_is_the_platforms_folder() -> None:
    found = journal_folder()
    assert found.name == "bothways"
    assert found.is_relative_to(Path.home())


def test_the_writers_own_templates_come_before_the_built_in_ones(tmp_path: Path) -> None:
    own, built_in = prompt_folders(tmp_path)
    assert own == tmp_path / "prompts"
    assert built_in == built_in_prompts()
    assert (built_in / "guides").is_dir()
