"""``lir-tui run CONFIG``: a run without the app."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final, Protocol

from let_it_ride.config.printing import printable_lines
from let_it_ride.errors import LetItRideError

if TYPE_CHECKING:
    from let_it_ride.config import FullConfig
    from let_it_ride.reports.exports import Export
    from let_it_ride.reports.reported_run import ReportedRun
    from let_it_ride.simulation.progress import Report
    from let_it_ride.simulation.results import SimulationResults

_NOT_RIGHT: Final = 1
_KILLED_BY: Final = 128
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class NoOutputError(LetItRideError):
    """It is said how files are written, and not where."""

    def __init__(self) -> None:
        super().__init__("--format says what --output DIR writes; give that as well")


class _Cancellable(Protocol):
    def cancel(self) -> None: ...


def run(options: argparse.Namespace) -> int:
    """Run a configuration and print its summary, itself beside the exact law, and the verdicts."""
    if options.workers != 1:
        # The fork server loads the kernel while this process reads the configuration.
        from let_it_ride.simulation.processes import prepare_processes

        prepare_processes()
    config, exports = _what_to_run(options)
    from let_it_ride.cli.keeping import directory_for, discard, naming
    from let_it_ride.history.naming import title_of
    from let_it_ride.reports.reported_run import ReportedRun
    from let_it_ride.simulation.run_beginning import is_begun

    title = title_of(config, options.config)
    kept = None if options.forget else directory_for(config, title)

    def prepare(report: "Report") -> ReportedRun:
        return ReportedRun(config, naming(report, kept, title) if kept else report, exports, kept)

    try:
        return carry_out(options, prepare, kept)
    except LetItRideError as error:
        print(f"lir-tui: {error}{_how_to_go_on(kept)}", file=sys.stderr)
        return error.exit_code
    finally:
        if kept is not None and not is_begun(kept):
            discard(kept)


def carry_out(
    options: argparse.Namespace,
    prepare: "Callable[[Report], ReportedRun]",
    kept: Path | None,
) -> int:
    """Play a run, or what is missing of it, and print what it says.

    Args:
        options: how that is told: `json`, `quiet`.
        prepare: makes the run; it is given who is told how far it has come.
        kept: the directory of the history that it is kept in, if it is.
    """
    from let_it_ride.cli.progress import reporter
    from let_it_ride.simulation.errors import RunCancelledError

    with reporter(quiet=options.quiet, only_bars=options.json) as report:
        reported = prepare(report)
        with stopped_by_signals(reported) as received:
            try:
                results = reported.run()
            except RunCancelledError as cancelled:
                print(f"lir-tui: {cancelled}{_how_to_go_on(kept)}", file=sys.stderr)
                return _KILLED_BY + received[0]
            complaint = _export(reported, results)
    if options.json:
        from let_it_ride.reports.run_json import run_to_json

        told = run_to_json(reported.config, results, reported.compared)
        print(json.dumps(told | {"kept": kept and kept.name}, indent=2))
    else:
        from let_it_ride.cli.results import print_results

        print_results(reported.config, results, reported.compared, reported.files)
        if kept is not None:
            print(f"kept: {kept.name}; see 'lir-tui runs'")
    if complaint is not None:
        print(f"lir-tui: {printable_lines(complaint)}", file=sys.stderr)
    if received:
        return _KILLED_BY + received[0]
    if complaint is not None:
        return complaint.exit_code
    is_different = results.equivalence is not None and not results.equivalence.equal
    is_unsure = reported.compared.disagrees or reported.compared.failed
    return _NOT_RIGHT if is_different or is_unsure else 0


def _how_to_go_on(kept: Path | None) -> str:
    from let_it_ride.simulation.run_beginning import is_begun

    return f"; 'lir-tui resume {kept.name}' goes on with it" if kept and is_begun(kept) else ""


def _export(reported: "ReportedRun", results: "SimulationResults") -> LetItRideError | None:
    """Write the files; what goes wrong is told after the results, which are there."""
    try:
        reported.export(results)
    except LetItRideError as error:
        return error
    return None


def _what_to_run(options: argparse.Namespace) -> "tuple[FullConfig, list[Export]]":
    from let_it_ride.cli.sources import named_config, with_simulation

    changes = {
        "num_sessions": options.sessions,
        "workers": options.workers,
        "random_seed": options.seed,
        "verify": options.verify,
    }
    config = with_simulation(named_config(options.config), changes)
    return config, exports_of(options, config)


def exports_of(options: argparse.Namespace, config: "FullConfig") -> "list[Export]":
    """What `--output` and `--format` ask for beside what the configuration does.

    Raises:
        NoOutputError: there is a format, and no directory.
        MissingExtraError: the writer of a format is not installed.
    """
    if options.output is None:
        if options.formats:
            raise NoOutputError
        return []
    from let_it_ride.reports.exports import Export

    into = Export.into(options.output, config, options.formats)
    return [replace(into, takes_place=options.force)]


@contextmanager
def stopped_by_signals(run: _Cancellable) -> Iterator[list[int]]:
    """Cancel the run on a signal that asks for an end; yields the signals that came."""
    received: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        run.cancel()

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
