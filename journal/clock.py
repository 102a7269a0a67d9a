"""What time it is, and where."""

from __future__ import annotations

import time
from datetime import datetime, timedelta


class SystemClock:
    """The computer's own clock and time zone."""

    def now(self) -> datetime:
        """The present moment, aware, in local time, to the second."""
        return datetime.now().astimezone().replace(microsecond=0)

    def timezone(self) -> str:
        """The local time zone's IANA name, or its offset where the system names none."""
        try:
            from tzlocal import get_localzone_name

            name = get_localzone_name()
        except Exception:
            name = None
        return str(name) if name else f"UTC{datetime.now().astimezone():%z}"


class SetClock:
    """A clock that shows what it was last set to; for the sample journal and for tests."""

    def __init__(self, at: datetime, timezone: str = "UTC") -> None:
        self.at = at
        self._timezone = timezone

    def now(self) -> datetime:
        return self.at

    def timezone(self) -> str:
        return self._timezone


class RunningClock(SetClock):
    """A clock set to another day that goes on from there, so that the sample journal is never out of date."""

    def __init__(self, at: datetime, timezone: str = "UTC") -> None:
        super().__init__(at, timezone)
        self._started = time.monotonic()

    def now(self) -> datetime:
        return self.at + timedelta(seconds=int(time.monotonic() - self._started))
