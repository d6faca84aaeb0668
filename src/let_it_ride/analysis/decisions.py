"""What letting a bet ride and pulling it were worth, for every decision of a hand that was played.

Of a strategy that always does the same, values are the mean net result of the whole hand, all
three circles, in base bets. Of play for a goal they are chances of the goal or, for a mean, mean
profits of the session in cents. The bonus bet does not hang on any decision and is left out,
except that play for a goal knows what it has won.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Event

import numpy as np

from let_it_ride.analysis.charts import ChartLine, chart_lines
from let_it_ride.analysis.moments import Moments, Standing
from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import DealTable, deal_table
from let_it_ride.game.strategies import Rides, Strategy, optimal, units_by_category
from let_it_ride.goal_play.recursion import Options
from let_it_ride.goal_play.rules import Goal
from let_it_ride.goal_play.situations import Placed
from let_it_ride.plan import compile_strategy, goal_setting, main_paytable


class Worth(StrEnum):
    """What values are told in."""

    BETS = "bets"
    CHANCE = "chance"
    CENTS = "cents"


@dataclass(frozen=True, slots=True)
class Decision:
    """The decision on one bet of a hand.

    Attributes:
        line: the line of the chart that the hand is under.
        ride: what letting the bet ride is worth.
        pull: what pulling it is worth.
        worth: what that is told in.
    """

    line: ChartLine
    ride: float
    pull: float
    worth: Worth

    @property
    def gain(self) -> float:
        """What riding is worth more than pulling."""
        return self.ride - self.pull


class Decisions:
    """The decisions of a configured strategy, hand by hand.

    Those of play for a goal hang on the hands that are left and on the money; they are worked out
    once, before the first is asked for.
    """

    def __init__(self, config: FullConfig) -> None:
        """Prepare.

        Raises:
            GoalTooLargeError: the play for the goal is too large to work out.
        """
        self._deals = deal_table()
        self._source: _OfGoal | _Fixed = (
            _OfGoal(config, config.strategy.goal)
            if config.strategy.type == "goal"
            else _Fixed(config, self._deals)
        )

    def work_out(self, cancelled: Event, progress: Callable[[float], None]) -> None:
        """Work out what is needed for any hand.

        Args:
            cancelled: whoever sets it no longer waits.
            progress: is told the share that is done.

        Raises:
            MomentsCancelledError: `cancelled` was set.
        """
        self._source.work_out(cancelled, progress)

    def of(self, deal_class: int, hands_before: int, bankroll: int) -> tuple[Decision, Decision]:
        """The decisions on bet 1 and bet 2 of a hand.

        Args:
            deal_class: what was dealt.
            hands_before: how many hands the session had before it.
            bankroll: the player's money before it, in cents.
        """
        return self._source.of(deal_class, hands_before, bankroll)


class _Fixed:
    """Decisions that are always the same."""

    def __init__(self, config: FullConfig, deals: DealTable) -> None:
        paytable = main_paytable(config)
        strategy, usual = compile_strategy(config, deals), optimal(deals, paytable)
        units = units_by_category(paytable)
        self._deals, self._strategy = deals, strategy
        self._worth_1, self._worth_2 = (
            counts @ units / counts.sum(axis=1)
            for counts in (deals.three_card_counts, deals.four_card_counts)
        )
        self._without_1 = self._worth_1 + _of_bet_2(deals, strategy, units[deals.category])
        self._lines_1 = _by_class(deals, 3, strategy.ride_bet_1, usual.ride_bet_1, self._worth_1)
        self._lines_2 = _by_class(deals, 4, strategy.ride_bet_2, usual.ride_bet_2, self._worth_2)

    def work_out(self, _cancelled: Event, progress: Callable[[float], None]) -> None:
        progress(1.0)

    def of(self, deal_class: int, _hands_before: int, _bankroll: int) -> tuple[Decision, Decision]:
        three = int(self._deals.three_class[deal_class])
        four = int(self._deals.four_class[deal_class])
        without_1, worth_1 = float(self._without_1[three]), float(self._worth_1[three])
        worth_2 = float(self._worth_2[four])
        without_2 = (1 + bool(self._strategy.ride_bet_1[three])) * worth_2
        return (
            Decision(self._lines_1[three], without_1 + worth_1, without_1, Worth.BETS),
            Decision(self._lines_2[four], without_2 + worth_2, without_2, Worth.BETS),
        )


class _OfGoal:
    """Decisions that hang on where the session stands."""

    def __init__(self, config: FullConfig, goal: Goal) -> None:
        self._placed, self._rules = goal_setting(config, goal)
        self._moments = Moments(self._placed, self._rules, goal)
        self._worth = Worth.CENTS if goal == "mean" else Worth.CHANCE

    def work_out(self, cancelled: Event, progress: Callable[[float], None]) -> None:
        self._moments.work_out(self._rules.hand_limit, cancelled, progress)

    def of(self, deal_class: int, hands_before: int, bankroll: int) -> tuple[Decision, Decision]:
        standing = Standing(self._rules.hand_limit - hands_before, bankroll)
        options = self._moments.options(standing)
        placed, deals = self._placed, deal_table()
        start = int(placed.start[deal_class])
        situation = int(placed.situation[deal_class])
        kinds = placed.situations.bonus_kinds
        kind = int(np.searchsorted(kinds, placed.situations.bonus_units[start]))
        rides_1 = int(options.bet_1_rides[start, 0])
        at = rides_1, kind, situation, 0
        lines_1, lines_2 = _lines_of_goal(placed, options, rides_1, kind)
        return (
            Decision(
                lines_1[int(deals.three_class[deal_class])],
                float(options.rides_1[start, 0]),
                float(options.pulls_1[start, 0]),
                self._worth,
            ),
            Decision(
                lines_2[int(deals.four_class[deal_class])],
                float(options.rides_2[at]),
                float(options.pulls_2[at]),
                self._worth,
            ),
        )


def _of_bet_2(deals: DealTable, strategy: Strategy, units: Integers) -> Chances:
    """What bet 2 brings in the mean, pulled or not, by three-card class."""
    brought = deals.weight * strategy.ride_bet_2[deals.four_class] * units
    of_bet_2: Chances = np.bincount(deals.three_class, brought) / np.bincount(
        deals.three_class, deals.weight
    )
    return of_bet_2


def _lines_of_goal(
    placed: Placed, options: Options, rides_1: int, kind: int
) -> tuple[list[ChartLine], list[ChartLine]]:
    """The charts of both bets, as `charts` has them, after what was decided and won before."""
    deals, situations = deal_table(), placed.situations
    start = np.zeros(len(deals.three), dtype=np.int64)
    start[deals.three_class] = placed.start
    situation = np.zeros(len(deals.four), dtype=np.int64)
    situation[deals.four_class] = placed.situation
    gain_1 = (options.rides_1 - options.pulls_1)[start, 0]
    gain_2 = (options.rides_2 - options.pulls_2)[rides_1, kind, situation, 0]
    return (
        _by_class(deals, 3, options.bet_1_rides[start, 0], situations.rides_1[start], gain_1),
        _by_class(
            deals,
            4,
            options.bet_2_rides[rides_1, kind, situation, 0],
            situations.rides_2[situation],
            gain_2,
        ),
    )


def _by_class(
    deals: DealTable, cards: int, rides: Rides, usual: Rides, gain: Chances
) -> list[ChartLine]:
    """The line of a chart that each class of hands is under."""
    lines = {
        number: line
        for line, numbers in chart_lines(deals, cards, rides, usual, gain)
        for number in numbers
    }
    return [lines[number] for number in range(len(lines))]
