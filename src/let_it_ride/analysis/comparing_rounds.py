"""Comparing the deals of a run with the exact law of a round.

The deals of a run, session after session, are independent, and when they end follows from those
before. Their number is therefore chance, and that of a class is not binomial; but the distance of a
class's count from its chance times that number has, by Wald's second identity, the variance of one
deal times the mean number, which gives z, and in the limit chi-square; and the bound of `evidence`
holds as it is. Of seats that share cards the exact covariance of two is added as often as two play,
and there is no chi-square. Where decisions differ from round to round, as in play for a goal, a
deal does not tell which bets are in action.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.agreement import About, Comparison, FrequencyTest, Unit, z_score
from let_it_ride.analysis.evidence import chance_at_most, chi_square
from let_it_ride.analysis.session_law import Integers
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.seat_covariance import main_covariance, share_covariances
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.estimates import Check


@dataclass(frozen=True)
class SeenRounds:
    """The deals of a run.

    Attributes:
        dealt: how often each deal class came; shape (deal classes,).
        house_edge: the house edge over them; None where decisions differ from round to round.
        bonus_house_edge: that of the bonus; None where it has none.
        seat_pairs: how many pairs of seats played the same round.
    """

    dealt: Integers
    house_edge: Check | None
    bonus_house_edge: Check | None
    seat_pairs: int = 0


def compare_rounds(
    plan: SessionPlan, seen: SeenRounds
) -> tuple[list[Comparison], list[FrequencyTest]]:
    """Compare the deals of a run."""
    comparisons = [
        Comparison(About.ROUND, name, Unit.SHARE, check.simulated, check.exact, check.z)
        for name, check in (
            ("house_edge", seen.house_edge),
            ("bonus_house_edge", seen.bonus_house_edge),
        )
        if check is not None
    ]
    deals, bets = deal_table(), plan.tables.deals[:, 1]
    tests = [_rounds_test("deals", np.arange(len(seen.dealt)), plan, seen)]
    families: dict[str, tuple[NDArray[np.integer[Any]], dict[int, str]]] = {}
    if not plan.tables.goal.is_there:
        of_bets = main_covariance(bets) if seen.seat_pairs else Fraction()
        comparisons.append(_of_a_round("mean_bets", Unit.BETS, bets, of_bets, seen))
        families["bets_in_action"] = bets, {bets: str(bets) for bets in plan.odds.bets_deals}
    families["categories"] = deals.category, {each: each.key for each in FiveCard}
    families["bonus_categories"] = deals.bonus_category, {each: each.key for each in ThreeCard}
    for name, (kinds, keys) in families.items():
        tests.append(_rounds_test(name, kinds, plan, seen))
        covariances = share_covariances(kinds) if seen.seat_pairs else None
        for kind, key in keys.items():
            is_kind, together = kinds == kind, covariances[kind] if covariances else Fraction()
            comparisons.append(_of_a_round(f"{name}.{key}", Unit.SHARE, is_kind, together, seen))
    return comparisons, tests


def _of_a_round(
    name: str, unit: Unit, values: NDArray[Any], covariance: Fraction, seen: SeenRounds
) -> Comparison:
    """Compare the mean of a number of a round, by deal class.

    Args:
        name: of the number.
        unit: what it counts.
        values: it, by deal class.
        covariance: of that of two seats in a round.
        seen: the deals.
    """
    rounds, values = int(seen.dealt.sum()), values.astype(np.int64)
    weight = deal_table().weight
    simulated = float(seen.dealt @ values) / rounds
    mean, square = (float(weight @ values**power) / TOTAL_DEALS for power in (1, 2))
    variance = (square - mean**2) * rounds + 2 * float(covariance) * seen.seat_pairs
    deviation = sqrt(max(variance, 0.0) / rounds)
    z = z_score(simulated - mean, deviation, rounds)
    return Comparison(About.ROUND, name, unit, simulated, mean, z)


def _rounds_test(
    name: str, kinds: NDArray[np.integer[Any]], plan: SessionPlan, seen: SeenRounds
) -> FrequencyTest:
    """Test how often kinds of deals came, each deal class being of one."""
    counts = np.bincount(kinds, seen.dealt).astype(np.int64)
    chances = np.bincount(kinds, deal_table().weight) / TOTAL_DEALS
    is_there = chances > 0
    counts, chances = counts[is_there], chances[is_there]
    most = plan.table_count * (plan.total_rounds or plan.tables.hand_limit)
    pearson = chi_square(counts, chances) if plan.seats == 1 else None
    return FrequencyTest(
        name=name,
        observations=int(counts.sum()),
        classes=len(counts),
        impossible=0,
        chi_square=pearson,
        bound=chance_at_most(counts, chances, most=most, shared=plan.seats),
    )
