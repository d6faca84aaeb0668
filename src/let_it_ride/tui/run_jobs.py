"""What is done with runs that are kept, in a thread: each job tells how far it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from threading import Event

    from let_it_ride.analysis.comparing import Comparison
    from let_it_ride.config.full import FullConfig
    from let_it_ride.simulation.progress import RunProgress
    from let_it_ride.simulation.results import SimulationResults
    from let_it_ride.tui.runs import Report


class StoppedError(LetItRideError):
    """Whoever waited has stopped it."""


def exported(directory: Path, folder: Path, tell: Report, stopped: Event) -> Sequence[Path]:
    """Read a complete run back, and write its summary and its sessions into a folder.

    Raises:
        LetItRideError: it was stopped, the run cannot be read, or a file not written.
    """
    # numpy and the engine are not needed to look at the list.
    from let_it_ride.reports.exports import Export
    from let_it_ride.reports.reported_run import ReportedRun
    from let_it_ride.simulation.run_identity import read_config

    def watch(progress: RunProgress) -> None:
        tell(progress)
        if stopped.is_set():
            run.cancel()

    export = Export.into(folder, read_config(directory))
    run = ReportedRun.resume(directory, watch, exports=(export,))
    results = run.run()
    run.export(results)
    return run.files


def compared(
    named: Sequence[tuple[str, Path]], tell: Report, stopped: Event
) -> tuple[Comparison, str]:
    """Read complete runs back and compare them; return how, and what they were dealt.

    Args:
        named: the directory of each, with what it is called.
        tell: told how far it is.
        stopped: set when it is to end.

    Raises:
        LetItRideError: it was stopped, or a run cannot be read or compared.
    """
    # numpy and the engine are not needed to look at the list.
    from let_it_ride.analysis.comparing_runs import OpenRun, compare_runs
    from let_it_ride.reports.comparison_rows import note_of_runs

    runs = [OpenRun(name, *_read_back(directory, tell, stopped)) for name, directory in named]
    note, sessions = _watching(tell, stopped), sum(len(run.results) for run in runs)
    found = compare_runs(runs, lambda share: note(round(share * sessions), sessions))
    return found.comparison, note_of_runs(found)


def _read_back(
    directory: Path, tell: Report, stopped: Event
) -> tuple[FullConfig, SimulationResults]:
    # It is loaded with what compares.
    from let_it_ride.simulation.controller import SimulationController

    def watch(progress: RunProgress) -> None:
        tell(progress)
        if stopped.is_set():
            controller.cancel()

    controller = SimulationController.resume(directory, watch)
    return controller.config, controller.run()


def verified(directory: Path, tell: Report, stopped: Event) -> tuple[str, str]:
    """Hold every block of a run against its digest; return a title and what was found.

    Args:
        directory: where the run is.
        tell: told how far it is.
        stopped: set when it is to end.

    Raises:
        LetItRideError: it was stopped, or the run cannot be read.
    """
    # numpy is not needed to look at the list.
    from let_it_ride.history.checking import check_run
    from let_it_ride.reports.numbers import count

    checked = check_run(directory, _watching(tell, stopped))
    blocks = f"{count(checked.blocks - len(checked.missing))} of {count(checked.blocks)} blocks"
    told = f"{blocks} are there, as they were written."
    if checked.is_whole:
        return "✓ The run is whole", f"{told} Digest {checked.digest}"
    if checked.recorded is None:
        return "The run is not finished", f"{told} Resuming it plays all that is not."
    what = f"Its digest was {checked.recorded} and is {checked.digest}."
    if not checked.missing and not checked.has_seeds:
        what = f"Its seeds are not as they were written; {told}"
    if checked.missing:
        what = f"{count(checked.tables)} {checked.counted} are missing or damaged: {told}"
    return "✗ The run is not whole", f"{what} Opening it puts that right."


def _watching(tell: Report, stopped: Event) -> Callable[[int, int], None]:
    """Return who is told how much is read, of how much, and ends the work when it was stopped."""
    # It is loaded with what does the work.
    from let_it_ride.simulation.progress import Phase, RunProgress, Throttle

    began, throttle = time.monotonic(), Throttle()

    def note(done: int, total: int) -> None:
        if stopped.is_set():
            raise StoppedError
        if done == total or throttle.is_due():
            tell(RunProgress(Phase.CHECKING, done, total, time.monotonic() - began))

    return note
