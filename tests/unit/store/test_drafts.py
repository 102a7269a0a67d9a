"""Half-typed words survive."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from journal.errors import StoreUnavailable
from journal.ports import Drafts, DraftText
from journal.store import FileDrafts


class FakeDrafts:
    """Drafts in memory, for what must hold of any drafts."""

    def __init__(self, folder: Path) -> None:
        self.kept: dict[str, dict[str, DraftText]] = {}

    def save(self, owner: str, slot: str, draft: DraftText) -> None:
        self.kept.setdefault(owner, {})[slot] = draft

    def load(self, owner: str) -> dict[str, DraftText]:
        return dict(self.kept.get(owner, {}))

    def discard(self, owner: str, slot: str | None = None) -> None:
        if slot is None:
            self.kept.pop(owner, None)
        else:
            self.kept.get(owner, {}).pop(slot, None)


@pytest.fixture(params=[FileDrafts, FakeDrafts])
def drafts(request: pytest.FixtureRequest, tmp_path: Path) -> Drafts:
    made: Drafts = request.param(tmp_path / "drafts")
    return made


@pytest.fixture
def on_disk(tmp_path: Path) -> FileDrafts:
    return FileDrafts(tmp_path / "drafts")


def test_words_and_cursor_come_back(drafts: Drafts) -> None:
    drafts.save("r1", "t1", DraftText(text="half a", cursor=(0, 6)))
    drafts.save("r1", "t1", DraftText(text="half a thought\n\n  ", cursor=(2, 2)))
    drafts.save("r1", "t2", DraftText(text="Ünï 😀"))
    drafts.save("r2", "t1", DraftText(text="other"))
    assert drafts.load("r1") == {
        "t1": DraftText(text="half a thought\n\n  ", cursor=(2, 2)),
        "t2": DraftText(text="Ünï 😀"),
    }
    drafts.discard("r1", "t1")
    drafts.discard("r1", "unknown")
    assert set(drafts.load("r1")) == {"t2"}
    drafts.discard("r1")
    drafts.discard("never")
    assert drafts.load("r1") == {}
    assert drafts.load("r2") == {"t1": DraftText(text="other")}


def test_owners_that_look_alike_stay_apart(drafts: Drafts) -> None:
    owners = ["2026-11-20/2", "2026-11-20_2", "2026-11-20:2", "../x", "_x", "ä"]
    for owner in owners:
        drafts.save(owner, "s", DraftText(text=owner))
    for owner in owners:
        assert drafts.load(owner) == {"s": DraftText(text=owner)}


def test_they_are_there_for_the_next_program(on_disk: FileDrafts) -> None:
    on_disk.save("r1", "t1", DraftText(text="kept"))
    assert FileDrafts(on_disk.folder).load("r1") == {"t1": DraftText(text="kept")}


def test_lone_surrogates_and_controls_are_mended(on_disk: FileDrafts) -> None:
    on_disk.save("r1", "t1", DraftText(text="a\ud800\x00b"))
    assert on_disk.load("r1")["t1"].text == "a\ufffdb"


def test_nothing_lies_outside_the_folder(on_disk: FileDrafts) -> None:
    on_disk.save("../../evil", "t1", DraftText(text="x"))
    assert [p.parent for p in on_disk.folder.parent.rglob("*.json")] == [on_disk.folder]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_drafts_are_for_their_owner_alone(on_disk: FileDrafts) -> None:
    on_disk.save("r1", "t1", DraftText(text="x"))
    assert stat.S_IMODE(on_disk.folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(p.stat().st_mode) for p in on_disk.folder.iterdir()] == [0o600]


def test_damaged_files_are_kept_aside_each_of_them(on_disk: FileDrafts) -> None:
    for content in (b'{"t1": {"text": "half', b"\xff\xfe"):
        on_disk.save("r1", "t1", DraftText(text="x"))
        (on_disk.folder / "r1.json").write_bytes(content)
        assert on_disk.load("r1") == {}
    kept = sorted(p.read_bytes() for p in on_disk.folder.glob("r1*.damaged"))
    assert kept == sorted([b'{"t1": {"text": "half', b"\xff\xfe"])
    on_disk.save("r1", "t1", DraftText(text="again"))
    assert on_disk.load("r1")["t1"].text == "again"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_disk_keeps_the_last_words(on_disk: FileDrafts, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    on_disk.save("r1", "t1", DraftText(text="before"))

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(StoreUnavailable, match="Cannot write"):
        on_disk.save("r1", "t1", DraftText(text="after"))
    monkeypatch.undo()
    assert on_disk.load("r1")["t1"].text == "before"


def test_the_same_words_are_not_written_twice(on_disk: FileDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk.save("r1", "t1", DraftText(text="same"))
    monkeypatch.setattr("os.fsync", lambda handle: pytest.fail("written again"))
    on_disk.save("r1", "t1", DraftText(text="same"))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    drafts = FileDrafts(tmp_path / "file" / "drafts")
    with pytest.raises(StoreUnavailable):
        drafts.save("r1", "t1", DraftText(text="x"))


def test_threads_lose_no_slot(on_disk: FileDrafts) -> None:
    def work(worker: int) -> None:
        for n in range(10):
            on_disk.save("r1", f"{worker}-{n}", DraftText(text="x"))

    workers = [threading.Thread(target=work, args=(w,)) for w in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(on_disk.load("r1")) == 40
