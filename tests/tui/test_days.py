"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from journal.errors import InvalidInput
from journal.usecases.when import read_day

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("", None),
        ("2026-12-01", date(2026, 12, 1)),
        ("Tomorrow", date(2026, 11, 21)),
        ("friday", date(2026, 11, 27)),
        ("sat", date(2026, 11, 21)),
        ("+7", date(2026, 11, 27)),
    ],
)
def test_a_day_is_read(said: str, day: date | None) -> None:
    assert read_day(said, FRIDAY) == day


@pytest.mark.parametrize("said", ["someday", "2026-02-30", "7", "+", "+99999", "fr"])
def test_what_is_no_day_is_refused(said: str) -> None:
    with pytest.raises(InvalidInput):
        read_day(said, FRIDAY)
