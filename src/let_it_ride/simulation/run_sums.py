"""Everything that is added up over the sessions of a run."""

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import AggregateAdder, Aggregates
from let_it_ride.simulation.block_reading import BlockReader, DamagedBlockError
from let_it_ride.simulation.errors import DamagedBlocksError
from let_it_ride.simulation.extremes import Extremes, ExtremesFinder
from let_it_ride.simulation.raw_files import explained
from let_it_ride.simulation.records import NOTES
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.seeds import seeds_of
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.table_sums import TableAdder, TableSums


@dataclass(frozen=True, eq=False)
class RunSums:
    """The exact sums of a run.

    Attributes:
        aggregates: over all sessions.
        dealt: how often each deal class came; shape (deal classes,).
        notes: how often each of `NOTES` came.
        extremes: the sessions that went furthest.
        seat_aggregates: over the sessions of every seat; empty where sessions are their own tables.
        at_tables: over tables; None where sessions are their own tables.
    """

    aggregates: Aggregates
    dealt: NDArray[np.int64]
    notes: Mapping[str, int]
    extremes: Extremes
    seat_aggregates: tuple[Aggregates, ...] = ()
    at_tables: TableSums | None = None

    @classmethod
    def of(
        cls,
        plan: SessionPlan,
        run: RunDirectory,
        stored: StoredSessions,
        base_seed: int,
        watch: Callable[[int], None],
    ) -> Self:
        """Add up a run, in bounded memory, and hold what is added up against digests and seeds.

        Args:
            plan: what was played.
            run: where.
            stored: its sessions.
            base_seed: what the seeds are drawn from.
            watch: told often how many sessions are done; what it raises comes through.

        Raises:
            DamagedBlocksError: some of it is not as it was entered, or not played from its seeds.
            RunDirectoryError: there is no room for tables of very many different profits.
        """
        try:
            return cls._of(plan, run, stored, base_seed, watch)
        except OSError as error:
            raise explained(error, run.path) from error

    @classmethod
    def _of(
        cls,
        plan: SessionPlan,
        run: RunDirectory,
        stored: StoredSessions,
        base_seed: int,
        watch: Callable[[int], None],
    ) -> Self:
        # A run that is kept where nothing can be written is added up elsewhere.
        directory = run.path if os.access(run.path, os.W_OK) else Path(tempfile.gettempdir())
        seats = range(plan.seats) if plan.deals_cards else range(0)
        adders = [AggregateAdder(directory) for _ in (seats or range(1))]
        at_tables = TableAdder(plan.seats)
        furthest = ExtremesFinder()
        reading = _Reading(plan, run, stored, base_seed)
        summed = 0
        for records in stored.in_order(reading.block):
            watch(summed)
            if reading.damaged:
                pass  # what is left is only read, to know all that is damaged
            elif plan.deals_cards:
                for seat in seats:
                    adders[seat].add(records[records["seat"] == seat])
                at_tables.add(records)
            else:
                adders[0].add(records)
            furthest.add(records)
            summed += len(records)
        if reading.damaged:
            raise DamagedBlocksError(run.path, reading.damaged)
        whole = [adder.whole() for adder in adders]
        counts = reading.counts
        watch(summed)
        return cls(
            aggregates=reduce(lambda one, other: one.merged(other, directory), whole),
            dealt=counts[: plan.deal_classes],
            notes=dict(zip(NOTES, counts[plan.deal_classes :].tolist(), strict=True)),
            extremes=furthest.found(),
            seat_aggregates=tuple(whole) if plan.deals_cards else (),
            at_tables=at_tables.sums(),
        )


class _Reading:
    """Reads the blocks of a run, one after the other.

    Attributes:
        counts: what deal classes and `NOTES` come to, so far.
        damaged: blocks that are not right, so far.
    """

    def __init__(
        self, plan: SessionPlan, run: RunDirectory, stored: StoredSessions, base_seed: int
    ) -> None:
        self._reader = BlockReader(plan, run)
        self._ledger = stored.ledger
        self._seeds = seeds_of(base_seed, range(plan.table_count), plan.block_tables)
        self.counts = np.zeros(plan.deal_classes + len(NOTES), dtype=np.int64)
        self.damaged: list[int] = []

    def block(self, block: int) -> Iterator[NDArray[Any]]:
        """The records of the next block, page by page."""
        try:
            self.counts += yield from self._reader.pages(self._ledger[block], next(self._seeds))
        except DamagedBlockError:
            self.damaged.append(block)
