"""Reading the blocks of a run again, each held against its digest and its seeds."""

from collections.abc import Generator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.block_digest import BlockDigest
from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_directory import RunDirectory


class DamagedBlockError(Exception):
    """A block is not as it was written, or was not played from its seeds."""


class BlockReader:
    """Reads blocks that are finished; what is not as it must be does not come through whole."""

    def __init__(self, plan: SessionPlan, run: RunDirectory) -> None:
        self._plan = plan
        self._run = run

    def pages(
        self, entry: FinishedBlock, seeds: NDArray[np.uint32]
    ) -> Generator[NDArray[np.void], None, NDArray[np.uint32]]:
        """The records of a block, page by page, the last page when all is known to be right.

        Args:
            entry: the block.
            seeds: those of its tables, as they are drawn, whatever the files say.

        Returns:
            Its counts.

        Raises:
            DamagedBlockError: the files do not hold what was entered to the last bit, or they do,
                and it was played from other seeds, or is nothing that can be played.
        """
        digest, read = BlockDigest(), 0
        try:
            counts = self._run.counts(entry.block)
            for records in self._run.pages(entry.place, entry.sessions):
                digest.add(records)
                is_right = self._can_be(records, entry.block, seeds, read)
                read += len(records)
                if read == entry.sessions:
                    is_right = is_right and digest.whole(counts) == entry.sha256
                if not is_right:
                    raise DamagedBlockError
                yield records
        except RunDirectoryError as error:
            raise DamagedBlockError from error
        return counts

    def _can_be(
        self, records: NDArray[Any], block: int, seeds: NDArray[np.uint32], before: int
    ) -> bool:
        """Whether records can be what is played from seeds, of which so many were used before."""
        if records["stop_reason"].max() >= len(StopReason):
            return False
        if not self._plan.deals_cards:
            drawn = seeds[before : before + len(records)]
            return bool(np.array_equal(records["seed"], drawn))
        tables = records["table"].astype(np.int64) - self._plan.block_range(block).start
        are_there = tables[0] >= 0 and tables[-1] < len(seeds) and (np.diff(tables) >= 0).all()
        return bool(
            are_there
            and records["seat"].max() < self._plan.seats
            and np.array_equal(records["seed"], seeds[tables])
        )
