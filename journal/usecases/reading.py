"""Finding and reading: lists, one entry, search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from journal.errors import Ambiguous, NotFound
from journal.model import (
    JointLine,
    Outcome,
    Pair,
    Received,
    ReceivedState,
    Reflection,
    Response,
    SharedEntry,
    Status,
)
from journal.text import find_folded, fold
from journal.usecases.context import Context, me


class Found(Struct, frozen=True, kw_only=True):
    """Whatever an id names: a reflection of the writer's, or an opened entry of the partner's."""

    mine: Reflection | None = None
    theirs: Received | None = None


class Hit(Struct, frozen=True, kw_only=True):
    """One text that holds all the words looked for. `spans` are (start, end) positions in `text`.

    `where` is "title", "answer", "gain", "offer", "intention", "response" or "line".
    """

    id: str
    session: str
    day: str
    author: str
    where: str
    heading: str
    text: str
    spans: list[tuple[int, int]]
    mine: bool

    def excerpt(self, width: int = 160) -> tuple[str, list[tuple[int, int]]]:
        """About `width` characters of the text around its first hit, on one line, with the spans in it."""
        first = self.spans[0][0] if self.spans else 0
        start = max(0, first - width // 3)
        if start:
            space = self.text.find(" ", start, first)
            start = space + 1 if space >= 0 else start
        end = min(len(self.text), start + width)
        shown = "".join(" " if c in "\n\t" else c for c in self.text[start:end])
        lead, tail = "…" if start else "", "…" if end < len(self.text) else ""
        shift = len(lead) - start
        return lead + shown + tail, [(a + shift, min(b, end) + shift) for a, b in self.spans if start <= a < end]


class Reading:
    """Looking things up; nothing here writes."""

    def __init__(self, context: Context) -> None:
        self._ = context

    def reflections(
        self, *, pair: Pair | None = None, status: Status | None = None, limit: int | None = None
    ) -> list[Reflection]:
        """The writer's reflections, drafts included, newest session first, at most `limit` of them."""
        wanted: dict[str, object] = {"deleted_at": None}
        if pair is not None:
            wanted["pair"] = pair.id
        if status is not None:
            wanted["status"] = status
        store = self._.store
        ids = (
            store.top(Reflection, "day", limit, **wanted)
            if limit is not None
            else [str(id) for (id,) in store.facts(Reflection, "id", **wanted)]
        )
        found = list(store.scan(Reflection, ids))
        return sorted(found, key=lambda r: (r.day, _number(r.session), r.created, r.id), reverse=True)[:limit]

    def get(self, id: str) -> Reflection:
        """The writer's reflection with this id, or the only one whose id begins with it.

        Raises NotFound and Ambiguous.
        """
        found = self.find(id)
        if found.mine is None:
            raise NotFound(f"{id} was not written by you.", "See your own with: bothways list")
        return found.mine

    def find(self, id: str) -> Found:
        """What an id names; a beginning of two or more characters is enough where it is the only one."""
        wanted = id.strip().lower()
        store = self._.store
        if wanted and (found := self._found(wanted)) is not None:
            return found
        if len(wanted) >= 2:
            near = [str(id) for (id,) in store.facts(Reflection, "id", deleted_at=None) if str(id).startswith(wanted)]
            opened = store.facts(Received, "id", state=ReceivedState.OPENED)
            near += [str(id) for (id,) in opened if str(id).startswith(wanted)]
            if len(near) == 1 and (found := self._found(near[0])) is not None:
                return found
            if near:
                raise Ambiguous(f"Several ids begin with {wanted}: {', '.join(sorted(near)[:8])}.")
        raise NotFound(f"There is no reflection {id[:40]} in this journal.", "See them with: bothways list")

    def _found(self, id: str) -> Found | None:
        mine = self._.store.get(Reflection, id)
        if mine is not None and mine.deleted_at is None:
            return Found(mine=mine)
        theirs = self._.store.get(Received, id)
        if theirs is not None and theirs.state is ReceivedState.OPENED:
            return Found(theirs=theirs)
        return None

    def received(self, pair: Pair | None = None) -> list[Received]:
        """What the partners have sealed, as far as it is known here."""
        return self._.store.all(Received) if pair is None else self._.store.find(Received, pair=pair.id)

    def search(self, words: str, *, limit: int | None = None) -> list[Hit]:
        """Texts that hold every word looked for, case and accents aside; “words in quotes” stand together.

        The writer's own words, and whatever the partner opened. Newest first.
        """
        return list(islice(self.hits(words), None if limit is None else max(limit, 0)))

    def hits(self, words: str) -> Iterator[Hit]:
        """What `search` finds, one by one, as soon as it is found."""
        needles = [needle for w in _words(words) if (needle := fold(w))]
        if not needles:
            return
        for hit in self._texts(needles):
            spans: list[tuple[int, int]] = []
            for needle in needles:
                found = find_folded(hit.text, needle)
                if not found:
                    break
                spans += found
            else:
                yield replace(hit, spans=_merged(spans))

    def _texts(self, needles: Sequence[str]) -> Iterator[Hit]:
        """Every text that may hold all the needles, newest session first; records that cannot are not read."""
        store = self._.store
        writer = me(store).name
        partners = {p.id: p.partner for p in store.all(Pair)}
        rows = [
            (str(day), _number(str(session)), str(id), True)
            for day, session, id in store.facts(Reflection, "day", "session", "id", deleted_at=None)
        ]
        rows += [
            (str(session).partition("/")[0], _number(str(session)), str(id), False)
            for session, id in store.facts(Received, "session", "id", state=ReceivedState.OPENED)
        ]
        rows.sort(reverse=True)
        for mine, group in groupby(rows, key=lambda row: row[3]):
            ids = [row[2] for row in group]
            if mine:
                for reflection in store.scan(Reflection, ids, needles):
                    yield from _own_texts(reflection, reflection.day.isoformat(), writer)
            else:
                for received in store.scan(Received, ids, needles):
                    if received.entry is not None:
                        yield from _entry_texts(received.entry, received.session.partition("/")[0])
        # What the partner said about a session that is not open here yet must not echo in it.
        opened = set(store.facts(Received, "pair", "session", state=ReceivedState.OPENED))
        responses = [
            _hit(r.entry, r.session, writer if r.mine else partners.get(r.pair, ""), "response", r.kind, r.text, r.mine)
            for r in store.scan(Response, store.ids(Response), needles)
            if r.text and (r.mine or (r.pair, r.session) in opened)
        ]
        lines = [
            _hit(n.session, n.session, writer if n.mine else partners.get(n.pair, ""), "line", n.kind, n.text, n.mine)
            for n in store.scan(JointLine, store.ids(JointLine), needles)
            if not n.removed and (n.mine or (n.pair, n.session) in opened)
        ]
        yield from sorted(responses + lines, key=lambda h: h.day, reverse=True)


def _number(session: str) -> int:
    return int(session.partition("/")[2] or 1)


def _words(query: str) -> list[str]:
    pieces = query.replace("“", '"').replace("”", '"').split('"')
    words: list[str] = []
    for index, piece in enumerate(pieces):
        words += [" ".join(piece.split())] if index % 2 and piece.strip() else piece.split()
    return words


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _hit(id: str, session: str, author: str, where: str, heading: str, text: str, mine: bool) -> Hit:
    return Hit(
        id=id,
        session=session,
        day=session.partition("/")[0],
        author=author,
        where=where,
        heading=heading,
        text=text,
        spans=[],
        mine=mine,
    )


def _own_texts(r: Reflection, day: str, writer: str) -> Iterator[Hit]:
    def hit(where: str, heading: str, text: str) -> Hit:
        return Hit(
            id=r.id,
            session=r.session,
            day=day,
            author=writer,
            where=where,
            heading=heading,
            text=text,
            spans=[],
            mine=True,
        )

    if r.title:
        yield hit("title", "", r.title)
    for turn in r.turns:
        if turn.outcome is Outcome.ANSWERED:
            yield hit("answer", turn.question, turn.answer)
    for gain in r.gains:
        yield hit("gain", gain.kind, gain.text)
    for offer in r.offers:
        yield hit("offer", offer.kind, offer.text)
    for intention in r.intentions:
        yield hit("intention", intention.due.isoformat() if intention.due else "", intention.text)


def _entry_texts(e: SharedEntry, day: str) -> Iterator[Hit]:
    for answer in e.answers:
        yield _hit(e.id, e.session, e.author, "answer", answer.question, answer.text, False)
    for where, items in (("gain", e.gains), ("offer", e.offers), ("intention", e.intentions)):
        for item in items:
            heading = item.kind.value if item.kind else (item.due.isoformat() if item.due else "")
            yield _hit(e.id, e.session, e.author, where, heading, item.text, False)
