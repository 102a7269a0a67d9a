"""The yes-or-no question: careless keys decide nothing."""

from __future__ import annotations

from textual.app import App
from textual.widgets import Button

from journal.tui.widgets.dialogs import GRACE_SECONDS, ConfirmDialog


class Clock:
    """A monotonic clock that stands where it was put."""

    at = 100.0

    def __call__(self) -> float:
        return self.at


class Host(App[None]):
    answer: bool | None = None

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def on_mount(self) -> None:
        self.ask()

    def ask(self) -> None:
        dialog = ConfirmDialog("Delete [/x]?", "[@click=app.quit]x[/]", "[b]Delete", monotonic=self._clock)
        self.push_screen(dialog, self.said)

    def said(self, answer: bool | None) -> None:
        self.answer = answer


async def test_cancel_has_the_focus_and_the_first_half_second_decides_nothing() -> None:
    clock = Clock()
    app = Host(clock)
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.focused is app.screen.query_one("#cancel", Button)
        await pilot.press("enter", "escape", "space")
        await pilot.click("#confirm")
        assert app.answer is None
        assert isinstance(app.screen, ConfirmDialog)
        clock.at += GRACE_SECONDS
        app.screen.query_one("#cancel").focus()
        await pilot.press("enter")
        assert app.answer is False


async def test_going_to_the_other_button_says_yes() -> None:
    clock = Clock()
    app = Host(clock)
    async with app.run_test(size=(40, 12)) as pilot:
        clock.at += 1
        await pilot.press("right", "enter")
        assert app.answer is True
        app.ask()
        await pilot.pause()
        clock.at += 1
        await pilot.press("tab", "escape")
        assert app.answer is False
