"""The rules of one reflection, without I/O: what is asked next, what an answer changes, what is shared.

draft ──seal──▶ sealed ──both sealed──▶ open
  ▲                │
  └────unseal──────┘   (until the other side has sealed)
"""

from journal.reflection.flow import (
    advance,
    answer,
    ask_follow_up,
    ask_own,
    back,
    begin,
    dismiss,
    go_to,
    go_to_step,
    progress,
    skip,
    turn_of,
)
from journal.reflection.items import (
    add_gain,
    add_intention,
    add_offer,
    remove_item,
    tick,
)
from journal.reflection.share import choose, shareable, shared_entry, toggled, visible_items

__all__ = [
    "add_gain",
    "add_intention",
    "add_offer",
    "advance",
    "answer",
    "ask_follow_up",
    "ask_own",
    "back",
    "begin",
    "choose",
    "dismiss",
    "go_to",
    "go_to_step",
    "progress",
    "remove_item",
    "shareable",
    "shared_entry",
    "skip",
    "tick",
    "toggled",
    "turn_of",
    "visible_items",
]
