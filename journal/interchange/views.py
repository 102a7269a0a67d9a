"""What a page's template may use. Words are already fit for one line of Markdown, except where noted.

A `block` is a stored text with its marks around it, for a place of its own between two blank lines; `text` is
the same text bare. Both are exactly what was stored, and no filter may touch a `block`.
"""

from __future__ import annotations

from msgspec import Struct


class Voice(Struct, frozen=True, kw_only=True):
    """One of the two. Days are `20 November 2026`, or "" for what did not happen."""

    name: str
    role: str
    mine: bool
    guide: str
    draft: bool = False
    typed_here: bool = False
    sealed: str = ""
    opened: str = ""
    edited: str = ""


class TurnView(Struct, frozen=True, kw_only=True):
    """`source` is guide, bank, ai or own; `outcome` asked, answered, skipped or dismissed; `question` may be ""."""

    question: str
    source: str
    outcome: str
    follow_up: bool
    private: bool
    edited: bool
    block: str
    text: str


class PartView(Struct, frozen=True, kw_only=True):
    """What one of the two answered in a stage."""

    voice: Voice
    turns: tuple[TurnView, ...]


class StageView(Struct, frozen=True, kw_only=True):
    """`title` is "" for what was asked outside the guide's stages."""

    title: str
    parts: tuple[PartView, ...]


class ItemView(Struct, frozen=True, kw_only=True):
    """A gain, an offer, an intention, or a line of the joint page. What does not apply is ""."""

    voice: Voice
    block: str
    text: str
    kind: str = ""
    together: bool = False
    private: bool = False
    owner: str = ""
    due: str = ""
    done: str = ""


class ExchangeView(Struct, frozen=True, kw_only=True):
    """One line of the exchange: a gain, or (`received` is false) an offer nobody recorded as received.

    `text` and `offer`, the matching offer's words, are folded to one line: the texts themselves stand below.
    """

    receiver: str
    giver: str
    kind: str
    text: str
    received: bool = True
    blind_gift: bool = False
    together: bool = False
    offer: str = ""


class ResponseView(Struct, frozen=True, kw_only=True):
    """`kind` is comment, surprised or thanks; `about` the beginning of what it replies to, or "" for all of it."""

    name: str
    kind: str
    about: str
    day: str
    block: str
    text: str


class TypingView(Struct, frozen=True, kw_only=True):
    """Half-typed words of a draft, and the question they were typed under, or ""."""

    question: str
    block: str
    text: str


class Page(Struct, frozen=True, kw_only=True):
    """A session, or a solo note (`session` and `partner` are ""). `voices` has whoever wrote on it, the writer
    first. `marks` are lines for the import that may stand anywhere. `for_others` says that only shared words
    are on it.
    """

    marks: str
    title: str
    day: str
    session: str
    number: int
    partner: str
    voices: tuple[Voice, ...]
    for_others: bool
    agenda: str = ""
    stages: tuple[StageView, ...] = ()
    gains: tuple[ItemView, ...] = ()
    offers: tuple[ItemView, ...] = ()
    intentions: tuple[ItemView, ...] = ()
    exchange: tuple[ExchangeView, ...] = ()
    responses: tuple[ResponseView, ...] = ()
    notes: tuple[ItemView, ...] = ()
    agreed: tuple[ItemView, ...] = ()
    typing: tuple[TypingView, ...] = ()


class Chapter(Struct, frozen=True, kw_only=True):
    """A page inside a single file. `body` is the page as its own template rendered it, to go in as it is."""

    page: Page
    body: str


class Book(Struct, frozen=True, kw_only=True):
    """A whole journal in one file. `first` and `last` are its days."""

    author: str
    partners: tuple[str, ...]
    first: str
    last: str
    for_others: bool
    chapters: tuple[Chapter, ...]
