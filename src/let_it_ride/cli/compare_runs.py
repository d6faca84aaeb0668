"""``lir-tui runs compare RUN RUN …``: runs beside each other."""

import argparse
import json
from collections.abc import Sequence
from typing import Final

from let_it_ride.analysis.comparing_runs import ComparedRuns, OpenRun, compare_runs
from let_it_ride.cli.compare import NothingToCompareError, print_comparison
from let_it_ride.cli.kept_run import complete_run
from let_it_ride.cli.progress import reporter
from let_it_ride.cli.run import stopped_by_signals
from let_it_ride.history import Entry
from let_it_ride.reports.comparison_files import compared_to_json
from let_it_ride.reports.numbers import count
from let_it_ride.simulation.controller import SimulationController

_TIME: Final = len("20261128-221530")


def compare_kept(options: argparse.Namespace) -> int:
    """Print the figures of runs and how they differ from the first."""
    if len(options.runs) < 2:
        raise NothingToCompareError("name two runs or more to compare")
    chosen = [complete_run(text) for text in options.runs]
    entries = [entry for entry, _ in chosen]
    runs = []
    for name, (_, directory) in zip(_short_names(entries), chosen, strict=True):
        with reporter(quiet=options.quiet, only_bars=options.json) as report:
            controller = SimulationController.resume(directory, report)
            with stopped_by_signals(controller):
                runs.append(OpenRun(name, controller.config, controller.run()))
    compared = compare_runs(runs)
    if options.json:
        print(json.dumps(_to_json(compared, entries), indent=2))
    else:
        print_comparison(compared.comparison, (), _note(compared))
    return 0


def _short_names(entries: Sequence[Entry]) -> list[str]:
    """What runs are called, without the time if that tells them apart; or when they began."""
    for names in (
        [entry.name if entry.name != entry.id else entry.id[_TIME + 1 :] for entry in entries],
        [entry.id[:_TIME] for entry in entries],
    ):
        if all(names) and len(set(names)) == len(names):
            return names
    return [entry.id for entry in entries]


def _note(compared: ComparedRuns) -> str:
    *others, last = map(count, compared.sessions)
    played = f"{', '.join(others)} and {last}"
    if all(compared.dealt_the_same):
        return f"{played} sessions that were dealt the same, and 95 % intervals."
    if not any(compared.dealt_the_same[1:]):
        return f"{played} sessions that were dealt independently, and 95 % intervals."
    return f"{played} sessions, some dealt the same and some independently, and 95 % intervals."


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
