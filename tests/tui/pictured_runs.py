"""Runs that were really played, to draw pictures of: each once, and held in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from scripted_runs import Script, ScriptedRunner

from let_it_ride.analysis.agreement import Compared
from let_it_ride.analysis.agreement_service import check_agreement
from let_it_ride.analysis.solving import solve
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.planning import compile_plan
from let_it_ride.reports.pictures.ruin import alone
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.progress import RunProgress
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.results import SessionResult
from let_it_ride.simulation.summary import Summary

EVENING = """\
[metadata]
name = "Long evening"

[simulation]
num_sessions = 2000
random_seed = 20260101
workers = 1

[bankroll.stop_conditions]
win_limit = 250.00
loss_limit = 200.00

[bonus_strategy]
type = "always"
amount = 5.00
"""

AT_A_TABLE = """\
[metadata]
name = "Four friends"

[simulation]
num_sessions = 500
random_seed = 20260101
workers = 1

[table]
num_seats = 4

[bankroll.betting_system]
type = "martingale"

[bankroll.stop_conditions]
win_limit = 250.00
"""


@dataclass
class PlayedResults:
    """What a run gave, without its directory."""

    summary: Summary
    aggregates: Aggregates
    dealt: NDArray[Any]
    provenance: Provenance
    digest: str
    sessions: list[SessionResult]
    parts: list[NDArray[Any]]
    equivalence: None = None

    def columns(self) -> Iterator[NDArray[Any]]:
        yield from self.parts

    def close(self) -> None:
        """There is nothing to let go of."""


@cache
def played(text: str) -> tuple[FullConfig, PlayedResults, Compared]:
    """A configuration, what its run gave, and how that agrees with the law."""
    config = parse_config(text)
    results = SimulationController(config).run()
    compared = Compared(check_agreement(results), law=solve(compile_plan(alone(config))))
    there = PlayedResults(
        results.summary,
        results.aggregates,
        results.dealt,
        results.provenance,
        results.digest,
        list(results),
        list(results.columns()),
    )
    results.close()
    return config, there, compared


def playing(text: str) -> Callable[..., ScriptedRunner]:
    """Makes runners that give what the run of a configuration gave."""

    def make(
        config: FullConfig, directory: Path | None, progress: Callable[[RunProgress], None]
    ) -> ScriptedRunner:
        _, results, compared = played(text)
        return Script(ending=results, compared=compared)(config, directory, progress)

    return make
