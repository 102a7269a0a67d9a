"""Guides: the sets of questions a mentor and a mentee answer, kept as templates anyone can write.

A guide is a folder with four files: `about.md` (what it is), and the forms `mentor.md.j2`, `mentee.md.j2`
and `joint.md.j2`. A form is Markdown with Jinja in it; see `journal.guides.forms` for its shape. Jinja
comments are written `<!-- so -->`, because `{#so}` is a stage's key.
"""

from __future__ import annotations

from journal.guides.catalogue import Guides

__all__ = ["Guides"]
