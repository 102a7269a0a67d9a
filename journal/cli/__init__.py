"""The command line: commands, exit codes, and the one place where a refusal becomes a sentence.

Exit codes: 0 done, 1 refused (one sentence on standard error), 2 the command's words are off, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

DEBUG = "BOTHWAYS_DEBUG"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code. Never shows a traceback, unless BOTHWAYS_DEBUG is set."""
    import click

    from journal.cli.root import cli
    from journal.errors import BothwaysError

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows a mark instead of ending the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = cli.main(
            args=list(arguments) if arguments is not None else None,
            prog_name="bothways",
            standalone_mode=False,
        )
        return code if isinstance(code, int) else 0
    except BothwaysError as error:
        click.echo(f"bothways: {error}", err=True)
        return 1
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("", err=True)
        return 130
    except BrokenPipeError:
        # The reader of our output has gone; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        click.echo(
            f"bothways: something went wrong inside Bothways ({type(error).__name__}). "
            f"What was stored is unharmed. Run again with {DEBUG}=1 to see where.",
            err=True,
        )
        return 70
