"""Schema 1 kept everything in one file, `journal.json`, with a table `meta` that said which journal it is. In the
log the header says so, and `meta` goes. No other record changes."""

from __future__ import annotations

from typing import Any


def migrate(state: dict[str, dict[str, dict[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The records without `meta`."""
    return {table: records for table, records in state.items() if table != "meta"}
