"""What one commit is about to store: changes laid over the log, visible to the block that makes them and to nobody
else, until they are written as one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from msgspec import Raw

from journal.ports import Fact
from journal.store.facts import facts_of, names_of
from journal.store.lines import Drop, Known, Op, Put, Remove


class Source(Protocol):
    """Where tables read from: the log as it is, or the log with staged changes."""

    def tables(self) -> list[str]: ...
    def has(self, table: str, id: str) -> bool: ...
    def ids(self, table: str) -> list[str]: ...
    def count(self, table: str) -> int: ...
    def read(self, table: str, id: str) -> bytes | None: ...
    def read_many(
        self, table: str, ids: Sequence[str], wanted: Callable[[bytes], bool] | None = None
    ) -> Iterator[tuple[str, bytes]]: ...
    def select(self, table: str, names: Sequence[str], equal: Mapping[str, Fact]) -> list[tuple[Fact, ...]]: ...
    def top(self, table: str, by: str, limit: int, equal: Mapping[str, Fact]) -> list[str]: ...


class Staged:
    """Changes over `below`; documents are JSON bytes. Nothing is serialised later, so nothing can fail later."""

    def __init__(self, below: Source) -> None:
        self._below = below
        self._changes: dict[str, dict[str, bytes | None]] = {}
        self._dropped: set[str] = set()
        self._known: set[str] = set()

    # --- reading ---------------------------------------------------------------------------------------

    def _under(self, table: str) -> Source | None:
        return None if table in self._dropped else self._below

    def tables(self) -> list[str]:
        """The names of the tables there are."""
        below = [name for name in self._below.tables() if name not in self._dropped]
        fresh = [name for name in (*self._changes, *self._known) if name not in below]
        return list(dict.fromkeys(below + fresh))

    def has(self, table: str, id: str) -> bool:
        """Whether a record would be stored."""
        changes = self._changes.get(table, {})
        if id in changes:
            return changes[id] is not None
        under = self._under(table)
        return under is not None and under.has(table, id)

    def ids(self, table: str) -> list[str]:
        """The ids of a table, in the order in which they were first stored."""
        under = self._under(table)
        below = under.ids(table) if under is not None else []
        changes = self._changes.get(table)
        if not changes:
            return below
        known = set(below)
        kept = [id for id in below if changes.get(id, b"") is not None]
        return kept + [id for id, doc in changes.items() if doc is not None and id not in known]

    def count(self, table: str) -> int:
        """How many records a table would have."""
        return len(self.ids(table))

    def read(self, table: str, id: str) -> bytes | None:
        """A record's document, or None."""
        changes = self._changes.get(table, {})
        if id in changes:
            return changes[id]
        under = self._under(table)
        return under.read(table, id) if under is not None else None

    def read_many(
        self, table: str, ids: Sequence[str], wanted: Callable[[bytes], bool] | None = None
    ) -> Iterator[tuple[str, bytes]]:
        """The documents of these ids, in that order; missing ones are left out."""
        under = self._under(table)
        if not self._changes.get(table) and under is not None:
            yield from under.read_many(table, ids, wanted)
            return
        for id in ids:
            doc = self.read(table, id)
            if doc is not None and (wanted is None or wanted(doc)):
                yield id, doc

    def select(self, table: str, names: Sequence[str], equal: Mapping[str, Fact]) -> list[tuple[Fact, ...]]:
        """Facts of the records whose facts are equal to these."""
        under, changes = self._under(table), self._changes.get(table)
        if not changes:
            return under.select(table, names, equal) if under is not None else []
        below = under.select(table, ("id", *names), equal) if under is not None else []
        found = [row[1:] for row in below if row[0] not in changes]
        for id, doc in changes.items():
            if doc is None:
                continue
            facts: dict[str, Fact] = dict(zip(names_of(table), facts_of(table, doc), strict=True))
            facts["id"] = id
            if all(facts[name] == value for name, value in equal.items()):
                found.append(tuple([facts[name] for name in names]))
        return found

    def top(self, table: str, by: str, limit: int, equal: Mapping[str, Fact]) -> list[str]:
        """The ids with the `limit` highest facts, ties with the last one included."""
        under = self._under(table)
        if not self._changes.get(table) and under is not None:
            return under.top(table, by, limit, equal)
        rows = sorted(self.select(table, (by, "id"), equal), reverse=True)
        return [str(id) for value, id in rows if limit > 0 and value >= rows[min(limit, len(rows)) - 1][0]]  # type: ignore[operator]

    # --- writing ---------------------------------------------------------------------------------------

    def put(self, table: str, id: str, doc: bytes) -> None:
        """Stage a record's document."""
        self._changes.setdefault(table, {})[id] = doc

    def remove(self, table: str, id: str) -> None:
        """Stage a removal."""
        self._changes.setdefault(table, {})[id] = None

    def drop(self, table: str) -> None:
        """Stage the dropping of a table with all its records."""
        self._changes.pop(table, None)
        self._known.discard(table)
        self._dropped.add(table)

    def know(self, table: str) -> None:
        """Stage a table that is there even while it is empty."""
        if table not in self.tables():
            self._known.add(table)

    def take(self, other: Staged) -> None:
        """Take over what was staged above this."""
        for table in other._dropped:
            self.drop(table)
        self._known |= other._known
        for table, changes in other._changes.items():
            self._changes.setdefault(table, {}).update(changes)

    def ops(self) -> list[Op]:
        """What is to be written; nothing where nothing would change."""
        ops: list[Op] = [Drop(table) for table in sorted(self._dropped) if table in self._below.tables()]
        ops += [Known(table) for table in sorted(self._known)]
        for table, changes in self._changes.items():
            under = self._under(table)
            for id, doc in changes.items():
                before = under.read(table, id) if under is not None else None
                if doc is None:
                    if before is not None:
                        ops.append(Remove(table, id))
                elif doc != before:
                    ops.append(Put(table, id, Raw(doc)))
        return ops
