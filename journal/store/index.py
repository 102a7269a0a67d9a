"""What is known of every record without reading it: where its line lies, and its facts.

A table's index is a set of columns as a hint file gave them, decoded when first asked for, and the rows that changed
since. Memory is a few words a record; texts stay on disk.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from journal.ports import Fact
from journal.store.facts import facts_of, names_of
from journal.store.lines import Commit, Drop, Known, Put

Column = Sequence[Fact]
FIXED = ("at", "size", "weight")
FEW = 8
SOME = 1000


class Row(NamedTuple):
    """Offset and size of the line that holds a record, the bytes of its document, and its facts."""

    at: int
    size: int
    weight: int
    facts: tuple[Fact, ...]


class TableIndex:
    """One table. `load` gives a column of `count` rows by name: "id", those of FIXED, or a fact's."""

    def __init__(self, table: str, count: int = 0, load: Callable[[str], Column] | None = None) -> None:
        self.table = table
        self.names = names_of(table)
        self.over: dict[str, Row | None] = {}
        self._count = count
        self._load = load
        self._columns: dict[str, Column] = {}
        self._positions: dict[Fact, int] | None = None
        self._found: dict[str, int | None] = {}
        self._walks = 0

    @property
    def _ids(self) -> Sequence[Fact]:
        return self.column("id")

    def column(self, name: str) -> Column:
        """One column of the rows as they were in the hint file."""
        if self._load is None:
            return ()
        if name not in self._columns:
            self._columns[name] = self._load(name)
        return self._columns[name]

    def _position(self, id: str) -> int | None:
        if not self._count:
            return None
        if id in self._found:
            return self._found[id]
        if self._positions is None and self._walks < FEW:
            self._walks += 1
            # For a few look-ups, walking the list is cheaper than making a dictionary of it.
            try:
                self._found[id] = self._ids.index(id)
            except ValueError:
                self._found[id] = None
            return self._found[id]
        if self._positions is None:
            self._positions = dict(zip(self.column("id"), range(self._count), strict=True))
        return self._positions.get(id)

    def place(self, id: str) -> tuple[int, int] | None:
        """Offset and size of the line that holds the record, or None where there is no such record."""
        if id in self.over:
            row = self.over[id]
            return None if row is None else (row.at, row.size)
        position = self._position(id)
        if position is None:
            return None
        return int(self.column("at")[position]), int(self.column("size")[position])

    def has(self, id: str) -> bool:
        """Whether there is such a record."""
        return self.over[id] is not None if id in self.over else self._position(id) is not None

    def put(self, id: str, row: Row) -> None:
        """Note a record's newest place and facts."""
        self.over[id] = row

    def remove(self, id: str) -> None:
        """Note that a record is gone."""
        if self._position(id) is not None:
            self.over[id] = None
        else:
            self.over.pop(id, None)

    def __len__(self) -> int:
        fresh = gone = 0
        for id, row in self.over.items():
            known = self._position(id) is not None
            fresh += row is not None and not known
            gone += row is None and known
        return self._count + fresh - gone

    def ids(self) -> list[str]:
        """The ids, in the order in which the records were first stored."""
        if not self.over:
            return [str(id) for id in self.column("id")]
        base = [str(id) for id in self.column("id") if self.over.get(str(id), self) is not None]
        return base + [id for id, row in self.over.items() if row is not None and self._position(id) is None]

    def select(self, names: Sequence[str], equal: Mapping[str, Fact]) -> list[tuple[Fact, ...]]:
        """The named columns of the rows whose facts are equal to these."""
        places: Sequence[int] = range(self._count)
        for name, value in equal.items():
            column = self.column(name)
            places = [p for p in places if column[p] == value]
        if self.over and places:
            ids, over = self.column("id"), self.over
            places = [p for p in places if ids[p] not in over]
        columns = [self.column(name) for name in names]
        found: list[tuple[Fact, ...]] = [tuple([column[p] for column in columns]) for p in places]
        if "id" in names and len(found) <= SOME:
            # Whoever asks for a few ids reads those records next.
            self._found.update((str(self._ids[p]), p) for p in places)
        for id, row in self.over.items():
            if row is not None and all(self._fact(id, row, n) == v for n, v in equal.items()):
                found.append(tuple([self._fact(id, row, name) for name in names]))
        return found

    def top(self, by: str, limit: int, equal: Mapping[str, Fact]) -> list[str]:
        """The ids of the rows with the `limit` highest values in a column, ties with the last one included."""
        places: Sequence[int] = range(self._count)
        for name, value in equal.items():
            column = self.column(name)
            places = [p for p in places if column[p] == value]
        if self.over:
            ids, over = self._ids, self.over
            places = [p for p in places if ids[p] not in over]
        column = self.column(by)
        fresh = [
            (self._fact(id, row, by), id)
            for id, row in self.over.items()
            if row is not None and all(self._fact(id, row, n) == v for n, v in equal.items())
        ]
        # Rows come nearly in order, and sorting what is nearly in order is cheaper than keeping a heap.
        values: list[Any] = sorted([column[p] for p in places] + [value for value, _ in fresh])
        if not values or limit < 1:
            return []
        least = values[-limit] if limit <= len(values) else values[0]
        found = [id for value, id in fresh if value >= least]
        for p in places:
            if column[p] >= least:
                id = str(self._ids[p])
                self._found[id] = p
                found.append(id)
        return found

    def _fact(self, id: str, row: Row, name: str) -> Fact:
        if name == "id":
            return id
        if name in FIXED:
            return int(getattr(row, name))
        return row.facts[self.names.index(name)]

    def merged(self) -> dict[str, Column]:
        """All columns with the changes in them, rows in the order of `ids`; for writing a hint file."""
        names = ("id", *FIXED, *self.names)
        if not self.over:
            return {name: self.column(name) for name in names}
        base = {name: self.column(name) for name in names}
        columns: dict[str, list[Fact]] = {name: list(base[name]) for name in names}
        gone: list[int] = []
        for id, row in self.over.items():
            position = self._position(id)
            if row is None:
                if position is not None:
                    gone.append(position)
                continue
            values = (id, row.at, row.size, row.weight, *row.facts)
            for name, value in zip(names, values, strict=True):
                if position is None:
                    columns[name].append(value)
                else:
                    columns[name][position] = value
        if gone:
            dead = set(gone)
            return {n: [v for p, v in enumerate(column) if p not in dead] for n, column in columns.items()}
        return dict(columns)

    def fold(self) -> None:
        """Make the changes part of the columns."""
        columns = self.merged()
        for name in FIXED:
            columns[name] = array("q", [int(v) for v in columns[name]])
        self._count, self._load = len(columns["id"]), columns.__getitem__
        self._columns, self._positions, self.over, self._found = dict(columns), None, {}, {}

    @property
    def live(self) -> int:
        """The bytes of the documents that are in use."""
        self.fold()
        return sum(int(w) for w in self.column("weight"))


class Index:
    """All tables of a journal, by name."""

    def __init__(self) -> None:
        self.tables: dict[str, TableIndex] = {}

    def table(self, name: str) -> TableIndex:
        """A table, known from now on."""
        found = self.tables.get(name)
        if found is None:
            found = self.tables[name] = TableIndex(name)
        return found

    def apply(self, commit: Commit, at: int, size: int) -> None:
        """Take one commit in, whose line lies at offset `at`."""
        for op in commit.ops:
            if isinstance(op, Put):
                doc = bytes(op.doc)
                row = Row(at, size, len(doc), facts_of(op.table, doc))
                self.table(op.table).put(op.id, row)
            elif isinstance(op, Known):
                self.table(op.table)
            elif isinstance(op, Drop):
                self.tables.pop(op.table, None)
            elif op.table in self.tables:
                self.tables[op.table].remove(op.id)

    def live(self) -> int:
        """The bytes of all documents in use."""
        return sum(table.live for table in self.tables.values())

    def __iter__(self) -> Iterator[TableIndex]:
        return iter(self.tables.values())
