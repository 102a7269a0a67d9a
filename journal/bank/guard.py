"""Hard rules every question must pass before it is shown, whoever proposed it. Deterministic and local.

The guard only rejects; what passes is not thereby a good question. Its word lists for advice and for leading
questions are known to miss about half of what people call advice or leading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from journal.bank.language import latin, plainly_foreign, words
from journal.bank.repeats import repeats, without_quotations
from journal.bank.words import EMOTIONS

FEWEST_WORDS, MOST_WORDS, MOST_LEAD_WORDS = 4, 30, 20


class Fault(StrEnum):
    """Why a question may not be shown."""

    NOT_ONE_QUESTION = "not one question"
    LENGTH = "length"
    LEAD_IN = "lead-in"
    ADVICE = "advice"
    LEADING = "leading"
    PLANTED_FEELING = "planted feeling"
    JUDGEMENT = "judgement"
    REPEAT = "repeat"
    MISQUOTED = "misquoted"
    FORM = "form"


_QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]*)[”\"“»]")
_SINGLE_QUOTED = re.compile(r"(?<![\w’'])[‘']([^‘’']+(?:[’'](?=\w)[^‘’']+)*)[’'](?!\w)")
_ANY_QUOTE = re.compile(r"[“”\"„«»]")
_SECOND = re.compile(
    r"(?<!\bwhen)(?<!\bhow)(?<!\bwhat)(?<!\bwho)"
    r"[,;]?\s(?:and|or|but)\s+(?:also\s+)?(?:what|how|why|when|where|who|whom|which|did|do|does|is|"
    r"are|was|were|will|would|could|"
    r"can|should)\b(?!\s+(?:you|i|we|it|he|she|they)\s+(?:did|do|have)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!…][”\"’)]*\s+(?=\S)")
_ADVICE = re.compile(
    r"\b(?:have you (?:ever )?(?:tried|considered|thought (?:about|of)|asked|talked|spoken)|(?<!what )did you "
    r"(?:try|consider|think (?:about|of))|"
    r"(?:(?<!that )(?<!if )(?<!did )(?<!would )you|one|we) (?:could|can|"
    r"should|might|may|ought to|must|need to|have to|had better|might "
    r"want|may want)\b(?!\s+(?:not\s+)?"
    r"(?:have (?:found|seen|missed|noticed)|name|see|point|put|say|think of|tell|recall|remember|"
    r"describe|give))|"
    r"maybe (?:you|try|it would)|perhaps (?:you|try|it would)|why (?:not|don't you|do not you)|how "
    r"about|what about (?:trying|\w+ing)|what if you|"
    r"would it (?:help|be (?:better|useful|helpful|good|worth|an option|possible)) (?:to|if)|wouldn't "
    r"it|could it be (?:that|because)|is it "
    r"(?:possible|because)|might it be|it (?:might|may|could|would) (?:help|be (?:good|better|useful|"
    r"worth))|(?:i|we) (?:suggest|recommend|advise)|"
    r"try (?:to|\w+ing)|consider \w+ing|make sure|remember to|don't forget|it'?s (?:important|best|"
    r"better) to|you'd better|if i were you|"
    r"one (?:option|idea|way) (?:is|would be)|the (?:best|right) (?:way|thing)|let'?s|was it because|"
    r"is that because|do you (?:need|want) to)\b",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"(?:\b(?:don't|doesn't|didn't|isn't|aren't|wasn't|weren't|won't|wouldn't|couldn't|can't|haven't|"
    r"hasn't|shouldn't) (?:you|it|he|she|they|we|"
    r"that|this|there|your)\b|\b(?:surely|obviously|clearly|of course|certainly|undoubtedly|no doubt|"
    r"naturally)\b|\bwhy (?:did|do|are|were|have|"
    r"had|would|could|can|is|was)(?:n't| not)? (?:you|your)\b|\byou (?:do|did|are|were|will|would) "
    r"(?:know|realise|realize|agree),?\b|[,;–—-]\s*(?:right|correct|"
    r"yes|no|okay|ok|huh|true)\?$|\bdo you (?:not|really|actually|honestly)\b|\b(?:admit|confess|"
    r"fail(?:ed)? to|neglect|refuse to)\b|\bwhat(?:'s| is| was) "
    r"wrong with\b|\byou must (?:be|have|feel)\b|\bhow (?:\w+ )?(?:did|does|do) (?:that|it|this) make "
    r"you feel\b|\b(?:he|she|they|your (?:mentor|mentee)) "
    r"(?:feels?|felt|wants?|wanted|thinks?|thought|meant|hoped|believed|was trying|were trying)\b)",
    re.IGNORECASE,
)
_JUDGEMENT = re.compile(
    r"\b(?:great|good (?:job|for you|point|work|question|thinking|insight)|well done|congratulat\w*|"
    r"proud of you|wonderful|amazing|awesome|"
    r"excellent|impressive|fantastic|brilliant|brave|nice(?:ly)? (?:work|job|done)|i(?:'m| am) "
    r"(?:glad|sorry|happy|proud)|i (?:love|like|admire|appreciate)|"
    r"sounds? like|it (?:seems|sounds|appears)|that must|kudos|insightful|thoughtful of you|"
    r"interesting(?:ly)?|lazy|selfish|weak(?:ness)?|"
    r"immature|irresponsible|unprofessional|silly|bad (?:idea|choice)|poor(?:ly)? (?:choice|done)|"
    r"your fault|depressi(?:on|ve)|anxiety|disorder|adhd|"
    r"autis\w+|burn-?out|impostor|imposter|trauma\w*|narcissis\w*|perfectionis\w*|therap\w+|"
    r"diagnos\w+|symptoms?|toxic)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[`*#|<>{}\[\]\\~^=_@$]|https?:|www\.|(?:^|\s)(?:[-•]|\d+[.)])\s")
_LEAK = re.compile(
    r"\b(?:as an ai|language model|follow-?up question|system prompt|instructions?|here (?:is|are) "
    r"(?:a|the|some|my|one|your|three|two)|the (?:writer|user|"
    r"journal(?:er)?|mentee's answer|mentor's answer)(?:'s)?|question\s*\d*:|answer:|json)\b|^\s*\w+:\s",
    re.IGNORECASE,
)


def _is_literal(quoted: str, answer: str) -> bool:
    inner = quoted.strip()
    return bool(inner) and (inner in answer or inner.rstrip(".,;:!…") in answer)


def _emotions(found: list[str]) -> set[str]:
    return {word for word in found if word in EMOTIONS}


def _stem(word: str) -> str:
    return word[: max(4, min(5, len(word) - 2))]


def _parts(text: str) -> tuple[str, str, int]:
    """The lead-in, the question, and how many sentences stand before the question; quotations are "
    "masked."""
    masked = _QUOTED.sub(lambda match: "“" + "x" * (len(match[0]) - 2) + "”", text)
    ends = [match.end() for match in _SENTENCE_END.finditer(masked)]
    last = ends[-1] if ends else 0
    return text[:last].strip(), text[last:].strip(), len(ends)


def _marks(text: str) -> str:
    return _QUOTED.sub(" ", text)


def faults(text: str, *, answer: str, question: str = "", earlier: Sequence[str] = ()) -> tuple[Fault, ...]:
    """Every rule the proposed follow-up `text` breaks, in order; empty when it may be shown.

    `answer` is what it follows, `question` the guide's question, `earlier` what was already asked.
    """
    found: list[Fault] = []
    bare = _marks(text).replace("’", "'")
    lead, ask, before = _parts(text)
    if text.count("?") != 1 or not text.endswith("?") or _SECOND.search(bare):
        found.append(Fault.NOT_ONE_QUESTION)
    if not FEWEST_WORDS <= len(ask.split()) <= MOST_WORDS:
        found.append(Fault.LENGTH)
    if before > 1 or len(lead.split()) > MOST_LEAD_WORDS or (lead and not _QUOTED.search(lead)):
        found.append(Fault.LEAD_IN)
    if _ADVICE.search(bare):
        found.append(Fault.ADVICE)
    if _LEADING.search(bare):
        found.append(Fault.LEADING)
    named = _emotions(words(bare))
    if named:
        own = {_stem(word) for word in words(answer)}
        if any(_stem(word) not in own for word in named):
            found.append(Fault.PLANTED_FEELING)
    if _JUDGEMENT.search(bare):
        found.append(Fault.JUDGEMENT)
    if any(repeats(text, other) for other in (question, *earlier) if other):
        found.append(Fault.REPEAT)
    quoted = _QUOTED.findall(text) + _SINGLE_QUOTED.findall(without_quotations(text))
    if any(not _is_literal(part, answer) for part in quoted) or _ANY_QUOTE.search(_QUOTED.sub("", text)):
        found.append(Fault.MISQUOTED)
    if not _well_formed(text, bare, answer):
        found.append(Fault.FORM)
    return tuple(found)


def _well_formed(text: str, bare: str, answer: str) -> bool:
    if not text.isprintable() or text != text.strip() or _MARKUP.search(bare) or _LEAK.search(bare):
        return False
    letters = [char for char in bare if char.isalpha()]
    if not letters:
        return False
    strange = sum(not latin(char) for char in letters) * 2 > len(letters)
    if strange or plainly_foreign(bare):
        return plainly_foreign(answer)
    return True


def passes(text: str, *, answer: str, question: str = "", earlier: Sequence[str] = ()) -> bool:
    """Whether a follow-up breaks none of the hard rules."""
    return not faults(text, answer=answer, question=question, earlier=earlier)
