"""Short ways to write and seal."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from journal.bootstrap import Bothways
from journal.model import Reflection, SessionKey
from journal.usecases import Start, read_given

DAY = date(2026, 11, 20)
KEY = SessionKey(DAY)


def write(
    app: Bothways,
    *answers: str,
    session: SessionKey | None = None,
    visibility: str = "shared",
    seal: bool = False,
    start: Start | None = None,
    **more: Any,
) -> Reflection:
    """Write a whole reflection at once."""
    given = {"answers": list(answers), "visibility": visibility, **more}
    chosen = start or Start(session=session)
    return app.writing.write_all(chosen, read_given(json.dumps(given).encode()), seal=seal)


def texts(entry: Any) -> list[str]:
    """The answers in a shared entry."""
    return [a.text for a in entry.answers] if entry else []
