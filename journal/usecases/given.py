"""A whole reflection given at once, as `reflect --answers` and typed-in replies take it."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from journal.errors import InvalidInput
from journal.model import GainKind, Visibility
from journal.text import clean

Row = dict[str, Any]


class GivenAnswer(Struct, frozen=True, kw_only=True):
    text: str
    visibility: Visibility = Visibility.PRIVATE


class GivenItem(Struct, frozen=True, kw_only=True):
    kind: GainKind
    text: str
    visibility: Visibility = Visibility.PRIVATE
    together: bool = False


class GivenIntention(Struct, frozen=True, kw_only=True):
    text: str
    due: date | None = None
    owner: str = ""
    visibility: Visibility = Visibility.PRIVATE


class GivenReflection(Struct, frozen=True, kw_only=True):
    """Answers in the guide's order, gains, offers and intentions, cleaned and checked."""

    answers: tuple[GivenAnswer, ...] = ()
    gains: tuple[GivenItem, ...] = ()
    offers: tuple[GivenItem, ...] = ()
    intentions: tuple[GivenIntention, ...] = ()
    changed: bool = False


EXAMPLE = '{"answers": ["…"], "gains": [{"kind": "skill", "text": "…"}], "visibility": "private"}'


def read_given(raw: bytes, default: Visibility = Visibility.PRIVATE) -> GivenReflection:
    """Read the JSON form. `default` holds where it is silent about visibility.

    Raises InvalidInput naming the place that cannot be used; unknown keys are refused, so that nothing given
    is dropped unseen.
    """
    data = _decode(raw)
    if not isinstance(data, dict):
        raise InvalidInput("The answers must be one JSON object.", f"For example: {EXAMPLE}")
    if not data:
        raise InvalidInput("The answers are empty.", f"For example: {EXAMPLE}")
    _only(data, "the answers", "answers", "gains", "offers", "intentions", "visibility")
    reader = _Reader(_visibility(data, default, "the answers"))
    return GivenReflection(
        answers=tuple(reader.answer(row, f"answer {i}") for i, row in _rows(data, "answers", texts=True)),
        gains=tuple(reader.item(row, f"gain {i}") for i, row in _rows(data, "gains")),
        offers=tuple(reader.item(row, f"offer {i}") for i, row in _rows(data, "offers")),
        intentions=tuple(reader.intention(row, f"intention {i}") for i, row in _rows(data, "intentions")),
        changed=reader.changed,
    )


def _decode(raw: bytes) -> Any:
    # The standard library reads what msgspec refuses: a lone \ud800 escape, which is mended at the door.
    import json

    try:
        return json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_once)
    except UnicodeDecodeError as error:
        raise InvalidInput("The answers are not UTF-8 text.", "Save them as UTF-8 and try again.") from error
    except (ValueError, RecursionError) as error:
        where = f", line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise InvalidInput(f"The answers are not JSON{where}.", f"For example: {EXAMPLE}") from error


def _once(pairs: list[tuple[str, Any]]) -> Row:
    row: Row = {}
    for key, value in pairs:
        if key in row:
            raise InvalidInput(f"“{key[:40]}” is given twice in the answers.", "Put all of it into one.")
        row[key] = value
    return row


def _rows(data: Row, key: str, *, texts: bool = False) -> list[tuple[int, Row]]:
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise InvalidInput(f"“{key}” must be a list.", f"For example: {EXAMPLE}")
    given: list[tuple[int, Row]] = []
    for number, row in enumerate(rows, start=1):
        if texts and isinstance(row, str):
            row = {"text": row}
        if not isinstance(row, dict):
            form = "a text or an object" if texts else "an object"
            raise InvalidInput(f"Number {number} in “{key}” must be {form}.", f"For example: {EXAMPLE}")
        given.append((number, row))
    return given


def _only(row: Row, what: str, *keys: str) -> None:
    for key in row:
        if key not in keys:
            raise InvalidInput(f"Unknown key “{str(key)[:40]}” in {what}.", f"The keys are: {', '.join(keys)}.")


def _visibility(row: Row, default: Visibility, what: str) -> Visibility:
    value = row.get("visibility", default)
    try:
        return msgspec.convert(value, Visibility)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"The visibility of {what} is neither “shared” nor “private”.", "Use one of the two."
        ) from error


class _Reader:
    def __init__(self, default: Visibility) -> None:
        self.default = default
        self.changed = False

    def _text(self, row: Row, what: str) -> str:
        value = row.get("text")
        if not isinstance(value, str):
            raise InvalidInput(f"The text of {what} must be a string.", f"For example: {EXAMPLE}")
        cleaned = clean(value)
        self.changed = self.changed or bool(cleaned.changes)
        return cleaned.text

    def answer(self, row: Row, what: str) -> GivenAnswer:
        _only(row, what, "text", "visibility")
        return GivenAnswer(text=self._text(row, what), visibility=_visibility(row, self.default, what))

    def item(self, row: Row, what: str) -> GivenItem:
        _only(row, what, "kind", "text", "visibility", "together")
        kind = row.get("kind")
        if not isinstance(kind, str):
            raise InvalidInput(f"The kind of {what} must be a string.", f"The kinds are: {', '.join(GainKind)}.")
        together = row.get("together", False)
        if not isinstance(together, bool):
            raise InvalidInput(f"“together” of {what} must be true or false.")
        return GivenItem(
            kind=GainKind.parse(kind),
            text=self._words(row, what),
            visibility=_visibility(row, self.default, what),
            together=together,
        )

    def _words(self, row: Row, what: str) -> str:
        text = self._text(row, what)
        if not text.strip():
            raise InvalidInput(f"The text of {what} is empty.", "Leave it out, or say it in a word.")
        return text

    def intention(self, row: Row, what: str) -> GivenIntention:
        _only(row, what, "text", "due", "owner", "visibility")
        due = row.get("due")
        owner = row.get("owner", "")
        if not isinstance(owner, str):
            raise InvalidInput(f"The owner of {what} must be a name.")
        return GivenIntention(
            text=self._words(row, what),
            due=None if due is None else parse_day(due, f"The date of {what}"),
            owner=" ".join(clean(owner).text.split())[:60],
            visibility=_visibility(row, self.default, what),
        )


def parse_day(value: object, what: str = "The date") -> date:
    """A calendar day from `2026-11-20`. Raises InvalidInput."""
    import re

    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise InvalidInput(f"{what} “{str(value)[:40]}” is not a day.", "Write it as 2026-11-20.")
