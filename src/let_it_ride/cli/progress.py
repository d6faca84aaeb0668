"""How far a run has come, on standard error: bars on a terminal, plain lines elsewhere."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Self

from let_it_ride.analysis.pace import A_WHILE, Wait
from let_it_ride.config.printing import printable
from let_it_ride.reports.numbers import rate
from let_it_ride.reports.phases import PHASE_WORDS, SHORT_PHASE_WORDS
from let_it_ride.simulation.progress import Phase, Report, RunProgress, WorkerProgress

_SECONDS_BETWEEN_LINES: Final = 5.0


@contextmanager
def reporter(*, quiet: bool, only_bars: bool) -> Iterator[Report]:
    """The reporter that fits standard error; `only_bars` keeps it silent off a terminal."""
    if quiet or (only_bars and not sys.stderr.isatty()):
        yield lambda _: None
    elif sys.stderr.isatty():
        bars = _Bars()
        with bars:
            yield bars.show
    else:
        yield _Lines().show


class SolvingWatch:
    """Says how long solving takes, if that is long, and on a terminal how far it is."""

    def __init__(self, what: str) -> None:
        """Begin to look at the clock.

        Args:
            what: what is solved.
        """
        self._what = what
        self._wait = Wait()
        self._told = ""
        self._is_in_line = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._is_in_line:
            print(file=sys.stderr)

    def compiling(self) -> None:
        """Say that the solver is compiled."""
        print("Compiling the solver for this machine, once…", file=sys.stderr)

    def compiling_tables(self) -> None:
        """Say that what deals the cards of tables is compiled."""
        print("Compiling the kernel of tables for this machine, once…", file=sys.stderr)

    def progress(self, share: float) -> None:
        """Say how long it takes, once that is known, and how far it is."""
        in_all = self._wait.in_all(share)
        if in_all and self._told in {"", A_WHILE} and in_all != self._told:
            before = "\n" if self._is_in_line else ""
            self._told, self._is_in_line = in_all, False
            told = f"{before}Solving the {self._what} takes {in_all}"
            print(told, file=sys.stderr, flush=True)
        if self._told and sys.stderr.isatty():
            self._is_in_line = True
            print(f"\rSolving the {self._what}: {share:.0%}", end="", file=sys.stderr, flush=True)


class _News:
    """What has gone wrong since it was last told: every line once, of many at a time the latest."""

    def __init__(self) -> None:
        self._events: tuple[str, ...] = ()
        self._paused = ""

    def of(self, progress: RunProgress) -> Iterator[str]:
        """Yield what is to be told."""
        if progress.events != self._events and progress.events:
            self._events = progress.events
            if not progress.paused:
                yield printable(progress.events[-1])
        if progress.paused != self._paused:
            self._paused = progress.paused
            if progress.paused:
                yield f"Paused: {printable(progress.paused)}"


class _Lines:
    """A line at the beginning and end of a phase, and every few seconds between."""

    def __init__(self) -> None:
        self._news = _News()
        self._phase: Phase | None = None
        self._last = 0.0
        self._has_ended = False

    def show(self, progress: RunProgress) -> None:
        """Print a line, if it is time for one."""
        for line in self._news.of(progress):
            print(line, file=sys.stderr, flush=True)
        now = time.monotonic()
        is_last = progress.completed == progress.total
        is_new = progress.phase is not self._phase
        if is_new:
            self._has_ended = False
        is_due = is_new or is_last or now - self._last >= _SECONDS_BETWEEN_LINES
        if self._has_ended or not is_due:
            return
        self._phase, self._last, self._has_ended = progress.phase, now, is_last
        print(
            f"{PHASE_WORDS[progress.phase]}:"
            f" {progress.completed:,} of {progress.total:,} {progress.counted}"
            f" ({progress.fraction:.0%}), {progress.seconds:.1f} s",
            file=sys.stderr,
            flush=True,
        )


class _Bars:
    """A bar for every phase and every worker."""

    def __init__(self) -> None:
        from rich.console import Console  # only where there is a terminal
        from rich.progress import BarColumn, Progress, TextColumn

        self._bars = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.total:,.0f}", justify="right"),
            TextColumn("{task.fields[note]}"),
            console=Console(stderr=True, highlight=False),
            refresh_per_second=10,
        )
        self._tasks: dict[object, int] = {}
        self._news = _News()

    def __enter__(self) -> None:
        self._bars.start()

    def __exit__(self, *_: object) -> None:
        self._bars.stop()

    def show(self, progress: RunProgress) -> None:
        """Move the bars, the whole before its parts: where there is little room, those go."""
        for line in self._news.of(progress):
            self._bars.console.print(line, markup=False, soft_wrap=True)
        left = progress.seconds_left
        note = "" if left is None else f"{rate(progress.per_second)}, {_clock(left)} left"
        if progress.paused:
            note = "paused"
        self._show(
            progress.phase,
            SHORT_PHASE_WORDS[progress.phase],
            progress.completed,
            progress.total,
            note,
        )
        for worker in progress.workers:
            self._show(
                ("worker", worker.worker),
                f"  worker {worker.worker + 1}",
                worker.completed,
                worker.total,
                _worker_note(worker),
            )

    def _show(self, key: object, label: str, completed: int, total: int, note: str) -> None:
        if key not in self._tasks:
            self._tasks[key] = self._bars.add_task(label, total=total, note=note)
        from rich.progress import TaskID

        self._bars.update(TaskID(self._tasks[key]), completed=completed, total=total, note=note)


def _worker_note(worker: WorkerProgress) -> str:
    speed = rate(worker.per_second) if worker.seconds else ""
    restarts = f", {worker.restarts} × new" if worker.restarts else ""
    return f"{worker.state.value:<8} {speed}{restarts}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
