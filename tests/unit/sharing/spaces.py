"""Spaces that behave badly."""

from __future__ import annotations

import random

from journal.errors import SpaceError


class Shelf:
    """What lies in a space, in memory; every byte that was ever put is remembered."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.ever: list[bytes] = []


class UnreliableSpace:
    """One side's view of a shelf: puts that fail before, half-way or after; stale listings; junk names."""

    def __init__(self, shelf: Shelf, dice: random.Random) -> None:
        self.shelf = shelf
        self.dice = dice
        self.reliable = False
        self._last_listing: dict[str, list[str]] = {}

    def _chance(self, share: float) -> bool:
        return not self.reliable and self.dice.random() < share

    def put(self, name: str, data: bytes) -> None:
        self.shelf.ever.append(data)
        if self._chance(0.1):
            raise SpaceError("The put failed before anything arrived.")
        if self._chance(0.1):
            self.shelf.files[name] = data[: len(data) // 2]
            raise SpaceError("The put failed half-way.")
        self.shelf.files[name] = data
        if self._chance(0.1):
            raise SpaceError("The put arrived, and its answer did not.")

    def get(self, name: str) -> bytes | None:
        if self._chance(0.05):
            raise SpaceError("The get failed.")
        return None if self._chance(0.1) else self.shelf.files.get(name)

    def list(self, prefix: str) -> list[str]:
        if self._chance(0.05):
            raise SpaceError("The listing failed.")
        names = [name for name in self.shelf.files if name.startswith(prefix)]
        if self._chance(0.3):
            names = list(self._last_listing.get(prefix, []))
        self._last_listing[prefix] = list(names)
        if not self.reliable:
            names += [prefix + junk for junk in ("junk.tmp", "0000000001-x.json", "²-x.json", "00-.json")]
            names += names[:2]
            self.dice.shuffle(names)
        return names

    def delete(self, name: str) -> None:
        if self._chance(0.1):
            raise SpaceError("The deletion failed.")
        self.shelf.files.pop(name, None)
        if self._chance(0.1):
            raise SpaceError("The deletion was done, and its answer did not arrive.")
