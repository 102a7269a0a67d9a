"""All 91 weekly posts of real mentees, replayed through the program as a person or a script would use it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journal.text import clean

DATA = os.environ.get("BOTHWAYS_REAL_DATA")
POSTS = Path(DATA) / "mentee-weekly-posts.jsonl" if DATA else None

pytestmark = pytest.mark.skipif(
    POSTS is None or not POSTS.is_file(),
    reason="BOTHWAYS_REAL_DATA names no folder with mentee-weekly-posts.jsonl",
)


def posts() -> list[dict[str, Any]]:
    assert POSTS is not None
    return [json.loads(line) for line in POSTS.read_text("utf-8").splitlines() if line.strip()]


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    folder = tmp_path / "journal"
    bothways(folder, "init", "--name", "Fury", "--role", "mentee", "--with", "Mentors")
    return folder


def bothways(journal: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "journal", *arguments],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, "BOTHWAYS_JOURNAL": str(journal)},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def written(post: dict[str, Any]) -> list[str]:
    return [clean(answer["answer"]).text for answer in post["answers"]]


def test_every_answer_of_every_post_survives_reflect_seal_show_and_export(journal: Path, tmp_path: Path) -> None:
    ids = []
    for post in posts():
        given = json.dumps({"answers": [a["answer"] for a in post["answers"]], "visibility": "shared"})
        printed = bothways(
            journal,
            "reflect",
            "--answers",
            "-",
            "--date",
            post["date"],
            "--title",
            post["title"],
            "--seal",
            "--json",
            stdin=given,
        )
        ids.append(json.loads(printed)["id"])
    assert len(set(ids)) == len(posts()) == 91

    listed = json.loads(bothways(journal, "list", "--json"))
    assert {r["id"] for r in listed} == set(ids)
    assert all(r["status"] == "sealed" for r in listed)

    for id, post in zip(ids, posts(), strict=True):
        shown = json.loads(bothways(journal, "show", id, "--json"))
        assert [t["answer"] for t in shown["turns"] if t["outcome"] == "answered"] == written(post)

    bothways(journal, "export", "markdown", str(tmp_path / "out"))
    pages = [page.read_bytes().decode() for page in sorted((tmp_path / "out").rglob("*.md"))]
    for post in posts():
        page = next(p for p in pages if all(answer in p for answer in written(post)))
        assert post["date"] in page

    bothways(journal, "export", "markdown", "--single", str(tmp_path / "all.md"))
    whole = (tmp_path / "all.md").read_bytes().decode()
    assert all(answer in whole for post in posts() for answer in written(post))


@pytest.mark.terminal
@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is POSIX's")
def test_posts_typed_into_line_mode_in_a_pseudo_terminal(journal: Path, tmp_path: Path) -> None:
    from tests.terminal.typist import Typist

    chosen = random.Random(7).sample([p for p in posts() if len(p["answers"]) == 3], 6)
    for post in chosen:
        with Typist([sys.executable, "-m", "journal", "reflect", "--plain", "--new"], journal) as typist:
            for number, answer in enumerate(written(post), start=1):
                typist.wait_for(f"{number} of 3")
                typed = "\n".join(".." if line == "." else line for line in answer.split("\n"))
                typist.type(typed + "\n.\n")
            typist.wait_for("What did you receive?")
            typist.type("\n")
            typist.wait_for("What did you offer?")
            typist.type("\n")
            typist.wait_for("What will you do?")
            typist.type("\n")
            typist.wait_for("Who sees what?")
            typist.type("all\n")
            typist.wait_for("[shared]")
            typist.type("seal\n")
            typist.wait_for("is sealed")
            assert typist.finish() == 0
        newest = json.loads(bothways(journal, "list", "--json"))[0]
        assert [t["answer"] for t in newest["turns"] if t["outcome"] == "answered"] == written(post)
    bothways(journal, "export", "markdown", str(tmp_path / "out"))
    pages = "".join(page.read_bytes().decode() for page in sorted((tmp_path / "out").rglob("*.md")))
    assert all(answer in pages for post in chosen for answer in written(post))
