"""From cues to questions: the best first, with different moves and different words quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from journal.bank import guard
from journal.bank.entries import PLACE, Wording, stage_key
from journal.bank.quotation import Quotation
from journal.bank.reading import Hit
from journal.bank.repeats import repeats
from journal.model import FollowUp, Role

SAME_MOVE, SAME_CUE, SAME_WORDS, QUOTED_ALREADY = 2.0, 1.0, 0.9, 0.1
"""What a candidate loses for each chosen one with the same move, cue or quoted words, or that also "
"quotes."""

BREADTH = 14
"""How many cues of one answer are looked at, the strongest first."""


class _Candidate(NamedTuple):
    score: float
    wording: Wording
    quotation: Quotation | None
    cue: str


def fits(wording: Wording, role: Role, stage: str) -> bool:
    """Whether the wording is meant for this side and this stage."""
    entry = wording.entry
    if entry.roles and role not in entry.roles:
        return False
    return not entry.stages or stage_key(stage) in {stage_key(name) for name in entry.stages}


def _spread(seed: str, wording: Wording) -> float:
    """A number from 0 to 1 fixed by the answer and the wording: which wording this answer gets."""
    digest = hashlib.blake2b(f"{seed}\0{wording.id}".encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / 2**32


def _strongest(hits: list[Hit]) -> list[Hit]:
    """At most two hits a cue, the strongest of all first; those of the bare `general` cue stay."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: -one.score):
        same = [one for one in kept if one.cue == hit.cue]
        if len(same) < 2 and len(kept) < BREADTH:
            kept.append(hit)
    return kept + [hit for hit in hits if hit.quotation is None and hit.cue in {"general", "thin"} and hit not in kept]


def _candidates(wordings: Sequence[Wording], hits: list[Hit], seed: str) -> list[_Candidate]:
    by_cue: dict[str, list[tuple[Wording, float]]] = {}
    for wording in wordings:
        by_cue.setdefault(wording.entry.cue, []).append((wording, _spread(seed, wording)))
    found = []
    for hit in _strongest(hits):
        for wording, spread in by_cue.get(hit.cue, ()):
            if wording.entry.tense and hit.tense and wording.entry.tense != hit.tense:
                continue
            if wording.quotes and hit.quotation is None:
                continue
            score = hit.score + 0.8 * spread
            if not wording.quotes and hit.quotation is not None:
                score -= 1.2
            quotation = hit.quotation if wording.quotes else None
            found.append(_Candidate(score, wording, quotation, hit.cue))
    return sorted(found, key=lambda one: (-one.score, one.wording.id))


def _overlap(one: Quotation | None, other: Quotation | None) -> bool:
    return one is not None and other is not None and one.start < other.end and other.start < one.end


def _penalty(one: _Candidate, chosen: list[_Candidate]) -> float:
    loss = 0.0
    for other in chosen:
        loss += SAME_MOVE * (one.wording.entry.move == other.wording.entry.move)
        loss += SAME_CUE * (one.cue == other.cue)
        loss += SAME_WORDS * _overlap(one.quotation, other.quotation)
        loss += QUOTED_ALREADY * (one.quotation is not None and other.quotation is not None)
    return loss


def _text(one: _Candidate) -> str:
    return one.wording.text.replace(PLACE, one.quotation.text if one.quotation else "")


def choose(
    wordings: Sequence[Wording],
    hits: list[Hit],
    *,
    answer: str,
    question: str,
    asked: Sequence[str],
    earlier: Sequence[str],
    limit: int,
) -> list[FollowUp]:
    """Up to `limit` follow-ups out of the wordings that answer to the hits and pass the guard."""
    seed = hashlib.sha256(answer.encode("utf-8", "replace")).hexdigest()
    everything = _candidates(wordings, hits, seed)
    used = {name: number for number, name in enumerate(asked)}
    fresh = [one for one in everything if one.wording.id not in used]
    found = _pick(fresh, answer, question, earlier, limit, ordered=False)
    if not found:
        again = sorted(everything, key=lambda one: used.get(one.wording.id, -1))
        found = _pick(again, answer, question, earlier, limit, ordered=True)
    return found


def _pick(
    pool: list[_Candidate], answer: str, question: str, earlier: Sequence[str], limit: int, *, ordered: bool
) -> list[FollowUp]:
    """Take the best left, again and again; `ordered` takes them in the order given instead."""
    chosen: list[_Candidate] = []
    found: list[FollowUp] = []
    left = list(pool)
    while left and len(found) < limit:
        best = left[0] if ordered else max(left, key=lambda one: one.score - _penalty(one, chosen))
        left.remove(best)
        text = _text(best)
        if any(
            one.wording.id == best.wording.id or repeats(text, shown.text)
            for one, shown in zip(chosen, found, strict=True)
        ):
            continue
        if not guard.passes(text, answer=answer, question=question, earlier=earlier):
            continue
        chosen.append(best)
        quote = best.quotation.text if best.quotation else ""
        found.append(FollowUp(id=best.wording.id, text=text, move=best.wording.entry.move, quote=quote))
    return found
