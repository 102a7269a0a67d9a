"""What every use case works with, and the look-ups they share."""

from __future__ import annotations

from msgspec import Struct

from journal.errors import Ambiguous, InvalidInput, NotFound
from journal.ids import new_id
from journal.model import JointLine, LineKind, Pair, Person, Received, Reflection, Session
from journal.ports import Clock, Drafts, Guides, Records, Store
from journal.text import fold, one_line


class Context(Struct, frozen=True):
    """The adapters, as `bootstrap` chose them."""

    store: Store
    drafts: Drafts
    guides: Guides
    clock: Clock


def me(records: Records) -> Person:
    """The one who writes in this journal. Raises NotFound in a journal without a writer."""
    for person in records.all(Person):
        return person
    raise NotFound("This journal does not know its writer yet.", "Say who you are with: bothways init --name YOU")


def pair_named(records: Records, name: str | None) -> Pair:
    """The pair with this partner, or the only pair where no name is given.

    Raises NotFound and Ambiguous, naming the pairs there are.
    """
    pairs = records.all(Pair)
    names = ", ".join(p.partner for p in pairs)
    if name:
        wanted = fold(name.strip())
        for pair in pairs:
            if wanted in (fold(pair.partner), pair.id):
                return pair
        raise NotFound(
            f"There is no pair with {one_line(name, 60)}.",
            f"Your pairs: {names}." if pairs else "Add one with: bothways pairs add NAME --role mentee",
        )
    if len(pairs) == 1:
        return pairs[0]
    if pairs:
        raise Ambiguous(f"You have several pairs: {names}.", "Say which one with --with NAME.")
    raise NotFound(
        "You have no pair yet.", "Add one with: bothways pairs add NAME --role mentee, or write with --solo."
    )


def person_name(raw: str, what: str = "A name") -> str:
    """A name as it may be stored: one line, 1 to 60 characters. Raises InvalidInput."""
    name = one_line(raw, 1000)
    if not name:
        raise InvalidInput(f"{what} needs at least one character.")
    if len(name) > 60:
        raise InvalidInput(f"{what} can have at most 60 characters.")
    return name


def unused_id(records: Records) -> str:
    """A new short id that no reflection and no received entry has."""
    while True:
        candidate = new_id()
        if not records.has(Reflection, candidate) and not records.has(Received, candidate):
            return candidate


def session_id(pair_id: str, key: str) -> str:
    """The id of a pair's session."""
    return f"{pair_id}:{key}"


def open_intentions(records: Records, pair_id: str, *, before: str = "") -> tuple[str, ...]:
    """The texts of the writer's own intentions with this pair that are not done, newest first."""
    rows = records.facts(Reflection, "day", "created", "id", promises=True, pair=pair_id, deleted_at=None)
    promised = [row for row in rows if row[2] != before]
    promised.sort(key=lambda row: row[:2], reverse=True)
    reflections = records.scan(Reflection, [str(row[2]) for row in promised])
    return tuple(i.text for r in reflections for i in r.intentions if i.done_at is None)


def open_agreed(records: Records, pair_id: str, *, before: str = "") -> tuple[str, ...]:
    """The texts of what both agreed and is not done, newest first; with `before`, none of that session."""
    found = records.find(JointLine, pair=pair_id, kind=LineKind.AGREED, removed=False, done_at=None)
    lines = [line for line in found if line.session != before]
    return tuple(line.text for line in sorted(lines, key=lambda line: line.created, reverse=True))


def sessions_of(records: Records, pair_id: str) -> list[Session]:
    """The pair's sessions, newest first."""
    return sorted(records.find(Session, pair=pair_id), key=lambda s: order(s.key), reverse=True)


def order(key: str) -> tuple[str, int]:
    """What sorts session keys by time: `2026-11-20/10` comes after `2026-11-20/2`."""
    day, _, number = key.partition("/")
    return day, int(number or 1)
