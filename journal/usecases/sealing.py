"""Who sees what, sealing, unsealing, opening early, deleting."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from journal import reflection as rules
from journal.errors import NotAllowed, NotFound
from journal.model import Announced, Reflection, SharedEntry, Status, Step
from journal.ports import Records
from journal.reflection.share import VisibleItem
from journal.usecases.announce import own_entries, partner_entries, reconcile
from journal.usecases.context import Context, me
from journal.usecases.writing import stored

UNDO_DAYS = 30


class Preview(Struct, frozen=True, kw_only=True):
    """The sealing step: every line with its choice, and exactly what the partner will see (None: solo)."""

    items: list[VisibleItem]
    entry: SharedEntry | None


class Sealing:
    """The way from a draft to an open reflection, and back as far as that is possible."""

    def __init__(self, context: Context) -> None:
        self._ = context

    def preview(self, id: str, shared: Collection[str] | None = None) -> Preview:
        """What sealing would show the partner, with the stored choices or with those in `shared`."""
        reflection = stored(self._.store, id)
        if shared is not None:
            reflection = rules.choose(reflection, shared)
        entry = None
        if reflection.session:
            as_sealed = replace(reflection, sealed_at=reflection.sealed_at or self._.clock.now())
            entry = rules.shared_entry(as_sealed, me(self._.store).name, "")
        return Preview(items=rules.visible_items(reflection), entry=entry)

    def choose(self, id: str, shared: Collection[str]) -> Reflection:
        """Share exactly these items. Raises NotAllowed once sealed; NotFound for an unknown item."""
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            if reflection.status is not Status.DRAFT:
                raise NotAllowed(
                    f"{id} is {reflection.status}: what the other sees is settled.",
                    f"Unseal it first, while that is possible: bothways unseal {id}",
                )
            chosen = rules.choose(reflection, shared)
            tx.put(chosen)
        return chosen

    def everything(self, id: str) -> set[str]:
        """The ids of all that can be shared."""
        return {item.id for item in rules.visible_items(stored(self._.store, id))}

    def seal(self, id: str, *, shared: Collection[str] | None = None, open_early: bool = False) -> Reflection:
        """Hand a reflection in. The partner learns that it is sealed; its shared words follow when both are.
        Half-typed words that were never handed over are no part of it; they are kept, and there after unsealing.

        `open_early` releases the writer's own shared words at once. Raises NotAllowed where it is sealed
        already, or where another reflection of the writer's holds that session.
        """
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            if reflection.status is not Status.DRAFT:
                raise NotAllowed(f"{id} is {reflection.status} already.")
            if any(o.id != id for o in own_entries(tx, reflection.pair, reflection.session) if o.pair):
                raise NotAllowed(
                    f"Another reflection of yours belongs to session {reflection.session}.",
                    f"Move this one first: bothways move {id} SESSION",
                )
            if shared is not None:
                reflection = rules.choose(reflection, shared)
            reflection = replace(
                reflection,
                status=Status.SEALED,
                sealed_at=now,
                step=Step.PREVIEW,
                at="",
                opened_early=open_early and bool(reflection.pair),
                updated=now,
            )
            return reconcile(tx, reflection, now)

    def can_unseal(self, id: str) -> bool:
        """Whether the reflection is sealed and the other has not sealed theirs, as far as is known here."""
        try:
            _require_unsealable(self._.store, stored(self._.store, id))
        except NotAllowed:
            return False
        return True

    def unseal(self, id: str) -> Reflection:
        """Take a sealed reflection back to a draft, until the other has sealed. Raises NotAllowed."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            _require_unsealable(tx, reflection)
            reflection = replace(
                reflection,
                status=Status.DRAFT,
                sealed_at=None,
                step=Step.PREVIEW,
                at="",
                updated=now,
            )
            return reconcile(tx, reflection, now)

    def open_early(self, id: str) -> Reflection:
        """Release the writer's own shared words before the other has sealed. It cannot be taken back."""
        now = self._.clock.now()
        with self._.store.begin() as tx:
            reflection = stored(tx, id)
            if not reflection.pair:
                raise NotAllowed(f"{id} is a solo note: nobody else can open it.")
            if reflection.status is not Status.SEALED:
                raise NotAllowed(f"{id} is {reflection.status}, not sealed.", f"Seal it first: bothways seal {id}")
            return reconcile(tx, replace(reflection, opened_early=True, updated=now), now)

    def delete(self, ids: Iterable[str]) -> list[Reflection]:
        """Delete reflections; what the partner was told is taken back. Undoable for 30 days."""
        now = self._.clock.now()
        deleted = []
        with self._.store.begin() as tx:
            for id in ids:
                gone = replace(stored(tx, id), deleted_at=now)
                deleted.append(reconcile(tx, gone, now))
        return deleted

    def undelete(self, id: str | None = None) -> Reflection:
        """Bring back a deleted reflection, the last one deleted where no id is given.

        Raises NotFound where there is none, NotAllowed where its session was written for anew.
        """
        now = self._.clock.now()
        with self._.store.begin() as tx:
            rows = [(at, found) for at, found in tx.facts(Reflection, "deleted_at", "id") if at and id in (None, found)]
            last = tx.get(Reflection, str(max(rows)[1])) if rows else None
            if last is None:
                raise NotFound(f"{id} was not deleted." if id else "Nothing was deleted.")
            if now - (last.deleted_at or now) > timedelta(days=UNDO_DAYS):
                raise NotAllowed(f"{last.id} was deleted more than {UNDO_DAYS} days ago.")
            if last.pair and own_entries(tx, last.pair, last.session):
                raise NotAllowed(
                    f"You have written for session {last.session} anew since.",
                    "Delete or move that one first.",
                )
            return reconcile(tx, replace(last, deleted_at=None), now)


def _require_unsealable(records: Records, reflection: Reflection) -> None:
    if reflection.status is Status.DRAFT:
        raise NotAllowed(f"{reflection.id} is not sealed.")
    theirs = partner_entries(records, reflection.pair, reflection.session) if reflection.pair else []
    if reflection.status is Status.OPEN or theirs:
        raise NotAllowed(
            f"{reflection.id} cannot be unsealed: the other side has sealed too.",
            f"Once open, its answers can be edited: bothways edit {reflection.id}",
        )
    told = records.get(Announced, reflection.id)
    if reflection.opened_early or (told is not None and told.released):
        raise NotAllowed(f"{reflection.id} cannot be unsealed: you opened it early.")
