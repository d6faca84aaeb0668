"""Everything that is added up over the sessions of a run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates
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
        """Add up a run; `watch` is told often how many sessions are done, and may raise."""
        seats = range(plan.seats) if plan.deals_cards else range(0)
        whole = [Aggregates() for _ in (seats or range(1))]
        at_tables = TableAdder(plan.seats)
        summed = 0
        for records in stored.in_order():
            watch(summed)
            if plan.deals_cards:
                parts = [records[records["seat"] == seat] for seat in seats]
                at_tables.add(records)
            else:
                parts = [records]
            whole = [
                added.merged(Aggregates.of(part)) for added, part in zip(whole, parts, strict=True)
            ]
            summed += len(records)
        counts = np.zeros(plan.deal_classes + len(NOTES), dtype=np.int64)
        for block in range(len(stored.ledger)):
            counts += run.counts(block)
        watch(summed)
        return cls(
            aggregates=reduce(Aggregates.merged, whole),
            dealt=counts[: plan.deal_classes],
            notes=dict(zip(NOTES, counts[plan.deal_classes :].tolist(), strict=True)),
            seat_aggregates=tuple(whole) if plan.deals_cards else (),
            at_tables=at_tables.sums(),
        )
