"""What went each way: two open entries of one session joined into gains, seen gains, blind gifts and balance.

Only the receiver can say that something was received; an offer becomes a gain when the other side recorded
one. The arithmetic uses shared items alone, so both sides compute the same exchange.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from journal.model import Direction, GainKind, SharedEntry, SharedItem
from journal.text import fold

__all__ = ["Exchange", "ExchangedGain", "OpenOffer", "join"]

ENOUGH_OVERLAP = 0.25
"""The share of the shorter text's content words that makes two texts say much the same thing. Chosen by us."""

_COMMON = frozenset(
    "a about after all also am an and any are as at be because been before being both but by can could did do "
    "does doing done each for from get got had has have he her him his how i if in into is it its just me more "
    "most much my no not of off on one only or other our out over own she should so some such than that the "
    "their them then there these they this those through to too up very was we were what when where which "
    "while who why will with would you your".split()
)


class ExchangedGain(Struct, frozen=True, kw_only=True):
    """One gain in the exchange. `offer` is the giver's offer that it matches, or None: then, unless it was
    made together, it is a blind gift."""

    id: str
    receiver: str
    giver: str
    direction: Direction
    kind: GainKind
    text: str
    offer: SharedItem | None = None

    @property
    def seen(self) -> bool:
        """Whether it matches the other's offer."""
        return self.offer is not None

    @property
    def blind_gift(self) -> bool:
        """Whether the giver never listed it."""
        return self.offer is None and self.direction is not Direction.TOGETHER


class OpenOffer(Struct, frozen=True, kw_only=True):
    """An offer that no gain of the other side matches."""

    id: str
    giver: str
    receiver: str
    kind: GainKind
    text: str


class Exchange(Struct, frozen=True, kw_only=True):
    """The exchange of one session: gains with blind gifts first, and offers not (yet) received."""

    gains: tuple[ExchangedGain, ...]
    offers: tuple[OpenOffer, ...]

    @property
    def blind_gifts(self) -> tuple[ExchangedGain, ...]:
        return tuple(g for g in self.gains if g.blind_gift)

    @property
    def seen_gains(self) -> tuple[ExchangedGain, ...]:
        return tuple(g for g in self.gains if g.seen)

    @property
    def balance(self) -> dict[Direction, int]:
        """The number of gains in each direction."""
        return {d: sum(g.direction is d for g in self.gains) for d in Direction}


def _content(text: str) -> set[str]:
    words = "".join(c if c.isalnum() else " " for c in fold(text)).split()
    # Five letters stand in for a stem: “apologise” and “apology” are the same word here, in any language.
    return {w[:5] for w in words if len(w) > 2 and w not in _COMMON}


def _overlap(one: str, other: str) -> float:
    a, b = _content(one), _content(other)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _match(gains: Sequence[SharedItem], offers: Sequence[SharedItem]) -> dict[str, SharedItem]:
    """Pair each gain with at most one offer and each offer with at most one gain, the closest pairs first.

    A gain matches an offer of the same kind, or one that says much the same in other words.
    """
    scored = []
    for i, gain in enumerate(gains):
        for j, offer in enumerate(offers):
            overlap, same_kind = _overlap(gain.text, offer.text), gain.kind == offer.kind
            if same_kind or overlap >= ENOUGH_OVERLAP:
                scored.append((-(2 * overlap + same_kind), i, j))
    matched: dict[str, SharedItem] = {}
    taken: set[int] = set()
    for _, i, j in sorted(scored):
        if gains[i].id not in matched and j not in taken:
            matched[gains[i].id] = offers[j]
            taken.add(j)
    return matched


def join(one: SharedEntry, other: SharedEntry) -> Exchange:
    """Join the two sides of a session; the order of the arguments does not matter to what is found."""
    gains: list[ExchangedGain] = []
    offers: list[OpenOffer] = []
    for receiver, giver in ((one, other), (other, one)):
        given = [g for g in receiver.gains if g.direction is not Direction.TOGETHER]
        matched = _match(given, giver.offers)
        gains += [
            ExchangedGain(
                id=g.id,
                receiver=receiver.author,
                giver=giver.author,
                direction=g.direction or Direction.received_by(receiver.role),
                kind=g.kind or GainKind.KNOWLEDGE,
                text=g.text,
                offer=matched.get(g.id),
            )
            for g in receiver.gains
        ]
        used = {offer.id for offer in matched.values()}
        offers += [
            OpenOffer(
                id=o.id,
                giver=giver.author,
                receiver=receiver.author,
                kind=o.kind or GainKind.KNOWLEDGE,
                text=o.text,
            )
            for o in giver.offers
            if o.id not in used
        ]
    gains.sort(key=lambda g: not g.blind_gift)
    return Exchange(gains=tuple(gains), offers=tuple(offers))
