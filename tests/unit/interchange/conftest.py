"""Journals to export."""

from __future__ import annotations

from pathlib import Path

import pytest
from interchange_journal import Journal, fill, make_journal


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """Ana's journal with Priya, empty."""
    return make_journal(tmp_path / "ana")


@pytest.fixture
def session(journal: Journal) -> Journal:
    """Ana's journal with one session open on both sides and everything in it."""
    return fill(journal)
