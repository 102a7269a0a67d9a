"""Making a journal, its pairs and settings; the sample journal; shell completion."""

from __future__ import annotations

from pathlib import Path

import click

from journal.cli.root import bothways, folder, journal_option, json_option, notice, print_json, run_app, taken

ROLES = click.Choice(["mentor", "mentee"])


@click.command("init")
@click.option("--name", required=True, help="Your name.")
@click.option("--role", type=ROLES, default="mentee", show_default=True, help="Who you are in this pair.")
@click.option("--with", "partner", metavar="NAME", help="The other person's name.")
@journal_option
@json_option
def init_command(name: str, role: str, partner: str | None, as_json: bool) -> None:
    """Make a journal, in a missing or empty folder."""
    from journal.model import Role

    person, pair = bothways().people.init(
        taken(name, one_line=True), Role(role), taken(partner, one_line=True) if partner is not None else None
    )
    if as_json:
        print_json({"person": person, "pair": pair, "folder": str(folder())})
        return
    beside = f", {pair.role} with {pair.partner}" if pair else ""
    click.echo(f"A journal for {person.name}{beside}, in {folder()}")
    click.echo("Write your first reflection with: bothways reflect")


@click.group("pairs", invoke_without_command=True)
@journal_option
@json_option
@click.pass_context
def pairs_command(ctx: click.Context, as_json: bool) -> None:
    """List your pairs, or add one."""
    if ctx.invoked_subcommand:
        return
    from journal.plain.pages import safe

    pairs = bothways().people.pairs()
    if as_json:
        print_json(pairs)
        return
    if not pairs:
        notice("You have no pair yet. Add one with: bothways pairs add NAME --role mentee")
    for pair in pairs:
        where = f"meets in {pair.space.url}" if pair.space else "no shared space yet"
        click.echo(f"{safe(pair.partner)} · you are the {pair.role} · {where}")


@pairs_command.command("add")
@click.argument("name")
@click.option("--role", type=ROLES, required=True, help="Who you are in this pair.")
@journal_option
@json_option
def pairs_add(name: str, role: str, as_json: bool) -> None:
    """Add a pair with NAME."""
    from journal.model import Role

    pair = bothways().people.add_pair(taken(name, one_line=True), Role(role))
    if as_json:
        print_json(pair)
    else:
        click.echo(f"Added: {pair.partner}; you are the {pair.role}.")


@click.command("guides")
@journal_option
@json_option
def guides_command(as_json: bool) -> None:
    """List the guides."""
    guides = bothways().guides
    found = guides.list()
    for problem in guides.problems():
        notice(f"bothways: {problem}")
    if as_json:
        print_json(found)
        return
    for guide in found:
        click.echo(f"{guide.key} · {guide.title} · about {guide.minutes} minutes\n  {guide.summary}")


@click.command("settings")
@click.argument("key", required=False)
@click.argument("value", required=False)
@journal_option
@json_option
def settings_command(key: str | None, value: str | None, as_json: bool) -> None:
    """Show the settings, or set KEY to VALUE."""
    import msgspec

    from journal.config import FILE_NAME, read_settings, write_setting
    from journal.errors import InvalidInput

    if key and value is None:
        raise InvalidInput(f"{key} needs a value.", f"For example: bothways settings {key} …")
    if key == "guide" and value is not None:
        bothways().guides.info(value)
    settings = write_setting(folder(), key, value) if key and value is not None else read_settings(folder())
    if as_json:
        print_json(settings)
        return
    click.echo(f"# {folder() / FILE_NAME}")
    for name, current in msgspec.to_builtins(settings).items():
        click.echo(f"{name} = {current!r}")


@click.command("demo")
@click.option("--as", "role", type=ROLES, default="mentee", show_default=True, help="Whose journal to open.")
@click.option(
    "--folder",
    "kept",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Make the sample journals in this new folder, keep them, and open nothing.",
)
def demo_command(role: str, kept: Path | None) -> None:
    """Open a throwaway copy of a sample journal: Ana and Priya, four months."""
    import tempfile

    from journal.bootstrap import build
    from journal.cli.root import has_terminal
    from journal.demo import build_demo, demo_clock, partner_at_work
    from journal.errors import NotAllowed
    from journal.files import make_private_folder
    from journal.model import Role

    if kept is not None:
        if kept.exists() and any(kept.iterdir()):
            raise NotAllowed(f"{kept} is not empty.", "Choose a new folder.")
        make_private_folder(kept)
        for side, path in build_demo(kept.absolute()).items():
            click.echo(f"{side}: bothways --journal {path}")
        return
    if not has_terminal():
        raise NotAllowed(
            "There is no terminal here for the app.",
            "Make the sample journals to read with commands: bothways demo --folder DIR",
        )
    with tempfile.TemporaryDirectory(prefix="bothways-demo-", ignore_cleanup_errors=True) as name:
        journals = build_demo(Path(name))
        with partner_at_work(journals[Role(role).other]):
            run_app(build(journals[Role(role)], clock=demo_clock()))
    notice("That was the sample journal; nothing of it was kept. Begin your own with: bothways")


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the completion script for a shell.

    bash: add  eval "$(bothways completion bash)"  to ~/.bashrc. zsh: the same in ~/.zshrc. fish: bothways
    completion fish > ~/.config/fish/completions/bothways.fish
    """
    from click.shell_completion import get_completion_class

    from journal.cli.root import cli

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "bothways", "_BOTHWAYS_COMPLETE").source())
