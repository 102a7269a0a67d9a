"""Someone at a pseudo-terminal: types, reads, waits for words on the screen."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import time
from pathlib import Path
from types import TracebackType

PATIENCE = 30.0


class Typist:
    """Runs a command in a pseudo-terminal. Every wait is for words to appear, with a bound of 30 seconds."""

    def __init__(self, command: list[str], journal: Path, **environment: str) -> None:
        self.seen = ""
        self._read_to = 0
        self._command = command
        self._environment = {**os.environ, "BOTHWAYS_JOURNAL": str(journal), "TERM": "dumb", **environment}
        self._child = -1
        self._screen = -1
        self._code: int | None = None

    def __enter__(self) -> Typist:
        self._child, self._screen = pty.fork()
        if self._child == 0:
            os.execvpe(self._command[0], self._command, self._environment)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._code is None:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._screen)

    def _take(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._screen], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._screen, 65536)
        except OSError:
            return False
        self.seen += data.decode("utf-8", "replace")
        return bool(data)

    def wait_for(self, words: str) -> None:
        """Wait until `words` appear behind what was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while (found := self.seen.find(words, self._read_to)) < 0:
            if time.monotonic() > deadline or not self._take(0.2):
                raise AssertionError(f"{words!r} did not appear; the screen ends with: {self.seen[-600:]!r}")
        self._read_to = found + len(words)

    def type(self, text: str) -> None:
        """Type `text`, reading what is echoed meanwhile, so that neither side waits for the other."""
        data = text.encode()
        os.set_blocking(self._screen, False)
        try:
            while data:
                _, writable, _ = select.select([], [self._screen], [], 0.05)
                if writable:
                    with contextlib.suppress(BlockingIOError):
                        data = data[os.write(self._screen, data[:4096]) :]
                self._take(0)
        finally:
            os.set_blocking(self._screen, True)

    def close_terminal(self) -> None:
        """What happens when somebody closes the window."""
        os.kill(self._child, signal.SIGHUP)

    def finish(self) -> int:
        """Wait for the command to end and return its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self._take(0.1) and time.monotonic() < deadline:
            done, status = os.waitpid(self._child, os.WNOHANG)
            if done:
                self._code = os.waitstatus_to_exitcode(status)
                return self._code
        _, status = os.waitpid(self._child, 0)
        self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def plain_text(self) -> str:
        """What was seen, without escape sequences."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.seen)
