"""Reading a run again: which of its blocks are there, to the last bit."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.seeds import session_seeds


class CheckedBlocks(NamedTuple):
    """What reading a run gave.

    Attributes:
        whole: the blocks that are there, in the order in which they were entered.
        damaged: blocks that were entered, and that the files do not hold as they were.
        has_seeds: whether every block is whole, and so are the seeds.
    """

    whole: list[FinishedBlock]
    damaged: tuple[int, ...]
    has_seeds: bool

    def none_whole(self) -> "CheckedBlocks":
        """What it gives where no block that is there can be believed."""
        every = {*self.damaged, *(entry.block for entry in self.whole)}
        return CheckedBlocks([], tuple(sorted(every)), has_seeds=False)


def check_blocks(
    plan: SessionPlan, run: RunDirectory, base_seed: int, watch: Callable[[int], None]
) -> CheckedBlocks:
    """Read every block that the ledger lists and hold it against its digest; then the seeds.

    Args:
        plan: what was played.
        run: where.
        base_seed: what the seeds are drawn from.
        watch: told how many tables are read; what it raises comes through.

    Raises:
        RunDirectoryError: the ledger cannot be read.
    """
    whole: dict[int, FinishedBlock] = {}
    damaged: set[int] = set()
    read = 0
    for entry in run.entries():
        watch(read)
        if entry.block in whole:
            continue
        if run.is_whole(entry, partial(watch, read)):
            whole[entry.block] = entry
            read += len(plan.block_range(entry.block))
        else:
            damaged.add(entry.block)
    has_seeds = len(whole) == plan.blocks and run.has_seeds(
        session_seeds(base_seed, plan.table_count), partial(watch, read)
    )
    watch(read)
    return CheckedBlocks(list(whole.values()), tuple(sorted(damaged - whole.keys())), has_seeds)
