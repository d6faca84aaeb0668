"""The chart of a strategy: which hands ride, and what riding is worth.

For play for a goal it is the chart of one moment, since decisions depend on the bankroll and on how
many hands are left.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from operator import attrgetter
from threading import Event
from typing import Any

import numpy as np

from let_it_ride.analysis.choices import (
    ChartLine,
    Choices,
    chart_lines,
    choices_for_goal,
    fixed_choices,
)
from let_it_ride.analysis.moments import Moments, Reach, Standing
from let_it_ride.config import FullConfig
from let_it_ride.goal_play.rules import Goal
from let_it_ride.money import cents, dollars
from let_it_ride.planning import goal_setting


@dataclass(frozen=True, slots=True)
class ChartPart:
    """The decisions on one bet.

    Attributes:
        title: which bet, and what came before.
        lines: all hands in few lines, those that ride first, the clearest decisions first.
        classes: all hands in the same order, apart where riding is not worth the same.
    """

    title: str
    lines: tuple[ChartLine, ...]
    classes: tuple[ChartLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """When a chart of play for a goal holds.

    Attributes:
        goal: what is played for.
        hands_left: how many hands the session can still have.
        bankroll: the player's money, in cents.
        bet: the bet on one circle that is best, in cents, as far as there is money for it.
        value: the chance of the goal, or for a mean the mean profit of the session in cents.
        has_bonus: whether it matters what the three cards have won of the bonus; the chart is that
            of cards that have won nothing.
        prospects: bankrolls that sessions have with so many hands left and where something can
            yet be lost, rising, in cents, each with what it is worth.
    """

    goal: Goal
    hands_left: int
    bankroll: int
    bet: int
    value: float
    has_bonus: bool = False
    prospects: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart.

    Attributes:
        parts: the decisions on each bet.
        moment: when it holds; None for a strategy that always does the same.
        bet: the bet on one circle, in cents.
    """

    parts: tuple[ChartPart, ...]
    moment: Moment | None = None
    bet: int = 0

    @property
    def given_away(self) -> Fraction:
        """What a strategy that always does the same loses against best play, in bets a round."""
        if self.moment is not None:
            return Fraction()
        lines = (line for part in self.parts for line in part.classes)
        return sum((line.share * Fraction(line.loss) for line in lines), Fraction())

    def to_json(
        self, lines_of: Callable[[ChartPart], Iterable[ChartLine]] = attrgetter("lines")
    ) -> dict[str, Any]:
        """The chart for `json.dumps`, amounts in dollars.

        Args:
            lines_of: which lines of its parts, and in which order.
        """
        moment, by_money = None, False
        if (at := self.moment) is not None:
            by_money = at.goal == "mean"
            moment = {
                "goal": at.goal,
                "hands_left": at.hands_left,
                "bankroll": dollars(at.bankroll),
                "bet": dollars(at.bet),
                "value": dollars(at.value) if by_money else at.value,
            }
        return {
            "moment": moment,
            "bet": dollars(self.bet),
            "given_away": float(self.given_away),
            "given_away_fraction": str(self.given_away),
            "parts": [
                {
                    "title": part.title,
                    "lines": [_line_to_json(line, by_money=by_money) for line in lines_of(part)],
                }
                for part in self.parts
            ],
        }


def _line_to_json(line: ChartLine, *, by_money: bool) -> dict[str, Any]:
    values = {"ride": line.ride, "pull": line.pull, "gain": line.gain, "loss": line.loss}
    written: dict[str, Any] = {
        "hand": line.hand,
        "example": list(line.example),
        "rides": line.rides,
        "is_usual": line.is_usual,
        "share": float(line.share),
        "share_fraction": str(line.share),
    }
    for name, value in values.items():
        written[name] = dollars(float(value)) if by_money else float(value)
        if isinstance(value, Fraction):
            written[f"{name}_fraction"] = str(value)
    return written


class Charts:
    """The charts of a configured strategy.

    Those of play for a goal are worked out from the last hand back, as far as is asked for; what
    has been worked out is kept. Only one thread at a time may ask.
    """

    def __init__(self, config: FullConfig) -> None:
        """Prepare.

        Raises:
            GoalTooLargeError: the play for the goal is too large to work out.
        """
        self._config = config
        self.reach: Reach | None = None
        """Where sessions can come to stand, if that makes a difference."""
        if config.strategy.type == "goal":
            self._placed, self._rules = goal_setting(config, config.strategy.goal)
            self._moments = Moments(self._placed, self._rules, config.strategy.goal)
            self.reach = Reach(self._placed, self._rules)

    def at(
        self,
        standing: Standing | None = None,
        cancelled: Event | None = None,
        progress: Callable[[float], None] = lambda _: None,
    ) -> Chart:
        """The chart where a session stands; at its beginning if that is not said.

        Args:
            standing: where; for a strategy that always does the same it does not matter.
            cancelled: whoever sets it no longer waits.
            progress: is told the share that is done.

        Raises:
            NoSuchMomentError: no session comes to stand there, or has ended when it does.
            MomentsCancelledError: `cancelled` was set.
        """
        if self.reach is None or self._config.strategy.type != "goal":
            first, second = fixed_choices(self._config)
            bet = cents(self._config.bankroll.base_bet)
            return Chart((_part("Bet 1", first), _part("Bet 2", second)), bet=bet)
        standing = standing or self.reach.beginning
        self.reach.refuse_what_never_comes(standing)
        self._moments.work_out(standing.hands_left, cancelled or Event(), progress)
        options = self._moments.options(standing)
        low, high = self.reach.bankrolls(standing.hands_left)
        profit = standing.bankroll - self._rules.starting_bankroll
        bet, _ = self._rules.stakes(int(options.bet[0]), profit)
        moment = Moment(
            goal=self._config.strategy.goal,
            hands_left=standing.hands_left,
            bankroll=standing.bankroll,
            bet=bet,
            value=float(options.value[0]),
            has_bonus=len(self._placed.situations.bonus_kinds) > 1,
            prospects=tuple(
                each for each in self._moments.values(standing.hands_left) if low <= each[0] <= high
            ),
        )
        lost = int(np.argmin(self._placed.situations.bonus_kinds))
        first, (pulled, ridden) = choices_for_goal(self._placed, options, lost)
        parts = (
            _part("Bet 1", first),
            _part("Bet 2 where bet 1 was pulled", pulled),
            _part("Bet 2 where bet 1 rides", ridden),
        )
        return Chart(parts, moment, bet)


def chart_of(
    config: FullConfig, hands_left: int | None = None, bankroll: int | None = None
) -> Chart:
    """The chart of the configured strategy.

    Args:
        config: what is played.
        hands_left: for play for a goal, how many hands are left; all of them if not said.
        bankroll: for play for a goal, the player's money in cents; that at the beginning if not
            said.

    Raises:
        NoSuchMomentError: no session comes to stand there, or has ended when it does.
        GoalTooLargeError: the play for the goal is too large to work out.
    """
    charts = Charts(config)
    if charts.reach is None:
        return charts.at()
    standing = charts.reach.beginning
    if hands_left is not None:
        standing = replace(standing, hands_left=hands_left)
    if bankroll is not None:
        standing = replace(standing, bankroll=bankroll)
    return charts.at(standing)


def _part(title: str, choices: Choices) -> ChartPart:
    def ordered(*, apart: bool) -> tuple[ChartLine, ...]:
        lines = chart_lines(choices, apart=apart)
        return tuple(sorted(lines, key=lambda line: (not line.rides, -line.price, line.hand)))

    return ChartPart(title, ordered(apart=False), ordered(apart=True))
