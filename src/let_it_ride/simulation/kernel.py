"""The compiled loop that plays sessions.

Each round takes one draw of the session's stream (see `streams`), which names a deal class through
the alias table, whatever the player then does with it. What a round brings is in `rounds`; where
every round is staked alike, as most are, a shorter loop adds up the same.

The kernels release the GIL and take plain integers and arrays alone. Constants that are compiled in
are spelled out here; tests hold them against their definitions elsewhere.
"""

from typing import TYPE_CHECKING, Any, NamedTuple, Self

import numpy as np
from numba import njit

from let_it_ride.simulation.formulas import ROOM as FORMULA_ROOM
from let_it_ride.simulation.rounds import (
    GOING_ON,
    State,
    fresh_state,
    play_round,
    reason_to_stop,
)
from let_it_ride.simulation.streams import STATE_WORDS, XOSHIRO, next_word, open_stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_U64 = np.uint64
_INDEX = np.uintp

_COLUMN_SHIFT = _U64(52)
_HEIGHT_MASK = _U64((1 << 40) - 1)
_REJECT_FROM = _U64(((1 << 40) // 51_979_200) * 51_979_200)
_THRESHOLD_SHIFT = _U64(24)
_CLASS_BITS = _U64(12)
_CLASS_MASK = _U64((1 << 12) - 1)

_TALLY_BITS = 32
_TALLY_MASK = (1 << 32) - 1

# Rounds are drawn this many at a time: drawing and paying are two short loops that each fit the
# processor's registers, which together run faster than one long loop.
_DRAWS_AT_ONCE = 50


class Room(NamedTuple):
    """What the kernel works in: it allocates nothing itself.

    Attributes:
        stream: state of a session's stream.
        classes: deal classes that are drawn and not yet played.
        formulas: for evaluating a formula.
    """

    stream: "NDArray[np.uint64]"
    classes: "NDArray[np.uint16]"
    formulas: "NDArray[np.float64]"

    @classmethod
    def new(cls) -> Self:
        """Room for one kernel at work."""
        return cls(
            np.empty(STATE_WORDS, dtype=np.uint64),
            np.empty(_DRAWS_AT_ONCE, dtype=np.uint16),
            np.empty(FORMULA_ROOM, dtype=np.float64),
        )


@njit(cache=True, nogil=True, _nrt=False)
def draw_classes(stream: Any, alias: Any, classes: Any, count: Any) -> None:
    """Draw deal classes into ``classes[:count]``."""
    if stream[0] != XOSHIRO:
        for k in range(count):
            draw = next_word(stream)
            while draw & _HEIGHT_MASK >= _REJECT_FROM:
                draw = next_word(stream)
            classes[_INDEX(k)] = _class_of(draw, alias)
        return
    s0, s1, s2, s3 = stream[1], stream[2], stream[3], stream[4]
    for k in range(count):
        while True:
            total = s0 + s3
            draw = ((total << _U64(23)) | (total >> _U64(41))) + s0
            shifted = s1 << _U64(17)
            s2 ^= s0
            s3 ^= s1
            s1 ^= s2
            s0 ^= s3
            s2 ^= shifted
            s3 = (s3 << _U64(45)) | (s3 >> _U64(19))
            if draw & _HEIGHT_MASK < _REJECT_FROM:
                break
        classes[_INDEX(k)] = _class_of(draw, alias)
    stream[1], stream[2], stream[3], stream[4] = s0, s1, s2, s3


@njit(cache=True, nogil=True, _nrt=False)
def _class_of(draw: Any, alias: Any) -> Any:
    row = alias[_INDEX(draw >> _COLUMN_SHIFT)]
    is_alias = _U64(draw & _HEIGHT_MASK >= (row >> _THRESHOLD_SHIFT))
    return (row >> (is_alias * _CLASS_BITS)) & _CLASS_MASK


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def play_stretch(
    tables: "KernelTables", state: State, classes: Any, first: Any, end: Any, dealt: Any, room: Any
) -> Any:
    """Play the rounds of some deals, until they or the session end.

    The hands that the session may still have are for the caller to see to.

    Args:
        tables: the plan's arrays and limits.
        state: where the session stands.
        classes: deal classes.
        first: the place of the first to play.
        end: the place behind the last.
        dealt: raised by one at each round's deal class.
        room: for formulas.

    Returns:
        Where the session stands then, and the place of the next deal.
    """
    # No condition stops a session before it has played its hands while lower < profit < win_at.
    lower = max(tables.loss_at, 3 * tables.bet_floor - tables.starting_bankroll - 1)
    span = _U64(tables.win_at - lower - 1)
    k = first
    if tables.is_constant:
        # While profit is above `cramped`, money is not short and every round is staked alike.
        first_bet, first_bonus = tables.betting.bets[0], tables.bonus.amounts[0]
        cramped = max(lower, 3 * first_bet + first_bonus - tables.starting_bankroll - 1)
        easy_span = _U64(max(tables.win_at - cramped - 1, 0))
        profit, peak, drawdown, tally = state.profit, state.peak, state.max_drawdown, 0
        while k < end and _U64(profit - cramped - 1) < easy_span:
            deal = _INDEX(classes[_INDEX(k)])
            dealt[deal] += np.uint32(1)
            tally += tables.tally_by_class[deal]
            profit += tables.profit_by_class[deal]
            peak = max(peak, profit)
            drawdown = max(drawdown, peak - profit)
            k += 1
        state = State(
            profit,
            peak,
            drawdown,
            state.main_wagered + first_bet * (tally & _TALLY_MASK),
            state.bonus_wagered + first_bonus * (k - first),
            state.bonus_profit + first_bonus * (tally >> _TALLY_BITS),
            state.hands + (k - first),
            0,
            0,
            state.meter,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
        )
    if tables.is_plain:
        while k < end and _U64(state.profit - lower - 1) < span:
            deal = _INDEX(classes[_INDEX(k)])
            dealt[deal] += np.uint32(1)
            state = play_round(tables, state, deal, room, True)
            k += 1
    else:
        while k < end and _U64(state.profit - lower - 1) < span:
            deal = _INDEX(classes[_INDEX(k)])
            dealt[deal] += np.uint32(1)
            state = play_round(tables, state, deal, room, False)
            k += 1
    return state, k


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def write_session(row: Any, state: State, reason: Any) -> None:
    """Write what a session came to, as `records.PLAYED_COLUMNS` has it."""
    row[0], row[1], row[2] = state.profit, state.peak, state.max_drawdown
    row[3], row[4] = state.main_wagered, state.bonus_wagered
    row[5], row[6], row[7] = state.bonus_profit, state.hands, reason


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def write_notes(notes: Any, state: State) -> None:
    """Add a session's counts to the notes."""
    notes[0] += np.uint32(state.bet_failures)
    notes[1] += np.uint32(state.bonus_failures)
    notes[2] += np.uint32(state.jackpots)


@njit(cache=True, nogil=True, _nrt=False)
def play_sessions(
    tables: "KernelTables",
    seeds: "NDArray[np.uint32]",
    first_session: int,
    sessions: "NDArray[np.int64]",
    dealt: "NDArray[np.uint32]",
    notes: "NDArray[np.uint32]",
    room: Room,
) -> None:
    """Play one session for each seed.

    Args:
        tables: the plan's arrays and limits.
        seeds: the sessions' own seeds; shape (sessions,).
        first_session: id of the first session; the others follow.
        sessions: filled by session, as `records.PLAYED_COLUMNS` says; shape (sessions, 8).
        dealt: raised by one at each round's deal class; shape (deal classes,).
        notes: raised by the counts of `records.NOTES`; shape (3,).
        room: what to work in.
    """
    for i in range(len(seeds)):
        open_stream(room.stream, tables.generator, seeds[_INDEX(i)], first_session + i, 0)
        state = fresh_state(tables)
        reason = reason_to_stop(tables, state)
        while reason == GOING_ON:
            drawn = min(_DRAWS_AT_ONCE, tables.hand_limit - state.hands)
            draw_classes(room.stream, tables.alias, room.classes, drawn)
            state, _ = play_stretch(tables, state, room.classes, 0, drawn, dealt, room.formulas)
            reason = reason_to_stop(tables, state)
        write_session(sessions[_INDEX(i)], state, reason)
        write_notes(notes, state)
