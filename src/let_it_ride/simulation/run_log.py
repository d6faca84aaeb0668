"""What went wrong in a run and was mended, a line each, kept beside its sessions."""

from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from let_it_ride.files import read_small_file

LOG_FILE: Final = "log"

_LONGEST: Final = 1 << 20

#: So many of the latest lines are told with the progress.
_LATEST: Final = 100


class RunLog:
    """A run's log."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / LOG_FILE
        self._latest: deque[str] = deque(maxlen=_LATEST)
        self._unwritten = ""
        self._is_paused = False

    def lines(self) -> int:
        """How many lines there are, those of earlier programs among them; of very many, some."""
        try:
            there = read_small_file(self._path, _LONGEST)
        except OSError:
            there = b""
        return there.count(b"\n") + self._unwritten.count("\n")

    @property
    def latest(self) -> tuple[str, ...]:
        """The latest lines, without their times."""
        return tuple(self._latest)

    def note(self, text: str) -> None:
        """Add a line; where there is no room for it, it is written with the next one."""
        self._latest.append(text)
        self._unwritten += f"{datetime.now(UTC).isoformat(timespec='seconds')} {text}\n"
        with suppress(OSError), self._path.open("a", encoding="utf-8") as file:
            file.write(self._unwritten)
            file.flush()
            self._unwritten = ""

    def note_pause(self, why: str) -> None:
        """Note that nothing goes on, when that begins and when it is over; asked time and again.

        Args:
            why: what is wrong and what to do; empty while things go on.
        """
        if why and not self._is_paused:
            self.note(f"paused: {why}")
        if self._is_paused and not why:
            self.note("there is room again; the run goes on")
        self._is_paused = bool(why)
