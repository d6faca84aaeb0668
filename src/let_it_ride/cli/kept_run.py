"""``lir-tui runs show|verify|replay RUN``, ``lir-tui export RUN``: what a kept run says."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from let_it_ride.cli.progress import reporter
from let_it_ride.cli.replay import print_replay, run_config
from let_it_ride.cli.run import carry_out, stopped_by_signals
from let_it_ride.config import FullConfig
from let_it_ride.config.printing import printable
from let_it_ride.errors import LetItRideError
from let_it_ride.history import Entry, History
from let_it_ride.history.checking import check_run
from let_it_ride.reports.export_files import AS_TABLES
from let_it_ride.reports.exports import Export
from let_it_ride.reports.numbers import count
from let_it_ride.reports.reported_run import ReportedRun
from let_it_ride.reports.verdict import verdict
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.progress import Phase, RunProgress, Throttle
from let_it_ride.simulation.run_identity import read_config
from let_it_ride.simulation.run_state import RunCheck, RunState

_NOT_WHOLE: Final = 1

#: What is written where nothing is said, and where it is said which tables.
_USUAL: Final = "html"
_USUAL_TABLE: Final = "csv"


class NotCompleteError(LetItRideError):
    """A run that has no results.

    Attributes:
        entry: the run.
    """

    exit_code = 1

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry)
        self.entry = entry

    def __str__(self) -> str:
        run = self.entry.id
        match self.entry.state:
            case RunState.RUNNING:
                return f"{run} is being played; wait until it has come to its end"
            case RunState.DAMAGED:
                return f"{run} is damaged: its run.json cannot be read; 'lir-tui runs delete {run}'"
        return f"{run} has not come to its end; 'lir-tui resume {run}' goes on with it"


class NoTableError(LetItRideError):
    """It is said which tables are wanted, and there is no place for them."""


def complete_run(text: str) -> tuple[Entry, Path]:
    """The complete run that a user means, and where it is.

    Raises:
        NotCompleteError: it is not complete.
        HistoryError: there is none, or there are several.
    """
    history = History()
    entry = history.find(text)
    if entry.state is not RunState.COMPLETE:
        raise NotCompleteError(entry)
    return entry, history.path(entry.id)


def show(options: argparse.Namespace) -> int:
    """Print a run as it was printed when it ended."""
    entry, directory = complete_run(options.run)
    code = carry_out(options, lambda report: ReportedRun.resume(directory, report), directory)
    if entry.check is RunCheck.NOT_CHECKED and not options.json:
        print(f"'lir-tui runs verify {entry.id}' plays it again in sequence and compares")
    return code


def export(options: argparse.Namespace) -> int:
    """Write the files of a run."""
    entry, directory = complete_run(options.run)
    exports = [_wanted(options, entry, read_config(directory))]
    with reporter(quiet=options.quiet, only_bars=False) as report:
        reported = ReportedRun.resume(directory, report, exports)
        with stopped_by_signals(reported):
            reported.export(reported.run())
    for file in reported.files:
        print(f"written: {printable(str(file))}")
    return 0


def _wanted(options: argparse.Namespace, entry: Entry, config: FullConfig) -> Export:
    formats = options.formats or [_USUAL_TABLE if options.only else _USUAL]
    if options.only and not any(each in AS_TABLES for each in formats):
        raise NoTableError(f"--only chooses tables, and {formats[0]} is not written as tables")
    path: Path = Path(entry.id) if options.output is None else options.output
    is_file = len(formats) == 1 and path.suffix == f".{formats[0]}" and not path.is_dir()
    if is_file and len(set(options.only)) > 1:
        raise NoTableError(f"{path} is one file, and --only names several; name a directory")
    into = Export.to_file(path, formats[0]) if is_file else Export.into(path, config, formats)
    if options.hands is not None:
        into = replace(into, hands=options.hands)
    if options.only:
        into = into.only(options.only, options.hands or config.simulation.record_hands)
    return replace(into, takes_place=options.force)


def replay(options: argparse.Namespace) -> int:
    """Play a session of a run again and print it."""
    print_replay(run_config(options.run), options)
    return 0


def verify(options: argparse.Namespace) -> int:
    """Read a run to the last bit, and say whether it is as it was, and equals sequential play."""
    history = History()
    entry = history.find(options.run)
    if entry.state is RunState.RUNNING:
        raise NotCompleteError(entry)
    throttle = Throttle()
    with reporter(quiet=options.quiet, only_bars=False) as report:

        def watch(read: int, tables: int) -> None:
            if read == tables or throttle.is_due():
                report(RunProgress(Phase.CHECKING, read, tables, 0.0))

        checked = check_run(history.path(entry.id), watch)
    if checked.is_whole:
        print(f"{entry.id}: whole, {count(checked.blocks)} blocks\ndigest {checked.digest}")
        if entry.check is RunCheck.NOT_CHECKED:
            return _made_up_for(history.path(entry.id), options)
        return 0
    if checked.missing:
        what = f"{count(checked.tables)} {checked.counted} are missing or damaged"
    elif checked.recorded is None:
        what = "every session is there, but not how the run ended"
    elif not checked.has_seeds:
        what = "its seeds are not as they were written"
    else:
        what = f"its digest was {checked.recorded} and is {checked.digest}"
    hint = f"'lir-tui resume {entry.id}' puts it right"
    print(f"{entry.id}: not whole: {what}; {hint}", file=sys.stderr)
    return _NOT_WHOLE


def _made_up_for(directory: Path, options: argparse.Namespace) -> int:
    """Make the check that a complete run has not had, and say what it found."""
    with reporter(quiet=options.quiet, only_bars=False) as report:
        controller = SimulationController.resume(directory, report, checks=True)
        with stopped_by_signals(controller):
            results = controller.run()
    found = results.equivalence
    told = verdict(found, controller.config, results.provenance, results.digest)
    for line in (told.title, *told.lines):
        print(line)
    results.release()
    return 0 if found is not None and found.equal else _NOT_WHOLE
