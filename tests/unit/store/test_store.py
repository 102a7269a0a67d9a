"""The contract of a store, kept by the one on disk and by the simplest one imaginable."""

from __future__ import annotations

import copy
import errno
import json
import multiprocessing
import os
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from filelock import FileLock
from msgspec import Struct

from journal.errors import NotFound, StoreDamaged, StoreFromFuture, StoreUnavailable
from journal.ids import new_id
from journal.model import Pair, Person, Role, Session, SpaceLink
from journal.ports import Store
from journal.store import SCHEMA, TinyStore
from journal.store import storage as storage_module
from journal.store import tiny as tiny_module

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


def person(id: str = "ana", name: str = "Ana") -> Person:
    return Person(id=id, name=name, created=NOW)


class FakeStore:
    """A store in memory, for what must hold of any store."""

    def __init__(self, folder: Path) -> None:
        self.rows: dict[type[Struct], dict[str, Any]] | None = None

    def exists(self) -> bool:
        return self.rows is not None

    def create(self) -> None:
        self.rows = self.rows or {}

    def _table(self, kind: type[Struct]) -> dict[str, Any]:
        if self.rows is None:
            raise NotFound("There is no journal.")
        return self.rows.setdefault(kind, {})

    def get(self, kind: type[Any], id: str) -> Any:
        return self._table(kind).get(id)

    def all(self, kind: type[Any]) -> list[Any]:
        return list(self._table(kind).values())

    def ids(self, kind: type[Struct]) -> list[str]:
        return list(self._table(kind))

    def put(self, record: Any) -> None:
        self._table(type(record))[record.id] = record

    def remove(self, kind: type[Struct], id: str) -> None:
        self._table(kind).pop(id, None)

    @contextmanager
    def begin(self) -> Iterator[Any]:
        self._table(Person)
        before = copy.deepcopy(self.rows)
        try:
            yield self
        except BaseException:
            self.rows = before
            raise


@pytest.fixture(params=[TinyStore, FakeStore])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    made: Store = request.param(tmp_path / "journal")
    made.create()
    return made


@pytest.fixture
def tiny(tmp_path: Path) -> TinyStore:
    made = TinyStore(tmp_path / "journal")
    made.create()
    return made


def file_of(store: TinyStore) -> Path:
    return store.folder / "journal.json"


# --- the contract ------------------------------------------------------------------------------------


def test_what_was_put_is_there_afterwards_and_inside(store: Store) -> None:
    with store.begin() as tx:
        tx.put(person())
        assert tx.get(Person, "ana") == person()
        assert tx.all(Person) == [person()]
        tx.put(person(name="Ana Maria"))
        assert tx.all(Person) == [person(name="Ana Maria")]
        tx.put(person("zoe", "Zoe"))
        assert tx.ids(Person) == ["ana", "zoe"]
        tx.remove(Person, "zoe")
        tx.remove(Person, "nobody")
        assert tx.get(Person, "zoe") is None
    assert store.get(Person, "ana") == person(name="Ana Maria")
    assert store.all(Person) == [person(name="Ana Maria")]
    assert store.ids(Person) == ["ana"]
    assert store.get(Person, "zoe") is None


def test_a_block_that_raises_stores_nothing(store: Store) -> None:
    with store.begin() as tx:
        tx.put(person())

    def fail() -> None:
        with store.begin() as tx:
            tx.put(person(name="changed"))
            tx.put(person("zoe", "Zoe"))
            tx.remove(Person, "ana")
            raise RuntimeError("no")

    with pytest.raises(RuntimeError):
        fail()
    assert store.all(Person) == [person()]
    with store.begin() as tx:
        assert tx.all(Person) == [person()]


def test_results_belong_to_the_caller(store: Store) -> None:
    with store.begin() as tx:
        tx.put(person())
    store.all(Person).clear()
    store.ids(Person).clear()
    with store.begin() as tx:
        tx.all(Person).clear()
        assert tx.all(Person) == [person()]
    assert store.all(Person) == [person()]


def test_create_is_harmless_where_there_is_a_journal(store: Store) -> None:
    with store.begin() as tx:
        tx.put(person())
    store.create()
    assert store.all(Person) == [person()]


@pytest.mark.parametrize("kind", [TinyStore, FakeStore])
def test_without_a_journal_reading_and_writing_are_refused(kind: Callable[[Path], Store], tmp_path: Path) -> None:
    store = kind(tmp_path / "journal")
    assert not store.exists()
    for attempt in (lambda: store.all(Person), lambda: store.get(Person, "x"), lambda: store.begin().__enter__()):
        with pytest.raises(NotFound, match="no journal"):
            attempt()
    assert not (tmp_path / "journal").exists()


# --- on disk -----------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_journal_is_for_its_owner_alone(tiny: TinyStore) -> None:
    with tiny.begin() as tx:
        tx.put(person())
    assert stat.S_IMODE(tiny.folder.stat().st_mode) == 0o700
    for path in tiny.folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_the_file_is_plain_json_one_record_a_line(tiny: TinyStore) -> None:
    with tiny.begin() as tx:
        tx.put(person(name='Ána "quoted"'))
    text = file_of(tiny).read_text("utf-8")
    data = json.loads(text)
    assert data["meta"]["journal"]["schema"] == SCHEMA
    assert data["people"]["ana"]["name"] == 'Ána "quoted"'
    assert any(line.startswith('"ana": {') for line in text.splitlines())


def test_a_block_that_changes_nothing_writes_nothing(tiny: TinyStore) -> None:
    before = file_of(tiny).stat().st_ino
    with tiny.begin() as tx:
        tx.all(Person)
    assert file_of(tiny).stat().st_ino == before


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
@pytest.mark.parametrize("call", ["journal.files.os.open", "os.fsync", "pathlib.Path.replace"])
def test_a_refused_write_stores_nothing_and_says_so(
    tiny: TinyStore, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    with tiny.begin() as tx:
        tx.put(person())
    before = file_of(tiny).read_bytes()

    def refuse(path: Any, *_: Any, **__: Any) -> Any:
        raise OSError(code, os.strerror(code))

    real_open = os.open

    def refuse_open(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if str(path).endswith(".tmp"):
            refuse(path)
        return real_open(path, flags, *rest, **named)

    monkeypatch.setattr(call, refuse_open if call.endswith("open") else refuse)
    with pytest.raises(StoreUnavailable, match="Cannot write"), tiny.begin() as tx:
        tx.put(person(name="changed"))
    monkeypatch.undo()
    assert file_of(tiny).read_bytes() == before
    assert tiny.all(Person) == [person()]
    assert TinyStore(tiny.folder).all(Person) == [person()]
    assert not list(tiny.folder.glob("*.tmp"))
    assert not list(tiny.folder.glob(".*.tmp"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"null", b"[]", b'{"meta": {}}', b'{"people": {}}', b'{"meta": {"journal": {}}}', b"\xff\xfe",
     b'{"meta": {"journal": {"schema": "1"}}}', b'{"meta": {"journal": {"schema": 1}}, "people": {"x": 3}}',
     b'{"meta": 3}', b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_file_is_refused_and_left_as_it_is(tiny: TinyStore, content: bytes) -> None:
    file_of(tiny).write_bytes(content)
    for store in (tiny, TinyStore(tiny.folder)):
        for attempt in (
            store.exists,
            store.create,
            lambda s=store: s.all(Person),
            lambda s=store: s.begin().__enter__(),
        ):
            with pytest.raises(StoreDamaged) as refusal:
                attempt()
            assert refusal.value.hint
    assert file_of(tiny).read_bytes() == content


def test_a_truncated_file_is_refused_and_left_as_it_is(tiny: TinyStore) -> None:
    with tiny.begin() as tx:
        tx.put(person())
    whole = file_of(tiny).read_bytes()
    for length in range(1, len(whole) - 2, 7):
        file_of(tiny).write_bytes(whole[:length])
        with pytest.raises(StoreDamaged):
            TinyStore(tiny.folder).all(Person)
        assert file_of(tiny).read_bytes() == whole[:length]


def test_a_record_that_makes_no_sense_is_refused_without_its_words(tiny: TinyStore) -> None:
    data = json.loads(file_of(tiny).read_bytes())
    data["people"] = {"ana": {"id": "ana", "name": ["secret words"], "created": "yesterday"}}
    file_of(tiny).write_text(json.dumps(data))
    with pytest.raises(StoreDamaged, match="people") as refusal:
        tiny.all(Person)
    assert "secret" not in str(refusal.value)


def test_a_journal_from_the_future_is_refused_and_left_as_it_is(tiny: TinyStore) -> None:
    content = b'{"meta": {"journal": {"schema": 2}}, "people": {}}'
    file_of(tiny).write_bytes(content)
    for attempt in (tiny.exists, tiny.create, lambda: tiny.all(Person), lambda: tiny.begin().__enter__()):
        with pytest.raises(StoreFromFuture, match="newer Bothways"):
            attempt()
    assert file_of(tiny).read_bytes() == content


def test_fields_of_a_newer_version_survive_a_change(tiny: TinyStore) -> None:
    link = SpaceLink(url="u", space="s", me="m")
    with tiny.begin() as tx:
        tx.put(Pair(id="p", partner="Priya", role=Role.MENTEE, created=NOW, space=link))
    data = json.loads(file_of(tiny).read_bytes())
    data["pairs"]["p"]["mood"] = "hopeful"
    data["pairs"]["p"]["space"]["colour"] = "green"
    data["novelties"] = {"n1": {"id": "n1", "text": "new"}}
    file_of(tiny).write_text(json.dumps(data))
    with tiny.begin() as tx:
        pair = tx.get(Pair, "p")
        assert pair is not None
        tx.put(msgspec.structs.replace(pair, partner="Pri", space=msgspec.structs.replace(link, next_seq=5)))
    data = json.loads(file_of(tiny).read_bytes())
    assert data["pairs"]["p"]["partner"] == "Pri"
    assert data["pairs"]["p"]["mood"] == "hopeful"
    assert data["pairs"]["p"]["space"]["colour"] == "green"
    assert data["pairs"]["p"]["space"]["next_seq"] == 5
    assert data["novelties"] == {"n1": {"id": "n1", "text": "new"}}


def test_fields_of_a_newer_version_inside_a_row_survive_too() -> None:
    old = {"turns": [{"id": "a", "new": 1}, {"id": "b"}], "tags": [1]}
    fresh = {"turns": [{"id": "b", "x": 2}, {"id": "a", "x": 1}, {"id": "c"}], "tags": []}
    assert tiny_module._merged(old, fresh) == {
        "turns": [{"id": "b", "x": 2}, {"id": "a", "new": 1, "x": 1}, {"id": "c"}],
        "tags": [],
    }


def test_another_program_that_holds_the_journal(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiny_module, "LOCK_SECONDS", 0.02)
    with FileLock(tiny.folder / "journal.lock"), pytest.raises(StoreUnavailable, match="Another program"):
        tiny.begin().__enter__()
    with tiny.begin() as tx:
        tx.put(person())


def test_another_thread_that_holds_the_journal(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiny_module, "LOCK_SECONDS", 0.02)
    with tiny.begin(), pytest.raises(StoreUnavailable, match="Another program"):
        tiny.begin().__enter__()


def test_a_folder_that_vanished(tiny: TinyStore) -> None:
    tiny.all(Person)
    for path in tiny.folder.iterdir():
        path.unlink()
    tiny.folder.rmdir()
    for attempt in (lambda: tiny.all(Person), lambda: tiny.begin().__enter__()):
        with pytest.raises(NotFound, match="no journal"):
            attempt()
    assert not tiny.folder.exists()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="Cannot make"):
        TinyStore(tmp_path / "file" / "journal").create()
    with pytest.raises(StoreUnavailable, match="Cannot read"):
        TinyStore(tmp_path / "file" / "journal").exists()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_nobody_may_write(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with pytest.raises(StoreUnavailable, match="Cannot write"):
        tiny.begin().__enter__()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    def refuse(self: Path) -> bytes:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(StoreUnavailable, match="Cannot read"):
        TinyStore(tiny.folder).all(Person)


def test_what_an_interrupted_write_left_behind_is_removed(tiny: TinyStore) -> None:
    left = tiny.folder / ".journal.json.0a1b2c3d.tmp"
    left.write_text("words that were deleted since")
    with TinyStore(tiny.folder).begin():
        pass
    assert not left.exists()


def test_a_reader_sees_what_another_program_wrote(tiny: TinyStore) -> None:
    other = TinyStore(tiny.folder)
    for name in ("Ana", "Eva", "Zoe", "Mia"):
        with other.begin() as tx:
            tx.put(person(name=name))
        assert tiny.all(Person) == [person(name=name)]


def test_two_versions_within_one_tick_are_told_apart(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = file_of(tiny).stat().st_mtime_ns
    monkeypatch.setattr(storage_module.AtomicStorage, "_signature", lambda self: (1, stamp, 1))
    monkeypatch.setattr("journal.store.storage.time.time", lambda: stamp / 1e9)
    other = TinyStore(tiny.folder)
    tiny.all(Person)
    with other.begin() as tx:
        tx.put(person())
    assert tiny.all(Person) == [person()]


def test_an_unchanged_file_is_read_once(tiny: TinyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    os.utime(file_of(tiny), (1, 1))
    tiny.all(Person)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read again"))
    tiny.all(Person)
    tiny.get(Person, "ana")


def test_threads_lose_nothing(tiny: TinyStore) -> None:
    failures: list[BaseException] = []

    def work(worker: int) -> None:
        try:
            for n in range(25):
                with tiny.begin() as tx:
                    tx.put(Session(id=f"{worker}-{n}", pair="p", key="2026-11-20"))
                assert tiny.get(Session, f"{worker}-{n}") is not None
        except BaseException as error:
            failures.append(error)

    workers = [threading.Thread(target=work, args=(w,)) for w in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not failures
    assert len(tiny.all(Session)) == 200


def _commit(folder: Path, worker: int) -> None:
    store = TinyStore(folder)
    for n in range(25):
        with store.begin() as tx:
            tx.put(Session(id=f"{worker}-{n}", pair="p", key="2026-11-20"))


def test_processes_lose_nothing(tiny: TinyStore) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_commit, args=(tiny.folder, w)) for w in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert len(tiny.all(Session)) == 100


def test_ids_are_strings_of_any_kind(tiny: TinyStore) -> None:
    ids = [new_id(), "with space", "ünï", "1", '"quoted"', "p:2026-11-20/2"]
    with tiny.begin() as tx:
        for id in ids:
            tx.put(person(id))
    assert TinyStore(tiny.folder).ids(Person) == ids
