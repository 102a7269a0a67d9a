"""Makes a page out of its material: who speaks, what is asked, what went each way, and the marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from journal.exchange import Exchange, join
from journal.interchange.markdown import closers, excerpt, inline, long_day
from journal.interchange.markers import Attributes, attributes_of, write_mark
from journal.interchange.material import Material
from journal.interchange.sides import Side, seen_by_other
from journal.interchange.views import (
    ExchangeView,
    ItemView,
    Page,
    PartView,
    ResponseView,
    StageView,
    TurnView,
    TypingView,
    Voice,
)
from journal.model import (
    Direction,
    Gain,
    Intention,
    JointLine,
    LineKind,
    Offer,
    Outcome,
    Response,
    SharedEntry,
    Source,
    Status,
    Turn,
    Visibility,
)

Typing = dict[str, str]
"""Half-typed words by the slot they were typed in: a turn's id, or a field's name."""


_OWN_AFFAIRS = ("pair", "created")
"""What the marks of replies and joint lines keep to the writer's own copy."""


def make_page(
    material: Material,
    sides: list[Side],
    *,
    writer: str,
    guide_title: Callable[[str], str],
    typing: dict[str, Typing],
    for_others: bool,
) -> Page:
    """The page as a template sees it. `sides` are those to be shown; what they leave out is nowhere in it."""
    voices = [_voice(side, guide_title(side.guide)) for side in sides]
    spoken = list(zip(sides, voices, strict=True))
    both = any(s.mine for s in sides) and any(not s.mine for s in sides)
    lines = [line for line in material.lines if both or line.mine or not for_others]
    partner = material.pair.partner if material.pair else ""
    names = {True: writer, False: partner}
    titles = [] if for_others else [r.title for r in material.own if r.title]
    return Page(
        marks="\n".join([*_session_marks(material, for_others), *(side.mark for side in sides)]),
        title=inline(titles[0]) if titles else "",
        day=long_day(material.day),
        session=material.key,
        number=material.number,
        partner=inline(partner),
        voices=tuple(voices),
        for_others=for_others,
        agenda=_agenda(material) if not for_others else "",
        stages=_stages(spoken),
        gains=tuple(_gain(g, s, v) for s, v in spoken for g in s.gains),
        offers=tuple(_item("offer", o, s, v) for s, v in spoken for o in s.offers),
        intentions=tuple(_intention(i, s, v) for s, v in spoken for i in s.intentions),
        exchange=_exchange(_joined(material, writer)) if both else (),
        responses=tuple(
            _response(r, sides, names, for_others) for r in material.responses if both or (r.mine and not for_others)
        ),
        notes=tuple(_line(line, names, for_others) for line in lines if line.kind is LineKind.NOTE),
        agreed=tuple(_line(line, names, for_others) for line in lines if line.kind is LineKind.AGREED),
        typing=tuple(t for side in sides if side.whole for t in _typing(side, typing.get(side.id, {}))),
    )


def _block(kind: str, attributes: Attributes, text: str | None) -> str:
    marked = write_mark(kind, attributes, text)
    closing = closers(text or "")
    return f"{marked}\n{closing}" if closing else marked


def _session_marks(material: Material, for_others: bool) -> list[str]:
    if for_others or material.session is None:
        return []
    about = attributes_of(material.session, without=("agenda",))
    if material.pair is not None:
        # The link to the shared space holds an invitation, which is a key and no word of the journal.
        about["with"] = attributes_of(material.pair, without=("space",))
    return [write_mark("session", about)]


def _agenda(material: Material) -> str:
    session = material.session
    return _block("agenda", {"id": session.id}, session.agenda) if session and session.agenda else ""


def _voice(side: Side, guide: str) -> Voice:
    return Voice(
        name=inline(side.author),
        role=side.role.value,
        mine=side.mine,
        guide=inline(guide),
        draft=side.draft,
        typed_here=side.typed_here,
        sealed=long_day(side.sealed_at.date()) if side.sealed_at else "",
        opened=long_day(side.opened_at.date()) if side.opened_at else "",
        edited=long_day(side.edited_at.date()) if side.edited_at else "",
    )


def _stages(spoken: list[tuple[Side, Voice]]) -> tuple[StageView, ...]:
    titles: dict[str, str] = {}
    for side, _ in spoken:
        for turn in side.turns:
            titles[turn.stage] = titles.get(turn.stage) or turn.stage_title
    stages = []
    for key in sorted(titles, key=lambda key: key == ""):
        parts = []
        for side, voice in spoken:
            turns = [_turn(n, t, side) for n, t in enumerate(side.turns, 1) if t.stage == key]
            if turns:
                parts.append(PartView(voice=voice, turns=tuple(turns)))
        stages.append(StageView(title=inline(titles[key] or key), parts=tuple(parts)))
    return tuple(stages)


def _turn(number: int, turn: Turn, side: Side) -> TurnView:
    about = attributes_of(turn, without=("answer",), always=("id", "source", "stage", "visibility", "outcome"))
    about = {"id": about.pop("id"), "of": side.id, **about}
    if side.whole:
        # The page is in the order of stages; the number keeps the order they were asked in.
        about["n"] = number
    answered = turn.outcome is Outcome.ANSWERED or bool(turn.answer)
    return TurnView(
        question=inline(turn.question),
        source=turn.source.value,
        outcome=turn.outcome.value,
        follow_up=bool(turn.follows) or turn.source in (Source.AI, Source.BANK),
        private=answered and turn.visibility is Visibility.PRIVATE,
        edited=bool(turn.earlier),
        block=_block("turn", about, turn.answer if answered else None),
        text=turn.answer,
    )


def _gain(gain: Gain, side: Side, voice: Voice) -> ItemView:
    return _item("gain", gain, side, voice, together=gain.direction is Direction.TOGETHER)


def _item(mark: str, item: Gain | Offer, side: Side, voice: Voice, *, together: bool = False) -> ItemView:
    about = attributes_of(item, without=("text",), always=("id", "visibility"))
    return ItemView(
        voice=voice,
        block=_block(mark, {"id": about.pop("id"), "of": side.id, **about}, item.text),
        text=item.text,
        kind=item.kind.value,
        together=together,
        private=item.visibility is Visibility.PRIVATE,
    )


def _intention(item: Intention, side: Side, voice: Voice) -> ItemView:
    about = attributes_of(item, without=("text",), always=("id", "visibility"))
    return ItemView(
        voice=voice,
        block=_block("intention", {"id": about.pop("id"), "of": side.id, **about}, item.text),
        text=item.text,
        private=item.visibility is Visibility.PRIVATE,
        owner=inline(item.owner),
        due=long_day(item.due) if item.due else "",
        done=long_day(item.done_at.date()) if item.done_at else "",
    )


def _line(line: JointLine, names: dict[bool, str], for_others: bool) -> ItemView:
    hidden = (*_OWN_AFFAIRS, "ticked_at", "edited_at") if for_others else ()
    about = attributes_of(line, without=("text", *hidden), always=("id", "kind", "mine"))
    voice = Voice(name=inline(names[line.mine]), role="", mine=line.mine, guide="")
    return ItemView(
        voice=voice,
        block=_block("line", about, line.text),
        text=line.text,
        owner=inline(line.owner),
        due=long_day(line.due) if line.due else "",
        done=long_day(line.done_at.date()) if line.done_at else "",
    )


def _response(response: Response, sides: list[Side], names: dict[bool, str], for_others: bool) -> ResponseView:
    hidden = (*_OWN_AFFAIRS, "read_at") if for_others else ()
    about = attributes_of(response, without=("text", *hidden), always=("id", "kind", "mine"))
    return ResponseView(
        name=inline(names[response.mine]),
        kind=response.kind.value,
        about=excerpt(_words(response.item, sides)),
        day=long_day(response.created.date()),
        block=_block("response", about, response.text or None),
        text=response.text,
    )


def _words(item: str, sides: Iterable[Side]) -> str:
    for side in sides:
        for turn in side.turns:
            if turn.id == item:
                return turn.answer
        rows: tuple[Gain | Offer | Intention, ...] = (*side.gains, *side.offers, *side.intentions)
        for row in rows:
            if row.id == item:
                return row.text
    return ""


def _typing(side: Side, slots: Typing) -> list[TypingView]:
    questions = {turn.id: turn for turn in side.turns}
    views = []
    for slot, text in sorted(slots.items()):
        stored = questions[slot].answer if slot in questions else ""
        if text.strip() and text != stored:
            question = questions[slot].question if slot in questions else ""
            views.append(
                TypingView(
                    question=inline(question),
                    block=_block("typing", {"id": slot, "of": side.id}, text),
                    text=text,
                )
            )
    return views


def _joined(material: Material, writer: str) -> Exchange | None:
    own = [r for r in material.own if r.status is not Status.DRAFT]
    theirs: list[SharedEntry] = [r.entry for r in material.theirs if r.entry is not None]
    if not own or not theirs:
        return None
    return join(seen_by_other(own[0], writer), theirs[0])


def _exchange(exchange: Exchange | None) -> tuple[ExchangeView, ...]:
    if exchange is None:
        return ()
    gains = [
        ExchangeView(
            receiver=inline(g.receiver),
            giver=inline(g.giver),
            kind=g.kind.value,
            text=inline(g.text),
            blind_gift=g.blind_gift,
            together=g.direction is Direction.TOGETHER,
            offer=inline(g.offer.text) if g.offer else "",
        )
        for g in exchange.gains
    ]
    offers = [
        ExchangeView(
            receiver=inline(o.receiver),
            giver=inline(o.giver),
            kind=o.kind.value,
            text=inline(o.text),
            received=False,
        )
        for o in exchange.offers
    ]
    return tuple(gains + offers)
