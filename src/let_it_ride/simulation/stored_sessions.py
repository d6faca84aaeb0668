"""The records of a run by the ids of their sessions, wherever in the file their blocks lie."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.run_directory import RECORDS_AT_ONCE, RunDirectory

if TYPE_CHECKING:
    from let_it_ride.simulation.ledger import FinishedBlock


class StoredSessions:
    """The sessions of a run whose blocks are all there.

    Attributes:
        ledger: its blocks in order.
    """

    def __init__(self, run: RunDirectory) -> None:
        """Look up what there is.

        Raises:
            RunDirectoryError: a block is missing, or the ledger cannot be read.
        """
        self._run = run
        ledger = run.ledger()
        if missing := run.blocks - len(ledger):
            raise RunDirectoryError(f"{run.path}: {missing} blocks of the run are missing")
        self.ledger: tuple[FinishedBlock, ...] = tuple(ledger.values())
        self._firsts = [0, *accumulate(entry.sessions for entry in self.ledger)]

    def __len__(self) -> int:
        """How many sessions there are."""
        return self._firsts[-1]

    def first_of(self, block: int) -> int:
        """The id of a block's first session."""
        return self._firsts[block]

    def of_block(self, block: int, first: int = 0) -> Iterator[NDArray[Any]]:
        """The records of a block, from one of them on, in arrays of bounded size."""
        entry = self.ledger[block]
        yield from self._run.pages(entry.place + first, entry.sessions - first)

    def some_of_block(self, block: int, first: int, count: int) -> NDArray[Any]:
        """So many records of a block, from one of them on, or as many as are left."""
        entry = self.ledger[block]
        return self._run.records(entry.place + first, max(min(count, entry.sessions - first), 0))

    def between(self, first: int, end: int) -> Iterator[NDArray[Any]]:
        """The records of the sessions from one up to another, in arrays of bounded size."""
        while first < end:
            block = bisect_right(self._firsts, first) - 1
            count = min(end - first, RECORDS_AT_ONCE)
            some = self.some_of_block(block, first - self._firsts[block], count)
            yield some
            first += len(some)

    def one(self, session: int) -> NDArray[Any]:
        """The record of one session; shape (1,)."""
        return next(self.between(session, session + 1))

    def in_order(
        self, read: Callable[[int], Iterator[NDArray[Any]]] | None = None
    ) -> Iterator[NDArray[Any]]:
        """All records in the order of their sessions, in arrays of bounded size.

        Args:
            read: what reads a block, page by page, if not `of_block`.
        """
        read = read or self.of_block
        some: list[NDArray[Any]] = []
        size = 0
        for block, entry in enumerate(self.ledger):
            if some and size + entry.sessions > RECORDS_AT_ONCE:
                yield np.concatenate(some)
                some, size = [], 0
            for records in read(block):
                if len(records) == RECORDS_AT_ONCE:
                    yield records
                else:
                    some.append(records)
                    size += len(records)
        if some:
            yield np.concatenate(some)
