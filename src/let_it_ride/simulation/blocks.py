"""Playing a run block by block: what the sequential path, every worker and the proof share."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS, record_for
from let_it_ride.simulation.run_directory import FinishedBlock, RunDirectory, block_digest


@dataclass(frozen=True, eq=False)
class PlayedBlock:
    """What playing a block gave.

    Attributes:
        block: its number.
        records: one for every session.
        counts: how often each deal class came, and then each of `NOTES`.
        rounds: rounds played in all.
    """

    block: int
    records: NDArray[Any]
    counts: NDArray[np.uint32]
    rounds: int

    def finished(self) -> FinishedBlock:
        """Its line in the ledger."""
        return FinishedBlock(
            self.block, len(self.records), self.rounds, block_digest(self.records, self.counts)
        )


class BlockPlayer:
    """Plays the blocks of a run, each from its seeds alone."""

    def __init__(self, plan: SessionPlan, run: RunDirectory) -> None:
        self._plan = plan
        self._run = run
        kernel = load_kernel()
        self._play, self._room = kernel.play_sessions, kernel.Room.new()
        # Every block is played into the same memory: fresh pages for each would cost more than
        # writing them to the disk does.
        self._sessions = np.empty((plan.block_sessions, len(PLAYED_COLUMNS)), dtype=np.int64)
        self._records = np.empty(plan.block_sessions, dtype=record_for(plan.largest_amount))
        self._counts = np.empty(plan.deal_classes + len(NOTES), dtype=np.uint32)

    def play(self, block: int) -> PlayedBlock:
        """Play a block; nothing is written, and the next block takes the place of its arrays."""
        sessions = self._plan.block_range(block)
        seeds = self._run.seeds(sessions.start, len(sessions))
        played, records = self._sessions[: len(sessions)], self._records[: len(sessions)]
        self._counts.fill(0)
        dealt, notes = np.split(self._counts, [self._plan.deal_classes])
        self._play(self._plan.tables, seeds, sessions.start, played, dealt, notes, self._room)
        for column, name in enumerate(PLAYED_COLUMNS):
            records[name] = played[:, column]
        records["seed"] = seeds
        return PlayedBlock(block, records, self._counts, int(dealt.sum(dtype=np.int64)))

    def play_and_write(self, block: int) -> FinishedBlock:
        """Play a block and write it in its place; the ledger is the main process's to write."""
        played = self.play(block)
        self._run.write_block(block, played.records, played.counts)
        return played.finished()
