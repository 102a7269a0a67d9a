"""What line mode says."""

from __future__ import annotations

HELP = """\
End an answer with a line that holds a single dot. A line of two dots stands for one dot.
As the first line of an answer:
  :skip          leave this question out
  :back          go back one question
  :follow        hear the follow-up questions again
  :1 :2 :3       answer that follow-up question (also :follow 1)
  :other         hear other follow-up questions
  :drop          forget the half-typed words of this answer
  :keep          keep the answer you gave before, and go on
  :again         hear the question again
  :quit          leave; the draft is kept
  :help          this list
An answer that begins with such a line: double the colon, as in ::skip."""

ITEM_HELP = {
    "gains": "One on each line, as “kind: words”, for example: skill: how to say no with a date.\n"
    "The kinds are knowledge, skill, social capital, psychosocial support, practice. What you made\n"
    "together: together skill: words. :remove 1 takes one out, :back goes back. An empty line goes on.",
    "offers": "One on each line, as “kind: words”; the same kinds. :remove 1 takes one out, :back goes back.\n"
    "An empty line goes on.",
    "intentions": "One on each line; a day in front sets when: 2026-12-01: words, or friday: words.\n"
    ":remove 1 takes one out, :back goes back. An empty line goes on.",
}

ITEM_QUESTION = {
    "gains": "What did you receive?",
    "offers": "What did you offer?",
    "intentions": "What will you do?",
}


def header(session: str, partner: str, role: str, id: str) -> str:
    if partner:
        return f"Bothways · session {session} with {partner} · you are the {role} · draft {id}"
    return f"Bothways · solo note · draft {id}"


START = "End an answer with a line that holds a single dot; :help lists the commands."
RESUMED = "Your draft goes on where you left it."


def question_place(number: int, count: int, title: str) -> str:
    return f"{number} of {count} · {title}"


FOLLOW_UP = "Follow-up"
ALSO = "Also"
ALSO_QUESTION = "What else?"
HALF_TYPED = "You had typed this; it goes on below it (:drop forgets it):"
ANSWERED_BEFORE = "Your answer so far; a new one takes its place, :keep keeps it:"
SKIPPED = "Skipped."
STORED = "Stored."
GO_DEEPER = "Go deeper with :1, :2 or :3, or go on:"
NO_FOLLOW_UPS = "There is no follow-up question to that."
UNKNOWN_NUMBER = "There is no follow-up with that number."
FIRST_QUESTION = "This is the first question."
NO_EARLIER = "There is no earlier answer to keep."
DROPPED = "Forgotten."
FULL_FORM = "Write it as “kind: words”. The kinds: knowledge, skill, social capital, psychosocial support, practice."
SO_FAR = "So far:"
REMOVED = "Removed."
NO_NUMBER = "There is no such number."


def who_sees(partner: str) -> str:
    return (
        f"Who sees what? {partner} sees only the lines marked shared, once both of you have sealed.\n"
        "Private, skipped and never asked look alike.\n"
        "Type all, none, or the numbers to share (1 3 4); preview shows exactly what "
        f"{partner} will see;\nseal hands it in; an empty line keeps the draft."
    )


SOLO_SEAL = "A solo note: nobody else sees it. Type seal to close it; an empty line keeps the draft."
NOTHING_SHARED = "Nothing is shared. When both of you have sealed, the other's words open to you all the same."
NOTHING_TO_CHOOSE = "There is nothing to share in it."
NOT_UNDERSTOOD = "Type all, none, numbers such as 1 3-5, preview, or seal; an empty line keeps the draft."
NO_COMMAND = "There is no such command here; the commands are :back, :remove NUMBER, :help and :quit."


def preview_title(partner: str) -> str:
    return f"Exactly this is what {partner} will see:"


def sealed(id: str, partner: str, session: str, open_now: bool) -> str:
    if not partner:
        return f"{id} is sealed."
    if open_now:
        return f"{id} is sealed, and so is {partner}'s: bothways review {session}"
    return f"{id} is sealed. It opens when {partner} has sealed too; until then: bothways unseal {id}"


def kept(id: str, journal: str = "") -> str:
    where = f" --journal {journal}" if journal else ""
    return f"Your draft {id} is kept. Go on with: bothways reflect{where} --plain --resume {id}"


NOTICES = {
    "controls": "Control codes were left out of it.",
    "newlines": "Line ends were made alike in it.",
    "surrogates": "Characters that cannot be stored were replaced by \ufffd.",
}
EDITED = "edited"
PRIVATE = "private"
SHARED = "shared"


def reply_header(partner: str, session: str) -> str:
    return f"What {partner} answered for session {session}, in their own words."


def reply_received(partner: str) -> str:
    return f"What does {partner} say they received?"


def reply_offered(partner: str) -> str:
    return f"What does {partner} say they offered?"


HALF_TYPED_REPLY = "You had typed this; it goes on below it:"
REPLY_ITEMS = "One on each line, as “kind: words”. An empty line goes on."
