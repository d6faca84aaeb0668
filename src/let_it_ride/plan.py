"""A configuration compiled to integers and arrays: what sessions are played from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.bonus_policies import BonusBy, BonusPolicy, BonusResult
from let_it_ride.betting.meter import Meter
from let_it_ride.betting.progressions import BetBy, BettingSystem
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
from let_it_ride.staking import Staking, staking_of

GENERATORS: Final = ("xoshiro256++", "chacha20")
"""Families of random numbers, as `simulation.streams` numbers them."""

NO_LIMIT: Final = 1 << 62
"""A profit or loss in cents that no session reaches: the bounds of the configuration see to it."""

ROUNDS_AT_ONCE: Final = 1 << 22
"""A block is so many rounds if every session lasts as long as it may: some 20 ms of playing."""
CARD_ROUNDS_AT_ONCE: Final = 1 << 20
"""The same of rounds with real cards, which take five times as long as deal classes."""
SESSIONS_AT_ONCE: Final = 1 << 18
"""What a player of blocks holds in memory is bounded, however short sessions are."""

# A run of few tables is still cut into this many blocks, so that every worker has a share.
_LEAST_BLOCKS: Final = 64
# What is known of every block of a run is kept in memory, so that blocks of longer runs are larger,
_MOST_BLOCKS: Final = 1 << 16
# but never so large that what is counted in one, in 32 bits, could overflow: with seven seats there
# are three pairs of them to a round.
_MOST_ROUNDS_PER_BLOCK: Final = 1 << 30


class KernelTables(NamedTuple):
    """What the kernels read; amounts in cents.

    Attributes:
        generator: which family of random numbers deals (see `simulation.streams`).
        alias: alias table over the deal classes (see `game.sampling`).
        deals: by deal class: net result of the main game in base bets, how many bets stay, net
            result of the bonus in bonus bets (0 wins the meter), and the bonus policy's move if
            the bonus is won, lost or not staked; shape (deal classes, 6).
        betting: the betting system.
        bonus: the bonus policy.
        meter: the progressive meter.
        goal: the decisions of play for a goal, which come before those in `deals`.
        is_plain: whether bets follow from steps and bonus states alone, and decisions from the
            cards; and there is no meter.
        has_formulas: whether a formula looks at what has happened.
        is_constant: whether every round is staked alike while there is money.
        profit_by_class: what a round at the first step and bonus state brings, by deal class.
        tally_by_class: bets in action plus bonus units × 2³², by deal class.
        starting_bankroll: the bankroll of a fresh session.
        base_bet: the base bet.
        bet_floor: the least bet on one circle; a session that cannot pay three of it ends.
        bet_increment: what a bet is lowered by where money is short.
        win_at: the profit from which a session ends as won.
        loss_at: the profit, below zero, down to which a session ends as lost.
        hand_limit: the most rounds of a session.
        hand_limit_reason: the `StopReason` of a session that reaches it.
    """

    generator: int
    alias: NDArray[np.uint64]
    deals: NDArray[np.int64]
    betting: BettingSystem
    bonus: BonusPolicy
    meter: Meter
    goal: GoalPlay
    is_plain: bool
    has_formulas: bool
    is_constant: bool
    profit_by_class: NDArray[np.int64]
    tally_by_class: NDArray[np.int64]
    starting_bankroll: int
    base_bet: int
    bet_floor: int
    bet_increment: int
    win_at: int
    loss_at: int
    hand_limit: int
    hand_limit_reason: int

    @property
    def main_range(self) -> tuple[int, int]:
        """No hand of the main game brings less or more, in cents."""
        bet, units = self.betting.highest_bet, self.main_units
        if self.goal.is_there:
            bet, units = int(self.goal.bets.max()), 3 * self.goal.units
        return bet * int(units.min()), bet * int(units.max())

    @property
    def main_units(self) -> NDArray[np.int64]:
        """Net result of the main game in base bets, by deal class."""
        return self.deals[:, 0]

    @property
    def bonus_units(self) -> NDArray[np.int64]:
        """Net result of the bonus in bonus bets, by deal class; 0 wins the meter."""
        return self.deals[:, 2]


@dataclass(frozen=True, eq=False)
class SessionPlan:
    """All that is needed to play the sessions of a configuration.

    What has a seed is a table; with one seat that nobody else takes, it is a session.

    Attributes:
        tables: what the kernels read.
        odds: the exact law of one round of that strategy.
        strategy: the decisions behind it; of play for a goal, those that the goal leaves open.
        table_count: how many tables to play.
        seats: players at a table.
        total_rounds: rounds that a table deals, with seats taken anew; 0 where every seat plays
            one session.
        largest_amount: no amount of a session's record is larger, in cents, of either sign.
        block_tables: tables in a block, the last block apart; it depends on the configuration
            alone, so that blocks are the same however many workers there are.
    """

    tables: KernelTables
    odds: RoundOdds
    strategy: Strategy
    table_count: int
    seats: int
    total_rounds: int
    largest_amount: int
    block_tables: int

    @property
    def deal_classes(self) -> int:
        """How many deal classes there are."""
        return len(self.tables.main_units)

    @property
    def deals_cards(self) -> bool:
        """Whether real cards are dealt to tables, and not a deal class to each session."""
        return self.seats > 1 or self.total_rounds > 0

    @property
    def sessions_at_table(self) -> int | None:
        """How many sessions a table gives; None where that is chance."""
        return None if self.total_rounds else self.seats

    @property
    def counted(self) -> str:
        """What its tables are called while they are counted: "sessions" or "tables"."""
        return "tables" if self.deals_cards else "sessions"

    @property
    def blocks(self) -> int:
        """How many blocks the run has."""
        return -(-self.table_count // self.block_tables)

    def block_range(self, block: int) -> range:
        """The ids of a block's tables."""
        first = block * self.block_tables
        return range(first, min(first + self.block_tables, self.table_count))

    def tables_of(self, blocks: Sequence[int]) -> int:
        """How many tables some blocks have together."""
        whole = len(blocks) * self.block_tables
        missing = self.blocks * self.block_tables - self.table_count
        return whole - missing if self.blocks - 1 in blocks else whole


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
