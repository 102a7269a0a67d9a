"""Copies that Dropbox, OneDrive, Syncthing and iCloud leave beside the journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.model import Reflection
from journal.store import TinyStore
from tests.unit.store.conftest import write

NAMES = [
    "journal (Ana's conflicted copy 2026-11-20).jsonl",
    "journal.sync-conflict-20261120-101500-ABCDEFG.jsonl",
    "journal-LAPTOP.jsonl",
    "journal 2.jsonl",
    "journal.jsonl.orig",
]


@pytest.fixture
def common(store: TinyStore, folder: Path) -> bytes:
    write(store, "aa")
    write(store, "bb")
    return (folder / "journal.jsonl").read_bytes()


def elsewhere(data: bytes, tmp_path: Path, *ids: str) -> bytes:
    """The file after another computer went on from `data`."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "journal.jsonl").write_bytes(data)
    store = TinyStore(other)
    for id in ids:
        write(store, id)
    return (other / "journal.jsonl").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_that_goes_on_is_merged(folder: Path, common: bytes, tmp_path: Path, name: str) -> None:
    theirs = elsewhere(common, tmp_path, "cc", "dd")
    (folder / name).write_bytes(theirs)
    store = TinyStore(folder)
    assert store.ids(Reflection) == ["aa", "bb", "cc", "dd"]
    assert "2 commits" in store.notices()[0]
    assert (folder / "journal.jsonl").read_bytes() == theirs
    assert not (folder / name).exists()
    assert (folder / "quarantine" / name).read_bytes() == theirs
    write(store, "ee")
    assert TinyStore(folder).ids(Reflection)[-1] == "ee"
    assert TinyStore(folder).notices() == []


def test_a_copy_with_nothing_new_is_put_aside(folder: Path, common: bytes, store: TinyStore) -> None:
    write(store, "cc")
    for name, data in ((NAMES[0], common), (NAMES[2], (folder / "journal.jsonl").read_bytes())):
        (folder / name).write_bytes(data)
    fresh = TinyStore(folder)
    assert fresh.ids(Reflection) == ["aa", "bb", "cc"]
    assert all("nothing new" in sentence for sentence in fresh.notices())
    assert {p.name for p in (folder / "quarantine").iterdir()} == {NAMES[0], NAMES[2]}


def test_a_copy_that_went_another_way_is_named_and_left(
    folder: Path, common: bytes, store: TinyStore, tmp_path: Path
) -> None:
    theirs = elsewhere(common, tmp_path, "cc")
    write(store, "dd")
    (folder / NAMES[0]).write_bytes(theirs)
    for _ in range(2):
        fresh = TinyStore(folder)
        assert fresh.ids(Reflection) == ["aa", "bb", "dd"]
        (sentence,) = fresh.notices()
        assert NAMES[0] in sentence
    assert (folder / NAMES[0]).read_bytes() == theirs


@pytest.mark.parametrize("data", [b"", b"nonsense\n", b"{}\n"])
def test_a_copy_that_is_no_journal_is_named(folder: Path, common: bytes, data: bytes) -> None:
    (folder / NAMES[1]).write_bytes(data)
    fresh = TinyStore(folder)
    assert fresh.ids(Reflection) == ["aa", "bb"]
    assert len(fresh.notices()) == 1
    assert (folder / "journal.jsonl").read_bytes() == common
