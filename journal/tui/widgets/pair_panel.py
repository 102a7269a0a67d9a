"""One pair on the sharing screen: how the two stand, and how to meet."""

from __future__ import annotations

from msgspec import Struct
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button

from journal.model import Pair
from journal.ports import Drafts
from journal.tui.base import Plain
from journal.tui.widgets.fields import KeptText, LineField
from journal.wording import sharing as words


class PairState(Struct, frozen=True, kw_only=True):
    """A pair and what waits to be sent: news (`ops`) and words (`bodies`)."""

    pair: Pair
    ops: int = 0
    bodies: int = 0


class PairPanel(Vertical):
    """Invite or join while the two have not met; afterwards where, when, and what waits."""

    DEFAULT_CSS = """
    PairPanel {
        height: auto;
        margin: 1 0 0 0;
        padding: 0 1;
        border-left: outer $primary 50%;
        max-width: 96;

        Plain { height: auto; }
        .name { text-style: bold; color: $primary; }
        .lead { margin: 1 0 0 0; }
        .quiet { color: $text-muted; }
        KeptText { height: 4; border: none; padding: 0 1; }
        .row { height: auto; margin: 1 0 0 0; }
        Button { margin: 0 1 0 0; }
        .armour { background: $surface; padding: 0 1; margin: 1 0 0 0; color: $secondary; }
    }
    """

    class Asked(Message):
        """A button of the panel was pressed: "invite", "join", "copy", "save" or "sync"."""

        def __init__(self, panel: PairPanel, what: str) -> None:
            super().__init__()
            self.panel, self.what = panel, what

    def __init__(self, state: PairState, drafts: Drafts, last: str) -> None:
        super().__init__()
        self.state, self._drafts, self._last = state, drafts, last

    @property
    def pair(self) -> Pair:
        return self.state.pair

    @property
    def folder(self) -> str:
        """The folder typed for an invitation."""
        return self.query_one(LineField).value

    @property
    def pasted(self) -> KeptText:
        """The field for a received invitation."""
        return self.query_one(KeptText)

    def compose(self) -> ComposeResult:
        pair = self.pair
        yield Plain(words.pair_title(pair.partner, pair.role), classes="name")
        if pair.space is None:
            yield from self._not_met()
        elif not pair.space.peer:
            yield from self._invited()
        else:
            yield Plain(words.met(pair.partner, pair.space.url))
            yield Plain(words.synced(self._last or words.NEVER), classes="quiet")
            yield Plain(words.waiting(self.state.ops, self.state.bodies), classes="quiet")
            with Horizontal(classes="row"):
                yield Button(words.SYNC_NOW, name="sync")

    def _not_met(self) -> ComposeResult:
        partner = self.pair.partner
        yield Plain(words.not_met(partner), classes="quiet")
        yield Plain(words.invite_lead(partner), classes="lead")
        yield LineField(placeholder=words.FOLDER, compact=True)
        with Horizontal(classes="row"):
            yield Button(words.MAKE_INVITATION, name="invite", variant="primary")
        yield Plain(words.join_lead(partner), classes="lead")
        yield KeptText(self._drafts, "sharing", f"{self.pair.id}:invitation", placeholder=words.PASTE_HERE)
        with Horizontal(classes="row"):
            yield Button(words.LOOK_AT_IT, name="join")

    def _invited(self) -> ComposeResult:
        space = self.pair.space
        assert space is not None
        yield Plain(words.invited(self.pair.partner, space.url))
        yield Plain(words.send_it(self.pair.partner), classes="quiet lead")
        yield Plain(space.invitation.strip(), classes="armour")
        with Horizontal(classes="row"):
            yield Button(words.COPY, name="copy", variant="primary")
            yield Button(words.SAVE_FILE, name="save")
            yield Button(words.SYNC_NOW, name="sync")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Asked(self, event.button.name or ""))

    def on_input_submitted(self) -> None:
        self.post_message(self.Asked(self, "invite"))
