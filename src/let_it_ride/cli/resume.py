"""``lir-tui resume [RUN]``: go on with a run that did not come to its end."""

import argparse

from let_it_ride.cli.run import carry_out, exports_of
from let_it_ride.errors import LetItRideError
from let_it_ride.history import Entry, History
from let_it_ride.reports.reported_run import ReportedRun
from let_it_ride.simulation.run_identity import read_config


class NothingToResumeError(LetItRideError):
    """Every run has come to its end."""

    def __init__(self) -> None:
        super().__init__("no run is unfinished; see 'lir-tui runs'")


def resume(options: argparse.Namespace) -> int:
    """Play what is missing of a run, and print it as if it had never been interrupted."""
    history = History()
    entry = _newest_unfinished(history) if options.run is None else history.find(options.run)
    directory = history.path(entry.id)
    exports = exports_of(options, read_config(directory))
    return carry_out(
        options,
        lambda report: ReportedRun.resume(directory, report, exports, workers=options.workers),
        directory,
    )


def _newest_unfinished(history: History) -> Entry:
    unfinished = history.unfinished()
    if not unfinished:
        raise NothingToResumeError
    return unfinished[0]
