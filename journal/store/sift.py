"""Telling from a line's bytes that a word is certainly not in it, so that a search reads only what may match.

Search folds case, accents and compatibility forms away (`journal.text.fold`). A stretch of a-z and 0-9 in a folded
word stands in the stored JSON either as those letters, in some case, or as letters that fold to them; the latter are
never plain ASCII, and never in the block U+2000 to U+203F (quotation marks, dashes, the ellipsis).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

_STRETCH = re.compile("[a-z0-9]+")
_ASCII = bytes(range(128))
_PUNCTUATION = re.compile(b"\xe2\x80.")


def sieve(words: Sequence[str]) -> Callable[[bytes], bool] | None:
    """A test that a line passes unless it certainly lacks one of the folded `words`; None where no word has a
    stretch to look for."""
    stretches = [max(found, key=len).encode() for word in words if (found := _STRETCH.findall(word))]
    if not stretches:
        return None

    def may_hold(line: bytes) -> bool:
        lowered = line.lower()
        if all(stretch in lowered for stretch in stretches):
            return True
        if line.isascii():
            return False
        rest = line.translate(None, _ASCII)
        if len(rest) == 3 * len(_PUNCTUATION.findall(rest)):
            return False
        # casefold before decomposing, as `fold` does; dropping what is still not ASCII can only add matches.
        text = unicodedata.normalize("NFKD", line.decode("utf-8", "replace").casefold())
        folded = text.encode("ascii", "ignore")
        return all(stretch in folded for stretch in stretches)

    return may_hold
