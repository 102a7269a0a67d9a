"""Reading a day the way people write one."""

from __future__ import annotations

import re
from datetime import date, timedelta

from journal.errors import InvalidInput
from journal.text import fold

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_day(text: str, today: date) -> date | None:
    """A day from `2026-12-01`, `today`, `tomorrow`, a weekday (the next one after today) or `+7`; None for blank.

    Raises InvalidInput.
    """
    said = fold(text.strip())
    if not said:
        return None
    if said in ("today", "tomorrow"):
        return today + timedelta(days=int(said == "tomorrow"))
    if len(said) >= 3:
        for number, name in enumerate(_WEEKDAYS):
            if name.startswith(said):
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    try:
        if match := re.fullmatch(r"\+(\d{1,4})", said):
            return today + timedelta(days=int(match[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
            return date.fromisoformat(said)
    except (ValueError, OverflowError):
        pass
    raise InvalidInput(
        f"“{text.strip()[:40]}” is not a day.", "Write 2026-12-01, tomorrow, friday, or +7 for a week from today."
    )
