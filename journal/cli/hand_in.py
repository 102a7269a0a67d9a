"""Sealing and its kin: seal, unseal, move, delete, undelete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from journal.cli.root import SESSION, bothways, journal_option, json_option, notice, print_json

if TYPE_CHECKING:
    from journal.bootstrap import Bothways
    from journal.model import Reflection, SessionKey


@click.command("seal")
@click.argument("id")
@click.option(
    "--share",
    metavar="WHAT",
    help="all, none, or the ids of what the other may see, with commas; else as chosen before.",
)
@click.option("--open-early", is_flag=True, help="Let the other read yours at once; it cannot be taken back.")
@click.option("--preview", is_flag=True, help="Show exactly what the other will see, and seal nothing.")
@journal_option
@json_option
def seal_command(id: str, share: str | None, open_early: bool, preview: bool, as_json: bool) -> None:
    """Seal a draft. Its shared words open to the other once both have sealed."""
    from journal.model import Status
    from journal.wording import line as say

    services = bothways()
    reflection = services.reading.get(id)
    shared = _shared(services, reflection, share)
    partner = _partner(services, reflection)
    if preview:
        _preview(services, reflection, shared, partner, as_json)
        return
    if reflection.status is Status.SEALED and open_early and share is None:
        changed = services.sealing.open_early(reflection.id)
    else:
        changed = services.sealing.seal(reflection.id, shared=shared, open_early=open_early)
    if as_json:
        print_json(changed)
    elif changed.opened_early:
        click.echo(f"{changed.id} is sealed, and {partner} may read yours at once.")
    else:
        click.echo(say.sealed(changed.id, partner, changed.session, changed.status is Status.OPEN))


def _shared(services: Bothways, reflection: Reflection, share: str | None) -> set[str] | None:
    if share is None:
        return None
    if share.strip() == "none":
        return set()
    if share.strip() == "all":
        return services.sealing.everything(reflection.id)
    return {piece.strip() for piece in share.split(",") if piece.strip()}


def _partner(services: Bothways, reflection: Reflection) -> str:
    pair = services.people.pair_by_id(reflection.pair) if reflection.pair else None
    return pair.partner if pair else ""


def _preview(services: Bothways, reflection: Reflection, shared: set[str] | None, partner: str, as_json: bool) -> None:
    from journal.plain.pages import entry_page
    from journal.wording import line as say

    shown = services.sealing.preview(reflection.id, shared)
    if as_json:
        print_json(shown)
        return
    for number, item in enumerate(shown.items, start=1):
        mark = say.SHARED if item.shared else say.PRIVATE
        words = " ".join(item.text.split())
        click.echo(f"{number} {item.id} [{mark}] {item.kind}: {words[:80]}{'…' if len(words) > 80 else ''}")
    if shown.entry is not None:
        click.echo("\n" + say.preview_title(partner))
        click.echo(entry_page(shown.entry))


@click.command("unseal")
@click.argument("id")
@journal_option
@json_option
def unseal_command(id: str, as_json: bool) -> None:
    """Take a sealed reflection back, until the other has sealed."""
    services = bothways()
    reflection = services.reading.get(id)
    if reflection.pair:
        # Look once whether the other has sealed meanwhile; without the space, what is known here decides.
        services.sharing.sync(_partner(services, reflection))
    changed = services.sealing.unseal(reflection.id)
    if as_json:
        print_json(changed)
    else:
        click.echo(f"{changed.id} is a draft again: bothways reflect --resume {changed.id}")


@click.command("move")
@click.argument("id")
@click.argument("session", type=SESSION)
@journal_option
@json_option
def move_command(id: str, session: SessionKey, as_json: bool) -> None:
    """Hang a reflection on another SESSION, before it is open."""
    services = bothways()
    changed = services.writing.move(services.reading.get(id).id, session)
    if as_json:
        print_json(changed)
    else:
        click.echo(f"{changed.id} belongs to session {changed.session} now.")


@click.command("delete")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@journal_option
@json_option
def delete_command(ids: tuple[str, ...], as_json: bool) -> None:
    """Delete reflections. It can be undone for 30 days: bothways undelete."""
    services = bothways()
    found = [services.reading.get(id).id for id in ids]
    deleted = services.sealing.delete(dict.fromkeys(found))
    if as_json:
        print_json(deleted)
        return
    for reflection in deleted:
        click.echo(f"{reflection.id} is deleted. Undo: bothways undelete {reflection.id}")
        if reflection.opened_at is not None:
            notice(f"It is withdrawn from {_partner(services, reflection)}; copies made before stay theirs.")


@click.command("undelete")
@click.argument("id", required=False)
@journal_option
@json_option
def undelete_command(id: str | None, as_json: bool) -> None:
    """Bring back a deleted reflection: ID, or the last one deleted."""
    changed = bothways().sealing.undelete(id)
    if as_json:
        print_json(changed)
    else:
        click.echo(f"{changed.id} is back: {changed.status}.")
