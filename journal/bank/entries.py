"""Reading the bank's TOML file and saying clearly what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from msgspec import Struct, ValidationError, convert

from journal.bank.cues import CUES
from journal.errors import GuideError
from journal.model import Role

MOVES = ("clarify", "assumption", "evidence", "viewpoint", "consequence", "concrete", "perspective", "gain")
TENSES = ("", "past", "ahead", "now")
PLACE = "{quote}"

_ID = re.compile(r"[a-z][a-z0-9-]*")
_BRACES = re.compile(r"\{[^}]*\}?|\}")


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Several wordings of one question, asked when `cue` is found in an answer.

    Empty `stages` and `roles` mean any. `tense` limits it to words about what has happened ("past"), what
    is still to come ("ahead") or how things are ("now").
    """

    id: str
    cue: str
    move: str
    wordings: tuple[str, ...]
    stages: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    tense: str = ""


class Wording(Struct, frozen=True, kw_only=True):
    """One way to ask: `id` is the entry's id and the wording's place in it, from 1 on."""

    id: str
    text: str
    entry: Entry

    @property
    def quotes(self) -> bool:
        return PLACE in self.text


def stage_key(name: str) -> str:
    """A stage's name as it is compared: lower case, hyphens for other marks."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def _checked(entry: Entry, label: str) -> list[Wording]:
    def broken(why: str) -> GuideError:
        return GuideError(f"The question bank cannot be used: {label} {why}.", "Mend that entry in the bank's file.")

    if not _ID.fullmatch(entry.id):
        raise broken("needs an id of lower-case letters, digits and hyphens")
    for value, name, known in (
        (entry.cue, "cue", tuple(CUES)),
        (entry.move, "move", MOVES),
        (entry.tense, "tense", TENSES),
    ):
        if value not in known:
            raise broken(f"has the {name} “{value[:40]}”; known are {', '.join(k for k in known if k)}")
    if not entry.wordings:
        raise broken("has no wordings")
    found = []
    for number, text in enumerate(entry.wordings, 1):
        if text.count("?") != 1 or not text.endswith("?"):
            raise broken(f"wording {number} must hold one question mark, at its end")
        if "\n" in text or text != text.strip():
            raise broken(f"wording {number} must be one line without spaces around it")
        if text.count(PLACE) > 1 or _BRACES.findall(text.replace(PLACE, "")):
            raise broken(f"wording {number} may hold {PLACE} once and no other braces")
        if PLACE in text and f"“{PLACE}”" not in text:
            raise broken(f"wording {number} must put {PLACE} between “ and ”")
        found.append(Wording(id=f"{entry.id}.{number}", text=text, entry=entry))
    return found


def read(text: str) -> tuple[Wording, ...]:
    """All wordings of a bank, in the file's order. Raises GuideError naming the entry that is wrong."""
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise GuideError(f"The question bank is not valid TOML: {error}.", "Mend the bank's file.") from error
    rows = data.get("entry")
    if not isinstance(rows, list) or not rows:
        raise GuideError("The question bank holds no questions.", "It needs at least one [[entry]].")
    found: list[Wording] = []
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        name = row.get("id") if isinstance(row, dict) else None
        label = f"entry “{name}”" if isinstance(name, str) and name else f"entry {number}"
        try:
            entry = convert(row, Entry)
        except ValidationError as error:
            raise GuideError(
                f"The question bank cannot be used: {label} is wrong ({error}).",
                "Each entry needs id, cue, move and wordings.",
            ) from error
        if entry.id in seen:
            raise GuideError(f"The question bank has two entries called “{entry.id}”.", "Give each its own id.")
        seen.add(entry.id)
        found += _checked(entry, label)
    return tuple(found)
