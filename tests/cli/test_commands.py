"""The other commands, alone and between two journals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from journal import __version__
from tests.cli.conftest import Run

ANSWERS = json.dumps(
    {
        "answers": ["I froze when we role-played it.", "I learned that silence is not anger."],
        "gains": [{"kind": "skill", "text": "saying no with a date"}],
        "offers": [{"kind": "practice", "text": "the ward's handover form"}],
        "visibility": "shared",
    }
)
REPLY = json.dumps(
    {
        "answers": ["She froze, and I let the silence stand."],
        "gains": [{"kind": "knowledge", "text": "how juniors read my silence"}],
        "offers": [{"kind": "skill", "text": "how I decline"}],
        "visibility": "shared",
    }
)


def written(run: Run, *options: str, journal: Path | None = None, text: str = ANSWERS) -> str:
    done = run("reflect", "--answers", "-", "--date", "2026-11-20", "--json", *options, stdin=text, journal=journal)
    assert done.code == 0, done.err
    id: str = done.json["id"]
    return id


def test_version_help_and_module() -> None:
    commands = [["--version"], ["--help"], ["reflect", "--help"], ["completion", "zsh"], ["completion", "fish"]]
    if sys.platform == "linux":  # Other systems may have a bash too old for completion, and say so.
        commands.append(["completion", "bash"])
    for command in commands:
        done = subprocess.run([sys.executable, "-m", "journal", *command], capture_output=True, text=True, check=True)
        assert done.stdout.strip()
        assert done.stderr == ""
    assert (
        __version__
        in subprocess.run(
            [sys.executable, "-m", "journal", "--version"], capture_output=True, text=True, check=True
        ).stdout
    )


def test_init_in_a_missing_and_in_an_empty_folder_and_never_twice(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "a" / "b" / "missing"):
        assert run("init", "--name", "Ana", "--role", "mentee", "--with", "Priya", journal=folder).code == 0
        again = run("init", "--name", "Bea", "--role", "mentor", "--with", "Priya", journal=folder)
        assert again.code == 1
        assert "Ana" in again.err
        if os.name == "posix":
            assert (folder / "journal.jsonl").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["", "   ", "\x00", "x" * 61])
def test_unusable_names_are_refused(run: Run, home: Path, name: str) -> None:
    assert run("init", "--name", name, "--with", "Priya").code == 1
    assert run("init", "--name", "Ana", "--with", name).code == 1
    assert not (home / "journal.jsonl").exists()


def test_without_a_journal_every_command_says_how_to_make_one(run: Run) -> None:
    commands = [
        ("list",),
        ("show", "abc"),
        ("search", "x"),
        ("review", "2026-11-20"),
        ("sync",),
        ("delete", "abc"),
        ("reflect", "--plain"),
        ("reflect", "--answers", "-"),
    ]
    for command in commands:
        done = run(*command, stdin=ANSWERS)
        assert done.code == 1, command
        assert "bothways init" in done.err
        assert done.out == ""


def test_without_a_terminal_the_app_says_so(ana: Run) -> None:
    for command in ((), ("reflect",), ("demo",)):
        done = ana(*command)
        assert done.code == 1
        assert "terminal" in done.err
    assert ana("list", "--json").json == []


def test_list_shows_everything_without_a_limit_and_only_json(ana: Run) -> None:
    for _ in range(25):
        written(ana)
    assert len(ana("list", "--json").json) == 25
    assert len(ana("list", "-n", "3", "--json").json) == 3
    assert len(ana("list").out.splitlines()) == 25


def test_ids_are_short_and_a_beginning_is_enough(ana: Run) -> None:
    id = written(ana)
    assert len(id) == 6
    assert ana("show", id[:4].upper()).code == 0
    done = ana("show", "zzzzzz")
    assert (done.code, done.out) == (1, "")


def test_search_finds_words_and_nothing_is_no_error(ana: Run) -> None:
    id = written(ana)
    hits = ana("search", "ROLE-played", "froze", "--json").json
    assert [h["id"] for h in hits] == [id]
    assert "role-played" in hits[0]["text"]
    done = ana("search", "zebra", "--json")
    assert (done.code, done.json) == (0, [])


def test_edit_keeps_the_earlier_text(ana: Run) -> None:
    id = written(ana)
    changed = ana("edit", id, "--answer", "1", "--text", "I waited.", "--json").json
    assert changed["turns"][0]["answer"] == "I waited."
    assert changed["turns"][0]["earlier"][0]["text"] == "I froze when we role-played it."
    assert ana("edit", id, "--text", "x").code == 1
    assert ana("edit", id, "--answer", "9", "--text", "x").code == 1
    assert ana("edit", id, "--title", "The pause", "--json").json["title"] == "The pause"


def test_seal_unseal_and_edit_between(ana: Run) -> None:
    id = written(ana)
    assert ana("seal", id, "--json").json["status"] == "sealed"
    assert ana("seal", id).code == 1
    assert ana("edit", id, "--answer", "1", "--text", "x").code == 1
    assert ana("unseal", id, "--json").json["status"] == "draft"
    assert ana("unseal", id).code == 1


def test_the_preview_seals_nothing_and_shows_what_the_other_will_see(ana: Run) -> None:
    id = written(ana, text=json.dumps({"answers": ["KEEPME", {"text": "SHOWME", "visibility": "shared"}]}))
    shown = ana("seal", id, "--preview", "--json").json
    assert "KEEPME" not in json.dumps(shown["entry"])
    assert "SHOWME" in json.dumps(shown["entry"])
    assert ana("show", id, "--json").json["status"] == "draft"


def test_delete_can_be_undone(ana: Run) -> None:
    id = written(ana)
    assert ana("delete", id).code == 0
    assert ana("list", "--json").json == []
    assert ana("show", id).code == 1
    assert ana("undelete").code == 0
    assert [r["id"] for r in ana("list", "--json").json] == [id]
    assert ana("undelete").code == 1


def test_a_deletion_that_names_an_unknown_id_deletes_nothing(ana: Run) -> None:
    id = written(ana)
    assert ana("delete", id, "zzzzzz").code == 1
    assert len(ana("list", "--json").json) == 1


def test_move_hangs_it_on_another_session(ana: Run) -> None:
    id = written(ana)
    assert ana("move", id, "2026-11-19/2", "--json").json["session"] == "2026-11-19/2"
    assert ana("move", id, "last week").code == 1


def test_two_people_write_blind_and_open_together(both: tuple[Run, Path, Path]) -> None:
    run, _, priya = both
    ana_id = written(run, "--seal")
    run("sync")
    run("sync", journal=priya)
    before = run("review", "2026-11-20", "--json", journal=priya).json
    assert (before["ready"], before["theirs"], before["states"]["theirs"]) == (False, None, "sealed")
    assert run("search", "froze", "--json", journal=priya).json == []

    priya_id = written(run, "--seal", journal=priya, text=REPLY)
    for journal in (priya, None, priya):
        assert run("sync", journal=journal).code == 0
    for journal in (None, priya):
        review = run("review", "2026-11-20", "--json", journal=journal).json
        assert review["ready"] is True
        gains = review["exchange"]["gains"]
        assert [(g["receiver"], g["blind_gift"]) for g in gains] == [("Priya", True), ("Ana", False)]
        assert review["exchange"]["balance"] == {"mentor-to-mentee": 1, "mentee-to-mentor": 1, "together": 0}
    assert ana_id in [h["id"] for h in run("search", "froze", "--json", journal=priya).json]
    assert run("show", ana_id, journal=priya).code == 0
    assert run("unseal", priya_id, journal=priya).code == 1

    assert run("respond", "2026-11-20", "Thank you.", "--kind", "thanks").code == 0
    assert run("note", "2026-11-20", "We talk about silence.").code == 0
    line = run("agree", "2026-11-20", "one no by Friday", "--due", "2026-11-27", "--json").json
    run("sync")
    run("sync", journal=priya)
    assert run("tick", line["id"], journal=priya).code == 0
    run("sync", journal=priya)
    run("sync")
    for journal in (None, priya):
        review = run("review", "2026-11-20", "--json", journal=journal).json
        assert [r["author"] for r in review["responses"]] == ["Ana"]
        assert [n["text"] for n in review["notes"]] == ["We talk about silence."]
        assert review["agreed"][0]["done_at"] is not None
    done = run("sync")
    assert done.code == 0


def test_responding_before_both_are_open_is_refused(both: tuple[Run, Path, Path]) -> None:
    run, _, _ = both
    written(run, "--seal")
    assert run("respond", "2026-11-20", "x").code == 1
    assert run("note", "2026-11-20", "x").code == 1
    assert run("review", "2026-01-01").code == 1


def test_a_partner_without_bothways_can_be_sent_one_and_their_reply_typed_in(ana: Run, tmp_path: Path) -> None:
    id = written(ana)
    assert ana("reply", "2026-11-20", "--answers", "-", stdin=REPLY).code == 1
    assert ana("seal", id).code == 0
    out = tmp_path / "to-send.md"
    assert ana("export", "markdown", str(out), "--single", "--only", id, "--to-share", "--yes").code == 0
    assert "I froze" in out.read_text("utf-8")
    review = ana("reply", "2026-11-20", "--answers", "-", "--json", stdin=REPLY).json
    assert review["ready"] is True
    assert review["theirs"]["author"] == "Priya"
    assert ana("reply", "2026-11-20", "--answers", "-", stdin=REPLY).code == 1


def test_a_reply_can_be_typed_in_line_by_line(ana: Run) -> None:
    written(ana, "--seal")
    typed = "She froze.\n.\nI learned to wait.\n..\n.\n.\nknowledge: how juniors read me\n\nskill: how I decline\n\n"
    review = ana("reply", "2026-11-20", "--json", stdin=typed).json
    assert [a["text"] for a in review["theirs"]["answers"]] == ["She froze.", "I learned to wait.\n."]
    assert review["exchange"]["gains"][0]["receiver"] == "Priya"


def test_joining_needs_a_yes_and_a_whole_invitation(both: tuple[Run, Path, Path], tmp_path: Path) -> None:
    run, _, _ = both
    assert run("join", str(tmp_path / "invitation.txt")).code == 1
    (tmp_path / "cut.txt").write_text((tmp_path / "invitation.txt").read_text()[:120])
    done = run("join", str(tmp_path / "cut.txt"), "--yes")
    assert done.code == 1
    assert "invitation" in done.err


def test_a_file_that_is_no_journal_is_left_alone(ana: Run, home: Path) -> None:
    path = home / "journal.jsonl"
    good = path.read_bytes()
    for content in (b"", b"[]", b"{}\n", good[:40]):
        path.write_bytes(content)
        for command in (("list",), ("reflect", "--answers", "-"), ("init", "--name", "Ana")):
            done = ana(*command, stdin=ANSWERS)
            assert done.code == 1
            assert len(done.err.strip().splitlines()) == 1
        assert path.read_bytes() == content
    path.unlink()
    done = ana("init", "--name", "Ana")
    assert done.code == 1
    assert "missing" in done.err
    assert not path.exists()


def test_a_journal_from_the_future_can_be_read_and_is_not_written(ana: Run, home: Path) -> None:
    from journal.store.lines import Header, decode_header, encode_header

    written(ana)
    path = home / "journal.jsonl"
    first, rest = path.read_bytes().split(b"\n", 1)
    header = decode_header(first)
    assert header is not None
    future = encode_header(Header(schema=99, journal=header.journal)) + rest
    path.write_bytes(future)
    listed = ana("list", "--json")
    assert listed.code == 0
    assert len(listed.json) == 1
    assert "newer Bothways" in listed.err
    done = ana("reflect", "--answers", "-", stdin=ANSWERS)
    assert done.code == 1
    assert "newer Bothways" in done.err
    assert path.read_bytes() == future


def test_settings_are_kept_with_the_writers_comments(ana: Run, home: Path) -> None:
    assert ana("settings", "guide", "exchange").code == 0
    path = home / "settings.toml"
    path.write_text(path.read_text("utf-8") + "# mine\n", "utf-8")
    assert ana("settings", "sync_seconds", "30").code == 0
    assert "# mine" in path.read_text("utf-8")
    assert ana("settings", "--json").json["sync_seconds"] == 30
    assert written(ana)
    assert ana("list", "--json").json[0]["guide"] == "exchange"
    assert ana("settings", "sync_seconds", "soon").code == 1
    assert ana("settings", "colour", "red").code == 1
    path.write_text("guide = [", "utf-8")
    assert ana("list").code == 1


def test_the_sample_journal_can_be_kept_and_read(run: Run, tmp_path: Path) -> None:
    done = run("demo", "--folder", str(tmp_path / "sample"))
    assert done.code == 0
    ana = tmp_path / "sample" / "Ana"
    listed = run("list", "--json", journal=ana).json
    assert len(listed) >= 10
    review = run("review", "2026-11-10", "--json", journal=ana).json
    assert review["ready"] is True
    opened = [r["session"] for r in listed if r["status"] == "open"]
    gifts = [
        g["text"]
        for key in opened
        for g in run("review", key, "--json", journal=ana).json["exchange"]["gains"]
        if g["blind_gift"]
    ]
    assert len(gifts) >= 2
    assert run("demo", "--folder", str(tmp_path / "sample")).code == 1


def test_nothing_below_the_app_needs_textual(tmp_path: Path) -> None:
    script = (
        "import sys; from journal.cli import main; import journal.cli.read, journal.cli.write, journal.demo,"
        " journal.plain.reflect, journal.coach, journal.bank; main(['list', '--json']);"
        "bad = {'textual', 'rich', 'openai', 'httpx2'} & set(sys.modules); sys.exit(f'{bad}' if bad else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={**os.environ, "BOTHWAYS_JOURNAL": str(tmp_path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_version_imports_no_store(tmp_path: Path) -> None:
    script = (
        "import sys; from journal.cli import main; main(['--version']);"
        "bad = {'tinydb', 'msgspec', 'jinja2', 'textual'} & set(sys.modules);"
        "sys.exit(f'{bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
