"""A disk that fails each of its operations in turn: what was acknowledged stays, what was not is whole or absent."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

import pytest
from tinydb.table import Document

from journal.errors import InvalidInput, StoreError, StoreUnavailable
from journal.model import Reflection
from journal.store import TinyStore
from journal.store.disk import Disk
from tests.unit.store.conftest import reflection, write

OPERATIONS = ["write", "sync", "truncate", "replace", "sync_folder"]


class FailingDisk(Disk):
    """Fails the operations named in `failing`, from the call number `after` on; a write gets half way."""

    def __init__(self) -> None:
        self.failing: set[str] = set()
        self.after = 0
        self.code = errno.ENOSPC

    def _meet(self, operation: str) -> None:
        if operation in self.failing:
            if self.after:
                self.after -= 1
            else:
                raise OSError(self.code, os.strerror(self.code))

    def write(self, fd: int, data: bytes) -> None:
        try:
            self._meet("write")
        except OSError:
            super().write(fd, data[: len(data) // 2])
            raise
        super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._meet("sync")
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        self._meet("truncate")
        super().truncate(fd, size)

    def replace(self, source: Path, target: Path) -> None:
        self._meet("replace")
        super().replace(source, target)

    def sync_folder(self, folder: Path) -> None:
        self._meet("sync_folder")
        super().sync_folder(folder)


@pytest.fixture
def disk() -> FailingDisk:
    return FailingDisk()


@pytest.fixture
def failing(folder: Path, disk: FailingDisk) -> TinyStore:
    store = TinyStore(folder, disk)
    store.create()
    write(store, "aa", "bb")
    return store


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("operations", [{"write"}, {"write", "truncate"}, {"sync"}, {"sync", "truncate"}])
def test_a_failed_commit_is_refused_and_loses_nothing(
    folder: Path, failing: TinyStore, disk: FailingDisk, operations: set[str], code: int
) -> None:
    disk.failing, disk.code = operations, code
    with pytest.raises(StoreUnavailable):
        write(failing, "cc")
    # It is not there in this window; and in a new one it is whole or absent.
    assert failing.ids(Reflection) == ["aa", "bb"] or operations == {"sync", "truncate"}
    disk.failing = set()
    if operations == {"write"}:
        write(failing, "dd")
        assert failing.ids(Reflection) == ["aa", "bb", "dd"]
    else:
        with pytest.raises(StoreUnavailable):
            write(failing, "dd")
    fresh = TinyStore(folder)
    assert fresh.ids(Reflection)[:2] == ["aa", "bb"]
    write(fresh, "ee")
    assert TinyStore(folder).log.refusal is None


def test_a_sync_that_failed_stops_writing_and_says_so(failing: TinyStore, disk: FailingDisk) -> None:
    disk.failing = {"sync"}
    with pytest.raises(StoreUnavailable, match="did not confirm"):
        write(failing, "cc")
    disk.failing = set()
    with pytest.raises(StoreUnavailable, match="did not confirm"):
        write(failing, "cc")
    assert "did not confirm" in failing.notices()[0]
    assert failing.ids(Reflection) == ["aa", "bb"]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("after", range(4))
def test_a_failed_compaction_leaves_the_journal_whole(
    folder: Path, failing: TinyStore, disk: FailingDisk, operation: str, after: int
) -> None:
    for number in range(5):
        write(failing, "aa", title=str(number))
    disk.failing, disk.after = {operation}, after
    with contextlib.suppress(StoreError):
        failing.log.compact()
    disk.failing = set()
    for store in (failing, TinyStore(folder)):
        assert [r.title for r in store.all(Reflection)] == ["4", ""]
    write(failing, "cc")
    assert TinyStore(folder).ids(Reflection) == ["aa", "bb", "cc"]
    assert not list(folder.glob(".journal*.tmp"))


def test_closing_with_a_compaction_that_fails_is_silent(folder: Path, failing: TinyStore, disk: FailingDisk) -> None:
    for number in range(12):
        write(failing, "aa", title="x" * 200_000 + str(number))
    failing.log.save_hints()
    assert failing.log.wants_compaction()
    disk.failing = {"replace"}
    failing.close()
    disk.failing = set()
    assert failing.notices() == []
    size = (folder / "journal.jsonl").stat().st_size
    failing.close()
    assert (folder / "journal.jsonl").stat().st_size < size / 5
    assert [len(r.title) for r in failing.all(Reflection)] == [200_002, 0]


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("after", range(3))
def test_a_failed_making_leaves_nothing_or_a_journal(tmp_path: Path, operation: str, after: int) -> None:
    disk = FailingDisk()
    disk.failing, disk.after = {operation}, after
    store = TinyStore(tmp_path / "j", disk)
    with contextlib.suppress(StoreError):
        store.create()
    disk.failing = set()
    fresh = TinyStore(tmp_path / "j")
    fresh.create()
    write(fresh, "aa")
    assert fresh.ids(Reflection) == ["aa"]


def test_what_json_cannot_hold_is_refused_before_anything_is_written(folder: Path, store: TinyStore) -> None:
    write(store, "aa")
    before = (folder / "journal.jsonl").read_bytes()
    table = store._database.table("extra")
    values = [{"x": float("nan")}, {"x": [1, {"y": float("inf")}]}, {"x": "\ud800"}, {"x": object()}]
    for value in values:
        with pytest.raises(InvalidInput):
            table.insert(Document(value, doc_id="k"))  # type: ignore[arg-type]
    with pytest.raises(InvalidInput):
        write(store, "cc", title="\udfff")
    assert (folder / "journal.jsonl").read_bytes() == before
    assert store.ids(Reflection) == ["aa"]


@pytest.mark.parametrize(
    "text", ["\u2028\u2029\x85", "a\0b", "\x1b[31m\x07", "x" * 5_000_000, "👩‍👩‍👧é", '"\\\n\t'], ids=range(6)
)
def test_what_json_can_hold_comes_back_as_it_was(folder: Path, store: TinyStore, text: str) -> None:
    write(store, "aa", title=text)
    for one in (store, TinyStore(folder)):
        found = one.get(Reflection, "aa")
        assert found is not None
        assert found.title == text


def test_great_numbers_and_nested_things_come_back(store: TinyStore) -> None:
    table = store._database.table("extra")
    doc = {"n": 2**70, "f": 0.1, "l": [None, True, {"k": [-(2**65)]}], "": ""}
    table.insert(Document(doc, doc_id="k"))  # type: ignore[arg-type]
    assert table.get(doc_id="k") == doc  # type: ignore[call-overload]


def test_a_caller_who_changes_a_result_changes_nothing_stored(store: TinyStore) -> None:
    table = store._database.table("extra")
    given = {"words": ["one"]}
    table.insert(Document(given, doc_id="k"))  # type: ignore[arg-type]
    given["words"].append("two")
    found = table.all()[0]
    found["words"].append("three")
    assert table.all()[0] == {"words": ["one"]}


def test_a_block_that_raises_half_way_stores_nothing(folder: Path, store: TinyStore) -> None:
    write(store, "aa")
    before = (folder / "journal.jsonl").read_bytes()
    with pytest.raises(ZeroDivisionError), store.begin() as tx:  # noqa: PT012
        tx.put(reflection("bb"))
        tx.remove(Reflection, "aa")
        assert tx.ids(Reflection) == ["bb"]
        raise ZeroDivisionError
    assert (folder / "journal.jsonl").read_bytes() == before
    assert store.ids(Reflection) == ["aa"]


def test_a_block_that_changes_nothing_writes_nothing(folder: Path, store: TinyStore) -> None:
    write(store, "aa")
    before = (folder / "journal.jsonl").read_bytes()
    write(store, "aa")
    with store.begin() as tx:
        tx.remove(Reflection, "zz")
        tx.put(reflection("bb"))
        tx.remove(Reflection, "bb")
    assert (folder / "journal.jsonl").read_bytes() == before
