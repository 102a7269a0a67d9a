"""Reflections, entries and reviews as plain text pages: for the command line, line mode and screen readers."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence

from journal.exchange import Exchange
from journal.model import (
    Direction,
    JointLine,
    Outcome,
    Reflection,
    Response,
    SharedAnswer,
    SharedEntry,
    SharedItem,
    Turn,
    Visibility,
)
from journal.usecases import Review, SideState
from journal.wording import line as say
from journal.wording import pages as words

WIDTH = min(96, shutil.get_terminal_size((96, 24)).columns)


def safe(text: str) -> str:
    """Text as a terminal may show it: direction overrides become visible, so that none reorders what follows."""
    return "".join(f"\\u{ord(c):04x}" if c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068" else c for c in text)


def indent(text: str, by: str = "  ") -> str:
    """The text's own lines, wrapped to the page and set in by `by`."""
    lines: list[str] = []
    for row in safe(text).split("\n"):
        lines += textwrap.wrap(row, WIDTH - len(by), replace_whitespace=False) or [""]
    return "\n".join((by + line).rstrip() if not line.strip() else by + line for line in lines)


def reflection_page(r: Reflection, writer: str, partner: str, *, earlier: bool = False) -> str:
    """One's own reflection, private words marked; with `earlier`, the texts that answers had before."""
    out = [words.reflection_title(r.session or r.day.isoformat(), writer, partner, r.role, bool(r.pair))]
    if r.title:
        out.append(safe(r.title))
    out.append(words.state_line(r.status, r.id, r.guide))
    for number, turn in enumerate((t for t in r.turns if t.outcome is Outcome.ANSWERED), start=1):
        out += ["", _turn_heading(number, turn), indent(turn.answer)]
        for version in turn.earlier if earlier else ():
            out += [f"  {words.until(version.until.strftime('%Y-%m-%d %H:%M'))}", indent(version.text, "    ")]
    out += _own_items(r)
    return "\n".join(out)


def _mark(visibility: Visibility) -> str:
    return say.SHARED if visibility is Visibility.SHARED else say.PRIVATE


def _turn_heading(number: int, turn: Turn) -> str:
    follow = "↳ " if turn.follows else ""
    edited = f", {words.versions(len(turn.earlier))}" if turn.earlier else ""
    source = f", {turn.source}" if turn.source.value not in ("guide", "own") else ""
    return f"{number}. {follow}{safe(turn.question) or say.ALSO} [{_mark(turn.visibility)}{source}{edited}]"


def _own_items(r: Reflection) -> list[str]:
    out: list[str] = []
    if r.gains:
        out += ["", words.RECEIVED]
        out += [indent(f"{g.kind}: {g.text}", "  ") + f" [{_mark(g.visibility)}]" for g in r.gains]
    if r.offers:
        out += ["", words.OFFERED]
        out += [indent(f"{o.kind}: {o.text}", "  ") + f" [{_mark(o.visibility)}]" for o in r.offers]
    if r.intentions:
        out += ["", words.INTENDED]
        for i in r.intentions:
            box = "[x]" if i.done_at else "[ ]"
            out.append(f"  {box} {_with_day(safe(i.text), i.due)} [{_mark(i.visibility)}] {i.id}")
    return out


def _with_day(text: str, due: object) -> str:
    return f"{text} ({words.by_day(str(due))})" if due else text


def entry_page(entry: SharedEntry) -> str:
    """What one side shared, exactly as the other sees it."""
    out = [words.entry_title(entry.session, safe(entry.author), entry.role)]
    if entry.edited_at:
        out.append(words.edited_on(entry.edited_at.date().isoformat()))
    for answer in entry.answers:
        out += ["", _answer_heading(answer), indent(answer.text)]
    for title, items in (
        (words.RECEIVED, entry.gains),
        (words.OFFERED, entry.offers),
        (words.INTENDED, entry.intentions),
    ):
        if items:
            out += ["", title]
            out += [indent(_item_text(item)) for item in items]
    if not (entry.answers or entry.gains or entry.offers or entry.intentions):
        out += ["", "  –"]
    return "\n".join(out)


def _answer_heading(answer: SharedAnswer) -> str:
    label = f" [{answer.source}]" if answer.source.value not in ("guide", "own") else ""
    return f"{'↳ ' if answer.follows else ''}{safe(answer.question) or say.ALSO}{label}"


def _item_text(item: SharedItem) -> str:
    if item.kind is not None:
        return f"{item.kind}: {item.text}"
    return _with_day(f"{item.owner}: {item.text}" if item.owner else item.text, item.due)


def exchange_lines(exchange: Exchange) -> list[str]:
    """What went each way, blind gifts first."""
    out = [words.EXCHANGE]
    for gain in exchange.gains:
        if gain.direction is Direction.TOGETHER:
            out.append(indent(words.together(safe(gain.receiver), gain.kind, safe(gain.text))))
        elif gain.offer is None:
            out.append(indent(words.blind_gift(safe(gain.receiver), safe(gain.giver), gain.kind, safe(gain.text))))
        else:
            out.append(
                indent(
                    words.seen_gain(
                        safe(gain.receiver), safe(gain.giver), gain.kind, safe(gain.text), safe(gain.offer.text)
                    )
                )
            )
    out += [indent(words.open_offer(safe(o.giver), o.kind, safe(o.text))) for o in exchange.offers]
    if not exchange.gains and not exchange.offers:
        out.append("  –")
    return out


def review_page(review: Review) -> str:
    """The joint reading of one session."""
    partner = review.pair.partner
    out = [words.review_title(review.session, review.writer, partner)]
    if not review.ready or review.mine is None or review.theirs is None or review.exchange is None:
        out.append(words.side(review.writer, review.my_state))
        out.append(words.side(partner, review.their_state))
        out.append(_next_step(review))
        if review.theirs is not None:
            out += ["", entry_page(review.theirs)]
        return "\n".join(out)
    out += ["", *exchange_lines(review.exchange)]
    for entry in (review.mine, review.theirs):
        out += ["", "—" * 20, entry_page(entry)]
        out += _responses([r for r in review.responses if r.entry == entry.id], entry, review)
    out += _joint(review)
    return "\n".join(out)


def _next_step(review: Review) -> str:
    if review.my_state is SideState.NOT_YET:
        return words.seal_yours(review.my_id, review.session, review.pair.partner)
    if review.their_state is SideState.NOT_YET:
        return words.wait_for(review.pair.partner, review.pair.space is not None)
    return words.under_way(review.pair.partner)


def _responses(responses: Iterable[Response], entry: SharedEntry, review: Review) -> list[str]:
    texts: dict[str, str] = {a.id: a.text for a in entry.answers}
    items: Sequence[SharedItem] = (*entry.gains, *entry.offers, *entry.intentions)
    texts |= {i.id: i.text for i in items}
    out: list[str] = []
    for response in responses:
        author = review.writer if response.mine else review.pair.partner
        about = " ".join(texts.get(response.item, "").split())
        about = about[:40] + "…" if len(about) > 41 else about
        out.append(indent(words.response(safe(author), response.kind, safe(response.text), safe(about))))
    return ["", words.RESPONSES, *out] if out else []


def _joint(review: Review) -> list[str]:
    out: list[str] = []
    if review.questions:
        out += ["", words.TALK_ABOUT]
        out += [indent(f"{n}. {s.question}") for n, s in enumerate(review.questions, start=1)]
    if review.notes:
        out += ["", words.JOINT_NOTE, *(indent(_author(line, review)) for line in review.notes)]
    if review.agreed:
        out += ["", words.AGREED]
        for line in review.agreed:
            box = "[x]" if line.done_at else "[ ]"
            out.append(f"  {box} {_with_day(safe(f'{line.owner}: {line.text}'), line.due)} {line.id}")
    return out


def _author(line: JointLine, review: Review) -> str:
    return safe(f"{review.writer if line.mine else review.pair.partner}: {line.text}")
