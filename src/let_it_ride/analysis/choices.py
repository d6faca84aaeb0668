"""The decisions on a bet, class of hands by class of hands, and the lines of a chart for them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.session_law import Integers
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import deal_table
from let_it_ride.game.hand_words import clear_words, descriptions
from let_it_ride.game.shown_cards import example_hands
from let_it_ride.game.strategies import optimal, units_by_category
from let_it_ride.goal_play.recursion import Options
from let_it_ride.goal_play.situations import Placed
from let_it_ride.planning import compile_strategy, main_paytable

Rides = NDArray[np.bool_]
Value = Fraction | float


@dataclass(frozen=True, slots=True)
class ChartLine:
    """Hands that are played alike.

    Attributes:
        hand: the three or four cards, in a player's words.
        rides: whether the bet rides.
        is_usual: whether the chart of the highest mean does the same.
        share: how many of all hands of as many cards these are.
        gain: what riding is worth more than pulling, in the mean of these hands: of a chart in
            base bets and exactly, of play for a goal in chances, or for a mean in cents.
        pull: what pulling is worth: what the whole hand then brings in the mean, by what is done
            afterwards; where a chart decides on bet 2, of a hand whose bet 1 was pulled.
        example: one of the hands, as names of cards.
        classes: which classes of the deal table they are.
    """

    hand: str
    rides: bool
    is_usual: bool
    share: Fraction
    gain: Value
    pull: Value = Fraction()
    example: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()

    @property
    def ride(self) -> Value:
        """What riding is worth."""
        return self.pull + self.gain

    @property
    def price(self) -> Value:
        """What the worse of both ways costs each time."""
        return self.gain if self.gain > 0 else -self.gain

    @property
    def loss(self) -> Value:
        """What the decision gives away each time, against the other one."""
        return self.price if self.rides == (self.gain < 0) else Fraction()


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """What is decided on a bet and what that is worth, by class of hands.

    Attributes:
        cards: how many cards are seen, three or four.
        rides: what is decided.
        usual: what the chart of the highest mean decides.
        gains: what riding is worth more than pulling.
        pulls: what pulling is worth (see `ChartLine`).
    """

    cards: int
    rides: Rides
    usual: Rides
    gains: Sequence[Value]
    pulls: Sequence[Value]


def fixed_choices(config: FullConfig) -> tuple[Choices, Choices]:
    """The decisions of a strategy that always does the same, on bet 1 and on bet 2."""
    deals, paytable = deal_table(), main_paytable(config)
    strategy, usual = compile_strategy(config, deals), optimal(deals, paytable)
    units = units_by_category(paytable)
    brought = deals.weight * strategy.ride_bet_2[deals.four_class] * units[deals.category]
    # Added up as doubles, exactly: no sum of pays over all deals comes near 2^53.
    of_bet_2 = np.bincount(deals.three_class, brought).astype(np.int64)
    worth_1, worth_2 = deals.three_card_counts @ units, deals.four_card_counts @ units
    come_1, come_2 = (
        counts.sum(axis=1) for counts in (deals.three_card_counts, deals.four_card_counts)
    )
    gains_2 = _shares(worth_2, come_2)
    return (
        Choices(
            3,
            strategy.ride_bet_1,
            usual.ride_bet_1,
            _shares(worth_1, come_1),
            _shares(worth_1 + of_bet_2, come_1),
        ),
        Choices(4, strategy.ride_bet_2, usual.ride_bet_2, gains_2, gains_2),
    )


def _shares(totals: Integers, come: Integers) -> list[Fraction]:
    return [Fraction(*pair) for pair in zip(totals.tolist(), come.tolist(), strict=True)]


def choices_for_goal(
    placed: Placed, options: Options, kind: int
) -> tuple[Choices, tuple[Choices, Choices]]:
    """The decisions at one profit: on bet 1, and on bet 2 where bet 1 was pulled and where not.

    Args:
        placed: what can be told apart.
        options: what the options are worth at that profit.
        kind: which of `Situations.bonus_kinds` the three cards have won.
    """
    deals, situations = deal_table(), placed.situations
    start = np.zeros(len(deals.three), dtype=np.int64)
    start[deals.three_class] = placed.start
    situation = np.zeros(len(deals.four), dtype=np.int64)
    situation[deals.four_class] = placed.situation
    pulled, ridden = (
        Choices(
            4,
            options.bet_2_rides[rides_1, kind, situation, 0],
            situations.rides_2[situation],
            (options.rides_2 - options.pulls_2)[rides_1, kind, situation, 0].tolist(),
            options.pulls_2[rides_1, kind, situation, 0].tolist(),
        )
        for rides_1 in (0, 1)
    )
    return (
        Choices(
            3,
            options.bet_1_rides[start, 0],
            situations.rides_1[start],
            (options.rides_1 - options.pulls_1)[start, 0].tolist(),
            options.pulls_1[start, 0].tolist(),
        ),
        (pulled, ridden),
    )


def chart_lines(choices: Choices, *, apart: bool = False) -> Iterator[ChartLine]:
    """Yield the lines of a chart.

    Classes that are played alike are gathered under the broadest words for them.

    Args:
        choices: the decisions on a bet.
        apart: whether classes have lines of their own where riding is not worth the same.
    """
    deals = deal_table()
    counts = deals.three_card_counts if choices.cards == 3 else deals.four_card_counts
    come_by_class = counts.sum(axis=1).tolist()
    every = sum(come_by_class)
    played = list(zip(choices.rides.tolist(), choices.usual.tolist(), strict=True))
    told_apart = list(zip(played, choices.gains, strict=True)) if apart else played
    examples = example_hands(choices.cards)
    called = defaultdict(list)
    for number, hand in enumerate(clear_words(_descriptions(choices.cards), told_apart)):
        called[hand, told_apart[number]].append(number)
    for (hand, _), numbers in called.items():
        come = sum(come_by_class[number] for number in numbers)

        def mean(values: Sequence[Value], those: list[int] = numbers, all_: int = come) -> Value:
            total: Value = sum((come_by_class[each] * values[each] for each in those), Fraction())
            return total / all_

        ride, usual = played[numbers[0]]
        yield ChartLine(
            hand,
            ride,
            ride == usual,
            Fraction(come, every),
            mean(choices.gains),
            mean(choices.pulls),
            examples[max(numbers, key=come_by_class.__getitem__)],
            tuple(numbers),
        )


@cache
def _descriptions(cards: int) -> Sequence[tuple[str, ...]]:
    deals = deal_table()
    return descriptions(deals.three if cards == 3 else deals.four, cards)
