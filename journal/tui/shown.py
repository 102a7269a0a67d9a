"""What may be put on a terminal: codes that would steer it are shown as signs instead of obeyed."""

from __future__ import annotations

import re

# Control codes but tab and newline, and the marks that reorder the text after them. Marks that only hint at a
# direction (U+200E, U+200F) stay: honest right-to-left writing needs them.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def _sign(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code < 0xA0:
        return f"\\x{code:02x}"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"\\u{code:04x}"


def shown(text: str) -> str:
    """`text` as it can be shown literally, whoever wrote it."""
    return _STEERING.sub(_sign, text)
