"""Who writes here, and with whom."""

from __future__ import annotations

from journal.errors import NotAllowed
from journal.ids import new_id
from journal.model import Pair, Person, Role
from journal.text import fold
from journal.usecases.context import Context, me, pair_named, person_name


class People:
    """The writer and the writer's pairs."""

    def __init__(self, context: Context) -> None:
        self._ = context

    def known(self) -> bool:
        """Whether this journal exists and knows its writer."""
        return self._.store.exists() and bool(self._.store.all(Person))

    def me(self) -> Person:
        """The writer. Raises NotFound."""
        return me(self._.store)

    def pairs(self) -> list[Pair]:
        """The writer's pairs, oldest first."""
        return sorted(self._.store.all(Pair), key=lambda p: p.created)

    def pair(self, name: str | None = None) -> Pair:
        """The pair with this partner, or the only one. Raises NotFound and Ambiguous."""
        return pair_named(self._.store, name)

    def pair_by_id(self, id: str) -> Pair | None:
        """The pair with this id, if any."""
        return self._.store.get(Pair, id)

    def init(self, name: str, role: Role, partner: str | None = None) -> tuple[Person, Pair | None]:
        """Make the journal and its writer, and the first pair where a partner is named.

        Raises InvalidInput for an unusable name, NotAllowed where the journal has a writer already.
        """
        name = person_name(name, "Your name")
        partner = person_name(partner, "Your partner's name") if partner is not None else None
        if partner and fold(partner) == fold(name):
            raise NotAllowed("The two people of a pair need different names.")
        if self.known():
            raise NotAllowed(
                f"This journal already belongs to {self.me().name}.",
                "Add another pair with: bothways pairs add NAME --role mentor",
            )
        now = self._.clock.now()
        person = Person(id=new_id(10), name=name, created=now)
        pair = Pair(id=new_id(), partner=partner, role=role, created=now) if partner else None
        self._.store.create()
        with self._.store.begin() as tx:
            if tx.all(Person):
                raise NotAllowed("This journal was just made by another window.")
            tx.put(person)
            if pair:
                tx.put(pair)
        return person, pair

    def add_pair(self, partner: str, role: Role) -> Pair:
        """Add a pair. Raises InvalidInput and NotAllowed."""
        partner = person_name(partner, "Your partner's name")
        with self._.store.begin() as tx:
            if fold(partner) == fold(me(tx).name):
                raise NotAllowed("The two people of a pair need different names.")
            if any(fold(p.partner) == fold(partner) for p in tx.all(Pair)):
                raise NotAllowed(f"You already have a pair with {partner}.")
            pair = Pair(id=new_id(), partner=partner, role=role, created=self._.clock.now())
            tx.put(pair)
        return pair
