"""Finding words worth quoting: a whole phrase of the answer, in the writer's own characters.

A quotation starts where a clause starts and ends where one ends, and holds 2 to 12 words. It never holds
code, addresses, other people's quoted speech, greetings, or words about despair (those belong to the safety
screen).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from journal.bank import clauses
from journal.bank.language import latin
from journal.bank.sentences import Sentence, window
from journal.bank.words import AUXILIARIES, SUBJECTS, UNFINISHED

FEWEST, MOST = 2, 12

_TOKEN = re.compile(r"\S+")
_TRIM_LEFT = re.compile(r"^[^\w`(\[]+")
_TRIM_RIGHT = re.compile(r"[^\w%`)\]]+$")
_JUNK = re.compile(
    r"[*|<>{}\\=~^@$\"“”„«»…�]|(?<!\w)_|_(?!\w)|#(?!\d)|https?:|www\.|\w/\w|"
    r"[^\W\d]\.\w|--|\.\.|(?<!\w)['‘](?=\w)|"
    r"(?<!#)\b\d{3,}|,\s*,"
)
_OPEN_SPEECH = re.compile(r"[\"“”„«»]")
_SMALL_TALK = re.compile(
    r"^(?:hi|hello|hey|dear|welcome|thanks|thank you|thank|see you|bye|au revoir|cheers|good "
    r"(?:morning|evening|afternoon)|stay "
    r"tuned|happy (?:coding|new|holidays)|best|regards|until next|that's all|that is all|this is all)\b"
    r"|\b(?:for reading|as you can see|below|following|follows|above|shown here|see file|here is|here "
    r"are|here's|"
    r"click|this blog|blog post|this post|my name is|i'm from|i am from|my previous|previous blog|check-in|"
    r"introduce myself|the gifs?|screenshots?|described|link|as mentioned|i mean|you know|can be "
    r"found|we can see|"
    r"you guys|folks|pull request|issue\s+number|etc|available (?:here|at))\b|"
    r"\b(?:think|hope|guess|believe) so$",
    re.IGNORECASE,
)
_DESPAIR = re.compile(
    r"\b(?:suicid\w*|kill(?:ing)? myself|end (?:it all|my life)|hurt(?:ing)? myself|harm(?:ing)? "
    r"myself|self-?harm\w*|"
    r"want(?:ed)? to die|better off (?:dead|without me)|don't want to (?:live|be here|wake up)|not "
    r"worth living|"
    r"cut(?:ting)? myself|overdos\w+|no reason to live|raped?|abus(?:e|ed|ing|ive))\b",
    re.IGNORECASE,
)


class Quotation(NamedTuple):
    """Words to quote: `text` is `answer[start:end]`. `score` says how well they stand alone."""

    start: int
    end: int
    text: str
    score: float
    tense: str


def _score(cores: list[str], whole: bool) -> float:
    first = cores[0]
    count = len(cores)
    score = 1.5 if whole else 1.0
    if first in {"i", "i'm", "i've", "i'd", "i'll"}:
        score += 1.2
    elif first in {"we", "we're", "we've", "we'll", "he", "she", "they", "my"}:
        score += 0.7
    elif first in {"it", "it's", "this", "that", "that's", "there", "these", "those"}:
        score -= 0.5
    if count < 3:
        score -= 0.4
    elif count <= 9:
        score += 0.4
    else:
        score -= 0.15 * (count - 9)
    return score


def quotations(answer: str, sentence: Sentence) -> list[Quotation]:
    """Every phrase of one sentence that may be quoted, in order of place."""
    if "?" in sentence.mark or sentence.mark == ":":
        return []
    line_start = max(answer.rfind("\n", 0, sentence.start) + 1, window(answer))
    if len(_OPEN_SPEECH.findall(answer, line_start, sentence.start)) % 2:
        return []
    places = [match.span() for match in _TOKEN.finditer(answer, sentence.start, sentence.end)]
    if len(places) > 80:
        return []
    raw = [answer[a:b] for a, b in places]
    cores = [clauses.core_of(token) for token in raw]
    if not cores:
        return []
    count = len(cores)
    starts = [at for at in range(count) if clauses.starts(cores, raw, at)]
    stops = [at for at in range(1, count) if clauses.stops(cores, raw, at)]
    if cores[-1] not in UNFINISHED or cores[-1] in {
        "do",
        "did",
        "too",
        "that",
        "it",
        "am",
        "so",
        "not",
        "much",
        "more",
        "most",
        "any",
        "no",
        "still",
    }:
        stops.append(count)
    found = []
    if sentence.headless:
        starts = [at for at in starts if at]
    if sentence.endless:
        stops = [at for at in stops if at < count]
    if sentence.headless or sentence.endless:
        spans = []
    elif 0 not in starts and clauses.opens_well(cores):
        acts = cores[0] in SUBJECTS or clauses.acts(cores[0])
        spans = [(0, stop) for stop in stops] if acts else [(0, stop) for stop in stops if stop == count]
    else:
        spans = []
    spans += [(start, stop) for start in starts for stop in stops]
    for start, stop in spans:
        if len(_OPEN_SPEECH.findall(answer, line_start, places[start][0])) % 2:
            continue
        if not FEWEST <= stop - start <= MOST or clauses.spills(cores, raw, start, stop):
            continue
        if (
            stop < count
            and stop - start < 3
            and clauses.adjunct(cores, stop, cores[stop + 1] if stop + 1 < count else "")
        ):
            continue
        one = _cut(answer, places[start][0], places[stop - 1][1], cores[start:stop], stop == count)
        if one:
            found.append(one)
    return sorted(set(found))


def _cut(answer: str, start: int, end: int, cores: list[str], whole: bool) -> Quotation | None:
    left = _TRIM_LEFT.search(answer[start:end])
    right = _TRIM_RIGHT.search(answer[start:end])
    start += left.end() if left else 0
    end -= len(right[0]) if right else 0
    text = answer[start:end]
    if not quotable(text) or not any(clauses.finite(core) or clauses.acts(core) for core in cores):
        return None
    if len(cores) == FEWEST and (cores[0] not in SUBJECTS or cores[1] in AUXILIARIES or not clauses.past(cores[1])):
        return None
    if len(cores) == 3 and cores[0] in {"it", "that", "this", "there", "it's", "that's"}:
        return None
    return Quotation(start, end, text, _score(cores, whole), clauses.tense(text))


def small_talk(text: str) -> bool:
    """Whether a sentence only greets, thanks, says goodbye or points at a picture."""
    return bool(_SMALL_TALK.search(text.strip(' \t`*_"')))


def quotable(text: str) -> bool:
    """Whether these characters may stand in quotation marks on screen."""
    if not text.isprintable() or not FEWEST <= len(text.split()) <= MOST or len(text) > 110:
        return False
    plain = text.replace("’", "'")
    if _JUNK.search(plain) or _SMALL_TALK.search(plain) or _DESPAIR.search(plain):
        return False
    if text.count("`") % 2 or not _balanced(text):
        return False
    return "?" not in text and all(latin(char) if char.isalpha() else char.isascii() or char in "’–—" for char in text)


def _balanced(text: str) -> bool:
    """Whether every bracket that opens also closes, in order."""
    waiting: list[str] = []
    for char in text:
        if char in "([":
            waiting.append(")" if char == "(" else "]")
        elif char in ")]" and (not waiting or waiting.pop() != char):
            return False
    return not waiting
