"""Being stopped, continued or ended from outside.

The terminal may be gone by then, so nothing here may wait for it: Textual's own handler would
start to write to a terminal that nobody reads, and never come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import termios
import time
from threading import Thread
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from textual.app import App

#: Seconds to end in order after a signal; then the program ends as it is.
_SECONDS_TO_END: Final = 5.0


class OutsideSignals:
    """What an app on a real terminal does about signals."""

    def __init__(self, app: App[int], leave: Callable[[int], None]) -> None:
        """Prepare.

        Args:
            app: the app, which is running.
            leave: called in the app's loop with the exit code when the program is to end.
        """
        self._app = app
        self._leave = leave
        self._loop = asyncio.get_running_loop()
        self._is_continued = self._is_to_look = False

    def heed(self) -> None:
        """Take the signals over; called in the app's loop."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            # Not the loop's handlers: these are called even while the loop is stuck.
            signal.signal(number, self._end)
        if self._app.is_web:  # there is no terminal to give back or to take
            return
        self._loop.add_signal_handler(signal.SIGTSTP, self._suspend)
        self._loop.add_signal_handler(signal.SIGCONT, self._continue)
        # This is called at once, and the loop's in their turn, when more may have come.
        signal.signal(signal.SIGCONT, self._note_continued)

    def _end(self, number: int, _frame: FrameType | None) -> None:
        code = 128 + number
        Thread(target=_end_at_the_latest, args=(code,), daemon=True).start()
        if number == signal.SIGHUP:
            _let_go_of_the_terminal()
        with contextlib.suppress(RuntimeError):  # the loop has ended, and all else is about to
            self._loop.call_soon_threadsafe(self._leave, code)

    def _note_continued(self, _number: int, _frame: FrameType | None) -> None:
        self._is_continued = self._is_to_look = True

    def _suspend(self) -> None:
        with self._app.suspend():
            # Whoever has continued the program meanwhile would not do so again.
            if not self._is_continued:
                os.kill(os.getpid(), signal.SIGSTOP)
            self._is_to_look = False

    def _continue(self) -> None:
        """Take the terminal again, if it is there: whoever had it may have left it otherwise."""
        # Here and not when a stop is noted: of two signals that have come, Python calls the
        # handler with the lower number first, and the loop the one that came first.
        self._is_continued = False
        if not self._is_to_look:  # it has been taken since
            return
        self._is_to_look = False
        try:
            termios.tcgetattr(sys.__stdin__.fileno() if sys.__stdin__ else 0)
        except termios.error:
            return
        with self._app.suspend():
            pass


def _end_at_the_latest(code: int) -> None:
    time.sleep(_SECONDS_TO_END)
    os._exit(code)


def _let_go_of_the_terminal() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)
    os.close(nowhere)
