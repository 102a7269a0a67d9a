"""Every built-in form in every situation, as a text to read.

After a wanted change, render the files again with `UPDATE_GOLDEN=1 pytest tests/unit/guides`, and read
the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from journal.guides import Guides
from journal.model import Role

GOLDEN = Path(__file__).parent / "golden"
BUILT_IN = Path(__file__).parents[3] / "prompts" / "guides"
KEYS = sorted(path.name for path in BUILT_IN.iterdir() if path.is_dir())
SITUATIONS: dict[str, dict[str, object]] = {
    "pair": {},
    "solo": {"partner": ""},
    "intentions": {
        "intentions": ("say no once, with a date.", "ask Lea for the numbers", "a third one"),
        "agreed": ("swap roles next month",),
    },
    "separation": {"phase": "separation"},
}


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("side", ["mentor", "mentee", "joint"])
@pytest.mark.parametrize("key", KEYS)
def test_form_reads_as_the_golden_file(key, side, situation, guides: Guides, context, as_text):
    if side == "joint":
        form = guides.joint(key, context(**SITUATIONS[situation]))
    else:
        form = guides.form(key, context(role=Role(side), **SITUATIONS[situation]))
    golden = GOLDEN / f"{key}.{side}.{situation}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(as_text(form), encoding="utf-8")
    assert as_text(form) == golden.read_text(encoding="utf-8")


def test_every_golden_file_belongs_to_a_form():
    names = {
        f"{key}.{side}.{situation}.txt"
        for key in KEYS
        for side in ("mentor", "mentee", "joint")
        for situation in SITUATIONS
    }
    assert {path.name for path in GOLDEN.iterdir()} == names
