"""How far a run has come: what its one callback is told."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """What a run is doing."""

    PLANNING = "planning"
    """The best play for a goal is worked out; where that is large it takes some seconds."""
    COMPILING = "compiling"
    """The kernel is compiled for this machine, once; it takes some seconds."""
    CHECKING = "checking"
    """What is there of a run is read, and held against its digests."""
    SEEDING = "seeding"
    """Every session's seed is drawn from the master generator."""
    PLAYING = "playing"
    VERIFYING = "verifying"
    """Sessions are played again in sequence and compared."""
    SUMMARISING = "summarising"
    COMPARING = "comparing"
    """The run is compared with the exact law, which is solved first."""
    EXPORTING = "exporting"
    """The sessions are written to a file that was asked for."""
    LOGGING = "logging"
    """The first sessions are played again and their hands written to a file."""


class WorkerState(StrEnum):
    """What a worker is doing."""

    STARTING = "starting"
    PLAYING = "playing"
    SILENT = "not answering"
    """It has been stopped from outside, or hangs; before long another takes its place."""
    DONE = "done"
    IDLE = "idle"
    """There were fewer blocks than workers, so this one has none."""


@dataclass(frozen=True, slots=True)
class WorkerProgress:
    """How far one worker has come.

    Attributes:
        worker: its number, from 0.
        state: what it is doing.
        completed: tables it has played that are kept; with one seat, a table is a session.
        total: tables in its batch.
        seconds: since it began to play, until it was done.
        restarts: how often a fresh process took the place of one that died.
    """

    worker: int
    state: WorkerState
    completed: int
    total: int
    seconds: float
    restarts: int = 0

    @property
    def per_second(self) -> float:
        """Its mean rate so far; 0 before its first report."""
        return self.completed / self.seconds if self.seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run has come in its present phase.

    Within a phase `completed` never falls, and the last report has it at `total`.

    Attributes:
        phase: what the run is doing.
        completed: how many are done in this phase.
        total: how many there are to do.
        seconds: since the phase began.
        counted: what: "sessions", or "tables" of several.
        workers: each worker in turn, while playing; otherwise empty.
        before: how many of the completed were there when the phase began: those of a run that is
            gone on with.
        events: what went wrong so far and was mended, a line each, the latest last.
        paused: why nothing goes on and what to do; empty while it does.
    """

    phase: Phase
    completed: int
    total: int
    seconds: float
    counted: str = "sessions"
    workers: tuple[WorkerProgress, ...] = ()
    before: int = 0
    events: tuple[str, ...] = ()
    paused: str = ""

    @property
    def fraction(self) -> float:
        """Share of the phase that is done, 0 … 1."""
        return self.completed / self.total if self.total else 1.0

    @property
    def per_second(self) -> float:
        """Mean rate of the phase so far; 0 before its first report."""
        return (self.completed - self.before) / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """How long the rest of the phase takes at the rate so far; None before the first report."""
        rate = self.per_second
        return (self.total - self.completed) / rate if rate > 0 else None


Report = Callable[[RunProgress], None]
"""Who is told: called from the running thread, some ten times a second."""


class Throttle:
    """Says when the next report is due: not sooner than a tenth of a second after the last."""

    def __init__(self, seconds: float = 0.1) -> None:
        self._seconds = seconds
        self._last = time.monotonic() - seconds

    def is_due(self) -> bool:
        """Whether enough time has passed; if so, the time counts from here again."""
        now = time.monotonic()
        if now - self._last < self._seconds:
            return False
        self._last = now
        return True
