"""TinyDB over the log: a storage and a table that write what changed, and read what is asked for.

`LogStorage` fits any TinyDB; `LogTable` beside it turns an update into one small commit instead of a rewriting of
everything. Results are copies: whatever a caller does to them changes nothing stored. The query cache is off.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Protocol

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from journal.errors import InvalidInput
from journal.store.log import Log
from journal.store.staged import Source, Staged

Doc = dict[str, Any]


class Unstorable(InvalidInput, TypeError):
    """A record holds something that JSON cannot hold. A TypeError too, as TinyDB's callers expect."""


def encode(doc: Mapping[str, Any]) -> bytes:
    """A document as JSON bytes that decode to the same document.

    Raises Unstorable for what JSON cannot hold: not-a-number and infinities, lone surrogates, other objects.
    """
    try:
        _check(doc)
        return msgspec.json.encode(doc)
    except (UnicodeEncodeError, TypeError, ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise Unstorable(
            f"A record holds something that cannot be stored ({type(error).__name__}).", "Nothing of it was stored."
        ) from error


def _check(value: Any) -> None:
    # The encoder would turn these into null without a word.
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("not a finite number")
    elif isinstance(value, dict):
        for inner in value.values():
            if not isinstance(inner, str):
                _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            if not isinstance(inner, str):
                _check(inner)


def decode(doc: bytes) -> Doc:
    """The document in JSON bytes, an object of the caller's own."""
    found: Doc = msgspec.json.decode(doc)
    return found


class View(Mapping[str, Doc]):
    """One table as a mapping from ids to documents, each read when it is asked for."""

    def __init__(self, source: Source, table: str) -> None:
        self._source = source
        self._table = table

    def __getitem__(self, id: str) -> Doc:
        doc = self._source.read(self._table, id)
        if doc is None:
            raise KeyError(id)
        return decode(doc)

    def __iter__(self) -> Iterator[str]:
        return iter(self._source.ids(self._table))

    def __len__(self) -> int:
        return self._source.count(self._table)

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self._source.has(self._table, id)

    def items(self) -> Any:
        """Ids and documents, in order."""
        return ((id, decode(doc)) for id, doc in self._source.read_many(self._table, self._source.ids(self._table)))


class Overlay(MutableMapping[Any, Any]):
    """One table as TinyDB's updaters expect it, with ids of the table's class; what they change is staged at the
    end, so that an updater that fails half way changes nothing."""

    def __init__(self, staged: Staged, table: str, id_class: Callable[[str], Any]) -> None:
        self._staged = staged
        self._table = table
        self._id_class = id_class
        self._cleared = False
        self._docs: dict[Any, Any] = {}
        self._gone: dict[Any, None] = {}

    def __getitem__(self, id: Any) -> Any:
        if id not in self._docs:
            doc = None if self._cleared or id in self._gone else self._staged.read(self._table, str(id))
            if doc is None:
                raise KeyError(id)
            self._docs[id] = decode(doc)
        return self._docs[id]

    def __setitem__(self, id: Any, doc: Any) -> None:
        self._gone.pop(id, None)
        self._docs[id] = doc

    def __delitem__(self, id: Any) -> None:
        if id not in self:
            raise KeyError(id)
        self._docs.pop(id, None)
        self._gone[id] = None

    def __contains__(self, id: object) -> bool:
        if id in self._docs:
            return True
        return not self._cleared and id not in self._gone and self._staged.has(self._table, str(id))

    def __iter__(self) -> Iterator[Any]:
        below = [] if self._cleared else [self._id_class(id) for id in self._staged.ids(self._table)]
        known = set(below)
        yield from [id for id in below if id not in self._gone]
        yield from [id for id in list(self._docs) if id not in known]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove everything; the table stays."""
        self._cleared = True
        self._docs.clear()
        self._gone.clear()

    def flush(self) -> None:
        """Stage what changed. Raises Unstorable; nothing is staged then."""
        docs = {str(id): encode(doc) for id, doc in self._docs.items()}
        if self._cleared:
            self._staged.drop(self._table)
        self._staged.know(self._table)
        for id in self._gone:
            self._staged.remove(self._table, str(id))
        for id, doc in docs.items():
            self._staged.put(self._table, id, doc)


class Staging(Protocol):
    """What a LogTable needs of its storage."""

    @property
    def source(self) -> Source: ...
    def stage(self) -> AbstractContextManager[Staged]: ...


class LogStorage(Storage):
    """A TinyDB storage over the log in a folder, which is made where there is none."""

    def __init__(self, folder: str | Path | Log) -> None:
        if isinstance(folder, Log):
            self.log = folder
        else:
            from journal.store.tiny import open_log

            self.log = open_log(Path(folder))

    @property
    def source(self) -> Source:
        """The log itself."""
        return self.log

    def stage(self) -> AbstractContextManager[Staged]:
        """A block that is one commit."""
        return self.log.begin()

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything as plain dicts, or None where there is no table yet."""
        tables = self.log.tables()
        return {name: dict(View(self.log, name).items()) for name in tables} if tables else None

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Store what differs from what is there, as one commit."""
        docs = {name: {str(id): encode(doc) for id, doc in table.items()} for name, table in data.items()}
        with self.log.begin() as staged:
            for name in staged.tables():
                if name not in docs:
                    staged.drop(name)
            for name, table in docs.items():
                staged.know(name)
                for id in staged.ids(name):
                    if id not in table:
                        staged.remove(name, id)
                for id, doc in table.items():
                    staged.put(name, id, doc)

    def close(self) -> None:
        """Nothing is held open."""


class StagedStorage(Storage):
    """A storage over one commit's changes: what tables write here is stored with all the rest of it."""

    def __init__(self, staged: Staged) -> None:
        self._staged = staged

    @property
    def source(self) -> Source:
        """The log with the changes made so far."""
        return self._staged

    @contextmanager
    def stage(self) -> Iterator[Staged]:
        """A block whose changes are taken over when it ends, and forgotten when it fails."""
        inner = Staged(self._staged)
        yield inner
        self._staged.take(inner)

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Everything as plain dicts."""
        return {name: dict(View(self._staged, name).items()) for name in self._staged.tables()}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Not offered: a transaction is written through its tables."""
        raise NotImplementedError


class LogTable(Table):
    """A TinyDB table over a LogStorage or a StagedStorage. The query cache is always off."""

    default_query_cache_capacity = 0

    def __init__(self, storage: Storage, name: str, cache_size: int = 0, persist_empty: bool = False) -> None:
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    @property
    def source(self) -> Source:
        """Where this table reads from."""
        return self._staging.source

    @property
    def _staging(self) -> Staging:
        return self._storage  # type: ignore[return-value]

    def _read_table(self) -> Mapping[str, Doc]:  # type: ignore[override]
        return View(self.source, self.name)

    def contains(self, cond: Any = None, doc_id: Any = None) -> bool:
        """Whether a document matches, or has this id; the latter without reading it."""
        if doc_id is not None:
            return self.source.has(self.name, str(doc_id))
        return super().contains(cond)

    def read(self, id: str) -> bytes | None:
        """A document as JSON bytes, or None."""
        return self.source.read(self.name, id)

    def put(self, id: str, doc: bytes) -> None:
        """Store a document of JSON bytes under an id, in place of what was there."""
        with self._staging.stage() as staged:
            staged.put(self.name, id, doc)

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        with self._staging.stage() as staged:
            overlay = Overlay(staged, self.name, self.document_id_class)
            updater(overlay)
            overlay.flush()


class TextTable(LogTable):
    """A table whose ids are the records' own strings."""

    document_id_class = str  # type: ignore[assignment]


class Database(TinyDB):
    """TinyDB with tables of our own."""

    table_class = TextTable

    def __init__(self, storage: Storage) -> None:
        super().__init__(storage=lambda: storage)
