"""Who sees what. `shared_entry` is the only way from a reflection to what the partner sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from journal.errors import NotAllowed, NotFound
from journal.model import Gain, Offer, Outcome, Reflection, SharedAnswer, SharedEntry, SharedItem, Turn, Visibility
from journal.text import fold


class VisibleItem(Struct, frozen=True, kw_only=True):
    """One line of the sealing step: what it is, its words, and the choice made for it.

    `kind` is "answer", "gain", "offer" or "intention"; `heading` the question or the kind of gain;
    `needs` the id of the answer that must be shared too, or "".
    """

    id: str
    kind: str
    heading: str
    text: str
    shared: bool
    needs: str = ""


def shareable(reflection: Reflection) -> tuple[Turn, ...]:
    """The turns that can be shared: answered ones. Skipped and waiting ones never leave the journal, nor does a
    follow-up to an answer that was emptied since."""
    return _with_parents(t for t in reflection.turns if t.outcome is Outcome.ANSWERED)


def _with_parents(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    kept: dict[str, Turn] = {}
    for turn in turns:
        if not turn.follows or turn.follows in kept:
            kept[turn.id] = turn
    return tuple(kept.values())


def looks_the_same(one: Reflection, other: Reflection) -> bool:
    """Whether the partner would see the same in both versions of a sealed reflection."""
    return shared_entry(one, "", "") == shared_entry(other, "", "")


def visible_items(reflection: Reflection) -> list[VisibleItem]:
    """Every line the writer decides about at the sealing step, in the order they wrote it."""
    items = [
        VisibleItem(
            id=t.id,
            kind="answer",
            heading=t.question,
            text=t.answer,
            shared=t.visibility is Visibility.SHARED,
            needs=t.follows,
        )
        for t in shareable(reflection)
    ]
    listed: tuple[tuple[str, tuple[Gain | Offer, ...]], ...] = (
        ("gain", reflection.gains),
        ("offer", reflection.offers),
    )
    for kind, rows in listed:
        items += [
            VisibleItem(id=r.id, kind=kind, heading=r.kind, text=r.text, shared=r.visibility is Visibility.SHARED)
            for r in rows
        ]
    items += [
        VisibleItem(
            id=i.id,
            kind="intention",
            heading=i.due.isoformat() if i.due else "",
            text=i.text,
            shared=i.visibility is Visibility.SHARED,
        )
        for i in reflection.intentions
    ]
    return items


def toggled(items: Collection[VisibleItem], shared: Collection[str], id: str) -> set[str]:
    """The choice after one item was turned round. An answer made private takes its follow-ups along.

    Raises NotAllowed for a follow-up whose answer is private.
    """
    chosen = set(shared)
    if id not in chosen:
        needs = next((item.needs for item in items if item.id == id), "")
        if needs and needs not in chosen:
            raise NotAllowed(
                "A follow-up shows words of the answer it follows, and that answer is private.",
                "Share that answer first.",
            )
        return chosen | {id}
    gone = {id}
    for item in items:
        if item.needs in gone:
            gone.add(item.id)
    return chosen - gone


def choose(reflection: Reflection, shared: Collection[str]) -> Reflection:
    """Share exactly the items with these ids and keep the rest private.

    A follow-up is shared only together with the answer it follows, because its question quotes it. Raises
    NotAllowed where that is not so, and NotFound for an id that is no shareable item.
    """
    wanted = set(shared)
    items = {item.id: item for item in visible_items(reflection)}
    for id in wanted:
        if id not in items:
            raise NotFound(f"There is nothing called {id} in {reflection.id} that could be shared.")
        if items[id].needs and items[id].needs not in wanted:
            raise NotAllowed(
                "A follow-up shows words of the answer it follows, and that answer is private.",
                "Share that answer too, or keep both private.",
            )

    def mark(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(r, visibility=Visibility.SHARED if r.id in wanted else Visibility.PRIVATE) for r in rows)

    return replace(
        reflection,
        turns=mark(reflection.turns),
        gains=mark(reflection.gains),
        offers=mark(reflection.offers),
        intentions=mark(reflection.intentions),
    )


def _shared_question(turn: Turn, reflection: Reflection, kept_back: list[str]) -> str:
    """The question as the partner may see it: its stage's name where it repeats words that were kept private, or
    that its answer no longer holds."""
    answer = next((t.answer for t in reflection.turns if t.id == turn.follows), "")
    if (turn.follows and turn.quote not in answer) or _repeats(turn.question, kept_back):
        return turn.stage_title
    return turn.question


def _private_texts(reflection: Reflection) -> list[str]:
    rows = [(t.answer, t.visibility) for t in reflection.turns]
    rows += [(g.text, g.visibility) for g in reflection.gains]
    rows += [(o.text, o.visibility) for o in reflection.offers]
    rows += [(i.text, i.visibility) for i in reflection.intentions]
    return [_plain(text) for text, visibility in rows if visibility is Visibility.PRIVATE and text.strip()]


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def _repeats(question: str, private: list[str]) -> bool:
    """Whether a question repeats words kept private, as a guide's own template may: four in a row of them, or a
    whole short text of at least six characters. Then the stage's name stands in its place."""
    asked = f" {_plain(question)} "
    words = asked.split()
    runs = [f" {' '.join(words[i : i + 4])} " for i in range(len(words) - 3)]
    return any((len(text) >= 6 and f" {text} " in asked) or any(run in f" {text} " for run in runs) for text in private)


def shared_entry(reflection: Reflection, author: str, salt: str) -> SharedEntry:
    """What the partner sees: the shared, answered things, and nothing that hints at any other.

    Raises NotAllowed for a reflection that was not sealed or that is a solo note.
    """
    if reflection.sealed_at is None or not reflection.session:
        raise NotAllowed("Only a sealed reflection of a session can be shared.")
    kept_back = _private_texts(reflection)
    answers = tuple(
        SharedAnswer(
            id=t.id,
            question=_shared_question(t, reflection, kept_back),
            text=t.answer,
            stage=t.stage,
            stage_title=t.stage_title,
            source=t.source,
            follows=t.follows,
        )
        for t in _with_parents(t for t in shareable(reflection) if t.visibility is Visibility.SHARED)
    )
    return SharedEntry(
        id=reflection.id,
        session=reflection.session,
        author=author,
        role=reflection.role,
        guide=reflection.guide,
        language=reflection.language,
        sealed_at=reflection.sealed_at,
        revision=reflection.revision,
        edited_at=reflection.edited_at,
        salt=salt,
        answers=answers,
        gains=tuple(
            SharedItem(id=g.id, text=g.text, kind=g.kind, direction=g.direction)
            for g in reflection.gains
            if g.visibility is Visibility.SHARED
        ),
        offers=tuple(
            SharedItem(id=o.id, text=o.text, kind=o.kind)
            for o in reflection.offers
            if o.visibility is Visibility.SHARED
        ),
        intentions=tuple(
            SharedItem(id=i.id, text=i.text, owner=i.owner, due=i.due)
            for i in reflection.intentions
            if i.visibility is Visibility.SHARED
        ),
    )
