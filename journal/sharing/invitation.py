"""The short armoured text by which one person asks another into a space."""

from __future__ import annotations

import base64
import re
import textwrap

import msgspec
from msgspec import Struct

from journal.errors import InvalidInput
from journal.model import Role

BEGIN = "-----BEGIN BOTHWAYS INVITATION-----"
END = "-----END BOTHWAYS INVITATION-----"


class Invitation(Struct, frozen=True, kw_only=True):
    """Where the space is, and who invites whom. Never a credential.

    `member` names the inviter's own part of the space; `secret` is 128 random bits that the joiner's first
    operation repeats, so that the inviter knows whom they asked.
    """

    v: int = 1
    url: str
    space: str
    member: str
    inviter: str
    role: Role
    invited: str
    secret: str

    def armour(self) -> str:
        """The text to hand over."""
        packed = base64.b64encode(msgspec.json.encode(self)).decode()
        return "\n".join((BEGIN, *textwrap.wrap(packed, 64), END)) + "\n"

    @classmethod
    def read(cls, text: str) -> Invitation:
        """Find and read the invitation in any text around it. Raises InvalidInput."""
        match = re.search(re.escape(BEGIN) + r"([^-]+)" + re.escape(END), text)
        if not match:
            raise InvalidInput("There is no Bothways invitation in it.", "Copy the whole text, from BEGIN to END.")
        try:
            packed = base64.b64decode(re.sub(r"[^A-Za-z0-9+/=]", "", match[1]), validate=True)
            found = msgspec.json.decode(packed, type=cls)
        except (ValueError, msgspec.MsgspecError) as error:
            raise InvalidInput("The invitation is damaged.", "Copy the whole text again, from BEGIN to END.") from error
        parts_are_names = all(re.fullmatch("[0-9a-z]{1,64}", part) for part in (found.space, found.member))
        if not parts_are_names or not found.secret or "\0" in found.url or not found.url.strip():
            raise InvalidInput("The invitation is damaged.", "Copy the whole text again, from BEGIN to END.")
        if found.v != 1:
            raise InvalidInput("The invitation is from a newer Bothways.", "Install the newer version to answer it.")
        return found
