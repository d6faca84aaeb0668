"""Comparing the sessions of a run with their exact law: profits, stop reasons, numbers of hands.

Sessions are independent, and there are as many as were asked for. Seats of a table depend on each
other: each session counts as a part of one, and chi-square and z take one seat of every table.
Where players replace each other, how many sessions a seat has is chance that hangs on how long they
are; its first session is as any.

Means are shown with their z, which decides nothing: with the skewness of a round (320) a sum of
thousands of hands is still far from normal where one in ten million matters. What is staked, which
no frequency of profits tells, is held against its mean by the bound of `mean_evidence`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.analysis.agreement import About, Comparison, FrequencyTest, Unit, z_score
from let_it_ride.analysis.evidence import (
    LEAST_EXPECTED,
    chance_of,
    chance_of_the_impossible,
    chi_square,
    evidence,
    neighbours,
)
from let_it_ride.analysis.mean_evidence import MeanEvidence
from let_it_ride.analysis.session_law import PERCENTILES, Chances, Integers, SessionLaw
from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.frequencies import FrequencyTable

#: Profits and numbers of hands are taken together to so many classes, but for what comes often. Few
#: show what is a little off everywhere, many what is off in one place.
_FEW: Final = 64
_MANY: Final = 4096

#: A spread of an amount that is less of it than this comes from rounding.
_BLUR: Final = 1e-9

Groups = NDArray[np.intp]


@dataclass
class SeenSessions:
    """The sessions of a run that can be compared.

    Attributes:
        every: those of all seats.
        alone: those of the first seat, which are independent.
        begun: table × seats + seat of the last seats that have had a session.
        squares: of the latter, squared distances from `centres`, by amount.
        centres: about the mean of each amount.
        staked: of the latter, how far what is staked is from its mean, by amount.
    """

    centres: Mapping[str, float]
    staked: Mapping[str, MeanEvidence] = field(default_factory=dict)
    every: Aggregates = field(default_factory=Aggregates)
    alone: Aggregates = field(default_factory=Aggregates)
    squares: dict[str, float] = field(default_factory=dict)
    begun: Integers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def add(self, records: NDArray[Any], plan: SessionPlan) -> None:
        """Add the next records, in the order of their sessions."""
        if plan.total_rounds:
            places = records["table"].astype(np.int64) * plan.seats + records["seat"]
            places, where = np.unique(places, return_index=True)
            is_first = ~np.isin(places, self.begun)
            self.begun = np.union1d(self.begun, places)[-plan.seats :]
            records = records[where[is_first]]
        added = Aggregates.of(records)
        self.every = self.every.merged(added)
        if plan.seats > 1:
            records = records[records["seat"] == 0]
            added = Aggregates.of(records)
        self.alone = self.alone.merged(added)
        for name, centre in self.centres.items():
            distance = records[name] - centre
            self.squares[name] = self.squares.get(name, 0.0) + float(distance @ distance)
        for name, against in self.staked.items():
            against.add(records[name])


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
        *(
            FrequencyTest(
                name=name,
                observations=against.count,
                classes=0,
                impossible=against.impossible,
                chi_square=None,
                bound=against.bound,
            )
            for name, against in seen.staked.items()
        ),
    ]
    return list(_session_comparisons(law, seen)), tests


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
    # A chance that is let go can feign a spread of its root.
    blur = sqrt(law.error_bound)
    cents = Unit.CENTS

    def compared(
        name: str, unit: Unit, simulated: float, exact: float, deviation: float, span: float
    ) -> Comparison:
        z = z_score(simulated - exact, deviation, sessions, blur * span)
        return Comparison(About.SESSION, name, unit, simulated, exact, z)

    def share(name: str, count: int, exact: float) -> Comparison:
        return compared(name, Unit.SHARE, count / sessions, exact, _spread_of_share(exact), 1)

    yield share("win_probability", alone.won, law.win_probability)
    yield share("loss_probability", alone.lost, law.loss_probability)
    yield share("push_probability", alone.even, law.push_probability)
    span = float(law.profits[-1] - law.profits[0])
    yield compared("mean_profit", cents, profits.mean, law.mean_profit, law.std_profit, span)
    # The variance of a variance is (μ₄ − σ⁴)/n.
    fourth = float(law.by_profit @ (law.profits - law.mean_profit) ** 4.0)
    simulated, exact = profits.standard_deviation, law.std_profit
    deviation = sqrt(max(fourth - exact**4, 0.0))
    z = z_score(simulated**2 - exact**2, deviation, sessions, blur * span**2)
    yield Comparison(About.SESSION, "std_profit", cents, simulated, exact, z)
    for percent in PERCENTILES:
        yield _percentile(law, profits, percent)
    for reason in StopReason:
        exact, count = law.stop_reasons.get(reason, 0.0), alone.stop_reasons.get(reason, 0)
        if exact or count:
            yield share(f"stop_reason.{reason.key}", count, exact)
    hands = np.arange(1, len(law.hands) + 1)
    deviation = sqrt(max(float(law.hands @ (hands - law.mean_hands) ** 2), 0.0))
    mean, exact = alone.hands.mean, law.mean_hands
    yield compared("mean_hands", Unit.HANDS, mean, exact, deviation, len(hands))
    for name, exact in seen.centres.items():
        simulated, deviation = alone.sums[name] / sessions, sqrt(seen.squares[name] / sessions)
        z = z_score(simulated - exact, deviation, sessions, _BLUR * abs(exact))
        yield Comparison(About.SESSION, f"mean_{name}", cents, simulated, exact, z, False)


def amounts_of(plan: SessionPlan, law: SessionLaw) -> dict[str, float]:
    """The exact means of the amounts of a session whose spread the law does not tell, in cents."""
    amounts = {"main_wagered": law.main_wagered}
    if law.bonus_staked:
        # By Wald's identity, since the bonus is staked before the deal.
        amounts["bonus_wagered"] = law.bonus_staked
        amounts["bonus_profit"] = -float(plan.odds.bonus_house_edge) * law.bonus_staked
    return amounts


def staked_against(plan: SessionPlan, law: SessionLaw) -> dict[str, MeanEvidence]:
    """Bets against the exact means of what a session stakes, by amount; nothing is bet yet."""
    tables = plan.tables
    main = int(tables.goal.bets.max()) if tables.goal.is_there else tables.betting.highest_bet
    highest = {"main_wagered": 3 * main, "bonus_wagered": tables.bonus.highest_bet}
    staked = {}
    for name, mean in amounts_of(plan, law).items():
        if name in highest:
            most = tables.hand_limit * highest[name]
            staked[name] = MeanEvidence(mean, most, law.error_bound * most)
    return staked


def _percentile(law: SessionLaw, profits: FrequencyTable, percent: float) -> Comparison:
    """A percentile; z is that of the share of sessions that do not exceed the exact one."""
    simulated, exact = profits.percentile(percent), law.percentile(percent)
    chance = min(float(law.by_profit[law.profits <= exact].sum()), 1.0)
    share = profits.between(-np.inf, exact) / profits.count
    z = z_score(chance - share, _spread_of_share(chance), profits.count, sqrt(law.error_bound))
    return Comparison(About.SESSION, f"percentile_{percent}", Unit.CENTS, simulated, exact, z)


def _spread_of_share(chance: float) -> float:
    return sqrt(chance * max(1 - chance, 0.0))
