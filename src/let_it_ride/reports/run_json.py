"""A whole run as one JSON object: configuration, exact odds, summary, verdict, provenance."""

import json
from pathlib import Path
from typing import Any

from let_it_ride.analysis.agreement import Compared
from let_it_ride.config import FullConfig
from let_it_ride.files import write_atomically
from let_it_ride.reports.hours import odds_hour_to_json, run_hours_to_json
from let_it_ride.reports.origin import repeating_command
from let_it_ride.simulation.results import SimulationResults


def run_to_json(
    config: FullConfig, results: SimulationResults, compared: Compared
) -> dict[str, Any]:
    """The run for `json.dumps`; amounts in dollars, times in seconds.

    Its keys: config, round, summary, equivalence (null where there was no check), agreement (with
    the exact law; null where it was not compared, and agreement_refusal says why), digest,
    workers, timing and provenance.
    """
    playing = results.provenance.seconds_playing
    verdict = results.equivalence
    return {
        "config": config.model_dump(mode="json", exclude_none=True),
        "round": results.plan.odds.to_json() | odds_hour_to_json(config, results.plan.odds),
        "summary": results.summary.to_json()
        | run_hours_to_json(results.summary, config.table.hands_per_hour),
        "equivalence": None if verdict is None else verdict.to_json(),
        **compared.to_json(),
        "digest": results.digest,
        "workers": results.provenance.workers,
        "timing": {
            "seconds_playing": playing,
            "seconds_verifying": None if verdict is None else verdict.seconds,
            "sessions_per_second": len(results) / playing if playing else None,
            "rounds_per_second": results.summary.rounds / playing if playing else None,
        },
        "provenance": results.provenance.to_json(),
    }


def write_run_json(
    config: FullConfig, results: SimulationResults, compared: Compared, prefix: str, path: Path
) -> None:
    """Write the run as a JSON file, with the command that repeats it.

    Args:
        config: what was run.
        results: the run.
        compared: what comparing it with the exact law gave.
        prefix: what the names of its files begin with.
        path: the file.

    Raises:
        FileError: it cannot be written.
    """
    run = run_to_json(config, results, compared) | {"repeat": repeating_command(prefix)}
    text = json.dumps(run, indent=2, ensure_ascii=False)
    write_atomically(path, f"{text}\n".encode())
