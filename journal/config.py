"""The settings file, `settings.toml` in the journal's folder: plain TOML, kept as the writer arranged it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from journal.errors import InvalidInput
from journal.files import explain, make_private_folder, write_atomic

FILE_NAME = "settings.toml"


class Settings(Struct, frozen=True, kw_only=True):
    """What the writer chose. `guide` is the guide a reflection starts with; `theme` one of Textual's themes,
    or "" for ours; `sync_seconds` how often an open app looks into the shared space (0: only when asked)."""

    guide: str = "what-so-what-now-what"
    theme: str = ""
    sync_seconds: int = 5


HEADER = """# Settings of this Bothways journal. Change a line and start Bothways again.
# guide: the guide a reflection starts with.  theme: a Textual theme.
# sync_seconds: how often an open app looks into the shared folder; 0 for only when asked.
"""


def read_settings(folder: Path) -> Settings:
    """The settings in `folder`, or the defaults. Raises InvalidInput naming the file and the trouble."""
    path = folder / FILE_NAME
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise explain(error, "read", path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} is not readable: {error}.", "Mend it, or remove it for the defaults.") from error
    try:
        return msgspec.convert(data, Settings)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"{path} cannot be used: {error}.", f"The settings are: {', '.join(Settings.__struct_fields__)}."
        ) from error


def write_setting(folder: Path, key: str, value: str | int) -> Settings:
    """Change one setting and keep everything else of the file, comments included. Raises InvalidInput."""
    import tomlkit

    path = folder / FILE_NAME
    make_private_folder(folder)
    current = read_settings(folder)
    if key not in Settings.__struct_fields__:
        raise InvalidInput(
            f"There is no setting called “{key[:40]}”.", f"The settings are: {', '.join(Settings.__struct_fields__)}."
        )
    try:
        changed = msgspec.convert({**msgspec.to_builtins(current), key: value}, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidInput(
            f"{key} = {value} cannot be used.", f"The settings are: {', '.join(Settings.__struct_fields__)}."
        ) from error
    document = tomlkit.parse(path.read_text("utf-8-sig") if path.exists() else HEADER)
    document[key] = getattr(changed, key)
    try:
        write_atomic(path, tomlkit.dumps(document).encode())
    except OSError as error:
        raise explain(error, "write", path) from error
    return changed
