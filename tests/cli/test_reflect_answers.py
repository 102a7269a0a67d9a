"""`reflect --answers`: a whole reflection at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

WHOLE = {
    "answers": ["I froze.", {"text": "I learned to wait.", "visibility": "shared"}, "Ask Carla."],
    "gains": [{"kind": "skill", "text": "saying no"}],
    "offers": [{"kind": "knowledge", "text": "how handovers work on a ward"}],
    "intentions": [{"text": "one no by Friday", "due": "2026-12-01"}],
}


def given(**changes: object) -> str:
    return json.dumps({**WHOLE, **changes})


def test_it_stores_everything_in_the_guides_order_and_prints_an_object_with_an_id(ana: Run) -> None:
    done = ana("reflect", "--answers", "-", "--date", "2026-11-20", "--json", stdin=given())
    assert done.code == 0
    r = done.json
    assert [t["stage"] for t in r["turns"][:3]] == ["what", "so-what", "now-what"]
    assert [t["answer"] for t in r["turns"]] == ["I froze.", "I learned to wait.", "Ask Carla."]
    assert [t["visibility"] for t in r["turns"]] == ["private", "shared", "private"]
    assert (r["gains"][0]["kind"], r["gains"][0]["direction"]) == ("skill", "mentor-to-mentee")
    assert r["offers"][0]["text"] == "how handovers work on a ward"
    assert (r["intentions"][0]["due"], r["intentions"][0]["owner"]) == ("2026-12-01", "Ana")
    assert (r["session"], r["status"], r["role"]) == ("2026-11-20", "draft", "mentee")
    assert ana("show", r["id"], "--json").json == r


def test_visibility_covers_everything_given(ana: Run) -> None:
    r = ana("reflect", "--answers", "-", "--json", stdin=given(visibility="shared")).json
    rows = [*r["turns"], *r["gains"], *r["offers"], *r["intentions"]]
    assert {row["visibility"] for row in rows} == {"shared"}


def test_it_is_private_where_it_is_silent(ana: Run) -> None:
    r = ana("reflect", "--answers", "-", "--json", stdin=json.dumps({"answers": ["a"], "gains": WHOLE["gains"]})).json
    assert {row["visibility"] for row in [*r["turns"], *r["gains"]]} == {"private"}


def test_more_answers_than_stages_become_free_turns(ana: Run) -> None:
    answers = [f"answer {n}" for n in range(7)]
    r = ana("reflect", "--answers", "-", "--json", stdin=json.dumps({"answers": answers})).json
    assert [t["answer"] for t in r["turns"]] == answers
    assert [t["source"] for t in r["turns"]] == ["guide"] * 3 + ["own"] * 4


def test_it_always_makes_a_new_reflection(ana: Run) -> None:
    first, second = (
        ana("reflect", "--answers", "-", "--date", "2026-11-20", "--json", stdin=given()).json for _ in range(2)
    )
    assert first["id"] != second["id"]
    assert (first["session"], second["session"]) == ("2026-11-20", "2026-11-20/2")


def test_a_lone_surrogate_control_codes_and_line_ends_are_mended_with_a_notice(ana: Run) -> None:
    raw = r'{"answers": ["a\u0000b\u001b[31m \ud800 \ud83d\ude00", "one\r\ntwo\rthree\ttab\u2028sep"]}'
    done = ana("reflect", "--answers", "-", "--json", stdin=raw)
    assert [t["answer"] for t in done.json["turns"][:2]] == [
        "ab[31m \ufffd \U0001f600",
        "one\ntwo\nthree\ttab\u2028sep",
    ]
    assert done.err.strip()


def test_a_hundred_thousand_words_come_back_exactly(ana: Run) -> None:
    text = " ".join(f"word{n}" for n in range(100_000))
    r = ana("reflect", "--answers", "-", "--json", stdin=json.dumps({"answers": [text]})).json
    assert ana("show", r["id"], "--json").json["turns"][0]["answer"] == text


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "{",
        "[]",
        "{}",
        '"text"',
        '{"answers": "one"}',
        '{"answers": [1]}',
        '{"answers": [{"texts": "a"}]}',
        '{"answers": [null]}',
        '{"answer": ["a"]}',
        '{"answers": ["a"], "visibility": "public"}',
        '{"answers": [{"text": "a", "visibility": "all"}]}',
        '{"gains": [{"kind": "karma", "text": "a"}]}',
        '{"gains": [{"text": "a"}]}',
        '{"gains": [{"kind": "skill", "text": ""}]}',
        '{"gains": ["a"]}',
        '{"offers": [{"kind": 5, "text": "a"}]}',
        '{"intentions": [{"text": "a", "due": "soon"}]}',
        '{"intentions": [{"text": "a", "due": "2026-13-01"}]}',
        '{"intentions": [{"text": "a", "due": 20261201}]}',
        b"\xff\xfe\x00",
        "[" * 100_000,
    ],
)
def test_malformed_answers_are_one_sentence_and_store_nothing(ana: Run, raw: str | bytes) -> None:
    done = ana("reflect", "--answers", "-", stdin=raw)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith("bothways: ")
    assert len(done.err.strip().splitlines()) == 1
    assert ana("list", "--json").json == []


@pytest.mark.parametrize(
    "options",
    [
        ("--guide", "nonsense"),
        ("--date", "yesterday-ish"),
        ("--date", "2026-02-30"),
        ("--session", "2026-11-20/0"),
        ("--session", "2026-11-20", "--date", "2026-11-21"),
        ("--with", "Nobody"),
        ("--as", "boss"),
        ("--solo", "--session", "2026-11-20"),
        ("--resume", "abc234"),
        ("--plain",),
    ],
)
def test_unusable_options_are_refused_and_store_nothing(ana: Run, options: tuple[str, ...]) -> None:
    done = ana("reflect", "--answers", "-", *options, stdin=given())
    assert done.code in (1, 2)
    assert done.out == ""
    assert done.err.strip()
    assert ana("list", "--json").json == []


def test_a_session_written_for_already_is_refused(ana: Run) -> None:
    assert ana("reflect", "--answers", "-", "--session", "2026-11-20/2", stdin=given()).code == 0
    done = ana("reflect", "--answers", "-", "--session", "2026-11-20/2", stdin=given())
    assert done.code == 1
    assert len(ana("list", "--json").json) == 1


def test_empty_and_one_character_answers_are_taken(ana: Run) -> None:
    r = ana("reflect", "--answers", "-", "--json", stdin=json.dumps({"answers": ["", "x", "   "]})).json
    assert [t["outcome"] for t in r["turns"]] == ["skipped", "answered", "skipped"]


def test_answers_from_a_missing_file_are_refused(ana: Run, tmp_path: Path) -> None:
    done = ana("reflect", "--answers", str(tmp_path / "none.json"))
    assert done.code == 1
    assert "none.json" in done.err


def test_several_pairs_need_a_name(ana: Run) -> None:
    assert ana("pairs", "add", "Noor", "--role", "mentor").code == 0
    done = ana("reflect", "--answers", "-", stdin=given())
    assert done.code == 1
    assert "Priya" in done.err
    assert "Noor" in done.err
    r = ana("reflect", "--answers", "-", "--with", "noor", "--json", stdin=given()).json
    assert (r["role"], r["gains"][0]["direction"]) == ("mentor", "mentee-to-mentor")


def test_a_solo_note_has_no_session_and_a_swapped_role_holds_for_one_session(ana: Run) -> None:
    solo = ana("reflect", "--answers", "-", "--solo", "--json", stdin=given()).json
    assert (solo["pair"], solo["session"]) == ("", "")
    swapped = ana("reflect", "--answers", "-", "--as", "mentor", "--json", stdin=given()).json
    assert swapped["role"] == "mentor"
    assert ana("reflect", "--answers", "-", "--json", stdin=given()).json["role"] == "mentee"
