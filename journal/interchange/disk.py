"""Files an export may write: never over somebody else's, whole or not at all, for their owner alone."""

from __future__ import annotations

from pathlib import Path

from journal.errors import InvalidInput, StoreUnavailable
from journal.files import explain, write_atomic
from journal.interchange.frontmatter import is_ours
from journal.wording import export as wording

_ENOUGH = 64 * 1024


def require_folder(dest: Path) -> None:
    """Raises InvalidInput where `dest`, or a folder above it, is a file."""
    for path in (dest, *dest.parents):
        if _exists(path):
            if not path.is_dir():
                raise InvalidInput(
                    wording.FOLDER_IS_FILE.format(path=path), wording.FOLDER_IS_FILE_HINT if path == dest else ""
                )
            return


def require_writable(path: Path) -> None:
    """Raises InvalidInput where `path` is a folder, or a file that no export wrote."""
    if not _exists(path):
        return
    if path.is_dir():
        example = path / "bothways.md"
        raise InvalidInput(
            wording.FILE_IS_FOLDER.format(path=path), wording.FILE_IS_FOLDER_HINT.format(example=example)
        )
    try:
        with path.open("rb") as file:
            beginning = file.read(_ENOUGH)
    except OSError as error:
        raise _refused(error, "read", path) from error
    if not is_ours(beginning):
        raise InvalidInput(wording.NOT_OURS.format(path=path), wording.NOT_OURS_HINT)


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write the file (0600) and the folders it needs (0700). Returns whether it had to be written.

    Raises StoreUnavailable.
    """
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        for folder in reversed(path.parents):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
                folder.chmod(0o700)
        write_atomic(path, data)
    except OSError as error:
        raise _refused(error, "write", path) from error
    return True


def _exists(path: Path) -> bool:
    try:
        # A dangling link is something of somebody's too.
        return path.is_symlink() or path.exists()
    except OSError as error:
        raise _refused(error, "read", path) from error


def _refused(error: OSError, doing: str, path: Path) -> StoreUnavailable:
    return StoreUnavailable(explain(error, doing, path).what, wording.ANOTHER_PLACE)
