"""What went each way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from journal.exchange import Exchange, join
from journal.model import Direction, GainKind, Role, SharedEntry, SharedItem

NOW = datetime(2026, 11, 20, 18, 30, tzinfo=UTC)
TEXTS = [
    "saying no with a date",
    "how I decline without apology",
    "a contact at the library",
    "reading silence as anger",
    "courage",
    "das Nein-Sagen",
    "…",
    "saying no, kindly",
]

kinds = st.sampled_from(GainKind)
gains = st.lists(st.tuples(kinds, st.sampled_from(TEXTS), st.booleans()), max_size=5)
offers = st.lists(st.tuples(kinds, st.sampled_from(TEXTS)), max_size=5)


def entry(
    role: Role, got: Sequence[tuple[GainKind, str, bool]] = (), gave: Sequence[tuple[GainKind, str]] = ()
) -> SharedEntry:
    name = role.value
    return SharedEntry(
        id=name,
        session="2026-11-20",
        author=name,
        role=role,
        guide="exchange",
        sealed_at=NOW,
        salt="",
        gains=tuple(
            SharedItem(
                id=f"{name}-g{i}",
                text=text,
                kind=kind,
                direction=Direction.TOGETHER if together else Direction.received_by(role),
            )
            for i, (kind, text, together) in enumerate(got)
        ),
        offers=tuple(SharedItem(id=f"{name}-o{i}", text=text, kind=kind) for i, (kind, text) in enumerate(gave)),
    )


def found(exchange: Exchange) -> tuple[object, ...]:
    return (
        {(g.id, g.receiver, g.giver, g.direction, g.kind, g.text, g.offer) for g in exchange.gains},
        {(o.id, o.giver, o.receiver) for o in exchange.offers},
        exchange.balance,
    )


@given(gains, offers, gains, offers)
def test_both_sides_find_the_same(
    ga: list[tuple[GainKind, str, bool]], oa: list[tuple[GainKind, str]],
    gb: list[tuple[GainKind, str, bool]], ob: list[tuple[GainKind, str]],
) -> None:  # fmt: skip
    a, b = entry(Role.MENTEE, ga, oa), entry(Role.MENTOR, gb, ob)
    one, other = join(a, b), join(b, a)
    assert found(one) == found(other)
    matched = [g.offer.id for g in one.gains if g.offer]
    assert len(matched) == len(set(matched))
    assert {o.id for o in one.offers} | set(matched) == {o.id for o in (*a.offers, *b.offers)}
    assert len(one.gains) == len(ga) + len(gb)
    assert sum(one.balance.values()) == len(one.gains)
    for gain in one.gains:
        assert gain.seen + gain.blind_gift + (gain.direction is Direction.TOGETHER) == 1
        if gain.offer:
            assert gain.offer.id.startswith(gain.giver)
    flags = [g.blind_gift for g in one.gains]
    assert flags == sorted(flags, reverse=True)


def test_offers_are_never_counted_as_gains() -> None:
    exchange = join(entry(Role.MENTEE), entry(Role.MENTOR, gave=[(GainKind.SKILL, "saying no")]))
    assert exchange.gains == ()
    assert set(exchange.balance.values()) == {0}
    assert [o.text for o in exchange.offers] == ["saying no"]


def test_a_gain_the_giver_never_listed_is_a_blind_gift() -> None:
    mentor = entry(Role.MENTOR, got=[(GainKind.KNOWLEDGE, "how juniors read my silence", False)])
    exchange = join(entry(Role.MENTEE), mentor)
    assert [g.text for g in exchange.blind_gifts] == ["how juniors read my silence"]
    assert exchange.balance[Direction.TO_MENTOR] == 1


def test_a_gain_of_the_offered_kind_is_seen() -> None:
    exchange = join(
        entry(Role.MENTEE, got=[(GainKind.SKILL, "saying no with a date", False)]),
        entry(Role.MENTOR, gave=[(GainKind.SKILL, "declining")]),
    )
    assert [g.offer.text for g in exchange.seen_gains if g.offer] == ["declining"]
    assert exchange.offers == ()


def test_the_same_words_match_across_kinds_and_before_a_mere_kind() -> None:
    exchange = join(
        entry(Role.MENTEE, got=[(GainKind.SKILL, "declining an invitation kindly", False)]),
        entry(
            Role.MENTOR,
            gave=[(GainKind.SKILL, "writing tests"), (GainKind.PRACTICE, "How to decline INVITATIONS, kindly")],
        ),
    )
    assert [g.offer.kind for g in exchange.gains if g.offer] == [GainKind.PRACTICE]
    assert [o.text for o in exchange.offers] == ["writing tests"]


def test_other_words_of_another_kind_do_not_match() -> None:
    exchange = join(
        entry(Role.MENTEE, got=[(GainKind.SKILL, "saying no", False)]),
        entry(Role.MENTOR, gave=[(GainKind.KNOWLEDGE, "the history of unions")]),
    )
    assert len(exchange.blind_gifts) == 1
    assert len(exchange.offers) == 1


def test_what_came_about_together_is_no_blind_gift_and_takes_no_offer() -> None:
    exchange = join(
        entry(Role.MENTEE, got=[(GainKind.SKILL, "a plan", True)]),
        entry(Role.MENTOR, gave=[(GainKind.SKILL, "a plan")]),
    )
    assert exchange.blind_gifts == exchange.seen_gains == ()
    assert exchange.balance == {Direction.TO_MENTEE: 0, Direction.TO_MENTOR: 0, Direction.TOGETHER: 1}
    assert len(exchange.offers) == 1


def test_two_gains_do_not_share_one_offer() -> None:
    exchange = join(
        entry(Role.MENTEE, got=[(GainKind.SKILL, "saying no", False), (GainKind.SKILL, "asking", False)]),
        entry(Role.MENTOR, gave=[(GainKind.SKILL, "asking well")]),
    )
    assert [g.text for g in exchange.seen_gains] == ["asking"]
    assert [g.text for g in exchange.blind_gifts] == ["saying no"]
