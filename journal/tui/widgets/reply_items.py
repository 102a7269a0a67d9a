"""Rows of “kind and words” for what somebody received or offered, as many as are needed."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Select

from journal.model import GainKind, Visibility
from journal.ports import Drafts, DraftText
from journal.tui.base import Plain
from journal.tui.widgets.fields import KeptText
from journal.usecases.given import GivenItem


class ItemRow(Vertical):
    """One thing: its kind and its words, both kept while half-typed."""

    DEFAULT_CSS = """
    ItemRow {
        height: auto;
        margin: 0 0 1 0;
        Select { width: 32; max-width: 100%; }
        KeptText { height: 3; border: none; padding: 0 1; }
    }
    """

    def __init__(self, drafts: Drafts, owner: str, slot: str, kind: GainKind = GainKind.KNOWLEDGE) -> None:
        super().__init__()
        self._drafts, self._owner, self._slot = drafts, owner, slot
        self.kind: Select[GainKind] = Select(
            [(kind.value, kind) for kind in GainKind], value=kind, allow_blank=False, compact=True
        )
        self.words = KeptText(drafts, owner, slot)

    def compose(self) -> ComposeResult:
        yield self.kind
        yield self.words

    @property
    def kind_slot(self) -> str:
        """Where the chosen kind is kept."""
        return f"{self._slot}:kind"

    def given(self) -> GivenItem | None:
        """What the row holds, or None without words."""
        text, kind = self.words.text, self.kind.value
        if not text.strip() or not isinstance(kind, GainKind):
            return None
        return GivenItem(kind=kind, text=text, visibility=Visibility.SHARED)


class ItemRows(Vertical):
    """The rows of one sort. `slot` begins each row's draft slot."""

    DEFAULT_CSS = """
    ItemRows { height: auto; .lead { height: auto; text-style: bold; color: $primary; margin: 1 0 0 0; } }
    """

    def __init__(self, lead: str, drafts: Drafts, owner: str, slot: str, kept: dict[str, DraftText]) -> None:
        super().__init__()
        self._lead, self._drafts, self._owner, self._slot = lead, drafts, owner, slot
        self._kept = kept

    def compose(self) -> ComposeResult:
        yield Plain(self._lead, classes="lead")
        count = 1
        while f"{self._slot}:{count}" in self._kept:
            count += 1
        for number in range(count):
            yield self._row(number)

    def _row(self, number: int) -> ItemRow:
        slot = f"{self._slot}:{number}"
        kind = self._kept.get(f"{slot}:kind")
        known = kind is not None and kind.text in list(GainKind)
        return ItemRow(self._drafts, self._owner, slot, GainKind(kind.text) if kind and known else GainKind.KNOWLEDGE)

    def rows(self) -> Iterable[ItemRow]:
        """The rows in their order."""
        return self.query(ItemRow)

    async def add(self) -> None:
        """One more row, with the cursor in it."""
        row = self._row(len(list(self.rows())))
        await self.mount(row)
        row.words.focus()

    def given(self) -> tuple[GivenItem, ...]:
        """Everything with words."""
        return tuple(item for row in self.rows() if (item := row.given()) is not None)
