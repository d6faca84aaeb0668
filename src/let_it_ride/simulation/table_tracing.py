"""The compiled loop that plays one session at a table and writes down its rounds and their cards.

It deals through the table kernel's own functions and stakes and settles through `rounds`, so that
what it plays is the session that the table kernel plays. See `compiled` for how to get at it.
"""

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from let_it_ride.simulation.kernel import write_session
from let_it_ride.simulation.rounds import GOING_ON, fresh_state, play_round, reason_to_stop
from let_it_ride.simulation.streams import open_stream
from let_it_ride.simulation.table_kernel import (
    TABLE_CLOSED,
    TableRoom,
    community_of,
    deal_class,
    prepare,
    shuffle,
)
from let_it_ride.simulation.tracing import write_round

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.game.card_classes import CardClasses
    from let_it_ride.plan import KernelTables

_INDEX = np.uintp


@njit(cache=True, nogil=True, _nrt=False)
def trace_seat(
    tables: "KernelTables",
    classes: "CardClasses",
    seats: int,
    total_rounds: int,
    seed: int,
    table: int,
    seat: int,
    turn: int,
    progress: "NDArray[np.int64]",
    rounds: "NDArray[np.int64]",
    cards: "NDArray[np.uint8]",
    totals: "NDArray[np.int64]",
    room: TableRoom,
) -> int:
    """Play one session of a seat.

    Args:
        tables: the plan's arrays and limits.
        classes: how cards become deal classes.
        seats: how many there are.
        total_rounds: rounds the table deals, with seats taken anew; 0 where each seat plays one
            session.
        seed: the table's seed.
        table: its id.
        seat: which seat.
        turn: which of that seat's sessions; there must be so many.
        progress: sessions ended, rounds dealt, and halves of words used; as the last call for an
            earlier turn of the same seat left it, with the same room, or zeros; shape (3,).
        rounds: filled, a row a round, with `tracing.ROUND_COLUMNS`; shape (hand limit, 12).
        cards: filled, a row a round, with all that was dealt: two community cards, then three to
            each seat; shape (hand limit, 2 + 3 × seats).
        totals: filled with what the kernel gives of a session; shape (8,).
        room: what to work in.

    Returns:
        How many rounds the table had dealt before the session.
    """
    ended, number, halves = int(progress[0]), int(progress[1]), int(progress[2])
    if number == 0:
        open_stream(room.stream, tables.generator, seed, table, 0)
        prepare(room)
    deck, dealt, before = room.deck, 2 + 3 * seats, number
    state = fresh_state(tables)
    while True:
        halves = shuffle(deck, dealt, room.unfair, room.stream, room.words, halves)
        number += 1
        deal = _INDEX(deal_class(deck, seat, community_of(deck, classes), classes))
        last, state = state, play_round(tables, state, deal, room.formulas, False)
        if ended == turn:
            write_round(rounds[_INDEX(last.hands)], deal, last, state)
            for k in range(dealt):
                cards[_INDEX(last.hands), _INDEX(k)] = np.uint8(deck[_INDEX(k)])
        reason = reason_to_stop(tables, state)
        if reason == GOING_ON and number == total_rounds:
            reason = TABLE_CLOSED
        if reason != GOING_ON:
            if ended == turn or number == total_rounds:
                write_session(totals, state, reason)
                progress[0], progress[1], progress[2] = ended + 1, number, halves
                return before
            ended += 1
            before = number
            state = fresh_state(tables)
