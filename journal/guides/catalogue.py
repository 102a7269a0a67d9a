"""The guides there are, and their forms."""

from __future__ import annotations

import builtins
import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from journal.errors import GuideError, NotFound
from journal.guides.about import read_about
from journal.guides.files import GuideFiles
from journal.guides.forms import MalformedFormError, read_stages, source_line
from journal.model import Form, GuideContext, GuideInfo, Role

if TYPE_CHECKING:
    from journal.guides.rendering import Renderer

DEFAULT = "what-so-what-now-what"
_JOINT = "joint"
_FORMS = (*Role, _JOINT)


class Guides:
    """The writer's own guides and the built-in ones.

    `folders` are searched in order, a writer's own first and the built-in one last; each holds one folder a
    guide. Any single file of a guide may be replaced: each is looked for in every folder in turn. Files are
    read when asked for, so a guide can be edited while the journal is open.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._files = GuideFiles(folders)
        self._kept_renderer: Renderer | None = None

    def list(self) -> list[GuideInfo]:
        """Every usable guide: the default one first, then by title. A broken one is left to `problems`."""
        usable: list[GuideInfo] = []
        for key in self._files.guide_keys():
            found = self._examined(key)
            if isinstance(found, GuideInfo):
                usable.append(found)
        return sorted(usable, key=lambda info: (info.key != DEFAULT, info.title.casefold(), info.key))

    def problems(self) -> builtins.list[GuideError]:
        """What keeps guides out of `list`, one error a guide.

        Templates are read but not run, so a form that goes wrong only when rendered is reported by `form`.
        """
        examined = [self._examined(key) for key in self._files.guide_keys()]
        return [*self._files.oddities(), *(found for found in examined if isinstance(found, GuideError))]

    def info(self, key: str) -> GuideInfo:
        """What is known about one guide.

        Raises NotFound naming the guides there are, and GuideError if `about.md` is missing or broken.
        """
        self._must_know(key)
        return read_about(self._files, key)

    def form(self, key: str, context: GuideContext) -> Form:
        """The questions for one side: the form of `context.role`.

        Raises NotFound for an unknown guide, and GuideError naming file and line for a broken one.
        """
        return self._form(key, context.role.value, context)

    def joint(self, key: str, context: GuideContext) -> Form:
        """The questions for the two to talk about at review. Raises as `form` does."""
        return self._form(key, _JOINT, context)

    def _form(self, key: str, form: str, context: GuideContext) -> Form:
        info = self.info(key)
        name = f"{key}/{form}.md.j2"
        rendered = self._renderer.render(name, context)
        try:
            stages = read_stages(rendered)
        except MalformedFormError as fault:
            raise self._traced(fault, name, rendered) from None
        return Form(guide=key, title=info.title, stages=stages)

    def _traced(self, fault: MalformedFormError, name: str, rendered: str) -> GuideError:
        path = self._files.need(name)
        source = self._files.read(path)
        # A key made from a value could hold a writer's words; one that stands in the template cannot.
        reason = fault.reason
        if fault.word and fault.word in source:
            reason = f"{reason.rstrip('.')}: “{fault.word}”."
        return self._files.at(path, source_line(source, rendered, fault.line), reason)

    def _examined(self, key: str) -> GuideInfo | GuideError:
        try:
            info = read_about(self._files, key)
            for form in _FORMS:
                self._renderer.check(f"{key}/{form}.md.j2")
        except GuideError as problem:
            return problem
        return info

    def _must_know(self, key: str) -> None:
        known = self._files.guide_keys()
        if key in known:
            return
        near = difflib.get_close_matches(key.casefold(), known, n=1)
        meant = f"Did you mean “{near[0]}”? " if near else ""
        names = f"The guides are: {', '.join(known)}." if known else "There are no guides at all."
        raise NotFound(f"There is no guide called “{key[:40]}”.", meant + names)

    @property
    def _renderer(self) -> Renderer:
        if self._kept_renderer is None:
            from journal.guides.rendering import Renderer

            self._kept_renderer = Renderer(self._files)
        return self._kept_renderer
