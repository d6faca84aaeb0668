"""Comparing a run with the exact law: of a round, and of a session where that is known.

Which frequencies are looked at, and why that is right:

* Deals. The deals of a run, session after session, are independent, and when they end follows from
  those before. Their number is therefore chance, and that of a class is not binomial; but the
  distance of a class's count from its chance times that number has, by Wald's second identity, the
  variance of one deal times the mean number, which gives z, and in the limit chi-square; and the
  bound of `evidence` holds as it is. Of seats that share cards the exact covariance of two is added
  as often as two play, and there is no chi-square.
* Profits, stop reasons and numbers of hands. Sessions are independent, and there are as many as
  were asked for. Seats of a table depend on each other: each session counts as a part of one, and
  chi-square and z take one seat of every table. Where players replace each other, how many sessions
  a seat has is chance that hangs on how long they are; its first session is as any.

Means are shown with their z, but decide nothing: with the skewness of a round (320) a sum of
thousands of hands is still far from normal where one in ten million matters.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.agreement import About, Comparison, FrequencyTest, Unit
from let_it_ride.analysis.evidence import (
    LEAST_EXPECTED,
    chance_at_most,
    chance_of,
    chance_of_the_impossible,
    chi_square,
    evidence,
    neighbours,
)
from let_it_ride.analysis.session_law import PERCENTILES, Chances, Integers, SessionLaw
from let_it_ride.betting.stopping import StopReason
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.seat_covariance import main_covariance, share_covariances
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates, FrequencyTable
from let_it_ride.simulation.estimates import Check

#: Profits and numbers of hands are taken together to so many classes, but for what comes often. Few
#: show what is a little off everywhere, many what is off in one place.
_FEW: Final = 64
_MANY: Final = 4096

Groups = NDArray[np.intp]

#: A spread that is less of the number than this comes from rounding.
_NO_SPREAD: Final = 1e-9


@dataclass(frozen=True)
class SeenRounds:
    """The deals of a run.

    Attributes:
        dealt: how often each deal class came; shape (deal classes,).
        house_edge: the house edge over them.
        bonus_house_edge: that of the bonus; None where it has none.
        seat_pairs: how many pairs of seats played the same round.
    """

    dealt: Integers
    house_edge: Check
    bonus_house_edge: Check | None
    seat_pairs: int = 0


@dataclass
class SeenSessions:
    """The sessions of a run that can be compared.

    Attributes:
        every: those of all seats.
        alone: those of the first seat, which are independent.
        squares: of the latter, squared distances from `centres`, by amount.
        centres: about the mean of each amount.
    """

    centres: Mapping[str, float]
    every: Aggregates = field(default_factory=Aggregates)
    alone: Aggregates = field(default_factory=Aggregates)
    squares: dict[str, float] = field(default_factory=dict)

    def add(self, records: NDArray[Any], plan: SessionPlan) -> None:
        """Add records of whole tables."""
        if plan.total_rounds:
            places = np.stack([records["table"], records["seat"]])
            is_first = np.ones(len(records), dtype=np.bool_)
            is_first[1:] = (places[:, 1:] != places[:, :-1]).any(axis=0)
            records = records[is_first]
        added = Aggregates.of(records)
        self.every = self.every.merged(added)
        if plan.seats > 1:
            records = records[records["seat"] == 0]
            added = Aggregates.of(records)
        self.alone = self.alone.merged(added)
        for name, centre in self.centres.items():
            distance = records[name] - centre
            self.squares[name] = self.squares.get(name, 0.0) + float(distance @ distance)


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
    of_bets = main_covariance(bets) if seen.seat_pairs else Fraction()
    comparisons.append(_of_a_round("mean_bets", Unit.BETS, bets, of_bets, seen))
    for name, kinds, keys in (
        ("bets_in_action", bets, {bets: str(bets) for bets in plan.odds.bets_deals}),
        ("categories", deals.category, {each: each.key for each in FiveCard}),
        ("bonus_categories", deals.bonus_category, {each: each.key for each in ThreeCard}),
    ):
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
    error = sqrt(max(variance, 0.0)) / rounds
    z = (simulated - mean) / error if error > _NO_SPREAD * (1 + mean) / rounds else None
    return Comparison(About.ROUND, name, unit, simulated, mean, z)


def compare_sessions(
    law: SessionLaw, seen: SeenSessions
) -> tuple[list[Comparison], list[FrequencyTest]]:
    """Compare sessions with their law."""
    reasons = np.arange(len(StopReason))
    hands = np.arange(1, len(law.hands) + 1)
    every, alone = seen.every, seen.alone
    tests = [
        _sessions_test("profits", law.profits, law.by_profit, every.profits, alone.profits, law),
        _sessions_test(
            "stop_reasons",
            reasons,
            law.chances.sum(axis=1),
            _table_of(every.stop_reasons),
            _table_of(alone.stop_reasons),
            law,
        ),
        _sessions_test("hands", hands, law.hands, every.hands, alone.hands, law),
    ]
    return list(_session_comparisons(law, seen)), tests


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


def _sessions_test(
    name: str,
    values: Integers,
    chances: Chances,
    every: FrequencyTable,
    alone: FrequencyTable,
    law: SessionLaw,
) -> FrequencyTest:
    """Test how often sessions had each of some values."""
    is_there = chances > 0
    values, chances = values[is_there], chances[is_there]
    tables, shared = alone.count, every.count // alone.count
    slack = law.error_bound
    few, many = (_classes_of(chances, classes, tables) for classes in (_FEW, _MANY))

    def seen_against(groups: Groups) -> float:
        counts, impossible = _counted(every, values, groups)
        return evidence(
            np.append(counts, impossible),
            np.append(_added(chances, groups), slack),
            most=tables,
            shared=shared,
            slack=slack,
        )

    impossible = _counted(every, values, few)[1]
    bound = chance_of(*map(seen_against, (few, many)))
    bound = 2 * min(bound, chance_of_the_impossible(impossible, tables, shared, slack))
    return FrequencyTest(
        name=name,
        observations=every.count,
        classes=int(few[-1]) + 1,
        impossible=impossible,
        chi_square=chi_square(_counted(alone, values, few)[0], _added(chances, few)),
        bound=min(bound, 1.0),
    )


def _classes_of(chances: Chances, classes: int, sessions: int) -> Groups:
    """Take neighbours together to so many classes, but for what comes often by itself."""
    rare = float(chances[chances < 1 / classes].sum())
    return neighbours(chances, max(rare / classes, LEAST_EXPECTED / sessions))


def _added(chances: Chances, groups: Groups) -> Chances:
    return np.bincount(groups, chances).astype(np.float64)


def _counted(table: FrequencyTable, values: Integers, groups: Groups) -> tuple[Integers, int]:
    """How often each class of values came, and what has no place among them."""
    place = np.minimum(np.searchsorted(values, table.values), len(values) - 1)
    is_known = values[place] == table.values
    classes = int(groups[-1]) + 1
    counts = np.bincount(groups[place[is_known]], table.counts[is_known], minlength=classes)
    return counts.astype(np.int64), int(table.counts[~is_known].sum())


def _table_of(reasons: Mapping[StopReason, int]) -> FrequencyTable:
    counted = sorted((int(reason), count) for reason, count in reasons.items())
    values, counts = np.array(counted, dtype=np.int64).T
    return FrequencyTable(values, counts)


def _session_comparisons(law: SessionLaw, seen: SeenSessions) -> Iterator[Comparison]:
    alone = seen.alone
    sessions, profits = alone.sessions, alone.profits

    def compared(
        name: str, unit: Unit, simulated: float, exact: float, deviation: float, *, known: bool
    ) -> Comparison:
        error = deviation / sqrt(sessions)
        z = (simulated - exact) / error if error > _NO_SPREAD * (1 + abs(exact)) else None
        return Comparison(About.SESSION, name, unit, simulated, exact, z, known)

    def share(name: str, count: int, exact: float) -> Comparison:
        spread = sqrt(exact * max(1 - exact, 0.0))
        return compared(name, Unit.SHARE, count / sessions, exact, spread, known=True)

    yield share("win_probability", alone.won, law.win_probability)
    yield share("loss_probability", alone.lost, law.loss_probability)
    yield share("push_probability", alone.even, law.push_probability)
    cents = Unit.CENTS
    yield compared("mean_profit", cents, profits.mean, law.mean_profit, law.std_profit, known=True)
    yield _spread(law, profits)
    for percent in PERCENTILES:
        yield _percentile(law, profits, percent)
    for reason in StopReason:
        exact, count = law.stop_reasons.get(reason, 0.0), alone.stop_reasons.get(reason, 0)
        if exact or count:
            yield share(f"stop_reason.{reason.key}", count, exact)
    hands = np.arange(1, len(law.hands) + 1)
    spread = sqrt(float(law.hands @ (hands - law.mean_hands) ** 2))
    yield compared("mean_hands", Unit.HANDS, alone.hands.mean, law.mean_hands, spread, known=True)
    for name, centre in seen.centres.items():
        spread = sqrt(seen.squares[name] / sessions)
        yield compared(
            f"mean_{name}", cents, alone.sums[name] / sessions, centre, spread, known=False
        )


def amounts_of(plan: SessionPlan, law: SessionLaw) -> dict[str, float]:
    """The exact means of the amounts of a session whose spread the law does not tell, in cents."""
    amounts = {"main_wagered": law.main_wagered}
    if law.bonus_staked:
        # By Wald's identity, since the bonus is staked before the deal.
        amounts["bonus_wagered"] = law.bonus_staked
        amounts["bonus_profit"] = -float(plan.odds.bonus_house_edge) * law.bonus_staked
    return amounts


def _spread(law: SessionLaw, profits: FrequencyTable) -> Comparison:
    """The standard deviation; its variance has the error √((μ₄ − σ⁴)/n)."""
    simulated, exact = profits.standard_deviation, law.std_profit
    fourth = float(law.by_profit @ (law.profits - law.mean_profit) ** 4.0)
    error = sqrt(max(fourth - exact**4, 0.0) / profits.count)
    z = (simulated**2 - exact**2) / error if error > _NO_SPREAD * (1 + exact**2) else None
    return Comparison(About.SESSION, "std_profit", Unit.CENTS, simulated, exact, z)


def _percentile(law: SessionLaw, profits: FrequencyTable, percent: float) -> Comparison:
    """A percentile; z is that of the share of sessions that do not exceed the exact one."""
    simulated, exact = profits.percentile(percent), law.percentile(percent)
    chance = min(float(law.by_profit[law.profits <= exact].sum()), 1.0)
    share = profits.between(-np.inf, exact) / profits.count
    error = sqrt(chance * (1 - chance) / profits.count)
    z = (chance - share) / error if error > _NO_SPREAD else None
    return Comparison(About.SESSION, f"percentile_{percent}", Unit.CENTS, simulated, exact, z)
