"""The offline question bank: follow-ups that need no model.

An answer is read for cues (a contrast, a feeling the writer named, a plan without a day …); each cue has
wordings in the bank's file; the writer's own words are quoted whole; a guard checks every question.

    text → sentences → quotation  ┐
                     → cues       ┴→ reading → ranking → guard → FollowUp
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from journal.bank import cues, entries, ranking
from journal.bank.language import plainly_foreign
from journal.bank.quotation import small_talk
from journal.bank.reading import read
from journal.bank.sentences import texts, window
from journal.model import FollowUp, Role

__all__ = ["Bank"]

ENDING = 600
"""An answer up to this many characters may be nothing but a “no” and a goodbye."""


class Bank:
    """A bank of questions read from TOML text. It keeps nothing between calls."""

    def __init__(self, text: str) -> None:
        """Raises GuideError, naming the entry, when the text is not a usable bank."""
        self._wordings = entries.read(text)

    def follow_ups(
        self,
        answer: str,
        *,
        question: str,
        role: Role,
        stage: str = "",
        asked: Collection[str] = (),
        earlier: Sequence[str] = (),
        limit: int = 3,
    ) -> list[FollowUp]:
        """Up to `limit` questions, the best first; the same inputs give the same questions.

        `question` is what the answer answers, `asked` the ids of follow-ups shown before, oldest first, and
        `earlier` the questions of this reflection. An id in `asked` returns only when no other is left.
        Empty when the answer holds no word, says that there is nothing more, or is plainly not English.
        """
        part = answer[window(answer) :]
        if limit < 1 or not _says_something(part) or plainly_foreign(part):
            return []
        said = [one for one in texts(answer) if not small_talk(one)] if len(answer) <= ENDING else []
        if cues.finished(answer, said):
            return []
        usable = [word for word in self._wordings if ranking.fits(word, role, stage)]
        return ranking.choose(
            usable,
            read(answer, question),
            answer=answer,
            question=question,
            asked=tuple(asked),
            earlier=earlier,
            limit=limit,
        )


def _says_something(text: str) -> bool:
    return any(char.isalnum() or ord(char) > 0x2190 for char in text)
