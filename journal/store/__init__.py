"""The journal on disk, through TinyDB."""

from journal.store.drafts import FileDrafts
from journal.store.lock import syncing_alone
from journal.store.tiny import SCHEMA, TinyStore

__all__ = ["SCHEMA", "FileDrafts", "TinyStore", "syncing_alone"]
