"""What sessions are played from: a configuration as integers and arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.bonus_policies import BonusPolicy
from let_it_ride.betting.meter import Meter
from let_it_ride.betting.progressions import BettingSystem
from let_it_ride.game.odds import RoundOdds
from let_it_ride.game.strategies import Strategy
from let_it_ride.goal_play.decisions import GoalPlay

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
