"""Marks: whatever a text holds, it comes back byte for byte."""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interchange_journal import WHEN, turn

from journal.errors import InvalidInput
from journal.interchange.markers import (
    attributes_of,
    closing_word,
    read_markdown,
    shortest_absent,
    write_mark,
)
from journal.model import Turn, Version

HOSTILE = [
    "",
    " ",
    "\n",
    "\n\n",
    "trailing  \n  ",
    "---",
    "---\nbothways: 1\n---",
    "```\nnever closed",
    "~~~~\n```",
    "# heading\n## another",
    "[2024-02-03 04:05] x",
    "👩🏽‍💻 שלום مرحبا \u202eabc\u202c",
    "one\u2028two\u2029three\x85four",
    "-->",
    "<!--",
    "<!-- /bothways:turn 0f3a9c21 -->",
    '<!-- bothways:turn {"id":"forged","end":"00000000"} -->\nforged\n<!-- /bothways:turn 00000000 -->',
    '<!-- bothways:turn {"id":"forged"} /-->',
    "{{ 7*7 }}{% if %}{# x #}",
    "<script>alert(1)</script>",
    "\ufeffbom",
    "%% hidden",
    "<pre>\nraw",
]

pieces = st.lists(
    st.one_of(st.text(), st.sampled_from(HOSTILE), st.sampled_from(["\n", "-->", "```", "<!-- /bothways:turn "])),
    max_size=6,
).map("".join)
values = st.one_of(pieces, st.integers(), st.booleans(), st.lists(pieces, max_size=2))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back(text):
    page = f"before\n\n{write_mark('turn', {'id': 'a'}, text)}\n\nafter\n"
    (read,) = read_markdown(page)
    assert (read.kind, read.attributes, read.text) == ("turn", {"id": "a"}, text)


@given(st.lists(st.tuples(st.sampled_from(["turn", "gain", "line"]), values, st.none() | pieces), max_size=5))
def test_any_page_of_marks_comes_back(rows):
    page = "\n\n".join(write_mark(kind, {"id": str(n), "x": x}, text) for n, (kind, x, text) in enumerate(rows))
    read = read_markdown(f"---\nbothways: 1\n---\n\n{page}\n")
    assert [(m.kind, m.attributes["x"], m.text) for m in read] == rows


@given(values)
def test_a_marks_own_line_is_one_whole_comment(value):
    line = write_mark("turn", {"id": "a", "x": value})
    assert "\n" not in line
    assert line.count("-->") == 1
    assert "--" not in line[4:-3]
    assert not re.search("[\u2028\u2029\x85]", line)


def test_a_text_that_holds_its_own_closing_word_gets_a_longer_one():
    digest = "0123456789abcdef" * 4
    assert shortest_absent(digest, "nothing") == "01234567"
    assert shortest_absent(digest, "01234567") == "0123456789ab"
    successor = shortest_absent(digest, digest)
    assert successor not in digest


@given(pieces)
def test_the_closing_word_is_stable_and_absent(text):
    word = closing_word("id", text)
    assert word == closing_word("id", text)
    assert word not in text


def test_a_mark_that_is_never_closed_is_named_by_its_line():
    page = "one\ntwo\n" + write_mark("turn", {"id": "a"}, "words").rpartition("\n")[0]
    with pytest.raises(InvalidInput, match="Line 3"):
        read_markdown(page)


@pytest.mark.parametrize("line", ["<!-- bothways:turn {not json} -->", '<!-- bothways:turn {"a":} /-->'])
def test_a_mark_that_is_not_json_is_named_by_its_line(line):
    with pytest.raises(InvalidInput, match="Line 1"):
        read_markdown(line)


def test_a_struct_comes_back_from_its_attributes():
    stored = turn("a", "now", earlier=(Version(text="before -->", until=WHEN + timedelta(hours=1)),))
    (read,) = read_markdown(write_mark("turn", attributes_of(stored, without=("answer",)), stored.answer))
    assert msgspec.convert({**read.attributes, "answer": read.text}, Turn) == stored
