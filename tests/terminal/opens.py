"""Run a command in a pseudo-terminal, wait until the app has drawn its first screen, and leave it.

Used by `.ci/run` for the README's first command: `python3 tests/terminal/opens.py COMMAND [ARG ...]`.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

FIRST_SCREEN = "Bothways"
SECONDS = 300


def main(command: list[str]) -> int:
    child, screen = pty.fork()
    if child == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="80", LINES="24")
        os.execvp(command[0], command)
    fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    deadline = time.monotonic() + SECONDS
    asked = False
    while time.monotonic() < deadline:
        ready, _, _ = select.select([screen], [], [], 1)
        if ready:
            try:
                data = os.read(screen, 65536)
            except OSError:
                break
            if not data:
                break
            seen += data
        drawn = b"\x1b[?1049h" in seen and FIRST_SCREEN.encode() in seen.split(b"\x1b[?1049h", 1)[1]
        if drawn and not asked:
            asked = True
            time.sleep(1)
            os.write(screen, b"\x11")  # Ctrl+Q leaves the app.
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if not asked:
        sys.stderr.write("the app did not draw its first screen\n" + seen.decode("utf-8", "replace")[-2000:])
        return 1
    print(f"the app drew its first screen and left with exit code {code}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
