"""Which table holds which kind of record."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from journal.model import (
    Announced,
    JointLine,
    Outgoing,
    Pair,
    Person,
    Received,
    Reflection,
    Response,
    Session,
)

TABLES: Mapping[type[Struct], str] = {
    Person: "people",
    Pair: "pairs",
    Session: "sessions",
    Reflection: "reflections",
    Received: "received",
    Response: "responses",
    JointLine: "lines",
    Announced: "announced",
    Outgoing: "outbox",
}
