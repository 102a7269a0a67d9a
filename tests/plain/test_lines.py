"""Reading lines key by key."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.plain.lines import PipeLines, TerminalLines


def typed(*batches: str) -> tuple[list[str], str, list[str]]:
    """The lines read from these batches of keys, what was echoed, and the half-typed lines on the way."""
    echoed: list[str] = []
    half: list[str] = []
    lines = TerminalLines(iter(batches), echoed.append, half.append)
    read = []
    while (line := lines.read()) is not None:
        read.append(line)
    return read, "".join(echoed), half


@pytest.mark.parametrize(
    ("keys", "lines"),
    [
        (("one\n", "two\r"), ["one", "two"]),
        (("one\r\ntwo\r\n",), ["one", "two"]),
        (("one\r", "\n", "two\n"), ["one", "two"]),
        (("\n\n",), ["", ""]),
        (("abd\x7fc\n",), ["abc"]),
        (("\x7f\x7fa\n",), ["a"]),
        (("one two\x17three\n",), ["one three"]),
        (("one\x15two\n",), ["two"]),
        (("a\x1b[Ab\x1b[1;5Dc\x1bOPd\n",), ["abcd"]),
        (("unfinished",), ["unfinished"]),
        (("one\n", "\x04", "never\n"), ["one"]),
        (("one\x04\n",), ["one"]),
        (("日本\x7f語\n",), ["日語"]),
        (("tab\there\n",), ["tab\there"]),
        (("a\x1b", "[", "Ab\n"), ["ab"]),
        (("a\x1b", "b\n"), ["a\x1bb"]),
        (("\x1bhello \x1b[31mred\n",), ["\x1bhello \x1b[31mred"]),
        (("half", "\x04", "\x04", "never\n"), ["half"]),
        (("half\x04", "more\x04", "\n"), ["halfmore"]),
    ],
)
def test_keys_make_lines(keys: tuple[str, ...], lines: list[str]) -> None:
    assert typed(*keys)[0] == lines


def test_what_is_typed_is_shown_and_known_before_the_line_ends() -> None:
    _, echoed, half = typed("I fr", "oze", "\n")
    assert echoed == "I froze\r\n"
    assert half[:2] == ["I fr", "I froze"]


@given(st.lists(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=["Cs", "Cc"]))))
def test_any_text_comes_back_however_it_is_cut_into_batches(rows: list[str]) -> None:
    text = "".join(row + "\n" for row in rows)
    assert typed(*text)[0] == rows
    assert typed(text)[0] == rows
    pipe = PipeLines(io.BytesIO(text.encode()))
    assert [pipe.read() for _ in rows] == rows
    assert pipe.read() is None


def test_a_pipe_keeps_undecodable_bytes_apart_and_the_last_line_without_a_newline() -> None:
    pipe = PipeLines(io.BytesIO(b"a\xffb\nlast"))
    assert pipe.read() == "a\udcffb"
    assert pipe.read() == "last"
    assert pipe.read() is None
