"""What the sharing screen says."""

from __future__ import annotations

INTRO = (
    "Two journals meet in a folder that both of you can reach: a Dropbox or Syncthing folder, a network disk, "
    "a USB stick."
)
NOT_ENCRYPTED = (
    "Whoever can read that folder can read what is in it: in this version it is not encrypted. Your words leave this "
    "computer only after both of you have announced your seals, or when you open yours early."
)
NO_PAIRS = "You write alone so far. p adds the person you meet with."

JOIN = "Join"
FOLDER = "The shared folder, for example ~/Dropbox/bothways"
PASTE_HERE = "Paste the invitation here, or type the path of the file it is in"
MAKE_INVITATION = "Make the invitation"
LOOK_AT_IT = "Look at it"
COPY = "Copy it"
SAVE_FILE = "Save to a file"
SYNC_NOW = "Sync now"
COPIED = "The invitation is on the clipboard, where your terminal allows that. If not, save it to a file."
SAVE_WHERE = "Save the invitation to which file?"
SAVE_HINT = "Only you can read that file."
NEVER = "not yet"
SYNCING = "Looking into the folder …"

ADD_PAIR = "Add another person"
ADD_NAME = "Their name"
ADD_ROLE = "In this pair you are"
MENTEE = "the mentee"
MENTOR = "the mentor"
ADD = "Add"


def pair_title(partner: str, role: str) -> str:
    return f"{partner} · you are the {role}"


def not_met(partner: str) -> str:
    return f"You and {partner} have not met in a folder yet. One of you invites, the other joins."


def invite_lead(partner: str) -> str:
    return f"Invite {partner}: name a folder that both of you can reach."


def join_lead(partner: str) -> str:
    return f"Or, if {partner} has invited you: paste the invitation."


def invited(partner: str, place: str) -> str:
    return f"You invited {partner} to {place}. They have not joined yet."


def send_it(partner: str) -> str:
    return (
        f"Give this text to {partner} by mail or message. In Bothways they choose Share and paste it, "
        "or run: bothways join. It names the folder; it holds no password and no words of yours."
    )


def saved(place: str) -> str:
    return f"Saved to {place}. Only you can read that file; send it, then remove it."


def met(partner: str, place: str) -> str:
    return f"You and {partner} meet in {place}."


def synced(moment: str) -> str:
    return f"Last news from there: {moment}."


def waiting(ops: int, bodies: int) -> str:
    """What waits in the outbox, in words."""
    if not ops and not bodies:
        return "Nothing waits to be sent."
    parts = []
    if ops:
        parts.append("one piece of news" if ops == 1 else f"{ops} pieces of news")
    if bodies:
        parts.append("the words of one reflection" if bodies == 1 else f"the words of {bodies} reflections")
    return f"Waits to be sent at the next sync: {' and '.join(parts)}."


def who_invites(inviter: str, role: str, invited: str, place: str) -> str:
    return f"{inviter} ({role}) invites {invited} to meet in {place}."


def join_question(inviter: str) -> str:
    return f"Join {inviter}?"


def joined(partner: str) -> str:
    return f"You and {partner} have met. Sealed reflections now find each other."


def sync_result(partner: str, pulled: int, pushed: int) -> str:
    if not pulled and not pushed:
        return f"{partner}: nothing new."
    got = f"{pulled} received" if pulled else "nothing new"
    sent = f", {pushed} sent" if pushed else ""
    return f"{partner}: {got}{sent}."


def pair_added(partner: str) -> str:
    return f"{partner} is in your journal."
