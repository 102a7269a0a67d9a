"""The sentences of plain text pages."""

from __future__ import annotations

import shlex

RECEIVED = "Received"
OFFERED = "Offered"
INTENDED = "Intentions"
EXCHANGE = "What went each way"
RESPONSES = "Responses"
TALK_ABOUT = "To talk about"
JOINT_NOTE = "Joint note"
AGREED = "Agreed"


def reflection_title(session: str, writer: str, partner: str, role: str, in_pair: bool) -> str:
    if in_pair:
        return f"Session {session} · {writer}, {role}, with {partner}"
    return f"Solo note · {session} · {writer}"


def state_line(status: str, id: str, guide: str) -> str:
    return f"{id} · {status} · guide {guide}"


def versions(count: int) -> str:
    return f"edited, {count} earlier {'version' if count == 1 else 'versions'} kept"


def until(moment: str) -> str:
    return f"until {moment}:"


def by_day(day: str) -> str:
    return f"by {day}"


def entry_title(session: str, author: str, role: str) -> str:
    return f"{author}, {role} · session {session}"


def edited_on(day: str) -> str:
    return f"Edited on {day}."


def together(receiver: str, kind: str, text: str) -> str:
    return f"Together, {receiver} writes · {kind}: {text}"


def blind_gift(receiver: str, giver: str, kind: str, text: str) -> str:
    return f"✦ blind gift · {receiver} received from {giver}, who never listed it · {kind}: {text}"


def seen_gain(receiver: str, giver: str, kind: str, text: str, offer: str) -> str:
    return f"{receiver} received from {giver} · {kind}: {text} (offered as: {offer})"


def open_offer(giver: str, kind: str, text: str) -> str:
    return f"{giver} offered · {kind}: {text}"


def review_title(session: str, writer: str, partner: str) -> str:
    return f"Review · session {session} · {writer} and {partner}"


def side(name: str, state: str) -> str:
    return f"{name}: {state}"


def seal_yours(id: str, session: str, partner: str) -> str:
    if id:
        return f"Seal yours to open it together: bothways seal {id}"
    return f"Write yours to open it together: bothways reflect --session {session} --with {shlex.quote(partner)}"


def wait_for(partner: str, meets: bool) -> str:
    if meets:
        return f"It opens when {partner} has sealed too. Nobody has to hurry."
    return (
        f"You and {partner} share no space yet: bothways invite --space FOLDER. "
        f"If {partner} writes to you another way: bothways reply SESSION"
    )


def under_way(partner: str) -> str:
    return f"Both are sealed. {partner}'s words arrive after their journal has synchronised once more."


def response(author: str, kind: str, text: str, about: str) -> str:
    verb = {"thanks": "says thanks", "surprised": "was surprised by this", "comment": "says"}[kind]
    return f"{author} {verb}{f' (“{about}”)' if about else ''}{f': {text}' if text else ''}"
