"""The built-in bank, read once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journal.bank import Bank
from journal.model import FollowUp, Role

BANK = Path(__file__).parents[3] / "prompts" / "bank" / "en.toml"


@pytest.fixture(scope="session")
def bank_text() -> str:
    return BANK.read_text("utf-8")


@pytest.fixture(scope="session")
def bank(bank_text: str) -> Bank:
    return Bank(bank_text)


@pytest.fixture(scope="session")
def ask(bank: Bank) -> Callable[..., list[FollowUp]]:
    """Follow-ups of the built-in bank for a mentee's answer to a plain question."""

    def follow_ups(answer: str, **more: object) -> list[FollowUp]:
        given: dict[str, object] = {"question": "What stayed with you?", "role": Role.MENTEE} | more
        return bank.follow_ups(answer, **given)  # type: ignore[arg-type]

    return follow_ups
