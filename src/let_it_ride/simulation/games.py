"""What plays tables: a deal class for each round of a session, or real cards for all seats."""

from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.card_classes import card_classes
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.compiled import load_kernel, load_table_kernel
from let_it_ride.simulation.records import NOTES, PLACE_COLUMNS, PLAYED_COLUMNS

PLACED_COLUMNS: Final = (*PLAYED_COLUMNS, *PLACE_COLUMNS)
_TABLE, _SEAT = (PLACED_COLUMNS.index(name) for name in PLACE_COLUMNS)


class Played(NamedTuple):
    """Some tables that were played; the next call takes the place of the arrays.

    Attributes:
        sessions: in the order of their ids, with `PLACED_COLUMNS`; tables of one session that
            deal no cards leave the last two out.
        counts: how often each deal class came, and then each of `NOTES`.
    """

    sessions: NDArray[np.int64]
    counts: NDArray[np.uint32]


class Game(Protocol):
    """Plays tables of a plan."""

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Played:
        """Play a table for each seed; their ids follow the first one's."""


def game_of(plan: SessionPlan) -> Game:
    """What plays the tables of a plan."""
    return TableGame(plan) if plan.deals_cards else SessionGame(plan)


class SessionGame:
    """Plays tables of one session from deal classes."""

    def __init__(self, plan: SessionPlan) -> None:
        self._tables = plan.tables
        kernel = load_kernel()
        self._kernel, self._room = kernel.play_sessions, kernel.Room.new()
        # Every call plays into the same memory: fresh pages for each would cost more than
        # writing them to the disk does.
        self._sessions = np.empty((plan.block_tables, len(PLAYED_COLUMNS)), dtype=np.int64)
        self._counts = np.empty(plan.deal_classes + len(NOTES), dtype=np.uint32)

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Played:
        """Play a session for each seed; at most a block of them."""
        sessions, counts = self._sessions[: len(seeds)], self._counts
        counts.fill(0)
        dealt, notes = np.split(counts, [-len(NOTES)])
        self._kernel(self._tables, seeds, first_table, sessions, dealt, notes, self._room)
        return Played(sessions, counts)


class TableGame:
    """Plays tables with real cards."""

    def __init__(self, plan: SessionPlan) -> None:
        self._plan = plan
        kernel = load_table_kernel()
        self._kernel, self._room = kernel.play_tables, kernel.TableRoom.new()
        self._classes = card_classes()
        sessions = plan.block_tables * (plan.sessions_at_table or 2 * plan.seats)
        self._sessions = np.empty((sessions, len(PLACED_COLUMNS)), dtype=np.int64)
        self._counts = np.empty(plan.deal_classes + len(NOTES), dtype=np.uint32)

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Played:
        """Play a table for each seed; how many sessions that gives may be chance."""
        while (ended := self._try(seeds, first_table)) > len(self._sessions):
            # One in eight more, since other blocks have more yet.
            room = (ended + (ended >> 3), len(PLACED_COLUMNS))
            self._sessions = np.empty(room, dtype=np.int64)
        sessions = self._sessions[:ended]
        # They come as they end; the sort leaves those of one seat in that order.
        order = np.lexsort((sessions[:, _SEAT], sessions[:, _TABLE]))
        return Played(sessions[order], self._counts)

    def count_sessions(self, seeds: NDArray[np.uint32], first_table: int) -> int:
        """How many sessions some tables give; they are played to find out."""
        return self._try(seeds, first_table)

    def _try(self, seeds: NDArray[np.uint32], first_table: int) -> int:
        """Play, and return how many sessions there are, of which some may have found no room."""
        plan = self._plan
        self._counts.fill(0)
        dealt, notes = np.split(self._counts, [-len(NOTES)])
        ended: int = self._kernel(
            plan.tables,
            self._classes,
            plan.seats,
            plan.total_rounds,
            seeds,
            first_table,
            self._sessions,
            dealt,
            notes,
            self._room,
        )
        return ended
