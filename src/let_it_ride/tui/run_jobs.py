"""What is done with runs that are kept, in a thread: each job tells how far it is."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from threading import Event

    from let_it_ride.analysis.comparing import Comparison
    from let_it_ride.config.full import FullConfig
    from let_it_ride.reports.export_files import Table
    from let_it_ride.reports.exports import Export
    from let_it_ride.simulation.progress import RunProgress
    from let_it_ride.simulation.results import SimulationResults
    from let_it_ride.tui.runs import Report


class StoppedError(LetItRideError):
    """Whoever waited has stopped it."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What is to be written of a run.

    Attributes:
        directory: where the run is.
        folder: where its files go.
        formats: in which formats.
        tables: which tables, where a format is for tables.
        hands: of how many sessions the hands are written, if they are one of the tables.
    """

    directory: Path
    folder: Path
    formats: tuple[str, ...]
    tables: tuple[Table, ...]
    hands: int


def why_no_parquet() -> str:
    """Why Parquet cannot be written; nothing where it can."""
    # numpy is not needed to look at the list.
    from let_it_ride.reports.parquet import MissingExtraError, what_is_missing

    missing = what_is_missing()
    return str(MissingExtraError(missing)) if missing else ""


def in_the_way(exports: Sequence[Exported]) -> list[Path]:
    """The files that would give way to those of some runs and are not known to be theirs.

    Raises:
        LetItRideError: a run cannot be read.
    """
    # The validation is not needed to look at the list.
    from let_it_ride.simulation.run_identity import read_config

    return [
        path
        for each in exports
        for path in _export_of(each).of_another(read_config(each.directory))
    ]


def exported(exports: Sequence[Exported], tell: Report, stopped: Event) -> Sequence[Path]:
    """Read complete runs back, and write their files, which take the place of any others.

    Args:
        exports: what is to be written of each.
        tell: told how far it is.
        stopped: set when it is to end.

    Returns:
        The files.

    Raises:
        LetItRideError: it was stopped, a run cannot be read, or a file not written.
    """
    return [path for each in exports for path in _written(each, tell, stopped)]


def _written(wanted: Exported, tell: Report, stopped: Event) -> Sequence[Path]:
    # numpy and the engine are not needed to look at the list.
    from let_it_ride.reports.reported_run import ReportedRun

    def watch(progress: RunProgress) -> None:
        tell(progress)
        if stopped.is_set():
            run.cancel()

    run = ReportedRun.resume(wanted.directory, watch, exports=(_export_of(wanted),))
    run.export(run.run())
    return run.files


def _export_of(wanted: Exported) -> Export:
    # It is loaded with what writes.
    from let_it_ride.reports.export_files import AS_TABLES
    from let_it_ride.reports.exports import FORMATS, Export
    from let_it_ride.simulation.run_identity import read_config

    formats = tuple(each for each in FORMATS if each in wanted.formats)
    export = Export.into(wanted.folder, read_config(wanted.directory), formats)
    tables = wanted.tables if set(formats) & set(AS_TABLES) else ()
    return replace(export.only(tables, wanted.hands), takes_place=True)


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
    directory: Path, tell: Report, stopped: Event, *, checks: bool = False
) -> tuple[FullConfig, SimulationResults]:
    # It is loaded with what compares.
    from let_it_ride.simulation.controller import SimulationController

    def watch(progress: RunProgress) -> None:
        tell(progress)
        if stopped.is_set():
            controller.cancel()

    controller = SimulationController.resume(directory, watch, checks=checks)
    return controller.config, controller.run()


def verified(
    directory: Path, tell: Report, stopped: Event, *, was_checked: bool
) -> tuple[str, str]:
    """Hold every block of a run against its digest; return a title and what was found.

    Args:
        directory: where the run is.
        was_checked: whether its equivalence is known; if it is not, it is checked now.
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
        told = f"{told} Digest {checked.digest}"
        found = "" if was_checked else f"\n\n{_made_up_for(directory, tell, stopped)}"
        return "✓ The run is whole", f"{told}{found}"
    if checked.recorded is None:
        return "The run is not finished", f"{told} Resuming it plays all that is not."
    what = f"Its digest was {checked.recorded} and is {checked.digest}."
    if not checked.missing and not checked.has_seeds:
        what = f"Its seeds are not as they were written; {told}"
    if checked.missing:
        what = f"{count(checked.tables)} {checked.counted} are missing or damaged: {told}"
    return "✗ The run is not whole", f"{what} Opening it puts that right."


def _made_up_for(directory: Path, tell: Report, stopped: Event) -> str:
    """Make the check that a complete run has not had; return what it found."""
    # It is loaded with what plays.
    from let_it_ride.reports.verdict import verdict

    config, results = _read_back(directory, tell, stopped, checks=True)
    told = verdict(results.equivalence, config, results.provenance, results.digest)
    results.release()
    return "\n".join((told.title, *told.lines))


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
