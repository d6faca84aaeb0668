"""Reading a run again: which of its blocks are there, to the last bit."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.block_reading import BlockReader, DamagedBlockError
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.seeds import seeds_of


class CheckedBlocks(NamedTuple):
    """What reading a run gave.

    Attributes:
        whole: the blocks that are there, in the order in which they were entered.
        damaged: blocks that were entered, and that the files do not hold as they were, or that
            were played from other seeds than the run's.
        has_seeds: whether every block is whole, and so are the seeds.
    """

    whole: list[FinishedBlock]
    damaged: tuple[int, ...]
    has_seeds: bool

    def without(self, blocks: Collection[int]) -> "CheckedBlocks":
        """What it gives where some of the blocks that are there cannot be believed after all."""
        whole = [entry for entry in self.whole if entry.block not in blocks]
        return CheckedBlocks(whole, tuple(sorted({*self.damaged, *blocks})), has_seeds=False)


def check_blocks(
    plan: SessionPlan, run: RunDirectory, base_seed: int, watch: Callable[[int], None]
) -> CheckedBlocks:
    """Read every block that the ledger lists, and hold it against its digest and its seeds.

    Args:
        plan: what was played.
        run: where.
        base_seed: what the seeds are drawn from.
        watch: told how many tables are read; what it raises comes through.

    Raises:
        RunDirectoryError: the ledger cannot be read.
    """
    listed = defaultdict[int, list[int]](list)
    entries = run.entries()
    for line, entry in enumerate(entries):
        listed[entry.block].append(line)
    reader = BlockReader(plan, run)
    whole: list[int] = []
    damaged: list[int] = []
    has_seeds = len(listed) == plan.blocks
    read = 0

    def is_whole(entry: FinishedBlock, seeds: NDArray[np.uint32]) -> bool:
        try:
            for _ in reader.pages(entry, seeds):
                watch(read)
        except DamagedBlockError:
            return False
        return True

    last = plan.block_range(max(listed)).stop if listed else 0
    for block, seeds in enumerate(seeds_of(base_seed, range(last), plan.block_tables)):
        watch(read)
        has_seeds = has_seeds and run.has_seeds(block * plan.block_tables, seeds)
        right = next((line for line in listed[block] if is_whole(entries[line], seeds)), None)
        if right is not None:
            whole.append(right)
            read += len(seeds)
        elif listed[block]:
            damaged.append(block)
            has_seeds = False
    watch(read)
    return CheckedBlocks([entries[line] for line in sorted(whole)], tuple(damaged), has_seeds)


def left_to_play(
    plan: SessionPlan, run: RunDirectory, checked: CheckedBlocks, log: RunLog
) -> Sequence[int]:
    """The blocks that are to be played; the ledger holds only the others from here on."""
    if checked.damaged:
        lost = plan.tables_of(checked.damaged)
        log.note(
            f"{lost:,} {plan.counted} were not as they had been written; they are played again"
        )
    there = {entry.block for entry in checked.whole}
    if len(there) < plan.blocks:
        run.keep_only(checked.whole)  # and no part of a line at the end, which would spoil the next
    else:
        keep_only_whole(run, checked)
    return tuple(block for block in range(plan.blocks) if block not in there)


def keep_only_whole(run: RunDirectory, checked: CheckedBlocks) -> None:
    """Have the ledger name each block once: of two lines the other one can lead elsewhere."""
    if run.entries() != checked.whole:
        run.keep_only(checked.whole)
