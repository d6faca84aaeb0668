"""Playing a run block by block: what the sequential path, every worker and the proof share."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.records import record_for
from let_it_ride.simulation.run_directory import FinishedBlock, RunDirectory, block_digest


@dataclass(frozen=True, eq=False)
class PlayedBlock:
    """What playing a block gave.

    Attributes:
        block: its number.
        records: one for every session.
        dealt: how often each deal class came.
        rounds: rounds played in all.
    """

    block: int
    records: NDArray[Any]
    dealt: NDArray[np.uint32]
    rounds: int

    def finished(self) -> FinishedBlock:
        """Its line in the ledger."""
        return FinishedBlock(
            self.block, len(self.records), self.rounds, block_digest(self.records, self.dealt)
        )


class BlockPlayer:
    """Plays the blocks of a run, each from its seeds alone."""

    def __init__(self, plan: SessionPlan, run: RunDirectory) -> None:
        self._plan = plan
        self._run = run
        self._play = load_kernel().play_sessions
        # Every block is played into the same memory: fresh pages for each would cost more than
        # writing them to the disk does.
        self._records = np.empty(plan.block_sessions, dtype=record_for(plan.largest_amount))
        self._dealt = np.empty(len(plan.tables.main_units), dtype=np.uint32)

    def play(self, block: int) -> PlayedBlock:
        """Play a block; nothing is written, and the next block takes the place of its arrays."""
        sessions = self._plan.block_range(block)
        seeds = self._run.seeds(sessions.start, len(sessions))
        records, dealt = self._records[: len(sessions)], self._dealt
        dealt.fill(0)
        rounds = self._play(self._plan.tables, seeds, sessions.start, records, dealt)
        return PlayedBlock(block, records, dealt, rounds)

    def play_and_write(self, block: int) -> FinishedBlock:
        """Play a block and write it in its place; the ledger is the main process's to write."""
        played = self.play(block)
        self._run.write_block(block, played.records, played.dealt)
        return played.finished()
