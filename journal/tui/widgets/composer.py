"""The field one writes in: soft-wrapped, calm, and quick with a pasted book."""

from __future__ import annotations

from bisect import bisect_right

from rich.text import Text
from textual import events
from textual._wrap import compute_wrap_offsets
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from journal.ports import DraftText
from journal.text import Change, clean

LONG_LINE = 2_000
"""From so many characters in one line on, the line is wrapped and drawn piece by piece."""


class Composer(TextArea):
    """A text area for prose. Text that comes in by pasting is cleaned at the door."""

    class Cleaned(Message):
        """Something was changed in what was pasted."""

        def __init__(self, changes: tuple[Change, ...]) -> None:
            super().__init__()
            self.changes = changes

    DEFAULT_CSS = """
    Composer {
        height: 1fr; min-height: 3;
        border: round $border-blurred;
        padding: 0 1;
        background: $background;
        border-subtitle-color: $quiet;
        scrollbar-size-vertical: 1;
        &:focus { border: round $border; }
        &:ansi { background: transparent; }
    }
    """

    def __init__(self, *, id: str | None = None, placeholder: str = "") -> None:
        super().__init__(id=id, placeholder=placeholder, highlight_cursor_line=False, tab_behavior="focus")
        # A blinking cursor disturbs input methods, and brackets are nothing to match in prose.
        self.cursor_blink = False
        self.match_cursor_bracket = False

    def draft(self) -> DraftText:
        """The words and the cursor, as they are kept."""
        row, column = self.cursor_location
        return DraftText(text=self.text, cursor=(row, column))

    def put(self, draft: DraftText) -> None:
        """Show other words, with the cursor where it was in them; nothing is announced."""
        with self.prevent(TextArea.Changed, TextArea.SelectionChanged):
            if draft.text != self.text:
                self.load_text(draft.text)
            self.move_cursor(self.clamp_visitable(draft.cursor))
        if self.is_mounted:
            self.call_after_refresh(self.scroll_cursor_visible)

    def end(self) -> tuple[int, int]:
        """The place behind the last character."""
        last = self.document.line_count - 1
        return last, len(self.document.get_line(last))

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._take(event.text)

    def action_paste(self) -> None:
        self._take(self.app.clipboard)

    def _take(self, raw: str) -> None:
        cleaned = clean(raw)
        result = self._replace_via_keyboard(cleaned.text, *self.selection)
        if result is not None:
            self.move_cursor(result.end_location)
        if cleaned.changes:
            self.post_message(self.Cleaned(cleaned.changes))

    # --- very long lines -------------------------------------------------------------------------------

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = PieceWrapped(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def _render_line(self, y: int) -> Strip:
        """One row. The inherited way cuts the whole line into pieces for each row of it, which takes seconds
        for a page pasted as one line."""
        rows = self.wrapped_document._offset_to_line_info
        row = y + int(self.scroll_offset.y)
        if row >= len(rows):
            return super()._render_line(y)
        index, section = rows[row]
        line = self.document.get_line(index)
        offsets = self.wrapped_document.get_offsets(index)
        if len(line) < LONG_LINE or not offsets or "\t" in line:
            return super()._render_line(y)
        start = offsets[section - 1] if section else 0
        end = offsets[section] if section < len(offsets) else len(line) + 1
        text = Text(line[start:end].ljust(end - start), end="", no_wrap=True)
        theme = self._theme
        base = theme.base_style if theme and theme.base_style is not None else self.rich_style
        top, bottom = sorted(self.selection)
        if theme and theme.selection_style and top != bottom and top[0] <= index <= bottom[0]:
            first = top[1] if top[0] == index else 0
            last = bottom[1] if bottom[0] == index else len(line)
            if first < end and last > start:
                text.stylize(theme.selection_style, max(0, first - start), max(0, last - start))
        at = self.selection.end
        if theme and theme.cursor_style and self._draw_cursor and at[0] == index and start <= at[1] < end:
            text.stylize(theme.cursor_style, at[1] - start, at[1] - start + 1)
        strip = Strip(text.render(self.app.console), cell_length=text.cell_len)
        width = self.scrollable_content_region.size.width
        return strip.extend_cell_length(width, theme.base_style if theme else None).apply_style(base)


class PieceWrapped(WrappedDocument):
    """Wraps a change in a very long line only as far as the change moves the breaks."""

    def wrap_range(self, start: tuple[int, int], old_end: tuple[int, int], new_end: tuple[int, int]) -> None:
        top = min(start, old_end)
        bottom = max(start, old_end)
        if not (top[0] == bottom[0] == new_end[0]) or not self._rewrap(top, bottom[1], new_end[1]):
            super().wrap_range(start, old_end, new_end)

    def get_sections(self, line_index: int) -> list[str]:
        line = self.document.get_line(line_index)
        offsets = self._wrap_offsets[line_index]
        return [line[a:b] for a, b in zip([0, *offsets], [*offsets, len(line)], strict=True)]

    def _rewrap(self, top: tuple[int, int], old_column: int, new_column: int) -> bool:
        row, column = top
        if row >= len(self._wrap_offsets):
            return False
        line = self.document.get_line(row)
        old = self._wrap_offsets[row]
        if len(line) < LONG_LINE or not old or not self._width or "\t" in line:
            return False
        # Two rows above the change is safe: a break never depends on what comes after its own row.
        kept = max(0, bisect_right(old, column) - 2)
        base = old[kept - 1] if kept else 0
        if base and not line[base - 1].isspace():
            return False
        shift = new_column - old_column
        shifted = {offset + shift for offset in old if offset > old_column}
        window = 4_000
        while True:
            end = max(new_column, base) + window
            piece = line[base:end]
            breaks = [base + o for o in compute_wrap_offsets(piece, self._width, tab_size=self._tab_width)]
            whole = end >= len(line)
            # The last break of a cut piece may fall inside a word that goes on.
            usable = breaks if whole else breaks[:-2]
            meeting = next((o for o in usable if o > new_column and o in shifted), None)
            if meeting is not None:
                rest = [o + shift for o in old[bisect_right(old, meeting - shift) :]]
                fresh = old[:kept] + [o for o in usable if o <= meeting] + rest
                break
            if whole:
                fresh = old[:kept] + breaks
                break
            window *= 4
        self._splice(row, fresh)
        return True

    def _splice(self, row: int, offsets: list[int]) -> None:
        first = self._line_index_to_offsets[row][0]
        was, now = len(self._wrap_offsets[row]) + 1, len(offsets) + 1
        self._wrap_offsets[row] = offsets
        if was == now:
            return
        self._line_index_to_offsets[row] = list(range(first, first + now))
        self._offset_to_line_info[first : first + was] = [(row, section) for section in range(now)]
        for later in range(row + 1, len(self._line_index_to_offsets)):
            self._line_index_to_offsets[later] = [o + now - was for o in self._line_index_to_offsets[later]]
