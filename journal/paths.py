"""Where things are: the writer's journal, the built-in templates, the writer's own templates."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "BOTHWAYS_JOURNAL"


def journal_folder(chosen: str | Path | None = None) -> Path:
    """The journal's folder: the one chosen, else `BOTHWAYS_JOURNAL`, else the platform's data folder."""
    if chosen:
        return Path(chosen).expanduser().absolute()
    if named := os.environ.get(ENVIRONMENT):
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("bothways", appauthor=False)


def built_in_prompts() -> Path:
    """The templates that ship with Bothways: inside the package in a wheel, beside it in a checkout."""
    here = Path(__file__).resolve().parent
    packaged = here / "prompts"
    return packaged if packaged.is_dir() else here.parent / "prompts"


def prompt_folders(journal: Path) -> tuple[Path, Path]:
    """Where templates are looked for: the writer's own folder inside the journal first, then the built-in one."""
    return journal / "prompts", built_in_prompts()
