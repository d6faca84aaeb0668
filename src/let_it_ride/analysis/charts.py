"""The chart of a strategy: which hands ride, and what riding is worth.

For play for a goal it is the chart of one moment, since decisions depend on the bankroll and on how
many hands are left.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.moments import Moments, Reach, Standing
from let_it_ride.analysis.session_law import Chances
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import DealTable, deal_table
from let_it_ride.game.hand_words import clear_words, descriptions
from let_it_ride.game.strategies import optimal, units_by_category
from let_it_ride.goal_play.recursion import Options
from let_it_ride.goal_play.rules import Goal
from let_it_ride.goal_play.situations import Placed
from let_it_ride.money import dollars
from let_it_ride.plan import compile_strategy, goal_setting, main_paytable

Rides = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ChartLine:
    """Hands that are played alike.

    Attributes:
        hand: the three or four cards, in a player's words.
        rides: whether the bet rides.
        is_usual: whether the chart of the highest mean does the same.
        share: how many of all hands of as many cards these are.
        gain: what riding is worth more than pulling, in the mean of these hands: of a chart in
            base bets, of play for a goal in chances, or for a mean in cents.
    """

    hand: str
    rides: bool
    is_usual: bool
    share: Fraction
    gain: float


@dataclass(frozen=True, slots=True)
class ChartPart:
    """The decisions on one bet.

    Attributes:
        title: which bet, and what came before.
        lines: all hands, those that ride first, the clearest decisions first.
    """

    title: str
    lines: tuple[ChartLine, ...]


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
    """

    parts: tuple[ChartPart, ...]
    moment: Moment | None = None

    def to_json(self) -> dict[str, Any]:
        """The chart for `json.dumps`, amounts in dollars."""
        moment = None
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
            "parts": [
                {
                    "title": part.title,
                    "lines": [
                        {
                            "hand": line.hand,
                            "rides": line.rides,
                            "is_usual": line.is_usual,
                            "share": float(line.share),
                            "gain": dollars(line.gain) if moment and by_money else line.gain,
                        }
                        for line in part.lines
                    ],
                }
                for part in self.parts
            ],
        }


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
            return _fixed_chart(self._config)
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
        return Chart(tuple(_parts_for_goal(self._placed, options)), moment)


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


def _fixed_chart(config: FullConfig) -> Chart:
    deals, paytable = deal_table(), main_paytable(config)
    strategy, usual = compile_strategy(config, deals), optimal(deals, paytable)
    units = units_by_category(paytable)
    worth_1, worth_2 = (
        counts @ units / counts.sum(axis=1)
        for counts in (deals.three_card_counts, deals.four_card_counts)
    )
    return Chart(
        (
            _part("Bet 1", deals, 3, strategy.ride_bet_1, usual.ride_bet_1, worth_1),
            _part("Bet 2", deals, 4, strategy.ride_bet_2, usual.ride_bet_2, worth_2),
        )
    )


def _parts_for_goal(placed: Placed, options: Options) -> Iterator[ChartPart]:
    """The decisions at one profit; those on bet 2 where the three cards won no bonus."""
    deals, situations = deal_table(), placed.situations
    start = np.zeros(len(deals.three), dtype=np.int64)
    start[deals.three_class] = placed.start
    situation = np.zeros(len(deals.four), dtype=np.int64)
    situation[deals.four_class] = placed.situation
    gain = (options.rides_1 - options.pulls_1)[start, 0]
    rides, usual = options.bet_1_rides[start, 0], situations.rides_1[start]
    yield _part("Bet 1", deals, 3, rides, usual, gain)
    lost = int(np.argmin(situations.bonus_kinds))
    gains = (options.rides_2 - options.pulls_2)[:, lost, situation, 0]
    for title, decided, worth in zip(
        ("Bet 2 where bet 1 was pulled", "Bet 2 where bet 1 rides"),
        options.bet_2_rides[:, lost, situation, 0],
        gains,
        strict=True,
    ):
        yield _part(title, deals, 4, decided, situations.rides_2[situation], worth)


def _part(
    title: str, deals: DealTable, cards: int, rides: Rides, usual: Rides, gain: Chances
) -> ChartPart:
    """Gather the classes of hands that are played alike under the broadest words for them."""
    lines = [line for line, _ in chart_lines(deals, cards, rides, usual, gain)]
    lines.sort(key=lambda line: (not line.rides, -abs(line.gain), line.hand))
    return ChartPart(title, tuple(lines))


def chart_lines(
    deals: DealTable, cards: int, rides: Rides, usual: Rides, gain: Chances
) -> Iterator[tuple[ChartLine, list[int]]]:
    """Yield the lines of a chart, each with the classes of hands that it is about.

    Args:
        deals: the deal table.
        cards: how many cards are seen, three or four.
        rides: what is decided, by class.
        usual: what the chart of the highest mean decides, by class.
        gain: what riding is worth more than pulling, by class.
    """
    counts = deals.three_card_counts if cards == 3 else deals.four_card_counts
    come_by_class = counts.sum(axis=1)
    played = list(zip(rides.tolist(), usual.tolist(), strict=True))
    called = defaultdict(list)
    for number, hand in enumerate(clear_words(_descriptions(cards), played)):
        called[hand, *played[number]].append(number)
    for (hand, ride, chart), numbers in called.items():
        come = come_by_class[numbers]
        share = Fraction(int(come.sum()), int(come_by_class.sum()))
        mean = float(come @ gain[numbers]) / float(come.sum())
        yield ChartLine(hand, ride, ride == chart, share, mean), numbers


@cache
def _descriptions(cards: int) -> Sequence[tuple[str, ...]]:
    deals = deal_table()
    return descriptions(deals.three if cards == 3 else deals.four, cards)
