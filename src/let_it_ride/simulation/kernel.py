"""The compiled loop that plays sessions.

A session's random numbers are a xoshiro256++ stream whose 256 bits are four outputs of splitmix64
started at ``seed << 32 | session id``: no two sessions of a run share a stream. Each round takes
one draw, which names a deal class through the alias table, whatever the player then does with it.

D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM TOMS 47 (2021);
G. Steele, D. Lea and C. Flood, Fast splittable pseudorandom number generators, OOPSLA 2014.

The kernel releases the GIL and takes plain integers and arrays alone. numba caches what it
compiles under the source of this file, so the constants that it compiles in are spelled out here;
`tests/unit/simulation/test_kernel.py` holds them against their definitions elsewhere.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from let_it_ride.plan import KernelTables

_U64 = np.uint64
_INDEX = np.uintp

_GOLDEN = _U64(0x9E3779B97F4A7C15)
_COLUMN_SHIFT = _U64(52)
_HEIGHT_MASK = _U64((1 << 40) - 1)
_REJECT_FROM = _U64(((1 << 40) // 51_979_200) * 51_979_200)
_THRESHOLD_SHIFT = _U64(24)
_CLASS_BITS = _U64(12)
_CLASS_MASK = _U64((1 << 12) - 1)

_TALLY_BITS = 32
_TALLY_MASK = (1 << 32) - 1
_WIN_LIMIT, _LOSS_LIMIT, _INSUFFICIENT_FUNDS = 0, 1, 4

# Rounds are drawn this many at a time: drawing and paying are two short loops that each fit the
# processor's registers, which together run faster than one long loop.
_DRAWS_AT_ONCE = 50


@njit(cache=True, nogil=True)
def _splitmix64(state: Any) -> Any:
    z = state
    z = (z ^ (z >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> _U64(27))) * _U64(0x94D049BB133111EB)
    return z ^ (z >> _U64(31))


@njit(cache=True, nogil=True)
def stream_state(seed: Any, session: Any) -> Any:
    """The four words of a session's xoshiro256++ stream."""
    key = (_U64(seed) << _U64(32)) | _U64(session)
    return (
        _splitmix64(key + _GOLDEN),
        _splitmix64(key + _GOLDEN * _U64(2)),
        _splitmix64(key + _GOLDEN * _U64(3)),
        _splitmix64(key + _GOLDEN * _U64(4)),
    )


@njit(cache=True, nogil=True)
def _draw_classes(s0: Any, s1: Any, s2: Any, s3: Any, alias: Any, classes: Any, count: Any) -> Any:
    """Draw deal classes into ``classes[:count]`` and give the state of the stream after them."""
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
            height = draw & _HEIGHT_MASK
            if height < _REJECT_FROM:
                break
        row = alias[_INDEX(draw >> _COLUMN_SHIFT)]
        is_alias = _U64(height >= (row >> _THRESHOLD_SHIFT))
        classes[_INDEX(k)] = (row >> (is_alias * _CLASS_BITS)) & _CLASS_MASK
    return s0, s1, s2, s3


@njit(cache=True, nogil=True)
def affordable(main: Any, bonus: Any, funds: Any, tables: Any) -> Any:
    """Lower wanted bets to what the funds can pay, as a table would insist.

    First the bonus gives way, by its increments and to nothing below its least bet; then the main
    bet, by the bet increment and never below the floor, which the stop checks have made sure of.
    """
    room = funds - 3 * main
    if bonus > room:
        too_much = bonus - room + tables.bonus_increment - 1
        bonus -= too_much // tables.bonus_increment * tables.bonus_increment
        if bonus < max(tables.bonus_minimum, 0):
            bonus = 0
    if room < 0:
        step = 3 * tables.bet_increment
        main -= (step - 1 - room) // step * tables.bet_increment
        main = max(main, tables.bet_floor)
    return main, bonus


@njit(cache=True, nogil=True)
def play_sessions(
    tables: "KernelTables",
    seeds: "NDArray[np.uint32]",
    first_session: int,
    records: "NDArray[np.void]",
    dealt: "NDArray[np.uint32]",
) -> int:
    """Play one session for each seed.

    Args:
        tables: the plan's arrays and limits.
        seeds: the sessions' own seeds; shape (sessions,).
        first_session: id of the first session; the others follow.
        records: filled with one for every session, of either width; shape (sessions,).
        dealt: raised by one at each round's deal class; shape (deal classes,).

    Returns:
        The rounds played in all.
    """
    alias = tables.alias
    main_units, bets_in_action = tables.main_units, tables.bets_in_action
    bonus_units = tables.bonus_units
    bets, after = tables.bets, tables.after
    bonus_bets, bonus_after = tables.bonus_bets, tables.bonus_after
    profit_by_class, tally_by_class = tables.profit_by_class, tables.tally_by_class
    driven_by_net = tables.driven_by_net
    bankroll, hand_limit = tables.starting_bankroll, tables.hand_limit
    upper, loss_at = tables.win_at, tables.loss_at
    # Play goes on while lower < profit < upper: above the loss limit, and able to pay the floor.
    lower = max(loss_at, 3 * tables.bet_floor - bankroll - 1)
    span = _U64(upper - lower - 1)
    constant = len(bets) == 1 and len(bonus_bets) == 1
    # With one step and one bonus state, above this profit every round is staked alike.
    first_bet, first_bonus = bets[0], bonus_bets[0, 0]
    cramped = max(lower, 3 * first_bet + first_bonus - bankroll - 1)
    easy_span = _U64(max(upper - cramped - 1, 0))

    classes = np.empty(_DRAWS_AT_ONCE, np.uint16)
    rounds = 0
    for i in range(len(seeds)):
        seed = seeds[_INDEX(i)]
        s0, s1, s2, s3 = stream_state(seed, first_session + i)
        profit = peak = drawdown = 0
        main_wagered = bonus_wagered = bonus_profit = 0
        easy_rounds = tally = 0
        hands = 0
        step = bonus_state = _INDEX(0)
        while hands < hand_limit and _U64(profit - lower - 1) < span:
            drawn = min(_DRAWS_AT_ONCE, hand_limit - hands)
            s0, s1, s2, s3 = _draw_classes(s0, s1, s2, s3, alias, classes, drawn)
            k = 0
            while k < drawn and _U64(profit - lower - 1) < span:
                if constant:
                    started = k
                    while k < drawn and _U64(profit - cramped - 1) < easy_span:
                        deal = _INDEX(classes[_INDEX(k)])
                        dealt[deal] += np.uint32(1)
                        tally += tally_by_class[deal]
                        profit += profit_by_class[deal]
                        peak = max(peak, profit)
                        drawdown = max(drawdown, peak - profit)
                        k += 1
                    easy_rounds += k - started
                    if k == drawn or _U64(profit - lower - 1) >= span:
                        break
                deal = _INDEX(classes[_INDEX(k)])
                dealt[deal] += np.uint32(1)
                main, bonus = bets[step], bonus_bets[bonus_state, step]
                if 3 * main + bonus > bankroll + profit:
                    main, bonus = affordable(main, bonus, bankroll + profit, tables)
                main_result = main * main_units[deal]
                bonus_result = bonus * bonus_units[deal]
                main_wagered += main * bets_in_action[deal]
                bonus_wagered += bonus
                bonus_profit += bonus_result
                profit += main_result + bonus_result
                peak = max(peak, profit)
                drawdown = max(drawdown, peak - profit)
                result = main_result + bonus_result if driven_by_net else main_result
                move = _INDEX(result < 0) + _INDEX(2) * _INDEX(result == 0)
                event = _INDEX(3) * _INDEX(main_result < 0)
                event += _INDEX(bonus_result < 0) + _INDEX(2) * _INDEX(bonus == 0)
                bonus_state = _INDEX(bonus_after[bonus_state, event])
                step = _INDEX(after[step, move])
                k += 1
            hands += k
        rounds += hands

        if profit >= upper:
            reason = _WIN_LIMIT
        elif profit <= loss_at:
            reason = _LOSS_LIMIT
        elif hands >= hand_limit:
            reason = tables.hand_limit_reason
        else:
            reason = _INSUFFICIENT_FUNDS
        record = records[_INDEX(i)]
        record.profit = profit
        record.peak = peak
        record.max_drawdown = drawdown
        record.main_wagered = main_wagered + first_bet * (tally & _TALLY_MASK)
        record.bonus_wagered = bonus_wagered + first_bonus * easy_rounds
        record.bonus_profit = bonus_profit + first_bonus * (tally >> _TALLY_BITS)
        record.seed = seed
        record.hands = hands
        record.stop_reason = reason
    return rounds
