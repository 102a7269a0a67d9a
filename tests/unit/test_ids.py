"""Ids a person can read out."""

from __future__ import annotations

from journal.ids import ALPHABET, new_id


def test_ids_are_short_and_have_no_letters_that_look_alike() -> None:
    assert not set(ALPHABET) & set("01ilo")
    made = {new_id() for _ in range(500)}
    assert len(made) > 495
    assert all(len(id) == 6 and set(id) <= set(ALPHABET) for id in made)
    assert len(new_id(26)) == 26
