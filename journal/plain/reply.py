"""Typing in, in line mode, what a partner without Bothways answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from journal.errors import BothwaysError, InvalidInput, NotAllowed
from journal.model import GainKind, SessionKey, Visibility
from journal.plain.lines import Lines
from journal.plain.reflect import EndOfInput
from journal.plain.saver import Saver
from journal.text import clean
from journal.usecases.given import GivenAnswer, GivenItem, GivenReflection
from journal.wording import line as say

if TYPE_CHECKING:
    from journal.bootstrap import Bothways


class LineReply:
    """Asks the partner's questions one after the other and returns what was typed in."""

    def __init__(self, bothways: Bothways, lines: Lines, out: Callable[[str], None], saver: Saver) -> None:
        self._bothways = bothways
        self._lines = lines
        self._out = out
        self._saver = saver
        self._owner = ""
        self._slot = ""
        self._typed: list[str] = []

    def half_typed(self, line: str) -> None:
        """Called with the unfinished line as it is typed."""
        if self._slot:
            typed = self._typed
            self._saver.note(self._owner, self._slot, lambda: "\n".join((*typed, line)))

    def run(self, session: SessionKey, partner: str | None) -> GivenReflection:
        """The whole reply. Raises EndOfInput where the input ends first, NotAllowed where none can be taken."""
        pair = self._bothways.people.pair(partner)
        review = self._bothways.together.review(session, partner)
        if review.mine is None:
            raise NotAllowed(
                f"Your own reflection of session {session} is not sealed yet.",
                "Seal it first, so that neither of you echoes the other.",
            )
        self._owner = f"reply-{pair.id}-{session}"
        stages = self._bothways.together.partner_questions(session, partner)
        self._out(say.reply_header(pair.partner, str(session)))
        self._out(say.START)
        answers = [self._answer(f"{n} of {len(stages)} · {s.title}", s.question) for n, s in enumerate(stages, 1)]
        gains = self._items(say.reply_received(pair.partner))
        offers = self._items(say.reply_offered(pair.partner))
        return GivenReflection(answers=tuple(answers), gains=gains, offers=offers)

    def _answer(self, place: str, question: str) -> GivenAnswer:
        self._out(f"\n{place}\n{question}")
        self._slot = place.split(" ", 1)[0]
        draft = self._bothways.drafts.load(self._owner).get(self._slot)
        self._typed = draft.text.split("\n") if draft and draft.text else []
        if draft and draft.text:
            self._out(say.HALF_TYPED_REPLY)
            self._out(draft.text)
        while (line := self._read()) != ".":
            self._typed.append("." if line == ".." else line)
            self._saver.note(self._owner, self._slot, partial("\n".join, self._typed))
        return GivenAnswer(text=clean("\n".join(self._typed)).text, visibility=Visibility.SHARED)

    def _items(self, question: str) -> tuple[GivenItem, ...]:
        self._slot = ""
        self._out(f"\n{question}\n{say.REPLY_ITEMS}")
        items: list[GivenItem] = []
        while (line := self._read()).strip() not in ("", "."):
            kind, colon, words = clean(line).text.partition(":")
            try:
                if not colon or not words.strip():
                    raise InvalidInput(say.FULL_FORM)
                items.append(
                    GivenItem(kind=GainKind.parse(kind), text=words.removeprefix(" "), visibility=Visibility.SHARED)
                )
            except BothwaysError as error:
                self._out(str(error))
        return tuple(items)

    def _read(self) -> str:
        line = self._lines.read("> ")
        if line is None:
            raise EndOfInput
        return line
