"""What in an answer calls for a question: one pattern a cue, and how much the cue is worth."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from journal.bank.words import EMOTIONS


class Cue(NamedTuple):
    """`pattern` finds the cue in a sentence; `unless` silences it; `weight` ranks it among others.

    `own` wants the writer in the sentence (I, me, my, we, our, us).
    """

    weight: float
    pattern: str = ""
    unless: str = ""
    own: bool = False


_WHEN = (
    r"\b(?:today|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next (?:week|month|"
    r"session|time|meeting)"
    r"|this (?:week|month|afternoon|evening)|by the end|in (?:\d+|two|three|a few) (?:days?|weeks?)|"
    r"january|february|"
    r"april|june|july|august|september|october|november|december|on the \d+\w*|\d{1,2}[./]\d{1,2})\b"
)
_SMOOTH = (
    r"\b(?:did(?:n't| not) (?:really |actually )?(?:get|face|have|encounter|run into|"
    r"experience)\b.{0,30}\b(?:stuck|"
    r"issues?|problems?|trouble|difficult\w*|challenges?|hurdles?)|(?:no|without(?: any)?) "
    r"(?:(?:major|big|real|"
    r"significant|such|serious|particular) )*(?:problems?|issues?|blockers?|difficult\w+|trouble)|"
    r"(?:went|going|goes)"
    r" (?:pretty |quite |really |very |so |relatively )?(?:smooth(?:ly)?|well|fine|great|good)|not "
    r"(?:really |get )?stuck|"
    r"was(?:n't| not) stuck|never stuck|(?:didn't|did not) get stuck)\b"
)
_INTEND = (
    r"\b(?:(?:i|we)(?:'ll| will| am going to|'m going to| are going to| plan to| want to| intend to| "
    r"need to| would "
    r"like to| aim to|'d like to| shall)|my (?:next step|goal|plan|aim|main (?:objective|focus|task))|"
    r"going to try|the next "
    r"step is|i'm planning|i am planning|i would try)\b"
)

CUES: dict[str, Cue] = {
    "feeling": Cue(
        3.0,
        rf"\b(?:{'|'.join(sorted(EMOTIONS - {'moved', 'alone', 'unsure', 'sorry'}))}|froze|felt|enjoyed)\b",
        r"felt (?:that|like)|happy to (?:announce|help)|won't|will not",
        own=True,
    ),
    "turning": Cue(
        3.0,
        r"\b(?:reali[sz]ed?|noticed|(?:it )?turn(?:s|ed) out|suddenly|surpris(?:ed|ing|ingly)|my "
        r"surprise|unexpected(?:ly)?|"
        r"dawned on|discovered|figured out|found out|hit me|eye-opening|understood|changed my (?:mind|"
        r"view)|came to see|"
        r"opened my eyes|(?:did not|didn't) expect)\b",
        r"\b(?:discovered|noticed|found out|figured out) by\b|\b(?:haven't|hasn't|hadn't|not|never|"
        r"couldn't) (?:yet |really |been )*"
        r"(?:figured|found|understood|noticed|discovered)",
    ),
    "hesitation": Cue(
        2.8,
        r"\b(?:i guess|maybe|perhaps|not (?:quite |really |so |entirely |very |yet )?(?:sure|certain)|"
        r"unsure|i suppose|i "
        r"(?:do not|don't|didn't|did not) (?:really |quite )?know|i wonder(?:ed)?|kinda|sorta|hard to "
        r"say|somehow|probably)\b",
    ),
    "contrast": Cue(
        2.5,
        r"\b(?:but|although|even though|though|on the other hand|on the contrary|despite|in spite "
        r"of)\b|^however\b|, yet\b",
        r"\bnot only\b|\bnothing but\b|\ball but\b|\bbut also\b",
    ),
    "counter": Cue(2.4),
    "absolute": Cue(
        2.6,
        r"\b(?:always|never|every (?:single )?time|no ?one|no-one|nobody|everyone|everybody)\b",
        r"\b(?:hey|hi|hello|dear) every\w+|never mind|nothing (?:new|special|but|much)|not always|"
        r"almost|\bnever\b.*\bbefore"
        r"|\b(?:have|had|has|'d|'ve) never|not everyone",
    ),
    "learning": Cue(
        2.7,
        r"\b(?:learn(?:ed|t|ing)?|taught (?:me|us)|got to know|understand (?:\w+ )?(?:better|now|"
        r"more)|now (?:i )?(?:know|"
        r"understand|see)|new to me|takeaway|insights?|lesson (?:for|is that|i))\b",
        r"\b(?:for example|for instance|e\.g\.|such as|machine learning|deep learning)\b",
        own=True,
    ),
    "help": Cue(
        2.5,
        r"\b(?:thanks to|help(?:ed|s|ing)? (?:me|us)|(?:with the |the )?help (?:of|from)|showed (?:me|"
        r"us)|taught (?:me|us)|"
        r"explained .{0,20}to (?:me|us)|walked (?:me|us)|advised|suggest(?:ed|ions?)|feedback|"
        r"support(?:ed)? (?:me|us)|"
        r"encouraged (?:me|us)|advice|gave (?:me|us)|guid(?:ed|ance))\b",
    ),
    "smooth": Cue(2.6, _SMOOTH),
    "stuck": Cue(
        2.5,
        r"\b(?:stuck|problem|issue|difficult(?:y|ies)?|hard|struggl(?:ed|es?|ing)|could(?:n't| not)|"
        r"can(?:'t|not)|(?:was|were|"
        r"is|are) ?(?:not|n't) able|unable|errors?|bugs?|fail(?:ed|s|ing|ure)?|trouble|challeng(?:e|"
        r"ed|es|ing)|obstacles?|"
        r"mess|wrong|mistakes?|(?:did|does)(?: not|n't) work|blocked|complicated|tricky|weird|strange|"
        r"(?:haven't|have not) (?:yet )?figured)s?\b",
        r"\b(?:fix(?:ed|ing)?|solv(?:ed|ing|e)|resolv(?:ed|ing|e)|overc[oa]me|"
        r"(?<!not )(?<!n't )able to|managed to)\b|"
        r"\bhard(?:er)? work|hard-cod|work(?:ed|ing)? hard|can(?:no|')t wait|hardly",
    ),
    "decision": Cue(
        2.4,
        r"\b(?:decid(?:ed|e|ing)|chose|choose|opted|instead|switch(?:ed|ing)|went with|agreed (?:to|"
        r"on|that)|settled on|made up "
        r"my mind|gave up|refused|decision)\b",
        r"\b(?:will|to) (?:be )?decided?\b",
        own=True,
    ),
    "ought": Cue(
        2.4,
        r"\b(?:i|we)(?:'m|'re| am| are| was| were)? (?:\w+ )?(?:should(?:n't)?|must|have to|had to|"
        r"supposed to|ought to)\b",
    ),
    "norm": Cue(
        2.1,
        r"(?<!\bi )(?<!\bwe )\b(?:should(?:n't)?|must|ought to|(?:is|are) supposed to)\b",
        r"\b(?:i|we) (?:\w+ )?should|should (?:now )?be (?:up|ready|done|able|fine|merged|available|"
        r"possible)|in order to|\bthere must|must be",
    ),
    "again": Cue(
        2.3,
        r"\b(?:again|every (?:week|day|lesson|session)|once more|as usual|same (?:thing|problem|"
        r"mistake)|(?:keep|kept) \w+ing|usually)\b",
        r"again and again this",
    ),
    "belief": Cue(
        2.2,
        r"\b(?:i (?:really |also |still |firmly |personally |just )?(?:think|believe|thought|assumed?|"
        r"expected|feel (?:like|that)|felt "
        r"(?:like|that)|consider)|in my (?:opinion|view|eyes)|seem(?:s|ed) to me)\b",
    ),
    "wish": Cue(
        2.2,
        r"\b(?:i (?:really )?(?:wish|hope)|hopefully|if only|would have liked|looking forward|i'm "
        r"hoping|i am hoping|i would "
        r"(?:love|like)|i'd (?:love|like))\b",
    ),
    "comparison": Cue(
        2.1,
        r"\b(?:better|worse|easier|harder|faster|slower|more|less|different(?:ly)?) (?:\w+ )?(?:than|"
        r"from)\b|\bcompared (?:to|with)\b|"
        r"\bunlike\b|\b(?:i|we) used to\b",
    ),
    "question": Cue(2.4),
    "person": Cue(
        1.9,
        r"\b(?:(?:my|our|the|a|his|her) (?:\w+ )?(?:mentor|mentee|teacher|manager|boss|colleague|team|"
        r"team-?mate|student|pupil|"
        r"partner|friend|supervisor|boy|girl|child|contributor)s?|children|students|pupils|"
        r"(?:he|she|they) (?:\w+ed|said|"
        r"told|went|came|had|was|were|did|didn't|saw|knew|took|gave|wanted|seems?)|everyone else|"
        r"(?-i:[A-Z])[a-z]+ (?:told|asked|"
        r"showed|helped|suggested|explained|thinks?|wants?|wanted|noticed|mentioned))\b",
    ),
    "intention": Cue(2.3, _INTEND),
    "plan": Cue(2.0, _INTEND),
    "done": Cue(
        1.5,
        r"\b(?:finish(?:ed)?|complet(?:ed|ing)|implement(?:ed|ing)|merged|fixed|add(?:ed|ing)|created|"
        r"managed to|made|built|wrote|"
        r"worked|succeeded|solved|resolved|improved|released|started|went through|updated|tested|"
        r"tried|spent|(?<!not )(?<!n't )able to|prepared|"
        r"gave|led|taught|ran)\b",
    ),
    "general": Cue(0.6),
    "thin": Cue(2.0),
}
"""Every cue a bank may name. `question`: the writer asked themselves something; `general`: always there;
`thin`: a very short answer."""

_COMPILED = {
    name: (
        re.compile(cue.pattern, re.IGNORECASE),
        re.compile(cue.unless, re.IGNORECASE) if cue.unless else None,
    )
    for name, cue in CUES.items()
    if cue.pattern
}
_OWN = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|me|my|myself|we|we've|our|us)\b", re.IGNORECASE)
_GRAVE = re.compile(
    r"\b(?:mental(?:ly)?|illness|disease|cancer|died|dying|death|dead|funeral|suicid\w*|killed|"
    r"divorc\w+|abus\w+|assault\w*|"
    r"depress\w+|miscarriage|diagnos\w+|hospital)\b",
    re.IGNORECASE,
)
_DATED = re.compile(_WHEN, re.IGNORECASE)
_ASKS_AHEAD = re.compile(
    r"\b(?:next|coming up|will you|going to|plan|by when|would you try|do differently)\b", re.IGNORECASE
)
_ASKS_STUCK = re.compile(r"\b(?:stuck|difficult|hard|challeng\w+|problem|struggl\w+|in the way)\b", re.IGNORECASE)

_FINISHED_ALL = re.compile(
    r"(?:(?:no|nope|nah|none|nothing|n/?a|nil|not really|not at all|never|same as (?:above|before)|"
    r"see above|skip|pass|"
    r"no comment|not (?:now|today|yet|this (?:week|time))|(?:i have |i've got |there is |there's |"
    r"there was )?nothing(?: "
    r"(?:else|more|really|much|special|new|to (?:add|say|report)|comes to mind|at all|i can think of|"
    r"for now|this (?:week|time)))*|"
    r"(?:i think )?(?:that's|that is|this is|that was) (?:it|all|everything)(?: (?:for now|for today|"
    r"really|i have|from me))?|"
    r"i(?:'m| am) done|done|all good|no,? (?:nothing|not really|that's (?:it|all)|thanks|thank "
    r"you)(?: (?:else|more))?|"
    r"i (?:don't|do not) (?:have anything|want to|wish to)(?: (?:else|more|to (?:add|say)|talk about "
    r"(?:it|this)|say))*|"
    r"(?:i'd|i would) rather not(?: say)?|no (?:problems?|issues?|more|questions?))[\s.,;!)]*)+",
    re.IGNORECASE,
)
_FINISHED_END = re.compile(
    r"(?:^|[.!?\n]\s*|\band\s+)(?:i think |i guess |so |and |well,? )*(?:(?:that's|that is|this is|"
    r"that was|that'd be) (?:it|all|everything)"
    r"(?: (?:for (?:now|today|this week)|really|i have(?: to say)?|from me|there is))?|(?:i have |"
    r"i've |there is |there's )?"
    r"nothing (?:more|else)(?: (?:to (?:add|say|report)|comes to mind|for now|really))?|(?:i'd|i "
    r"would) rather (?:not say (?:more|any more)|"
    r"leave it (?:there|at that))|(?:i (?:don't|do not)|don't) want to (?:say (?:more|any more)|talk "
    r"about (?:it|this|that))(?: any ?more)?)"
    r"[\s.!)]*$",
    re.IGNORECASE,
)


def finished(answer: str, parts: Sequence[str]) -> bool:
    """Whether the writer says that there is nothing more: then nothing is asked.

    `parts` are the answer's sentences without greetings and goodbyes.
    """
    said = [part.replace("’", "'").strip(" \t`*_\"'") for part in parts]
    if said and len(said) <= 4 and all(_FINISHED_ALL.fullmatch(part) for part in said):
        return True
    return bool(_FINISHED_END.search(answer[-240:].replace("’", "'").strip()))


def grave(sentence: str) -> bool:
    """Whether a sentence speaks of illness or death: a stock question has no business there."""
    return bool(_GRAVE.search(sentence))


def asks_ahead(question: str) -> bool:
    """Whether the guide's question is about what comes next."""
    return bool(_ASKS_AHEAD.search(question))


def asks_stuck(question: str) -> bool:
    """Whether the guide's question is about difficulties."""
    return bool(_ASKS_STUCK.search(question))


def find(sentence: str, dated: bool) -> dict[str, tuple[int, int]]:
    """The cues of one sentence and where each stands in it; `dated` says that a day is already given."""
    plain = sentence.replace("’", "'")
    found = {}
    for name, (pattern, unless) in _COMPILED.items():
        match = pattern.search(plain)
        if not match or (unless and unless.search(plain)):
            continue
        if CUES[name].own and not _OWN.search(plain):
            continue
        found[name] = match.span()
    if "smooth" in found:
        for name in ("stuck", "absolute", "contrast"):
            found.pop(name, None)
    if dated or _DATED.search(plain):
        found.pop("intention", None)
    else:
        found.pop("plan", None)
    return found
