"""What is asked next, and what answering, skipping and going back do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from journal.errors import NotAllowed, NotFound
from journal.model import FollowUp, Form, Outcome, Reflection, Source, Status, Step, Turn, Version
from journal.reflection.share import looks_the_same

NewId = Callable[[], str]

STEPS = (Step.QUESTIONS, Step.GAINS, Step.OFFERS, Step.INTENTIONS, Step.PREVIEW)


def require_draft(reflection: Reflection) -> None:
    """Raises NotAllowed unless the reflection is a draft."""
    if reflection.status is Status.SEALED:
        raise NotAllowed(
            f"{reflection.id} is sealed.", f"Unseal it first, while that is possible: bothways unseal {reflection.id}"
        )
    if reflection.status is Status.OPEN:
        raise NotAllowed(f"{reflection.id} is open and can no longer be continued.", "Its answers can be edited.")


def turn_of(reflection: Reflection, turn_id: str) -> Turn:
    """The turn with this id. Raises NotFound."""
    for turn in reflection.turns:
        if turn.id == turn_id:
            return turn
    raise NotFound(f"There is no question {turn_id} in {reflection.id}.")


def with_turn(reflection: Reflection, turn: Turn) -> Reflection:
    """`reflection` with its turn of the same id replaced."""
    return replace(reflection, turns=tuple(turn if t.id == turn.id else t for t in reflection.turns))


def begin(reflection: Reflection, form: Form, *, now: datetime, new_id: NewId) -> Reflection:
    """Ask the first question of a reflection that has none yet."""
    return advance(reflection, form, now=now, new_id=new_id)


def advance(reflection: Reflection, form: Form, *, now: datetime, new_id: NewId) -> Reflection:
    """Go to the question that is due: one asked and still waiting, else the form's next stage, else the gains.

    The form is passed anew each time, since a later question may be worded by earlier answers.
    """
    for turn in reflection.turns:
        if turn.outcome is Outcome.ASKED:
            return replace(reflection, at=turn.id, step=Step.QUESTIONS, updated=now)
    asked = {turn.stage for turn in reflection.turns if turn.source is Source.GUIDE}
    for stage in form.stages:
        if stage.key not in asked:
            turn = Turn(id=new_id(), question=stage.question, stage=stage.key, stage_title=stage.title, asked_at=now)
            return replace(reflection, turns=(*reflection.turns, turn), at=turn.id, step=Step.QUESTIONS, updated=now)
    step = reflection.step if reflection.step is not Step.QUESTIONS else Step.GAINS
    return replace(reflection, at="", step=step, updated=now)


def answer(reflection: Reflection, turn_id: str, text: str, *, now: datetime) -> Reflection:
    """Store an answer, first or changed; a changed one keeps the earlier text. Blank is the same as skipping,
    and keeps an earlier text too. In an open reflection it is a new revision where the partner sees a change.

    Raises NotAllowed in a sealed one, and NotFound.
    """
    if reflection.status is Status.SEALED:
        require_draft(reflection)
    turn = turn_of(reflection, turn_id)
    if turn.answer == text and turn.outcome is Outcome.ANSWERED:
        return reflection
    earlier = turn.earlier
    if turn.answer:
        earlier = (*earlier, Version(text=turn.answer, until=now))
    outcome = Outcome.ANSWERED if text.strip() else Outcome.SKIPPED
    changed = replace(turn, answer=text, outcome=outcome, answered_at=now, earlier=earlier)
    after = with_turn(reflection, changed)
    # A new revision for a private answer would tell the partner that there is one.
    if reflection.status is Status.OPEN and not looks_the_same(reflection, after):
        after = replace(after, revision=reflection.revision + 1, edited_at=now)
    return replace(after, updated=now)


def skip(reflection: Reflection, turn_id: str, *, now: datetime) -> Reflection:
    """Leave a question unanswered. An answer given before stays."""
    require_draft(reflection)
    turn = turn_of(reflection, turn_id)
    if turn.outcome is Outcome.ANSWERED:
        return replace(reflection, updated=now)
    outcome = Outcome.SKIPPED if turn.source is Source.GUIDE else Outcome.DISMISSED
    return replace(with_turn(reflection, replace(turn, outcome=outcome, answered_at=now)), updated=now)


def dismiss(reflection: Reflection, follow_ups: list[FollowUp]) -> Reflection:
    """Remember follow-ups that were shown, so that the next ones are others."""
    known = set(reflection.offered)
    fresh = tuple(f.id for f in follow_ups if f.id not in known)
    return replace(reflection, offered=reflection.offered + fresh) if fresh else reflection


def ask_follow_up(
    reflection: Reflection, turn_id: str, follow_up: FollowUp, *, now: datetime, new_id: NewId
) -> Reflection:
    """Put a follow-up behind the answer it follows, and go to it. Raises NotAllowed where nothing was answered."""
    require_draft(reflection)
    parent = turn_of(reflection, turn_id)
    if parent.outcome is not Outcome.ANSWERED:
        raise NotAllowed("A follow-up needs an answer to follow.")
    turn = Turn(
        id=new_id(),
        question=follow_up.text,
        stage=parent.stage,
        stage_title=parent.stage_title,
        source=follow_up.source,
        move=follow_up.move,
        follows=parent.id,
        quote=follow_up.quote,
        asked_at=now,
    )
    return _insert(dismiss(reflection, [follow_up]), turn, after=parent.id, now=now)


def ask_own(reflection: Reflection, question: str, *, now: datetime, new_id: NewId) -> Reflection:
    """Add a question of the writer's own at the end, and go to it."""
    require_draft(reflection)
    turn = Turn(id=new_id(), question=question, source=Source.OWN, asked_at=now)
    return replace(reflection, turns=(*reflection.turns, turn), at=turn.id, step=Step.QUESTIONS, updated=now)


def _insert(reflection: Reflection, turn: Turn, *, after: str, now: datetime) -> Reflection:
    family = {after}
    place = 0
    for index, other in enumerate(reflection.turns):
        if other.id == after or other.follows in family:
            family.add(other.id)
            place = index + 1
    turns = (*reflection.turns[:place], turn, *reflection.turns[place:])
    return replace(reflection, turns=turns, at=turn.id, step=Step.QUESTIONS, updated=now)


def go_to(reflection: Reflection, turn_id: str) -> Reflection:
    """Go to any question that was asked, to answer or change it."""
    require_draft(reflection)
    return replace(reflection, at=turn_of(reflection, turn_id).id, step=Step.QUESTIONS)


def go_to_step(reflection: Reflection, step: Step) -> Reflection:
    """Go to one of the closing steps, or to the last question."""
    require_draft(reflection)
    if step is Step.QUESTIONS and reflection.turns:
        return go_to(reflection, reflection.turns[-1].id)
    return replace(reflection, at="", step=step)


def back(reflection: Reflection) -> Reflection:
    """One place back: from a closing step to the one before, from a question to the one above it."""
    require_draft(reflection)
    if reflection.step is not Step.QUESTIONS:
        return go_to_step(reflection, STEPS[STEPS.index(reflection.step) - 1])
    ids = [turn.id for turn in reflection.turns]
    place = ids.index(reflection.at) if reflection.at in ids else len(ids)
    return replace(reflection, at=ids[place - 1]) if place > 0 else reflection


def progress(reflection: Reflection, form: Form) -> list[tuple[str, bool, bool]]:
    """The form's stages as (title, done, current)."""
    done = {t.stage for t in reflection.turns if t.source is Source.GUIDE and t.outcome is not Outcome.ASKED}
    here = next((t.stage for t in reflection.turns if t.id == reflection.at), "")
    questions = reflection.step is Step.QUESTIONS
    return [(s.title, s.key in done, questions and s.key == here) for s in form.stages]
