"""``lir-tui run CONFIG``: a run without the app."""

import argparse
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from let_it_ride.config import FullConfig
    from let_it_ride.reports.exports import Export
    from let_it_ride.simulation.controller import SimulationController

_NOT_EQUAL: Final = 1
_KILLED_BY: Final = 128
_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(options: argparse.Namespace) -> int:
    """Run a configuration and print its summary and the verdict."""
    if options.workers != 1:
        # The fork server loads the kernel while this process reads the configuration.
        from let_it_ride.simulation.processes import prepare_processes  # noqa: PLC0415

        prepare_processes()
    config, exports = _what_to_run(options)
    from let_it_ride.cli.progress import reporter  # noqa: PLC0415
    from let_it_ride.simulation.controller import SimulationController  # noqa: PLC0415
    from let_it_ride.simulation.errors import RunCancelledError  # noqa: PLC0415

    with reporter(quiet=options.quiet, only_bars=options.json) as report:
        controller = SimulationController(config, progress=report.run)
        with _stopped_by_signals(controller) as received:
            try:
                results = controller.run()
            except RunCancelledError as cancelled:
                print(f"lir-tui: {cancelled}", file=sys.stderr)
                return _KILLED_BY + received[0]
            files = [
                file
                for export in exports
                for file in export.write(controller.config, results, report.exporting)
            ]
    if options.json:
        from let_it_ride.reports.run_json import run_to_json  # noqa: PLC0415

        print(json.dumps(run_to_json(controller.config, results), indent=2))
    else:
        from let_it_ride.cli.results import print_results  # noqa: PLC0415

        print_results(results, files, check_was_cancelled=bool(received))
    if received:
        return _KILLED_BY + received[0]
    verdict = results.equivalence
    return 0 if verdict is None or verdict.equal else _NOT_EQUAL


def _what_to_run(options: argparse.Namespace) -> "tuple[FullConfig, list[Export]]":
    from let_it_ride.cli.sources import named_config, with_simulation  # noqa: PLC0415
    from let_it_ride.reports.exports import Export  # noqa: PLC0415

    changes = {
        "num_sessions": options.sessions,
        "workers": options.workers,
        "random_seed": options.seed,
        "verify": options.verify,
    }
    config = with_simulation(named_config(options.config), changes)
    exports = [Export.configured(config)]
    if options.output is not None:
        exports.append(Export.into(options.output, config))
    for export in exports:
        export.check()
    return config, exports


@contextmanager
def _stopped_by_signals(controller: "SimulationController") -> Iterator[list[int]]:
    """Cancel the run on a signal that asks for an end; yields the signals that came."""
    received: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        controller.cancel()

    before = {number: signal.signal(number, stop) for number in _STOPPING}
    try:
        yield received
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
