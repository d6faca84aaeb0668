"""Run a shell command that ends in the app, in a terminal of its own, and quit the app.

Needs nothing but Python. Fails unless the app's first screen appears and quitting ends well.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

IT_ALL_TAKES_AT_MOST = 900
APPEARED = b"Base bet"
QUIT = b"\x11"  # ctrl+q


def main(command: str) -> int:
    """Run the command and give the exit code."""
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.execv("/bin/bash", ["bash", "-euo", "pipefail", "-c", command])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    deadline = time.monotonic() + IT_ALL_TAKES_AT_MOST
    appeared = False
    while time.monotonic() < deadline:
        ready, _, _ = select.select([terminal], [], [], 1)
        if not ready:
            continue
        try:
            some = os.read(terminal, 65536)
        except OSError:
            break
        if not some:
            break
        seen += some
        if not appeared and APPEARED in seen:
            appeared = True
            time.sleep(1)
            os.write(terminal, QUIT)
    else:
        os.killpg(pid, signal.SIGKILL)  # the child leads a session of its own
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if not appeared or code:
        print(seen.decode(errors="replace")[-4000:])
        print(f"the app did not appear: {not appeared}; exit code {code}")
        return 1
    print("the app appeared, and quit with exit code 0")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
