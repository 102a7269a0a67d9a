"""Inviting, joining, and one round of synchronising: pull, apply, push."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.errors import BothwaysError, InvalidInput, NotAllowed, NotFound, SpaceError
from journal.ids import new_id
from journal.model import Outgoing, Pair, Person, Role, SpaceLink
from journal.ports import Space, Transaction
from journal.sharing.apply import Applied, apply, due, is_whole, read_clean, sequence, settle
from journal.sharing.invitation import Invitation
from journal.text import fold
from journal.usecases.announce import PROTOCOL, Op, OpKind, announce_all, digest, emit
from journal.usecases.context import Context, me, pair_named, person_name

OpenSpace = Callable[[str], Space]
Alone = Callable[[], AbstractContextManager[object]]

README = """This folder belongs to two people who write a reflection journal with Bothways.

It holds what they tell each other: that a reflection is sealed, and, once both have sealed, the words each chose
to share. Please leave the files as they are; removing them deletes nothing in anybody's journal.
"""


class SyncReport(Struct, kw_only=True):
    """What one round did for one pair. `trouble` is a sentence, or "" when all went well."""

    pair: str
    pulled: int = 0
    pushed: int = 0
    opened: list[str] = msgspec.field(default_factory=list)
    sealed: list[str] = msgspec.field(default_factory=list)
    joined: bool = False
    trouble: str = ""


class Sharing:
    """The pair's space. `open_space` turns a space's address into a store with four verbs.

    `journal` is the folder that must never be shared. `alone` lets one program synchronise at a time: two would
    send everything twice, and one could send words that the other has just taken back.
    """

    def __init__(
        self,
        context: Context,
        open_space: OpenSpace,
        *,
        journal: Path | None = None,
        alone: Alone = nullcontext,
    ) -> None:
        self._ = context
        self._open = open_space
        self._journal = journal
        self._alone = alone

    # --- meeting -------------------------------------------------------------------------------------

    def invite(self, url: str, partner: str | None = None) -> str:
        """Make a space at `url` for a pair and return the invitation to hand over.

        Asked again before anybody joined, it returns the same invitation, or a new one where the folder is
        another. Raises NotAllowed where the pair has met already, SpaceError where the space cannot be used.
        """
        pair = pair_named(self._.store, partner)
        if pair.space is not None:
            if pair.space.invitation and same_place(pair.space.url, url):
                return pair.space.invitation
            self.sync(pair.partner)  # Somebody may have joined the earlier one meanwhile.
            pair = self._.store.get(Pair, pair.id) or pair
            if pair.space is not None and pair.space.peer:
                raise NotAllowed(f"{pair.partner} has joined already, in {pair.space.url}.")
        now = self._.clock.now()
        writer = me(self._.store)
        self._require_apart(place(url))
        link = SpaceLink(url=place(url), space=new_id(16), me=new_id(16))
        invitation = Invitation(
            url=link.url,
            space=link.space,
            member=link.me,
            inviter=writer.name,
            role=pair.role,
            invited=pair.partner,
            secret=new_id(26),
        )
        self._make(link)
        with self._.store.begin() as tx:
            current = tx.get(Pair, pair.id)
            if current is None or current.space != pair.space:
                raise NotAllowed("Another window has just made the invitation.")
            for waiting in tx.all(Outgoing):
                if waiting.pair == pair.id:
                    tx.remove(Outgoing, waiting.id)
            tx.put(replace(current, space=replace(link, invitation=invitation.armour())))
            emit(tx, pair.id, now, OpKind.HELLO, name=writer.name, role=pair.role)
            announce_all(tx, pair.id, now)
        self.sync(pair.partner)
        return invitation.armour()

    def _require_apart(self, url: str) -> None:
        """Raises NotAllowed where the writer's own journal lies in the shared folder, for others to read."""
        if self._journal is None:
            return
        shared, journal = Path(os.path.realpath(url)), Path(os.path.realpath(self._journal))
        if journal.is_relative_to(shared) or shared.is_relative_to(journal):
            raise NotAllowed(
                f"Your own journal is in {self._journal}: that folder and the shared one must not contain each other.",
                "Choose a folder that holds nothing but what the two of you share.",
            )

    def _make(self, link: SpaceLink) -> None:
        folder = Path(link.url)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SpaceError(f"The shared folder {folder} cannot be made: {error.strerror}.") from error
        self._open(link.url).put(f"v{PROTOCOL}/{link.space}/README.txt", README.encode())

    def join(
        self,
        invitation: Invitation,
        *,
        name: str | None = None,
        partner: str | None = None,
        url: str | None = None,
    ) -> tuple[Pair, list[SyncReport]]:
        """Answer an invitation: attach it to the existing pair of the inviter's name (or to the one named),
        or make that pair; the journal itself, too, where there is none yet. `url` is where the shared folder
        is on this computer, where that differs from what the invitation says.

        Raises NotAllowed for one's own invitation or a pair that has met already, SpaceError.
        """
        store, now = self._.store, self._.clock.now()
        url = place(url or invitation.url)
        self._require_apart(url)
        if self._open(url).get(f"v{PROTOCOL}/{invitation.space}/README.txt") is None:
            raise SpaceError(
                f"{url} does not hold the space of this invitation.",
                "Say where that folder is on this computer; if something synchronises it, wait until it has arrived.",
            )
        fresh = not store.exists() or not store.all(Person)
        writer_name = person_name(name or invitation.invited, "Your name") if fresh else ""
        if fresh:
            inviter = person_name(invitation.inviter, "The inviter's name")
            if partner and fold(partner.strip()) != fold(inviter):
                raise NotFound(f"You have no pair with {partner[:60]} yet.", "Leave out --with to make one.")
            store.create()
        with store.begin() as tx:
            if fresh and not tx.all(Person):
                tx.put(Person(id=new_id(10), name=writer_name, created=now))
            writer = me(tx)
            if any(p.space and p.space.me == invitation.member for p in tx.all(Pair)):
                raise NotAllowed("This is your own invitation.", "Give it to the other person.")
            if any(p.space and p.space.space == invitation.space for p in tx.all(Pair)):
                raise NotAllowed("You have joined with this invitation already.", "See it with: bothways pairs")
            asked = SpaceLink(url=url, space=invitation.space, me=invitation.member)
            if self._joined(self._open(url), asked, invitation.secret):
                raise NotAllowed(
                    "Somebody has joined with this invitation already.", "Ask for a new one; each is for one person."
                )
            pair = self._pair_to_join(tx, invitation, partner)
            link = SpaceLink(url=url, space=invitation.space, me=new_id(16), peer=invitation.member)
            tx.put(replace(pair, space=link))
            emit(tx, pair.id, now, OpKind.HELLO, name=writer.name, role=pair.role, joined=invitation.secret)
            announce_all(tx, pair.id, now)
        return replace(pair, space=link), self.sync(pair.partner)

    def _pair_to_join(self, tx: Transaction, invitation: Invitation, partner: str | None) -> Pair:
        inviter = person_name(invitation.inviter, "The inviter's name")
        known = tx.all(Pair)
        if partner and known:
            pair = pair_named(tx, partner)
        else:
            same = [p for p in known if fold(p.partner) == fold(inviter)]
            pair = (
                same[0]
                if same
                else Pair(
                    id=new_id(),
                    partner=inviter,
                    role=invitation.role.other,
                    created=self._.clock.now(),
                )
            )
        if pair.space is not None:
            raise NotAllowed(f"You and {pair.partner} have met already, in {pair.space.url}.")
        if pair.role is invitation.role:
            raise NotAllowed(
                f"{invitation.inviter} is the {invitation.role} in this invitation, and so are you in your journal.",
                "One of the two has to be the other one.",
            )
        return pair

    # --- synchronising -------------------------------------------------------------------------------

    def sync(self, partner: str | None = None) -> list[SyncReport]:
        """Pull what the partners did, apply it, and push all that is due: for one pair, or for all.

        Trouble with one pair's space is in its report and stops neither the others nor a later round.
        """
        pairs = [pair_named(self._.store, partner)] if partner else self._.store.all(Pair)
        reports = []
        for pair in pairs:
            if pair.space is None:
                continue
            report = SyncReport(pair=pair.partner)
            try:
                with self._alone():
                    self._round(self._open(pair.space.url), pair.id, report)
            except BothwaysError as error:
                report.trouble = str(error)
            reports.append(report)
        return reports

    def _round(self, space: Space, pair_id: str, report: SyncReport) -> None:
        try:
            self._find_peer(space, pair_id, report)
            self._pull(space, pair_id, report)
        except BothwaysError as error:
            # What cannot be taken in is no reason to hold back what is to be sent.
            report.trouble = str(error)
        self._push(space, pair_id, report)

    def _link(self, pair_id: str) -> SpaceLink:
        pair = self._.store.get(Pair, pair_id)
        if pair is None or pair.space is None:
            raise NotFound("The pair has no space any more.")
        return pair.space

    def _find_peer(self, space: Space, pair_id: str, report: SyncReport) -> None:
        link = self._link(pair_id)
        if link.peer:
            return
        if not link.invitation:
            return
        joined = self._joined(space, link, Invitation.read(link.invitation).secret)
        if joined:
            with self._.store.begin() as tx:
                pair = tx.get(Pair, pair_id)
                if pair is not None and pair.space is not None and not pair.space.peer:
                    tx.put(replace(pair, space=replace(pair.space, peer=joined[0], invitation="")))
            report.joined = True

    def _joined(self, space: Space, link: SpaceLink, secret: str) -> list[str]:
        """The members that answered the invitation with this secret, the first to do so first."""
        found = []
        members = {name.split("/")[2] for name in space.list(f"v{PROTOCOL}/{link.space}/") if name.count("/") == 4}
        for member in members - {link.me}:
            first = self._fetch_op(space, link, member, 1)
            if first is not None and first[0].kind is OpKind.HELLO and first[0].joined == secret:
                found.append((first[0].at, member))
        return [member for _, member in sorted(found)]

    def _fetch_op(self, space: Space, link: SpaceLink, member: str, seq: int) -> tuple[Op, str] | None:
        """The member's operation number `seq` and its hash, or None while it is not (wholly) there."""
        prefix = f"v{PROTOCOL}/{link.space}/{member}/op/"
        return self._read_op(space, link, [n for n in space.list(prefix) if sequence(n) == seq])

    def _read_op(self, space: Space, link: SpaceLink, names: list[str]) -> tuple[Op, str] | None:
        for name in names:
            data = space.get(name)
            if data is None or not is_whole(name, data):
                continue
            try:
                op = read_clean(data, Op)
            except msgspec.MsgspecError as error:
                raise not_understood() from error
            if op.v > PROTOCOL:
                raise not_understood()
            if op.space == link.space:
                return op, digest(data)
        return None

    def _pull(self, space: Space, pair_id: str, report: SyncReport) -> None:
        if not self._link(pair_id).peer:
            return
        try:
            self._apply_all(space, pair_id, report)
        finally:
            if due(self._.store, pair_id):
                with self._.store.begin() as tx:
                    settle(tx, pair_id, self._.clock.now())

    def _apply_all(self, space: Space, pair_id: str, report: SyncReport) -> None:
        link = self._link(pair_id)
        by_sequence: dict[int, list[str]] = {}
        for name in space.list(f"v{PROTOCOL}/{link.space}/{link.peer}/op/"):
            if (number := sequence(name)) > link.peer_seq:
                by_sequence.setdefault(number, []).append(name)
        now = self._.clock.now()
        while (link := self._link(pair_id)) and (names := by_sequence.get(link.peer_seq + 1)):
            found = self._read_op(space, link, names)
            if found is None:
                return
            op, sha = found
            if op.prev != link.peer_sha or op.seq != link.peer_seq + 1 or op.author != link.peer:
                raise SpaceError(
                    f"What {report.pair} sent does not continue what came before it.",
                    "Nothing of it was taken in. Ask them whether they restored an old copy of their journal.",
                )
            applied = Applied()
            with self._.store.begin() as tx:
                pair = tx.get(Pair, pair_id)
                if pair is None or pair.space is None or pair.space.peer_seq + 1 != op.seq:
                    continue
                if not apply(tx, space, pair, op, now, applied):
                    return
                current = tx.get(Pair, pair_id)
                if current is not None and current.space is not None:
                    tx.put(
                        replace(
                            current,
                            space=replace(current.space, peer_seq=op.seq, peer_sha=sha, synced_at=now),
                        )
                    )
            report.pulled += 1
            report.opened += applied.opened
            report.sealed += applied.sealed

    def _push(self, space: Space, pair_id: str, report: SyncReport) -> None:
        waiting = sorted(self._.store.find(Outgoing, pair=pair_id), key=lambda o: o.id)
        taken_back = {o.name for o in waiting if not o.body}
        sent: list[Outgoing] = []
        try:
            for outgoing in waiting:
                if not outgoing.body:
                    space.delete(outgoing.name)
                elif outgoing.name not in taken_back:
                    space.put(outgoing.name, outgoing.body.encode())
                sent.append(outgoing)
        finally:
            if sent:
                with self._.store.begin() as tx:
                    for outgoing in sent:
                        # A number is used again once the outbox is empty: only what was sent is struck off.
                        if tx.get(Outgoing, outgoing.id) == outgoing:
                            tx.remove(Outgoing, outgoing.id)
                report.pushed += len(sent)


def not_understood() -> SpaceError:
    """The refusal of what a later version wrote."""
    return SpaceError(
        "The shared folder holds something this version cannot understand.",
        "Your partner may use a newer Bothways.",
    )


def place(url: str) -> str:
    """A space's address as it is stored: the absolute path of a folder. Raises InvalidInput."""
    if not url.strip():
        raise InvalidInput("The shared folder needs a path.")
    if "://" in url and not url.startswith("file://"):
        raise InvalidInput(f"“{url[:60]}” is not a folder.", "Give the path of a folder that both of you can reach.")
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    path = url2pathname(urlsplit(url).path) if url.startswith("file://") else url
    return str(Path(path).expanduser().absolute())


def same_place(one: str, other: str) -> bool:
    """Whether two addresses name the same folder."""
    return place(one) == place(other)


__all__ = ["OpenSpace", "Role", "Sharing", "SyncReport", "place"]
