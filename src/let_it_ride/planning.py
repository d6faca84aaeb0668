"""Compiling a configuration: to the plan that its sessions are played from, and to its odds."""

from collections.abc import Callable
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.bonus_policies import BonusBy, BonusPolicy, BonusResult
from let_it_ride.betting.progressions import BetBy
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import ThreeCard
from let_it_ride.game.deals import DealTable, deal_table
from let_it_ride.game.odds import RoundOdds, round_odds
from let_it_ride.game.paytables import BonusPaytable, Paytable
from let_it_ride.game.rules import rule, ruled
from let_it_ride.game.sampling import deal_alias_table
from let_it_ride.game.strategies import FIXED_STRATEGIES, Strategy, optimal, units_by_category
from let_it_ride.goal_play.best_play import best_play
from let_it_ride.goal_play.decisions import NO_GOAL, GoalPlay
from let_it_ride.goal_play.rules import Goal, Rules
from let_it_ride.goal_play.situations import Placed
from let_it_ride.money import CENTS_PER_DOLLAR, cents
from let_it_ride.plan import (
    CARD_ROUNDS_AT_ONCE,
    GENERATORS,
    NO_LIMIT,
    ROUNDS_AT_ONCE,
    SESSIONS_AT_ONCE,
    KernelTables,
    SessionPlan,
)
from let_it_ride.staking import Staking, staking_of

# A run of few tables is still cut into this many blocks, so that every worker has a share.
_LEAST_BLOCKS: Final = 64
# What is known of every block of a run is kept in memory, so that blocks of longer runs are larger,
_MOST_BLOCKS: Final = 1 << 16
# but never so large that what is counted in one, in 32 bits, could overflow: with seven seats there
# are three pairs of them to a round.
_MOST_ROUNDS_PER_BLOCK: Final = 1 << 30


def compile_strategy(config: FullConfig, deals: DealTable) -> Strategy:
    """The decision tables of the configured strategy; of a goal, where that decides nothing."""
    chosen = config.strategy
    paytable = main_paytable(config)
    if chosen.type == "optimal":
        return optimal(deals, paytable, chosen.ties)
    if chosen.type == "goal":
        return optimal(deals, paytable)
    if chosen.type == "custom":
        bet_1, bet_2 = (
            [rule(each.when, rides=each.action == "ride") for each in rules]
            for rules in (chosen.bet1_rules, chosen.bet2_rules)
        )
        return ruled(deals, paytable, bet_1, bet_2)
    return FIXED_STRATEGIES[chosen.type](deals, paytable)


def compile_odds(config: FullConfig) -> RoundOdds:
    """The exact law of one round, from all 51,979,200 deals; amounts in base bets.

    It does not depend on the bankroll, the bets or the seed. For a strategy that plays for a goal,
    whose decisions differ from round to round, it is that of the optimal chart, ties pulled. With
    the standard pay table the edge of the basic strategy is 37963/1082900, as published.

    Args:
        config: whose strategy and pay tables are played.
    """
    deals = deal_table()
    strategy = compile_strategy(config, deals)
    return round_odds(deals, strategy, main_paytable(config), bonus_paytable(config))


def compile_plan(
    config: FullConfig, watch: Callable[[float], None] = lambda _: None
) -> SessionPlan:
    """Compile a configuration.

    Args:
        config: the configuration.
        watch: told now and then which share of the play for a goal is worked out, which takes some
            seconds where that is large; what it raises comes through.

    Raises:
        GoalTooLargeError: the best play for its goal is too large to work out.
    """
    return _compiled(config, _goal_play(config, watch))


def compile_outline(config: FullConfig) -> SessionPlan:
    """Compile all of a configuration but the play for a goal: the files of its run, not its play.

    Raises:
        GoalTooLargeError: the best play for its goal is too large to work out.
    """
    refuse_too_large_a_goal(config)
    return _compiled(config, NO_GOAL)


def _compiled(config: FullConfig, goal: GoalPlay) -> SessionPlan:
    deals = deal_table()
    strategy = compile_strategy(config, deals)
    odds = round_odds(deals, strategy, main_paytable(config), bonus_paytable(config))
    hand_limit, _ = _hand_limit(config)
    staking = staking_of(config, hand_limit)
    tables = _kernel_tables(config, deals, strategy, staking, goal)
    return SessionPlan(
        tables=tables,
        odds=odds,
        strategy=strategy,
        table_count=config.simulation.num_sessions,
        seats=config.table.num_seats,
        total_rounds=config.table.total_rounds or 0,
        largest_amount=_largest_amount(config, tables, staking, hand_limit),
        block_tables=_block_tables(config),
    )


def main_paytable(config: FullConfig) -> Paytable:
    """Odds to one of the main game, by `FiveCard`."""
    return config.paytables.main_game.pays


def bonus_paytable(config: FullConfig) -> BonusPaytable:
    """Odds to one of the bonus, by `ThreeCard`.

    The mini royal of the progressive table pays what the meter holds when a session begins, to
    `bonus_of_the_odds`.
    """
    chosen = config.paytables.bonus
    if chosen.type == "paytable_c":
        shares = max(Fraction(bonus_of_the_odds(config), CENTS_PER_DOLLAR), Fraction(1))
        return (Fraction(chosen.starting_jackpot) / shares, *chosen.pays[1:])
    return chosen.pays


def bonus_of_the_odds(config: FullConfig) -> int:
    """The bonus bet that the odds of a round are told for, in cents.

    It matters to the meter of the progressive table alone, which pays no more to a bonus of more
    than a dollar. It is the bonus that is bet on every hand; a dollar where that changes.
    """
    bonus = staking_of(config, config.simulation.hands_per_session).bonus
    fixed = int(bonus.amounts[0]) if bonus.is_fixed else 0
    return fixed or CENTS_PER_DOLLAR


def _kernel_tables(
    config: FullConfig, deals: DealTable, strategy: Strategy, staking: Staking, goal: GoalPlay
) -> KernelTables:
    bankroll, stops = config.bankroll, config.bankroll.stop_conditions
    bets_in_action = strategy.bets_in_action(deals)
    main_units = bets_in_action * units_by_category(main_paytable(config))[deals.category]
    bonus_units = _bonus_units(config)[deals.bonus_category]
    hand_limit, hand_limit_reason = _hand_limit(config)
    betting, bonus, meter = staking
    increment = cents(bankroll.increment)
    moves = _bonus_moves(bonus, deals, main_units, bets_in_action)
    is_fixed = betting.is_flat and bonus.is_fixed and not (meter.is_there and bonus.highest_bet)
    return KernelTables(
        generator=GENERATORS.index(config.simulation.generator),
        alias=deal_alias_table().copy(),  # numba takes one that can be written for another type
        deals=np.column_stack([main_units, bets_in_action, bonus_units, *moves]),
        betting=betting,
        bonus=bonus,
        meter=meter,
        goal=goal,
        is_plain=bool(
            betting.by == BetBy.STEP
            and bonus.by == BonusBy.STATE
            and not meter.is_there
            and not goal.is_there
        ),
        has_formulas=betting.formula.is_there or bonus.formula.is_there,
        is_constant=bool(is_fixed and not goal.is_there),
        profit_by_class=betting.bets[0] * main_units + bonus.amounts[0] * bonus_units,
        tally_by_class=bets_in_action + (bonus_units << 32),
        starting_bankroll=cents(bankroll.starting_amount),
        base_bet=cents(bankroll.base_bet),
        bet_floor=_bet_floor(config),
        bet_increment=increment,
        win_at=NO_LIMIT if stops.win_limit is None else cents(stops.win_limit),
        loss_at=-NO_LIMIT if stops.loss_limit is None else -cents(stops.loss_limit),
        hand_limit=hand_limit,
        hand_limit_reason=int(hand_limit_reason),
    )


def _bet_floor(config: FullConfig) -> int:
    """The least bet on one circle that a player goes on with, in cents."""
    bankroll = config.bankroll
    stays = not bankroll.stop_conditions.stop_on_insufficient_funds
    return cents(bankroll.increment if stays else bankroll.base_bet)


def goal_rules(config: FullConfig, goal: Goal) -> Rules:
    """What sessions are played by, as play for a goal has to know it.

    Raises:
        GoalTooLargeError: the best play for it is too large to work out.
    """
    bankroll, stops, strategy = config.bankroll, config.bankroll.stop_conditions, config.strategy
    hand_limit, _ = _hand_limit(config)
    bonus = staking_of(config, hand_limit).bonus
    chosen = strategy.bets if strategy.type == "goal" else ()
    bets = {cents(bankroll.or_base_bet(each.bet)) for each in chosen}
    rules = Rules(
        bets=tuple(sorted(bets)) or (cents(bankroll.base_bet),),
        bonus=int(bonus.amounts[0]),
        bonus_limits=bonus.limits,
        starting_bankroll=cents(bankroll.starting_amount),
        bet_floor=_bet_floor(config),
        bet_increment=cents(bankroll.increment),
        win_at=None if stops.win_limit is None else cents(stops.win_limit),
        loss_at=None if stops.loss_limit is None else -cents(stops.loss_limit),
        hand_limit=hand_limit,
    )
    rules.refuse_what_is_too_large(goal)
    return rules


def refuse_too_large_a_goal(config: FullConfig) -> None:
    """Refuse a configuration that cannot be compiled.

    Raises:
        GoalTooLargeError: the best play for its goal is too large to work out.
    """
    if config.strategy.type == "goal":
        goal_rules(config, config.strategy.goal)


def goal_setting(config: FullConfig, goal: Goal) -> tuple[Placed, Rules]:
    """What play for a goal has to know: what can be told apart, and what is played by.

    Raises:
        GoalTooLargeError: the best play for it is too large to work out.
    """
    rules, deals = goal_rules(config, goal), deal_table()
    placed = Placed.of(
        deals,
        compile_strategy(config, deals),
        units_by_category(main_paytable(config)),
        _bonus_units(config) if rules.bonus else np.zeros(len(ThreeCard), dtype=np.int64),
    )
    return placed, rules


def _goal_play(config: FullConfig, watch: Callable[[float], None]) -> GoalPlay:
    if config.strategy.type != "goal":
        return NO_GOAL
    goal = config.strategy.goal
    return best_play(*goal_setting(config, goal), goal, watch)


def _bonus_units(config: FullConfig) -> NDArray[np.int64]:
    """Net result of the bonus in bonus bets, by `ThreeCard`; 0 for what wins a meter."""
    table = config.paytables.bonus
    units = np.array([int(pay) or -1 for pay in table.pays], dtype=np.int64)
    if table.type == "paytable_c":
        units[ThreeCard.MINI_ROYAL] = 0
    return units


def _bonus_moves(
    bonus: BonusPolicy,
    deals: DealTable,
    main_units: NDArray[np.int64],
    bets_in_action: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The policy's move by what became of the bonus and by deal class."""
    strong = deals.bonus_category != ThreeCard.NOTHING
    seen = ((main_units < 0) * 3 + bets_in_action - 1) * 2 + strong
    return np.stack([bonus.moves[seen * len(BonusResult) + became] for became in BonusResult])


def _hand_limit(config: FullConfig) -> tuple[int, StopReason]:
    """The most rounds of a session, and the stop reason of one that reaches it.

    The count of hands is looked at before the time, so it gives the reason where both are reached.
    """
    stops = config.bankroll.stop_conditions
    hands = config.simulation.hands_per_session
    if stops.max_hands is not None:
        hands = min(hands, stops.max_hands)
    if stops.max_duration_minutes is not None:
        in_time = max(1, stops.max_duration_minutes * config.table.hands_per_hour // 60)
        if in_time < hands:
            return in_time, StopReason.MAX_DURATION
    return hands, StopReason.MAX_HANDS


def _largest_amount(
    config: FullConfig, tables: KernelTables, staking: Staking, hand_limit: int
) -> int:
    """What the best or worst round brings, as often as a session can be long.

    A loss is as large as the bets in action, so this bounds what is wagered too.
    """
    main = staking.betting.highest_bet * np.abs(tables.main_units)
    if config.strategy.type == "goal":
        units = units_by_category(main_paytable(config))[deal_table().category]
        main = 3 * max(goal_rules(config, config.strategy.goal).bets) * np.abs(units)
    bonus = staking.bonus.highest_bet * np.abs(tables.bonus_units)
    meter = staking.meter.most_won(hand_limit * staking.bonus.highest_bet)
    return hand_limit * (int((main + bonus).max()) + meter)


def _block_tables(config: FullConfig) -> int:
    seats, rounds = config.table.num_seats, config.table.total_rounds
    hand_limit, _ = _hand_limit(config)
    longest = seats * (rounds or hand_limit)
    if rounds is None and seats == 1:
        in_time = min(ROUNDS_AT_ONCE // longest, SESSIONS_AT_ONCE)
    else:
        in_time = CARD_ROUNDS_AT_ONCE // longest
    tables = config.simulation.num_sessions
    in_share = -(-tables // _LEAST_BLOCKS)
    in_few_blocks = min(-(-tables // _MOST_BLOCKS), _MOST_ROUNDS_PER_BLOCK // longest)
    return max(1, min(in_time, in_share), in_few_blocks)
