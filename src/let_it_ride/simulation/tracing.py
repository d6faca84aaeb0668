"""The compiled loop that plays one session and writes down each of its rounds.

It stakes and settles through `rounds`, and draws through the kernel's own function, so that what it
plays is the session that the kernel plays, however that adds it up. See `compiled` for how to get
at it.
"""

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numba import njit

from let_it_ride.simulation.kernel import Room, draw_classes, write_session
from let_it_ride.simulation.rounds import GOING_ON, State, fresh_state, play_round, reason_to_stop
from let_it_ride.simulation.streams import fill, open_stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_INDEX = np.uintp

#: The columns of a traced round, amounts in cents.
#:
#: * deal: its deal class
#: * bet, bonus: what was staked on one circle and on the bonus
#: * main_result, bonus_result: what they brought
#: * profit: where the session stands after it
#: * step, bonus_state: of the betting system and of the bonus policy, before it
#: * meter: what the progressive meter holds after it, in millionths of a cent
#: * bet_failures, bonus_failures: whether a formula gave no number
#: * jackpots: whether it won the meter
ROUND_COLUMNS: Final = (
    "deal",
    "bet",
    "bonus",
    "main_result",
    "bonus_result",
    "profit",
    "step",
    "bonus_state",
    "meter",
    "bet_failures",
    "bonus_failures",
    "jackpots",
)


@njit(cache=True, nogil=True, _nrt=False)
def trace_session(
    tables: "KernelTables",
    seed: int,
    session: int,
    rounds: "NDArray[np.int64]",
    totals: "NDArray[np.int64]",
    room: Room,
) -> None:
    """Play one session.

    Args:
        tables: the plan's arrays and limits.
        seed: the session's own seed.
        session: its id.
        rounds: filled, a row a round, with `ROUND_COLUMNS`; shape (hand limit, 12).
        totals: filled with what the kernel gives of a session; shape (8,).
        room: what to work in.
    """
    stream, classes, formulas = room
    open_stream(stream, tables.generator, seed, session, 0)
    drawn = k = 0
    state = fresh_state(tables)
    reason = reason_to_stop(tables, state)
    while reason == GOING_ON:
        if k == drawn:
            drawn, k = min(len(classes), tables.hand_limit - state.hands), 0
            draw_classes(stream, tables.alias, classes, drawn)
        deal = _INDEX(classes[_INDEX(k)])
        before, state = state, play_round(tables, state, deal, formulas, False)
        k += 1
        write_round(rounds[_INDEX(before.hands)], deal, before, state)
        reason = reason_to_stop(tables, state)
    write_session(totals, state, reason)


@njit(cache=True, nogil=True, _nrt=False)
def write_round(row: Any, deal: Any, before: State, after: State) -> None:
    """Write what a round was, as `ROUND_COLUMNS` has it."""
    row[0] = deal
    row[1], row[2] = after.bet, after.bonus
    row[3], row[4] = after.main_result, after.bonus_result
    row[5] = after.profit
    row[6], row[7] = before.step, before.bonus_state
    row[8] = after.meter
    row[9] = after.bet_failures - before.bet_failures
    row[10] = after.bonus_failures - before.bonus_failures
    row[11] = after.jackpots - before.jackpots


@njit(cache=True, nogil=True, _nrt=False)
def card_words(
    stream: "NDArray[np.uint64]",
    family: int,
    seed: int,
    session: int,
    hand: int,
    words: "NDArray[np.uint64]",
) -> None:
    """Write the first words of the stream that a hand's cards are drawn from.

    Args:
        stream: room for its state.
        family: which generator.
        seed: the session's own seed, or the table's.
        session: its id, or the table's.
        hand: which of its rounds, from 1.
        words: filled; the more of them are asked for, the longer the same beginning.
    """
    open_stream(stream, family, seed, session, hand)
    fill(stream, words, len(words))
