"""The price of every decision that is not the best one, to the last combination.

Each circle is paid by itself, so a decision costs what the same cards would bring on its circle
with the other one. The prices of all decisions add up to what the strategy's house edge is above
that of best play. A decision on cards that are worth exactly nothing costs nothing either way.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import TOTAL_DEALS, DealTable
from let_it_ride.game.hand_words import clear_words, descriptions
from let_it_ride.game.paytables import Paytable
from let_it_ride.game.strategies import Strategy, units_by_category


@dataclass(frozen=True, slots=True)
class Deviation:
    """A kind of hand on which a strategy gives something away.

    Attributes:
        bet: the bet that is decided on, 1 or 2.
        hand: the three or four cards, in a player's words.
        rides: what the strategy does; the other decision would be the best.
        deals: deals in which it comes, out of `TOTAL_DEALS`.
        loss: what all of them together lose against best play, in base bets.
    """

    bet: int
    hand: str
    rides: bool
    deals: int
    loss: int

    @property
    def decision(self) -> str:
        """What the strategy does, in a word."""
        return "ride" if self.rides else "pull"

    @property
    def chance(self) -> Fraction:
        """How often it comes, per round."""
        return Fraction(self.deals, TOTAL_DEALS)

    @property
    def cost_per_hand(self) -> Fraction:
        """What it costs each time that it comes, in base bets."""
        return Fraction(self.loss, self.deals)

    @property
    def cost_per_round(self) -> Fraction:
        """What it costs in the mean of all rounds, in base bets."""
        return Fraction(self.loss, TOTAL_DEALS)


def deviations(deals: DealTable, strategy: Strategy, paytable: Paytable) -> tuple[Deviation, ...]:
    """What a strategy does against best play, the costliest first.

    Hands are gathered under the broadest words that fit none on which the strategy does otherwise,
    or on which that costs nothing.
    """
    found = [
        *_on_bet(1, deals.three_card_counts, strategy.ride_bet_1, deals, paytable),
        *_on_bet(2, deals.four_card_counts, strategy.ride_bet_2, deals, paytable),
    ]
    return tuple(sorted(found, key=lambda each: (-each.loss, each.bet, each.hand)))


def _on_bet(
    bet: int,
    counts: NDArray[np.int64],
    rides: NDArray[np.bool_],
    deals: DealTable,
    paytable: Paytable,
) -> Iterator[Deviation]:
    worth = counts @ units_by_category(paytable)
    loss = np.where(rides, np.maximum(-worth, 0), np.maximum(worth, 0))
    # What is done against best play with each class, or None.
    against = [bool(ride) if lost else None for ride, lost in zip(rides, loss, strict=True)]
    words = descriptions(deals.three if bet == 1 else deals.four, bet + 2)
    classes_called = defaultdict(list)
    for number, hand in enumerate(clear_words(words, against)):
        if against[number] is not None:
            classes_called[hand, bool(rides[number])].append(number)
    for (hand, ride), classes in classes_called.items():
        come = int(counts[classes].sum())
        yield Deviation(bet, hand, ride, come, int(loss[classes].sum()))
