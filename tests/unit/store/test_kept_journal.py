"""A journal written by schema 1 opens for good, with every word in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from journal.bootstrap import Bothways, build
from journal.clock import SetClock
from journal.model import Status
from journal.store import TinyStore
from journal.store.kinds import TABLES
from journal.store.tables import View
from tests.unit.store.every_kind import RECORDS

KEPT = Path(__file__).parents[2] / "fixtures" / "journal-v1"


@pytest.fixture
def kept(tmp_path: Path, clock: SetClock) -> Bothways:
    shutil.copytree(KEPT, tmp_path / "kept")
    return build(tmp_path / "kept", clock=clock)


def test_every_kind_of_record_is_in_it(kept: Bothways) -> None:
    store = kept.context.store
    for kind in TABLES:
        expected = [record for record in RECORDS if type(record) is kind]
        assert expected
        assert store.all(kind) == expected


def test_its_words_are_found_and_read(kept: Bothways) -> None:
    assert kept.people.me().name == "Ana"
    (mine,) = kept.reading.reflections()
    assert mine.status is Status.OPEN
    assert mine.turns[0].answer == "I froze ❄ “שלום”\n\n---\n# not a heading  "
    assert mine.turns[0].earlier[0].text == "I was cold"
    assert [h.id for h in kept.reading.search("quiet")] == ["pri222"]
    assert [h.where for h in kept.reading.search("friday")] == ["line"]
    assert kept.sealing.undelete().id == "solo22"


def test_a_change_keeps_all_the_rest(kept: Bothways) -> None:
    before = json.loads((kept.folder / "journal.json").read_bytes())
    kept.writing.set_title("ana222", "Another title")
    log = TinyStore(kept.folder).log
    after = {name: dict(View(log, name).items()) for name in log.tables()}
    before["reflections"]["ana222"]["title"] = "Another title"
    del before["meta"]
    assert after == before


def test_this_version_stores_the_same_documents() -> None:
    """Red when a record's form changes: then keep a new fixture beside this one, and never change this one."""
    rows = json.loads((KEPT / "journal.json").read_bytes())
    for record in RECORDS:
        assert json.loads(msgspec.json.encode(record)) == rows[TABLES[type(record)]][record.id]
