"""Where in the files of a run everything stands, which follows from its plan."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.records import NOTES, record_for

SEED: Final = np.dtype("<u4")
COUNT: Final = np.dtype("<u4")

#: A line of the ledger takes about so many bytes.
_LEDGER_LINE: Final = 120


@dataclass(frozen=True, slots=True)
class RunLayout:
    """Where in its files a run has what.

    Attributes:
        tables: tables in all.
        block_tables: tables in a block, the last block apart.
        sessions_at_table: how many sessions a table gives; None where that is chance.
        counts: how many counts a block has.
        record: the record of a session.
    """

    tables: int
    block_tables: int
    sessions_at_table: int | None
    counts: int
    record: np.dtype[Any]

    @classmethod
    def of(cls, plan: SessionPlan) -> "RunLayout":
        """The layout of a plan's run."""
        return cls(
            plan.table_count,
            plan.block_tables,
            plan.sessions_at_table,
            plan.deal_classes + len(NOTES),
            record_for(plan.largest_amount, placed=plan.deals_cards),
        )

    @property
    def blocks(self) -> int:
        """How many blocks the run has."""
        return -(-self.tables // self.block_tables)

    @property
    def size(self) -> int:
        """What the files of the run take when it is whole; at least, where that is chance."""
        # Where it is chance, a table gives one session for certain.
        sessions = self.tables * (self.sessions_at_table or 1)
        of_blocks = self.blocks * (self.counts * COUNT.itemsize + _LEDGER_LINE)
        return self.tables * SEED.itemsize + sessions * self.record.itemsize + of_blocks
