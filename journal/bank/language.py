"""Is this text plainly not English? A stop-word and script test that stays silent when unsure."""

from __future__ import annotations

import re
import unicodedata

from journal.bank.words import FOREIGN, STRUCTURE

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def words(text: str) -> list[str]:
    """The words of a text, lower case, with straight apostrophes."""
    return [match.replace("’", "'").casefold() for match in _WORD.findall(text)]


def latin(char: str) -> bool:
    """Whether a letter belongs to the Latin script."""
    return char < "\u0250" or unicodedata.name(char, "").startswith("LATIN")


def plainly_foreign(text: str) -> bool:
    """True when most letters are not Latin, or when other languages' small words outnumber English ones.

    Short texts, lists of technical words and mixtures count as English: the test needs three foreign
    small words, or twenty words without one English small word.
    """
    letters = [char for char in text[:4000] if char.isalpha()]
    if letters and sum(not latin(char) for char in letters) * 2 > len(letters):
        return True
    found = words(text[:4000])
    english = sum(word in STRUCTURE or word == "i" for word in found)
    foreign = sum(word in FOREIGN for word in found)
    if foreign >= 3 and foreign > 2 * english:
        return True
    return foreign >= 2 and len(found) >= 20 and english == 0
