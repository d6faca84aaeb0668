"""Everything that is added up over the sessions of a run."""

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import AggregateAdder, Aggregates
from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.raw_files import explained
from let_it_ride.simulation.records import NOTES
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.table_sums import TableAdder, TableSums


@dataclass(frozen=True, eq=False)
class RunSums:
    """The exact sums of a run.

    Attributes:
        aggregates: over all sessions.
        dealt: how often each deal class came; shape (deal classes,).
        notes: how often each of `NOTES` came.
        seat_aggregates: over the sessions of every seat; empty where sessions are their own tables.
        at_tables: over tables; None where sessions are their own tables.
    """

    aggregates: Aggregates
    dealt: NDArray[np.int64]
    notes: Mapping[str, int]
    seat_aggregates: tuple[Aggregates, ...] = ()
    at_tables: TableSums | None = None

    @classmethod
    def of(
        cls,
        plan: SessionPlan,
        run: RunDirectory,
        stored: StoredSessions,
        watch: Callable[[int], None],
    ) -> Self:
        """Add up a run, in bounded memory.

        Args:
            plan: what was played.
            run: where.
            stored: its sessions.
            watch: told often how many sessions are done; what it raises comes through.

        Raises:
            RunDirectoryError: a part of the run cannot be read, or there is no room for tables of
                very many different profits.
        """
        try:
            return cls._of(plan, run, stored, watch)
        except OSError as error:
            raise explained(error, run.path) from error

    @classmethod
    def _of(
        cls,
        plan: SessionPlan,
        run: RunDirectory,
        stored: StoredSessions,
        watch: Callable[[int], None],
    ) -> Self:
        # A run that is kept where nothing can be written is added up elsewhere.
        directory = run.path if os.access(run.path, os.W_OK) else Path(tempfile.gettempdir())
        seats = range(plan.seats) if plan.deals_cards else range(0)
        adders = [AggregateAdder(directory) for _ in (seats or range(1))]
        at_tables = TableAdder(plan.seats)
        summed = 0
        for records in stored.in_order():
            watch(summed)
            _refuse_impossible(records, plan, run.path)
            if plan.deals_cards:
                for seat in seats:
                    adders[seat].add(records[records["seat"] == seat])
                at_tables.add(records)
            else:
                adders[0].add(records)
            summed += len(records)
        whole = [adder.whole() for adder in adders]
        counts = np.zeros(plan.deal_classes + len(NOTES), dtype=np.int64)
        for block in range(len(stored.ledger)):
            counts += run.counts(block)
        watch(summed)
        return cls(
            aggregates=reduce(lambda one, other: one.merged(other, directory), whole),
            dealt=counts[: plan.deal_classes],
            notes=dict(zip(NOTES, counts[plan.deal_classes :].tolist(), strict=True)),
            seat_aggregates=tuple(whole) if plan.deals_cards else (),
            at_tables=at_tables.sums(),
        )


def _refuse_impossible(records: NDArray[Any], plan: SessionPlan, path: Path) -> None:
    """See that records, whose digests anyone can make who writes the files, can be a run's."""
    is_possible = records["stop_reason"].max() < len(StopReason)
    if plan.deals_cards:
        is_possible &= records["table"].max() < plan.table_count
        is_possible &= records["seat"].max() < plan.seats
    if not is_possible:
        raise RunDirectoryError(f"{path}: its sessions are none that can be played")
