"""Renders a guide's templates in Jinja's sandbox. Imported on first use, since Jinja is slow to import."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from journal.errors import GuideError
from journal.guides.files import GuideFiles
from journal.guides.values import one_line, without_forgeries
from journal.model import GuideContext

LONGEST = 200_000
VARIABLES = frozenset(GuideContext.__struct_fields__)
_GLOBALS = ("range", "namespace")
_HINT = f"A guide may use: {', '.join(GuideContext.__struct_fields__)}."


class Renderer:
    """Turns a template and a context into text."""

    def __init__(self, files: GuideFiles) -> None:
        self._files = files
        self._env = environment(files)

    def check(self, name: str) -> None:
        """Read the template without running it. Raises GuideError for bad syntax or an unknown variable."""
        path = self._files.need(name)
        source = self._files.read(path)
        try:
            tree = self._env.parse(source, name, str(path))
            unknown = meta.find_undeclared_variables(tree) - VARIABLES - set(_GLOBALS)
        except Exception as error:
            raise self._explained(error, path) from None
        if unknown:
            places = [(node.lineno, node.name) for node in tree.find_all(nodes.Name) if node.name in unknown]
            line, variable = min(places, default=(1, min(unknown)))
            raise self._files.at(path, line, f"there is no variable “{variable}”.", _HINT)

    def render(self, name: str, context: GuideContext) -> str:
        """The template's text. Values in it are protected; see `journal.guides.values`.

        Raises GuideError for whatever the template does wrong, and when it yields more than `LONGEST` bytes.
        """
        self.check(name)
        path = self._files.need(name)
        pieces: list[str] = []
        size = 0
        try:
            for piece in self._env.get_template(name).generate(_variables(context)):
                size += len(piece.encode("utf-8", "replace"))
                if size > LONGEST:
                    break
                pieces.append(piece)
        except GuideError:
            raise
        except Exception as error:
            # The error's own text may hold an answer, so it is not chained.
            raise self._explained(error, path) from None
        if size > LONGEST:
            raise GuideError(f"{self._files.shown(path)}: the form is longer than {LONGEST // 1000} kB.")
        return "".join(pieces)

    def _explained(self, error: Exception, path: Path) -> GuideError:
        place, line = self._place(error, path)
        reason, hint = _reason(error, self._files.read(place))
        return self._files.at(place, line, reason, hint)

    def _place(self, error: Exception, path: Path) -> tuple[Path, int]:
        """The template and line an error came from: its own word for it, or the innermost template frame."""
        if isinstance(error, TemplateSyntaxError):
            named = Path(error.filename or path)
            return (named if self._files.holds(named) else path), error.lineno
        place, line = path, 1
        step = error.__traceback__
        while step is not None:
            filename = Path(step.tb_frame.f_code.co_filename)
            if self._files.holds(filename):
                place, line = filename, step.tb_lineno
            step = step.tb_next
        return place, line


def environment(files: GuideFiles) -> Environment:
    """The sandbox every guide is rendered in."""
    env = ImmutableSandboxedEnvironment(
        loader=_Loader(files),
        undefined=StrictUndefined,
        autoescape=False,
        finalize=one_line,
        keep_trailing_newline=True,
        comment_start_string="<!--",
        comment_end_string="-->",
    )
    env.globals = {name: env.globals[name] for name in _GLOBALS}
    return env


class _Loader(BaseLoader):
    """Finds `guide/file` in the guide folders and nowhere else."""

    def __init__(self, files: GuideFiles) -> None:
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self._files.find(template)
        if path is None:
            raise TemplateNotFound(template)
        source = self._files.read(path)
        stamp = _stamp(path)
        return source, str(path), lambda: self._files.find(template) == path and _stamp(path) == stamp


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size


def _variables(context: GuideContext) -> dict[str, object]:
    return {name: without_forgeries(getattr(context, name)) for name in GuideContext.__struct_fields__}


def _reason(error: Exception, source: str) -> tuple[str, str]:
    """What to say about an error, and a hint. A name is repeated only if the template's author wrote it."""
    message = str(getattr(error, "message", "") or "")
    if isinstance(error, TemplateSyntaxError):
        return f"{message[:1].lower()}{message[1:].rstrip('.')}.", ""
    if isinstance(error, UndefinedError):
        variable = re.search(r"'([^']+)' is undefined", message)
        if variable and variable[1] in source:
            return f"there is no variable “{variable[1]}”.", _HINT
        part = re.search(r"has no (?:attribute|element) '?([^']+)'?$", message)
        if part and part[1] in source:
            return f"“{part[1]}” is not there.", "Ask first whether it is there: {% if … %}."
        return "a value is used that is not there.", "Ask first whether it is there: {% if … %}."
    if isinstance(error, TemplateNotFound):
        name = str(error.name)
        named = f" “{name}”" if name in source else ""
        return f"there is no file{named} in the guides folders.", ""
    if isinstance(error, SecurityError):
        part = re.search(r"attribute '([^']+)'", str(error))
        name = f" (“{part[1]}”)" if part and part[1] in source else ""
        return f"the template reaches for something a guide may not use{name}.", ""
    return f"the template failed ({type(error).__name__}).", ""
