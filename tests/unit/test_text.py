"""The door for text, and finding words whatever their case and accents."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.text import Change, clean, count_words, find_folded, fold, one_line

anything = st.text(st.characters() | st.characters(categories=["Cs", "Cc"]), max_size=60)


@given(anything)
def test_what_passed_the_door_passes_unchanged(raw: str) -> None:
    once = clean(raw).text
    assert clean(once) == (once, ())


@given(anything)
def test_a_text_without_the_three_things_is_kept_as_typed(raw: str) -> None:
    harmless = "".join(c for c in raw if c in "\t\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    assert clean(harmless) == (harmless, ())


@given(anything)
def test_only_the_three_things_change(raw: str) -> None:
    cleaned = clean(raw)
    assert "\r" not in cleaned.text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", cleaned.text)
    cleaned.text.encode()
    visible = [c for c in raw if unicodedata.category(c) not in ("Cc", "Cs")]
    kept = [c for c in cleaned.text if unicodedata.category(c) != "Cc"]
    if Change.SURROGATES not in cleaned.changes and not re.search("[\ud800-\udfff]", raw):
        assert kept == visible
    assert bool(cleaned.changes) or cleaned.text == raw or re.search("[\ud800-\udfff]", raw)


@pytest.mark.parametrize(
    ("raw", "text", "changes"),
    [
        ("a\r\nb\rc", "a\nb\nc", (Change.NEWLINES,)),
        ("a\x1b[31mb\x00\x9b", "a[31mb", (Change.CONTROLS,)),
        ("a\ud800b", "a\ufffdb", (Change.SURROGATES,)),
        ("\ud83d\ude00", "😀", ()),
        ("\ud83d\x00\ude00", "😀", (Change.CONTROLS,)),
        ("tab\there\n\n  trailing  \n", "tab\there\n\n  trailing  \n", ()),
        ("שלום \u200f👩\u200d🔬 e\u0301", "שלום \u200f👩\u200d🔬 e\u0301", ()),
    ],
)
def test_the_three_rules(raw: str, text: str, changes: tuple[Change, ...]) -> None:
    assert clean(raw) == (text, changes)


@pytest.mark.parametrize(
    ("text", "needle", "found"),
    [
        ("I went to the Café.", "cafe", ["Café"]),
        ("Cafe\u0301 and café", "CAFÉ", ["Cafe\u0301", "café"]),
        ("die Straße hier", "strasse", ["Straße"]),
        ("STRASSE", "straße", ["STRASSE"]),
        ("an e\ufb03cient o\ufb03ce", "office", ["o\ufb03ce"]),
        ("ﬁnally", "fin", ["ﬁn"]),
        ("naïve, naive, NAÏVE", "naive", ["naïve", "naive", "NAÏVE"]),
        ("ℌello 𝐖orld", "hello world", ["ℌello 𝐖orld"]),
        ("I said\n  no, kindly", "said no", ["said\n  no"]),
        ("I saïd\n  no, kindly", "said no", ["saïd\n  no"]),
        ("a.b axb", "a.b", ["a.b"]),
        ("nothing here", "absent", []),
        ("ümlaut", "", []),
    ],
)
def test_spans_point_at_the_words_themselves(text: str, needle: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in find_folded(text, fold(needle))] == found


def test_both_halves_of_a_sharp_s_are_one_place() -> None:
    assert find_folded("ß é", "s") == [(0, 1)]


@given(st.text(max_size=30), st.text(min_size=1, max_size=4), st.text(max_size=30))
def test_a_text_holds_its_own_parts(before: str, middle: str, after: str) -> None:
    text = before + middle + after
    spans = find_folded(text, fold(middle))
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert fold(middle).split()[0][0] in fold(text[start:end])
    if fold(middle).strip() and fold(text) == fold(before) + fold(middle) + fold(after):
        assert spans


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_one_line_and_counting() -> None:
    assert one_line("  Ana\n\tMaria \x1b[2J ") == "Ana Maria [2J"
    assert one_line("x" * 300) == "x" * 200
    assert count_words(" one\ntwo  three ") == 3


def test_a_huge_text_is_searched_in_reasonable_time() -> None:
    text = "wörd " * 100_000 + "Ende"
    assert clean(text).text == text
    assert len(find_folded(text, "ende")) == 1
