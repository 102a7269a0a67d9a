"""Make the pictures in `docs/images/` from the sample journal: `python docs/pictures.py`.

The pictures are Textual's SVG screenshots without their link to a remote font.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from journal.bootstrap import build
from journal.demo import build_demo, demo_clock
from journal.model import Role
from journal.tui.app import BothwaysApp

IMAGES = Path(__file__).with_name("images")
SIZE = (100, 30)


def screens(folder: Path) -> dict[str, tuple[str, str]]:
    """The pictures to make: a name, and how the app is opened for it as (draft to resume, screen to open)."""
    ana = build(folder, clock=demo_clock())
    draft = next(r for r in ana.reading.reflections() if r.status == "draft" and r.pair)
    newest = next(r for r in ana.reading.reflections() if r.status == "open")
    return {
        "home": ("", ""),
        "reflect": (draft.id, ""),
        "review": ("", f"review:{newest.session}"),
        "read": ("", f"read:{newest.id}"),
        "timeline": ("", "timeline"),
    }


async def picture(folder: Path, name: str, resume: str, screen: str) -> None:
    """Open the app as described and keep its screenshot."""
    app = BothwaysApp(build(folder, clock=demo_clock()), resume=resume or None, open_screen=screen)
    async with app.run_test(size=SIZE) as pilot:
        for _ in range(20):
            await pilot.pause(0.05)
        svg = app.export_screenshot(title="Bothways")
    (IMAGES / f"{name}.svg").write_text(without_remote_fonts(svg), "utf-8")


def without_remote_fonts(svg: str) -> str:
    """The picture without its `@font-face` rules: it opens the same everywhere and asks nobody for anything."""
    return re.sub(r"\s*@font-face\s*\{.*?\}", "", svg, flags=re.DOTALL)


def main() -> None:
    """Make all pictures."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = build_demo(Path(name))[Role.MENTEE]
        for picture_name, (resume, screen) in screens(folder).items():
            asyncio.run(picture(folder, picture_name, resume, screen))


if __name__ == "__main__":
    main()
