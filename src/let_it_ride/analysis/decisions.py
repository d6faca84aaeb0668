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

from let_it_ride.analysis.choices import (
    ChartLine,
    Choices,
    chart_lines,
    choices_for_goal,
    fixed_choices,
)
from let_it_ride.analysis.moments import Moments, Standing
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import DealTable, deal_table
from let_it_ride.goal_play.rules import Goal
from let_it_ride.planning import goal_setting


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
        self._deals = deals
        self._first, self._second = fixed_choices(config)
        self._lines_1, self._lines_2 = _by_class(self._first), _by_class(self._second)

    def work_out(self, _cancelled: Event, progress: Callable[[float], None]) -> None:
        progress(1.0)

    def of(self, deal_class: int, _hands_before: int, _bankroll: int) -> tuple[Decision, Decision]:
        three = int(self._deals.three_class[deal_class])
        four = int(self._deals.four_class[deal_class])
        without_1, worth_1 = float(self._first.pulls[three]), float(self._first.gains[three])
        worth_2 = float(self._second.gains[four])
        without_2 = (1 + bool(self._first.rides[three])) * worth_2
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
        choices_1, choices_2 = choices_for_goal(placed, options, kind)
        lines_1, lines_2 = _by_class(choices_1), _by_class(choices_2[rides_1])
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


def _by_class(choices: Choices) -> list[ChartLine]:
    """The line of a chart that each class of hands is under."""
    lines = {number: line for line in chart_lines(choices) for number in line.classes}
    return [lines[number] for number in range(len(lines))]
