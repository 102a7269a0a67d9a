"""Copies for others: shared words, and nothing that hints at any other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from interchange_journal import SHARED, WHEN, Journal, reflection, solo, turn

from journal.errors import NotAllowed
from journal.model import (
    Direction,
    Gain,
    GainKind,
    Intention,
    JointLine,
    LineKind,
    Offer,
    Outcome,
    Response,
    ResponseKind,
    Source,
    Status,
    Version,
)

KINDS = {"kind": GainKind.SKILL}


@pytest.fixture
def secret(session: Journal) -> Journal:
    """The session, in which everything that must not leave carries the word `7token`, its id included."""
    private = (
        turn("id7token1", "a7token", question="q7token", stage="s7token", stage_title="st7token"),
        turn("id7token2", "b7token", question="f7token", follows="id7token1", source=Source.AI, quote="a7token"),
        # Its own visibility says shared, but it quotes a private answer.
        turn("id7token3", "c7token", question="g7token", follows="id7token1", visibility=SHARED),
        turn("id7token4", "", question="h7token", outcome=Outcome.SKIPPED, visibility=SHARED),
        turn("id7token5", "", question="i7token", outcome=Outcome.ASKED, visibility=SHARED),
        turn("id7token6", "", question="j7token", outcome=Outcome.DISMISSED, visibility=SHARED),
    )
    open_ = turn("open2222", "kept", visibility=SHARED, earlier=(Version(text="earlier7token", until=WHEN),))
    mine = reflection(
        title="title7token",
        status=Status.OPEN,
        turns=(private[0], open_, *private[1:]),
        gains=(
            Gain(id="id7token7", direction=Direction.TO_MENTEE, text="gain7token", **KINDS),
            Gain(id="openg222", direction=Direction.TO_MENTEE, text="kept gain", visibility=SHARED, **KINDS),
        ),
        offers=(Offer(id="id7token8", text="offer7token", **KINDS),),
        intentions=(Intention(id="id7token9", text="plan7token", owner="owner7token"),),
        offered=("offered7token",),
        at="id7token5",
        revision=77,
    )
    session.put(
        mine,
        solo(title="solo7token", turns=(turn("id7tokena", "note7token"),)),
        solo(
            "note44",
            title="name7token",
            turns=(turn("noteopen", "shared note", visibility=SHARED), turn("id7tokenb", "n7token")),
        ),
    )
    return session


def test_no_byte_of_anything_private_leaves(secret: Journal, tmp_path: Path):
    for number, options in enumerate([{}, {"include_partner": True}, {"single": True}, {"only": "abc234"}]):
        dest = tmp_path / f"out{number}"
        secret.export(dest, to_share=True, **options)
        paths = [dest, *dest.rglob("*")]
        for path in paths:
            assert "7token" not in path.name
            assert path.is_dir() or "7token" not in path.read_text("utf-8")
        assert any("kept gain" in p.read_text("utf-8") for p in paths if p.is_file())


def test_private_things_leave_no_trace(journal: Journal, tmp_path: Path):
    kept = turn("open2222", "kept", visibility=SHARED)
    pages = []
    for private in ((), (turn("hidden", "x"), turn("waiting", "", outcome=Outcome.ASKED))):
        journal.put(reflection(turns=(*private, kept), revision=1 + len(private), title="t" * len(private)))
        pages.append(journal.export(tmp_path / "out", to_share=True))
    assert pages[0] == pages[1]


def test_the_partners_words_leave_only_when_named(session: Journal):
    hers = ["I have been that colleague", "read my silence as anger", "laughed", "How I decline", "Swap the roles"]
    without = session.app.exporter.preview_to_share()
    including = session.app.exporter.preview_to_share(include_partner=True)
    assert not any(words in without for words in hers)
    assert all(words in including for words in hers)
    assert "pri234" not in without
    assert "went each way" not in without


def test_replies_leave_only_with_the_words_they_reply_to(session: Journal):
    reply = "I never knew. I read it as thinking."
    assert reply not in session.app.exporter.preview_to_share()
    assert reply in session.app.exporter.preview_to_share(include_partner=True)


def test_marks_of_a_shared_copy_hold_no_times_and_no_salt(session: Journal):
    later = WHEN + timedelta(days=2)
    session.put(
        Response(
            id="r9", pair="pair22", session="2026-11-20", entry="abc234", kind=ResponseKind.THANKS,
            created=WHEN, mine=False, read_at=later,
        ),
        JointLine(
            id="l9", pair="pair22", session="2026-11-20", kind=LineKind.NOTE, text="x", created=WHEN, mine=True,
            edited_at=later,
        ),
    )  # fmt: skip
    page = session.app.exporter.preview_to_share(include_partner=True)
    marks = [line for line in page.splitlines() if line.startswith("<!-- bothways:")]
    assert marks
    for word in ("salt", "revision", "_at", "created", "pair22", "earlier", "agenda"):
        assert not any(word in line for line in marks)


@pytest.mark.parametrize("options", [{}, {"include_partner": True}, {"only": "abc234"}])
def test_the_preview_is_what_is_written(session: Journal, tmp_path: Path, options: dict[str, object]):
    preview = session.app.exporter.preview_to_share(**options)
    (page,) = session.export(tmp_path / "out", to_share=True, **options).values()
    assert preview == page


def test_a_preview_of_several_files_names_each(secret: Journal, tmp_path: Path):
    preview = secret.app.exporter.preview_to_share()
    for name, page in secret.export(tmp_path / "out", to_share=True).items():
        assert f"────  {name}\n\n{page}" in preview


def test_a_reflection_that_shares_nothing_is_refused_by_name(journal: Journal, tmp_path: Path):
    written = journal.write(answers=["mine alone"])
    with pytest.raises(NotAllowed, match=written.id):
        journal.export(only=written.id, to_share=True)
    report = journal.app.exporter.export_markdown(tmp_path / "out", to_share=True)
    assert report.sentence.startswith("There is nothing shared")
    assert not (tmp_path / "out").exists()


def test_a_pair_of_one_exports_one_reflection_to_send(journal: Journal, tmp_path: Path):
    written = journal.write(answers=["for you", {"text": "for me", "visibility": "private"}], visibility="shared")
    (page,) = journal.export(tmp_path / "for Priya.md", single=True, only=written.id, to_share=True).values()
    assert "for you" in page
    assert "for me" not in page
