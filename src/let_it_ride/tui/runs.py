"""A run, as the screen sees it: who plays it, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.full import FullConfig
    from let_it_ride.history import Entry
    from let_it_ride.simulation.aggregates import Aggregates
    from let_it_ride.simulation.equality import Equivalence
    from let_it_ride.simulation.progress import RunProgress
    from let_it_ride.simulation.provenance import Provenance
    from let_it_ride.simulation.running import Running, RunningMean
    from let_it_ride.simulation.summary import Summary


class Results(Protocol):
    """What a run gives."""

    @property
    def summary(self) -> Summary:
        """The numbers of the run."""

    @property
    def equivalence(self) -> Equivalence | None:
        """The verdict of the equivalence check; None if there was none."""

    @property
    def digest(self) -> str:
        """The digest over all sessions."""

    @property
    def provenance(self) -> Provenance:
        """Where the results come from."""

    @property
    def aggregates(self) -> Aggregates:
        """Exact sums over all sessions."""

    @property
    def dealt(self) -> NDArray[Any]:
        """How often each deal class came; shape (deal classes,)."""

    def columns(self) -> Iterator[NDArray[Any]]:
        """The records of all sessions in order."""

    def close(self) -> None:
        """Let go of what the results keep on the disk."""


class Runner(Protocol):
    """Plays a configuration; `ReportedRun` is one."""

    def run(self) -> Results:
        """Play, and return the results; raise a `LetItRideError` where there are none."""

    @property
    def config(self) -> FullConfig:
        """What is played, with its seed."""

    @property
    def compared(self) -> Compared:
        """What comparing the run with the exact law gave."""

    @property
    def files(self) -> Sequence[Path]:
        """The files that have been written of its results."""

    def export(self, results: Any, /) -> None:
        """Write the files that are to be written of its results."""

    def cancel(self) -> None:
        """Have `run` or `export` end soon; safe from any thread."""


Report = Callable[["RunProgress"], None]
"""Who is told how far a run is."""

RunnerFactory = Callable[["FullConfig", "Path | None", Report], Runner]
"""Makes the runner of a configuration, given the empty directory in which the run stays, if it
does, and who is told how far it is; called in a thread.
"""

Reopener = Callable[["Path", Report], Runner]
"""Makes the runner that goes on with the run in a directory, or reads it back if it is complete,
given who is told how far it is; called in a thread.
"""


def engine(config: FullConfig, directory: Path | None, progress: Report) -> Runner:
    """Return the runner that plays with the kernel."""
    # numpy and the engine would hold up the first frame.
    from let_it_ride.reports.reported_run import ReportedRun

    return ReportedRun(config, progress, directory=directory)


def reopener(directory: Path, progress: Report) -> Runner:
    """Return the runner of a run that has been begun."""
    # numpy and the engine would hold up the first frame.
    from let_it_ride.reports.reported_run import ReportedRun

    return ReportedRun.resume(directory, progress)


def load_engine() -> None:
    """Load what plays, so that a run need not wait for it."""
    from let_it_ride.reports import reported_run  # noqa: F401  it is loaded for later
    from let_it_ride.simulation.processes import prepare_processes

    prepare_processes(everything=True)


def _nothing_compared() -> Compared:
    from let_it_ride.analysis.agreement import Compared

    return Compared(why_not="There is nothing to compare.")


class Ending(StrEnum):
    """How a run ended."""

    COMPLETE = "complete"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    Attributes:
        ending: whether it came to its end.
        config: what was run.
        results: what it gave, if it came to its end.
        compared: what comparing it with the exact law gave.
        files: the files that were written of it.
        message: what a person should know, if not everything went well.
        key: the setting that stands in the way of a run that was refused.
        kept: what the history says of it, if it is kept.
        directory: where it is kept.
        is_resumed: it was begun earlier, and gone on with.
        can_go_on: some of it is played, and it can be gone on with.
        exported: the files that were written of it last when that was asked for.
    """

    ending: Ending
    config: FullConfig
    results: Results | None = None
    compared: Compared = field(default_factory=_nothing_compared)
    files: Sequence[Path] = ()
    message: str = ""
    key: str | None = None
    kept: Entry | None = None
    directory: Path | None = None
    is_resumed: bool = False
    can_go_on: bool = False
    exported: Sequence[Path] = ()

    @property
    def report(self) -> Path | None:
        """The HTML report that was written of it, the last one."""
        files = (*self.exported, *self.files)
        return next((file for file in files if file.suffix == ".html"), None)


#: Of more estimates than this, every other one is forgotten.
_MOST_ESTIMATES: Final = 512


class Run:
    """One run: played in a thread, watched and stopped from the screen.

    Attributes:
        config: what is run.
        progress: how far it is; None before the first report.
        played: the last report with workers, which later phases do not have.
        estimates: what it has given so far at moments since it began to play.
    """

    def __init__(
        self,
        config: FullConfig,
        make_runner: Callable[[Report], Runner],
        begun: Callable[[], None] = lambda: None,
        directory: Path | None = None,
        law: Callable[[], SessionLaw | None] = lambda: None,
    ) -> None:
        """Prepare.

        Args:
            config: what is run.
            make_runner: makes who plays, given who is told how far it is; called in a thread.
            begun: called in that thread at the first report, or at the end if there is none.
            directory: where it is kept, if it is; there it is looked up what it has given so far.
            law: gives the law of its sessions, as soon as that is known.
        """
        self.config = config
        self._begun = begun
        self.progress: RunProgress | None = None
        self.played: RunProgress | None = None
        self.is_stopping = False
        self.estimates: list[Running] = []
        self.law = law
        self._directory = directory
        self._running: RunningMean | None = None
        self._make_runner = make_runner
        self._runner: Runner | None = None

    def play(self) -> Outcome:
        """Play to the end; every failure comes back as an outcome."""
        try:
            self._runner = self._make_runner(self._note)
            if self.is_stopping:
                self._runner.cancel()
            results = self._runner.run()
            if self.progress is None:
                self._begun()
        except LetItRideError as error:
            stopped = self.is_stopping and getattr(error, "key", None) is None
            ending = Ending.STOPPED if stopped else Ending.FAILED
            return Outcome(ending, self.config, message=str(error), key=getattr(error, "key", None))
        except Exception as error:  # noqa: BLE001  nothing may break through the screen
            text = f"{type(error).__name__}: {error}"
            return Outcome(Ending.FAILED, self.config, message=f"Something went wrong: {text}")
        try:
            self._runner.export(results)
            complaint = ""
        except Exception as error:  # noqa: BLE001  the results are there, whatever it is
            complaint = f"Not every file is written: {error}"
        compared, files = self._runner.compared, self._runner.files
        return Outcome(Ending.COMPLETE, self.config, results, compared, files, complaint)

    def stop(self) -> None:
        """Have it end soon."""
        self.is_stopping = True
        if self._runner is not None:
            self._runner.cancel()

    @property
    def played_config(self) -> FullConfig | None:
        """What is played, with its seed; None before anybody plays."""
        return self._runner.config if self._runner is not None else None

    @property
    def can_be_looked_at(self) -> bool:
        """Whether what it gives can be seen before it ends."""
        return self._directory is not None

    def estimate(self) -> None:
        """Look what it has given so far; called in a thread, by one at a time.

        Raises:
            OSError: what it has written cannot be read.
            LetItRideError: a part of it cannot.
        """
        if self._directory is None:
            return
        # numpy and the engine, which are loaded when sessions are played.
        from let_it_ride.planning import compile_outline
        from let_it_ride.simulation.running import RunningMean

        if self._running is None:
            self._running = RunningMean(compile_outline(self.config), self._directory)
        known = self._running.look()
        if known is not None and (not self.estimates or self.estimates[-1] != known):
            if len(self.estimates) >= _MOST_ESTIMATES:
                self.estimates = self.estimates[::2]
            self.estimates.append(known)

    def _note(self, progress: RunProgress) -> None:
        """Keep the latest report; the screen looks at it when it has time."""
        if self.progress is None:
            self._begun()
        if progress.workers:
            self.played = progress
        self.progress = progress
