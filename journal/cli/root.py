"""The root command and what all commands share. A command's module is imported when the command is used."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from journal import __version__

if TYPE_CHECKING:
    from journal.bootstrap import Bothways
    from journal.model import SessionKey

COMMANDS = {
    "init": "setup",
    "reflect": "write",
    "list": "read",
    "show": "read",
    "search": "read",
    "edit": "write",
    "seal": "hand_in",
    "unseal": "hand_in",
    "move": "hand_in",
    "delete": "hand_in",
    "undelete": "hand_in",
    "review": "read",
    "respond": "together",
    "note": "together",
    "agree": "together",
    "tick": "together",
    "reply": "together",
    "invite": "share",
    "join": "share",
    "sync": "share",
    "export": "out",
    "pairs": "setup",
    "guides": "setup",
    "settings": "setup",
    "demo": "setup",
    "completion": "setup",
}

F = TypeVar("F", bound=Callable[..., Any])


class LazyGroup(click.Group):
    """Knows its commands by name, in the order a newcomer needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = import_module(f"journal.cli.{COMMANDS[name]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0] if args else "", COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean “{near[0]}”?", ctx) from None


def _set_journal(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
    if value:
        ctx.find_root().meta["journal.folder"] = value
    return value


journal_option = click.option(
    "--journal",
    "folder",
    metavar="DIR",
    expose_value=False,
    callback=_set_journal,
    help="The journal's folder; else BOTHWAYS_JOURNAL, else your data folder.",
)


def json_option(function: F) -> F:
    """`--json`: standard output holds only JSON; notices go to standard error."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON on standard output.")(function)


if TYPE_CHECKING:
    DayBase = click.ParamType[date]
    SessionBase = click.ParamType[SessionKey]
else:
    DayBase = SessionBase = click.ParamType


class DayParam(DayBase):
    """A calendar day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        from journal.usecases import parse_day

        return value if isinstance(value, date) else parse_day(value)


class SessionParam(SessionBase):
    """A session: `2026-11-20` or `2026-11-20/2`."""

    name = "session"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> SessionKey:
        from journal.model import SessionKey

        return value if isinstance(value, SessionKey) else SessionKey.parse(value)


DAY = DayParam()
SESSION = SessionParam()


def folder() -> Path:
    """The journal's folder as chosen on the command line or in the environment."""
    from journal.paths import journal_folder

    return journal_folder(click.get_current_context().find_root().meta.get("journal.folder"))


def named_folder() -> str:
    """The folder given with --journal, for commands that are printed to be typed again; "" where none was."""
    return str(click.get_current_context().find_root().meta.get("journal.folder", ""))


def bothways() -> Bothways:
    """The use cases over the chosen journal, which need not exist yet."""
    from journal.bootstrap import build

    services = build(folder())
    store = services.context.store

    def leave() -> None:
        store.close()
        for sentence in store.notices():
            notice(f"bothways: {sentence}")

    click.get_current_context().call_on_close(leave)
    return services


def print_json(value: object) -> None:
    """One JSON document on standard output, UTF-8 whatever the terminal speaks."""
    import msgspec

    data = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def notice(text: str) -> None:
    """A sentence beside the output: on standard error."""
    click.echo(text, err=True)


CHANGED = "Line ends or characters that cannot be stored were changed in it."
ON_ONE_LINE = "It was put on one line."


def taken(raw: str, *, one_line: bool = False) -> str:
    """Text from the command line as it will be stored, with a notice where that is not how it was given."""
    from journal import text

    cleaned = text.clean(raw)
    if cleaned.changes:
        notice(CHANGED)
    if one_line and text.one_line(cleaned.text, len(cleaned.text)) != cleaned.text:
        notice(ON_ONE_LINE)
    return cleaned.text


def read_file(path: Path) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises InvalidInput."""
    from journal.errors import InvalidInput

    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(f"Cannot read {path}: {(error.strerror or 'it failed').lower()}.") from error


def has_terminal() -> bool:
    """Whether a full-screen app can run here: it reads standard input and draws on standard error."""
    return sys.stdin.isatty() and sys.stderr.isatty()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@journal_option
@click.version_option(__version__, "-V", "--version", message="bothways %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """A reflection journal for the two sides of a mentorship.

    After a session each of you answers a short guide; both seal; then both open it together and see what went
    each way. Without a command, the app opens.
    """
    if ctx.invoked_subcommand is None:
        run_app(bothways())


def run_app(services: Bothways, **options: Any) -> None:
    """Open the terminal app. Raises NotAllowed where there is no terminal."""
    from journal.errors import NotAllowed

    if not has_terminal():
        raise NotAllowed(
            "There is no terminal here for the app.",
            "Use a command (bothways --help), or line mode: bothways reflect --plain",
        )
    services.context.store.exists()
    from journal.tui.app import BothwaysApp

    app = BothwaysApp(services, **options)
    app.run()
    if app.return_code:
        raise click.exceptions.Exit(app.return_code)
