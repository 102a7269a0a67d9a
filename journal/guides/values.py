"""Keeps what a person typed from becoming a form's structure.

A value put into a template is folded to one line, and the characters a form is built from are swapped for
private-use ones until the form has been read; then they come back. So a name such as `## Fake {#x}` stays
a name, wherever the template or one of its filters puts it.
"""

from __future__ import annotations

import re

_STRUCTURE = "#>-{}"
_SHIFT = 0x10FF00
_HIDE = {ord(mark): chr(_SHIFT + ord(mark)) for mark in _STRUCTURE}
_SHOW = {_SHIFT + ord(mark): mark for mark in _STRUCTURE}
_FORGED = {_SHIFT + ord(mark): "\N{REPLACEMENT CHARACTER}" for mark in _STRUCTURE}
_BREAKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


def one_line(value: object) -> str:
    """The value as text on one line that cannot be read as structure. Spaces at its ends stay."""
    return _BREAKS.sub(" ", str(value)).translate(_HIDE)


def shown(text: str) -> str:
    """Bring back the characters that `one_line` hid."""
    return text.translate(_SHOW)


def without_forgeries(value: object) -> object:
    """The value with any stand-in character it already held replaced, inside tuples and dicts too."""
    if isinstance(value, str):
        return str(value).translate(_FORGED)
    if isinstance(value, tuple):
        return tuple(without_forgeries(item) for item in value)
    if isinstance(value, dict):
        return {without_forgeries(key): without_forgeries(item) for key, item in value.items()}
    return value
