"""Finding things again."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from journal.bootstrap import Bothways
from journal.errors import Ambiguous, NotFound
from journal.model import Reflection, SessionKey, Status
from journal.usecases import Start
from tests.conftest import PairOfTwo
from tests.unit.usecases.helpers import DAY, KEY, write


def renamed(app: Bothways, r: Reflection, id: str) -> None:
    with app.context.store.begin() as tx:
        tx.remove(Reflection, r.id)
        tx.put(replace(r, id=id))


def test_ids_by_their_beginning(ana: Bothways) -> None:
    renamed(ana, write(ana, "x"), "abcdef")
    renamed(ana, write(ana, "y"), "abcxyz")
    renamed(ana, write(ana, "z"), "abcde2")
    assert ana.reading.get("ABCdef ").id == "abcdef"
    assert ana.reading.get("abcx").id == "abcxyz"
    with pytest.raises(Ambiguous, match="abcde2, abcdef"):
        ana.reading.get("abcde")
    for nothing in ("a", "", "zz", "abcdefg"):
        with pytest.raises(NotFound):
            ana.reading.get(nothing)
    ana.sealing.delete(["abcde2"])
    assert ana.reading.get("abcde").id == "abcdef"


def test_lists_are_newest_first_by_number(ana: Bothways) -> None:
    for number in (1, 2, 10):
        write(ana, "x", session=SessionKey(DAY, number))
    write(ana, "x", session=SessionKey(date(2026, 11, 21)), seal=True)
    assert [r.session for r in ana.reading.reflections()] == [
        "2026-11-21", "2026-11-20/10", "2026-11-20/2", "2026-11-20",
    ]  # fmt: skip
    assert len(ana.reading.reflections(status=Status.SEALED)) == 1
    assert len(ana.reading.reflections(pair=ana.people.pair())) == 4


def test_search_finds_words_whatever_case_and_accents(ana: Bothways) -> None:
    r = write(
        ana,
        "We met at the Café.\nI said\nno, kindly.",
        gains=[{"kind": "skill", "text": "a café in Évora"}],
        offers=[{"kind": "skill", "text": "coffee"}],
        intentions=[{"text": "go to the CAFE"}],
    )
    ana.writing.set_title(r.id, "Cafe day")
    hits = ana.reading.search("cafe")
    assert [(h.where, h.text[slice(*h.spans[0])]) for h in hits] == [
        ("title", "Cafe"), ("answer", "Café"), ("gain", "café"), ("intention", "CAFE"),
    ]  # fmt: skip
    assert all(h.mine and h.id == r.id and h.session == str(KEY) for h in hits)
    assert [h.where for h in ana.reading.search("cafe evora")] == ["gain"]
    assert [h.where for h in ana.reading.search("“said no”")] == ["answer"]
    assert ana.reading.search('"no said"') == []
    assert ana.reading.search("absent") == ana.reading.search("  ") == ana.reading.search('""') == []
    assert len(ana.reading.search("cafe", limit=2)) == 2
    assert ana.reading.search("cafe", limit=0) == []
    ana.sealing.delete([r.id])
    assert ana.reading.search("cafe") == []


def test_overlapping_spans_are_one(ana: Bothways) -> None:
    write(ana, "nothing")
    assert ana.reading.search("not nothing thing")[0].spans == [(0, 7)]


def test_an_excerpt_shows_the_first_hit(ana: Bothways) -> None:
    write(ana, "lead " * 100 + "needle\nhere " + "tail " * 100)
    hit = ana.reading.search("needle")[0]
    text, spans = hit.excerpt(80)
    assert text.startswith("…")
    assert text.endswith("…")
    assert "\n" not in text
    assert [text[a:b] for a, b in spans] == ["needle"]


def test_an_earlier_and_a_skipped_text_are_not_found(ana: Bothways) -> None:
    r = write(ana, "before")
    ana.writing.edit(r.id, r.turns[0].id, "after")
    assert ana.reading.search("before") == []


def test_of_the_partner_only_what_is_open_is_found(pair_of_two: PairOfTwo) -> None:
    ana, priya, _ = pair_of_two
    mine = write(ana, "ANAWORDS", seal=True)
    pair_of_two.sync()
    assert priya.reading.search("anawords") == []
    with pytest.raises(NotFound):
        priya.reading.find(mine.id)
    write(priya, "PRIYAWORDS", seal=True)
    pair_of_two.sync()
    hit = priya.reading.search("anawords")[0]
    assert (hit.id, hit.author, hit.mine) == (mine.id, "Ana", False)
    assert priya.reading.find(mine.id[:4]).theirs is not None
    with pytest.raises(NotFound, match="not written by you"):
        priya.reading.get(mine.id)
    ana.together.note(KEY, "NOTEWORDS")
    pair_of_two.sync()
    assert [(h.where, h.author, h.mine) for h in priya.reading.search("notewords")] == [("line", "Ana", False)]


def test_a_solo_note_is_found_too(ana: Bothways) -> None:
    r = write(ana, "alone", start=Start(solo=True))
    assert [h.id for h in ana.reading.search("alone")] == [r.id]
