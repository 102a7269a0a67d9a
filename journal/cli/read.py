"""Finding and reading: list, show, search, review."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import click

from journal.cli.root import SESSION, bothways, journal_option, json_option, notice, print_json

if TYPE_CHECKING:
    from journal.model import SessionKey
    from journal.usecases import Review


@click.command("list")
@click.option("-n", "limit", type=click.IntRange(min=1), help="At most this many.")
@click.option("--with", "partner", metavar="NAME", help="Only of this pair.")
@click.option("--state", type=click.Choice(["draft", "sealed", "open"]), help="Only in this state.")
@journal_option
@json_option
def list_command(limit: int | None, partner: str | None, state: str | None, as_json: bool) -> None:
    """List your reflections, drafts included, newest first."""
    from journal.model import Status
    from journal.plain.pages import safe

    services = bothways()
    pair = services.people.pair(partner) if partner else None
    found = services.reading.reflections(pair=pair, status=Status(state) if state else None, limit=limit)
    if as_json:
        print_json(found)
        return
    if not found:
        notice("Nothing is written yet. Begin with: bothways reflect")
    names = {p.id: p.partner for p in services.people.pairs()}
    for r in found:
        place = f"{r.session} with {safe(names.get(r.pair, '?'))}" if r.pair else f"{r.day} solo note"
        click.echo(f"{r.id}  {place} · {r.role} · {r.status} · {safe(r.title) or r.guide}")


@click.command("show")
@click.argument("id")
@click.option("--earlier", is_flag=True, help="Show the texts too that edited answers had before.")
@journal_option
@json_option
def show_command(id: str, earlier: bool, as_json: bool) -> None:
    """Show one reflection: yours, or what the other opened."""
    from journal.errors import StoreError
    from journal.model import Status
    from journal.plain.pages import entry_page, reflection_page

    services = bothways()
    found = services.reading.find(id)
    if found.mine is not None:
        if as_json:
            print_json(found.mine)
            return
        pair = services.people.pair_by_id(found.mine.pair) if found.mine.pair else None
        click.echo(
            reflection_page(found.mine, services.people.me().name, pair.partner if pair else "", earlier=earlier)
        )
        typed = services.drafts.load(found.mine.id)
        if found.mine.status is Status.DRAFT and any(draft.text.strip() for draft in typed.values()):
            notice(f"It has half-typed words too: bothways reflect --plain --resume {found.mine.id}")
    elif found.theirs is not None and found.theirs.entry is not None:
        if as_json:
            print_json(found.theirs.entry)
        else:
            click.echo(entry_page(found.theirs.entry))
        with contextlib.suppress(StoreError):
            services.together.mark_entry_read(found.theirs.id)


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("-n", "limit", type=click.IntRange(min=1), help="At most this many.")
@journal_option
@json_option
def search_command(words: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Find texts that hold all WORDS, case and accents aside: yours, and what the others opened."""
    from journal.plain.pages import safe

    hits = bothways().reading.search(" ".join(words), limit=limit)
    if as_json:
        rows: list[dict[str, Any]] = [
            {
                "id": h.id,
                "session": h.session,
                "date": h.day,
                "author": h.author,
                "mine": h.mine,
                "where": h.where,
                "heading": h.heading,
                "text": h.text,
                "excerpt": h.excerpt()[0],
                "spans": h.spans,
            }
            for h in hits
        ]
        print_json(rows)
        return
    if not hits:
        notice("Nothing was found.")
    for h in hits:
        click.echo(f"{h.id}  {h.session or h.day} · {safe(h.author)} · {h.where}")
        click.echo(f"  {safe(h.excerpt()[0])}")


@click.command("review")
@click.argument("session", type=SESSION)
@click.option("--with", "partner", metavar="NAME", help="The other person, where you have several pairs.")
@journal_option
@json_option
def review_command(session: SessionKey, partner: str | None, as_json: bool) -> None:
    """Read a session from both sides: what went each way, both reflections, what was agreed."""
    from journal.errors import StoreError
    from journal.plain.pages import review_page

    services = bothways()
    review = services.together.review(session, partner)
    if review.theirs is not None:
        with contextlib.suppress(StoreError):  # A journal on a read-only disk can still be read.
            services.together.mark_read(review)
    if as_json:
        print_json(review_json(review))
    else:
        click.echo(review_page(review))


def review_json(review: Review) -> dict[str, Any]:
    """The review as the JSON that `review --json` prints; documented in the README."""

    def author(mine: bool) -> str:
        return review.writer if mine else review.pair.partner

    exchange = review.exchange
    return {
        "session": review.session,
        "partner": review.pair.partner,
        "ready": review.ready,
        "states": {"mine": review.my_state, "theirs": review.their_state},
        "mine": review.mine,
        "theirs": review.theirs,
        "exchange": None
        if exchange is None
        else {
            "gains": [
                {
                    "id": g.id,
                    "receiver": g.receiver,
                    "giver": g.giver,
                    "direction": g.direction,
                    "kind": g.kind,
                    "text": g.text,
                    "blind_gift": g.blind_gift,
                    "seen": g.seen,
                    "offer": g.offer,
                }
                for g in exchange.gains
            ],
            "offers": exchange.offers,
            "balance": exchange.balance,
        },
        "responses": [
            {
                "id": r.id,
                "author": author(r.mine),
                "entry": r.entry,
                "item": r.item,
                "kind": r.kind,
                "text": r.text,
                "created": r.created,
            }
            for r in review.responses
        ],
        "notes": [{"id": n.id, "author": author(n.mine), "text": n.text} for n in review.notes],
        "agreed": [
            {
                "id": a.id,
                "author": author(a.mine),
                "owner": a.owner,
                "text": a.text,
                "due": a.due,
                "done_at": a.done_at,
            }
            for a in review.agreed
        ],
        "questions": [s.question for s in review.questions],
    }
