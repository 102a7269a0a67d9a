"""A session that is not open on both sides yet: one word a side, what happens next, and nothing more."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from journal.model import SessionKey
from journal.tui.base import Plain
from journal.tui.shown import shown
from journal.usecases import Review, SideState
from journal.wording import review as words


class WaitingCard(Vertical):
    """Who has sealed, as far as one may know, and what comes next."""

    SCOPED_CSS = False
    DEFAULT_CSS = """
    WaitingCard {
        height: auto;
        width: 100%;
        max-width: 72;
        border: round $primary 60%;
        padding: 1 2;
        margin: 1 0;

        Plain { height: auto; }
        .head { text-style: bold; margin: 0 0 1 0; }
        .blind { color: $text-muted; margin: 1 0 0 0; }
        .next { margin: 1 0 0 0; }
    }
    .-stacked WaitingCard { border: none; padding: 0 1; margin: 0; }
    """

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review

    def compose(self) -> ComposeResult:
        review, partner = self._review, self._review.pair.partner
        session = SessionKey.parse(review.session)
        yield Plain(words.waiting_title(words.session_name(session.date, session.number), partner), classes="head")
        for name, state in ((words.YOU, review.my_state), (partner, review.their_state)):
            sealed = state is not SideState.NOT_YET
            yield Plain(
                Content.assemble(
                    ("● " if sealed else "○ ", "$primary" if sealed else "$foreground 60%"),
                    (f"{shown(name)}: ", "bold"),
                    words.SEALED if sealed else words.NOT_YET,
                )
            )
        for sentence in _next(review, partner):
            yield Plain(sentence, classes="next")
        yield Plain(words.BLIND_FIRST, classes="blind")


def _next(review: Review, partner: str) -> list[str]:
    they_sealed = review.their_state is not SideState.NOT_YET
    if review.my_state is SideState.NOT_YET:
        early = [words.early_theirs(partner)] if review.theirs is not None else []
        return [words.next_write(partner, they_sealed), *early]
    if they_sealed:
        return [words.next_under_way(partner)]
    met = review.pair.space is not None and review.pair.space.peer
    return [words.next_wait(partner) if met else words.next_wait_alone(partner)]
