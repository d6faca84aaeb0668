"""Runs that have been played beside each other: their figures, and how each differs from the first.

Runs with the same seed were dealt the same, as far as both go: what the deals have in common falls
out of their differences, as it does where configurations are compared.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.comparing import Compared, Comparison, differing_settings
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.measures import MEASURES, Column
from let_it_ride.analysis.played_sums import PlayedSums, PlayedTables
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.simulation.results import SimulationResults

#: Tables added up at once.
_AT_ONCE: Final = 1 << 16

_WHY_SIMULATED: Final = "These are figures of runs."

#: In place of tables that have nothing to do with those of a run.
_UNRELATED: Final = np.zeros((1, len(Column)), dtype=np.int64)


class TooShortError(LetItRideError):
    """A run from which nothing can be said of another one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has only one table, and intervals need two; play more sessions")


class OpenRun(NamedTuple):
    """A run that is compared.

    Attributes:
        name: what it is called.
        config: what was run.
        results: its sessions.
    """

    name: str
    config: FullConfig
    results: SimulationResults


@dataclass(frozen=True, slots=True)
class ComparedRuns:
    """Runs beside each other.

    Attributes:
        comparison: their figures, the first being what the others differ from.
        sessions: how many each has.
        dealt_the_same: whether each was dealt what the first one was, as far as both go.
    """

    comparison: Comparison
    sessions: tuple[int, ...]
    dealt_the_same: tuple[bool, ...]


def compare_runs(
    runs: Sequence[OpenRun], watch: Callable[[float], None] = lambda _: None
) -> ComparedRuns:
    """Compare runs with the first of them.

    Args:
        runs: the runs, which are complete.
        watch: told which share of the work is done; what it raises comes through.

    Raises:
        TooShortError: one has a single table.
        RunDirectoryError: a part of a run cannot be read.
    """
    for run in runs:
        if run.results.plan.table_count < 2:
            raise TooShortError(run.name)
    first = runs[0]
    alike = tuple(_deals(run) == _deals(first) for run in runs)
    sums: list[PlayedSums] = []
    for run, is_alike in zip(runs, alike, strict=True):
        watch(len(sums) / len(runs))
        sums.append(_sums(run.results, first.results if is_alike else None))
    speeds = [run.config.table.hands_per_hour for run in runs]
    compared = tuple(
        Compared(
            run.name,
            replace(
                Figures.simulated(own, speed, _WHY_SIMULATED),
                differences=tuple(
                    own.difference(sums[0], measure, speed, speeds[0]) for measure in MEASURES
                ),
            ),
        )
        for run, own, speed in zip(runs, sums, speeds, strict=True)
    )
    settings = differing_settings([run.config for run in runs])
    return ComparedRuns(
        Comparison(compared, settings), tuple(len(run.results) for run in runs), alike
    )


def _deals(run: OpenRun) -> tuple[object, ...]:
    """All that decides what is dealt."""
    provenance, plan = run.results.provenance, run.results.plan
    return provenance.seed, provenance.generator, plan.deals_cards, plan.seats


def _sums(results: SimulationResults, first: SimulationResults | None) -> PlayedSums:
    """The sums of a run, crossed with those of another where that is given."""
    beside = iter(()) if first is None else (tables.columns for tables in _tables(first))
    sums = (
        PlayedSums.of(tables, results.plan.seats, next(beside, _UNRELATED))
        for tables in _tables(results)
    )
    return reduce(PlayedSums.merged, sums)


def _tables(results: SimulationResults) -> Iterator[PlayedTables]:
    """A run's tables in order, so many at once, but for the last."""
    plan = results.plan
    start = read = 0
    tables = PlayedTables(min(_AT_ONCE, plan.table_count))
    for each in results.columns():
        records = each
        table = np.arange(read, read + len(records))
        read += len(records)
        if plan.deals_cards:
            table = records["table"].astype(np.int64)
        while table[-1] >= start + _AT_ONCE:
            cut = int(np.searchsorted(table, start + _AT_ONCE))
            _add(tables, records[:cut], table[:cut] - start)
            yield tables
            start += _AT_ONCE
            tables = PlayedTables(min(_AT_ONCE, plan.table_count - start))
            records, table = records[cut:], table[cut:]
        _add(tables, records, table - start)
    yield tables


def _add(tables: PlayedTables, records: NDArray[Any], table: NDArray[np.int64]) -> None:
    profit = records["profit"].astype(np.int64)
    tables.add(table, profit, records["hands"], records["stop_reason"])
