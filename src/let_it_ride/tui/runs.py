"""A run, as the screen sees it: who plays it, how far it is, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from let_it_ride.analysis.agreement import Compared
from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from pathlib import Path

    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.equivalence import Equivalence
    from let_it_ride.simulation.progress import RunProgress
    from let_it_ride.simulation.provenance import Provenance
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

    def close(self) -> None:
        """Let go of what the results keep on the disk."""


class Runner(Protocol):
    """Plays a configuration; `ReportedRun` is one."""

    def run(self) -> Results:
        """Play, and return the results; raise a `LetItRideError` where there are none."""

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


RunnerFactory = Callable[["FullConfig", "Callable[[RunProgress], None]"], Runner]
"""Makes the runner of a configuration, given who is told how far it is; called in a thread."""


def engine(config: FullConfig, progress: Callable[[RunProgress], None]) -> Runner:
    """Return the runner that plays with the kernel."""
    # numpy and the engine would hold up the first frame.
    from let_it_ride.reports.reported_run import ReportedRun

    return ReportedRun(config, progress)


def load_engine() -> None:
    """Load what plays, so that a run need not wait for it."""
    from let_it_ride.reports import reported_run  # noqa: F401  it is loaded for later
    from let_it_ride.simulation.processes import prepare_processes

    prepare_processes(everything=True)


_NOT_PLAYED: Final = Compared(why_not="There is nothing to compare.")


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
    """

    ending: Ending
    config: FullConfig
    results: Results | None = None
    compared: Compared = _NOT_PLAYED
    files: Sequence[Path] = ()
    message: str = ""
    key: str | None = None


class Run:
    """One run: played in a thread, watched and stopped from the screen.

    Attributes:
        config: what is run.
        progress: how far it is; None before the first report.
        played: the last report with workers, which later phases do not have.
    """

    def __init__(self, config: FullConfig, make_runner: RunnerFactory) -> None:
        self.config = config
        self.progress: RunProgress | None = None
        self.played: RunProgress | None = None
        self.is_stopping = False
        self._make_runner = make_runner
        self._runner: Runner | None = None

    def play(self) -> Outcome:
        """Play to the end; every failure comes back as an outcome."""
        try:
            self._runner = self._make_runner(self.config, self._note)
            if self.is_stopping:
                self._runner.cancel()
            results = self._runner.run()
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

    def _note(self, progress: RunProgress) -> None:
        """Keep the latest report; the screen looks at it when it has time."""
        if progress.workers:
            self.played = progress
        self.progress = progress
