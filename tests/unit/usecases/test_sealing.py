"""Sealing and the ways back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from journal.bootstrap import Bothways
from journal.clock import SetClock
from journal.errors import NotAllowed, NotFound
from journal.model import Announced, Reflection, Status
from journal.ports import DraftText
from journal.usecases import Start
from tests.unit.usecases.helpers import KEY, texts, write


def test_the_preview_is_what_the_partner_gets(ana: Bothways) -> None:
    r = write(ana, "one", "two", "three", visibility="private", gains=[{"kind": "skill", "text": "g"}])
    chosen = {r.turns[1].id, r.gains[0].id}
    preview = ana.sealing.preview(r.id, chosen)
    assert [i.shared for i in preview.items] == [False, True, False, True]
    assert texts(preview.entry) == ["two"]
    assert ana.sealing.preview(r.id).entry != preview.entry
    ana.sealing.seal(r.id, shared=chosen)
    told = ana.context.store.get(Announced, r.id)
    assert told is not None
    assert '"two"' in told.body
    assert '"one"' not in told.body
    assert not told.released


def test_a_solo_note_is_sealed_for_nobody(ana: Bothways) -> None:
    r = ana.writing.start(Start(solo=True))
    assert ana.sealing.preview(r.id).entry is None
    assert ana.sealing.seal(r.id, open_early=True).opened_early is False
    assert ana.context.store.all(Announced) == []
    with pytest.raises(NotAllowed, match="solo"):
        ana.sealing.open_early(r.id)
    assert ana.sealing.unseal(r.id).status is Status.DRAFT


def test_choices_are_settled_by_sealing(ana: Bothways) -> None:
    r = write(ana, "one", visibility="private")
    with pytest.raises(NotFound):
        ana.sealing.choose(r.id, {"nothing"})
    ana.sealing.choose(r.id, ana.sealing.everything(r.id))
    ana.drafts.save(r.id, "x", DraftText(text="left over"))
    ana.sealing.seal(r.id)
    assert ana.drafts.load(r.id) == {"x": DraftText(text="left over")}
    with pytest.raises(NotAllowed, match="settled"):
        ana.sealing.choose(r.id, set())
    with pytest.raises(NotAllowed, match="already"):
        ana.sealing.seal(r.id)


def test_a_seal_with_an_impossible_choice_stores_nothing(ana: Bothways) -> None:
    r = write(ana, "one")
    with pytest.raises(NotFound):
        ana.sealing.seal(r.id, shared={"nothing"})
    assert ana.reading.get(r.id) == r
    assert ana.context.store.all(Announced) == []


def test_unsealing_takes_everything_back(ana: Bothways) -> None:
    r = write(ana, "one", seal=True)
    assert ana.sealing.can_unseal(r.id)
    back = ana.sealing.unseal(r.id)
    assert (back.status, back.sealed_at) == (Status.DRAFT, None)
    assert ana.context.store.all(Announced) == []
    assert not ana.sealing.can_unseal(r.id)
    with pytest.raises(NotAllowed, match="not sealed"):
        ana.sealing.unseal(r.id)


def test_opening_early_cannot_be_taken_back(ana: Bothways) -> None:
    r = write(ana, "one")
    with pytest.raises(NotAllowed, match="not sealed"):
        ana.sealing.open_early(r.id)
    ana.sealing.seal(r.id)
    opened = ana.sealing.open_early(r.id)
    assert (opened.status, opened.opened_early) == (Status.SEALED, True)
    with pytest.raises(NotAllowed, match="opened it early"):
        ana.sealing.unseal(r.id)


def test_deleting_is_undoable_for_thirty_days(ana: Bothways, clock: SetClock) -> None:
    r, other = write(ana, "one", seal=True), write(ana, "two")
    with pytest.raises(NotFound):
        ana.sealing.delete([r.id, "nothing"])
    assert len(ana.reading.reflections()) == 2
    ana.sealing.delete([r.id])
    assert [x.id for x in ana.reading.reflections()] == [other.id]
    assert ana.context.store.all(Announced) == []
    with pytest.raises(NotFound):
        ana.reading.get(r.id)
    clock.at += timedelta(days=30)
    back = ana.sealing.undelete()
    assert (back.id, back.status, back.deleted_at) == (r.id, Status.SEALED, None)
    assert ana.context.store.get(Announced, r.id) is not None
    with pytest.raises(NotFound, match="Nothing was deleted"):
        ana.sealing.undelete()
    with pytest.raises(NotFound, match="not deleted"):
        ana.sealing.undelete(r.id)
    ana.sealing.delete([r.id])
    clock.at += timedelta(days=30, seconds=1)
    with pytest.raises(NotAllowed, match="30 days"):
        ana.sealing.undelete(r.id)
    clock.at -= timedelta(days=60)
    assert ana.sealing.undelete(r.id).id == r.id


def test_a_deleted_one_does_not_return_over_a_new_one(ana: Bothways) -> None:
    r = write(ana, "one")
    ana.sealing.delete([r.id])
    new = write(ana, "two")
    with pytest.raises(NotAllowed, match="anew"):
        ana.sealing.undelete(r.id)
    ana.sealing.delete([new.id])
    assert ana.sealing.undelete(r.id).session == str(KEY)
    assert len(ana.context.store.all(Reflection)) == 2
