"""Who rides when: a strategy as two decision tables over the classes of the deal table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from let_it_ride.game.deals import DealTable, HandClasses
from let_it_ride.game.paytables import Paytable

Ties = Literal["pull", "ride"]
Rides = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Strategy:
    """Decisions for every class of hand.

    Attributes:
        ride_bet_1: whether bet 1 rides, by three-card class.
        ride_bet_2: whether bet 2 rides, by four-card class.
    """

    ride_bet_1: Rides
    ride_bet_2: Rides

    def bets_in_action(self, deals: DealTable) -> NDArray[np.int64]:
        """How many of the three bets are left at the end, by deal class: 1, 2 or 3."""
        rides_1 = self.ride_bet_1[deals.three_class].astype(np.int64)
        return 1 + rides_1 + self.ride_bet_2[deals.four_class]


def units_by_category(paytable: Paytable) -> NDArray[np.int64]:
    """What one bet in action brings by `FiveCard`: its odds, or −1 where the table pays nothing."""
    pays = np.array(paytable, dtype=np.int64)
    return np.where(pays > 0, pays, -1)


def optimal(deals: DealTable, paytable: Paytable, ties: Ties = "pull") -> Strategy:
    """Ride where riding is worth more than pulling, to the last combination.

    Each circle is paid by itself, so bet 1 rides where the mean of its own pay over everything
    that can follow is above zero, and bet 2 likewise; a mean of exactly zero goes as `ties` says.
    """
    units = units_by_category(paytable)
    least = 0 if ties == "ride" else 1
    return Strategy(
        ride_bet_1=deals.three_card_counts @ units >= least,
        ride_bet_2=deals.four_card_counts @ units >= least,
    )


def basic(deals: DealTable, paytable: Paytable) -> Strategy:
    """The published chart.

    In it an ace counts high: suited A-2-3, A-2-4 and A-3-4 are pulled, as is 2-3-4. It rides the
    one kind of tie that it has a line for, four high cards to an inside straight.
    """
    three, four = deals.three, deals.four
    spread, straights = three.feature("straight_flush_spread"), three.feature("straights")
    high, four_high = three.feature("high_cards"), four.feature("high_cards")
    royal_draw = (spread > 0) & (high == 3)
    # Fewer straights contain three cards where the ace would have to be low, or is near below.
    ride_bet_1 = (
        _made(three, paytable)
        | royal_draw
        | ((spread == 3) & (straights == 3))
        | ((spread == 4) & (straights == 2) & (high >= 1))
        | ((spread == 5) & (high >= 2))
    )
    outside_straight = four.feature("straights") == 2
    inside_straight = four.feature("straights") == 1
    ride_bet_2 = (
        _made(four, paytable)
        | (four.feature("suited_cards") == 4)
        | (outside_straight & (four_high >= 1))
        | (inside_straight & (four_high == 4))
    )
    return Strategy(ride_bet_1, ride_bet_2)


def always_ride(deals: DealTable, paytable: Paytable) -> Strategy:  # noqa: ARG001  as others
    """Keep all three bets in action."""
    return Strategy(np.ones(len(deals.three), dtype=bool), np.ones(len(deals.four), dtype=bool))


def always_pull(deals: DealTable, paytable: Paytable) -> Strategy:  # noqa: ARG001  as others
    """Take both bets back."""
    return Strategy(np.zeros(len(deals.three), dtype=bool), np.zeros(len(deals.four), dtype=bool))


def conservative(deals: DealTable, paytable: Paytable) -> Strategy:
    """Ride made paying hands only."""
    return Strategy(_made(deals.three, paytable), _made(deals.four, paytable))


def aggressive(deals: DealTable, paytable: Paytable) -> Strategy:
    """Ride made hands, and all cards of one suit or inside one straight, the ace high or low."""

    def drawing(hands: HandClasses, size: int) -> Rides:
        suited = hands.feature("suited_cards") == size
        draws: Rides = suited | (hands.feature("straights") > 0)
        return draws

    return Strategy(
        _made(deals.three, paytable) | drawing(deals.three, 3),
        _made(deals.four, paytable) | drawing(deals.four, 4),
    )


#: Strategies that need no more than the deal table and the paytable, by their configuration name.
FIXED_STRATEGIES: Final[dict[str, Callable[[DealTable, Paytable], Strategy]]] = {
    "basic": basic,
    "always_ride": always_ride,
    "always_pull": always_pull,
    "conservative": conservative,
    "aggressive": aggressive,
}


def _made(hands: HandClasses, paytable: Paytable) -> Rides:
    """Whether the cards already make a hand that pays."""
    pays = np.array(paytable)
    made: Rides = pays[hands.feature("made")] > 0
    return made
