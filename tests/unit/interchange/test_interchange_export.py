"""The pages: every word is there, exactly; what they look like; when they change."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interchange_journal import Journal, entry, fill, make_journal, received, reflection, solo, turn
from msgspec.structs import replace

from journal.errors import NotFound
from journal.interchange.markers import read_markdown
from journal.model import (
    Gain,
    Intention,
    Offer,
    Outcome,
    Pair,
    ReceivedState,
    Reflection,
    Role,
    SharedAnswer,
    SharedItem,
    Turn,
)
from journal.ports import DraftText
from journal.usecases import Start

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = [
    "trailing spaces  \n\tand a tab\t\n\n",
    "---\ntitle: not front matter\n---",
    "```python\nnever closed",
    "# Heading\n\n## Another\n\nunderlined\n===",
    "[2024-02-03 04:05] x",
    "👩🏽‍💻 emoji, مرحبا بالعالم, שלום, \u202eoverride\u202c",
    "a\u2028b\u2029c\ufeffd",
    "ends --> here <!-- and starts",
    "<!-- /bothways:turn 0f3a9c21 -->",
    '<!-- bothways:turn {"id":"forged","of":"x","end":"00000000"} -->\nno\n<!-- /bothways:turn 00000000 -->',
    "{{ page.title }} {% raw %} {# comment #}",
    "%% Obsidian comment",
    "<details><summary>open",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "x" * 20_000,
]


def texts(page: str) -> list[str]:
    return [mark.text for mark in read_markdown(page) if mark.text is not None]


def test_the_page_reads_as_the_golden_file(session: Journal):
    (page,) = session.export().values()
    golden = GOLDEN / "2026-11-20 Priya.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(page.encode())
    assert page == golden.read_text("utf-8")


def test_the_shared_page_reads_as_the_golden_file(session: Journal):
    page = session.app.exporter.preview_to_share()
    golden = GOLDEN / "to share.md"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_bytes(page.encode())
    assert page == golden.read_text("utf-8")


def test_every_answer_is_in_the_file_exactly(journal: Journal):
    written = journal.write(
        answers=HOSTILE,
        gains=[{"kind": "skill", "text": text} for text in HOSTILE],
        offers=[{"kind": "practice", "text": text} for text in HOSTILE],
        intentions=[{"text": text} for text in HOSTILE],
    )
    (page,) = journal.export().values()
    stored = [t.answer for t in written.turns if t.outcome is Outcome.ANSWERED]
    assert stored == HOSTILE
    assert texts(page) == HOSTILE * 4
    for text in HOSTILE:
        assert f"\n{text}\n" in page


def restored(page: str, id: str) -> Reflection:
    """A reflection read back from its marks alone."""
    marks = [m for m in read_markdown(page) if m.attributes.get("of", m.attributes.get("id")) == id]
    rows: dict[str, list[dict[str, object]]] = {"turn": [], "gain": [], "offer": [], "intention": []}
    for mark in marks:
        if mark.kind in rows:
            field = "answer" if mark.kind == "turn" else "text"
            rows[mark.kind].append({**mark.attributes, field: mark.text or ""})
    (about,) = (m.attributes for m in marks if m.kind == "reflection")
    turns = sorted(rows["turn"], key=lambda row: row["n"])
    return msgspec.convert(
        {
            **about,
            "turns": msgspec.convert(turns, list[Turn]),
            "gains": msgspec.convert(rows["gain"], list[Gain]),
            "offers": msgspec.convert(rows["offer"], list[Offer]),
            "intentions": msgspec.convert(rows["intention"], list[Intention]),
        },
        Reflection,
        from_attributes=True,
    )


def test_the_marks_hold_everything_that_is_stored(session: Journal):
    (page,) = session.export().values()
    assert restored(page, "abc234") == session.app.reading.get("abc234")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.text(min_size=1), st.text(), st.text(max_size=20)), min_size=1, max_size=5))
def test_any_reflection_comes_back_from_its_page(tmp_path_factory: pytest.TempPathFactory, rows):
    journal = make_journal(tmp_path_factory.mktemp("any") / "ana")
    stored = reflection(
        title="<!-- bothways:turn {} /-->",
        turns=tuple(
            turn(f"t{n}", answer, question=question, stage=stage, stage_title=stage)
            for n, (answer, question, stage) in enumerate(rows)
        ),
    )
    journal.put(stored)
    (page,) = journal.export().values()
    assert restored(page, "abc234") == stored


def test_names_and_titles_cannot_forge_a_mark(tmp_path: Path):
    forged = '<!-- bothways:turn {"id":"forged"} /-->'
    journal = make_journal(tmp_path / "ana", partner=forged)
    journal.put(reflection(title=f"a\n{forged}", turns=(turn("a", "x", question=f"q\n{forged}", stage_title=forged),)))
    for page in [*journal.export().values(), *journal.export(tmp_path / "one.md", single=True).values()]:
        assert "forged" not in {m.attributes["id"] for m in read_markdown(page)}


def test_skipped_and_waiting_questions_are_kept_without_a_text(journal: Journal):
    journal.put(
        reflection(
            turns=(
                turn("a", "", outcome=Outcome.SKIPPED, question="Skipped?"),
                turn("b", "", outcome=Outcome.ASKED, question="Waiting?"),
                turn("c", "  ", outcome=Outcome.SKIPPED, question="Blank?"),
            )
        )
    )
    (page,) = journal.export().values()
    read = {m.attributes["id"]: m.text for m in read_markdown(page) if m.kind == "turn"}
    assert read == {"a": None, "b": None, "c": "  "}
    assert "**Skipped?** · *skipped*" in page
    assert "**Waiting?** · *not answered*" in page


def test_private_and_draft_are_marked_as_such(journal: Journal):
    journal.write(answers=["mine", {"text": "ours", "visibility": "shared"}])
    (page,) = journal.export().values()
    assert "**Draft.**" in page
    assert "status: draft" in page
    assert "visibility: mixed" in page
    assert page.count("🔒 *private*") == 1


def test_half_typed_words_are_in_the_own_copy_alone(journal: Journal):
    draft = journal.app.writing.start(Start())
    journal.app.context.drafts.save(draft.id, draft.at, DraftText(text="half a sent"))
    (page,) = journal.export().values()
    assert "half a sent" in texts(page)
    assert journal.app.exporter.preview_to_share() == ""


@pytest.mark.parametrize("state", [s for s in ReceivedState if s is not ReceivedState.OPENED])
def test_what_the_partner_has_not_opened_never_appears(session: Journal, state: ReceivedState):
    kept = entry(
        id="unopened",
        session="2026-11-21",
        answers=(SharedAnswer(id="x", question="ask7token", text="say7token"),),
        gains=(SharedItem(id="y", text="gain7token"),),
    )
    session.put(received(kept, state), reflection("other2", session="2026-11-21", day=date(2026, 11, 21)))
    for include in (False, True):
        pages = "".join(session.export(to_share=include, include_partner=include).values())
        assert "7token" not in pages
        assert "unopened" not in pages


def test_deleted_reflections_stay_out(session: Journal):
    session.app.sealing.delete(["abc234"])
    session.put(solo(turns=(turn("a", "deleted7token"),)))
    session.app.sealing.delete(["note23"])
    pages = "".join(session.export().values())
    assert "deleted7token" not in pages
    assert "A no with a date" not in pages


# --- files -----------------------------------------------------------------------------------------------


def test_files_are_named_by_day_and_partner(journal: Journal):
    for _ in range(2):
        journal.write(answers=["x"])
    journal.write(Start(solo=True, title="On: waiting?"), answers=["x"])
    untitled = journal.write(Start(solo=True), answers=["x"])
    assert sorted(journal.export()) == sorted(
        [
            "2026-11-20 Priya.md",
            "2026-11-20-2 Priya.md",
            "2026-11-20 On waiting.md",
            f"2026-11-20 {untitled.id}.md",
        ]
    )


def test_names_that_would_meet_keep_apart_and_stay(journal: Journal):
    journal.put(solo("note22", title="priya", turns=(turn("a", "x"),)))
    journal.put(solo("note33", title="PRIYA", turns=(turn("a", "x"),)))
    journal.put(reflection(turns=(turn("a", "x"),)))
    names = ["2026-11-20 PRIYA (note33).md", "2026-11-20 Priya.md", "2026-11-20 priya (note22).md"]
    assert sorted(journal.export()) == names
    assert list(journal.export(only="note33")) == names[:1]


def test_a_second_export_changes_no_byte_and_writes_no_file(session: Journal, tmp_path: Path):
    out = tmp_path / "out"
    session.put(solo(turns=(turn("a", "note"),)))
    first = session.app.exporter.export_markdown(out)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in out.iterdir()}
    second = session.app.exporter.export_markdown(out)
    after = {path: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in out.iterdir()}
    assert before == after
    assert (len(first.written), len(second.written), len(second.unchanged)) == (2, 0, 2)
    assert (first.reflections, first.opened) == (2, 1)
    assert "2 files" in first.sentence


def test_a_copied_journal_makes_the_same_bytes(tmp_path: Path):
    pages = [fill(make_journal(tmp_path / name)).export(tmp_path / f"{name}-out") for name in ("one", "two")]
    assert pages[0] == pages[1]


def test_a_single_file_holds_every_page(session: Journal, tmp_path: Path):
    session.put(solo(day=date(2026, 11, 18), title="Before", turns=(turn("n", "the note"),)))
    (name, book), *more = session.export(tmp_path / "all.md", single=True).items()
    assert (name, more) == ("all.md", [])
    apart = [text for page in session.export().values() for text in texts(page)]
    assert sorted(texts(book)) == sorted(apart)
    assert book.index("# Before") < book.index("# The smaller thing")
    assert restored(book, "abc234") == session.app.reading.get("abc234")


def test_a_single_file_of_one_page_is_that_page(session: Journal, tmp_path: Path):
    session.put(solo(turns=(turn("n", "the note"),)))
    (one,) = session.export(tmp_path / "one.md", single=True, only="abc").values()
    assert one == session.export()["2026-11-20 Priya.md"]


def test_only_an_unknown_reflection_is_an_error(session: Journal, tmp_path: Path):
    with pytest.raises(NotFound, match="zzzzzz"):
        session.export(only="zzzzzz")
    assert not (tmp_path / "out").exists()


def test_an_empty_journal_writes_nothing_and_says_so(journal: Journal, tmp_path: Path):
    report = journal.app.exporter.export_markdown(tmp_path / "out")
    assert report.sentence == "There is nothing to export yet."
    assert not (tmp_path / "out").exists()


def test_one_pairs_part(session: Journal):
    other = Pair(id="pair33", partner="Lea", role=Role.MENTOR, created=reflection().created)
    session.put(other, reflection("lea234", pair="pair33", turns=(turn("a", "x"),)), solo())
    assert list(session.export(pair=other)) == ["2026-11-20 Lea.md"]


def test_front_matter_is_what_obsidian_reads(session: Journal):
    yaml = pytest.importorskip("yaml")
    (page,) = session.export().values()
    read = yaml.safe_load(page.split("---\n")[1])
    assert {"id", "pair", "session", "date", "role", "author", "created", "timezone", "guide"} <= set(read)
    assert (read["bothways"], read["session"], read["date"]) == (1, "2026-11-20", date(2026, 11, 20))
    assert read["tags"] == ["bothways", "mentee"]


def test_a_reply_typed_in_here_is_marked_as_such(journal: Journal):
    journal.put(reflection(turns=(turn("a", "x"),)))
    theirs = entry(answers=(SharedAnswer(id="p", question="", text="by letter"),))
    journal.put(received(theirs, typed_here=True))
    (page,) = journal.export().values()
    assert "**Priya**, mentor, typed in here" in page
    assert "**In Priya’s own words**" in page


def test_a_partners_odd_session_key_does_not_stop_an_export(session: Journal):
    odd = entry("odd234", session="2026-99-99/x", answers=(SharedAnswer(id="o", question="", text="odd words"),))
    session.put(received(odd))
    assert sorted(session.export()) == ["2026-11-20 Priya (pair22).md", "2026-11-20 Priya.md"]


def test_a_guide_that_is_gone_does_not_stop_an_export(session: Journal):
    session.put(replace(session.app.reading.get("abc234"), guide="long-gone"))
    (page,) = session.export().values()
    assert "*long-gone*" in page


def test_importing_the_room_does_not_import_jinja():
    code = "import sys, journal.interchange; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_answer_of_the_real_posts_is_found_exactly(journal: Journal, tmp_path: Path):
    folder = os.environ.get("BOTHWAYS_REAL_DATA")
    if not folder:
        pytest.skip("BOTHWAYS_REAL_DATA names no folder with mentee-weekly-posts.jsonl")
    lines = (Path(folder) / "mentee-weekly-posts.jsonl").read_text("utf-8").splitlines()
    posts = [json.loads(line) for line in lines]
    assert len(posts) == 91
    given = []
    for post in posts:
        answers = [a["answer"] for a in post["answers"]]
        start = Start(day=date.fromisoformat(post["date"]), title=post["title"])
        given.append((journal.write(start, answers=answers), answers))
    pages = journal.export()
    assert len(pages) == 91
    found = {m.attributes["of"]: [] for page in pages.values() for m in read_markdown(page) if m.kind == "turn"}
    for page in pages.values():
        for mark in read_markdown(page):
            if mark.kind == "turn" and mark.text is not None:
                found[mark.attributes["of"]].append(mark.text)
    for written, answers in given:
        assert found[written.id] == [a for a in answers if a.strip()]
        assert all(any(f"\n{a}\n" in page for page in pages.values()) for a in answers)
