"""Half-typed words that are not part of a reflection yet."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from journal.model import Reflection, Step
from journal.ports import DraftText


class Unfinished(Struct, frozen=True, kw_only=True):
    """Where they are: a turn's id, or a closing step."""

    turn: str = ""
    step: Step | None = None


def find_unfinished(reflection: Reflection, drafts: Mapping[str, DraftText]) -> list[Unfinished]:
    """The places with words that were typed and not kept, in the order of the reflection."""

    def typed(slot: str, stored: str = "") -> bool:
        return slot in drafts and bool(drafts[slot].text.strip()) and drafts[slot].text != stored

    found = [Unfinished(turn=t.id) for t in reflection.turns if typed(t.id, t.answer)]
    steps = (Step.GAINS, Step.OFFERS, Step.INTENTIONS)
    return found + [Unfinished(step=step) for step in steps if typed(step)]
