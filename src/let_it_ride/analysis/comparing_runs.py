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
from let_it_ride.analysis.played_sums import PlayedSums, session_columns, table_columns
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.simulation.results import SimulationResults

#: Tables added up at once.
_AT_ONCE: Final = 1 << 16

_WHY_SIMULATED: Final = "These are figures of runs."

#: In place of tables that have nothing to do with those of a run.
_NOTHING: Final = np.zeros((1, len(Column)), dtype=np.int64)


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


class _Tables(NamedTuple):
    """The columns of some tables and of their sessions, as `PlayedSums.of` takes them."""

    by_session: NDArray[np.int64]
    by_table: NDArray[np.int64]


_UNRELATED: Final = _Tables(_NOTHING, _NOTHING)


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
    beside = iter(()) if first is None else _tables(first)
    sums = (
        PlayedSums.of(by_session, by_table, results.plan.seats, next(beside, _UNRELATED).by_table)
        for by_session, by_table in _tables(results)
    )
    return reduce(PlayedSums.merged, sums)


def _tables(results: SimulationResults) -> Iterator[_Tables]:
    """A run's tables in order, so many at once, but for the last."""
    plan = results.plan
    for number, records in enumerate(_cut_at_tables(results)):
        start = number * _AT_ONCE
        by_session = session_columns(
            records["profit"].astype(np.int64), records["hands"], records["stop_reason"]
        )
        if not plan.deals_cards:
            yield _Tables(by_session, by_session)
        else:
            tables = min(_AT_ONCE, plan.table_count - start)
            table = records["table"].astype(np.int64) - start
            yield _Tables(by_session, table_columns(by_session, table, tables))


def _cut_at_tables(results: SimulationResults) -> Iterator[NDArray[Any]]:
    """The records of so many tables at once, and of what is left at the end."""
    parts: list[NDArray[Any]] = []
    read, end = 0, _AT_ONCE
    for each in results.columns():
        records = each
        table = np.arange(read, read + len(records))
        read += len(records)
        if results.plan.deals_cards:
            table = records["table"]
        while len(table) and table[-1] >= end:
            cut = int(np.searchsorted(table, end))
            yield np.concatenate([*parts, records[:cut]])
            parts = []
            records, table, end = records[cut:], table[cut:], end + _AT_ONCE
        parts.append(records)
    yield np.concatenate(parts)
