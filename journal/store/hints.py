"""The hint file `journal.hints`: the index as it was, so that opening need not read the whole log.

It is never trusted over the log: it is bound to the journal's id, to the generation of the file, to its length and
to the checksum of its last bytes; every record it leads to is checked when it is read. Whatever is wrong with it,
it is built anew. It holds no word that somebody wrote.

The first line is a sealed JSON object that says where each column lies; the columns follow as bytes. Numbers are
little-endian of 1, 4 or 8 bytes; texts a JSON list; texts with few different values a JSON list and one byte a row.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Literal
from zlib import crc32

import msgspec
from msgspec import Struct

from journal.ports import Fact
from journal.store.disk import Disk
from journal.store.facts import names_of
from journal.store.index import FIXED, Column, Index, TableIndex
from journal.store.lines import seal, unseal

HINTS_NAME = "journal.hints"
VERSION = 1
_TAIL = 4096


Kind = Literal["B", "I", "q", "s", "c"]


class _Column(Struct, array_like=True, frozen=True):
    kind: Kind
    start: int
    size: int


class _Table(Struct, frozen=True):
    rows: int
    columns: dict[str, _Column]


class Hints(Struct, frozen=True, kw_only=True):
    """What a hint file says of the log it belongs to: `end` bytes of it, up to commit `seq`, with `live` bytes
    of documents in use; `tail` is the checksum of the last bytes before `end`, `body` that of the columns."""

    version: int = VERSION
    journal: str
    generation: int
    end: int
    seq: int
    live: int
    tail: int
    body: int
    tables: dict[str, _Table]


_decoder = msgspec.json.Decoder(Hints)


def tail_of(handle: BinaryIO, end: int) -> int:
    """The checksum of the log's last bytes before `end`."""
    start = max(0, end - _TAIL)
    handle.seek(start)
    return crc32(handle.read(end - start))


def save(path: Path, disk: Disk, index: Index, *, journal: str, generation: int, end: int, seq: int, tail: int) -> int:
    """Write the hint file and return the live bytes. Raises OSError; losing the file costs only time."""
    blobs: list[bytes] = []
    start = 0
    tables = {}
    live = 0
    for table in index:
        table.fold()
        columns = {}
        for name in ("id", *FIXED, *table.names):
            kind, blob = _pack(table.column(name))
            columns[name] = _Column(kind, start, len(blob))
            blobs.append(blob)
            start += len(blob)
        live += sum(int(w) for w in table.column("weight"))
        tables[table.table] = _Table(len(table), columns)
    body = 0
    for blob in blobs:
        body = crc32(blob, body)
    hints = Hints(
        journal=journal, generation=generation, end=end, seq=seq, live=live, tail=tail, body=body, tables=tables
    )
    disk.write_whole(path, [seal(msgspec.json.encode(hints)[:-1]), *blobs], durable=False)
    return live


def load(path: Path) -> tuple[Hints, Index] | None:
    """The hint file's index, its columns decoded when they are asked for; None where it is missing or unusable."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    line_end = data.find(b"\n") + 1
    line = data[:line_end]
    if not unseal(line):
        return None
    try:
        hints = _decoder.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    body = memoryview(data)[line_end:]
    if hints.version != VERSION or crc32(body) != hints.body:
        return None
    index = Index()
    for name, table in hints.tables.items():
        if not {"id", *FIXED, *names_of(name)} <= table.columns.keys():
            return None
        index.tables[name] = TableIndex(name, table.rows, _Loader(table, body))
    return hints, index


class _Loader:
    def __init__(self, table: _Table, body: memoryview) -> None:
        self._table = table
        self._body = body

    def __call__(self, name: str) -> Column:
        column = self._table.columns[name]
        return _unpack(column.kind, bytes(self._body[column.start : column.start + column.size]))


def _pack(column: Column) -> tuple[Kind, bytes]:
    if not isinstance(column, array) and any(isinstance(value, str) for value in column):
        different = list(dict.fromkeys(str(v) for v in column))
        if len(different) > 255:
            return "s", msgspec.json.encode(column)
        codes = {value: code for code, value in enumerate(different)}
        return "c", msgspec.json.encode(different) + b"\n" + bytes([codes[str(v)] for v in column])
    values = [int(v) for v in column]
    least, most = min(values, default=0), max(values, default=0)
    kind: Kind = "q" if least < 0 or most >= 1 << 32 else "I" if most > 255 else "B"
    numbers = array(kind, values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return kind, numbers.tobytes()


def _unpack(kind: Kind, data: bytes) -> Sequence[Fact]:
    if kind == "s":
        return msgspec.json.decode(data, type=list[str])
    if kind == "c":
        words, _, codes = data.partition(b"\n")
        different = msgspec.json.decode(words, type=list[str])
        return [different[code] for code in codes]
    numbers = array(kind)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
