"""Writing: `reflect` in its three modes, and `edit`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from journal.cli.root import (
    CHANGED,
    DAY,
    SESSION,
    bothways,
    folder,
    has_terminal,
    journal_option,
    json_option,
    named_folder,
    notice,
    print_json,
    read_file,
    run_app,
    taken,
)

if TYPE_CHECKING:
    from journal.bootstrap import Bothways
    from journal.model import Reflection, SessionKey, Turn
    from journal.usecases import Start


@click.command("reflect")
@click.option("--guide", help="The guide to reflect with (bothways guides lists them).")
@click.option("--as", "role", type=click.Choice(["mentor", "mentee"]), help="Who you were in this session.")
@click.option("--with", "partner", metavar="NAME", help="The other person, where you have several pairs.")
@click.option("--date", "day", type=DAY, metavar="DAY", help="The session's day; today where left out.")
@click.option("--session", type=SESSION, metavar="SESSION", help="The session itself: 2026-11-20/2.")
@click.option("--solo", is_flag=True, help="A note for yourself: no session, no partner.")
@click.option("--title", default="", help="A title; only you see it.")
@click.option("--resume", metavar="ID", help="Go on with this draft.")
@click.option("--new", "fresh", is_flag=True, help="Start anew even where a draft waits.")
@click.option(
    "--seal",
    is_flag=True,
    help="Seal at the end: a draft gone through to its last step needs no further word.",
)
@click.option("--plain", is_flag=True, help="Line mode, on standard input and output.")
@click.option(
    "--answers",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Take a whole reflection from JSON (- for standard input) and ask nothing.",
)
@journal_option
@json_option
def reflect_command(
    guide: str | None,
    role: str | None,
    partner: str | None,
    day: date | None,
    session: SessionKey | None,
    solo: bool,
    title: str,
    resume: str | None,
    fresh: bool,
    seal: bool,
    plain: bool,
    answers: Path | None,
    as_json: bool,
) -> None:
    """Reflect on a session: in the app, in line mode (--plain), or from a file (--answers)."""
    from journal.errors import InvalidInput, NotAllowed
    from journal.model import Role
    from journal.usecases import Start

    services = bothways()
    start = Start(
        guide=guide,
        role=Role(role) if role else None,
        partner=partner,
        day=day,
        session=session,
        solo=solo,
        title=taken(title, one_line=True),
    )
    if resume and (answers or fresh or start != Start()):
        raise InvalidInput("--resume goes on with a draft as it is.", "Leave out the other options.")
    if answers is not None:
        if plain or resume:
            raise InvalidInput("--answers asks nothing and always makes a new reflection.", "Leave out the other mode.")
        _from_file(services, start, answers, seal=seal, as_json=as_json)
        return
    if not plain and not has_terminal():
        raise NotAllowed("There is no terminal here for the app.", "Use --plain, or --answers FILE.")
    if not plain and not services.people.known():
        run_app(services, start=start)  # The first run asks who writes here, and goes on to the first question.
        for first in services.reading.reflections()[:1] if services.people.known() else ():
            _after_app(services, first.id, seal=seal, as_json=as_json)
        return
    reflection, resumed = _draft(services, start, resume, fresh)
    if plain:
        _line_mode(services, reflection, seal=seal, resumed=resumed, as_json=as_json)
        if as_json:
            print_json(services.reading.get(reflection.id))
        return
    run_app(services, resume=reflection.id)
    _after_app(services, reflection.id, seal=seal, as_json=as_json)


def _after_app(services: Bothways, id: str, *, seal: bool, as_json: bool) -> None:
    """What --seal and --json mean once the app was left: a draft gone through to its last step is sealed."""
    from journal.model import Status, Step

    left = next((r for r in services.reading.reflections() if r.id == id), None)
    if left is None:
        return
    if seal and left.status is Status.DRAFT and left.step is Step.PREVIEW:
        left = services.sealing.seal(id)
        notice(f"{id} is sealed.")
    if as_json:
        print_json(left)


def _future(services: Bothways, reflection: Reflection) -> None:
    if reflection.day > services.clock.now().date():
        notice(f"{reflection.day} is still to come; the reflection was taken all the same.")


def _draft(services: Bothways, start: Start, resume: str | None, fresh: bool) -> tuple[Reflection, bool]:
    if resume:
        return services.writing.resume(services.reading.get(resume).id), True
    draft = None if fresh else services.writing.resumable(start)
    if draft is not None:
        notice(f"Your draft {draft.id} goes on; --new starts another.")
        return draft, True
    reflection = services.writing.start(start)
    _future(services, reflection)
    return reflection, False


def _from_file(services: Bothways, start: Start, path: Path, *, seal: bool, as_json: bool) -> None:
    from journal.usecases import read_given

    given = read_given(read_file(path))
    reflection = services.writing.write_all(start, given, seal=seal)
    _future(services, reflection)
    if given.changed:
        notice(CHANGED)
    if as_json:
        print_json(reflection)
    else:
        where = f"session {reflection.session}" if reflection.session else "a solo note"
        click.echo(f"{reflection.id} · {where} · {reflection.status}")


def _line_mode(services: Bothways, reflection: Reflection, *, seal: bool, resumed: bool, as_json: bool) -> None:
    import signal

    from journal.plain.lines import TerminalLines, open_lines
    from journal.plain.reflect import LineReflection
    from journal.plain.saver import Saver

    stream = sys.stderr if as_json else sys.stdout

    def echo(text: str) -> None:
        stream.write(text.encode("utf-8", "replace").decode("utf-8"))
        stream.flush()

    def end(*_: object) -> None:
        raise EOFError

    # A closed terminal or a request to end is the same as the end of input: the draft is kept.
    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), end)
    # A pipe's trouble is told at its end, as the command's one sentence; a person hears of it while typing on.
    saver = Saver(services.drafts, notice if sys.stdin.isatty() else lambda _: None)
    try:
        with open_lines(echo) as lines:
            walk = LineReflection(services, lines, lambda text: echo(text + "\n"), saver, journal=named_folder())
            if isinstance(lines, TerminalLines):
                lines.on_change = walk.half_typed
            walk.run(reflection, seal=seal, resumed=resumed)
    except (EOFError, KeyboardInterrupt, BrokenPipeError):
        saver.close()
        if saver.failure is not None:
            raise saver.failure from None
        from journal.wording import line as say

        notice("\n" + say.kept(reflection.id, named_folder()))
        raise click.exceptions.Exit(130) from None
    finally:
        saver.close()


@click.command("edit")
@click.argument("id")
@click.option("--answer", "number", type=click.IntRange(min=1), help="Which answer, as `show` numbers them.")
@click.option("--text", help="The new text; else it is read from --file, or your editor opens.")
@click.option("--file", "file", type=click.Path(path_type=Path, allow_dash=True), help="Read the new text here.")
@click.option("--title", help="Change the title instead; only you see it.")
@journal_option
@json_option
def edit_command(
    id: str, number: int | None, text: str | None, file: Path | None, title: str | None, as_json: bool
) -> None:
    """Change an answer of a draft, or of an open reflection. The earlier text is kept."""
    from journal.errors import InvalidInput

    services = bothways()
    reflection = services.reading.get(id)
    if title is not None and (number, text, file) != (None, None, None):
        raise InvalidInput("--title changes the title alone.", "Change the answer in a command of its own.")
    if text is not None and file is not None:
        raise InvalidInput("--text and --file both give the new text.", "Give one of them.")
    if title is not None:
        changed = services.writing.set_title(reflection.id, taken(title, one_line=True))
    else:
        turn = _chosen_turn(services, reflection, number)
        new = text
        if file is not None:
            new = read_file(file).decode("utf-8", "surrogateescape")
        if new is None:
            new = _in_editor(turn.answer)
        if new is None:
            notice("Nothing was changed.")
            changed = reflection
        else:
            changed = services.writing.edit(reflection.id, turn.id, taken(new))
    if as_json:
        print_json(changed)
    else:
        click.echo(f"{changed.id} · {changed.status}")


def _chosen_turn(services: Bothways, reflection: Reflection, number: int | None) -> Turn:
    from journal.errors import Ambiguous, NotFound

    turns = services.writing.words(reflection)
    if not turns:
        raise NotFound(f"{reflection.id} has no answer yet.", f"Write it: bothways reflect --resume {reflection.id}")
    if number is None and len(turns) > 1:
        raise Ambiguous(
            f"{reflection.id} has {len(turns)} answers.",
            f"Say which with --answer NUMBER, as numbered by: bothways show {reflection.id}",
        )
    if number is not None and number > len(turns):
        raise NotFound(f"{reflection.id} has {len(turns)} answers.")
    return turns[(number or 1) - 1]


def _in_editor(text: str) -> str | None:
    """The text as the writer's editor left it, or None. Its file lies in the journal's private folder."""
    import tempfile

    from journal.errors import InvalidInput
    from journal.files import make_private_folder

    if not has_terminal():
        raise InvalidInput("There is no terminal for an editor.", "Give the text with --text or --file.")
    private = folder() / "drafts"
    make_private_folder(private)
    with tempfile.NamedTemporaryFile(dir=private, suffix=".md", delete=False) as handle:
        handle.write(text.encode())
    path = Path(handle.name)
    try:
        click.edit(filename=str(path))
        changed = path.read_text("utf-8", "surrogateescape")
    finally:
        path.unlink(missing_ok=True)
    if changed.endswith("\n") and not text.endswith("\n"):
        changed = changed[:-1]  # Editors end a file with a newline that nobody typed.
    return None if changed == text else changed
