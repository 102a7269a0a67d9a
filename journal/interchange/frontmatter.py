"""The properties at the top of a page, in YAML that Obsidian reads."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date, datetime

FORMAT = 1
"""The version of the page's format, kept under the key that tells our files from all others."""

KEY = "bothways"

Value = str | int | date | datetime | Sequence[str]

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9_/-]| (?=[A-Za-z0-9]))*")
_WORDS_OF_YAML = frozenset("y n yes no on off true false null".split())
# YAML readers refuse these, or take them for line ends.
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def front_matter(properties: dict[str, Value]) -> str:
    """The block with its two fences and a final newline. Empty values are left out."""
    lines = [f"{key}: {_value(value)}" for key, value in properties.items() if value not in ("", (), [])]
    return "\n".join(["---", *lines, "---", ""])


def is_ours(beginning: bytes) -> bool:
    """Whether a file that begins so was written by an export: its front matter has our key."""
    text = beginning.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    if not text.startswith("---\n"):
        return False
    properties, _, _ = text[4:].partition("\n---")
    return re.search(rf"^{KEY}: *\d", properties, re.MULTILINE) is not None


def _value(value: Value) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"[{', '.join(_string(item) for item in value)}]"


def _string(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)
