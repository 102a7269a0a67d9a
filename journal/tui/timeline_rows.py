"""The timeline's rows as plain values, and how a row or a hit is written."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from textual.content import Content

from journal.errors import BothwaysError
from journal.model import Pair, Received, ReceivedState, Reflection, SessionKey
from journal.ports import Guides
from journal.tui.shown import shown
from journal.usecases import Hit
from journal.wording import reading as words
from journal.wording import review as review_words

QUIET = "$foreground 60%"
MARK = "bold underline $accent"


class Row(Struct, frozen=True, kw_only=True):
    """One entry. `again` says that the row before is of the same session, whose day it need not repeat."""

    id: str
    mine: bool
    day: str
    partner: str
    name: str
    state: str
    draft: bool = False
    again: bool = False


def rows_of(
    own: Iterable[Reflection], received: Iterable[Received], pairs: Iterable[Pair], guides: Guides
) -> list[Row]:
    """All entries, newest session first, the writer's own before the partner's."""
    partners = {pair.id: pair.partner for pair in pairs}
    titles: dict[str, str] = {}

    def guide_title(key: str) -> str:
        if key not in titles:
            try:
                titles[key] = guides.info(key).title
            except BothwaysError:
                titles[key] = key
        return titles[key]

    found: list[tuple[tuple[str, int, str, int], str, Row]] = []
    for r in own:
        key = SessionKey.parse(r.session) if r.session else SessionKey(r.day)
        partner = partners.get(r.pair, "")
        row = Row(
            id=r.id,
            mine=True,
            day=review_words.session_name(key.date, key.number),
            partner=partner,
            name=r.title or guide_title(r.guide),
            state=words.state(r.status, partner, r.opened_early),
            draft=r.status == "draft",
        )
        found.append(((key.date.isoformat(), key.number, r.created.isoformat(), 1), f"{r.pair}:{r.session}", row))
    newest = {group: order for order, group, _ in found if not group.endswith(":")}
    for t in received:
        if t.state is not ReceivedState.OPENED or t.entry is None:
            continue
        key, partner = SessionKey.parse(t.session), partners.get(t.pair, "")
        group = f"{t.pair}:{t.session}"
        row = Row(
            id=t.id,
            mine=False,
            day=review_words.session_name(key.date, key.number),
            partner=partner,
            name=words.theirs(partner),
            state="open",
        )
        order = newest.get(group, (key.date.isoformat(), key.number, "", 0))
        found.append(((*order[:3], 0), group, row))
    found.sort(key=lambda f: f[0], reverse=True)
    rows: list[Row] = []
    before = ""
    for _, group, row in found:
        rows.append(_again(row) if group == before and not group.endswith(":") else row)
        before = group
    return rows


def _again(row: Row) -> Row:
    return Row(**{**{f: getattr(row, f) for f in row.__struct_fields__}, "again": True})


def _fit(text: str, width: int) -> str:
    return Content(shown(text)).truncate(width, ellipsis=True, pad=True).plain


class Columns(Struct, frozen=True):
    """The widths of a row's columns, in cells. `name` is 0 where a row takes two lines instead."""

    width: int
    day: int
    who: int
    name: int
    state: int
    id: int


NARROW = 70


def columns_of(rows: Iterable[Row], width: int) -> Columns:
    """Columns for these rows in `width` cells; the name takes what the others leave."""
    listed = list(rows)
    if width < NARROW:
        return Columns(width, 0, 0, 0, 0, 0)
    day = max((len(row.day) for row in listed), default=0)
    who = min(18, max((Content(_who(row)).cell_length for row in listed), default=0))
    state = min(26, max((Content(row.state).cell_length for row in listed), default=0))
    id_width = max((len(row.id) for row in listed), default=0)
    name = width - day - who - state - id_width - 8
    return Columns(width, day, who, max(8, name), state, id_width)


def _who(row: Row) -> str:
    return words.with_whom(row.partner) if row.partner else words.SOLO


def row_content(row: Row, columns: Columns) -> Content:
    """A row: one line of columns where there is room, two lines where there is not."""
    name = row.name if row.mine else f"↳ {row.name}"
    state_style = "bold $accent" if row.draft else QUIET
    name_style = "bold" if row.mine else ""
    if not columns.name:
        width = columns.width
        head = "" if row.again else _fit(f"{row.day} · {row.partner or words.SOLO}", width).rstrip() + "\n"
        return Content.assemble(
            (head, "$secondary"),
            (_fit(f"  {name}", width).rstrip(), name_style),
            "\n",
            (_fit(f"  {row.state} · {row.id}", width).rstrip(), state_style),
        )
    return Content.assemble(
        (_fit("" if row.again else row.day, columns.day), "$secondary"),
        "  ",
        (_fit("" if row.again else _who(row), columns.who), QUIET),
        "  ",
        (_fit(name, columns.name), name_style),
        "  ",
        (_fit(row.state, columns.state), state_style),
        "  ",
        (_fit(row.id, columns.id), QUIET),
    )


def hit_content(hit: Hit, width: int) -> Content:
    """A hit in two lines: where it is, and the words around it with what was looked for marked."""
    key = SessionKey.parse(hit.session) if hit.session else None
    day = review_words.session_name(key.date, key.number) if key else hit.day
    where = words.HIT_WHERE.get(hit.where, hit.where)
    lead = f"{day} · {hit.author} · {where}"
    heading = f"  {hit.heading}" if hit.heading and hit.where in ("answer", "gain", "offer") else ""
    room = width - Content(shown(lead)).cell_length
    first = Content.assemble(
        (_fit(lead, width).rstrip(), "$secondary"),
        (_fit(heading, room).rstrip() if heading and room > 8 else "", QUIET),
    )
    return Content.assemble(first, "\n", *_marked(hit, max(12, width - 4)))


def _marked(hit: Hit, width: int) -> list[Content]:
    text, spans = hit.excerpt(width)
    parts, place = [Content("  ")], 0
    for start, end in sorted(spans):
        start = max(start, place)
        if end <= start:
            continue
        parts.append(Content(shown(text[place:start])))
        parts.append(Content.styled(shown(text[start:end]), MARK))
        place = end
    parts.append(Content(shown(text[place:])))
    return parts
