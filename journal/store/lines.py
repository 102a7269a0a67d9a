"""The lines of `journal.jsonl`: what they look like, their checksum, and reading them in order.

The first line is the header; every other line is one commit:

    {"n":7,"ops":[["p","reflections","k3x9m2",{…}],["d","outbox","0000000001-pq"]],"crc":"9f0c31aa"}

`n` counts commits without a gap. An operation puts a record (`p`), removes one (`d`), makes an empty table known
(`t`) or drops a table (`x`). `crc` is the CRC-32 of the line's bytes before `,"crc"`, in eight hexadecimal digits.
Lines end in a newline only: U+2028 and its kin are data.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple
from zlib import crc32

import msgspec
from msgspec import Raw, Struct

FORMAT = 2
_MARK = b',"crc":"'
_SEAL = len(_MARK) + 8 + len(b'"}')


class Put(Struct, array_like=True, tag="p", frozen=True):
    table: str
    id: str
    doc: Raw


class Remove(Struct, array_like=True, tag="d", frozen=True):
    table: str
    id: str


class Known(Struct, array_like=True, tag="t", frozen=True):
    table: str


class Drop(Struct, array_like=True, tag="x", frozen=True):
    table: str


Op = Put | Remove | Known | Drop


class Commit(Struct, frozen=True):
    n: int
    ops: list[Op]


class Header(Struct, frozen=True, kw_only=True):
    """What the first line says. `generation` counts how often the file was written anew (by compaction, say);
    `schema` is the version of what the records mean; `journal` is random and stays for good."""

    bothways: str = "journal"
    format: int = FORMAT
    schema: int
    journal: str
    generation: int = 1
    written_by: str = ""


_encode = msgspec.json.encode
_commit = msgspec.json.Decoder(Commit)
_header = msgspec.json.Decoder(Header)


def seal(body: bytes) -> bytes:
    """A whole line from an object's bytes without its closing brace."""
    return b'%b,"crc":"%08x"}\n' % (body, crc32(body))


def unseal(line: bytes) -> bool:
    """Whether a line (with or without its newline) is whole: its checksum is there and right."""
    end = len(line) - 1 if line.endswith(b"\n") else len(line)
    start = end - _SEAL
    if start <= 0 or line[start : start + len(_MARK)] != _MARK or line[end - 2 : end] != b'"}':
        return False
    return line[start + len(_MARK) : end - 2] == b"%08x" % crc32(memoryview(line)[:start])


def encode_header(header: Header) -> bytes:
    """The header as a line."""
    return seal(_encode(header)[:-1])


def decode_header(line: bytes) -> Header | None:
    """The header a line holds, or None where it is none or damaged."""
    if not unseal(line):
        return None
    try:
        found = _header.decode(line)
    except msgspec.MsgspecError:
        return None
    return found if found.bothways == "journal" else None


def encode_commit(n: int, ops: Iterable[Op]) -> bytes:
    """A commit as a line."""
    pieces = []
    for op in ops:
        if isinstance(op, Put):
            # The document is bytes already; encoding it once more would double the cost of a commit.
            pieces.append(b'["p",%b,%b,%b]' % (_encode(op.table), _encode(op.id), bytes(op.doc)))
        else:
            pieces.append(_encode(op))
    return seal(b'{"n":%d,"ops":[%b]' % (n, b",".join(pieces)))


def decode_commit(line: bytes) -> Commit | None:
    """The commit a line holds, or None where it is damaged."""
    if not unseal(line):
        return None
    try:
        return _commit.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


class BadLine(NamedTuple):
    """A line that cannot be used. `after` counts the commits before it."""

    offset: int
    data: bytes
    after: int


class Scan(NamedTuple):
    """What reading on from a place found. `end` is the offset behind the last whole line and `seq` its number;
    `torn` is what lies behind it; `damage` are bad lines with whole ones after them, and `gaps` the numbers
    before which commits are missing or out of order."""

    end: int
    seq: int
    terminated: bool
    torn: bytes
    damage: list[BadLine]
    gaps: list[int]


def scan(
    handle: BinaryIO, start: int, seq: int, apply: Callable[[Commit, int, int], None], *, terminated: bool = True
) -> Scan:
    """Read commits from offset `start`, the last one before it being number `seq`, and give each whole one with
    its offset and size to `apply`, damage or not. `terminated` says whether that last one had its newline."""
    # What others append while this reads is not looked at: half of it might be there.
    limit = os.fstat(handle.fileno()).st_size
    handle.seek(start)
    end, offset = start, start
    pending: list[BadLine] = []
    damage: list[BadLine] = []
    gaps: list[int] = []
    for whole in handle:
        if offset >= limit:
            break
        line = whole[: limit - offset]
        for piece, commit in _pieces(line):
            if piece == b"\n" and not terminated and not pending:
                # The newline of the line before it: the next writer put it there, or a damaged one stands between.
                terminated, end = True, offset + 1
            elif commit is None:
                pending.append(BadLine(offset, piece, seq))
            else:
                if commit.n <= seq or (commit.n != seq + 1 and not pending):
                    gaps.append(commit.n)
                damage += pending
                pending = []
                apply(commit, offset, len(piece))
                seq, end, terminated = commit.n, offset + len(piece), piece.endswith(b"\n")
            offset += len(piece)
    return Scan(end, seq, terminated, b"".join(bad.data for bad in pending), damage, gaps)


def _pieces(line: bytes) -> Iterator[tuple[bytes, Commit | None]]:
    """A line and its commit; a line that is none is searched for whole commits that lost the newline between them."""
    commit = decode_commit(line)
    if commit is not None:
        yield line, commit
        return
    start = mark = 0
    while (mark := line.find(_MARK, mark)) >= 0:
        mark += _SEAL
        if unseal(line[start:mark]):
            yield line[start:mark], decode_commit(line[start:mark])
            # The byte after it was the newline.
            if mark < len(line):
                yield line[mark : mark + 1], None
            start = mark = mark + 1
    if start < len(line):
        yield line[start:], None
