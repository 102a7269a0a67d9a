"""How far one is through a guide: done, here, to come."""

from __future__ import annotations

from textual.content import Content

from journal.tui.base import Plain
from journal.wording import app as words


class Progress(Plain):
    """`●──◐──○  So what, 2 of 3`: a filled, a half and an empty circle, and the same in words."""

    DEFAULT_CSS = """
    Progress { width: auto; height: 1; text-wrap: nowrap; }
    """

    def show_stages(self, stages: list[tuple[str, bool, bool]]) -> None:
        """`stages` are (title, done, current), in order."""
        marks = ["◐" if here else "●" if done else "○" for _, done, here in stages]
        place = next((i for i, (_, _, here) in enumerate(stages) if here), None)
        title = stages[place][0] if place is not None else ""
        said = words.stage_progress((place or 0) + 1, len(stages), title)
        parts: list[tuple[str, str]] = []
        for index, mark in enumerate(marks):
            if index:
                parts.append(("──", "$rule"))
            parts.append((mark, "bold $primary" if mark == "◐" else "$primary" if mark == "●" else "$quiet"))
        self.show(Content.assemble(*parts, (f"  {said}", "$quiet")))
