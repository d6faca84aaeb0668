"""Hands to practise on, and what a decision costs that is not the best one.

What a bet is worth is a whole number of `PARTS`: a deal has 48 × 49 ways to go on after three
cards, and 48 after four. So what mistakes cost is added up without any error.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from threading import Event
from typing import Final

import numpy as np

from let_it_ride.analysis.decisions import Decision, Decisions
from let_it_ride.config import FullConfig
from let_it_ride.config.strategies import OptimalStrategy
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import deal_table
from let_it_ride.game.shown_cards import card_name, show_cards
from let_it_ride.game.strategies import units_by_category
from let_it_ride.money import cents
from let_it_ride.planning import main_paytable
from let_it_ride.simulation.replay import PlayedHand

PARTS: Final = 48 * 49
"""Parts of a bet that its worth is counted in."""

#: Decisions that are closer than this many bets are about as hard as each other.
_CLOSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Priced:
    """A decision that was made.

    Attributes:
        decision: what both ways were worth.
        rides: what was decided.
        cost: what the other way was worth more, in `PARTS` of a bet; 0 where it was not.
    """

    decision: Decision
    rides: bool
    cost: int


class Practice:
    """Deals hands of a configured paytable, and prices decisions by its best chart."""

    def __init__(self, config: FullConfig, dealer: random.Random) -> None:
        """Prepare.

        Args:
            config: whose paytable and base bet it is played with.
            dealer: who draws the hands.
        """
        best = config.model_copy(update={"strategy": OptimalStrategy(type="optimal")})
        self._decisions = Decisions(best)
        self._decisions.work_out(Event(), lambda _: None)
        self._deals, self._dealer = deal_table(), dealer
        self.bet = cents(config.bankroll.base_bet)
        units = units_by_category(main_paytable(config))
        self._units = units.tolist()
        closeness = np.minimum(
            *(
                abs(counts @ units / counts.sum(axis=1))[which]
                for counts, which in (
                    (self._deals.three_card_counts, self._deals.three_class),
                    (self._deals.four_card_counts, self._deals.four_class),
                )
            )
        )
        weights = self._deals.weight
        self._up_to = {
            False: list(accumulate(weights.tolist())),
            True: list(accumulate((weights / (_CLOSE + closeness) ** 2).tolist())),
        }

    def deal(self, number: int, *, hard: bool) -> PlayedHand:
        """Deal a hand, both bets riding as long as nothing is decided.

        Args:
            number: which hand it is.
            hard: whether hands come the more often the closer their decisions are.
        """
        up_to = self._up_to[hard]
        (deal,) = self._dealer.choices(range(len(up_to)), cum_weights=up_to)
        cards = show_cards(deal, self._words(), 0)
        first, second, third = map(card_name, cards.own)
        return self.decided(
            PlayedHand(
                hand=number,
                round=number,
                deal_class=deal,
                own=(first, second, third),
                fourth=card_name(cards.fourth),
                fifth=card_name(cards.fifth),
                burned=(),
                bet_1_rides=True,
                bet_2_rides=True,
                category=FiveCard(int(self._deals.category[deal])),
                bonus_category=ThreeCard(int(self._deals.bonus_category[deal])),
                bet=self.bet,
                bonus=0,
                main_result=0,
                bonus_result=0,
                bankroll=0,
                won_meter=False,
                bet_failed=False,
                bonus_failed=False,
            ),
            (),
        )

    def decided(self, hand: PlayedHand, rides: tuple[bool, ...]) -> PlayedHand:
        """The hand after some decisions, those that are left out riding, and what it brings."""
        ride_1, ride_2 = (*rides, True, True)[:2]
        result = (1 + ride_1 + ride_2) * self.bet * self._units[hand.category]
        return replace(hand, bet_1_rides=ride_1, bet_2_rides=ride_2, main_result=result)

    def price(self, hand: PlayedHand, rides: tuple[bool, ...]) -> Priced:
        """Price the last of some decisions on a hand."""
        bet, decided = len(rides), rides[-1]
        decision = self._decisions.of(hand.deal_class, 0, 0)[bet - 1]
        if bet == 2:  # the value of both ways is that of the bets that are left
            gain = decision.gain
            pull = (1 + rides[0]) * gain
            decision = Decision(decision.line, pull + gain, pull, decision.worth)
        parts = round(decision.gain * PARTS)
        return Priced(decision, decided, max(-parts if decided else parts, 0))

    def _words(self) -> Iterator[int]:
        while True:
            yield self._dealer.getrandbits(64)
