"""What can be done while answering. The composer always has the focus, so no key here types a character."""

from __future__ import annotations

from journal.tui.commands import Command

REFLECT_COMMANDS: tuple[Command, ...] = (
    Command(
        "reflect.next", "ctrl+j,ctrl+enter", "next", "Next", "Keep this answer and go on; an empty one is skipped."
    ),
    Command("reflect.follow1", "f2", "follow_up(0)", "Deeper", "Take the first follow-up question.", shown_key="F2-F4"),
    Command("reflect.follow2", "f3", "follow_up(1)", "Second follow-up", "Take the second one.", show=False),
    Command("reflect.follow3", "f4", "follow_up(2)", "Third follow-up", "Take the third one.", show=False),
    Command("reflect.others", "ctrl+n", "others", "Others", "Offer other follow-up questions."),
    Command("reflect.visibility", "ctrl+t", "visibility", "Who sees", "Share this answer, or keep it private."),
    Command("reflect.back", "ctrl+b,f5,alt+up", "back", "Back", "To the question before, to change its answer."),
    Command("reflect.forward", "ctrl+f,alt+down", "forward", "Forward", "To the question after this one.", show=False),
    Command("reflect.skip", "ctrl+s", "skip", "Skip", "Leave this question out.", show=False),
    Command("reflect.own", "ctrl+o", "ask_own", "Own question", "Add a question of your own.", show=False),
    Command(
        "reflect.up",
        "alt+pageup,shift+pageup",
        "scroll(-1)",
        "Earlier",
        "Scroll back in what you wrote.",
        show=False,
        shown_key="alt+pgup",
    ),
    Command(
        "reflect.down",
        "alt+pagedown,shift+pagedown",
        "scroll(1)",
        "Later",
        "Scroll forth in it.",
        show=False,
        shown_key="alt+pgdn",
    ),
    Command(
        "reflect.leave", "escape", "leave", "Home", "To Home. Everything is kept, also half-typed words.", show=False
    ),
)
