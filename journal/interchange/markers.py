"""Marks around every stored text in an exported page, so that an import finds it again byte for byte.

    <!-- bothways:turn {"id":"h7k2m9pq","of":"abc234","source":"guide",…,"end":"0f3a9c21"} -->
    the text, exactly as stored
    <!-- /bothways:turn 0f3a9c21 -->

What has no text is one line ending in `/-->`. `of` names the reflection or entry a text belongs to. `end`
repeats the word that closes the text: it is made from the text and does not occur in it, so no text can end
its own mark early. Marks are HTML comments, which Markdown readers do not show; a line counts as a mark only
from its first character on, and nothing else that is written into a page begins a line that way.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from journal.errors import InvalidInput
from journal.wording import export as wording

Attributes = dict[str, Any]

_OPENING = re.compile(r"^<!-- bothways:([a-z]+) (\{[^>\n]*\}) (/?)-->$", re.MULTILINE)
# What would end a comment or a line for some reader of the page. JSON knows all of them by number.
_UNSAFE = re.compile("[<>\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]|(?<=-)-")
_SHORTEST, _LONGEST, _STEP = 8, 64, 4


class Marked(Struct, frozen=True, kw_only=True):
    """One mark as it was read. `text` is None for a mark that never had one."""

    kind: str
    attributes: Attributes
    text: str | None = None


def write_mark(kind: str, attributes: Attributes, text: str | None = None) -> str:
    """A mark with its text, ending without a newline. `kind` is one lower-case word; `id` is in `attributes`."""
    if text is None:
        return f"<!-- bothways:{kind} {_json(attributes)} /-->"
    end = closing_word(str(attributes.get("id", "")), text)
    return f"<!-- bothways:{kind} {_json({**attributes, 'end': end})} -->\n{text}\n<!-- /bothways:{kind} {end} -->"


def read_markdown(text: str) -> list[Marked]:
    """Every mark of a page, in order. Raises InvalidInput for a mark that is damaged or not closed."""
    found: list[Marked] = []
    at = 0
    while opening := _OPENING.search(text, at):
        kind, attributes = opening[1], _attributes(opening[2], text, opening.start())
        end = attributes.pop("end", None)
        if opening[3]:
            found.append(Marked(kind=kind, attributes=attributes))
            at = opening.end()
            continue
        start = opening.end() + 1
        closing = f"\n<!-- /bothways:{kind} {end} -->"
        stop = text.find(closing, start)
        if stop < 0:
            raise _damaged(text, opening.start())
        found.append(Marked(kind=kind, attributes=attributes, text=text[start:stop]))
        at = stop + len(closing)
    return found


def attributes_of(record: Struct, *, without: tuple[str, ...] = (), always: tuple[str, ...] = ()) -> Attributes:
    """A stored struct as JSON values: the fields that differ from their defaults, and those in `always` first.

    `msgspec.convert` makes the struct from them again.
    """
    defaults = _defaults(type(record))
    order = (*always, *(name for name in defaults if name not in always))
    values = {name: getattr(record, name) for name in order if name not in without}
    return {
        name: msgspec.to_builtins(value) for name, value in values.items() if name in always or value != defaults[name]
    }


def closing_word(id: str, text: str) -> str:
    """The word that ends this text's mark: always the same for the same text, and not found in it."""
    digest = hashlib.sha256(f"{id}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return shortest_absent(digest, text)


def shortest_absent(digest: str, text: str) -> str:
    """The shortest beginning of `digest` that `text` does not hold; where it holds all, one of its successors'."""
    while True:
        for length in range(_SHORTEST, _LONGEST + 1, _STEP):
            if digest[:length] not in text:
                return digest[:length]
        digest = hashlib.sha256(digest.encode()).hexdigest()


@cache
def _defaults(kind: type[Struct]) -> dict[str, object]:
    return {f.name: f.default for f in msgspec.structs.fields(kind)}


def _json(attributes: Attributes) -> str:
    text = json.dumps(attributes, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _attributes(text: str, page: str, at: int) -> Attributes:
    try:
        attributes = json.loads(text)
    except ValueError:
        raise _damaged(page, at) from None
    if not isinstance(attributes, dict):
        raise _damaged(page, at)
    return attributes


def _damaged(page: str, at: int) -> InvalidInput:
    return InvalidInput(wording.DAMAGED_MARK.format(line=page.count("\n", 0, at) + 1), wording.DAMAGED_MARK_HINT)
