"""Taking the journal along: export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from journal.cli.root import bothways, journal_option, json_option, notice, print_json


@click.group("export")
def export_command() -> None:
    """Take your journal along."""


@export_command.command("markdown")
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--single", is_flag=True, help="One file instead of one for each session.")
@click.option("--only", metavar="ID", help="One reflection.")
@click.option("--with", "partner", metavar="NAME", help="Only of this pair.")
@click.option("--to-share", is_flag=True, help="Leave out private words and the other's, after a preview.")
@click.option("--include-partner", is_flag=True, help="With --to-share: what the other opened goes along.")
@click.option("--yes", is_flag=True, help="With --to-share: write without asking.")
@journal_option
@json_option
def export_markdown(
    dest: Path,
    single: bool,
    only: str | None,
    partner: str | None,
    to_share: bool,
    include_partner: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Write readable Markdown to DEST: all your words, private ones marked, and what the other opened."""
    from journal.errors import InvalidInput, NotAllowed

    services = bothways()
    pair = services.people.pair(partner) if partner else None
    chosen = services.reading.get(only).id if only else None
    if include_partner and not to_share:
        raise InvalidInput("--include-partner goes with --to-share.", "Without it, everything opened is in.")
    if to_share and not yes:
        preview = services.exporter.preview_to_share(
            single=single, only=chosen, include_partner=include_partner, pair=pair
        )
        if not preview:
            raise NotAllowed("Nothing is shared yet, so there is nothing to write.", "Choose what to share first.")
        click.echo(preview, err=as_json)
        if not sys.stdin.isatty():
            raise NotAllowed("Nothing was written: a copy to share needs a yes.", "Say it with --yes.")
        if not click.confirm(f"Write this to {dest}?", err=True):
            raise NotAllowed("Nothing was written.")
    report = services.exporter.export_markdown(
        dest, single=single, only=chosen, to_share=to_share, include_partner=include_partner, pair=pair
    )
    if as_json:
        print_json(
            {
                "place": str(report.place),
                "written": [str(path) for path in report.written],
                "unchanged": [str(path) for path in report.unchanged],
                "reflections": report.reflections,
                "opened": report.opened,
            }
        )
        return
    if report.written or report.unchanged:
        click.echo(report.sentence)
    else:
        notice(report.sentence)
