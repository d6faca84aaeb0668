"""Playing a run block by block: what the sequential path, every worker and the proof share."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.games import PLACED_COLUMNS, game_of
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.records import record_for
from let_it_ride.simulation.run_directory import RunDirectory, block_digest


@dataclass(frozen=True, eq=False)
class PlayedBlock:
    """What playing a block gave.

    Attributes:
        block: its number.
        records: one for every session.
        counts: how often each deal class came, and then each of `NOTES`.
        rounds: rounds played in all, by every seat for itself.
    """

    block: int
    records: NDArray[Any]
    counts: NDArray[np.uint32]
    rounds: int

    def finished(self, place: int) -> FinishedBlock:
        """Its line in the ledger, with its records at this place."""
        digest = block_digest(self.records, self.counts)
        return FinishedBlock(self.block, place, len(self.records), self.rounds, digest)


class BlockPlayer:
    """Plays the blocks of a run, each from its seeds alone."""

    def __init__(self, plan: SessionPlan, run: RunDirectory) -> None:
        self._plan = plan
        self._run = run
        self._game = game_of(plan)
        self._records = np.empty(0, record_for(plan.largest_amount, placed=plan.deals_cards))

    def play(self, block: int) -> PlayedBlock:
        """Play a block; nothing is written, and the next block takes the place of its arrays."""
        plan = self._plan
        tables = plan.block_range(block)
        seeds = self._run.seeds(tables.start, len(tables))
        sessions, counts = self._game.play(seeds, tables.start)
        if len(sessions) > len(self._records):
            self._records = np.empty(len(sessions), self._records.dtype)
        records = self._records[: len(sessions)]
        for name, column in zip(PLACED_COLUMNS, sessions.T, strict=False):
            records[name] = column
        records["seed"] = seeds[records["table"] - tables.start] if plan.deals_cards else seeds
        rounds = counts[: plan.deal_classes].sum(dtype=np.int64)
        return PlayedBlock(block, records, counts, int(rounds))

    def play_and_write(self, block: int) -> FinishedBlock:
        """Play a block and write it in its place; the ledger is the main process's to write."""
        played = self.play(block)
        place = self._run.write_block(block, played.records, played.counts)
        return played.finished(place)
