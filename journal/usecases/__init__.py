"""What a writer can do, one class an area; faces call these and hold no rules."""

from journal.usecases.context import Context
from journal.usecases.given import GivenReflection, parse_day, read_given
from journal.usecases.people import People
from journal.usecases.reading import Found, Hit, Reading
from journal.usecases.sealing import Preview, Sealing
from journal.usecases.together import Review, SideState, Together, Waiting
from journal.usecases.writing import Start, Writing

__all__ = [
    "Context",
    "Found",
    "GivenReflection",
    "Hit",
    "People",
    "Preview",
    "Reading",
    "Review",
    "Sealing",
    "SideState",
    "Start",
    "Together",
    "Waiting",
    "Writing",
    "parse_day",
    "read_given",
]
