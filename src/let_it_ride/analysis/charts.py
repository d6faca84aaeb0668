"""The chart of a strategy: which hands ride, and what riding is worth.

For play for a goal it is the chart of one moment, since decisions depend on the bankroll and on how
many hands are left.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.session_law import Chances, Integers
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.game.deals import DealTable, HandClasses, deal_table
from let_it_ride.game.hand_words import clear_words, descriptions
from let_it_ride.game.strategies import optimal, units_by_category
from let_it_ride.goal_play import Goal, Options, Placed, Rules, options_at
from let_it_ride.money import dollar_text, dollars
from let_it_ride.plan import compile_strategy, goal_setting, main_paytable

Rides = NDArray[np.bool_]


class NoSuchMomentError(LetItRideError):
    """A moment that no session comes to."""


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
    """

    goal: Goal
    hands_left: int
    bankroll: int
    bet: int
    value: float


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
    if config.strategy.type != "goal":
        return _fixed_chart(config)
    placed, rules = goal_setting(config)
    hands_left = rules.hand_limit if hands_left is None else hands_left
    bankroll = rules.starting_bankroll if bankroll is None else bankroll
    highest_win = placed.situations.highest_win(rules)
    _refuse_what_never_comes(rules, highest_win, hands_left, bankroll)
    profit, goal = bankroll - rules.starting_bankroll, config.strategy.goal
    options = options_at(placed, rules, goal, hands_left, profit)
    (bet,), _ = rules.stakes(int(options.bet[0]), np.array([profit]))
    moment = Moment(goal, hands_left, bankroll, int(bet), float(options.value[0]))
    return Chart(tuple(_parts_for_goal(placed, options)), moment)


def _refuse_what_never_comes(
    rules: Rules, highest_win: int, hands_left: int, bankroll: int
) -> None:
    profit, text = bankroll - rules.starting_bankroll, dollar_text(bankroll)
    if not 1 <= hands_left <= rules.hand_limit:
        raise NoSuchMomentError(
            f"{hands_left:,} hands left: a session has 1 to {rules.hand_limit:,} of them"
        )
    if profit % rules.unit:
        nearest = rules.starting_bankroll + round(profit / rules.unit) * rules.unit
        raise NoSuchMomentError(
            f"no session comes to {text}, since all that is won or lost is a multiple of"
            f" {dollar_text(rules.unit)}; the nearest is {dollar_text(nearest)}"
        )
    if rules.win_at is not None and profit >= rules.win_at:
        raise NoSuchMomentError(f"at {text} a session has reached its win limit")
    if rules.loss_at is not None and profit <= rules.loss_at:
        raise NoSuchMomentError(f"at {text} a session has reached its loss limit")
    if bankroll < 3 * rules.bet_floor:
        raise NoSuchMomentError(f"at {text} a session has run out of money")
    played = rules.hand_limit - hands_left
    if not -played * rules.highest_stake <= profit <= played * highest_win:
        way = "up" if profit > 0 else "down"
        raise NoSuchMomentError(f"no session has come {way} to {text} after {played:,} hands")


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
    counts = deals.three_card_counts if cards == 3 else deals.four_card_counts
    classes = deals.three if cards == 3 else deals.four
    lines = list(_lines(classes, cards, counts.sum(axis=1), rides, usual, gain))
    lines.sort(key=lambda line: (not line.rides, -abs(line.gain), line.hand))
    return ChartPart(title, tuple(lines))


def _lines(
    classes: HandClasses, cards: int, deals: Integers, rides: Rides, usual: Rides, gain: Chances
) -> Iterator[ChartLine]:
    played = list(zip(rides.tolist(), usual.tolist(), strict=True))
    called = defaultdict(list)
    for number, hand in enumerate(clear_words(descriptions(classes, cards), played)):
        called[hand, *played[number]].append(number)
    for (hand, ride, chart), numbers in called.items():
        come = deals[numbers]
        share = Fraction(int(come.sum()), int(deals.sum()))
        mean = float(come @ gain[numbers]) / float(come.sum())
        yield ChartLine(hand, ride, ride == chart, share, mean)
