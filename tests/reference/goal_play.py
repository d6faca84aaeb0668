"""Play for a goal, slowly: what every decision is worth wherever a session can come to.

What three and four cards lead to is counted over all hands. Every standing is weighed by itself,
from the first hand on: a session that ends there is worth what its end is, any other the best of
all that can be chosen and decided. What was once weighed is remembered.

Values are rounded as the program rounds them, to 2⁻⁴¹ of the largest, and what is closer than that
for each hand is equally good.
"""

from __future__ import annotations

from functools import cache
from itertools import count
from math import floor, log2
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from reference.cards import DECK, Cards
from reference.deal_classes import BONUS_NAMES, bonus_names, situations
from reference.every_hand import (
    FIVE_CARD_NAMES,
    Numbers,
    every_hand,
    place,
    rivers,
    starts_and_fourths,
)
from reference.goal_values import value_of_end
from reference.money import cents
from reference.paytables import net_result

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference.player import Game, Player
    from reference.strategies import Decision

#: Finer than doubles, since values are to be rounded once.
Values = NDArray[np.longdouble]


class Seen(NamedTuple):
    """All that a player can see of cards, as far as it matters to what follows.

    Attributes:
        river: river cards that make each of `FIVE_CARD_NAMES`, by situation; shape (33, 10).
        turn: fourth cards that lead to each situation, by start; shape (59, 33).
        bonus: what the three cards are to the bonus, by start; shape (59,).
        hands: three-card hands, by start; shape (59,).
        start_of: the start of every three-card hand; shape (22100,).
    """

    river: Numbers
    turn: Numbers
    bonus: Numbers
    hands: Numbers
    start_of: Numbers


@cache
def all_that_is_seen() -> Seen:
    """Put together three-card hands that win the same bonus and lead to the same."""
    _, first = np.unique(situations(), return_index=True)
    river = rivers()[first]
    three, four = starts_and_fourths()
    turn = np.zeros((len(every_hand(3)), len(river)), dtype=np.int64)
    np.add.at(turn, (three, situations()[four]), 1)
    starts, start_of = np.unique(
        np.column_stack([bonus_names(), turn]), axis=0, return_inverse=True
    )
    hands = np.bincount(start_of.reshape(-1))
    return Seen(river, starts[:, 1:], starts[:, 0], hands, start_of.reshape(-1))


class Weighed(NamedTuple):
    """A standing.

    Attributes:
        value: what it is worth.
        bet: the bet on one circle that is wanted there.
        gain_1: what riding bet 1 is worth more than pulling it, by start; shape (59,).
        gain_2: the same of bet 2, by whether bet 1 rides, start and situation; shape (2, 59, 33).
        rides_1: whether bet 1 rides; shape (59,).
        rides_2: whether bet 2 rides; shape (2, 59, 33).
    """

    value: np.longdouble
    bet: int
    gain_1: Values
    gain_2: Values
    rides_1: NDArray[np.bool_]
    rides_2: NDArray[np.bool_]


class BestPlay:
    """The best play for a goal.

    Attributes:
        goal: its name.
        bets: the bets to choose from, in cents, rising.
        most_hands: the most hands of a session.
        chart_1: whether the optimal chart with pulled ties lets bet 1 ride, by start.
        chart_2: whether it lets bet 2 ride, by situation.
    """

    def __init__(self, strategy: Mapping[str, Any], player: Player, game: Game) -> None:
        """Begin.

        Args:
            strategy: the settings, of the type "goal".
            player: somebody of the same configuration but for the strategy, who tells what is
                staked and when it ends.
            game: what is paid.
        """
        self.goal = strategy.get("goal", "leave_ahead")
        base_bet = player.session.base_bet
        rows = strategy.get("bets", [])
        chosen = {cents(row["bet"]) if "bet" in row else base_bet for row in rows}
        self.bets = sorted(chosen) or [base_bet]
        self._player, self._seen = player, all_that_is_seen()
        self._units = np.array([net_result(1, name, game.pays) for name in FIVE_CARD_NAMES])
        self._bonus_units = [net_result(1, name, game.bonus_pays) for name in BONUS_NAMES]
        worth_2 = self._seen.river @ self._units
        self.chart_2 = worth_2 > 0
        self.chart_1 = self._seen.turn @ worth_2 > 0
        self.most_hands = next(n for n in count() if self._reason(n, 0) is not None)
        most_bonus = player.staked(self.bets[-1], bankroll=10**12)[1]
        self._most_lost = 3 * self.bets[-1] + most_bonus
        self._step = 2.0**-41 if self.goal != "mean" else self._step_of_means(most_bonus)
        self._values: dict[tuple[int, int], float | np.longdouble] = {}
        self._weighed: dict[tuple[int, int], Weighed] = {}

    def value(self, hands: int, profit: int) -> float | np.longdouble:
        """What it is worth to have come to a profit after so many hands."""
        standing = hands, profit
        if standing not in self._values:
            self._values[standing] = self._value(hands, profit)
        return self._values[standing]

    def weighed(self, hands: int, profit: int) -> Weighed:
        """The best play at a profit after so many hands."""
        standing = hands, profit
        if standing not in self._weighed:
            best, *others = (self._with_bet(hands, profit, bet) for bet in self.bets)
            for other in others:
                if other.value > best.value + self.most_hands * self._step:
                    best = other
            self._weighed[standing] = best
        return self._weighed[standing]

    def decision(self, hands: int, profit: int) -> Decision:
        """Whether a bet rides on three cards, and on the same three with a fourth."""
        play, seen = self.weighed(hands, profit), self._seen

        def rides(hand: Cards) -> bool:
            start = seen.start_of[place_of(hand[:3])]
            rides_1 = play.rides_1[start]
            if len(hand) == 3:
                return bool(rides_1)
            return bool(play.rides_2[int(rides_1), start, situations()[place_of(hand)]])

        return rides

    def _value(self, hands: int, profit: int) -> float | np.longdouble:
        reason = self._reason(hands, profit)
        if reason is not None:
            return value_of_end(self.goal, profit, reason)
        hands_left = self.most_hands - hands
        if self.goal in ("leave_ahead", "avoid_ruin") and profit > hands_left * self._most_lost:
            return 1.0  # ahead whatever comes
        return self.weighed(hands, profit).value

    def _reason(self, hands: int, profit: int) -> str | None:
        self._player.session.hands, self._player.session.profit = hands, profit
        return self._player.reason_to_stop()

    def _with_bet(self, hands: int, profit: int, wanted: int) -> Weighed:
        seen, starting = self._seen, self._player.session.starting_bankroll
        bet, bonus = self._player.staked(wanted, bankroll=starting + profit)
        after_all = np.array(
            [
                [
                    [
                        self.value(hands + 1, profit + bonus * bonus_unit + bets * bet * int(unit))
                        for unit in self._units
                    ]
                    for bonus_unit in self._bonus_units
                ]
                for bets in (1, 2, 3)
            ],
            dtype=np.longdouble,
        )
        # By bets in action, start and situation.
        with_bets = (after_all @ seen.river.T.astype(np.longdouble) / 48)[:, seen.bonus]
        pulls_2, rides_2 = with_bets[:2], with_bets[1:]
        gain_2 = rides_2 - pulls_2
        decided_2 = self._decided(gain_2, self.chart_2)
        pulls_1, rides_1 = (np.where(decided_2, rides_2, pulls_2) * seen.turn).sum(axis=2) / 49
        gain_1 = rides_1 - pulls_1
        decided_1 = self._decided(gain_1, self.chart_1)
        value = np.where(decided_1, rides_1, pulls_1) @ seen.hands / 22_100
        value = np.rint(value / self._step) * self._step
        return Weighed(value, wanted, gain_1, gain_2, decided_1, decided_2)

    def _decided(self, gain: Values, chart: NDArray[np.bool_]) -> NDArray[np.bool_]:
        return np.where(abs(gain) <= self.most_hands * self._step, chart, gain > 0)

    def _step_of_means(self, bonus: int) -> float:
        """The power of two of which 2⁴¹ are as much as a mean can be."""
        seen = self._seen
        worth_2 = seen.river @ self._units
        bet_2, rides_2 = seen.turn @ worth_2, seen.turn @ (worth_2 * self.chart_2)
        main = (bet_2 * (1 + self.chart_1) + rides_2) @ seen.hands / (22_100 * 49 * 48)
        bonus_mean = np.array(self._bonus_units)[seen.bonus] @ seen.hands / 22_100
        a_hand = self.bets[-1 if main > 0 else 0] * main + bonus * bonus_mean
        highest = self._player.session.win_limit or self.most_hands * self._most_lost + 1
        won = 3 * self.bets[-1] * max(*self._units, 0) + bonus * max(*self._bonus_units, 0)
        lowest = (self.most_hands + 1) * self._most_lost
        furthest = max(highest + won, lowest)
        most = furthest + self.most_hands * abs(a_hand)
        return 2.0 ** -floor(log2(2**41 / most))


def place_of(hand: Cards) -> int:
    """Where a hand stands in `every_hand` of its size."""
    return int(place(np.array([sorted(map(DECK.index, hand))]))[0])
