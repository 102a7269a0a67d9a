"""One reflection, or one opened entry, as plain values for the page that shows it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from journal.model import Outcome, Received, Reflection, SharedEntry, Visibility


class ReadAnswer(Struct, frozen=True, kw_only=True):
    """`visibility` is "private", "shared", or "" where it is not the writer's own."""

    turn: str
    question: str
    text: str
    source: str
    follows: bool
    outcome: Outcome
    visibility: str = ""
    earlier: int = 0


class ReadItem(Struct, frozen=True, kw_only=True):
    id: str
    label: str
    text: str
    visibility: str = ""
    due: date | None = None
    done: bool = False


class ReadStage(Struct, frozen=True, kw_only=True):
    """Answers under one stage; `title` is "" outside the guide."""

    title: str
    answers: tuple[ReadAnswer, ...]


class ReadPage(Struct, frozen=True, kw_only=True):
    stages: tuple[ReadStage, ...]
    gains: tuple[ReadItem, ...]
    offers: tuple[ReadItem, ...]
    intentions: tuple[ReadItem, ...]

    @property
    def empty(self) -> bool:
        """Whether there is nothing to read."""
        answered = any(a.outcome is Outcome.ANSWERED for s in self.stages for a in s.answers)
        return not (answered or self.gains or self.offers or self.intentions)


def own_page(reflection: Reflection) -> ReadPage:
    """All the writer's words with who may see them, and what was left out or waits."""

    def seen(visibility: Visibility) -> str:
        return visibility.value if reflection.pair else ""

    rows = [
        (
            turn.stage_title,
            ReadAnswer(
                turn=turn.id,
                question=turn.question,
                text=turn.answer if turn.outcome is Outcome.ANSWERED else "",
                source=turn.source,
                follows=bool(turn.follows),
                outcome=turn.outcome,
                visibility=seen(turn.visibility) if turn.outcome is Outcome.ANSWERED else "",
                earlier=len(turn.earlier),
            ),
        )
        for turn in reflection.turns
        if turn.outcome is not Outcome.DISMISSED
    ]
    return ReadPage(
        stages=_staged(rows),
        gains=tuple(
            ReadItem(
                id=g.id,
                label=g.kind + (" · together" if g.direction == "together" else ""),
                text=g.text,
                visibility=seen(g.visibility),
            )
            for g in reflection.gains
        ),
        offers=tuple(
            ReadItem(id=o.id, label=o.kind, text=o.text, visibility=seen(o.visibility)) for o in reflection.offers
        ),
        intentions=tuple(
            ReadItem(
                id=i.id,
                label="",
                text=i.text,
                visibility=seen(i.visibility),
                due=i.due,
                done=i.done_at is not None,
            )
            for i in reflection.intentions
        ),
    )


def their_page(received: Received) -> ReadPage:
    """What the partner opened."""
    entry: SharedEntry | None = received.entry
    if entry is None:
        return ReadPage(stages=(), gains=(), offers=(), intentions=())
    rows = [
        (
            answer.stage_title,
            ReadAnswer(
                turn=answer.id,
                question=answer.question,
                text=answer.text,
                source=answer.source,
                follows=bool(answer.follows),
                outcome=Outcome.ANSWERED,
            ),
        )
        for answer in entry.answers
    ]
    gains, offers, intentions = (
        tuple(
            ReadItem(
                id=item.id,
                label=(item.kind.value if item.kind else "") + (" · together" if item.direction == "together" else ""),
                text=item.text,
                due=item.due,
            )
            for item in items
        )
        for items in (entry.gains, entry.offers, entry.intentions)
    )
    return ReadPage(stages=_staged(rows), gains=gains, offers=offers, intentions=intentions)


def _staged(rows: list[tuple[str, ReadAnswer]]) -> tuple[ReadStage, ...]:
    titles = list(dict.fromkeys(title for title, _ in rows))
    titles.sort(key=lambda title: not title)
    return tuple(ReadStage(title=title, answers=tuple(answer for t, answer in rows if t == title)) for title in titles)
