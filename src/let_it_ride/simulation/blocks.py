"""Playing a run block by block: what the sequential path, every worker and the proof share."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.block_digest import BlockDigest
from let_it_ride.simulation.games import PLACED_COLUMNS, game_of
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.records import NOTES, record_for
from let_it_ride.simulation.run_directory import RunDirectory


class PlayedBlock:
    """A block that is played piece by piece.

    Attributes:
        block: its number.
        counts: how often each deal class came so far, and then each of `NOTES`.
        sessions: how many of its sessions have ended.
    """

    def __init__(
        self, block: int, pieces: Iterator[NDArray[Any]], counts: NDArray[np.uint32]
    ) -> None:
        self.block = block
        self.counts = counts
        self.sessions = 0
        self._pieces = pieces
        self._digest = BlockDigest()

    def __iter__(self) -> Iterator[NDArray[Any]]:
        """Play on, and yield one piece of the records after the other, in the same memory."""
        for records in self._pieces:
            self._digest.add(records)
            self.sessions += len(records)
            yield records

    @property
    def digest(self) -> str:
        """Its digest, when it has been played to its end."""
        return self._digest.whole(self.counts)

    def finished(self, place: int) -> FinishedBlock:
        """Its line in the ledger, when it has been played, with its records at this place."""
        rounds = int(self.counts[: -len(NOTES)].sum(dtype=np.int64))
        return FinishedBlock(self.block, place, self.sessions, rounds, self.digest)


class BlockPlayer:
    """Plays the blocks of a run, each from its seeds alone."""

    def __init__(self, plan: SessionPlan, run: RunDirectory) -> None:
        self._plan = plan
        self._run = run
        self._game = game_of(plan)
        self._records = np.empty(0, record_for(plan.largest_amount, placed=plan.deals_cards))

    def play(
        self, block: int, seeds: NDArray[np.uint32], watch: Callable[[], None] = lambda: None
    ) -> PlayedBlock:
        """Begin to play a block; nothing is written.

        Args:
            block: its number.
            seeds: those of its tables.
            watch: called after every piece, some 20 ms; what it raises comes through.
        """
        counts = np.zeros(self._plan.deal_classes + len(NOTES), dtype=np.uint32)
        return PlayedBlock(block, self._pieces(block, seeds, counts, watch), counts)

    def play_and_write(self, block: int, watch: Callable[[], None] = lambda: None) -> FinishedBlock:
        """Play a block from the seeds that are written, and write it in its place.

        The ledger is the main process's to write.

        Args:
            block: its number.
            watch: called after every piece, some 20 ms; what it raises comes through.
        """
        tables = self._plan.block_range(block)
        played = self.play(block, self._run.seeds(tables.start, len(tables)), watch)
        return played.finished(self._run.write_block(block, played, played.counts))

    def _pieces(
        self,
        block: int,
        seeds: NDArray[np.uint32],
        counts: NDArray[np.uint32],
        watch: Callable[[], None],
    ) -> Iterator[NDArray[Any]]:
        """Play a block and raise its counts."""
        plan = self._plan
        first, played = plan.block_range(block).start, 0
        for sessions, some_counts in self._game.play(seeds, first):
            counts += some_counts
            if len(sessions) > len(self._records):
                self._records = np.empty(len(sessions), self._records.dtype)
            records = self._records[: len(sessions)]
            for name, column in zip(PLACED_COLUMNS, sessions.T, strict=False):
                records[name] = column
            if plan.deals_cards:
                records["seed"] = seeds[records["table"] - first]
            else:
                records["seed"] = seeds[played : played + len(records)]
            played += len(records)
            yield records
            watch()
