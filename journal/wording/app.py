"""What the terminal app says."""

from __future__ import annotations

from datetime import date

HOME, HOME_HELP = "Home", "What waits for you, and the start of a new reflection."
TIMELINE, TIMELINE_HELP = "Timeline", "Everything written so far, and the search through it."
SHARING, SHARING_HELP = "Share", "Meet the other person: invite them, or answer their invitation."
THEME, THEME_HELP = "Theme", "Choose other colours."
QUIT, QUIT_HELP = "Quit", "Close Bothways. What is half-typed is kept."

HOW_TO_QUIT = "Ctrl+Q closes Bothways. What is half-typed is kept."
QUIT_WOULD_LOSE = (
    "Your last words are not on the disk yet, so Bothways stays open. Copy them somewhere safe, or make room and "
    "try again. They are saved as soon as that works."
)


def no_such_theme(name: str) -> str:
    return f"There is no theme called “{name[:40]}”, so the usual one is used. The palette (Ctrl+P) lists them."


def crashed(name: str) -> str:
    return (
        f"Bothways had to stop: {name}. What you typed up to a second ago is on disk and comes back when you open it "
        "again. Nothing of what you wrote is shown here, and nothing was sent anywhere."
    )


def partner_joined(name: str) -> str:
    return f"{name} has joined. You can now read each other's sealed reflections."


def partner_sealed(name: str, session: str) -> str:
    return f"{name} has sealed {session}."


def session_open(name: str, session: str) -> str:
    return f"Session {session} with {name} is open: read it together."


# --- help ----------------------------------------------------------------------------------------------

HELP = "Help"
HELP_HERE = "On this screen"
HELP_EVERYWHERE = "Everywhere"
CARD_CLOSE = "esc closes"
KEYS_EVERYWHERE = (("^Q", "Close Bothways. What is half-typed is kept."),)
CRISIS_TITLE = "If it gets too much"
CRISIS_TEXT = (
    "This is a journal. It cannot help you in danger or despair, and it does not try to.",
    "Nobody is watching. Nothing you write here is sent to anyone because of its words, and nobody is told.",
    "If you or somebody else may be hurt, call your local emergency number now.",
    "If it is not as urgent: a person close to you, a doctor, or a crisis line where you live. A search for “crisis "
    "line” and the name of your country finds one. You need no good reason to call.",
    "Your words stay private and stay where they are. You can come back to them, or not.",
)


# --- saving --------------------------------------------------------------------------------------------

SAVED = "saved"
SAVING = "saving"


def not_saved(what: str) -> str:
    reason = what.rsplit(": ", 1)[-1].rstrip(".")
    return f"not saved: {reason}"


# --- days and sessions -----------------------------------------------------------------------------------

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_label(day: date, today: date) -> str:
    """A day as people say it: today, tomorrow, 20 Nov, 20 Nov 2025."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    if near:
        return near
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")


def session_day(key: str, today: date) -> str:
    """A session's key as people say it: 20 Nov, 20 Nov (2)."""
    day, _, number = key.partition("/")
    label = date.fromisoformat(day)
    shown = f"{label.day} {_MONTHS[label.month - 1]}" + (f" {label.year}" if label.year != today.year else "")
    return f"{shown} ({number})" if number else shown


def reflection_title(key: str, partner: str, role: str, day: date, today: date) -> str:
    """The top line while writing."""
    if not partner:
        return f"solo note · {session_day(day.isoformat(), today)}"
    return f"session {session_day(key, today)} with {partner} · you are the {role}"


# --- reflecting ------------------------------------------------------------------------------------------

SOURCES = {"guide": "", "bank": "bank", "ai": "AI", "own": "your own"}
SKIPPED = "skipped"
GO_DEEPER = "Go deeper"
NO_OTHER_QUESTIONS = "There are no other questions to that answer. ^O adds one of your own."
NO_FOLLOW_UPS = "There is no question with that key."
SAVED_AS_YOU_TYPE = "Your words are saved as you type. ^J keeps them as your answer; to skip, empty the field first."
SKIPPED_NOTICE = "Skipped. ^B goes back to it."
NOTHING_BEFORE = "This is the first question."
NOTHING_AFTER = "This is the last question so far."
PLACEHOLDER = "Write here. Only you can see it."
PLACEHOLDER_SOLO = "Write here. Nobody else sees a solo note."


def cleaned_notice(changes: tuple[str, ...]) -> str:
    said = {
        "controls": "control codes were left out",
        "newlines": "line ends were made uniform",
        "surrogates": "broken characters were marked �",
    }
    what = ", ".join(said.get(str(change), str(change)) for change in changes)
    return f"Of what you pasted, {what}. All else is as it was."


def earlier_turns(count: int) -> str:
    return f"↑ {count} earlier {'question' if count == 1 else 'questions'} · Alt+PgUp"


def later_turns(count: int) -> str:
    return f"↓ {count} {'question' if count == 1 else 'questions'} after this one · ^F goes there, ^J keeps a change"


def word_count(count: int) -> str:
    return f"{count:,} {'word' if count == 1 else 'words'}"


def who_sees(shared: bool, partner: str) -> str:
    if not partner:
        return "only you"
    return f"● {partner} will see it ⇄ ^T" if shared else "○ private ⇄ ^T"


def long_answer(count: int) -> str:
    return f"… {count:,} words in all"


def stage_progress(done: int, count: int, title: str) -> str:
    return f"{title}, {done} of {count}" if title else f"{count} of {count} answered"


def still_on_screen(what: str) -> str:
    return f"Your words are on screen but not on the disk. {what} Bothways keeps trying; do not close it yet."


PARENT_IS_PRIVATE = (
    "A follow-up shows words of the answer it follows, and that answer is private.",
    "Share that answer first, or keep both private.",
)
REFLECT_HELP_TITLE = "Reflect"
REFLECT_HELP = (
    "One question at a time. Write as much or as little as you like; every word is saved as you type. After an answer "
    "you may be offered questions that go deeper: take one with its key, or simply go on.\n\n"
    "Everything is private while you write. Before you seal, you see exactly what the other will see and choose."
)
ASK_OWN_TITLE = "A question of your own"
ASK_OWN_HINT = "What would you like to be asked? Enter adds it, Esc leaves it."
ASK_OWN_EMPTY = "A question needs words."


# --- first run -------------------------------------------------------------------------------------------

FIRST_TITLE = "Welcome"
FIRST_WELCOME = (
    "A journal for two people who learn from each other.\n"
    "After each time you meet, both of you write, each alone.\n"
    "Then you open it together, and see what went both ways."
)
FIRST_HELP = (
    "Three short fields, and the first question comes. Everything stays on this computer, and all of it can be changed "
    "later. You can also begin on your own and name the other person another day."
)
YOUR_NAME = "Your name"
FIRST_PARTNER_EMPTY = "Write their name, or press ^O to begin on your own."
ROLES = {
    "mentee": ("I am the mentee", "someone accompanies me"),
    "mentor": ("I am the mentor", "I accompany someone"),
}


def first_step(number: int, count: int) -> str:
    return f"{number} of {count}"


def first_fields(other: str) -> tuple[tuple[str, str], ...]:
    return (
        ("What is your name?", "It stands beside what you write, and the other person knows you by it."),
        ("Which side are you on, most of the time?", "The questions fit your side. You can swap for any session."),
        (f"What is your {other}'s name?", "They get nothing yet. You invite them when you want to."),
    )


# --- Home ------------------------------------------------------------------------------------------------

WAITS = "Waiting for you"
MEANT_TO = "You meant to"
LATELY = "Lately"
KIND_NEW, KIND_REPLY, KIND_DRAFT, KIND_SEALED, KIND_YOURS = "open", "reply", "draft", "sealed", "yours"
READ_IT_TOGETHER = "new: read it together"
GO_ON = "go on writing"
START_A_REFLECTION = "Start a reflection"
WHICH_GUIDE = "Which guide?"
WITH_WHOM = "With whom?"
ALONE = "On my own: a solo note"
HOME_EMPTY = (
    "Nothing waits for you.\n\n"
    "After you two have met, press n and answer a few questions while it is fresh. The other does the same, each "
    "alone. When both have sealed, you open it together.\n\n"
    "To meet the other here, press s. To write just for yourself, press o."
)
HOME_SCREEN_HELP = (
    "What waits for you stands first: what the other opened, replies, drafts to go on with, and what you meant to do. "
    "Arrows move, Enter opens, Space ticks a promise."
)


def solo_row(title: str, day: date, today: date) -> str:
    return f"{title or 'Solo note'} · {session_day(day.isoformat(), today)}"


def session_row(session: str, partner: str, today: date) -> str:
    return f"{partner} · {session_day(session, today)}"


def replies(count: int) -> str:
    return "a reply to read" if count == 1 else f"{count} replies to read"


def waits_for(partner: str) -> str:
    return f"opens when {partner} has sealed"


def sealed_theirs(partner: str) -> str:
    return f"{partner} has sealed; write yours"


def due(day: date | None, today: date) -> str:
    if day is None:
        return "some day"
    return f"was for {day_label(day, today)}" if day < today else day_label(day, today)


def state_of(status: str, paired: bool) -> str:
    return str(status) if paired else "solo"


def start_with(partners: list[str]) -> str:
    if not partners:
        return "on your own"
    if len(partners) == 1:
        return f"with {partners[0]}"
    return f"with one of {len(partners)}: " + ", ".join(partners[:3]) + ("…" if len(partners) > 3 else "")


def guide_line(title: str, count: int) -> str:
    return f"{title}  about {minutes(count)} · g for another guide"


def minutes(count: int) -> str:
    return f"{count} min"


def your(role: str) -> str:
    return f"your {role}"


# --- closing ---------------------------------------------------------------------------------------------

CLOSING_HELP_TITLE = "Received, offered, will do"
CLOSING_HELP = (
    "Three short lists: what reached you, what you believe you gave, and what you mean to do. Write one thing, ^J adds "
    "it; ^J on an empty field goes on. Empty lists are fine.\n\n"
    "Only the one who receives can say that something was received. What you offered becomes a gain only when the "
    "other writes it down."
)
CLOSING_STEPS = ("Received", "Offered", "Will do")
KIND_MEANS = {
    "knowledge": "something to know: a fact, a view, how things work here",
    "skill": "something to be able to do",
    "social capital": "people and doors: a contact, a recommendation, a place at a table",
    "psychosocial support": "backing: being heard, encouraged, taken seriously",
    "practice": "a way of mentoring or of learning",
}
BOTH = ", both"
DUE_TITLE = "by when"
DUE_HINT = "2026-12-01, tomorrow, friday, +7, or nothing"
INTENTION_NEEDS_WORDS = "There is a day but no words: what will you do?"
NOTHING_TO_TAKE_BACK = "Nothing was added here yet."
FIELD_IS_NOT_EMPTY = "Add what is in the field first, or empty it."


def closing(step: str, partner: str) -> tuple[str, str]:
    who = partner or "someone"
    if step == "gains":
        asked = f"What did you receive from {partner}?" if partner else "What did you receive?"
        return asked, "Only you can say that something reached you. One thing at a time; none is fine."
    if step == "offers":
        asked = f"What did you offer {partner}?" if partner else "What did you offer?"
        return asked, f"What you believe you gave. Whether it arrived is for {who} to say."
    return "What will you do?", "A small step is enough. Bothways asks about it next time, without scolding."


def together(both: bool, partner: str) -> str:
    return f"● {partner} received it too ⇄ ^T" if both else "○ I received it ⇄ ^T"


# --- sealing ---------------------------------------------------------------------------------------------

SEAL_HELP_TITLE = "Who sees what"
SEAL_HELP = (
    "Every line is private until you share it. Beside the list stands exactly what the other will see, and nothing "
    "else: no gaps, no counts. A follow-up can only be shared with the answer it follows, because it quotes it.\n\n"
    "Sealing hands it in. The words open when both of you have sealed, so that neither echoes the other."
)
ALL_LOOK_ALIKE = "Private, skipped and never asked look alike to the other."
LINES_TITLE = "What you wrote"
NOTHING_SHARED = "Nothing shared. They will see that you have sealed, and no words."
NOTHING_WRITTEN = "There are no words in it."
RECEIVED, OFFERED, WILL_DO = "Received", "Offered", "Will do"
GONE = "That reflection is not there any more."
SEALED_HELP_TITLE = "Sealed"
SEALED_HELP = "What you wrote is handed in. Until the other has sealed too, you can take it back."


def draft_status() -> str:
    return "not sealed yet"


def seal_lead(partner: str) -> str:
    if not partner:
        return "A solo note: nobody else sees it, sealed or not. Sealing only says that it is finished. s seals it."
    return f"Who sees what? {partner} will see only what is marked as shared, once both of you have sealed."


def unfinished(count: int) -> str:
    places = "one place" if count == 1 else f"{count} places"
    return f"✎ Half-typed words in {places} are not part of this yet. u goes there."


def seal_without(count: int) -> str:
    return "✎ Sealing lets the half-typed words go. s seals without them, u goes to them."


def view_title(partner: str) -> str:
    return f"What {partner} will see" if partner else "What you wrote"


def mark(shared: bool) -> str:
    return "● shared " if shared else "○ private"


def item_heading(kind: str, heading: str) -> str:
    if kind == "answer":
        return heading
    if kind == "intention":
        return f"{WILL_DO}{f', {heading}' if heading else ''}"
    return f"{RECEIVED if kind == 'gain' else OFFERED}, {heading}"


def after_sealing(*, partner: str, open: bool, early: bool, met: bool, can_unseal: bool) -> tuple[str, str, str]:
    if not partner:
        return "Sealed.", "Your solo note is finished. Nobody else sees it.", "u makes it a draft again."
    if open:
        return "Open.", f"You and {partner} have both sealed. v reads it together.", ""
    waits = f"{partner} has not sealed yet."
    if early:
        waits = f"You opened yours early: {partner} can read what you shared. Theirs opens when they seal."
    again = "You can unseal it until then with u, and change anything." if can_unseal else ""
    if met:
        hint = "Bothways tells you when it opens. Meanwhile: do the one thing you meant to, or nothing at all."
    else:
        hint = (
            f"You and {partner} do not meet in a shared folder yet: s invites them. Without Bothways on their side, "
            "their reply can be typed in from the review."
        )
    return "Sealed.", f"{waits} {again}".strip(), hint


def open_early(partner: str) -> tuple[str, str, str]:
    return (
        "Open yours now?",
        f"{partner} can then read what you shared before having written. That cannot be taken back.",
        "Open mine",
    )
