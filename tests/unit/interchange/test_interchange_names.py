"""File names and front matter."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.interchange.frontmatter import front_matter, is_ours
from journal.interchange.names import file_stem, without_collisions


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("2026-11-20", "Priya"), "2026-11-20 Priya"),
        (("2026-11-20", 'a/b\\c:d*e?f"g<h>i|j'), "2026-11-20 a b c d e f g h i j"),
        (("2026-11-20", "../../etc/passwd"), "2026-11-20 .. .. etc passwd"),
        (("2026-11-20", "ends with dots... "), "2026-11-20 ends with dots"),
        (("2026-11-20", "[[link#part]]^x"), "2026-11-20 link part x"),
        (("2026-11-20", "Zoe\u0308"), "2026-11-20 Zoë"),
        (("2026-11-20", "שלום \u202eabc"), "2026-11-20 שלום abc"),
        (("2026-11-20", "///"), "2026-11-20"),
    ],
)
def test_a_stem_is_safe_everywhere(parts, stem):
    assert file_stem(*parts) == stem


@given(st.text())
def test_any_name_makes_a_short_safe_stem(text):
    stem = file_stem("2026-11-20", text)
    assert stem.startswith("2026-11-20")
    assert len(stem.encode()) <= 120
    assert not set(stem) & set('<>:"/\\|?*\n\0')
    assert not stem.endswith((" ", "."))


def test_names_that_differ_in_case_alone_stay_apart():
    wanted = [("Day Priya", "p1"), ("day priya", "p2"), ("DAY PRIYA", "p2"), ("Day Zoë", "p3"), ("Day Zoe\u0308", "p4")]
    assert without_collisions(wanted) == [
        "Day Priya.md",
        "day priya (p2).md",
        "DAY PRIYA (p2-2).md",
        "Day Zoë.md",
        "Day Zoe\u0308 (p4).md",
    ]


HOSTILE = [
    "yes",
    "null",
    "~",
    "",
    "- x",
    "a: b",
    "a #b",
    "'",
    '"',
    "\\",
    "\n",
    "\u2028",
    "\x85",
    "😀",
    "{x}",
    "[x]",
    "&a",
]
HOSTILE += [
    "2026-11-20",
    "1e3",
    "0x1F",
    "n",
    "2345",
    "@x",
    "%x",
    "`",
    "|",
    ">",
    "שלום",
    "trailing ",
    " leading",
    "\ufeff",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_yaml_gives_every_string_back(text):
    yaml = pytest.importorskip("yaml")
    page = front_matter({"bothways": 1, "title": text, "aliases": [text, "b"]})
    read = yaml.safe_load(page.removeprefix("---\n").removesuffix("---\n"))
    assert read.get("title", "") == text
    assert read["aliases"] == [text, "b"]


@given(st.text())
def test_yaml_gives_any_string_back(text):
    yaml = pytest.importorskip("yaml")
    page = front_matter({"bothways": 1, "aliases": [text]})
    assert yaml.safe_load(page.strip("-\n"))["aliases"] == [text]


def test_days_and_times_are_yaml_dates():
    yaml = pytest.importorskip("yaml")
    moment = datetime(2026, 11, 20, 19, 50, tzinfo=UTC)
    read = yaml.safe_load(front_matter({"date": date(2026, 11, 20), "created": moment}).strip("-\n"))
    assert read == {"date": date(2026, 11, 20), "created": moment}


@pytest.mark.parametrize(
    ("data", "ours"),
    [
        (b"---\nbothways: 1\n---\n", True),
        (b"\xef\xbb\xbf---\r\nid: x\r\nbothways: 1\r\n---\r\n", True),
        (b"", False),
        (b"# Notes\n", False),
        (b"---\ntitle: x\n---\nbothways: 1\n", False),
        (b"---\ntitle: bothways: 1\n---\n", False),
        (b"\xff\xfe\x00binary", False),
    ],
)
def test_our_files_are_known_by_their_front_matter(data, ours):
    assert is_ours(data) is ours
