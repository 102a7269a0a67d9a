"""What the joint reading of a session says, and the forms around it."""

from __future__ import annotations

from datetime import date

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

NOTHING = "–"
EXCHANGE = "What went each way"
BLIND_GIFT = "✦ blind gift"
SEEN = "seen"
TOGETHER = "together"
OFFERED = "offered"
RECEIVED = "received"
NEVER_LISTED = "not listed"
MADE_TOGETHER = "made together"
NO_EXCHANGE = "Neither of you shared anything received or offered this time."
ALSO = "Also"
MEANS_TO = "What each of you means to do"
WHOLE = "About all of it"
TALK_ABOUT = "Talk about"
JOINT_NOTE = "Joint note"
NO_NOTE = "Nothing yet. n writes the first line; both of you read it."
AGREED = "Agreed"
NOTHING_AGREED = "Nothing yet. a agrees on something, with an owner and a day."
NEW = "new"
SOURCES = {"ai": "AI", "bank": "bank", "own": "own"}
LOADING = "Opening …"

COMMENT_TITLE = "Your comment"
NOTE_TITLE = "A line for the joint note"
EDIT_TITLE = "Change your line"
NOTE_HINT = "Both of you read it, and each line keeps its author."
AGREE_TITLE = "Agree on something"
AGREE_OWNER = "Who does it"
AGREE_DAY = "Before which day? 2026-11-27, or nothing"
SAVE_HINT = "^J keeps it · esc goes back, your words stay"
KEPT_FOR_LATER = "Your words are kept; the same key brings them back."
NOT_SAVED = "Not saved yet: your words are on screen only."
SAVED_DRAFT = "kept"

REMOVE_LINE = "Remove this line?"
REMOVE = "Remove"


def number(count: int) -> str:
    """A count in words, as far as that reads well."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def day(value: date, today: date | None = None) -> str:
    """`20 Nov 2026`; without the year where it is the year of `today`."""
    short = f"{value.day} {MONTHS[value.month - 1]}"
    return short if today is not None and today.year == value.year else f"{short} {value.year}"


def title(session: str, left: str, right: str) -> str:
    return f"Review · {session} · {left} and {right}"


def session_name(value: date, count: int) -> str:
    return day(value) + (f", session {count}" if count > 1 else "")


def side(name: str, role: str) -> str:
    return f"{name}, {role}"


SHORT_KINDS = {"psychosocial support": "psychosocial"}


def item_label(what: str, kind: str) -> str:
    """`received · skill`; a kind too long for a column goes by its first word."""
    return f"{what} · {SHORT_KINDS.get(kind, kind)}" if kind else what


def blind_gift_sentence(receiver: str, giver: str) -> str:
    return f"{receiver} received this; {giver} never listed it."


def balance(left: str, right: str, to_left: int, to_right: int, together: int) -> str:
    """What was recorded, as a sentence; a direction nobody recorded is not held against anyone."""
    ways = [(right, left, to_left), (left, right, to_right)]
    parts = [f"{number(n)} from {a} to {b}" for a, b, n in ways if n]
    if together:
        parts.append(f"{number(together)} made together")
    if not parts:
        return ""
    listed = " and ".join(parts) if len(parts) < 3 else f"{parts[0]}, {parts[1]} and {parts[2]}"
    lead = "It went both ways" if to_left and to_right else "Recorded this time"
    first, _, rest = listed.partition(" ")
    return f"{lead}: {first} {'gain' if first == 'one' else 'gains'} {rest}."


def response(author: str, kind: str, mine: bool) -> str:
    """How a response begins: who, and what kind."""
    if kind == "thanks":
        return f"{author} {'say' if mine else 'says'} thanks"
    if kind == "surprised":
        return f"{author} {'were' if mine else 'was'} surprised"
    return author


YOU = "You"


def only_theirs(partner: str) -> str:
    return f"These are your own words: {partner} can respond to them."


def not_a_word_of_theirs(partner: str) -> str:
    return f"Go to something {partner} wrote first; then respond to it."


def done_on(due: str) -> str:
    return f"done {due}"


def comment_on(author: str, words: str) -> str:
    return f"{author}: {words}"


def whole(author: str) -> str:
    return f"Everything {author} shared"


def whole_hint(author: str) -> str:
    return f"A word to {author} about the whole of it?"


# --- while it is not open ------------------------------------------------------------------------------

NOT_YET = "not yet"
SEALED = "sealed"


def waiting_title(session: str, partner: str) -> str:
    return f"Session {session} with {partner} is not open yet."


BLIND_FIRST = "Both of you write blind first. When both have sealed, both sides open here at the same moment."


def next_write(partner: str, they_sealed: bool) -> str:
    if they_sealed:
        return f"{partner} has sealed. Write yours and seal it: both sides open together then."
    return "Write yours and seal it. Nobody has to hurry."


def next_wait(partner: str) -> str:
    return f"Yours is sealed. It opens when {partner} has sealed too. Nobody has to hurry."


def next_wait_alone(partner: str) -> str:
    return (
        f"Yours is sealed. If {partner} writes in Bothways, share a folder with them. If {partner} answers you by "
        "mail or in a talk, type in what they said."
    )


def next_under_way(partner: str) -> str:
    return f"Both are sealed. {partner}'s words arrive after their journal has synchronised once more."


def early_theirs(partner: str) -> str:
    return f"{partner} opened theirs before you sealed. It can wait until you have written; o reads it now."


# --- typing in a reply ----------------------------------------------------------------------------------


def reply_title(partner: str, session: str) -> str:
    return f"What {partner} answered · {session}"


def reply_intro(partner: str) -> str:
    return (
        f"These are the questions for {partner}. Type in what they wrote or said, in their words; leave out what "
        "they left out. It opens beside yours when you take it in."
    )


def reply_gains(partner: str) -> str:
    return f"What {partner} received"


def reply_offers(partner: str) -> str:
    return f"What {partner} offered"


REPLY_MORE_GAIN = "One more received"
REPLY_MORE_OFFER = "One more offered"
REPLY_TAKE_IN = "Take it in"
REPLY_EMPTY = "There are no words in it yet."


def reply_confirm(partner: str) -> str:
    return f"Take in {partner}'s answers?"


REPLY_CONFIRM_DETAIL = "It opens beside yours. It cannot be typed in a second time."
