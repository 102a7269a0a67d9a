"""The first line of every screen: what it is on the left, how things stand on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.reactive import reactive

from journal.tui.base import Plain

if TYPE_CHECKING:
    from journal.tui.app import BothwaysApp


class TopLine(Horizontal):
    """`title` says where one is; `status` how things stand ("saved"). Trouble with the shared space goes first."""

    DEFAULT_CSS = """
    TopLine {
        height: 1;
        dock: top;
        background: $surface;
        color: $foreground;
        padding: 0 1;
        #brand { width: auto; color: $primary; text-style: bold; padding: 0 2 0 0; }
        #title { width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        #status { width: auto; max-width: 60%; height: 1; color: $quiet; padding: 0 0 0 2;
                  text-wrap: nowrap; text-overflow: ellipsis; }
        &.-trouble #status { color: $warning; text-style: bold; }
    }
    """

    title: reactive[str] = reactive("")
    status: reactive[str] = reactive("")
    alarming: reactive[bool] = reactive(False)

    def __init__(self, title: str = "", status: str = "") -> None:
        super().__init__()
        self._brand = Plain("Bothways", id="brand")
        self._title = Plain(id="title")
        self._status = Plain(id="status")
        self.set_reactive(TopLine.title, title)
        self.set_reactive(TopLine.status, status)

    def compose(self) -> ComposeResult:
        yield self._brand
        yield self._title
        yield self._status

    def on_mount(self) -> None:
        self._show()
        self.watch(self.app, "trouble", self._show, init=False)

    def watch_title(self) -> None:
        self._show()

    def watch_status(self) -> None:
        self._show()

    def watch_alarming(self) -> None:
        self._show()

    def _show(self) -> None:
        trouble = "" if self.alarming else cast("BothwaysApp", self.app).trouble
        self.set_class(bool(trouble) or self.alarming, "-trouble")
        self._title.show(self.title)
        self._status.show(f"⚠ {trouble}" if trouble else self.status)
