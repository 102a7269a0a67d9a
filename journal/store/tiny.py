"""The store: typed records in TinyDB tables over the log, one commit at a time, safe between processes."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct

from journal import __version__
from journal.errors import BothwaysError, StoreDamaged
from journal.ids import new_id
from journal.store import recovery
from journal.store.disk import Disk
from journal.store.facts import plain
from journal.store.kinds import TABLES
from journal.store.lines import Header
from journal.store.log import Log
from journal.store.migrations import SCHEMA
from journal.store.sift import sieve
from journal.store.tables import Database, LogStorage, LogTable, StagedStorage, Unstorable, decode, encode
from journal.store.takeover import bring_up_to_date, take_over_whole_file

if TYPE_CHECKING:
    from journal.ports import Fact, Transaction

S = TypeVar("S", bound=Struct)
logger = logging.getLogger(__name__)


class _Records:
    """Reads structs out of one TinyDB database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _table(self, kind: type[Struct]) -> LogTable:
        table = self._database.table(TABLES[kind])
        assert isinstance(table, LogTable)
        return table

    def get(self, kind: type[S], id: str) -> S | None:
        """The record with this id. Raises StoreDamaged where it cannot be understood."""
        table = self._table(kind)
        doc = table.source.read(table.name, id)
        return None if doc is None else _struct(kind, doc)

    def has(self, kind: type[Struct], id: str) -> bool:
        """Whether there is such a record."""
        table = self._table(kind)
        return table.source.has(table.name, id)

    def ids(self, kind: type[Struct]) -> list[str]:
        """All ids, in the order in which the records were first stored."""
        table = self._table(kind)
        return table.source.ids(table.name)

    def all(self, kind: type[S]) -> list[S]:
        """All records, in the order in which they were first stored."""
        return list(self.scan(kind, self.ids(kind)))

    def find(self, kind: type[S], /, **equal: object) -> list[S]:
        """The records whose facts are all equal to these."""
        return list(self.scan(kind, [str(id) for (id,) in self.facts(kind, "id", **equal)]))

    def facts(self, kind: type[Struct], /, *names: str, **equal: object) -> list[tuple[Fact, ...]]:
        """The named facts of the records whose facts are equal to these."""
        table = self._table(kind)
        return table.source.select(table.name, names, {name: plain(value) for name, value in equal.items()})

    def top(self, kind: type[Struct], by: str, limit: int, /, **equal: object) -> list[str]:
        """The ids of the records with the `limit` highest facts `by`, ties with the last one included."""
        table = self._table(kind)
        return table.source.top(table.name, by, limit, {name: plain(value) for name, value in equal.items()})

    def scan(self, kind: type[S], ids: Iterable[str], words: Sequence[str] = ()) -> Iterator[S]:
        """The records with these ids, in that order, less those that certainly lack one of the words."""
        table = self._table(kind)
        for _, doc in table.source.read_many(table.name, list(ids), sieve(words)):
            yield _struct(kind, doc)


class _Transaction(_Records):
    def put(self, record: Struct) -> None:
        """Store `record` under its `id`, in place of what was there. Fields a newer version wrote are kept."""
        try:
            fields = _encode_over(record, self._table(type(record)).read(str(record.id)))  # type: ignore[attr-defined]
        except (UnicodeEncodeError, TypeError, ValueError) as error:
            raise Unstorable(
                f"A record holds something that cannot be stored ({type(error).__name__}).", "Nothing of it was stored."
            ) from error
        self._table(type(record)).put(str(record.id), fields)  # type: ignore[attr-defined]

    def remove(self, kind: type[Struct], id: str) -> None:
        """Remove the record; nothing happens where there is none."""
        self._table(kind).remove(doc_ids=[id])  # type: ignore[list-item]


def _encode_over(record: Struct, before: bytes | None) -> bytes:
    """The record as JSON, with the fields of the document `before` it that this version does not know."""
    fields = msgspec.json.encode(record)
    if before is not None:
        with contextlib.suppress(msgspec.ValidationError):
            if msgspec.json.encode(msgspec.json.decode(before, type=type(record))) == before:
                return fields
        return encode(_merged(decode(before), decode(fields)))
    return fields


def _merged(old: Any, new: Any) -> Any:
    """`new`, with the fields that only `old` has: in a record, and in the records it holds, known by their ids."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        known = {row["id"]: row for row in old if isinstance(row, dict) and "id" in row}
        return [_merged(known.get(row["id"]), row) if isinstance(row, dict) and "id" in row else row for row in new]
    return new


def _struct(kind: type[S], doc: bytes) -> S:
    try:
        return msgspec.json.decode(doc, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreDamaged(
            f"A record in the table “{TABLES[kind]}” of the journal cannot be understood.",
            "The file was left as it is.",
        ) from error


class TinyStore(_Records):
    """A journal folder. See `journal.ports.Store`. Safe to use from several threads."""

    def __init__(self, folder: Path, disk: Disk | None = None) -> None:
        self.folder = folder
        self.log = Log(folder, schema=SCHEMA, disk=disk)
        self._ready = False
        super().__init__(Database(LogStorage(self.log)))

    def _table(self, kind: type[Struct]) -> LogTable:
        self._prepare()
        return super()._table(kind)

    def _prepare(self) -> None:
        if self._ready:
            return
        take_over_whole_file(self.log)
        bring_up_to_date(self.log)
        self._ready = True

    def exists(self) -> bool:
        """Whether there is a journal here. Raises StoreDamaged where one was and is not readable any more."""
        if self.log.header is None and not recovery.was_known(self.folder):
            return False
        self._prepare()
        self.log.refresh()
        return True

    def create(self) -> None:
        """Make an empty journal; does nothing where there is one already. Raises StoreUnavailable, and
        StoreDamaged where there has been one whose file is gone."""
        self.log.make_folder()
        with self.log.lock():
            if not self.exists():
                self.log.create(Header(schema=SCHEMA, journal=new_id(16), written_by=__version__))

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """One commit: see `journal.ports.Transaction`."""
        self._prepare()
        with self.log.begin() as staged:
            yield _Transaction(Database(StagedStorage(staged)))

    def notices(self) -> list[str]:
        """What the writer should know of the files, each sentence once."""
        return self.log.notices()

    def close(self) -> None:
        """Write the log anew where more than half of it is out of use; a failure is only noted.

        A journal's first hint file is written here too: from then on a log that lost its end is noticed.
        """
        if self.log.wants_hints():
            self.log.save_hints()
        if self.log.wants_compaction():
            try:
                self.log.compact()
            except BothwaysError as error:
                logger.info("the log was not compacted: %s", type(error).__name__)


def open_log(folder: Path) -> Log:
    """The log in a folder, made where there is none."""
    store = TinyStore(folder)
    store.create()
    return store.log


__all__ = ["SCHEMA", "TABLES", "TinyStore", "open_log"]
