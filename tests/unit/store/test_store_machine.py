"""Random operations, crashes and reopenings against a plain dict."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from journal.model import Outgoing
from journal.store import TinyStore
from tests.unit.store.conftest import HastyDisk

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


class Machine(RuleBasedStateMachine):
    """The model is a dict; the store may lose the last, unacknowledged commit and nothing else."""

    ids = Bundle("ids")

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.stores = [TinyStore(self.folder, HastyDisk())]
        self.stores[0].create()
        self.model: dict[str, str] = {}
        self.path = self.folder / "journal.jsonl"

    @property
    def store(self) -> TinyStore:
        return self.stores[-1]

    @rule(target=ids, id=st.text("abcde", min_size=1, max_size=2))
    def name(self, id: str) -> str:
        return id

    @rule(changes=st.lists(st.tuples(ids, st.one_of(st.none(), TEXT)), max_size=4), which=st.integers(0, 1))
    def commit(self, changes: list[tuple[str, str | None]], which: int) -> None:
        with self.stores[which % len(self.stores)].begin() as tx:
            for id, text in changes:
                if text is None:
                    tx.remove(Outgoing, id)
                    self.model.pop(id, None)
                else:
                    tx.put(Outgoing(id=id, pair=text[:3], name="n", body=text))
                    self.model[id] = text

    @rule(id=ids, text=TEXT)
    def fail_half_way(self, id: str, text: str) -> None:
        with contextlib.suppress(KeyError), self.store.begin() as tx:
            tx.put(Outgoing(id=id, pair="p", name="n", body=text))
            tx.remove(Outgoing, id)
            raise KeyError

    @rule(id=ids, text=TEXT, kept=st.floats(0, 0.999))
    def crash_while_writing(self, id: str, text: str, kept: float) -> None:
        before = self.path.stat().st_size
        with self.store.begin() as tx:
            tx.put(Outgoing(id=id, pair="p", name="never", body=text + "!"))
        after = self.path.read_bytes()
        grown = len(after) - before
        # All but the newline would make it whole.
        self.path.write_bytes(after[: before + int(kept * max(grown - 1, 0))])
        self.stores = [TinyStore(self.folder, HastyDisk())]

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.stores = [TinyStore(self.folder, HastyDisk())]

    @rule()
    def open_a_second_window(self) -> None:
        self.stores = [*self.stores[-1:], TinyStore(self.folder, HastyDisk())]

    @rule()
    def compact(self) -> None:
        self.store.log.compact()

    @rule()
    def note_and_lose_hints(self) -> None:
        self.store.log.refresh()
        self.store.log.save_hints()

    @rule()
    def lose_hints(self) -> None:
        (self.folder / "journal.hints").unlink(missing_ok=True)

    @invariant()
    def holds_what_the_model_holds(self) -> None:
        if not hasattr(self, "folder"):
            return
        for store in self.stores:
            assert {o.id: o.body for o in store.all(Outgoing)} == self.model
            assert set(store.ids(Outgoing)) == set(self.model)
            for id, text in self.model.items():
                assert store.has(Outgoing, id)
                pair = text[:3]
                if (found := store.get(Outgoing, id)) is not None and found.name == "n":
                    assert (id,) in store.facts(Outgoing, "id", pair=pair)
            assert store.log.refusal is None

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder)


TestMachine = Machine.TestCase
TestMachine.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
