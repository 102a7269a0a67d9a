"""Whatever happens to the file: acknowledged commits come back, damaged bytes are kept, nothing starts empty."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from journal.errors import StoreDamaged, StoreError, StoreUnavailable
from journal.model import Reflection
from journal.store import TinyStore
from journal.store.lines import Header, decode_header, encode_header
from tests.unit.store.conftest import HastyDisk, write

IDS = ["aa", "bb", "cc"]


@pytest.fixture
def short(store: TinyStore, folder: Path) -> bytes:
    for id in IDS:
        write(store, id, title=f"title {id}")
    return (folder / "journal.jsonl").read_bytes()


def ends(data: bytes) -> list[int]:
    """The offsets behind each line."""
    return [at + 1 for at, byte in enumerate(data) if byte == 10]


def reopened(folder: Path, data: bytes, *, hints: bool = False) -> TinyStore:
    for leftover in ("quarantine",):
        shutil.rmtree(folder / leftover, ignore_errors=True)
    if not hints:
        (folder / "journal.hints").unlink(missing_ok=True)
    (folder / "journal.jsonl").write_bytes(data)
    return TinyStore(folder, HastyDisk())


@pytest.mark.parametrize("hints", [False, True])
def test_cut_at_every_byte_every_whole_commit_is_there(
    short: bytes, folder: Path, store: TinyStore, hints: bool
) -> None:
    header, *commits = ends(short)
    for cut in range(header, len(short), 5 if hints else 1):
        if hints:
            reopened(folder, short[: max(e for e in (header, *commits) if e <= cut)]).log.refresh()
            fresh = TinyStore(folder)
            fresh.log.refresh()
            fresh.log.save_hints()
        again = reopened(folder, short[:cut], hints=hints)
        # A line that lacks only its newline is whole: its checksum says so.
        whole = sum(1 for end in commits if end - 1 <= cut)
        assert again.ids(Reflection) == IDS[:whole], cut
        torn = cut not in (header, *commits, *(end - 1 for end in commits))
        assert [("cut off" in n) for n in again.notices()] == [True] * torn, cut
        if torn:
            start = max(end for end in (header, *commits) if end <= cut)
            kept = [p.read_bytes() for p in (folder / "quarantine").iterdir()]
            assert kept == [short[start:cut]]
        write(again, "new")
        assert TinyStore(folder).ids(Reflection) == [*IDS[:whole], "new"]
        assert TinyStore(folder).notices() == []


def test_cut_within_the_header_nothing_is_made_anew(short: bytes, folder: Path, store: TinyStore) -> None:
    for cut in range(ends(short)[0]):
        again = reopened(folder, short[:cut])
        for attempt in (TinyStore.exists, TinyStore.create, lambda s: s.all(Reflection), lambda s: write(s, "x")):
            with pytest.raises(StoreDamaged):
                attempt(again)
        assert (folder / "journal.jsonl").read_bytes() == short[:cut]


def test_every_flipped_bit_is_noticed_and_the_rest_is_shown(short: bytes, folder: Path, store: TinyStore) -> None:
    lines = [0, *ends(short)]
    for at in range(len(short)):
        for bit in {at % 8}:
            flipped = short[:at] + bytes([short[at] ^ (1 << bit)]) + short[at + 1 :]
            again = reopened(folder, flipped)
            hit = max(number for number, start in enumerate(lines) if start <= at)
            expected = [id for number, id in enumerate(IDS, start=1) if number != hit]
            found = again.ids(Reflection)
            if short[at] == 10:
                expected = IDS  # Two lines in one: each is whole by its own checksum.
            assert found == expected, (at, bit)
            assert again.notices(), (at, bit)
            for id in found:
                record = again.get(Reflection, id)
                assert record is not None
                assert record.title == f"title {id}"
            kept = b"".join(p.read_bytes() for p in (folder / "quarantine").iterdir())
            assert flipped[at : at + 1] in kept
            if hit == 0:
                # The header has a second copy, from which it is written anew.
                assert (folder / "journal.jsonl").read_bytes() == short
            elif hit != 3:
                with pytest.raises(StoreDamaged):
                    write(again, "new")
                assert (folder / "journal.jsonl").read_bytes() == flipped


@pytest.mark.parametrize("tail", [b"\0" * 5000, b"garbage\n", b'{"n":4,"ops":[]}\n', b"\xff\xfe\n\n\n"])
def test_rubbish_behind_the_end_is_kept_aside(short: bytes, folder: Path, store: TinyStore, tail: bytes) -> None:
    again = reopened(folder, short + tail)
    assert again.ids(Reflection) == IDS
    assert len(again.notices()) == 1
    assert (folder / "journal.jsonl").read_bytes() == short
    assert [p.read_bytes() for p in (folder / "quarantine").iterdir()] == [tail]


def test_a_missing_commit_in_the_middle_is_a_gap(short: bytes, folder: Path, store: TinyStore) -> None:
    lines = short.splitlines(keepends=True)
    again = reopened(folder, b"".join(lines[:2] + lines[3:]))
    assert again.ids(Reflection) == ["aa", "cc"]
    assert "missing before number 3" in again.notices()[0]
    with pytest.raises(StoreDamaged):
        write(again, "new")


def test_damage_that_the_hint_file_hides_is_noticed_when_it_is_read(
    short: bytes, folder: Path, store: TinyStore
) -> None:
    write(store, "dd", title="x" * 9000)
    store.log.save_hints()
    data = (folder / "journal.jsonl").read_bytes()
    at = data.index(b"title bb")
    again = reopened(folder, data[:at] + b"X" + data[at + 1 :], hints=True)
    assert again.ids(Reflection) == [*IDS, "dd"]
    assert again.get(Reflection, "bb") is None
    assert [r.id for r in again.all(Reflection)] == ["aa", "cc", "dd"]
    assert "damaged" in again.notices()[0]
    with pytest.raises(StoreDamaged):
        write(again, "new")


@pytest.mark.parametrize("wrong", ["cut", "other", "bits", "none", "older"])
def test_a_hint_file_is_never_trusted_over_the_log(
    short: bytes, folder: Path, store: TinyStore, tmp_path: Path, wrong: str
) -> None:
    path = folder / "journal.hints"
    store.log.save_hints()
    good = path.read_bytes()
    if wrong == "cut":
        path.write_bytes(good[:-7])
    elif wrong == "bits":
        path.write_bytes(good[:-9] + bytes([good[-9] ^ 4]) + good[-8:])
    elif wrong == "none":
        path.unlink()
    elif wrong == "older":
        write(store, "dd")
        with store.begin() as tx:
            tx.remove(Reflection, "aa")
    else:
        other = TinyStore(tmp_path / "other")
        other.create()
        write(other, "zz")
        other.log.save_hints()
        path.write_bytes((tmp_path / "other" / "journal.hints").read_bytes())
    expected = ["bb", "cc", "dd"] if wrong == "older" else IDS
    assert TinyStore(folder).ids(Reflection) == expected
    assert [r.id for r in TinyStore(folder).all(Reflection)] == expected


def test_an_older_copy_put_in_its_place_is_noticed(short: bytes, folder: Path, store: TinyStore) -> None:
    store.log.save_hints()
    again = reopened(folder, short[: ends(short)[1]], hints=True)
    assert again.ids(Reflection) == ["aa"]
    assert "2 commits shorter" in again.notices()[0]
    again = reopened(folder, short[: ends(short)[0]])
    assert again.ids(Reflection) == []
    store.log.save_hints()


def test_a_journal_that_lost_every_commit_does_not_start_empty(short: bytes, folder: Path, store: TinyStore) -> None:
    store.log.save_hints()
    again = reopened(folder, short[: ends(short)[0]], hints=True)
    with pytest.raises(StoreDamaged):
        again.all(Reflection)


def test_a_file_that_vanished_is_not_made_anew(short: bytes, folder: Path, store: TinyStore) -> None:
    (folder / "journal.jsonl").rename(folder / "elsewhere")
    for one in (store, TinyStore(folder)):
        for attempt in (one.exists, one.create, lambda o=one: write(o, "x")):
            with pytest.raises(StoreDamaged, match="missing"):
                attempt()
    assert not (folder / "journal.jsonl").exists()
    (folder / "elsewhere").rename(folder / "journal.jsonl")
    assert store.ids(Reflection) == IDS


def test_a_file_replaced_while_it_is_open_is_read_anew(short: bytes, folder: Path, store: TinyStore) -> None:
    for data in (short[: ends(short)[2]], short):
        (folder / "copy").write_bytes(data)
        (folder / "copy").replace(folder / "journal.jsonl")
        assert store.ids(Reflection) == IDS[: len(ends(data)) - 1]
        (folder / "journal.jsonl").write_bytes(data)
        assert store.ids(Reflection) == IDS[: len(ends(data)) - 1]


def test_a_damaged_header_has_a_second_copy(short: bytes, folder: Path, store: TinyStore) -> None:
    again = reopened(folder, b"#" + short[1:])
    assert again.ids(Reflection) == IDS
    assert again.log.header is not None
    assert again.log.header.journal == store.log.header.journal  # type: ignore[union-attr]
    assert "second copy" in again.notices()[0]
    assert (folder / "journal.jsonl").read_bytes() == short
    copy = (folder / "journal.header").read_bytes()
    for wrong in (b"nonsense", b""):
        (folder / "journal.header").write_bytes(wrong)
        again = reopened(folder, short)
        assert again.ids(Reflection) == IDS
        assert (folder / "journal.header").read_bytes() == copy
    write(again, "new")


def test_both_headers_damaged_the_words_are_shown_and_nothing_is_written(
    short: bytes, folder: Path, store: TinyStore
) -> None:
    (folder / "journal.header").write_bytes(b"nonsense")
    again = reopened(folder, b"#" + short[1:])
    assert again.ids(Reflection) == IDS
    with pytest.raises(StoreDamaged):
        write(again, "new")
    assert (folder / "journal.jsonl").read_bytes() == b"#" + short[1:]


def test_a_newer_journal_is_read_only_and_a_newer_form_is_refused(short: bytes, folder: Path, store: TinyStore) -> None:
    first, rest = short.split(b"\n", 1)
    header = decode_header(first)
    assert header is not None
    again = reopened(folder, encode_header(Header(schema=99, journal=header.journal)) + rest)
    assert again.ids(Reflection) == IDS
    assert "newer Bothways" in again.notices()[0]
    with pytest.raises(StoreError, match="newer Bothways"):
        write(again, "new")
    again = reopened(folder, encode_header(Header(schema=99, format=9, journal=header.journal)) + rest)
    with pytest.raises(StoreError, match="newer Bothways"):
        again.ids(Reflection)


def test_a_lock_held_by_another_is_a_clear_refusal(store: TinyStore, folder: Path) -> None:
    from journal.store.lock import LOCK_NAME, locked

    store.log._lock_seconds = 0.05
    with locked(folder / LOCK_NAME, 1), pytest.raises(StoreUnavailable, match="Another program"):
        write(store, "x")
    write(store, "x")
    assert store.ids(Reflection) == ["x"]


def test_a_compaction_that_meets_a_damaged_line_changes_nothing(folder: Path, store: TinyStore) -> None:
    for title in ("old ", "new "):
        for id in IDS:
            write(store, id, title=title + id)
    write(store, "dd", title="x" * 9000)
    store.log.save_hints()
    data = (folder / "journal.jsonl").read_bytes()
    at = data.index(b"new bb")
    again = reopened(folder, data[:at] + b"X" + data[at + 1 :], hints=True)
    with pytest.raises(StoreDamaged):
        again.log.compact()
    assert (folder / "journal.jsonl").read_bytes() == data[:at] + b"X" + data[at + 1 :]
    assert "damaged" in again.notices()[0]


def test_a_longer_copy_written_over_an_open_journal_is_read_anew(
    folder: Path, store: TinyStore, tmp_path: Path
) -> None:
    write(store, "aa")
    shutil.copytree(folder, tmp_path / "copy")
    other = TinyStore(tmp_path / "copy")
    write(other, "other", title="of another length")
    write(other, "more")
    write(store, "bb")
    (folder / "journal.jsonl").write_bytes((tmp_path / "copy" / "journal.jsonl").read_bytes())
    assert store.ids(Reflection) == ["aa", "other", "more"]
    write(store, "cc")
    assert TinyStore(folder).ids(Reflection) == ["aa", "other", "more", "cc"]
    assert TinyStore(folder).notices() == []


def test_damage_at_the_end_of_what_the_hint_file_knew_is_named(folder: Path, store: TinyStore) -> None:
    for id in IDS:
        write(store, id)
    store.log.save_hints()
    data = (folder / "journal.jsonl").read_bytes()
    again = reopened(folder, data[:-30] + b"#" + data[-29:], hints=True)
    assert again.ids(Reflection) == ["aa", "bb"]
    assert any("1 commit shorter" in sentence for sentence in again.notices())


def test_a_folder_that_vanished_is_not_taken_for_a_new_one(short: bytes, folder: Path, store: TinyStore) -> None:
    folder.rename(folder.with_name("elsewhere"))
    for attempt in (store.exists, lambda: store.all(Reflection), lambda: write(store, "x")):
        with pytest.raises(StoreDamaged, match="missing"):
            attempt()
    store.close()
    assert not folder.exists()


def test_what_a_killed_compaction_left_goes_at_the_next_opening(short: bytes, folder: Path, store: TinyStore) -> None:
    left = folder / ".journal.jsonl.12345678.tmp"
    left.write_bytes(short[:200])
    with store.log.lock():
        TinyStore(folder).all(Reflection)
        assert left.exists()
    TinyStore(folder).all(Reflection)
    assert not left.exists()
