"""Putting a run on the disk while it is played, so that a machine without power loses little."""

import time
from threading import Thread
from typing import Final

from let_it_ride.simulation.run_directory import RunDirectory

_SECONDS_BETWEEN: Final = 1.0


class PeriodicSync:
    """Has what is written of a run be on the disk, some seconds apart, without waiting for it."""

    def __init__(self, run: RunDirectory) -> None:
        self._run = run
        self._thread: Thread | None = None
        self._last = time.monotonic()

    def tick(self) -> None:
        """Begin anew if the last time is over and long enough ago."""
        if self._thread is not None and self._thread.is_alive():
            return
        if time.monotonic() - self._last >= _SECONDS_BETWEEN:
            self._last = time.monotonic()
            self._thread = Thread(target=self._run.sync, name="sync", daemon=True)
            self._thread.start()
