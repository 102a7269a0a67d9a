"""Migrations: one module a step, append-only, each a pure function from the records of one schema version to the
next. A module is never changed once it was released; a journal of any age walks through all later steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from journal.store.migrations import m001_whole_file_to_log

State = dict[str, dict[str, dict[str, Any]]]
"""All records: table, id, document."""

Step = Callable[[State], State]

STEPS: Sequence[Step] = (m001_whole_file_to_log.migrate,)
"""`STEPS[n - 1]` leads from schema n to schema n + 1."""

SCHEMA = 1 + len(STEPS)
"""The version of what the records mean. A change to a record's meaning adds a step and so raises it."""


def migrate(state: State, schema: int, steps: Sequence[Step] = STEPS) -> State:
    """The records as the newest schema has them. `state` is not changed."""
    for step in steps[schema - 1 :]:
        state = step(state)
    return state
