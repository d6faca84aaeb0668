"""The exact odds of one round: the outcome table, and every number that follows from it.

All counts are out of `TOTAL_DEALS`, amounts in units of the base bet (of the bonus bet for the
bonus), so every mean is a fraction of integers.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import sqrt
from typing import Any, TypeVar

import numpy as np

from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, DealTable
from let_it_ride.game.paytables import BonusPaytable, Paytable
from let_it_ride.game.strategies import Strategy, units_by_category

Rational = int | Fraction
K = TypeVar("K", bound=Any)
R = TypeVar("R", int, Rational)


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that money needs to know about a round, and how many deals bring it.

    Attributes:
        bets: how many of the three bets are in action at the end.
        category: what the five cards make.
        bonus_category: what the player's three cards make.
        deals: combinations out of `TOTAL_DEALS`.
    """

    bets: int
    category: FiveCard
    bonus_category: ThreeCard
    deals: int


def outcome_table(deals: DealTable, strategy: Strategy) -> tuple[Outcome, ...]:
    """Every outcome a strategy can meet, with its exact number of combinations."""
    shape = (4, len(FiveCard), len(ThreeCard))
    table = np.zeros(shape, dtype=np.int64)
    at = (strategy.bets_in_action(deals), deals.category, deals.bonus_category)
    np.add.at(table, at, deals.weight)
    return tuple(
        Outcome(int(bets), FiveCard(category), ThreeCard(bonus), int(table[bets, category, bonus]))
        for bets, category, bonus in np.argwhere(table)
    )


@dataclass(frozen=True, eq=False)
class RoundOdds:
    """The exact law of one round for a paytable, a strategy and a bonus paytable.

    Means, variances and shares are `fractions.Fraction`, without any rounding; deals are counted
    out of 51,979,200: C(52, 3) hands of three cards, times 49 fourth cards, times 48 fifth ones.

    Attributes:
        outcomes: the outcome table.
        paytable: odds to one of the main game, by `FiveCard`.
        bonus_paytable: odds to one of the bonus, by `ThreeCard`.
    """

    outcomes: tuple[Outcome, ...]
    paytable: Paytable
    bonus_paytable: BonusPaytable

    @cached_property
    def net_deals(self) -> dict[Rational, int]:
        """Deals by net result of the main game, in base bets."""
        units = units_by_category(self.paytable)
        return _counted((o.bets * int(units[o.category]), o.deals) for o in self.outcomes)

    @cached_property
    def bonus_net_deals(self) -> dict[Rational, int]:
        """Deals by net result of the bonus, in bonus bets."""
        pays = self.bonus_paytable
        return _counted((pays[o.bonus_category] or -1, o.deals) for o in self.outcomes)

    @cached_property
    def bets_deals(self) -> dict[int, int]:
        """Deals by number of bets in action at the end."""
        return _counted((o.bets, o.deals) for o in self.outcomes)

    @cached_property
    def category_deals(self) -> dict[FiveCard, int]:
        """Deals by what the five cards make."""
        return _counted((o.category, o.deals) for o in self.outcomes)

    @cached_property
    def bonus_category_deals(self) -> dict[ThreeCard, int]:
        """Deals by what the player's three cards make."""
        return _counted((o.bonus_category, o.deals) for o in self.outcomes)

    @property
    def mean(self) -> Fraction:
        """Mean net result of the main game, in base bets."""
        return _moment(self.net_deals, 1)

    @property
    def house_edge(self) -> Fraction:
        """The house's mean win per base bet."""
        return -self.mean

    @property
    def mean_bets(self) -> Fraction:
        """Mean number of bets in action."""
        return _moment(self.bets_deals, 1)

    @property
    def element_of_risk(self) -> Fraction:
        """The house's mean win per unit left in action."""
        return self.house_edge / self.mean_bets

    @property
    def variance(self) -> Fraction:
        """Variance of the net result of the main game, in squared base bets."""
        return _moment(self.net_deals, 2, self.mean)

    @property
    def standard_deviation(self) -> float:
        """Standard deviation of the net result of the main game, in base bets."""
        return sqrt(self.variance)

    @property
    def skewness(self) -> float:
        """Third standardised moment of the net result of the main game; 0 if it never varies."""
        return _skewness(self.net_deals)

    @property
    def hit_rate(self) -> Fraction:
        """Share of rounds in which the main game pays."""
        return _share_above_zero(self.net_deals)

    @property
    def bonus_house_edge(self) -> Fraction:
        """The house's mean win per bonus bet, the progressive meter of a table apart."""
        return -_moment(self.bonus_net_deals, 1)

    @property
    def bonus_variance(self) -> Fraction:
        """Variance of the net result of the bonus, in squared bonus bets."""
        return _moment(self.bonus_net_deals, 2, -self.bonus_house_edge)

    @property
    def bonus_standard_deviation(self) -> float:
        """Standard deviation of the net result of the bonus, in bonus bets."""
        return sqrt(self.bonus_variance)

    @property
    def bonus_hit_rate(self) -> Fraction:
        """Share of rounds in which the bonus pays."""
        return _share_above_zero(self.bonus_net_deals)

    def to_json(self) -> dict[str, Any]:
        """Every number of the round, in base bets and bonus bets, for `json.dumps`."""
        edge, bonus_edge = self.house_edge, self.bonus_house_edge
        return {
            "house_edge": float(edge),
            "house_edge_fraction": str(edge),
            "element_of_risk": float(self.element_of_risk),
            "mean_bets": float(self.mean_bets),
            "standard_deviation": self.standard_deviation,
            "skewness": self.skewness,
            "hit_rate": float(self.hit_rate),
            "bonus_house_edge": float(bonus_edge),
            "bonus_house_edge_fraction": str(bonus_edge),
            "bonus_standard_deviation": self.bonus_standard_deviation,
            "bonus_hit_rate": float(self.bonus_hit_rate),
            "total_deals": TOTAL_DEALS,
            "categories": {key.key: n for key, n in self.category_deals.items()},
            "bonus_categories": {key.key: n for key, n in self.bonus_category_deals.items()},
            "bets_in_action": {str(bets): n for bets, n in self.bets_deals.items()},
        }


def round_odds(
    deals: DealTable, strategy: Strategy, paytable: Paytable, bonus_paytable: BonusPaytable
) -> RoundOdds:
    """The exact odds of one round."""
    return RoundOdds(outcome_table(deals, strategy), paytable, bonus_paytable)


def _counted(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    """Add up the deals of each key, the keys in order."""
    total: Counter[K] = Counter()
    for key, deals in pairs:
        total[key] += deals
    return dict(sorted(total.items()))


def _moment(deals: Mapping[R, int], order: int, about: Rational = 0) -> Fraction:
    """Mean of the `order`-th power of the distance from `about`."""
    return sum((Fraction(x - about) ** order * n for x, n in deals.items()), Fraction()) / (
        TOTAL_DEALS
    )


def _skewness(deals: Mapping[R, int]) -> float:
    mean = _moment(deals, 1)
    variance = _moment(deals, 2, mean)
    return float(_moment(deals, 3, mean)) / sqrt(variance) ** 3 if variance else 0.0


def _share_above_zero(deals: Mapping[R, int]) -> Fraction:
    return Fraction(sum(n for x, n in deals.items() if x > 0), TOTAL_DEALS)
