"""What `journal.ports.Store` promises, asked of the real store and of a plain fake alike."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from journal.model import Intention, JointLine, LineKind, Outcome, Reflection, Session, Status, Turn
from journal.ports import FACTS, Fact
from journal.store import TinyStore
from journal.store.facts import facts_of, names_of
from journal.store.kinds import TABLES
from journal.store.sift import sieve
from journal.text import find_folded, fold
from tests.unit.store.conftest import NOW, reflection


class FakeStore:
    """Everything in a dict of structs; facts worked out from the structs, not from JSON."""

    def __init__(self) -> None:
        self.tables: dict[type, dict[str, Any]] = {}

    def exists(self) -> bool:
        return True

    def create(self) -> None:
        pass

    def notices(self) -> list[str]:
        return []

    def close(self) -> None:
        pass

    @contextmanager
    def begin(self) -> Iterator[FakeStore]:
        inner = FakeStore()
        inner.tables = {kind: dict(records) for kind, records in self.tables.items()}
        yield inner
        self.tables = inner.tables

    def put(self, record: Any) -> None:
        self.tables.setdefault(type(record), {})[record.id] = record

    def remove(self, kind: type, id: str) -> None:
        self.tables.get(kind, {}).pop(id, None)

    def get(self, kind: type, id: str) -> Any:
        return self.tables.get(kind, {}).get(id)

    def has(self, kind: type, id: str) -> bool:
        return id in self.tables.get(kind, {})

    def ids(self, kind: type) -> list[str]:
        return list(self.tables.get(kind, {}))

    def all(self, kind: type) -> list[Any]:
        return list(self.tables.get(kind, {}).values())

    def find(self, kind: type, /, **equal: object) -> list[Any]:
        return [r for r in self.all(kind) if all(fact(r, name) == plain(value) for name, value in equal.items())]

    def facts(self, kind: type, /, *names: str, **equal: object) -> list[tuple[Fact, ...]]:
        return [tuple(fact(r, name) for name in names) for r in self.find(kind, **equal)]

    def top(self, kind: type, by: str, limit: int, /, **equal: object) -> list[str]:
        found = self.find(kind, **equal)
        best = sorted((fact(r, by) for r in found), reverse=True)[:limit]  # type: ignore[type-var]
        return [r.id for r in found if best and fact(r, by) >= best[-1]]

    def scan(self, kind: type, ids: Iterable[str], words: Sequence[str] = ()) -> Iterator[Any]:
        return (r for id in ids if (r := self.get(kind, id)) is not None)


def plain(value: Any) -> Fact:
    if isinstance(value, datetime):
        return round((value - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(microseconds=1))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else int(value or 0)


def fact(record: Any, name: str) -> Fact:
    if name == "promises":
        return int(any(i.done_at is None for i in record.intentions))
    return plain(getattr(record, name))


def real(folder: Path) -> TinyStore:
    store = TinyStore(folder)
    store.create()
    return store


class Reopened:
    """The real store, opened anew with its hint file before each question, so that everything comes from files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        real(folder)

    def __getattr__(self, name: str) -> Any:
        store = TinyStore(self._folder)
        store.log.refresh()
        store.log.save_hints()
        return getattr(TinyStore(self._folder), name)


MAKERS: dict[str, Callable[[Path], Any]] = {"fake": lambda folder: FakeStore(), "real": real, "reopened": Reopened}


@pytest.fixture(params=list(MAKERS))
def any_store(request: pytest.FixtureRequest, folder: Path) -> Any:
    return MAKERS[request.param](folder)


def fill(store: Any) -> None:
    with store.begin() as tx:
        for number in range(6):
            tx.put(
                reflection(
                    f"r{number}",
                    pair="pp" if number % 2 else "",
                    session=f"2026-11-{10 + number}" if number % 2 else "",
                    day=date(2026, 11, 10 + number // 2),
                    created=NOW + timedelta(hours=number),
                    status=Status.SEALED if number > 3 else Status.DRAFT,
                    deleted_at=NOW if number == 5 else None,
                    intentions=(Intention(id="i", text="x", owner="A", done_at=NOW if number < 3 else None),),
                )
            )
    with store.begin() as tx:
        tx.put(replace(tx.get(Reflection, "r1"), status=Status.OPEN))
        tx.remove(Reflection, "r2")
        tx.put(JointLine(id="l", pair="pp", session="s", kind=LineKind.AGREED, text="t", created=NOW, mine=True))


QUESTIONS: list[Callable[[Any], Any]] = [
    lambda s: s.ids(Reflection),
    lambda s: s.all(Reflection),
    lambda s: s.get(Reflection, "r1"),
    lambda s: (s.get(Reflection, "r2"), s.has(Reflection, "r2"), s.has(Reflection, "r3"), s.has(Session, "r3")),
    lambda s: s.all(Session),
    lambda s: sorted(r.id for r in s.find(Reflection, pair="pp", deleted_at=None)),
    lambda s: sorted(r.id for r in s.find(Reflection, status=Status.SEALED)),
    lambda s: sorted(r.id for r in s.find(Reflection, day=date(2026, 11, 10))),
    lambda s: sorted(r.id for r in s.find(Reflection, created=NOW + timedelta(hours=3))),
    lambda s: sorted(s.facts(Reflection, "id", *FACTS[Reflection])),
    lambda s: sorted(s.facts(Reflection, "id", promises=True)),
    lambda s: sorted(s.facts(JointLine, "id", "mine", "removed", kind=LineKind.AGREED, done_at=None)),
    lambda s: [sorted(s.top(Reflection, "day", n, deleted_at=None)) for n in (1, 2, 3, 99)],
    lambda s: s.top(Session, "pair", 3),
    lambda s: [r.id for r in s.scan(Reflection, ["r3", "zz", "r0", "r2"])],
]


@pytest.mark.parametrize("question", range(len(QUESTIONS)))
def test_every_store_answers_alike(any_store: Any, question: int) -> None:
    expected = FakeStore()
    fill(expected)
    fill(any_store)
    assert QUESTIONS[question](any_store) == QUESTIONS[question](expected)


@pytest.mark.parametrize("question", range(len(QUESTIONS)))
def test_a_block_sees_what_it_has_done_and_nobody_else_does(any_store: Any, question: int) -> None:
    expected = FakeStore()
    fill(expected)
    fill(any_store)
    before = QUESTIONS[question](any_store)
    with contextlib.suppress(KeyError), any_store.begin() as tx:
        for one in (tx, expected):
            one.remove(Reflection, "r0")
            one.put(reflection("r9", pair="pp", day=date(2027, 1, 1)))
            one.put(replace(one.get(Reflection, "r3"), status=Status.SEALED))
            one.put(Session(id="s", pair="pp", key="2026-11-20"))
        assert QUESTIONS[question](tx) == QUESTIONS[question](expected)
        raise KeyError
    assert QUESTIONS[question](any_store) == before


def test_facts_are_declared_once() -> None:
    for kind, names in FACTS.items():
        assert names_of(TABLES[kind]) == names
    everything = reflection("aa", pair="p", session="s", deleted_at=NOW)
    found = facts_of("reflections", msgspec.json.encode(everything))
    assert found == tuple(fact(everything, name) for name in FACTS[Reflection])
    assert facts_of("reflections", b'{"day": 7}') == facts_of("reflections", b"{}")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Café at noon", "cafe"),
        ("cafe\u0301 society", "café"),
        ("ﬁnally", "final"),
        ("STRASSE und Straße", "strasse"),
        ("He said “no” — twice…", "twice"),
        ("He said “no” — twice…", "no” —"),
        ("x²", "x2"),
        ("İstanbul", "istanbul"),
        ("１２３", "123"),
        ("a\nnew line", "new"),
        ('a "quoted" word', '"quoted"'),
        ("back\\slash", "slash"),
        ("K (kelvin)", "k (kel"),
        ("日本語のノート", "ノート"),
    ],
)
def test_a_word_that_is_there_is_never_sifted_out(store: TinyStore, text: str, word: str) -> None:
    assert find_folded(text, fold(word))
    turn = Turn(id="t", question="?", answer=text, outcome=Outcome.ANSWERED)
    with store.begin() as tx:
        tx.put(reflection("aa", turns=(turn,)))
    assert [r.id for r in store.scan(Reflection, ["aa"], [fold(word)])] == ["aa"]
    if (may_hold := sieve([fold(word)])) is not None:
        assert may_hold(msgspec.json.encode(turn))
    assert list(store.scan(Reflection, ["aa"], ["zebra"])) == []
