"""Meeting the partner: a space both can reach, the invitation, and synchronising."""

from journal.sharing.folder import FolderSpace
from journal.sharing.invitation import Invitation
from journal.sharing.sharing import Sharing, SyncReport

__all__ = ["FolderSpace", "Invitation", "Sharing", "SyncReport"]
