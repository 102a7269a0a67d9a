"""What the store's tests share."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal.model import Reflection, Role
from journal.store import TinyStore
from journal.store.disk import Disk

NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


class HastyDisk(Disk):
    """A disk that waits for nothing: for tests that open and write thousands of times."""

    def sync(self, fd: int) -> None:
        pass

    def sync_folder(self, folder: Path) -> None:
        pass


def reflection(id: str, **fields: Any) -> Reflection:
    """A reflection with this id."""
    base: dict[str, Any] = {
        "author": "me",
        "role": Role.MENTEE,
        "guide": "exchange",
        "day": NOW.date(),
        "created": NOW,
        "updated": NOW,
        "timezone": "UTC",
    }
    return Reflection(id=id, **{**base, **fields})


def write(store: TinyStore, *ids: str, **fields: Any) -> None:
    """Store reflections with these ids in one commit."""
    with store.begin() as tx:
        for id in ids:
            tx.put(reflection(id, **fields))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def store(folder: Path) -> TinyStore:
    made = TinyStore(folder)
    made.create()
    return made
