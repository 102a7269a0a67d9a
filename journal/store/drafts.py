"""Half-typed words in small files of their own: `drafts/<owner>.json`, replaced whole at each save."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from urllib.parse import quote

import msgspec

from journal.files import explain, make_private_folder, write_atomic
from journal.ids import new_id
from journal.ports import DraftText
from journal.text import clean


class FileDrafts:
    """See `journal.ports.Drafts`. Safe to call from several threads of one program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()

    def _path(self, owner: str) -> Path:
        return self.folder / (quote(owner, safe="") + ".json")

    def save(self, owner: str, slot: str, draft: DraftText) -> None:
        """Keep `draft` on disk before returning. Raises StoreUnavailable."""
        kept = DraftText(text=clean(draft.text).text, cursor=draft.cursor)
        with self._lock:
            drafts = self._read(owner)
            if drafts.get(slot) == kept:
                return
            self._write(owner, {**drafts, slot: kept})

    def load(self, owner: str) -> dict[str, DraftText]:
        """All half-typed words of `owner`, by slot. An unreadable file counts as empty and is kept aside."""
        with self._lock:
            return self._read(owner)

    def discard(self, owner: str, slot: str | None = None) -> None:
        """Forget one slot, or all of them. Raises StoreUnavailable."""
        with self._lock:
            drafts = self._read(owner)
            drafts = {key: value for key, value in drafts.items() if slot is not None and key != slot}
            if drafts:
                self._write(owner, drafts)
                return
            try:
                self._path(owner).unlink(missing_ok=True)
            except OSError as error:
                raise explain(error, "remove", self._path(owner)) from error

    def _read(self, owner: str) -> dict[str, DraftText]:
        path = self._path(owner)
        try:
            return msgspec.json.decode(path.read_bytes(), type=dict[str, DraftText])
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise explain(error, "read", path) from error
        except msgspec.MsgspecError:
            with contextlib.suppress(OSError):
                path.replace(path.with_suffix(f".{new_id()}.damaged"))
            return {}

    def _write(self, owner: str, drafts: dict[str, DraftText]) -> None:
        make_private_folder(self.folder)
        path = self._path(owner)
        try:
            write_atomic(path, msgspec.json.format(msgspec.json.encode(drafts), indent=1))
        except OSError as error:
            raise explain(error, "write", path) from error
