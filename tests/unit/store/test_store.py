"""The contract of a store, kept by the one on disk and by the simplest one imaginable."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from journal.errors import NotFound
from journal.model import Person
from journal.ports import Store
from journal.store import TinyStore

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
