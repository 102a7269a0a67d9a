"""Short ids a person can read out and type: six characters without 0, 1, i, l and o."""

from __future__ import annotations

import secrets

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_id(length: int = 6) -> str:
    """A random id. Six characters give 887 million of them; the store refuses a second use of one."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
