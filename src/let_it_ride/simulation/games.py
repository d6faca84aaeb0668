"""What plays tables: a deal class for each round of a session, or real cards for all seats."""

from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.card_classes import card_classes
from let_it_ride.plan import CARD_ROUNDS_AT_ONCE, ROUNDS_AT_ONCE, SESSIONS_AT_ONCE, SessionPlan
from let_it_ride.simulation.compiled import load_kernel, load_table_kernel
from let_it_ride.simulation.records import NOTES, PLACE_COLUMNS, PLAYED_COLUMNS

PLACED_COLUMNS: Final = (*PLAYED_COLUMNS, *PLACE_COLUMNS)

# What is held of a session takes more room where it has a place, and must be put in order.
_PLACED_SESSIONS_AT_ONCE: Final = 1 << 16


class Played(NamedTuple):
    """What some tables gave, or a part of it; the next part takes the place of the arrays.

    Attributes:
        sessions: those that ended, in the order of their ids, with `PLACED_COLUMNS`; tables of one
            session that deal no cards leave the last two out.
        counts: how often each deal class came meanwhile, and then each of `NOTES`.
    """

    sessions: NDArray[np.int64]
    counts: NDArray[np.uint32]


class Game(Protocol):
    """Plays tables of a plan."""

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Iterator[Played]:
        """Play a table for each seed, part by part; their ids follow the first one's.

        A part takes some 20 ms and has a bounded size, whatever the plan is. Sessions are in the
        order of their tables; at a table in the order in which they end, by seat where they end in
        the same round; and by seat alone where every seat plays one session.
        """


def game_of(plan: SessionPlan) -> Game:
    """What plays the tables of a plan."""
    return TableGame(plan) if plan.deals_cards else SessionGame(plan)


class SessionGame:
    """Plays tables of one session from deal classes."""

    def __init__(self, plan: SessionPlan) -> None:
        self._tables = plan.tables
        kernel = load_kernel()
        self._kernel, self._room = kernel.play_sessions, kernel.Room.new()
        in_time = max(1, ROUNDS_AT_ONCE // plan.tables.hand_limit)
        at_once = min(in_time, SESSIONS_AT_ONCE, plan.block_tables)
        # Every call plays into the same memory: fresh pages for each would cost more than
        # writing them to the disk does.
        self._sessions = np.empty((at_once, len(PLAYED_COLUMNS)), dtype=np.int64)
        self._counts = np.empty(plan.deal_classes + len(NOTES), dtype=np.uint32)

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Iterator[Played]:
        """Play a session for each seed."""
        at_once, counts = len(self._sessions), self._counts
        dealt, notes = np.split(counts, [-len(NOTES)])
        for start in range(0, len(seeds), at_once):
            some = seeds[start : start + at_once]
            sessions = self._sessions[: len(some)]
            counts.fill(0)
            first = first_table + start
            self._kernel(self._tables, some, first, sessions, dealt, notes, self._room)
            yield Played(sessions, counts)


class TableGame:
    """Plays tables with real cards."""

    def __init__(self, plan: SessionPlan) -> None:
        self._plan = plan
        kernel = load_table_kernel()
        self._kernel, self._room = kernel.play_tables, kernel.TableRoom.new()
        self._classes = card_classes()
        # In the last column is the round in which a session ended, which puts them in order.
        room = (_PLACED_SESSIONS_AT_ONCE, len(PLACED_COLUMNS) + 1)
        self._sessions = np.empty(room, dtype=np.int64)
        self._counts = np.empty(plan.deal_classes + len(NOTES), dtype=np.uint32)

    def play(self, seeds: NDArray[np.uint32], first_table: int) -> Iterator[Played]:
        """Play a table for each seed; how many sessions that gives may be chance."""
        plan, counts = self._plan, self._counts
        dealt, notes = np.split(counts, [-len(NOTES)])
        at = self._room.at
        at.fill(0)
        while at[0] < len(seeds):
            counts.fill(0)
            ended = self._kernel(
                plan.tables,
                self._classes,
                plan.seats,
                plan.total_rounds,
                seeds,
                first_table,
                CARD_ROUNDS_AT_ONCE,
                self._sessions,
                dealt,
                notes,
                self._room,
            )
            yield Played(self._in_order(self._sessions[:ended]), counts)

    def _in_order(self, sessions: NDArray[np.int64]) -> NDArray[np.int64]:
        """Sessions of the kernel in the order of their ids, without their last column."""
        *_, table, seat, ended_in = sessions.T
        if self._plan.total_rounds:
            place = (table * (self._plan.total_rounds + 1) + ended_in) * self._plan.seats + seat
            sessions = sessions[np.argsort(place, kind="stable")]
        return sessions[:, :-1]
