"""Telling when two questions are the same question: cosine of their character trigrams."""

from __future__ import annotations

import math
import re
from collections import Counter

SAME = 0.8
"""From this similarity on a question counts as a repeat."""

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_OTHER = re.compile(r"[^\w]+")


def without_quotations(text: str) -> str:
    """The text without what stands in double quotation marks."""
    return _QUOTED.sub(" ", text)


def _trigrams(text: str) -> Counter[str]:
    padded = f" {_OTHER.sub(' ', text.casefold()).strip()} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))


def similarity(one: str, other: str) -> float:
    """Cosine of two texts' character-trigram counts, 0 to 1; case and punctuation do not count."""
    left, right = _trigrams(one), _trigrams(other)
    if len(right) < len(left):
        left, right = right, left
    dot = sum(count * right[gram] for gram, count in left.items())
    if not dot:
        return 0.0
    size = sum(n * n for n in left.values()) * sum(n * n for n in right.values())
    return dot / math.sqrt(size)


def repeats(text: str, other: str) -> bool:
    """Whether `text` asks again what `other` asked, as it stands or with the quotations taken out."""
    if similarity(text, other) >= SAME:
        return True
    bare, other_bare = without_quotations(text), without_quotations(other)
    if (bare, other_bare) == (text, other):
        return False
    return similarity(bare, other_bare) >= SAME
