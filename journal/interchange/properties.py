"""Which front matter a file gets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journal.interchange.frontmatter import FORMAT, KEY, Value
from journal.interchange.material import Material
from journal.interchange.sides import Side
from journal.model import Outcome, Visibility


def page_properties(material: Material, sides: Sequence[Side], *, for_others: bool) -> dict[str, Value]:
    """A session's or a note's: those of the writer's reflection, or of the partner's entry where there is none."""
    side = sides[0]
    reflection = next((r for r in material.own if r.id == side.id), None)
    partner = material.pair.partner if material.pair else ""
    session = f"Session {material.key} with {partner}" if material.key else f"Note of {material.day.isoformat()}"
    title = reflection.title if reflection and not for_others else ""
    properties: dict[str, Value] = {
        KEY: FORMAT,
        "id": side.id,
        "pair": partner,
        "session": material.key,
        "date": material.day,
        "role": side.role.value,
        "author": side.author,
    }
    if reflection is not None:
        properties["created"] = reflection.created
        properties["timezone"] = reflection.timezone
    elif side.sealed_at is not None:
        properties["created"] = side.sealed_at
    return {
        **properties,
        "guide": side.guide,
        "status": reflection.status.value if reflection else "open",
        "visibility": _visibility(side),
        "tags": _tags(side.role.value, "" if material.key else "solo", "draft" if side.draft else ""),
        "aliases": [title, session] if title else [session],
    }


def book_properties(author: str, partners: Sequence[str], materials: Sequence[Material]) -> dict[str, Value]:
    """Those of a single file that holds many pages."""
    return {
        KEY: FORMAT,
        "author": author,
        "pairs": partners,
        "from": materials[0].day,
        "to": materials[-1].day,
        "tags": _tags(),
    }


def _tags(*more: str) -> list[str]:
    return ["bothways", *(tag for tag in more if tag)]


def _visibility(side: Side) -> str:
    """`shared` where everything on this side is, `private` where nothing is, else `mixed`."""
    seen = set(_visibilities(side))
    if len(seen) > 1:
        return "mixed"
    return next(iter(seen), Visibility.PRIVATE).value


def _visibilities(side: Side) -> Iterable[Visibility]:
    yield from (t.visibility for t in side.turns if t.outcome is Outcome.ANSWERED)
    for rows in (side.gains, side.offers, side.intentions):
        yield from (row.visibility for row in rows)
