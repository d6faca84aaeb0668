"""Where in a run a session is: its table, its seat, and how many had that seat before."""

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
    session, before, turn = 0, (-1, -1), 0
    for records in columns:
        is_placed = "table" in (records.dtype.names or ())
        for record in records:
            at = (int(record["table"]), int(record["seat"])) if is_placed else (session, 0)
            turn = turn + 1 if at == before else 0
            yield SessionPlace(session, *at, turn, int(record["seed"]))
            session, before = session + 1, at


def _find_by_playing(plan: SessionPlan, base_seed: int, session: int) -> SessionPlace:
    game = TableGame(plan)
    table = counted = 0
    for drawn in session_seeds(base_seed, plan.table_count):
        for start in range(0, len(drawn), plan.block_tables):
            seeds = drawn[start : start + plan.block_tables]
            more = game.count_sessions(seeds, table)
            if 0 <= session < counted + more:
                return _find_among(game, seeds, table, counted, session)
            counted += more
            table += len(seeds)
    raise NoSuchSessionError(session, counted)


def _find_among(
    game: TableGame, seeds: NDArray[np.uint32], first_table: int, counted: int, session: int
) -> SessionPlace:
    sessions, _ = game.play(seeds, first_table)
    row = session - counted
    table, seat = sessions[row, -2:].tolist()
    same = (sessions[:row, -2:] == (table, seat)).all(axis=1)
    return SessionPlace(session, table, seat, int(same.sum()), int(seeds[table - first_table]))
