"""Reading lines of any length from a pipe or a terminal.

A terminal in its ordinary mode drops what goes beyond 4,096 bytes of a line. This reader takes the keys one by
one and keeps the line itself; so the half-typed line is known at every moment, and can be saved.
"""

from __future__ import annotations

import codecs
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Protocol

_SPECIAL = re.compile(
    r"(?P<key>\x1b(?:\[[0-9;]*[A-HPQRSZ~u]|O[A-DFHP-S]))"
    r"|(?P<unfinished>\x1b(?:\[[0-9;]*|O)?\Z)"
    r"|[\x00-\x08\x0a-\x1f\x7f]"
)
"""Whatever is not plain text: a key of several codes, one that is not wholly here yet, a control code."""


class Lines(Protocol):
    """A source of lines. `read` returns one without its newline, or None at the end of input; what was typed
    of an unfinished last line is returned as a line before that."""

    def read(self, prompt: str = "") -> str | None: ...


class PipeLines:
    """Lines from a pipe or a file, decoded as UTF-8; an undecodable byte becomes a lone surrogate, which the
    journal's door turns into U+FFFD."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source

    def read(self, prompt: str = "") -> str | None:
        """The next line; the prompt is for people and is not shown."""
        raw = self._source.readline()
        if not raw:
            return None
        text = raw.decode("utf-8", "surrogateescape")
        return text[:-1] if text.endswith("\n") else text


class TerminalLines:
    """Lines typed at a terminal: backspace, Ctrl-W (word) and Ctrl-U (line) correct; Ctrl-D on an empty line
    ends the input, and twice in a row anywhere. Arrows and other keys without a meaning on a line are left out.

    `keys` yields decoded text as it arrives; `echo` writes to the terminal; `on_change` is called with the
    half-typed line after each batch of keys.
    """

    def __init__(
        self, keys: Iterator[str], echo: Callable[[str], None], on_change: Callable[[str], None] | None = None
    ) -> None:
        self._keys = keys
        self._echo = echo
        self._waiting = ""
        self._ended = False
        self._after_return = False
        self._ending = False
        self._held = ""
        self.on_change = on_change

    def read(self, prompt: str = "") -> str | None:
        """The next line, typed behind `prompt`."""
        if prompt:
            self._echo(prompt)
        line = ""
        while True:
            if not self._waiting:
                if self._ended:
                    return line or None
                try:
                    self._waiting, self._held = self._held + next(self._keys), ""
                except StopIteration:
                    self._ended = True
                    continue
            shown: list[str] = []
            line, done = self._take(line, shown.append)
            if self.on_change is not None:
                # Before it is shown: what is on the screen is known to whoever saves it.
                self.on_change("" if done else line)
            self._echo("".join(shown))
            if done:
                return line
            if self._ended and not line:
                return None

    def _take(self, line: str, echo: Callable[[str], None]) -> tuple[str, bool]:
        """Consume waiting keys up to the end of a line; returns the line and whether it ended."""
        text, self._waiting = self._waiting, ""
        start = 0
        for match in _SPECIAL.finditer(text):
            plain, key = text[start : match.start()], match[0]
            line += plain
            echo(plain)
            start = match.end()
            if key == "\n" and self._after_return and not plain:
                self._after_return = False
                continue
            self._after_return = key == "\r"
            if key in "\r\n":
                echo("\r\n")
                self._waiting = text[start:]
                return line, True
            if key == "\x04":
                if not line or (self._ending and not plain):
                    self._ended = True
                    return line, False
                self._ending = True
                continue
            self._ending = False
            if match.lastgroup == "unfinished" and match.end() == len(text):
                self._held = key
            elif key in "\x7f\b":
                line = self._erase(line, echo, 1)
            elif key == "\x15":
                line = self._erase(line, echo, len(line))
            elif key == "\x17":
                line = self._erase(line, echo, len(line) - (line.rstrip().rfind(" ") + 1))
            elif match.lastgroup != "key":
                line += key  # The journal's door leaves it out, and says so.
        rest = text[start:]
        if rest:
            self._ending = self._after_return = False
        echo(rest)
        return line + rest, False

    def _erase(self, line: str, echo: Callable[[str], None], count: int) -> str:
        gone, kept = line[len(line) - count :], line[: len(line) - count]
        columns = shutil.get_terminal_size().columns
        width = _width(gone)
        if _width(kept) // columns == (_width(kept) + width) // columns:
            echo("\b \b" * width)
        elif gone:
            # Across a wrapped row a backspace does not travel: say the line anew, as a printing terminal does.
            echo("\r\n" + kept)
        return kept


def _width(text: str) -> int:
    width = 0
    for char in text:
        if not unicodedata.combining(char):
            width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
    return width


@contextmanager
def open_lines(echo: Callable[[str], None], on_change: Callable[[str], None] | None = None) -> Iterator[Lines]:
    """Lines from standard input: key by key, shown by `echo`, where it is a terminal; plainly where it is not."""
    if not sys.stdin.isatty():
        yield PipeLines(sys.stdin.buffer)
    elif sys.platform == "win32":
        yield TerminalLines(_windows_keys(), echo, on_change)
    else:
        with _key_by_key() as keys:
            yield TerminalLines(keys, echo, on_change)


@contextmanager
def _key_by_key() -> Iterator[Iterator[str]]:
    import termios

    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    mode = termios.tcgetattr(descriptor)
    mode[0] &= ~(termios.ICRNL | termios.IXON)
    mode[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
    termios.tcsetattr(descriptor, termios.TCSANOW, mode)
    try:
        yield _posix_keys(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _posix_keys(descriptor: int) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    while True:
        try:
            raw = os.read(descriptor, 65536)
        except OSError:
            return  # The terminal was closed.
        if not raw:
            return
        if text := decoder.decode(raw):
            yield text


def _windows_keys() -> Iterator[str]:
    if sys.platform != "win32":
        return
    import msvcrt

    while True:
        char = msvcrt.getwch()
        if char in ("\x00", "\xe0"):
            msvcrt.getwch()  # The second half of an arrow or function key.
            continue
        if char == "\x03":
            raise KeyboardInterrupt
        if char == "\x1a":
            char = "\x04"
        while msvcrt.kbhit() and len(char) < 65536 and char[-1] not in "\x00\xe0":
            char += msvcrt.getwch()
        yield char
