"""Journals of earlier versions, taken over without losing a word, whatever interrupts it."""

from __future__ import annotations

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest

from journal.errors import StoreDamaged, StoreError, StoreFromFuture
from journal.model import Pair, Reflection
from journal.store import TinyStore
from journal.store.kinds import TABLES
from journal.store.log import Log
from journal.store.migrations import SCHEMA, STEPS, State, m001_whole_file_to_log, migrate
from journal.store.tables import View
from journal.store.takeover import bring_up_to_date, take_over_whole_file
from tests.unit.store.conftest import HastyDisk, write
from tests.unit.store.test_store_faults import OPERATIONS, FailingDisk

OLD = Path(__file__).parent / "fixtures" / "schema-1.json"


@pytest.fixture
def old(folder: Path) -> bytes:
    folder.mkdir()
    shutil.copy(OLD, folder / "journal.json")
    return OLD.read_bytes()


def same_records(store: TinyStore, data: bytes) -> None:
    tables: dict[str, dict[str, Any]] = json.loads(data)
    for kind, name in TABLES.items():
        wanted = [msgspec.convert(doc, kind) for doc in tables.get(name, {}).values()]
        assert store.all(kind) == wanted, name


def test_a_whole_file_journal_is_taken_over_and_kept(folder: Path, old: bytes) -> None:
    store = TinyStore(folder)
    assert store.exists()
    same_records(store, old)
    assert len(store.ids(Reflection)) >= 10
    assert not (folder / "journal.json").exists()
    assert (folder / "backups" / "journal-schema-1.json").read_bytes() == old
    assert "brought into this version" in store.notices()[0]
    assert store.log.header is not None
    assert store.log.header.journal == json.loads(old)["meta"]["journal"]["journal"]
    write(store, "new")
    again = TinyStore(folder)
    assert again.ids(Reflection)[-1] == "new"
    assert again.notices() == []


@pytest.mark.parametrize("operation", OPERATIONS)
@pytest.mark.parametrize("after", range(5))
def test_a_takeover_that_fails_can_be_done_again(folder: Path, old: bytes, operation: str, after: int) -> None:
    disk = FailingDisk()
    disk.failing, disk.after = {operation}, after
    with contextlib.suppress(StoreError):
        TinyStore(folder, disk).exists()
    disk.failing = set()
    same_records(TinyStore(folder), old)
    assert not (folder / "journal.json").exists()
    assert (folder / "backups" / "journal-schema-1.json").read_bytes() == old


def test_a_takeover_killed_between_its_steps_is_finished(folder: Path, old: bytes) -> None:
    same_records(TinyStore(folder), old)
    write(TinyStore(folder), "new")
    # The log was in place, and the old file not yet gone.
    (folder / "journal.json").write_bytes(old)
    store = TinyStore(folder)
    assert store.ids(Reflection)[-1] == "new"
    assert store.notices() == []
    assert not (folder / "journal.json").exists()
    # An older version wrote once more.
    (folder / "journal.json").write_bytes(old + b"\n")
    store = TinyStore(folder)
    assert store.ids(Reflection)[-1] == "new"
    assert "older Bothways" in store.notices()[0]
    assert (folder / "backups" / "journal-schema-1-2.json").read_bytes() == old + b"\n"


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"meta":{"journal":{}}}', b'{"meta"'])
def test_a_damaged_old_file_is_left_alone(folder: Path, old: bytes, content: bytes) -> None:
    (folder / "journal.json").write_bytes(content)
    for attempt in (lambda s: s.exists(), lambda s: s.create(), lambda s: write(s, "x")):
        with pytest.raises(StoreDamaged):
            attempt(TinyStore(folder))
    assert (folder / "journal.json").read_bytes() == content
    assert not (folder / "journal.jsonl").exists()


def test_an_old_file_of_a_newer_schema_is_refused(folder: Path, old: bytes) -> None:
    newer = old.replace(b'"schema":1', b'"schema":7')
    (folder / "journal.json").write_bytes(newer)
    with pytest.raises(StoreFromFuture):
        TinyStore(folder).exists()
    assert (folder / "journal.json").read_bytes() == newer


def test_the_first_migration_is_pure() -> None:
    state: State = {"meta": {"journal": {"schema": 1}}, "people": {"a": {"id": "a"}}}
    before = json.dumps(state)
    assert m001_whole_file_to_log.migrate(state) == {"people": {"a": {"id": "a"}}}
    assert json.dumps(state) == before
    assert migrate(state, SCHEMA) == state


def rename(state: State) -> State:
    pairs = {id: {**doc, "partner": doc["partner"].upper(), "later": 1} for id, doc in state["pairs"].items()}
    return {**state, "pairs": pairs}


@pytest.mark.parametrize("operation", ["none", *OPERATIONS])
@pytest.mark.parametrize("after", range(4))
def test_a_later_step_walks_a_log_on_and_keeps_the_old_one(
    folder: Path, old: bytes, operation: str, after: int
) -> None:
    take_over_whole_file(Log(folder, schema=SCHEMA, disk=HastyDisk()))
    before = (folder / "journal.jsonl").read_bytes()
    steps = (*STEPS, rename)
    disk = FailingDisk()
    disk.failing, disk.after = {operation}, after
    with contextlib.suppress(StoreError):
        bring_up_to_date(Log(folder, schema=SCHEMA + 1, disk=disk), steps)
    log = Log(folder, schema=SCHEMA + 1)
    bring_up_to_date(log, steps)
    assert log.header is not None
    assert log.header.schema == SCHEMA + 1
    assert [doc["partner"] for doc in View(log, "pairs").values()] == ["PRIYA"]
    assert (folder / "backups" / f"journal-schema-{SCHEMA}.jsonl").read_bytes() == before
    # This version can read it, keeps fields it does not know, and writes nothing.
    store = TinyStore(folder)
    assert [p.partner for p in store.all(Pair)] == ["PRIYA"]
    with pytest.raises(StoreFromFuture):
        write(store, "x")


def test_fields_of_a_newer_version_are_kept(folder: Path, old: bytes) -> None:
    tables = json.loads(old)
    id = next(iter(tables["pairs"]))
    tables["pairs"][id]["later"] = {"a": [1]}
    (folder / "journal.json").write_text(json.dumps(tables), "utf-8")
    store = TinyStore(folder)
    pair = store.all(Pair)[0]
    with store.begin() as tx:
        tx.put(msgspec.structs.replace(pair, partner="Noor"))
    assert View(store.log, "pairs")[id]["later"] == {"a": [1]}
    assert View(store.log, "pairs")[id]["partner"] == "Noor"
