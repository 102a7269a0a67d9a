"""Gains, offers and intentions of one reflection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from msgspec.structs import replace

from journal.errors import InvalidInput, NotFound
from journal.model import Direction, Gain, GainKind, Intention, Offer, Reflection, Visibility
from journal.reflection.flow import require_draft

NewId = Callable[[], str]


def _words(text: str, what: str) -> str:
    if not text.strip():
        raise InvalidInput(f"{what} needs words.")
    return text


def add_gain(
    reflection: Reflection,
    kind: GainKind,
    text: str,
    *,
    now: datetime,
    new_id: NewId,
    together: bool = False,
    visibility: Visibility = Visibility.PRIVATE,
) -> Reflection:
    """Record something received. Its direction is the writer's receiving one, or `together`."""
    require_draft(reflection)
    direction = Direction.TOGETHER if together else Direction.received_by(reflection.role)
    gain = Gain(id=new_id(), kind=kind, direction=direction, text=_words(text, "A gain"), visibility=visibility)
    return replace(reflection, gains=(*reflection.gains, gain), updated=now)


def add_offer(
    reflection: Reflection,
    kind: GainKind,
    text: str,
    *,
    now: datetime,
    new_id: NewId,
    visibility: Visibility = Visibility.PRIVATE,
) -> Reflection:
    """Record something the writer believes they gave. It never counts as a gain."""
    require_draft(reflection)
    offer = Offer(id=new_id(), kind=kind, text=_words(text, "An offer"), visibility=visibility)
    return replace(reflection, offers=(*reflection.offers, offer), updated=now)


def add_intention(
    reflection: Reflection,
    text: str,
    *,
    owner: str,
    now: datetime,
    new_id: NewId,
    due: date | None = None,
    visibility: Visibility = Visibility.PRIVATE,
) -> Reflection:
    """Record something the owner means to do, with or without a day."""
    require_draft(reflection)
    intention = Intention(id=new_id(), text=_words(text, "An intention"), owner=owner, due=due, visibility=visibility)
    return replace(reflection, intentions=(*reflection.intentions, intention), updated=now)


def remove_item(reflection: Reflection, item_id: str, *, now: datetime) -> Reflection:
    """Take a gain, offer or intention out of a draft. Raises NotFound."""
    require_draft(reflection)
    kept = replace(
        reflection,
        gains=tuple(g for g in reflection.gains if g.id != item_id),
        offers=tuple(o for o in reflection.offers if o.id != item_id),
        intentions=tuple(i for i in reflection.intentions if i.id != item_id),
        updated=now,
    )
    if (kept.gains, kept.offers, kept.intentions) == (
        reflection.gains,
        reflection.offers,
        reflection.intentions,
    ):
        raise NotFound(f"There is no gain, offer or intention {item_id} in {reflection.id}.")
    return kept


def tick(reflection: Reflection, intention_id: str, done: bool, *, now: datetime) -> Reflection:
    """Mark an intention as done or not; possible in every status. Raises NotFound."""
    if all(i.id != intention_id for i in reflection.intentions):
        raise NotFound(f"There is no intention {intention_id} in {reflection.id}.")
    ticked = tuple(
        replace(i, done_at=now if done else None) if i.id == intention_id else i for i in reflection.intentions
    )
    return replace(reflection, intentions=ticked)
