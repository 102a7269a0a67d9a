"""One run, one table: Bothways beside stock TinyDB, CachingMiddleware, SQLite and, as whole processes, jrnl.

    python -m tests.benchmarks --jrnl /path/to/jrnl --sizes 100,1000,10000,50000

Figures are medians in milliseconds; contenders take turns, so that a busy machine slows them all alike.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage

from journal.model import Reflection
from journal.store import TinyStore
from journal.usecases import Context, Reading
from tests.benchmarks.material import RARE, fill, reflections, text_of

ROOT = Path(__file__).parents[2]
ANSWERS = json.dumps({"answers": ["I froze when we role-played it. " * 12] * 3})
HOME = """
import sys
from pathlib import Path
from journal.bootstrap import build
services = build(Path(sys.argv[1]))
assert services.people.known()
waiting = services.together.waiting()
services.people.pairs()
"""
MEMORY = """
import sys
from pathlib import Path
from journal.bootstrap import build
services = build(Path(sys.argv[1]))
if sys.argv[2] == "use":
    services.people.known()
    services.together.waiting()
    services.reading.reflections(limit=50)
    services.reading.search(sys.argv[3])
# Not ru_maxrss: that would count the memory of the program that started this one.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) * 1024)
"""
Rows = dict[str, dict[int, float]]


def timed(action: Callable[[], Any]) -> float:
    """The milliseconds an action takes."""
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def in_turns(contenders: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """The median of each contender over rounds in which each has one turn, after one that does not count."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, action in contenders.items():
            took = timed(action)
            if number or rounds < 3:
                times[name].append(took)
    return {name: statistics.median(taken) for name, taken in times.items()}


def run(*command: str, stdin: str = "", **environment: str) -> None:
    """A whole process. Raises where it fails."""
    done = subprocess.run(
        command,
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:6])}: {done.stderr[-500:]}")


def stock(path: Path, docs: list[dict[str, Any]]) -> None:
    """A file as stock TinyDB writes it."""
    path.write_text(json.dumps({"_default": {str(n): doc for n, doc in enumerate(docs, start=1)}}), "utf-8")


def sqlite(path: Path, made: list[Reflection]) -> sqlite3.Connection:
    """A database that is as safe as SQLite can be: WAL, synchronous=FULL."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE reflections (id TEXT PRIMARY KEY, day TEXT, doc TEXT)")
    database.execute("BEGIN")
    rows = ((r.id, r.day.isoformat(), msgspec.json.encode(r).decode()) for r in made)
    database.executemany("INSERT INTO reflections VALUES (?, ?, ?)", rows)
    database.execute("COMMIT")
    return database


def saving(store: TinyStore, place: Path, made: list[Reflection], rows: Rows) -> None:
    """Saving in an open program: one answer changed, one reflection added."""
    size, base = len(made), made[len(made) // 2]
    database = sqlite(place / "journal.sqlite", made)
    counter = iter(range(10**9))
    extra = msgspec.json.encode(base).decode()

    def answer() -> None:
        with store.begin() as tx:
            found = tx.get(Reflection, base.id)
            assert found is not None
            tx.put(replace(found, title=f"changed {next(counter)}"))

    def add() -> None:
        with store.begin() as tx:
            tx.put(replace(base, id=f"n{next(counter)}"))

    def sqlite_insert() -> None:
        database.execute("INSERT INTO reflections VALUES (?, ?, ?)", (f"n{next(counter)}", "2026-11-20", extra))

    def sqlite_update() -> None:
        doc = json.loads(database.execute("SELECT doc FROM reflections WHERE id = ?", (base.id,)).fetchone()[0])
        doc["title"] = f"changed {next(counter)}"
        database.execute("UPDATE reflections SET doc = ? WHERE id = ?", (json.dumps(doc), base.id))

    safe = {
        "save an answer, Bothways": answer,
        "add a reflection, Bothways": add,
        "add a reflection, SQLite": sqlite_insert,
        "save an answer, SQLite": sqlite_update,
    }
    for name, value in in_turns(safe, 150).items():
        rows.setdefault(name, {})[size] = value
    database.close()
    docs = [msgspec.to_builtins(r) for r in made]
    stock(place / "stock.json", docs)
    database_file = TinyDB(place / "stock.json")
    rounds = 9 if size <= 1000 else 2
    rows.setdefault("add a reflection, stock TinyDB", {})[size] = in_turns(
        {"stock": lambda: database_file.insert(docs[0])}, rounds
    )["stock"]
    database_file.close()

    def cached() -> None:
        with TinyDB(place / "stock.json", storage=CachingMiddleware(JSONStorage)) as lazy:
            lazy.insert(docs[0])

    name = "add a reflection, CachingMiddleware, opened and closed"
    rows.setdefault(name, {})[size] = in_turns({"cached": cached}, rounds)["cached"]


def searching(folder: Path, size: int, rows: Rows) -> None:
    """Search in an open program: the first hit, and all of them."""
    store = TinyStore(folder)
    reading = Reading(Context(store, None, None, None))  # type: ignore[arg-type]
    reading.reflections(limit=20)
    actions: dict[str, Callable[[], Any]] = {
        "open app: first hit of a rare word": lambda: next(reading.hits(RARE)),
        "open app: all hits of a rare word": lambda: reading.search(RARE),
        "open app: a word that is nowhere": lambda: reading.search("zebra"),
    }
    for name, value in in_turns(actions, 7).items():
        rows.setdefault(name, {})[size] = value


def processes(folder: Path, place: Path, made: list[Reflection], jrnl: str, rows: Rows, rounds: int) -> None:
    """Whole processes, cold."""
    size = len(made)
    python = (sys.executable, "-m", "journal")
    named = {"BOTHWAYS_JOURNAL": str(folder)}
    actions: dict[str, Callable[[], Any]] = {
        "process: bothways --version": lambda: run(*python, "--version"),
        "process: bothways list -n 20": lambda: run(*python, "list", "-n", "20", **named),
        "process: what Home shows": lambda: run(sys.executable, "-c", HOME, str(folder)),
        "process: bothways search WORD": lambda: run(*python, "search", RARE, **named),
        "process: bothways reflect --answers -": lambda: run(
            *python, "reflect", "--answers", "-", stdin=ANSWERS, **named
        ),
    }
    if jrnl:
        text = place / "jrnl.txt"
        entries = (f"[{r.created:%Y-%m-%d %H:%M}] Session {r.session}.\n{text_of(r)}\n" for r in made)
        text.write_text("\n".join(entries), "utf-8")
        config = place / "jrnl.yaml"
        config.write_text(
            f"version: v4.2\njournals:\n  default:\n    journal: {text}\neditor: ''\nencrypt: false\ntemplate: false\n"
            "default_hour: 9\ndefault_minute: 0\ntimeformat: '%Y-%m-%d %H:%M'\ntagsymbols: '@'\nhighlight: false\n"
            "linewrap: 79\nindent_character: '|'\ncolors:\n  body: none\n  date: none\n  tags: none\n  title: none\n",
            "utf-8",
        )
        command = (jrnl, "--config-file", str(config))
        actions["process: jrnl -n 20"] = lambda: run(*command, "-n", "20")
        actions["process: jrnl -contains WORD"] = lambda: run(*command, "-contains", RARE)
        actions["process: jrnl, one entry added"] = lambda: run(*command, stdin="Today I froze. " * 20)
    for name, value in in_turns(actions, rounds).items():
        rows.setdefault(name, {})[size] = value


def memory(folder: Path, made: list[Reflection]) -> str:
    """Peak memory after Home, a list and a search, beside the bytes of the text."""
    text = sum(len(text_of(r).encode()) for r in made)
    peaks = []
    for use in ("bare", "use"):
        command = [sys.executable, "-c", MEMORY, str(folder), use, RARE]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        peaks.append(int(done.stdout))
    return (
        f"Peak memory at {len(made):,}: {peaks[1] / 1e6:.1f} MB after Home, a list and a search; the bare program "
        f"{peaks[0] / 1e6:.1f} MB; the text {text / 1e6:.1f} MB: {(peaks[1] - peaks[0]) / text:.2f} times the text."
    )


def table(rows: Rows, sizes: list[int]) -> str:
    """The rows as a Markdown table."""
    lines = [f"| median ms | {' | '.join(f'{s:,}' for s in sizes)} |", "|---|" + "---:|" * len(sizes)]
    for name, values in rows.items():
        cells = [f"{values[s]:.2f}" if values[s] < 10 else f"{values[s]:.0f}" for s in sizes]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Run everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000,50000", help="numbers of reflections")
    parser.add_argument("--jrnl", default=shutil.which("jrnl") or "", help="the jrnl command, in a venv of its own")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each whole process")
    chosen = parser.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    rows: Rows = {}
    notes = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            made = reflections(size)
            store = fill(place / "journal", made)
            processes(place / "journal", place, made, chosen.jrnl, rows, chosen.rounds)
            searching(place / "journal", size, rows)
            if size == 10_000 and Path("/proc/self/status").exists():
                notes.append(memory(place / "journal", made))
            saving(store, place, made, rows)
        print(f"{size:,} done", file=sys.stderr, flush=True)
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores\n")
    print(table(rows, sizes))
    print("\n".join(["", *notes]))


if __name__ == "__main__":
    main()
