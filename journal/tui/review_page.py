"""The joint page of one session as plain values: who stands left, what went each way, what stands side by side.

The mentee stands left on both screens, so that two people at two computers mean the same side by “left”.
"""

from __future__ import annotations

import textwrap
from enum import StrEnum

from msgspec import Struct

from journal.exchange import ExchangedGain, OpenOffer
from journal.model import Direction, JointLine, ResponseKind, Role, SharedAnswer, SharedEntry, SharedItem, Stage
from journal.usecases import Review


class Way(StrEnum):
    """The sorts of exchange rows, in the order they are shown."""

    BLIND = "blind gift"
    SEEN = "seen"
    TOGETHER = "together"
    OFFERED = "offered"


class Said(Struct, frozen=True, kw_only=True):
    """A response under what it answers. `mine`: the writer's own."""

    id: str
    author: str
    mine: bool
    kind: ResponseKind
    text: str
    fresh: bool = False


class Target(Struct, frozen=True, kw_only=True):
    """What a response to an item goes to: `item` of the partner's entry ("": all of it), with its first words."""

    item: str
    words: str


class Side(Struct, frozen=True, kw_only=True):
    name: str
    role: Role
    mine: bool
    entry: str


class Cell(Struct, frozen=True, kw_only=True):
    """One side of an exchange row; `what` is "received", "offered" or "made together"."""

    what: str
    kind: str
    text: str


class ExchangeRow(Struct, frozen=True, kw_only=True):
    """One thing that went somewhere. `to_left` is None for what was made together."""

    key: str
    way: Way
    to_left: bool | None
    left: Cell | None
    right: Cell | None
    said: tuple[Said, ...] = ()
    target: Target | None = None


class Answer(Struct, frozen=True, kw_only=True):
    key: str
    question: str
    text: str
    source: str
    follows: bool
    said: tuple[Said, ...] = ()
    target: Target | None = None


class StageRow(Struct, frozen=True, kw_only=True):
    """One stage, or what stands outside the guide (`title` ""); a side that shared nothing there has ()."""

    title: str
    left: tuple[Answer, ...]
    right: tuple[Answer, ...]


class Intended(Struct, frozen=True, kw_only=True):
    key: str
    item: SharedItem
    said: tuple[Said, ...] = ()
    target: Target | None = None


class Whole(Struct, frozen=True, kw_only=True):
    """All that one side shared, as something to respond to."""

    key: str
    author: str
    said: tuple[Said, ...]
    target: Target | None


class Page(Struct, frozen=True, kw_only=True):
    """Everything a joint reading shows, in its order. `balance` is (gains to the left, to the right, together)."""

    left: Side
    right: Side
    exchange: tuple[ExchangeRow, ...]
    balance: tuple[int, int, int]
    stages: tuple[StageRow, ...]
    intended: tuple[tuple[Intended, ...], tuple[Intended, ...]]
    wholes: tuple[Whole, Whole]
    questions: tuple[Stage, ...]
    notes: tuple[JointLine, ...]
    agreed: tuple[JointLine, ...]


def page_of(review: Review, fresh: frozenset[str] = frozenset()) -> Page | None:
    """The page, or None while it is not open on both sides. `fresh` are ids of responses not read before."""
    mine, theirs, exchange = review.mine, review.theirs, review.exchange
    if mine is None or theirs is None or exchange is None:
        return None
    return _Builder(review, mine, theirs, fresh).page()


class _Builder:
    def __init__(self, review: Review, mine: SharedEntry, theirs: SharedEntry, fresh: frozenset[str]) -> None:
        self.review, self.mine, self.theirs = review, mine, theirs
        swap = mine.role is not Role.MENTEE if mine.role is not theirs.role else mine.id > theirs.id
        self.left, self.right = (theirs, mine) if swap else (mine, theirs)
        self.said: dict[str, tuple[Said, ...]] = {}
        for r in review.responses:
            place = r.item or r.entry
            author = review.writer if r.mine else review.pair.partner
            row = Said(id=r.id, author=author, mine=r.mine, kind=r.kind, text=r.text, fresh=r.id in fresh)
            self.said[place] = (*self.said.get(place, ()), row)

    def page(self) -> Page:
        assert self.review.exchange is not None
        gains, offers = self.review.exchange.gains, self.review.exchange.offers
        rows = [self._gain(g) for g in gains] + [self._offer(o) for o in offers]
        rows.sort(key=lambda row: tuple(Way).index(row.way))
        wholes = (self._whole(self.left), self._whole(self.right))
        return Page(
            left=self._side(self.left),
            right=self._side(self.right),
            exchange=tuple(rows),
            balance=(
                sum(r.to_left is True for r in rows if r.way is not Way.OFFERED),
                sum(r.to_left is False for r in rows if r.way is not Way.OFFERED),
                sum(r.way is Way.TOGETHER for r in rows),
            ),
            stages=self._stages(),
            intended=(self._intended(self.left), self._intended(self.right)),
            wholes=wholes,
            questions=self.review.questions,
            notes=self.review.notes,
            agreed=self.review.agreed,
        )

    def _side(self, entry: SharedEntry) -> Side:
        mine = entry is self.mine
        # The partner is called as the writer calls them, whatever name stands in their own journal.
        name = self.review.writer if mine else self.review.pair.partner
        return Side(name=name, role=entry.role, mine=mine, entry=entry.id)

    def _target(self, theirs: bool, item: str, text: str) -> Target | None:
        return Target(item=item, words=textwrap.shorten(text, 80, placeholder=" …")) if theirs else None

    def _gain(self, gain: ExchangedGain) -> ExchangeRow:
        by_left = any(g.id == gain.id for g in self.left.gains)
        by_them = any(g.id == gain.id for g in self.theirs.gains)
        together = gain.direction is Direction.TOGETHER
        got = Cell(what="made together" if together else "received", kind=gain.kind, text=gain.text)
        gave, offer = None, gain.offer
        if offer is not None:
            gave = Cell(what="offered", kind=offer.kind.value if offer.kind else "", text=offer.text)
        way = Way.TOGETHER if together else Way.SEEN if offer else Way.BLIND
        # A seen gain holds words of both sides; a response goes to the partner's half of it.
        target = self._target(by_them, gain.id, gain.text)
        if target is None and offer is not None:
            target = self._target(True, offer.id, offer.text)
        return ExchangeRow(
            key=f"x:{gain.id}",
            way=way,
            to_left=None if together else by_left,
            left=got if by_left else gave,
            right=gave if by_left else got,
            said=self.said.get(gain.id, ()) + (self.said.get(offer.id, ()) if offer else ()),
            target=target,
        )

    def _offer(self, offer: OpenOffer) -> ExchangeRow:
        by_left = any(o.id == offer.id for o in self.left.offers)
        cell = Cell(what="offered", kind=offer.kind, text=offer.text)
        theirs = any(o.id == offer.id for o in self.theirs.offers)
        return ExchangeRow(
            key=f"x:{offer.id}",
            way=Way.OFFERED,
            to_left=not by_left,
            left=cell if by_left else None,
            right=None if by_left else cell,
            said=self.said.get(offer.id, ()),
            target=self._target(theirs, offer.id, offer.text),
        )

    def _stages(self) -> tuple[StageRow, ...]:
        titles: dict[str, str] = {}
        for entry in (self.left, self.right):
            for answer in entry.answers:
                if not titles.get(answer.stage):
                    titles[answer.stage] = answer.stage_title
        order = _merged([a.stage for a in self.left.answers], [a.stage for a in self.right.answers])
        guide = [stage.key for stage in self.review.questions]
        if {stage for stage in order if stage} <= set(guide):
            order.sort(key=lambda stage: guide.index(stage) if stage else len(guide))
        return tuple(
            StageRow(
                title=titles[stage] if stage else "",
                left=self._answers(self.left, stage),
                right=self._answers(self.right, stage),
            )
            for stage in order
        )

    def _answers(self, entry: SharedEntry, stage: str) -> tuple[Answer, ...]:
        return tuple(self._answer(a, entry is self.theirs) for a in entry.answers if a.stage == stage)

    def _answer(self, answer: SharedAnswer, theirs: bool) -> Answer:
        return Answer(
            key=f"a:{answer.id}",
            question=answer.question,
            text=answer.text,
            source=answer.source,
            follows=bool(answer.follows),
            said=self.said.get(answer.id, ()),
            target=self._target(theirs, answer.id, answer.text),
        )

    def _intended(self, entry: SharedEntry) -> tuple[Intended, ...]:
        return tuple(
            Intended(
                key=f"i:{item.id}",
                item=item,
                said=self.said.get(item.id, ()),
                target=self._target(entry is self.theirs, item.id, item.text),
            )
            for item in entry.intentions
        )

    def _whole(self, entry: SharedEntry) -> Whole:
        side = self._side(entry)
        return Whole(
            key=f"all:{entry.id}",
            author=side.name,
            said=self.said.get(entry.id, ()),
            target=self._target(not side.mine, "", ""),
        )


def _merged(one: list[str], other: list[str]) -> list[str]:
    """Both sides' stages in one order that keeps each side's own; what stands outside the guide comes last."""
    order: list[str] = []
    first, second = list(dict.fromkeys(one)), list(dict.fromkeys(other))
    for stage in first:
        if stage in second:
            order += [s for s in second[: second.index(stage)] if s not in order and s not in first]
        order.append(stage)
    order += [s for s in second if s not in order]
    return sorted(order, key=lambda stage: not stage)
