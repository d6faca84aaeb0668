"""One round of a session, compiled: what is staked, what a deal brings, what follows.

These functions are all that is known of bets and money in a round. The kernels that play sessions
and tables call them, and so does whatever else must follow the same rules. Amounts are cents.

Nothing here or in the kernels allocates, and with `_nrt` off numba does not count references to
the arrays of the tables, which would take ten times as long as the rounds themselves. Constants
are spelled out because they are compiled in; tests hold them against their definitions elsewhere.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numba import njit

from let_it_ride.betting import short_money
from let_it_ride.simulation.formulas import value_of

if TYPE_CHECKING:
    from let_it_ride.plan import KernelTables

_INDEX = np.uintp
_I64 = np.int64

# Columns of `KernelTables.deals`.
MAIN_UNITS, BETS_IN_ACTION, BONUS_UNITS, BONUS_MOVE = range(4)

# Columns of `GoalPlay.classes`.
_START, _IF_PULLED, _IF_RIDDEN, _UNITS = range(4)

#: Not a reason to stop.
GOING_ON = -1

_WIN_LIMIT, _LOSS_LIMIT, _INSUFFICIENT_FUNDS = 0, 1, 4
_BY_STEP, _BY_SHARE = range(2)
_BY_STATE, _BY_BET_STEP, _BY_RATIO, _BY_BAND = range(4)
_NOT_STAKED = 2
_MILLION = 1_000_000
_CENTS_PER_DOLLAR = 100
#: More dollars than any bet can be.
_MOST_DOLLARS = 1e9


class State(NamedTuple):
    """Where a session stands.

    Attributes:
        profit: bankroll less starting bankroll.
        peak: the highest profit so far, at least 0.
        max_drawdown: the deepest fall below an earlier peak.
        main_wagered: main bets that stayed in action, added up.
        bonus_wagered: bonus bets, added up.
        bonus_profit: the part of the profit that the bonus made.
        hands: rounds played.
        step: of the betting system.
        bonus_state: of the bonus policy.
        meter: what the progressive meter holds, in millionths of a cent.
        streak: wins, or losses below 0, in a row of what drives the bets.
        bonus_streak: the same of staked bonus bets.
        last_result: what the last round brought of what drives the bets.
        bet, bonus: what was staked in the last round, on one circle and on the bonus.
        main_result, bonus_result: what they brought.
        bet_failures, bonus_failures: formulas so far that gave no number.
        jackpots: meters won so far.
    """

    profit: int
    peak: int
    max_drawdown: int
    main_wagered: int
    bonus_wagered: int
    bonus_profit: int
    hands: int
    step: int
    bonus_state: int
    meter: int
    streak: int
    bonus_streak: int
    last_result: int
    bet: int
    bonus: int
    main_result: int
    bonus_result: int
    bet_failures: int
    bonus_failures: int
    jackpots: int


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def fresh_state(tables: "KernelTables") -> State:
    """Where a session stands before its first round."""
    return State(0, 0, 0, 0, 0, 0, 0, 0, 0, tables.meter.start, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def reason_to_stop(tables: "KernelTables", state: State) -> Any:
    """The first stop condition that holds before a round, or `GOING_ON`."""
    if state.profit >= tables.win_at:
        return _WIN_LIMIT
    if state.profit <= tables.loss_at:
        return _LOSS_LIMIT
    if state.hands >= tables.hand_limit:
        return tables.hand_limit_reason
    if tables.starting_bankroll + state.profit < 3 * tables.bet_floor:
        return _INSUFFICIENT_FUNDS
    return GOING_ON


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def share_of(amount: Any, millionths: Any) -> Any:
    """So many millionths of an amount of at least 0, rounded down, without overflow on the way."""
    return amount // _MILLION * millionths + amount % _MILLION * millionths // _MILLION


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def hangs_on_profit(tables: "KernelTables") -> Any:
    """Whether what is wanted hangs on the profit, and not on step and bonus state alone."""
    by_profit = tables.betting.by != _BY_STEP or tables.bonus.by >= _BY_BAND
    return by_profit or tables.goal.is_there


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def wanted_bet(tables: "KernelTables", state: State, room: Any) -> Any:
    """The bet that the betting system wants on one circle; below 0 where its formula fails."""
    betting = tables.betting
    if betting.by == _BY_STEP:
        return betting.bets[_INDEX(state.step)]
    if betting.by == _BY_SHARE:
        wanted = share_of(tables.starting_bankroll + state.profit, betting.share)
        wanted = wanted // betting.round_to * betting.round_to
    else:
        _see(tables, state, room)
        dollars = value_of(betting.formula, room)
        if np.isnan(dollars):
            return -1
        wanted = _cents_of(dollars)
    return min(max(wanted, betting.least), betting.most)


@njit(cache=True, nogil=True, _nrt=False)
def _see(tables: "KernelTables", state: State, room: Any) -> None:
    """Put down the variables of a formula, in the order of `expressions.variables`."""
    room[0] = (tables.starting_bankroll + state.profit) / _CENTS_PER_DOLLAR
    room[1] = tables.starting_bankroll / _CENTS_PER_DOLLAR
    room[2] = tables.base_bet / _CENTS_PER_DOLLAR
    room[3] = state.profit / _CENTS_PER_DOLLAR
    room[4] = state.hands
    room[5] = state.streak
    room[6] = state.last_result / _CENTS_PER_DOLLAR
    room[7] = state.bonus_streak


@njit(cache=True, nogil=True, _nrt=False)
def _cents_of(dollars: Any) -> Any:
    """An amount of a formula: to the nearest millionth, and then down to the cent."""
    within = min(max(dollars, -_MOST_DOLLARS), _MOST_DOLLARS)
    return _I64(np.rint(within * _MILLION)) // (_MILLION // _CENTS_PER_DOLLAR)


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def wanted_bonus(tables: "KernelTables", state: State, bet: Any, room: Any) -> Any:
    """The bonus that the policy wants, within the limits; below 0 where its formula fails."""
    bonus = tables.bonus
    if bonus.by == _BY_STATE:
        return bonus.amounts[_INDEX(state.bonus_state)]
    if bonus.by == _BY_BET_STEP:
        return bonus.amounts[_INDEX(state.step)]
    if bonus.by == _BY_RATIO:
        wanted = share_of(bet, bonus.ratio)
    elif bonus.by == _BY_BAND:
        wanted = _bonus_of_bands(bonus.bands, state)
    else:
        _see(tables, state, room)
        room[8] = bet / _CENTS_PER_DOLLAR
        dollars = value_of(bonus.formula, room)
        if np.isnan(dollars):
            return -1
        wanted = min(max(_cents_of(dollars), bonus.least), bonus.most)
    return within_limits(tables, wanted)


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def within_limits(tables: "KernelTables", wanted: Any) -> Any:
    """What the table takes of a wanted bonus."""
    limits = tables.bonus.limits
    wanted = wanted // limits.increment * limits.increment
    wanted = min(wanted, limits.maximum)
    return wanted if wanted >= limits.minimum else 0


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _bonus_of_bands(bands: Any, state: State) -> Any:
    drawdown = state.peak - state.profit
    for row in range(len(bands)):
        if (
            state.hands < bands[row, 0]
            and bands[row, 1] <= state.profit < bands[row, 2]
            and drawdown > bands[row, 3]
        ):
            share = bands[row, 5]
            return bands[row, 4] + (share_of(state.profit, share) if share else 0)
    return 0


affordable = njit(nogil=True, _nrt=False, forceinline=True)(short_money.affordable)


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def policy_of(goal: Any, state: State) -> Any:
    """The policy that play for a goal follows; 0 where no goal is played for."""
    if not goal.is_there:
        return _INDEX(0)
    cell = min((state.profit - goal.first_profit) // goal.unit, goal.policy.shape[1] - 1)
    return _INDEX(goal.policy[_INDEX(state.hands), _INDEX(cell)])


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _bets_for_goal(goal: Any, policy: Any, deal: Any) -> Any:
    """How many bets stay in action where a goal is played for."""
    rides = goal.rides[policy]
    rides_1 = _I64(rides[_INDEX(goal.classes[deal, _START])])
    situation = goal.classes[deal, _INDEX(_IF_PULLED) + _INDEX(rides_1)]
    return _I64(1) + rides_1 + _I64(rides[_INDEX(situation)])


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _won_of_meter(meter: Any, bonus: Any) -> Any:
    """What a mini royal wins of the meter: all of it for a dollar, else its part."""
    if bonus >= _CENTS_PER_DOLLAR:
        return meter // _MILLION
    # In two parts, since the meter times the bonus can be more than 64 bits hold.
    dollars = _MILLION * _CENTS_PER_DOLLAR
    return meter // dollars * bonus + meter % dollars * bonus // dollars


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def _continued(streak: Any, sign: Any) -> Any:
    """A streak of wins, or of losses below 0, after another win (1), loss (−1) or neither (0)."""
    return streak + sign if streak * sign >= 0 else sign


@njit(cache=True, nogil=True, _nrt=False, forceinline=True)
def play_round(tables: "KernelTables", state: State, deal: Any, room: Any, is_plain: Any) -> State:
    """Stake, settle a deal, and return where the session stands then.

    Args:
        tables: the plan's arrays and limits.
        state: where the session stands.
        deal: the deal class.
        room: for formulas (see `formulas.value_of`).
        is_plain: `tables.is_plain`; given as a constant, all that does not happen in a plain round
            is left out where this is compiled into a loop.
    """
    deals = tables.deals
    funds = tables.starting_bankroll + state.profit
    bet_failures, bonus_failures = state.bet_failures, state.bonus_failures
    if is_plain:
        bet = tables.betting.bets[_INDEX(state.step)]
        bonus = tables.bonus.amounts[_INDEX(state.bonus_state)]
    else:
        policy = policy_of(tables.goal, state)
        bet = tables.goal.bets[policy] if tables.goal.is_there else wanted_bet(tables, state, room)
        if bet < 0:
            bet = tables.betting.least
            bet_failures += 1
        bonus = wanted_bonus(tables, state, bet, room)
        if bonus < 0:
            bonus = within_limits(tables, tables.bonus.least)
            bonus_failures += 1
    if 3 * bet + bonus > funds:
        limits = tables.bonus.limits
        bet, bonus = affordable(bet, bonus, funds, limits, tables.bet_floor, tables.bet_increment)

    main_units, bets_in_action = deals[deal, MAIN_UNITS], deals[deal, BETS_IN_ACTION]
    if not is_plain and tables.goal.is_there:
        bets_in_action = _bets_for_goal(tables.goal, policy, deal)
        main_units = bets_in_action * tables.goal.classes[deal, _UNITS]
    main_result = bet * main_units
    bonus_units = deals[deal, BONUS_UNITS]
    bonus_result = bonus * bonus_units
    meter, jackpots = state.meter, state.jackpots
    if not is_plain and tables.meter.is_there and bonus > 0:
        meter += bonus * tables.meter.rate
        if bonus_units == 0:
            bonus_result = _won_of_meter(meter, bonus)
            meter = tables.meter.reset
            jackpots += 1

    profit = state.profit + main_result + bonus_result
    peak = max(state.peak, profit)
    # What follows is looked up by what is known of the deal before the bets are, where that is
    # enough: one round need not wait for the other.
    if tables.betting.driven_by_net:
        driving = main_result + bonus_result
        move = _INDEX(driving < 0) + _INDEX(2) * _INDEX(driving == 0)
    else:
        driving = main_result
        move = _INDEX(main_units < 0)
    bonus_state = _INDEX(state.bonus_state)
    move_if_staked = _INDEX(deals[deal, _INDEX(BONUS_MOVE) + _INDEX(bonus_units < 0)])
    move_if_not = _INDEX(deals[deal, BONUS_MOVE + _NOT_STAKED])
    state_if_staked = tables.bonus.after[bonus_state, move_if_staked]
    state_if_not = tables.bonus.after[bonus_state, move_if_not]
    streak, bonus_streak, last_result = state.streak, state.bonus_streak, state.last_result
    if not is_plain and tables.has_formulas:
        last_result = driving
        streak = _continued(streak, _I64(driving > 0) - _I64(driving < 0))
        if bonus > 0:
            bonus_streak = _continued(bonus_streak, _I64(1) - _I64(2) * _I64(bonus_units < 0))
    return State(
        profit,
        peak,
        max(state.max_drawdown, peak - profit),
        state.main_wagered + bet * bets_in_action,
        state.bonus_wagered + bonus,
        state.bonus_profit + bonus_result,
        state.hands + 1,
        tables.betting.after[_INDEX(state.step), move],
        state_if_not if bonus == 0 else state_if_staked,
        meter,
        streak,
        bonus_streak,
        last_result,
        bet,
        bonus,
        main_result,
        bonus_result,
        bet_failures,
        bonus_failures,
        jackpots,
    )
