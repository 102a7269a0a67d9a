"""Several windows, several processes, and processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from journal.errors import StoreUnavailable
from journal.model import Outgoing, Reflection
from journal.store import TinyStore
from tests.unit.store.conftest import reflection, write

KILLS = int(os.environ.get("BOTHWAYS_KILLS", "25"))

WRITER = """
import sys
from pathlib import Path
from journal.model import Outgoing
from journal.store import TinyStore
store = TinyStore(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    with store.begin() as tx:
        tx.put(Outgoing(id=f"{sys.argv[2]}-{n}", pair="p", name="n", body="b" * 300))
        tx.put(Outgoing(id=f"twin-{sys.argv[2]}-{n}", pair="p", name="n", body="b" * 3000))
    print(n, flush=True)
    if n % 7 == 6 and sys.argv[4:] == ["tidy"]:
        store.log.compact()
        store.log.save_hints()
"""


def writer(folder: Path, name: str, count: int, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), name, str(count), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_processes_of_fifty_commits_keep_four_hundred(store: TinyStore, folder: Path) -> None:
    running = [writer(folder, str(number), 50) for number in range(8)]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err[-900:]) == (0, "")
    expected = {f"{number}-{n}" for number in range(8) for n in range(50)}
    for one in (store, TinyStore(folder)):
        ids = set(one.ids(Outgoing))
        assert ids == expected | {f"twin-{id}" for id in expected}
        assert one.log.seq == 400
    (folder / "journal.hints").unlink(missing_ok=True)
    assert set(TinyStore(folder).ids(Outgoing)) == ids


def test_writers_and_one_that_compacts_lose_nothing(store: TinyStore, folder: Path) -> None:
    running = [writer(folder, "a", 40), writer(folder, "b", 40), writer(folder, "c", 40, "tidy")]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert (process.returncode, err[-900:]) == (0, "")
    assert len(store.ids(Outgoing)) == 240
    assert len(TinyStore(folder).all(Outgoing)) == 240


def test_killed_writers_lose_no_acknowledged_commit(store: TinyStore, folder: Path) -> None:
    """BOTHWAYS_KILLS sets how many processes are killed."""
    chance = random.Random(7)
    acknowledged = 0
    for number in range(KILLS):
        process = writer(folder, str(number), 100_000, *(["tidy"] if number % 2 else []))
        assert process.stdout is not None
        lines = chance.randrange(1, 30)
        last = -1
        for _ in range(lines):
            last = int(process.stdout.readline())
        timer = threading.Timer(chance.random() * 0.02, process.kill)
        timer.start()
        rest, _ = process.communicate(timeout=60)
        timer.join()
        assert process.returncode in (-signal.SIGKILL if hasattr(signal, "SIGKILL") else 1, 1)
        whole = [line for line in rest.split("\n")[:-1] if line]
        last = int(whole[-1]) if whole else last
        acknowledged += last + 1
        fresh = TinyStore(folder)
        ids = set(fresh.ids(Outgoing))
        expected = {f"{number}-{n}" for n in range(last + 1)}
        assert expected <= ids
        assert {f"twin-{id}" for id in expected} <= ids
        # A commit is all or nothing, the unacknowledged one too.
        assert {id for id in ids if not id.startswith("twin-")} == {id[5:] for id in ids if id.startswith("twin-")}
        assert fresh.log.refusal is None
        write(fresh, "after")
    print(f"{KILLS} kills, {acknowledged} acknowledged commits, none lost")


def test_two_windows_see_each_other(store: TinyStore, folder: Path) -> None:
    other = TinyStore(folder)
    write(store, "aa")
    assert other.ids(Reflection) == ["aa"]
    write(other, "aa", title="changed")
    found = store.get(Reflection, "aa")
    assert found is not None
    assert found.title == "changed"
    other.log.compact()
    write(store, "bb")
    assert other.ids(Reflection) == ["aa", "bb"]
    store.log.compact()
    store.log.compact()
    write(other, "cc")
    assert store.ids(Reflection) == ["aa", "bb", "cc"]


def test_threads_of_one_window_do_not_meet(store: TinyStore) -> None:
    trouble: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for number in range(20):
                write(store, f"{name}{number}")
                assert store.get(Reflection, f"{name}{number}") is not None
                list(store.all(Reflection))
        except BaseException as error:
            trouble.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert len(store.ids(Reflection)) == 80


def test_a_reader_does_not_disturb_a_writer_that_is_half_way(store: TinyStore, folder: Path) -> None:
    from journal.store.lock import LOCK_NAME, locked

    write(store, "aa")
    path = folder / "journal.jsonl"
    whole = path.read_bytes()
    with locked(folder / LOCK_NAME, 1):
        path.write_bytes(whole + b'{"n":3,"ops":[["p"')
        reader = TinyStore(folder)
        assert reader.ids(Reflection) == ["aa"]
        assert reader.notices() == []
        assert path.read_bytes().startswith(whole + b'{"n":3')
    assert store.ids(Reflection) == ["aa"]
    assert path.read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_every_file_is_the_owners_alone(store: TinyStore, folder: Path) -> None:
    write(store, "aa")
    store.log.save_hints()
    store.log.compact()
    with (folder / "journal.jsonl").open("ab") as handle:
        handle.write(b"torn")
    assert TinyStore(folder).ids(Reflection) == ["aa"]
    paths = list(folder.rglob("*"))
    assert {p.name for p in paths} >= {"journal.jsonl", "journal.hints", "journal.header", "quarantine"}
    for path in (folder, *paths):
        assert path.stat().st_mode & 0o077 == 0, path


def test_looking_things_up_while_another_thread_tidies(store: TinyStore) -> None:
    ids = [f"k{number}" for number in range(200)]
    write(store, *ids)
    found: list[int] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            found.extend((len(store.facts(Reflection, "id")), len(store.all(Reflection))))

    thread = threading.Thread(target=look)
    pace = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        thread.start()
        for number in range(30):
            write(store, ids[number], title="changed")
            store.log.save_hints()
    finally:
        done.set()
        thread.join()
        sys.setswitchinterval(pace)
    assert set(found) == {200}


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no open file")
def test_a_lock_file_that_is_removed_costs_no_commit(store: TinyStore, folder: Path) -> None:
    write(store, "aa")
    other = TinyStore(folder)
    with pytest.raises(StoreUnavailable, match="at the same moment"), store.begin() as tx:  # noqa: PT012
        tx.put(reflection("mine"))
        (folder / "journal.lock").unlink()
        write(other, "bb")
    assert store.ids(Reflection) == ["aa", "bb"]
    write(store, "mine")
    assert TinyStore(folder).ids(Reflection) == ["aa", "bb", "mine"]
