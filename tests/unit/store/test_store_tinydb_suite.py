"""TinyDB's own tests, from its source distribution, with our storage in the place of JSONStorage and our table in the
place of Table. The distribution is fetched with pip and never copied here; BOTHWAYS_TINYDB_SDIST names one that is
there already. Without it and without a package index these tests are skipped."""

from __future__ import annotations

import importlib.metadata
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

EXCEPTIONS = Path(__file__).with_name("tinydb_exceptions.txt")

PLUGIN = '''
import pathlib
import tinydb, tinydb.database, tinydb.storages
from journal.store.tables import LogStorage, LogTable

class Storage(LogStorage):
    """Takes the path of a file as the name of a folder, and the options of JSONStorage that do not concern a log."""

    def __init__(self, path, **options):
        path = pathlib.Path(str(path))
        if not path.parent.is_dir():
            raise FileNotFoundError(path)
        super().__init__(path)

tinydb.JSONStorage = tinydb.storages.JSONStorage = Storage
tinydb.TinyDB.default_storage_class = Storage
TABLE

def pytest_collection_modifyitems(items):
    named = dict(line.split(": ", 1) for line in EXCEPTIONS if ": " in line)
    for item in list(items):
        if item.name.split("[")[0] in named and "memory" not in item.name:
            items.remove(item)
'''


def exceptions() -> list[str]:
    lines = EXCEPTIONS.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def upstream(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sdist")
    version = importlib.metadata.version("tinydb")
    named = os.environ.get("BOTHWAYS_TINYDB_SDIST")
    if not named:
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "tinydb"]
        done = subprocess.run(
            [*command, "-d", str(place), f"tinydb=={version}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        found = list(place.glob("*.tar.gz"))
        if not found:
            pytest.skip(f"TinyDB's source distribution cannot be fetched: {done.stderr.strip()[-200:]}")
        named = str(found[0])
    with tarfile.open(named) as archive:
        archive.extractall(place, filter="data")
    (tests,) = place.glob("*/tests")
    return tests


@pytest.mark.parametrize("table", ["LogTable", "Table"])
def test_tinydbs_own_tests_pass(upstream: Path, tmp_path: Path, table: str) -> None:
    # Upstream's Table over our storage, and our table as well; memory storages keep upstream's.
    choose = "" if table == "Table" else MIXED
    named = [line for line in exceptions() if table == "LogTable" or not line.endswith("queries are cached")]
    plugin = tmp_path / "bothways_plugin.py"
    plugin.write_text(PLUGIN.replace("EXCEPTIONS", repr(named)).replace("TABLE", choose), "utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[3])])
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "bothways_plugin", "-p", "no:cacheprovider"),
            *("-c", os.devnull, "--rootdir", str(upstream.parent), "--basetemp", str(tmp_path / "temp")),
            str(upstream),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        timeout=300,
    )
    summary = done.stdout.strip().splitlines()[-12:]
    assert done.returncode == 0, "\n".join(summary)
    assert int(summary[-1].split(" passed")[0].split()[-1]) > 150, summary[-1]


MIXED = """
class Mixed:
    def __new__(cls, storage, name, **options):
        kind = LogTable if isinstance(storage, Storage) else tinydb.table.Table
        return kind(storage, name, **options)
tinydb.TinyDB.table_class = Mixed
tinydb.TinyDB.table_class.default_query_cache_capacity = 0
"""
