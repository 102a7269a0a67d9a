"""Follow-ups: asked of the bank, after an answer is stored, beside the next step and never in its way."""

from __future__ import annotations

from journal.model import FollowUp, Outcome, Reflection, Turn
from journal.ports import QuestionBank

__all__ = ["Coach"]


class Coach:
    """Offers follow-ups to one answer. It reads what the writer just wrote, and nothing of the partner's."""

    def __init__(self, bank: QuestionBank) -> None:
        self._bank = bank

    def follow_ups(self, reflection: Reflection, turn: Turn, *, limit: int = 3) -> list[FollowUp]:
        """Up to `limit` questions to `turn`'s answer that were neither asked nor shown in this reflection.

        None where the turn has no answer, or the answer says that there is nothing more.
        """
        if turn.outcome is not Outcome.ANSWERED:
            return []
        return self._bank.follow_ups(
            turn.answer,
            question=turn.question,
            role=reflection.role,
            stage=turn.stage,
            asked=reflection.offered,
            earlier=[t.question for t in reflection.turns if t.question],
            limit=limit,
        )
