"""The settings file."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.config import FILE_NAME, Settings, read_settings, write_setting
from journal.errors import InvalidInput, StoreUnavailable


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "nowhere") == Settings()


def test_a_changed_setting_keeps_comments_and_the_rest(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text('# mine\ntheme = "nord" # dark\n', "utf-8")
    assert write_setting(tmp_path, "sync_seconds", "30").sync_seconds == 30
    text = path.read_text("utf-8")
    assert text.startswith('# mine\ntheme = "nord" # dark\n')
    assert read_settings(tmp_path) == Settings(theme="nord", sync_seconds=30)


def test_the_first_setting_explains_the_file(tmp_path: Path) -> None:
    write_setting(tmp_path / "new", "guide", "exchange")
    path = tmp_path / "new" / FILE_NAME
    assert path.read_text("utf-8").startswith("# Settings")
    assert read_settings(tmp_path / "new").guide == "exchange"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b'\xef\xbb\xbftheme = "nord"\n')
    assert read_settings(tmp_path).theme == "nord"
    assert write_setting(tmp_path, "sync_seconds", 1).theme == "nord"


@pytest.mark.parametrize("content", [b"theme = ", b'unknown = "x"\n', b"sync_seconds = 'often'\n", b"theme = '\xff'\n"])
def test_a_broken_file_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=FILE_NAME):
        read_settings(tmp_path)
    with pytest.raises(InvalidInput):
        write_setting(tmp_path, "theme", "nord")
    assert path.read_bytes() == content


@pytest.mark.parametrize(("key", "value"), [("unknown", "x"), ("sync_seconds", "often")])
def test_an_unusable_setting_stores_nothing(tmp_path: Path, key: str, value: str) -> None:
    with pytest.raises(InvalidInput, match="cannot be used"):
        write_setting(tmp_path, key, value)
    assert not (tmp_path / FILE_NAME).exists()


def test_a_settings_file_that_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(StoreUnavailable):
        read_settings(tmp_path)
