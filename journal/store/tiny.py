"""The store: typed records in TinyDB tables, one commit at a time, safe between processes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec import Struct
from tinydb import TinyDB
from tinydb.table import Document, Table

from journal import __version__
from journal.errors import NotFound, StoreDamaged, StoreFromFuture, StoreUnavailable
from journal.files import explain, make_private_folder
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
from journal.store.storage import AtomicStorage, StagedStorage

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
    """Reads structs out of one TinyDB database."""

    def __init__(self, database: _Database) -> None:
        self._database = database

    def _table(self, kind: type[Struct]) -> Table:
        return self._database.table(TABLES[kind], cache_size=0)

    def get(self, kind: type[S], id: str) -> S | None:
        document = self._table(kind).get(doc_id=id)  # type: ignore[call-overload]
        return None if document is None else _struct(kind, document)

    def all(self, kind: type[S]) -> list[S]:
        return [_struct(kind, document) for document in self._table(kind)]


class _Transaction(_Records):
    def put(self, record: Struct) -> None:
        """Store `record` under its `id`, in place of what was there. Fields a newer version wrote are kept."""
        table, id = self._table(type(record)), str(record.id)  # type: ignore[attr-defined]
        fields: dict[str, Any] = msgspec.to_builtins(record)
        if table.contains(doc_id=id):  # type: ignore[arg-type]
            table.update(fields, doc_ids=[id])  # type: ignore[list-item]
        else:
            table.insert(Document(fields, doc_id=id))  # type: ignore[arg-type]

    def remove(self, kind: type[Struct], id: str) -> None:
        """Remove the record; nothing happens where there is none."""
        table = self._table(kind)
        if table.contains(doc_id=id):  # type: ignore[arg-type]
            table.remove(doc_ids=[id])  # type: ignore[list-item]


def _struct(kind: type[S], document: Mapping[str, Any]) -> S:
    try:
        return msgspec.convert(dict(document), kind)
    except msgspec.ValidationError as error:
        raise StoreDamaged(
            f"A record in the table “{TABLES[kind]}” of the journal cannot be understood.",
            "The file was left as it is.",
        ) from error


class TinyStore(_Records):
    """A journal folder. See `journal.ports.Store`.

    Every write happens in `begin`, under a lock between processes, on state freshly read from disk, and ends
    in one atomic replacement of the file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._storage = AtomicStorage(folder / FILE_NAME)
        super().__init__(_Database(storage=lambda: self._storage))

    def exists(self) -> bool:
        """Whether there is a journal here. Raises StoreFromFuture and StoreDamaged where it is unusable."""
        state = self._storage.read()
        if state is None:
            return False
        self._check(state)
        return True

    def _check(self, state: Mapping[str, Any]) -> None:
        header = state.get("meta", {}).get("journal")
        schema = header.get("schema") if isinstance(header, dict) else None
        if not isinstance(schema, int):
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
        self._require()
        return super().get(kind, id)

    def all(self, kind: type[S]) -> list[S]:
        self._require()
        return super().all(kind)

    def _require(self) -> None:
        if not self.exists():
            raise no_journal(self.folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        try:
            lock = FileLock(self.folder / LOCK_NAME, timeout=LOCK_SECONDS, mode=0o600)
            lock.acquire()
        except Timeout as error:
            raise StoreUnavailable(
                "Another program has been writing to this journal for ten seconds.",
                "Try again; nothing was stored.",
            ) from error
        except FileNotFoundError as error:
            raise no_journal(self.folder) from error
        except OSError as error:
            raise explain(error, "write", self.folder) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """One commit: see `journal.ports.Transaction`."""
        if not self.folder.is_dir():
            raise no_journal(self.folder)
        with self._locked():
            state = self._storage.load()
            if state is None:
                raise no_journal(self.folder)
            self._check(state)
            staged = StagedStorage(state)
            yield _Transaction(_Database(storage=lambda: staged))
            if staged.changed:
                self._storage.write(staged.state)


def no_journal(folder: Path) -> NotFound:
    """The refusal where a journal was expected."""
    return NotFound(
        f"There is no journal in {folder}.",
        "Make one with: bothways init --name YOU --role mentee --with THEM",
    )
