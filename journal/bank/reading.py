"""Reading one answer: which cues it holds, and the best words to quote for each."""

from __future__ import annotations

import re
from typing import NamedTuple

from journal.bank import cues
from journal.bank.clauses import tense
from journal.bank.language import words
from journal.bank.quotation import Quotation, quotations
from journal.bank.sentences import Sentence, sentences

THIN_WORDS = 12
"""Answers of up to this many words count as thin."""

PLAIN_SCORE = 1.2
"""How well words must stand alone to be quoted for no other reason than that they are there."""

_TOLD = frozenset({"plan", "intention", "feeling", "decision"})
_OWN_START = re.compile(r"(?:i|we|my|our|it|that|this|me)\b", re.IGNORECASE)
_TALK = re.compile(r"\b(?:you|your)\b|[\"“”„:]", re.IGNORECASE)
_THING_START = re.compile(r"(?:i|we|i'm|i've|it|this|that|there|these)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:when|while|as|because|since|which|if)\s+$", re.IGNORECASE)
_MARKER = re.compile(r"\b(?:but|yet|although|though|despite)\b", re.IGNORECASE)


class Hit(NamedTuple):
    """A cue found in the answer, what may be quoted for it (or None), when it takes place, and its "
    "worth."""

    cue: str
    quotation: Quotation | None
    tense: str
    score: float


def _contrast(answer: str, one: Quotation, span: tuple[int, int]) -> float | None:
    """Both sides together read best, then the clause after the turn; what stands before it is no use."""
    start, end = span
    if one.start <= start and end <= one.end and _MARKER.search(one.text):
        return 0.9
    if one.start < end or _ASIDE.search(answer, end, one.start):
        return None
    return 0.4


def _best(
    answer: str, name: str, sentence: Sentence, span: tuple[int, int], options: list[Quotation]
) -> Quotation | None:
    start, end = sentence.start + span[0], sentence.start + span[1]
    ranked = []
    for one in options:
        covers = one.start < end and start < one.end
        if name == "contrast":
            extra = _contrast(answer, one, (start, end))
            if extra is None:
                continue
            worth = one.score + extra
        elif covers:
            worth = one.score
        elif name in {"turning", "learning", "belief", "hesitation"} and 0 <= one.start - end <= 2:
            worth = one.score - 0.6
        else:
            continue
        if name == "feeling" and not _OWN_START.match(one.text):
            continue
        if name == "person" and _THING_START.match(one.text):
            continue
        ranked.append((worth, -one.start, one))
    return max(ranked)[2] if ranked else None


def thin(answer: str) -> bool:
    """Whether there is hardly anything to go on."""
    return len(words(answer[-2000:])) <= THIN_WORDS


def read(answer: str, question: str) -> list[Hit]:
    """All cues of the answer, the later ones worth more; always ends with `general`.

    In a long answer a cue without a quotation is worth less: nobody could tell what the question points at.
    """
    found: list[Hit] = []
    ahead = cues.asks_ahead(question)
    stuck = cues.asks_stuck(question)
    all_sentences = sentences(answer)
    total = max(1, len(all_sentences))
    short = thin(answer)
    far = min(1.6, 0.25 * max(0, total - 2))
    for number, sentence in enumerate(all_sentences):
        text = answer[sentence.start : sentence.end]
        if cues.grave(text):
            continue
        late = 0.8 * (number + 1) / total
        if "?" in sentence.mark:
            if len(text.split()) > 2 and not _TALK.search(text):
                found.append(Hit("question", None, "now", cues.CUES["question"].weight + late))
            continue
        spans = cues.find(text, dated=ahead)
        options = quotations(answer, sentence)
        if ahead and "stuck" not in spans and "smooth" not in spans:
            spans.pop("done", None)
            spans.setdefault("plan", (0, len(text)))
        if stuck and not ahead and not {"smooth", "intention", "plan", "done"} & set(spans):
            spans.setdefault("stuck", (0, len(text)))
        for name, span in spans.items():
            if sentence.mark == ":" and name in {"plan", "done", "stuck"}:
                continue
            quoted = _best(answer, name, sentence, span, options)
            if name == "feeling" and quoted is None:
                continue
            if name == "contrast" and quoted and not _MARKER.search(quoted.text):
                name = "counter"
            when = "ahead" if ahead and name == "plan" else quoted.tense if quoted else tense(text)
            score = cues.CUES[name].weight + late
            score += 0.8 + 0.3 * quoted.score if quoted else -far
            found.append(Hit(name, quoted, when, score))
        options = [one for one in options if one.score >= PLAIN_SCORE and not spans]
        if options:
            best = max(options, key=lambda one: (one.score, -one.start))
            when = "ahead" if ahead else best.tense
            found.append(Hit("general", best, when, cues.CUES["general"].weight + 0.7 + late + 0.3 * best.score))
    overall = "ahead" if ahead else _overall(found)
    if short and not any(hit.cue == "smooth" or (hit.quotation and hit.cue in _TOLD) for hit in found):
        found.append(Hit("thin", None, overall, cues.CUES["thin"].weight))
    found.append(Hit("general", None, overall, 0.0))
    return found


def _overall(found: list[Hit]) -> str:
    """The tense of the answer as a whole: the commonest among its cues, "" when they differ."""
    tenses = [hit.tense for hit in found]
    return max(("past", "now", "ahead"), key=tenses.count) if tenses else ""
