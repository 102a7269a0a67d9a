"""A seal that no longer holds when it arrives releases nothing."""

from __future__ import annotations

from journal.model import SessionKey, Status
from tests.conftest import PairOfTwo
from tests.unit.usecases.helpers import DAY, KEY, write


def bytes_in(two: PairOfTwo) -> bytes:
    return b"".join(path.read_bytes() for path in two.folder.rglob("*") if path.is_file())


def test_a_seal_taken_back_before_the_other_looked_releases_nothing(pair_of_two: PairOfTwo) -> None:
    ana, priya = pair_of_two.ana, pair_of_two.priya
    mine = write(ana, "a", seal=True)
    ana.sharing.sync()
    ana.sealing.unseal(mine.id)
    ana.sharing.sync()
    hers = write(priya, "PRIYAS-WORDS", seal=True)
    priya.sharing.sync()
    assert b"PRIYAS-WORDS" not in bytes_in(pair_of_two)
    assert priya.reading.get(hers.id).status is Status.SEALED
    assert priya.sealing.unseal(hers.id).status is Status.DRAFT
    priya.sealing.seal(hers.id)
    ana.sealing.seal(mine.id)
    pair_of_two.sync(3)
    assert ana.together.review(KEY).ready
    assert priya.together.review(KEY).ready


def test_a_seal_moved_to_another_day_releases_nothing(pair_of_two: PairOfTwo) -> None:
    ana, priya = pair_of_two.ana, pair_of_two.priya
    mine = write(ana, "a", seal=True)
    ana.sharing.sync()
    ana.writing.move(mine.id, SessionKey(DAY, 2))
    ana.sharing.sync()
    hers = write(priya, "PRIYAS-WORDS", session=KEY, seal=True)
    priya.sharing.sync()
    assert b"PRIYAS-WORDS" not in bytes_in(pair_of_two)
    assert priya.reading.get(hers.id).status is Status.SEALED
