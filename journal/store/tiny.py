"""The store: typed records in TinyDB tables, one commit at a time, safe between processes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.table import Document, Table

from journal import __version__
from journal.errors import NotFound, StoreDamaged, StoreFromFuture, StoreUnavailable
from journal.files import make_private_folder
from journal.ids import new_id
from journal.model import (
    Announced,
    JointLine,
    Outgoing,
    Pair,
    Person,
    Received,
    Reflection,
    Response,
    Session,
)
from journal.store.locks import locked
from journal.store.storage import AtomicStorage, StagedStorage, State

if TYPE_CHECKING:
    from journal.ports import Transaction

SCHEMA = 1
"""The version of what the records mean. A change to a record's meaning raises it and brings a migration."""

FILE_NAME = "journal.json"
LOCK_NAME = "journal.lock"
LOCK_SECONDS = 10.0

TABLES: Mapping[type[Struct], str] = {
    Person: "people",
    Pair: "pairs",
    Session: "sessions",
    Reflection: "reflections",
    Received: "received",
    Response: "responses",
    JointLine: "lines",
    Announced: "announced",
    Outgoing: "outbox",
}

S = TypeVar("S", bound=Struct)


class _Table(Table):
    """A TinyDB table whose ids are the records' own strings."""

    document_id_class = str  # type: ignore[assignment]
    default_query_cache_capacity = 0


class _Database(TinyDB):
    table_class = _Table


class _Records:
    """Reads structs out of one TinyDB database. Records cannot change, so each is made from its fields once."""

    def __init__(self, database: _Database) -> None:
        self._database = database
        self._made: dict[type[Struct], dict[str, Any]] = {}

    def _table(self, kind: type[Struct]) -> Table:
        return self._database.table(TABLES[kind], cache_size=0)

    def get(self, kind: type[S], id: str) -> S | None:
        if (made := self._made.get(kind)) is not None:
            return made.get(id)
        document = self._table(kind).get(doc_id=id)  # type: ignore[call-overload]
        return None if document is None else _struct(kind, document)

    def all(self, kind: type[S]) -> list[S]:
        made = self._made.get(kind)
        if made is None:
            made = {str(document.doc_id): _struct(kind, document) for document in self._table(kind)}
            self._made[kind] = made
        return list(made.values())

    def ids(self, kind: type[Struct]) -> list[str]:
        """The ids of all records of a kind; cheaper than the records themselves."""
        made = self._made.get(kind)
        return list(made) if made is not None else [str(document.doc_id) for document in self._table(kind)]


class _Transaction(_Records):
    def put(self, record: Struct) -> None:
        """Store `record` under its `id`, in place of what was there. Fields a newer version wrote are kept."""
        table, id = self._table(type(record)), str(record.id)  # type: ignore[attr-defined]
        fields: dict[str, Any] = msgspec.to_builtins(record)
        old = table.get(doc_id=id)  # type: ignore[call-overload]
        if old is not None:
            table.update(_merged(dict(old), fields), doc_ids=[id])  # type: ignore[list-item]
        else:
            table.insert(Document(fields, doc_id=id))  # type: ignore[arg-type]
        if (made := self._made.get(type(record))) is not None:
            made[id] = record

    def remove(self, kind: type[Struct], id: str) -> None:
        """Remove the record; nothing happens where there is none."""
        table = self._table(kind)
        if table.contains(doc_id=id):  # type: ignore[arg-type]
            table.remove(doc_ids=[id])  # type: ignore[list-item]
        self._made.get(kind, {}).pop(id, None)


def _merged(old: Any, new: Any) -> Any:
    """`new`, with the fields that only `old` has: in a record, and in the records it holds, known by their ids."""
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merged(old.get(key), value) for key, value in new.items()}}
    if isinstance(old, list) and isinstance(new, list):
        known = {row["id"]: row for row in old if isinstance(row, dict) and "id" in row}
        return [_merged(known.get(row["id"]), row) if isinstance(row, dict) and "id" in row else row for row in new]
    return new


def _struct(kind: type[S], document: Mapping[str, Any]) -> S:
    try:
        return msgspec.convert(dict(document), kind)
    except msgspec.ValidationError as error:
        raise StoreDamaged(
            f"A record in the table “{TABLES[kind]}” of the journal cannot be understood.",
            "The file was left as it is.",
        ) from error


class TinyStore:
    """A journal folder. See `journal.ports.Store`.

    Every write happens in `begin`, under a lock between processes, on state freshly read from disk, and ends
    in one atomic replacement of the file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = AtomicStorage(folder / FILE_NAME)
        self._writing = threading.Lock()
        self._tidied = False
        self._snapshot: tuple[object, _Records] = (None, _Records(_Database(storage=lambda: StagedStorage(None))))

    def exists(self) -> bool:
        """Whether there is a journal here. Raises StoreFromFuture and StoreDamaged where it is unusable."""
        return self._read() is not None

    def _read(self) -> State | None:
        state = self._storage.read()
        if state is not None and state is not self._snapshot[0]:
            self._check(state)
        return state

    def _tidy(self) -> None:
        # Under the lock nobody is writing, so what an interrupted write left behind is nobody's: it may hold words
        # that were deleted since.
        if not self._tidied:
            for left in self.folder.glob(f".{FILE_NAME}.*.tmp"):
                with suppress(OSError):
                    left.unlink()
            self._tidied = True

    def _check(self, state: Mapping[str, Any]) -> None:
        header = state.get("meta", {}).get("journal")
        schema = header.get("schema") if isinstance(header, dict) else None
        if type(schema) is not int or schema < 1:
            raise StoreDamaged(
                f"{self._storage.path} does not say which version of Bothways wrote it.",
                "It was left as it is. Put a copy of it back, or choose another folder with --journal.",
            )
        if schema > SCHEMA:
            raise StoreFromFuture(
                f"This journal was written by a newer Bothways (schema {schema}; this one knows {SCHEMA}).",
                "Install the newer version to open it. Nothing was changed.",
            )

    def create(self) -> None:
        """Make an empty journal; does nothing where there is one already. Raises StoreUnavailable."""
        make_private_folder(self.folder)
        with self._locked():
            if self.exists():
                return
            header = {"schema": SCHEMA, "journal": new_id(16), "written_by": __version__}
            self._storage.write({"meta": {"journal": header}})

    def get(self, kind: type[S], id: str) -> S | None:
        return self._records().get(kind, id)

    def all(self, kind: type[S]) -> list[S]:
        return self._records().all(kind)

    def ids(self, kind: type[Struct]) -> list[str]:
        return self._records().ids(kind)

    def _records(self) -> _Records:
        state = self._read()
        if state is None:
            raise no_journal(self.folder)
        of, records = self._snapshot
        if of is not state:
            records = _Records(_Database(storage=lambda: StagedStorage(state)))
            self._snapshot = (state, records)
        return records

    @contextmanager
    def _locked(self) -> Iterator[None]:
        # Threads of one program queue here, so that they do not race each other for the lock between programs.
        if not self._writing.acquire(timeout=LOCK_SECONDS):
            raise busy()
        try:
            with locked(self.folder / LOCK_NAME, LOCK_SECONDS, busy()):
                yield
        finally:
            self._writing.release()

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """One commit: see `journal.ports.Transaction`."""
        if not self._storage.present():
            raise no_journal(self.folder)
        with self._locked():
            self._tidy()
            state = self._storage.load()
            if state is None:
                raise no_journal(self.folder)
            self._check(state)
            staged = StagedStorage(state)
            yield _Transaction(_Database(storage=lambda: staged))
            if staged.changed:
                self._storage.write(staged.state)


def busy() -> StoreUnavailable:
    """The refusal where somebody else holds the lock."""
    return StoreUnavailable(
        "Another program has been writing to this journal for ten seconds.", "Try again; nothing was stored."
    )


def no_journal(folder: Path) -> NotFound:
    """The refusal where a journal was expected."""
    return NotFound(
        f"There is no journal in {folder}.",
        "Make one with: bothways init --name YOU --role mentee --with THEM",
    )
