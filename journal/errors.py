"""Everything Bothways refuses, as one tree.

    BothwaysError
    ├── InvalidInput      the writer gave something that cannot be used (a date, a kind, a file)
    ├── NotFound          an id, a session, a guide or a pair that is not there
    ├── Ambiguous         several things answer to what was typed
    ├── NotAllowed        the rules of sealing, opening or authorship forbid it
    ├── GuideError        a template is missing or broken: file and line
    ├── StoreError        the journal on disk cannot be read or written
    │   ├── StoreUnavailable   missing, read-only, full, or locked by another program
    │   ├── StoreDamaged       there, but not readable as a journal
    │   └── StoreFromFuture    written by a newer Bothways
    └── SpaceError        the shared space cannot be reached or holds something unusable

Each carries what happened and, where there is something to do, what to do.
"""

from __future__ import annotations

from journal.text import clean


class BothwaysError(Exception):
    """A refusal that can be shown to the writer as it is.

    `what` is one plain sentence saying what happened; `hint` one saying what to do, or empty.
    Neither ever holds a word the writer wrote in an answer, nor a control code that could reach a terminal.
    """

    def __init__(self, what: str, hint: str = "") -> None:
        self.what = clean(what).text
        self.hint = clean(hint).text
        super().__init__(self.what)

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()


class InvalidInput(BothwaysError):
    """The writer gave something that cannot be used."""


class NotFound(BothwaysError):
    """What was named is not in this journal."""


class Ambiguous(BothwaysError):
    """Several things answer to what was typed."""


class NotAllowed(BothwaysError):
    """The rules of sealing, opening or authorship forbid it."""


class GuideError(BothwaysError):
    """A template is missing or broken; `what` names file and line."""


class StoreError(BothwaysError):
    """The journal on disk cannot be read or written."""


class StoreUnavailable(StoreError):
    """The journal's folder is missing, read-only, full, or held by another program."""


class StoreDamaged(StoreError):
    """The journal's file is there, but not readable as a journal."""


class StoreFromFuture(StoreError):
    """The journal was written by a newer Bothways."""


class SpaceError(BothwaysError):
    """The shared space cannot be reached, or holds something unusable."""
