"""Renders a page's template in Jinja's sandbox. Imported when an export runs, since Jinja is slow to import."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from journal.errors import GuideError
from journal.guides.files import GuideFiles
from journal.wording import export as wording

_GLOBALS = ("range", "namespace")


class Renderer:
    """Turns views into Markdown. `folders` are searched in order, file by file; the last is the built-in one.

    A file is read once in a renderer's life.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = GuideFiles(folders)
        self._built_in = folders[-1] if folders else Path()
        self._env = ImmutableSandboxedEnvironment(
            loader=_Loader(self._files),
            undefined=StrictUndefined,
            autoescape=False,
            keep_trailing_newline=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._env.globals = {name: self._env.globals[name] for name in _GLOBALS}

    def render(self, name: str, **values: Struct) -> str:
        """The template's text, values in it exactly as given. Raises GuideError naming file and line."""
        path = self._files.find(name)
        if path is None:
            shown = self._files.shown(self._built_in / name)
            raise GuideError(wording.NO_TEMPLATE.format(path=shown), wording.NO_TEMPLATE_HINT)
        try:
            return self._env.get_template(name).render(values)
        except GuideError:
            raise
        except Exception as error:
            # The error's own text may hold an answer, so it is not chained.
            raise self._explained(error, path) from None

    def _explained(self, error: Exception, path: Path) -> GuideError:
        place, line = self._place(error, path)
        return self._files.at(place, line, *_reason(error, self._files.read(place)))

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


class _Loader(BaseLoader):
    """Finds a file in the export folders and nowhere else."""

    def __init__(self, files: GuideFiles) -> None:
        self._files = files

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        path = self._files.find(template)
        if path is None:
            raise TemplateNotFound(template)
        return self._files.read(path), str(path), lambda: True


def _reason(error: Exception, source: str) -> tuple[str, str]:
    """What to say about an error, and a hint. A name is repeated only if the template's author wrote it."""
    message = str(getattr(error, "message", "") or "")
    if isinstance(error, TemplateSyntaxError):
        return f"{message[:1].lower()}{message[1:].rstrip('.')}.", ""
    if isinstance(error, UndefinedError):
        named = re.search(r"'([^']+)' is undefined", message) or re.search(
            r"has no (?:attribute|element) '?([^']+)'?$", message
        )
        if named and named[1] in source:
            return wording.NO_VARIABLE.format(name=named[1]), wording.TEMPLATE_HINT
        return wording.NO_VALUE, wording.TEMPLATE_HINT
    if isinstance(error, TemplateNotFound):
        name = str(error.name)
        return wording.NO_FILE.format(name=f" “{name}”" if name in source else ""), ""
    if isinstance(error, SecurityError):
        return wording.FORBIDDEN, ""
    return wording.FAILED.format(kind=type(error).__name__), ""
