"""Where a clause begins and ends, told from its words: no parser, a few rules that would rather say no.

`cores` are a sentence's words in lower case without marks around them, `raw` the same words as typed.
"""

from __future__ import annotations

import re

from journal.bank.words import (
    AHEAD,
    AUXILIARIES,
    DANGLING,
    DOERS,
    FACTIVE,
    LEADERS,
    OWNERS,
    PAST,
    PRESENT,
    SUBJECTS,
    UNFINISHED,
    word_set,
)

_EDGE = re.compile(r"^[^\w]+|[^\w]+$")
_APART = word_set("apart from that other than after before besides")
_NOT_DOING = word_set(
    "during according regarding including everything something nothing anything morning evening being"
)
_ADDING = word_set("using via which including during within causing making showing hoping allowing trying thinking")
_ADDING_PAIRS = frozenset({("so", "that"), ("in", "order"), ("due", "to"), ("such", "as"), ("with", "the")})
_SUBORDINATORS = word_set("when while although though because since where after before")
_WITH = word_set("with in at on for during after before by from")
_BREAKS = word_set("but because although though")
_SOFT_BREAKS = word_set("but so because although though which while when since as then yet however where and who")
_OPENERS = word_set("and but so then because although though while when however yet now that since")


def core_of(token: str) -> str:
    return _EDGE.sub("", token).replace("’", "'").casefold()


def past(word: str) -> bool:
    return word in PAST or (len(word) > 4 and word.endswith("ed") and word not in {"need", "indeed", "speed"})


def finite(word: str) -> bool:
    return word in AUXILIARIES or word in PRESENT or past(word)


def acts(word: str) -> bool:
    """Whether a note without a subject may open with this word."""
    return word in DOERS or past(word) or (len(word) > 5 and word.endswith("ing") and word not in _NOT_DOING)


def tense(text: str) -> str:
    """“past”, “ahead” or “now”, told by the first verb that shows it."""
    cores = [core_of(token) for token in text.split()]
    joined = " ".join(cores)
    if AHEAD & set(cores) or re.search(r"\b(?:going to|next (?:week|session|step|time)|want to|need to)\b", joined):
        return "ahead"
    for at, word in enumerate(cores):
        if word in {"have", "has", "i've", "we've"} and any(past(later) for later in cores[at + 1 : at + 4]):
            return "past"
        if word in AUXILIARIES and word not in PAST:
            return "now"
        if past(word):
            return "past"
        if word in PRESENT:
            return "now"
    return "ahead" if cores and acts(cores[0]) else "now"


def starts(cores: list[str], raw: list[str], number: int) -> bool:
    """Whether a clause may be quoted from token `number` on, leaving out what stands before it."""
    word = cores[number]
    before = cores[:number]
    if word in SUBJECTS:
        if number + 1 >= len(cores) or raw[number].endswith(","):
            return False
        if word in {"that", "this"} and not finite(cores[number + 1]):
            return False
        if set(before) <= _APART and before[-1:] == ["that"] and len(before) > 1:
            return True
        if (
            before
            and before[-1] in {"after", "before", "that"}
            and raw[number - 1][-1] not in ",;"
            and before[-2:-1] not in (["after"], ["before"])
        ):
            return before[-1] == "that" and len(before) > 1 and before[-2] in FACTIVE and not _denied(before)
        if all(core in LEADERS or not core for core in before):
            return "because" not in before or "not" not in before
        last = before[-1]
        if {"if", "unless", "whether"} & set(before):
            return False
        if last in _OPENERS:
            return not (last == "because" and _denied(before[-4:])) and word not in {"that", "this"}
        return raw[number - 1][-1] in ",;–—-" and last not in {"what", "how"}
    if word in OWNERS and number and raw[number - 1].endswith(",") and number <= 6:
        near = cores[number + 1 : number + 6]
        opener = cores[0]
        return any(finite(core) for core in near) and opener in DANGLING - {"if", "unless", "except", "like"}
    return False


def _denied(cores: list[str]) -> bool:
    return any(core in {"not", "never", "no", "just", "only"} or core.endswith("n't") for core in cores)


def stops(cores: list[str], raw: list[str], number: int) -> bool:
    """Whether a clause may be quoted up to, and without, token `number`."""
    last, following = cores[number - 1], cores[number]
    if last in UNFINISHED or last.endswith("n't"):
        return False
    after = cores[number + 1] if number + 1 < len(cores) else ""
    if not following and raw[number] in {"-", "–", "—"}:
        return True
    if raw[number - 1][-1] in ",;":
        if following in {"and", "or"}:
            return after in SUBJECTS or after == "then"
        return following in _SOFT_BREAKS or following in SUBJECTS
    if following == "since" and (after in OWNERS or after in SUBJECTS):
        return True
    if following in _BREAKS or adjunct(cores, number, after):
        return True
    return following in {"and", "so", "when", "while"} and after in SUBJECTS and after not in {"that", "this"}


def adjunct(cores: list[str], number: int, after: str) -> bool:
    """Whether what follows adds to a clause that is whole already: “(I wrote a test) using a stub”."""
    if number < 3:
        return False
    last, following = cores[number - 1], cores[number]
    if following == "and":
        return finite(after) and not finite(last)
    if following == "to":
        return bool(after) and after not in OWNERS | {"a", "an", "me", "us", "it"} and _thing(cores, number)
    if following in {"for", "in", "with", "at", "across", "between", "inside"}:
        return _thing(cores, number)
    if following == "that":
        return cores[number - 2] in {"a", "an"} or cores[number - 3] in {"a", "an"}
    if following == "by":
        return after.endswith("ing")
    return following in _ADDING or (following, after) in _ADDING_PAIRS


def _thing(cores: list[str], number: int) -> bool:
    """Whether the words before token `number` end in a noun phrase such as “an example”."""
    return cores[number - 2] in {"a", "an", "the", "my", "our"} or (number > 2 and cores[number - 3] in {"a", "an"})


def spills(cores: list[str], raw: list[str], start: int, stop: int) -> bool:
    """Whether the phrase runs from one clause into a piece of another."""
    before = cores[start - 1] if start else ""
    commas = any(token[-1] in ",;" for token in raw[start : stop - 1])
    if before in _SUBORDINATORS and (commas or _second_subject(cores[start:stop])):
        return True
    if stop == len(cores) or raw[stop - 1][-1] not in ",;":
        return False
    pairs = zip(cores[start:stop], cores[start + 1 : stop], strict=False)
    if cores[stop] in SUBJECTS and any(one == "and" and other in _WITH for one, other in pairs):
        return True
    return any(core in _SUBORDINATORS or core in {"as", "after", "before", "if"} for core in cores[stop - 6 : stop][1:])


def _second_subject(cores: list[str]) -> bool:
    """Whether another clause begins unannounced: “(when) I asked him he said so”."""
    return any(
        core in {"i", "we", "he", "she", "they"} and cores[at - 1] not in DANGLING and cores[at - 1] not in PRESENT
        for at, core in enumerate(cores)
        if at > 1
    )


def opens_well(cores: list[str]) -> bool:
    """Whether a whole sentence without a pronoun in front may be quoted."""
    first = cores[0]
    if first in DANGLING or not first:
        return False
    if first in SUBJECTS:
        return len(cores) > 1
    if acts(first) or first.endswith("n't"):
        return len(cores) > 2
    return len(cores) > 2 and any(finite(core) for core in cores[1:7])
