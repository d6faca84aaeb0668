"""``lir-tui runs compare RUN RUN …``: runs beside each other."""

import argparse
import json
from collections.abc import Sequence

from let_it_ride.analysis.comparing_runs import ComparedRuns, OpenRun, compare_runs
from let_it_ride.cli.compare import NothingToCompareError, print_comparison
from let_it_ride.cli.kept_run import complete_run
from let_it_ride.cli.progress import reporter
from let_it_ride.cli.run import stopped_by_signals
from let_it_ride.history import Entry
from let_it_ride.reports.comparison_files import compared_to_json
from let_it_ride.reports.comparison_rows import note_of_runs
from let_it_ride.reports.kept_runs import short_names
from let_it_ride.simulation.controller import SimulationController


def compare_kept(options: argparse.Namespace) -> int:
    """Print the figures of runs and how they differ from the first."""
    if len(options.runs) < 2:
        raise NothingToCompareError("name two runs or more to compare")
    chosen = [complete_run(text) for text in options.runs]
    entries = [entry for entry, _ in chosen]
    runs = []
    for name, (_, directory) in zip(short_names(entries), chosen, strict=True):
        with reporter(quiet=options.quiet, only_bars=options.json) as report:
            controller = SimulationController.resume(directory, report)
            with stopped_by_signals(controller):
                runs.append(OpenRun(name, controller.config, controller.run()))
    compared = compare_runs(runs)
    if options.json:
        print(json.dumps(_to_json(compared, entries), indent=2))
    else:
        print_comparison(compared.comparison, (), note_of_runs(compared))
    return 0


def _to_json(compared: ComparedRuns, entries: Sequence[Entry]) -> dict[str, object]:
    """The comparison for `json.dumps`, amounts in dollars."""
    comparison = compared.comparison
    return {
        "settings": {key: list(values) for key, values in comparison.settings},
        "runs": [
            {
                "id": entry.id,
                "sessions": sessions,
                "dealt_the_same": is_alike,
                **compared_to_json(each, with_intervals=True),
            }
            for entry, sessions, is_alike, each in zip(
                entries,
                compared.sessions,
                compared.dealt_the_same,
                comparison.compared,
                strict=True,
            )
        ],
    }
