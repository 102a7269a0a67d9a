"""A reflection given as JSON, well formed and not."""

from __future__ import annotations

import json
from datetime import date

import pytest

from journal.errors import InvalidInput
from journal.model import GainKind, Visibility
from journal.usecases import parse_day, read_given

PRIVATE, SHARED = Visibility.PRIVATE, Visibility.SHARED


def test_everything_there_is() -> None:
    given = read_given(
        json.dumps(
            {
                "answers": ["one", {"text": "two", "visibility": "private"}, ""],
                "gains": [{"kind": "social", "text": "a contact", "together": True}],
                "offers": [{"kind": "Skill", "text": "listening", "visibility": "private"}],
                "intentions": [{"text": "write", "due": "2026-12-01", "owner": " Pri\nya "}],
                "visibility": "shared",
            }
        ).encode()
    )
    assert [(a.text, a.visibility) for a in given.answers] == [("one", SHARED), ("two", PRIVATE), ("", SHARED)]
    assert (given.gains[0].kind, given.gains[0].together) == (GainKind.SOCIAL_CAPITAL, True)
    assert given.offers[0].visibility is PRIVATE
    assert (given.intentions[0].due, given.intentions[0].owner) == (date(2026, 12, 1), "Pri ya")
    assert not given.changed


def test_silence_is_private() -> None:
    given = read_given(b'{"answers": ["x"], "gains": [{"kind": "skill", "text": "y"}]}')
    assert given.answers[0].visibility is given.gains[0].visibility is PRIVATE
    assert read_given(b'{"answers": ["x"]}', SHARED).answers[0].visibility is SHARED


def test_text_passes_the_door_with_a_notice() -> None:
    given = read_given(b'\xef\xbb\xbf{"answers": ["a\\u0000b\\r\\nc\\ud800"]}')
    assert given.answers[0].text == "ab\nc\ufffd"
    assert given.changed


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON, line 1"),
        (b"[" * 100_000, "not JSON"),
        (b'{"answers": [1' + b"0" * 5000 + b"]}", "not JSON"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[]", "one JSON object"),
        (b"null", "one JSON object"),
        (b"{}", "empty"),
        (b'{"answer": ["x"]}', "Unknown key “answer”"),
        (b'{"answers": ["x"], "answers": ["y"]}', "given twice"),
        (b'{"answers": "x"}', "must be a list"),
        (b'{"answers": null}', "must be a list"),
        (b'{"answers": [1]}', "Number 1 in “answers”"),
        (b'{"answers": ["x", null]}', "Number 2 in “answers”"),
        (b'{"answers": [{"text": 1}]}', "text of answer 1"),
        (b'{"answers": [{}]}', "text of answer 1"),
        (b'{"answers": [{"text": "x", "kind": "skill"}]}', "Unknown key “kind” in answer 1"),
        (b'{"answers": [{"text": "x", "text": "y"}]}', "given twice"),
        (b'{"answers": ["x"], "visibility": "public"}', "visibility of the answers"),
        (b'{"answers": ["x"], "visibility": null}', "visibility of the answers"),
        (b'{"answers": [{"text": "x", "visibility": []}]}', "visibility of answer 1"),
        (b'{"gains": ["x"]}', "Number 1 in “gains”"),
        (b'{"gains": [{"text": "x"}]}', "kind of gain 1"),
        (b'{"gains": [{"kind": "money", "text": "x"}]}', "no kind of gain"),
        (b'{"gains": [{"kind": "skill"}]}', "text of gain 1"),
        (b'{"gains": [{"kind": "skill", "text": " \\n"}]}', "text of gain 1 is empty"),
        (b'{"gains": [{"kind": "skill", "text": "x", "together": 1}]}', "together"),
        (b'{"offers": [{"kind": "skill", "text": "\\u0000"}]}', "text of offer 1 is empty"),
        (b'{"intentions": [{"text": "x", "due": "soon"}]}', "date of intention 1"),
        (b'{"intentions": [{"text": "x", "due": 20261201}]}', "date of intention 1"),
        (b'{"intentions": [{"text": "x", "due": "2026-02-30"}]}', "date of intention 1"),
        (b'{"intentions": [{"text": "x", "owner": 1}]}', "owner of intention 1"),
        (b'{"intentions": {"text": "x"}}', "must be a list"),
    ],
)
def test_what_cannot_be_used_is_named(raw: bytes, says: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_given(raw)
    assert says in refusal.value.what
    assert "\n" not in refusal.value.what


@pytest.mark.parametrize("text", ["", "20-11-2026", "2026-11-20T10:00", "٢٠٢٦-١١-٢٠", "2026-1-2", None, 3])
def test_days_are_written_one_way(text: object) -> None:
    with pytest.raises(InvalidInput, match="not a day"):
        parse_day(text)
