"""What the timeline and the page of one reflection say."""

from __future__ import annotations

TIMELINE = "Timeline"
SEARCH = "Search all words: yours, and what was opened to you"
EMPTY = (
    "Nothing is written yet.\nAfter your next session, start a reflection from Home: the first question takes a minute."
)
LOADING = "Reading …"
SOLO = "solo note"
RESTORED = "It is back."
HIT_WHERE = {
    "title": "title",
    "answer": "answer",
    "gain": "received",
    "offer": "offered",
    "intention": "intention",
    "response": "response",
    "line": "joint page",
}


def no_hits(words: str) -> str:
    return f"Nothing holds “{words}”.\nFewer words, or a part of one, find more. Esc clears the search."


def hits(count: int) -> str:
    return "one place" if count == 1 else f"{count} places"


MORE_HITS = "… and more. Another word narrows the search."


def older(count: int) -> str:
    return f"… {count} older ones. Enter shows them."


def entries(count: int) -> str:
    return "one entry" if count == 1 else f"{count} entries"


def with_whom(partner: str) -> str:
    return f"with {partner}"


def theirs(partner: str) -> str:
    return f"{partner}'s words"


def state(status: str, partner: str, early: bool = False) -> str:
    """A reflection's state in words. `partner` is "" for a solo note."""
    if status == "draft":
        return "draft"
    if status == "open":
        return "open"
    if not partner:
        return "sealed"
    return f"sealed, opened early for {partner}" if early else f"sealed, waits for {partner}"


# --- one reflection -------------------------------------------------------------------------------------


def read_title(session: str, partner: str) -> str:
    return f"{session} · with {partner}" if partner else f"{session} · solo note"


def their_title(session: str, partner: str) -> str:
    return f"{session} · {partner}'s words"


def about(role: str, guide: str, id: str) -> str:
    return f"{f'as the {role} · ' if role else ''}{guide} · {id}"


def possible(status: str, partner: str, can_unseal: bool, early: bool) -> str:
    """What the state means, and what can be done now."""
    if status == "draft":
        return (
            "A draft: only you see it. w goes on writing, s seals it."
            if partner
            else ("A draft: only you see it. w goes on writing, s closes it.")
        )
    if status == "open":
        return f"Open: you and {partner} read the shared words. Answers can still be edited; the change shows."
    if not partner:
        return "Sealed: a solo note that only you see." + (" n takes it back to a draft." if can_unseal else "")
    if early:
        return f"Sealed, and opened early: {partner} may read the shared words."
    if can_unseal:
        return f"Sealed: its words are settled until {partner} seals too. n takes it back to a draft."
    return f"Sealed, and so is {partner}'s. Both open at the next sync."


def opened_entry(partner: str, day: str) -> str:
    return f"{partner} opened this for you{f' on {day}' if day else ''}."


TYPED_HERE = "You typed this in for them."
DELETED = "This reflection is deleted. u brings it back, for 30 days."
PRIVATE = "private"
SHARED = "shared"
SKIPPED = "left out"
STILL_OPEN = "not answered yet"
EDITED = "edited"
RECEIVED = "Received"
OFFERED = "Offered"
MEANS = "Means to do"
MEANS_OWN = "What you mean to do"
MADE_TOGETHER = "together"
EMPTY_PAGE = "There are no words in it yet."


def earlier(count: int) -> str:
    return "edited · one earlier version kept" if count == 1 else f"edited · {count} earlier versions kept"


def entry_edited(day: str) -> str:
    return f"Edited on {day}."


def due(day: str) -> str:
    return f"before {day}"


EDIT_TITLE = "Change your answer"
EDIT_OPEN_HINT = "The earlier words are kept, and the other side sees that it was edited."
EDIT_DRAFT_HINT = "The earlier words are kept."
PICK_ANSWER = "Go to an answer first (↑ ↓), then e changes it."
TITLE_ASK = "Title, for your eyes only"
MOVE_ASK = "To which session? A day, or a day and a number: 2026-11-20/2"
MOVE_HINT = "Sessions are days; a second one on the same day is number 2."
DELETE_ASK = "Delete this reflection?"
DELETE_DETAIL = "What the other side was told is taken back. For 30 days it can be brought back."
DELETE = "Delete"
EARLY_ASK = "Open your words early?"
EARLY = "Open early"
UNSEAL_ASK = "Take it back to a draft?"
UNSEAL_DETAIL = "The other side learns that it is no longer sealed. The words stay."
UNSEAL = "Unseal"


def early_detail(partner: str) -> str:
    return f"{partner} can read what you share before writing their own. It cannot be taken back."


NO_REVIEW = "A solo note has no other side to review."
CANCEL = "Cancel"
SAVE = "Keep"
