"""The joint side: respond, note, agree, tick, and a reply typed in for a partner without Bothways."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.root import (
    CHANGED,
    DAY,
    SESSION,
    bothways,
    journal_option,
    json_option,
    notice,
    print_json,
    read_file,
    taken,
)

if TYPE_CHECKING:
    from journal.model import SessionKey
    from journal.usecases import GivenReflection

with_option = click.option("--with", "partner", metavar="NAME", help="The other person, where you have several pairs.")


@click.command("respond")
@click.argument("session", type=SESSION)
@click.argument("text", required=False, default="")
@click.option("--kind", type=click.Choice(["comment", "surprised", "thanks"]), help="What sort of response.")
@click.option("--to", "item", default="", metavar="ID", help="One answer, gain or offer, by its id.")
@with_option
@journal_option
@json_option
def respond_command(
    session: SessionKey, text: str, kind: str | None, item: str, partner: str | None, as_json: bool
) -> None:
    """Reply to what the other opened: a comment, “this surprised me”, or thanks."""
    from journal.model import ResponseKind

    chosen = ResponseKind(kind or "comment")
    response = bothways().together.respond(session, chosen, taken(text), item=item, partner=partner)
    if as_json:
        print_json(response)
    else:
        click.echo("Your response is stored; it is sent with the next sync.")


@click.command("note")
@click.argument("session", type=SESSION)
@click.argument("text")
@with_option
@journal_option
@json_option
def note_command(session: SessionKey, text: str, partner: str | None, as_json: bool) -> None:
    """Add a line to a session's joint note."""
    line = bothways().together.note(session, taken(text), partner)
    if as_json:
        print_json(line)
    else:
        click.echo(f"{line.id} is on the joint page.")


@click.command("agree")
@click.argument("session", type=SESSION)
@click.argument("text")
@click.option("--owner", default="", metavar="NAME", help="Who does it; you where left out.")
@click.option("--due", type=DAY, metavar="DAY", help="By when.")
@with_option
@journal_option
@json_option
def agree_command(
    session: SessionKey, text: str, owner: str, due: date | None, partner: str | None, as_json: bool
) -> None:
    """Add an intention that both agreed on."""
    line = bothways().together.agree(session, taken(text), owner=taken(owner, one_line=True), due=due, partner=partner)
    if as_json:
        print_json(line)
    else:
        click.echo(f"{line.id} · {line.owner}: {line.text}")


@click.command("tick")
@click.argument("id")
@click.option("--undo", is_flag=True, help="It is not done after all.")
@journal_option
@json_option
def tick_command(id: str, undo: bool, as_json: bool) -> None:
    """Tick an intention: an agreed one, or one of your own, by the id that show and review print."""
    from journal.errors import NotFound

    services = bothways()
    try:
        line = services.together.tick_line(id, not undo)
    except NotFound:
        owner = [r for r in services.reading.reflections() if any(i.id == id for i in r.intentions)]
        if not owner:
            raise NotFound(f"There is no intention {id[:40]} in this journal.") from None
        changed = services.writing.tick(owner[0].id, id, not undo)
        if as_json:
            print_json(changed)
            return
        text = next(i.text for i in changed.intentions if i.id == id)
    else:
        if as_json:
            print_json(line)
            return
        text = line.text
    click.echo(f"{'[ ]' if undo else '[x]'} {text}")


@click.command("reply")
@click.argument("session", type=SESSION)
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Their reply as JSON, in the form that `reflect --answers` takes.",
)
@click.option(
    "--text",
    "text_file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Their reply as one text.",
)
@with_option
@journal_option
@json_option
def reply_command(
    session: SessionKey, answers: Path | None, text_file: Path | None, partner: str | None, as_json: bool
) -> None:
    """Take in the reply of a partner who does not use Bothways: typed in, or from a file.

    Seal your own reflection first, so that neither of you echoes the other.
    """
    from journal.cli.read import review_json
    from journal.errors import InvalidInput
    from journal.model import Visibility
    from journal.plain.pages import review_page
    from journal.usecases.given import GivenAnswer, GivenReflection, read_given

    services = bothways()
    if answers is not None and text_file is not None:
        raise InvalidInput("--answers and --text are two forms of one reply.", "Give one of them.")
    if answers is not None:
        given = read_given(read_file(answers), Visibility.SHARED)
        if given.changed:
            notice(CHANGED)
    elif text_file is not None:
        text = taken(read_file(text_file).decode("utf-8", "surrogateescape"))
        given = GivenReflection(answers=(GivenAnswer(text=text, visibility=Visibility.SHARED),))
    else:
        given = _typed(session, partner)
    review = services.together.type_reply(session, given, partner)
    services.drafts.discard(f"reply-{review.pair.id}-{session}")
    if as_json:
        print_json(review_json(review))
    else:
        click.echo(review_page(review))


def _typed(session: SessionKey, partner: str | None) -> GivenReflection:
    """Ask the partner's questions in line mode; what was typed is kept until the reply is stored."""
    import sys

    from journal.plain.lines import TerminalLines, open_lines
    from journal.plain.reflect import EndOfInput
    from journal.plain.reply import LineReply
    from journal.plain.saver import Saver

    services = bothways()

    def echo(text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()

    saver = Saver(services.drafts, notice)
    try:
        with open_lines(echo) as lines:
            reply = LineReply(services, lines, lambda text: echo(text + "\n"), saver)
            if isinstance(lines, TerminalLines):
                lines.on_change = reply.half_typed
            return reply.run(session, partner)
    except (EndOfInput, EOFError, KeyboardInterrupt):
        notice("\nWhat you typed is kept; the same command goes on with it.")
        raise click.exceptions.Exit(130) from None
    finally:
        saver.close()
