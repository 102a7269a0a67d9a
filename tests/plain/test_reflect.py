"""A reflection in line mode, through a pipe and in a pseudo-terminal."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run, ana, home, run  # noqa: F401 - fixtures

posix = pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
CLOSING = "\n\n\n"


def answers(reflection: Any) -> list[str]:
    return [t["answer"] for t in reflection["turns"] if t["outcome"] == "answered"]


def newest(run: Run) -> Any:  # noqa: F811
    return run("list", "--json").json[0]


def test_a_whole_reflection_through_a_pipe(ana: Run) -> None:  # noqa: F811
    lines = (
        "I froze, but then I said it.\n.\n"
        "I learned\n..\nthat waiting works.\n.\n"
        "Try it.\n.\n"
        "skill: saying no\ntogether practice: we pause\n\n"
        "knowledge: the ward\n.\n"
        "2026-12-01: ask Carla\nread\n\n"
        "1 4\nseal\n"
    )
    done = ana("reflect", "--plain", "--date", "2026-11-20", stdin=lines)
    assert done.code == 0
    r = newest(ana)
    assert r["status"] == "sealed"
    assert answers(r) == ["I froze, but then I said it.", "I learned\n.\nthat waiting works.", "Try it."]
    assert [g["direction"] for g in r["gains"]] == ["mentor-to-mentee", "together"]
    assert [(i["due"], i["text"]) for i in r["intentions"]] == [("2026-12-01", "ask Carla"), (None, "read")]
    shared = [
        x["text"] if "text" in x else x["answer"] for x in (*r["turns"], *r["gains"]) if x["visibility"] == "shared"
    ]
    assert shared == ["I froze, but then I said it.", "saying no"]


def test_the_end_of_input_keeps_the_draft_and_its_half_typed_words(ana: Run) -> None:  # noqa: F811
    done = ana("reflect", "--plain", stdin="One.\n.\nhalf a thou")
    assert done.code == 0
    r = newest(ana)
    assert (r["status"], answers(r)) == ("draft", ["One."])
    again = ana("reflect", "--plain", stdin="and the rest\n.\n")
    assert "half a thou" in again.out
    assert answers(newest(ana)) == ["One.", "half a thou\nand the rest"]
    assert len(ana("list", "--json").json) == 1


def test_commands_skip_back_follow_keep_and_help(ana: Run) -> None:  # noqa: F811
    lines = (
        ":help\n:back\n:skip\n:back\nI froze, but I stayed.\n.\n"
        ":follow\n:1\nBecause.\n.\n:back\n:keep\nLearned.\n.\n:quit\n"
    )
    done = ana("reflect", "--plain", stdin=lines)
    assert done.code == 0
    assert ":skip" in done.out
    r = newest(ana)
    assert answers(r) == ["I froze, but I stayed.", "Because.", "Learned."]
    assert r["turns"][1]["source"] == "bank"
    assert r["turns"][1]["follows"] == r["turns"][0]["id"]


def test_an_answer_may_begin_like_a_command(ana: Run) -> None:  # noqa: F811
    ana("reflect", "--plain", stdin="::skip\nis a word\n.\n:nonsense stays\n.\n")
    assert answers(newest(ana)) == [":skip\nis a word", ":nonsense stays"]


def test_a_dropped_half_typed_answer_is_forgotten_and_a_draft_can_be_left_alone(ana: Run) -> None:  # noqa: F811
    ana("reflect", "--plain", stdin="half")
    first = newest(ana)["id"]
    ana("reflect", "--plain", "--new", "--solo", stdin="")
    ana("reflect", "--plain", "--resume", first, stdin="end\n.\n")
    found = {r["id"]: r for r in ana("list", "--json").json}
    assert answers(found[first]) == ["half\nend"]
    assert len(found) == 2


def test_seal_at_the_end_seals_only_a_reflection_that_was_gone_through(ana: Run) -> None:  # noqa: F811
    ana("reflect", "--plain", "--seal", stdin="One.\n.\n")
    assert newest(ana)["status"] == "draft"
    ana("reflect", "--plain", "--seal", stdin="Two.\n.\nThree.\n.\n")
    assert newest(ana)["status"] == "sealed"


def test_json_keeps_standard_output_for_json(ana: Run) -> None:  # noqa: F811
    done = ana("reflect", "--plain", "--json", stdin="One.\n.\n")
    assert json.loads(done.out)["turns"][0]["answer"] == "One."
    assert "1 of 3" in done.err


def test_undecodable_bytes_and_control_codes_are_mended_with_a_notice(ana: Run) -> None:  # noqa: F811
    done = ana("reflect", "--plain", stdin=b"a\xffb\x00c\r\n.\r\n.\n")
    assert answers(newest(ana)) == ["a\ufffdbc\n.\n"] or answers(newest(ana)) == ["a\ufffdbc"]
    assert "Control codes" in done.out


def test_a_refused_gain_says_why_and_the_next_one_is_taken(ana: Run) -> None:  # noqa: F811
    lines = "a\n.\nb\n.\nc\n.\nkarma: x\nno colon\nskill:\nskill: yes\n:remove 9\n:remove 1\nskill: again\n"
    done = ana("reflect", "--plain", stdin=lines + CLOSING)
    assert "karma" in done.out
    assert [g["text"] for g in newest(ana)["gains"]] == ["again"]


@posix
@pytest.mark.terminal
def test_a_line_longer_than_a_terminals_buffer_arrives_whole(ana: Run, home: Path) -> None:  # noqa: F811
    from tests.terminal.typist import Typist

    long = "".join(f"{n:06d} " for n in range(3000)) + "end"
    assert len(long) > 4096 * 5
    with Typist([sys.executable, "-m", "journal", "reflect", "--plain"], home) as typist:
        typist.wait_for("1 of 3")
        typist.type(long + "\n.\n")
        typist.wait_for("2 of 3")
        typist.type("\x04")
        assert typist.finish() == 0
    assert answers(newest(ana)) == [long]


@posix
@pytest.mark.terminal
@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_an_unfinished_line_survives_a_closed_terminal_and_a_kill(
    ana: Run,  # noqa: F811
    home: Path,  # noqa: F811
    how: signal.Signals,
) -> None:
    from tests.terminal.typist import Typist

    with Typist([sys.executable, "-m", "journal", "reflect", "--plain"], home) as typist:
        typist.wait_for("1 of 3")
        typist.type("first line\nand half a li")
        typist.wait_for("half a li")
        if how is signal.SIGKILL:
            wait_for_draft(home, "half a li")
        os.kill(typist._child, how)
        typist.finish()
    again = ana("reflect", "--plain", stdin="")
    assert "first line\nand half a li" in again.out


def wait_for_draft(home: Path, words: str) -> None:  # noqa: F811
    """Wait for the words to be on disk; the promise is one second, the bound is for a busy machine."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if any(words in p.read_text("utf-8") for p in (home / "drafts").glob("*.json")):
            return
        time.sleep(0.02)
    raise AssertionError("the half-typed words are not on disk")


def test_commands_work_after_a_resume_until_something_is_typed(ana: Run) -> None:  # noqa: F811
    ana("reflect", "--plain", stdin="half line")
    done = ana("reflect", "--plain", stdin=":help\n:drop\nNew words\n:skip\n.\n")
    assert ":keep" in done.out
    assert answers(newest(ana)) == ["New words\n:skip"]
