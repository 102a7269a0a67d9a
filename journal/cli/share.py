"""Meeting the partner: invite, join, sync."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.root import bothways, journal_option, json_option, notice, print_json, read_file

if TYPE_CHECKING:
    from journal.sharing import SyncReport


@click.command("invite")
@click.option("--space", required=True, metavar="FOLDER", help="A folder that both of you can reach.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the invitation here.")
@click.option("--with", "partner", metavar="NAME", help="Whom to invite, where you have several pairs.")
@journal_option
@json_option
def invite_command(space: str, out: Path | None, partner: str | None, as_json: bool) -> None:
    """Make a space for a pair, and an invitation to hand over."""
    from journal.files import explain, write_atomic

    services = bothways()
    text = services.sharing.invite(space, partner)
    if out is not None:
        try:
            write_atomic(out.absolute(), text.encode())
        except OSError as error:
            raise explain(error, "write", out) from error
    if as_json:
        print_json({"invitation": text, "file": str(out) if out else None})
    elif out is not None:
        click.echo(f"The invitation is in {out}. Give it to the other person: bothways join FILE")
    else:
        click.echo(text, nl=False)
        notice("Give this text to the other person: bothways join FILE")


@click.command("join")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--yes", is_flag=True, help="Join without asking.")
@click.option("--with", "partner", metavar="NAME", help="The pair to attach it to, where the names differ.")
@click.option("--name", help="Your name, where this makes your journal; else as invited.")
@click.option("--space", metavar="FOLDER", help="Where the shared folder is on this computer, if elsewhere.")
@journal_option
@json_option
def join_command(
    file: Path, yes: bool, partner: str | None, name: str | None, space: str | None, as_json: bool
) -> None:
    """Answer an invitation (- for standard input)."""
    from journal.errors import NotAllowed
    from journal.sharing import Invitation

    invitation = Invitation.read(read_file(file).decode("utf-8", "replace"))
    notice(f"{invitation.inviter}, {invitation.role}, invites {invitation.invited} into {space or invitation.url}.")
    if not yes:
        if not sys.stdin.isatty():
            raise NotAllowed("Joining needs a yes.", "Say it with --yes.")
        if not click.confirm("Join?", err=True):
            raise NotAllowed("Nothing was joined.")
    pair, reports = bothways().sharing.join(invitation, name=name, partner=partner, url=space)
    if as_json:
        print_json({"pair": pair, "sync": reports})
        return
    click.echo(f"You and {pair.partner} share a space now; you are the {pair.role}.")
    _say(reports)


@click.command("sync")
@click.option("--with", "partner", metavar="NAME", help="Only with this person.")
@journal_option
@json_option
def sync_command(partner: str | None, as_json: bool) -> None:
    """Fetch what the others sent, and send what is due."""
    from journal.errors import SpaceError

    services = bothways()
    services.people.me()
    reports = services.sharing.sync(partner)
    if as_json:
        print_json(reports)
    else:
        if not reports:
            click.echo("You share no space with anybody yet.")
        _say(reports)
    if any(report.trouble for report in reports):
        raise SpaceError("; ".join(r.trouble for r in reports if r.trouble))


def _say(reports: list[SyncReport]) -> None:
    for report in reports:
        if report.trouble:
            continue
        done = [f"{report.pulled} received", f"{report.pushed} sent"]
        if report.joined:
            click.echo(f"{report.pair} has joined.")
        click.echo(f"{report.pair}: {', '.join(done)}.")
        for session in dict.fromkeys(report.opened):
            click.echo(f"Session {session} is open: bothways review {session}")
        for session in dict.fromkeys(report.sealed):
            if session not in report.opened:
                click.echo(f"{report.pair} has sealed session {session}.")
