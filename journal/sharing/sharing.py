"""Inviting, joining, and one round of synchronising: pull, apply, push."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from journal.errors import BothwaysError, InvalidInput, NotAllowed, NotFound, SpaceError
from journal.ids import new_id
from journal.model import Outgoing, Pair, Person, Role, SpaceLink
from journal.ports import Space, Transaction
from journal.sharing.apply import Applied, apply
from journal.sharing.invitation import Invitation
from journal.text import fold
from journal.usecases.announce import Op, OpKind, announce_all, digest, emit
from journal.usecases.context import Context, me, pair_named, person_name

OpenSpace = Callable[[str], Space]

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
    """The pair's space. `open_space` turns a space's address into a store with four verbs."""

    def __init__(self, context: Context, open_space: OpenSpace) -> None:
        self._ = context
        self._open = open_space

    # --- meeting -------------------------------------------------------------------------------------

    def invite(self, url: str, partner: str | None = None) -> str:
        """Make a space at `url` for a pair and return the invitation to hand over.

        Asked again before anybody joined, it returns the same invitation. Raises NotAllowed where the pair
        has met already, SpaceError where the space cannot be used.
        """
        pair = pair_named(self._.store, partner)
        if pair.space is not None:
            if pair.space.invitation and same_place(pair.space.url, url):
                return pair.space.invitation
            met = "has joined" if pair.space.peer else "was invited"
            raise NotAllowed(f"{pair.partner} {met} already, in {pair.space.url}.")
        now = self._.clock.now()
        writer = me(self._.store)
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
            if current is None or current.space is not None:
                raise NotAllowed("Another window has just made the invitation.")
            tx.put(replace(current, space=replace(link, invitation=invitation.armour())))
            emit(tx, pair.id, now, OpKind.HELLO, name=writer.name, role=pair.role)
            announce_all(tx, pair.id, now)
        self.sync(pair.partner)
        return invitation.armour()

    def _make(self, link: SpaceLink) -> None:
        folder = Path(link.url)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SpaceError(f"The shared folder {folder} cannot be made: {error.strerror}.") from error
        self._open(link.url).put(f"v1/{link.space}/README.txt", README.encode())

    def join(
        self, invitation: Invitation, *, name: str | None = None, partner: str | None = None
    ) -> tuple[Pair, list[SyncReport]]:
        """Answer an invitation: attach it to the existing pair of the inviter's name (or to the one named),
        or make that pair; the journal itself, too, where there is none yet.

        Raises NotAllowed for one's own invitation or a pair that has met already, SpaceError.
        """
        store, now = self._.store, self._.clock.now()
        space = self._open(invitation.url)
        if space.get(f"v1/{invitation.space}/README.txt") is None:
            raise SpaceError(
                f"{invitation.url} does not hold the space of this invitation.",
                "If something synchronises that folder, wait until it has arrived.",
            )
        fresh = not store.exists()
        writer_name = person_name(name or invitation.invited, "Your name") if fresh else ""
        if fresh:
            store.create()
        with store.begin() as tx:
            if fresh:
                tx.put(Person(id=new_id(10), name=writer_name, created=now))
            writer = me(tx)
            if any(p.space and p.space.me == invitation.member for p in tx.all(Pair)):
                raise NotAllowed("This is your own invitation.", "Give it to the other person.")
            pair = self._pair_to_join(tx, invitation, partner)
            link = SpaceLink(
                url=invitation.url, space=invitation.space, me=new_id(16), peer=invitation.member
            )
            tx.put(replace(pair, space=link))
            emit(
                tx, pair.id, now, OpKind.HELLO, name=writer.name, role=pair.role, joined=invitation.secret
            )
            announce_all(tx, pair.id, now)
        return replace(pair, space=link), self.sync(pair.partner)

    def _pair_to_join(self, tx: Transaction, invitation: Invitation, partner: str | None) -> Pair:
        if partner:
            pair = pair_named(tx, partner)
        else:
            same = [p for p in tx.all(Pair) if fold(p.partner) == fold(invitation.inviter)]
            pair = (
                same[0]
                if same
                else Pair(
                    id=new_id(),
                    partner=person_name(invitation.inviter),
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
                space = self._open(pair.space.url)
                self._find_peer(space, pair.id, report)
                self._pull(space, pair.id, report)
                self._push(space, pair.id, report)
            except BothwaysError as error:
                report.trouble = str(error)
            reports.append(report)
        return reports

    def _link(self, pair_id: str) -> SpaceLink:
        pair = self._.store.get(Pair, pair_id)
        if pair is None or pair.space is None:
            raise NotFound("The pair has no space any more.")
        return pair.space

    def _find_peer(self, space: Space, pair_id: str, report: SyncReport) -> None:
        link = self._link(pair_id)
        if link.peer:
            return
        secret = Invitation.read(link.invitation).secret if link.invitation else None
        members = {name.split("/")[2] for name in space.list(f"v1/{link.space}/") if name.count("/") == 4}
        for member in sorted(members - {link.me}):
            first = self._fetch_op(space, link, member, 1)
            if first is not None and first[0].kind is OpKind.HELLO and first[0].joined == secret:
                with self._.store.begin() as tx:
                    pair = tx.get(Pair, pair_id)
                    if pair is not None and pair.space is not None and not pair.space.peer:
                        tx.put(replace(pair, space=replace(pair.space, peer=member, invitation="")))
                report.joined = True
                return

    def _fetch_op(
        self, space: Space, link: SpaceLink, member: str, seq: int
    ) -> tuple[Op, str] | None:
        """The member's operation number `seq` and its hash, or None while it is not (wholly) there."""
        prefix = f"v1/{link.space}/{member}/op/"
        return self._read_op(space, [n for n in space.list(prefix) if _sequence(n) == seq])

    def _read_op(self, space: Space, names: list[str]) -> tuple[Op, str] | None:
        for name in names:
            data = space.get(name)
            if data is None:
                continue
            sha = digest(data)
            if name.rsplit("-", 1)[-1] != f"{sha[:32]}.json":
                continue
            try:
                return msgspec.json.decode(data, type=Op), sha
            except msgspec.MsgspecError as error:
                raise SpaceError(
                    "The shared folder holds something this version cannot understand.",
                    "Your partner may use a newer Bothways.",
                ) from error
        return None

    def _pull(self, space: Space, pair_id: str, report: SyncReport) -> None:
        link = self._link(pair_id)
        if not link.peer:
            return
        by_sequence: dict[int, list[str]] = {}
        for name in space.list(f"v1/{link.space}/{link.peer}/op/"):
            if (number := _sequence(name)) > link.peer_seq:
                by_sequence.setdefault(number, []).append(name)
        now = self._.clock.now()
        while (link := self._link(pair_id)) and (names := by_sequence.get(link.peer_seq + 1)):
            found = self._read_op(space, names)
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
        for outgoing in waiting:
            if outgoing.body:
                space.put(outgoing.name, outgoing.body.encode())
            else:
                space.delete(outgoing.name)
            with self._.store.begin() as tx:
                tx.remove(Outgoing, outgoing.id)
            report.pushed += 1


def _sequence(name: str) -> int:
    number = name.rsplit("/", 1)[-1].split("-", 1)[0]
    return int(number) if number.isdigit() else -1


def place(url: str) -> str:
    """A space's address as it is stored: the absolute path of a folder. Raises InvalidInput."""
    if not url.strip():
        raise InvalidInput("The shared folder needs a path.")
    if "://" in url and not url.startswith("file://"):
        raise InvalidInput(
            f"“{url[:60]}” is not a folder.", "Give the path of a folder that both of you can reach."
        )
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    path = url2pathname(urlsplit(url).path) if url.startswith("file://") else url
    return str(Path(path).expanduser().absolute())


def same_place(one: str, other: str) -> bool:
    """Whether two addresses name the same folder."""
    return place(one) == place(other)


__all__ = ["OpenSpace", "Role", "Sharing", "SyncReport", "place"]
