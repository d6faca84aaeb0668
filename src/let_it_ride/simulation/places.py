"""Where in a run a session is: its table, its seat, and how many had that seat before."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.errors import NoSuchSessionError
from let_it_ride.simulation.games import TableGame
from let_it_ride.simulation.seeds import seed_of_table, session_seeds


@dataclass(frozen=True, slots=True)
class SessionPlace:
    """A session of a run.

    Attributes:
        session: its id, from 0.
        table: id of its table; with one seat that nobody else takes, its own.
        seat: which of the table's seats, from 0.
        turn: how many sessions of that seat at that table came before it.
        seed: the table's seed.
    """

    session: int
    table: int
    seat: int
    turn: int
    seed: int


def find_place(plan: SessionPlan, base_seed: int, session: int) -> SessionPlace:
    """The place of a session in the run with this seed.

    Where seats are taken anew, every table before is played to count its sessions.

    Raises:
        NoSuchSessionError: the run has no such session.
    """
    at_table = plan.sessions_at_table
    if at_table is None:
        return _find_by_playing(plan, base_seed, session)
    if not 0 <= session < plan.table_count * at_table:
        raise NoSuchSessionError(session, plan.table_count * at_table)
    table, seat = divmod(session, at_table)
    return SessionPlace(session, table, seat, 0, seed_of_table(base_seed, table))


def places_of(columns: Iterable[NDArray[Any]]) -> Iterator[SessionPlace]:
    """The places of all sessions of a run, by their records in order."""
    session, last, turns = 0, -1, Counter[int]()
    for records in columns:
        is_placed = "table" in (records.dtype.names or ())
        for record in records:
            table, seat = (int(record["table"]), int(record["seat"])) if is_placed else (session, 0)
            if table != last:
                last, turns = table, Counter()
            yield SessionPlace(session, table, seat, turns[seat], int(record["seed"]))
            turns[seat] += 1
            session += 1


def places_at(
    columns: Iterable[NDArray[Any]], sessions: NDArray[np.intp]
) -> Iterator[SessionPlace]:
    """The places of some sessions of a run, whose ids rise, by the records of all in order."""
    first, last, turns = 0, -1, Counter[int]()
    for records in columns:
        begin, end = np.searchsorted(sessions, (first, first + len(records)))
        is_placed = "table" in (records.dtype.names or ())
        if is_placed:
            tables, seats = (np.ascontiguousarray(records[name]) for name in ("table", "seat"))
        for session in sessions[begin:end].tolist():
            row = session - first
            table, seat, turn = session, 0, 0
            if is_placed:
                table, seat = int(tables[row]), int(seats[row])
                since = int(np.searchsorted(tables, tables[row]))
                turn = int(np.count_nonzero(seats[since:row] == seats[row]))
                turn += turns[seat] if table == last else 0
            yield SessionPlace(session, table, seat, turn, int(records["seed"][row]))
        if end == len(sessions):
            return
        if is_placed:
            if tables[-1] != last:
                last, turns = int(tables[-1]), Counter()
            turns.update(seats[tables == last].tolist())
        first += len(records)


def _find_by_playing(plan: SessionPlan, base_seed: int, session: int) -> SessionPlace:
    game = TableGame(plan)
    first = counted = 0
    last, turns = -1, np.zeros(plan.seats, dtype=np.int64)
    for seeds in session_seeds(base_seed, plan.table_count):
        for sessions, _ in game.play(seeds, first):
            tables, seats = sessions[:, -2:].T
            row = session - counted
            if 0 <= row < len(sessions):
                table, seat = int(tables[row]), int(seats[row])
                turn = int(((tables[:row] == table) & (seats[:row] == seat)).sum())
                turn += int(turns[seat]) if table == last else 0
                return SessionPlace(session, table, seat, turn, int(seeds[table - first]))
            counted += len(sessions)
            if tables[-1] != last:
                last = int(tables[-1])
                turns.fill(0)
            turns += np.bincount(seats[tables == last], minlength=plan.seats)
        first += len(seeds)
    raise NoSuchSessionError(session, counted)
