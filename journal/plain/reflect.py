"""A whole reflection in line mode."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from journal import reflection as rules
from journal.errors import BothwaysError, InvalidInput
from journal.model import FollowUp, GainKind, Outcome, Reflection, Status, Step, Turn
from journal.plain.lines import Lines
from journal.plain.pages import entry_page
from journal.plain.saver import Saver
from journal.text import clean
from journal.usecases.when import read_day
from journal.wording import line as say

if TYPE_CHECKING:
    from journal.bootstrap import Bothways

COMMAND = re.compile(r":(skip|back|follow(?:-up)?|other|drop|keep|again|quit|help|[1-9])(?:\s+([1-9]))?\s*")


class EndOfInput(Exception):
    """Nothing more comes in, or the writer leaves; the draft is kept."""


class LineReflection:
    """Walks one draft through its questions, closing steps and the sealing step.

    `out` writes one piece of text with a newline; `saver` keeps half-typed words; `journal` is the folder to name
    in commands that are printed to be typed again.
    """

    def __init__(
        self, bothways: Bothways, lines: Lines, out: Callable[[str], None], saver: Saver, *, journal: str = ""
    ) -> None:
        self._journal = journal
        self._bothways = bothways
        self._lines = lines
        self._out = out
        self._saver = saver
        self._offers: list[FollowUp] = []
        self._offered_to = ""
        self._typed: list[str] = []
        self._slot = ""
        self._id = ""

    def run(self, reflection: Reflection, *, seal: bool = False, resumed: bool = False) -> Reflection:
        """Go on with a draft until it is sealed, left, or the input ends. With `seal`, a draft whose questions
        were all gone through is sealed at the end without asking."""
        self._id = reflection.id
        self._out(say.header(reflection.session, self._partner(reflection), reflection.role, reflection.id))
        self._out(say.RESUMED if resumed else say.START)
        try:
            self._walk(seal)
        except EndOfInput:
            self._saver.close()
            if self._saver.failure is not None:
                raise self._saver.failure from None
            left = self._bothways.reading.get(self._id)
            if seal and left.step is not Step.QUESTIONS:
                self._seal()
            else:
                self._out("\n" + say.kept(self._id, self._journal))
        return self._bothways.reading.get(self._id)

    def half_typed(self, line: str) -> None:
        """Called with the unfinished line as it is typed."""
        if self._slot:
            typed = self._typed
            self._saver.note(self._id, self._slot, lambda: "\n".join((*typed, line)))

    def _partner(self, reflection: Reflection) -> str:
        pair = self._bothways.people.pair_by_id(reflection.pair) if reflection.pair else None
        return pair.partner if pair else ""

    def _read(self, prompt: str = "> ") -> str:
        line = self._lines.read(prompt)
        if line is None:
            raise EndOfInput
        return line

    def _walk(self, seal: bool) -> None:
        while True:
            reflection = self._bothways.writing.resume(self._id)
            if reflection.step is Step.QUESTIONS and reflection.at:
                self._ask(reflection, rules.turn_of(reflection, reflection.at))
            elif reflection.step in (Step.QUESTIONS, Step.GAINS):
                self._items(reflection, Step.GAINS, Step.OFFERS)
            elif reflection.step is Step.OFFERS:
                self._items(reflection, Step.OFFERS, Step.INTENTIONS)
            elif reflection.step is Step.INTENTIONS:
                self._items(reflection, Step.INTENTIONS, Step.PREVIEW)
            elif self._preview(reflection, seal):
                return

    # --- questions -----------------------------------------------------------------------------------

    def _ask(self, reflection: Reflection, turn: Turn) -> None:
        self._show_question(reflection, turn)
        self._slot = turn.id
        self._typed = []
        draft = self._bothways.drafts.load(self._id).get(turn.id)
        if draft and draft.text:
            self._typed = draft.text.split("\n")
            self._out(say.HALF_TYPED)
            self._out(draft.text)
        elif turn.answer:
            self._out(say.ANSWERED_BEFORE)
            self._out(turn.answer)
        fresh = True
        while True:
            line = self._read()
            if fresh and (match := COMMAND.fullmatch(line)):
                if self._command(reflection, turn, match[1], match[2]):
                    return
                continue
            if line == ".":
                self._slot = ""
                self._store(turn)
                return
            if line == "..":
                line = "."
            elif fresh and line.startswith("::") and COMMAND.fullmatch(line[1:]):
                line = line[1:]
            fresh = False
            self._typed.append(line)
            self._saver.note(self._id, turn.id, partial("\n".join, self._typed))

    def _show_question(self, reflection: Reflection, turn: Turn) -> None:
        stages = self._bothways.writing.form(reflection).stages
        self._out("")
        for number, stage in enumerate(stages, start=1):
            if stage.key == turn.stage and not turn.follows:
                self._out(say.question_place(number, len(stages), stage.title))
                self._out(turn.question)
                if stage.hint:
                    self._out(f"  ({' '.join(stage.hint.split())})")
                return
        self._out(say.FOLLOW_UP + f" · {turn.source}" if turn.follows else say.ALSO)
        self._out(turn.question or say.ALSO_QUESTION)

    def _store(self, turn: Turn) -> None:
        cleaned = clean("\n".join(self._typed))
        self._saver.forget()
        changed = self._bothways.writing.answer(self._id, turn.id, cleaned.text)
        for change in cleaned.changes:
            self._out(say.NOTICES[change])
        self._out(say.STORED if cleaned.text.strip() else say.SKIPPED)
        self._offer(rules.turn_of(changed, turn.id), changed)

    def _offer(self, turn: Turn, reflection: Reflection) -> None:
        self._offers = self._bothways.coach.follow_ups(reflection, turn)
        self._offered_to = turn.id
        if self._offers:
            self._bothways.writing.offered(self._id, self._offers)
            self._hear_offers()

    def _hear_offers(self) -> None:
        if not self._offers:
            self._out(say.NO_FOLLOW_UPS)
            return
        self._out(say.GO_DEEPER)
        for number, offer in enumerate(self._offers, start=1):
            self._out(f"  :{number} {offer.text} ({offer.source})")

    def _command(self, reflection: Reflection, turn: Turn, word: str, number: str | None) -> bool:
        """Carry out a command; True where another question is due."""
        writing = self._bothways.writing
        if word == "quit":
            self._slot = ""
            raise EndOfInput
        if word == "skip":
            self._saver.forget()
            writing.skip(self._id, turn.id)
            self._out(say.SKIPPED)
            return True
        if word == "back":
            if writing.back(self._id).at == turn.id:
                self._out(say.FIRST_QUESTION)
                return False
            return True
        if word == "keep":
            if turn.outcome is not Outcome.ANSWERED:
                self._out(say.NO_EARLIER)
                return False
            writing.answer(self._id, turn.id, turn.answer)
            return True
        if word in ("follow", "follow-up") and number is None:
            self._hear_offers()
        elif word == "other":
            current = self._bothways.reading.get(self._id)
            if self._offered_to:
                self._offer(rules.turn_of(current, self._offered_to), current)
            if not self._offers:
                self._out(say.NO_FOLLOW_UPS)
        elif word == "drop":
            self._typed = []
            self._saver.forget()
            self._bothways.drafts.discard(self._id, turn.id)
            self._out(say.DROPPED)
        elif word == "again":
            self._show_question(reflection, turn)
        elif word == "help":
            self._out(say.HELP)
        else:
            wanted = int(number or word)
            if wanted > len(self._offers):
                self._out(say.UNKNOWN_NUMBER)
                return False
            writing.follow_up(self._id, self._offered_to, self._offers[wanted - 1])
            self._offers = []
            return True
        return False

    # --- gains, offers, intentions ---------------------------------------------------------------------

    def _items(self, reflection: Reflection, step: Step, following: Step) -> None:
        writing = self._bothways.writing
        if reflection.step is not step:
            reflection = writing.go_to_step(self._id, step)
        self._out(f"\n{say.ITEM_QUESTION[step]}")
        self._out(say.ITEM_HELP[step])
        self._list_items(reflection, step)
        while True:
            line = self._read()
            if line.strip() in ("", "."):
                writing.go_to_step(self._id, following)
                return
            if line.strip() == ":quit":
                raise EndOfInput
            if line.strip() == ":back":
                writing.back(self._id)
                return
            if line.strip() == ":help":
                self._out(say.ITEM_HELP[step])
                continue
            try:
                if line.startswith(":") and not line.startswith(":remove"):
                    raise InvalidInput(say.NO_COMMAND)
                reflection = self._item(reflection, step, line)
                if not line.startswith(":"):
                    self._out(say.STORED)
            except BothwaysError as error:
                self._out(str(error))

    def _list_items(self, reflection: Reflection, step: Step) -> None:
        rows = _rows(reflection, step)
        if rows:
            self._out(say.SO_FAR)
        for number, (_, text) in enumerate(rows, start=1):
            self._out(f"  {number} {text}")

    def _item(self, reflection: Reflection, step: Step, line: str) -> Reflection:
        writing = self._bothways.writing
        if match := re.fullmatch(r":remove\s+(\d+)\s*", line):
            rows = _rows(reflection, step)
            if not 1 <= int(match[1]) <= len(rows):
                raise InvalidInput(say.NO_NUMBER)
            changed = writing.remove_item(self._id, rows[int(match[1]) - 1][0])
            self._out(say.REMOVED)
            return changed
        if step is Step.INTENTIONS:
            due, words = self._day_in_front(line)
            return writing.add_intention(self._id, words, due)
        kind, colon, words = line.partition(":")
        if not colon or not words.strip():
            raise InvalidInput(say.FULL_FORM)
        together = kind.strip().casefold().startswith("together ")
        parsed = GainKind.parse(kind.strip()[len("together ") :] if together else kind)
        if step is Step.GAINS:
            return writing.add_gain(self._id, parsed, words.removeprefix(" "), together=together)
        return writing.add_offer(self._id, parsed, words.removeprefix(" "))

    def _day_in_front(self, line: str) -> tuple[date | None, str]:
        """The day before a colon, and the words behind it; without a day the whole line is the words."""
        said, colon, words = line.partition(":")
        today = self._bothways.clock.now().date()
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", said.strip()):
            return read_day(said, today), words.removeprefix(" ")
        try:
            due = read_day(said, today) if colon else None
        except InvalidInput:
            due = None
        return (due, words.removeprefix(" ")) if due else (None, line)

    # --- the sealing step ------------------------------------------------------------------------------

    def _preview(self, reflection: Reflection, seal: bool) -> bool:
        """Ask who sees what; True where the reflection is finished with."""
        partner = self._partner(reflection)
        self._out("")
        self._out(say.who_sees(partner) if partner else say.SOLO_SEAL)
        while True:
            if partner:
                self._list_choices()
            line = self._read().strip().casefold()
            if line in (".", "", ":quit"):
                if seal:
                    return self._seal()
                raise EndOfInput
            if line == ":back":
                self._bothways.writing.back(self._id)
                return False
            if line == "seal":
                return self._seal()
            if not partner:
                self._out(say.SOLO_SEAL)
                continue
            if line == "preview":
                entry = self._bothways.sealing.preview(self._id).entry
                self._out(say.preview_title(partner))
                self._out(entry_page(entry) if entry else say.NOTHING_SHARED)
                continue
            try:
                self._choose(line)
            except BothwaysError as error:
                self._out(str(error))

    def _list_choices(self) -> None:
        items = self._bothways.sealing.preview(self._id).items
        if not items:
            self._out(say.NOTHING_TO_CHOOSE)
        for number, item in enumerate(items, start=1):
            mark = say.SHARED if item.shared else say.PRIVATE
            words = " ".join(item.text.split())
            self._out(f"  {number} [{mark}] {item.kind}: {words[:100]}{'…' if len(words) > 100 else ''}")
        if items and not any(item.shared for item in items):
            self._out(say.NOTHING_SHARED)

    def _choose(self, line: str) -> None:
        sealing = self._bothways.sealing
        items = sealing.preview(self._id).items
        if line == "all":
            wanted = {item.id for item in items}
        elif line == "none":
            wanted = set()
        elif re.fullmatch(r"\d+(\s*-\s*\d+)?([\s,]+\d+(\s*-\s*\d+)?)*", line):
            wanted = set()
            for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", line):
                for number in range(int(first), min(int(last or first), len(items) + 1) + 1):
                    if not 1 <= number <= len(items):
                        raise InvalidInput(say.NO_NUMBER)
                    wanted.add(items[number - 1].id)
        else:
            raise InvalidInput(say.NOT_UNDERSTOOD)
        sealing.choose(self._id, wanted)

    def _seal(self) -> bool:
        sealed = self._bothways.sealing.seal(self._id)
        self._out(say.sealed(sealed.id, self._partner(sealed), sealed.session, sealed.status is Status.OPEN))
        return True


def _rows(reflection: Reflection, step: Step) -> list[tuple[str, str]]:
    if step is Step.GAINS:
        return [(g.id, f"{g.kind}: {g.text}") for g in reflection.gains]
    if step is Step.OFFERS:
        return [(o.id, f"{o.kind}: {o.text}") for o in reflection.offers]
    return [(i.id, f"{i.due}: {i.text}" if i.due else i.text) for i in reflection.intentions]


__all__ = ["EndOfInput", "LineReflection"]
