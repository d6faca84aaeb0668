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
from let_it_ride.simulation.rounds import State, play_round, reason_to_stop
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
        sessions: filled, by session, with the places `PROFIT` to `HANDS` of its state, and then why
            it ended; shape (sessions, 8).
        dealt: raised by one at each round's deal class; shape (deal classes,).
        notes: raised by the counts of the sessions' states, from `BET_FAILURES` on; shape (3,).
        room: what to work in.
    """
    stream, classes, formulas = room
    alias, hand_limit = tables.alias, tables.hand_limit
    profit_by_class, tally_by_class = tables.profit_by_class, tables.tally_by_class
    # No condition stops a session before it has played its hands while lower < profit < win_at.
    lower = max(tables.loss_at, 3 * tables.bet_floor - tables.starting_bankroll - 1)
    span = _U64(tables.win_at - lower - 1)
    # Where every round is staked alike, this holds while profit is above `cramped`, where money
    # is short, and below the win limit.
    first_bet, first_bonus = tables.betting.bets[0], tables.bonus.amounts[0]
    cramped = max(lower, 3 * first_bet + first_bonus - tables.starting_bankroll - 1)
    easy_span = _U64(max(tables.win_at - cramped - 1, 0)) if tables.is_constant else _U64(0)

    bet_failures = bonus_failures = jackpots = 0
    for i in range(len(seeds)):
        open_stream(stream, tables.generator, seeds[_INDEX(i)], first_session + i, 0)
        hands = drawn = k = 0
        profit = peak = drawdown = tally = 0
        while k == drawn and hands < hand_limit and _U64(profit - cramped - 1) < easy_span:
            drawn, k = min(_DRAWS_AT_ONCE, hand_limit - hands), 0
            draw_classes(stream, alias, classes, drawn)
            while k < drawn and _U64(profit - cramped - 1) < easy_span:
                deal = _INDEX(classes[_INDEX(k)])
                dealt[deal] += np.uint32(1)
                tally += tally_by_class[deal]
                profit += profit_by_class[deal]
                peak = max(peak, profit)
                drawdown = max(drawdown, peak - profit)
                k += 1
            hands += k

        state = State(
            profit,
            peak,
            drawdown,
            first_bet * (tally & _TALLY_MASK),
            first_bonus * hands,
            first_bonus * (tally >> _TALLY_BITS),
            hands,
            0,
            0,
            tables.meter.start,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            bet_failures,
            bonus_failures,
            jackpots,
        )
        while state.hands < hand_limit and _U64(state.profit - lower - 1) < span:
            if k == drawn:
                drawn, k = min(_DRAWS_AT_ONCE, hand_limit - state.hands), 0
                draw_classes(stream, alias, classes, drawn)
            if tables.is_plain:
                while k < drawn and _U64(state.profit - lower - 1) < span:
                    deal = _INDEX(classes[_INDEX(k)])
                    dealt[deal] += np.uint32(1)
                    state = play_round(tables, state, deal, formulas, True)
                    k += 1
            else:
                while k < drawn and _U64(state.profit - lower - 1) < span:
                    deal = _INDEX(classes[_INDEX(k)])
                    dealt[deal] += np.uint32(1)
                    state = play_round(tables, state, deal, formulas, False)
                    k += 1
        reason = reason_to_stop(tables, state)

        session = sessions[_INDEX(i)]
        session[0], session[1], session[2] = state.profit, state.peak, state.max_drawdown
        session[3], session[4] = state.main_wagered, state.bonus_wagered
        session[5], session[6], session[7] = state.bonus_profit, state.hands, reason
        bet_failures, bonus_failures = state.bet_failures, state.bonus_failures
        jackpots = state.jackpots
    notes[0] += bet_failures
    notes[1] += bonus_failures
    notes[2] += jackpots
