"""What Home lists, worked out away from the screen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from journal.model import Pair, ReceivedState, Reflection, SessionKey, Status
from journal.wording import app as words

if TYPE_CHECKING:
    from journal.bootstrap import Bothways

LATELY = 5


class Row(Struct, frozen=True, kw_only=True):
    """One line of Home. `action` says what Enter does with `target`; `tick` is what Space turns round, or ""."""

    section: str
    mark: str
    kind: str
    text: str
    aside: str = ""
    action: str = ""
    target: str = ""
    partner: str = ""
    tick: str = ""


class HomeView(Struct, frozen=True, kw_only=True):
    """Everything Home shows: the writer, the pairs, the rows in order, and the guide a reflection starts with."""

    writer: str
    pairs: list[Pair]
    rows: list[Row]
    guide: str
    minutes: int


def load_home(bothways: Bothways) -> HomeView:
    """Blocking: read what waits. Raises what reading the journal raises."""
    today = bothways.clock.now().date()
    pairs = bothways.people.pairs()
    names = {pair.id: pair.partner for pair in pairs}
    info = bothways.guides.info(bothways.writing.default_guide)
    return HomeView(
        writer=bothways.people.me().name,
        pairs=pairs,
        rows=[
            *_waiting(bothways, pairs, names, today),
            *_promises(bothways, today),
            *_lately(bothways, names, today),
        ],
        guide=info.title,
        minutes=info.minutes,
    )


def _what(reflection: Reflection, names: dict[str, str], today: date) -> str:
    if not reflection.pair:
        return words.solo_row(reflection.title, reflection.day, today)
    return words.session_row(reflection.session, names.get(reflection.pair, ""), today)


def _waiting(bothways: Bothways, pairs: list[Pair], names: dict[str, str], today: date) -> list[Row]:
    waiting = bothways.together.waiting()
    rows = []
    for pair, session in waiting.ready:
        rows.append(
            Row(
                section=words.WAITS,
                mark="✦",
                kind=words.KIND_NEW,
                text=words.session_row(session, pair.partner, today),
                aside=words.READ_IT_TOGETHER,
                action="review",
                target=session,
                partner=pair.partner,
            )
        )
    replied: dict[tuple[str, str], int] = {}
    for response in waiting.responses:
        key = (response.pair, response.session)
        replied[key] = replied.get(key, 0) + 1
    for (pair_id, session), count in replied.items():
        rows.append(
            Row(
                section=words.WAITS,
                mark="✉",
                kind=words.KIND_REPLY,
                text=words.session_row(session, names.get(pair_id, ""), today),
                aside=words.replies(count),
                action="review",
                target=session,
                partner=names.get(pair_id, ""),
            )
        )
    for draft in waiting.drafts:
        rows.append(
            Row(
                section=words.WAITS,
                mark="✎",
                kind=words.KIND_DRAFT,
                text=_what(draft, names, today),
                aside=words.GO_ON,
                action="draft",
                target=draft.id,
            )
        )
    rows += _only_theirs(bothways, pairs, today)
    for sealed in waiting.sealed:
        rows.append(
            Row(
                section=words.WAITS,
                mark="◌",
                kind=words.KIND_SEALED,
                text=_what(sealed, names, today),
                aside=words.waits_for(names.get(sealed.pair, "")),
                action="sealed",
                target=sealed.id,
            )
        )
    return rows


def _only_theirs(bothways: Bothways, pairs: list[Pair], today: date) -> list[Row]:
    """Sessions the partner has sealed and the writer has not begun."""
    rows = []
    for pair in pairs:
        mine = {r.session for r in bothways.reading.reflections(pair=pair)}
        for received in bothways.reading.received(pair):
            if received.state in (ReceivedState.SEALED, ReceivedState.HELD) and received.session not in mine:
                rows.append(
                    Row(
                        section=words.WAITS,
                        mark="○",
                        kind=words.KIND_YOURS,
                        text=words.session_row(received.session, pair.partner, today),
                        aside=words.sealed_theirs(pair.partner),
                        action="start",
                        target=received.session,
                        partner=pair.partner,
                    )
                )
    return rows


def _promises(bothways: Bothways, today: date) -> list[Row]:
    return [
        Row(
            section=words.MEANT_TO,
            mark="☐",
            kind="",
            text=text if owner == bothways.people.me().name else f"{owner}: {text}",
            aside=words.due(due, today),
            action="promise",
            target=id,
            tick=id,
        )
        for text, due, owner, id in bothways.together.waiting().due
    ]


def _lately(bothways: Bothways, names: dict[str, str], today: date) -> list[Row]:
    done = [
        r
        for r in bothways.reading.reflections()
        if r.status is Status.OPEN or (r.status is Status.SEALED and not r.pair)
    ]
    rows = []
    for reflection in done[:LATELY]:
        opened = reflection.status is Status.OPEN and bool(reflection.session)
        rows.append(
            Row(
                section=words.LATELY,
                mark="●" if reflection.status is Status.OPEN else "◌" if reflection.pair else "·",
                kind=words.state_of(reflection.status, bool(reflection.pair)),
                text=_what(reflection, names, today),
                action="review" if opened else "read",
                target=str(SessionKey.parse(reflection.session)) if opened else reflection.id,
                partner=names.get(reflection.pair, ""),
            )
        )
    return rows
