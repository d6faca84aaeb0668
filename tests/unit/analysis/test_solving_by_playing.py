"""The exact laws of sessions against sessions that are played.

Every bound here holds for any law whatever, so that the chance of a false alarm is known: together
no more than `FALSE_ALARM`.
"""

from collections import defaultdict
from functools import cache
from itertools import chain, zip_longest
from math import exp, log

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from numpy.typing import NDArray

from let_it_ride.analysis import carrying
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import NotSolvableError, solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.games import game_of
from let_it_ride.simulation.records import PLAYED_COLUMNS
from reference.configurations import configurations
from reference.corners import Settings

CONFIGURATIONS = 150
SESSIONS = 10_000

FALSE_ALARM = 1e-6
#: Of a single comparison: some ten are made for each configuration.
LEAST_CHANCE = FALSE_ALARM / CONFIGURATIONS / 16

Solved = tuple[Settings, SessionPlan, SessionLaw]


@cache
def solved_configurations() -> list[Solved]:
    """Random ones that can be solved, no two alike, of as many kinds as there are."""
    drawn: dict[str, Settings] = {}

    @settings(derandomize=True, database=None, max_examples=700, phases=[Phase.generate])
    @given(configurations())
    def draw(config: Settings) -> None:
        drawn[repr(config)] = config

    draw()
    of_kind: dict[tuple[str, str], list[Settings]] = defaultdict(list)
    for config in drawn.values():
        of_kind[kinds_of_stakes(config)].append(config)
    solved: list[Solved] = []
    most_bytes, carrying.MOST_BYTES = carrying.MOST_BYTES, 1 << 26  # the others take long
    # The first of every kind, then the second, and so on.
    for config in filter(None, chain.from_iterable(zip_longest(*of_kind.values()))):
        plan = compile_plan(FullConfig.model_validate(config))
        try:
            solved.append((config, plan, solve(plan)))
        except NotSolvableError:
            continue
        if len(solved) == CONFIGURATIONS:
            break
    carrying.MOST_BYTES = most_bytes
    return solved


def kinds_of_stakes(config: Settings) -> tuple[str, str]:
    return config["bankroll"]["betting_system"]["type"], config["bonus_strategy"]["type"]


def chance_of_count(count: int, sessions: int, chance: float) -> float:
    """A bound on how likely a count is at least as far from what is expected (Chernoff)."""
    share = count / sessions
    distance = sum(
        part * log(part / expected)
        for part, expected in ((share, chance), (1 - share, 1 - chance))
        if part > 0
    )
    return 2 * exp(-sessions * distance)


def chance_of_mean(
    values: NDArray[np.int64], chances: NDArray[np.float64], played: NDArray[np.int64]
) -> float:
    """A bound on how likely a mean is at least as far from the exact one (Bernstein).

    It needs no more than the exact variance, and how far a value can be on that side: a mean
    profit can be far above the exact one by a single hand, but not as far below.
    """
    mean = chances @ values
    variance = chances @ (values - mean) ** 2
    above = played.mean() - mean
    if abs(above) <= 1e-9 * (1 + abs(mean)):
        return 1.0
    furthest = values.max() - mean if above > 0 else mean - values.min()
    return 2 * exp(-len(played) * above**2 / (2 * variance + 2 / 3 * furthest * abs(above)))


def chance_of_bounded_mean(mean: float, most: int, played: NDArray[np.int64]) -> float:
    """A bound on how likely a mean of values from 0 to the most is as far off (Hoeffding)."""
    distance = abs(played.mean() - mean)
    return 1.0 if distance <= 1e-9 * most else 2 * exp(-2 * len(played) * (distance / most) ** 2)


def chance_of_law(
    values: NDArray[np.int64], chances: NDArray[np.float64], played: NDArray[np.int64]
) -> float:
    """A bound on how likely shares up to any value are as far from the exact ones (DKW)."""
    up_to = np.searchsorted(np.sort(played), values, side="right") / len(played)
    distance = np.abs(up_to - np.cumsum(chances)).max()
    return min(1.0, 2 * exp(-2 * len(played) * distance**2))


@pytest.mark.slow
def test_there_are_enough_random_configurations_of_every_kind():
    solved = solved_configurations()
    assert len(solved) == CONFIGURATIONS
    systems, policies = map(
        set, zip(*(kinds_of_stakes(config) for config, _, _ in solved), strict=True)
    )
    assert len(systems) == 10
    assert policies >= {"never", "always", "static", "streak_based", "session_conditional"}
    assert policies >= {"combined", "custom"}
    reasons = {reason for _, _, law in solved for reason in law.stop_reasons}
    assert reasons == set(StopReason) - {StopReason.TABLE_CLOSED}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(CONFIGURATIONS))
def test_sessions_come_as_often_as_their_law_says(number: int):
    config, plan, law = solved_configurations()[number]
    seeds = np.random.default_rng(number).integers(0, 1 << 31, size=SESSIONS, dtype=np.uint32)
    parts = [part.sessions.copy() for part in game_of(plan).play(seeds, number * SESSIONS)]
    sessions = np.concatenate(parts)
    profit, hands, reasons, main, bonus = (
        sessions[:, PLAYED_COLUMNS.index(name)]
        for name in ("profit", "hands", "stop_reason", "main_wagered", "bonus_wagered")
    )
    assert np.isin(profit, law.profits).all()

    def is_likely(what: str, chance: float) -> None:
        assert chance >= LEAST_CHANCE, f"{what}: a chance of {chance}, {config}"

    won, lost = (int((sign * profit > 0).sum()) for sign in (1, -1))
    is_likely("win chance", chance_of_count(won, SESSIONS, law.win_probability))
    is_likely("loss chance", chance_of_count(lost, SESSIONS, law.loss_probability))
    for reason in StopReason:
        count, chance = int((reasons == reason).sum()), law.stop_reasons.get(reason, 0.0)
        assert count == 0 or chance > 0, f"{reason} came, {config}"
        if chance > 0:
            is_likely(reason.key, chance_of_count(count, SESSIONS, chance))
    numbers_of_hands = np.arange(1, len(law.hands) + 1)
    is_likely("mean hands", chance_of_mean(numbers_of_hands, law.hands, hands))
    is_likely("hands", chance_of_law(numbers_of_hands, law.hands, hands))
    tables = plan.tables
    most = tables.hand_limit * 3 * tables.betting.highest_bet
    is_likely("main bets", chance_of_bounded_mean(law.main_wagered, most, main))
    most = tables.hand_limit * max(1, tables.bonus.highest_bet)
    is_likely("bonus bets", chance_of_bounded_mean(law.bonus_staked, most, bonus))
    is_likely("profits", chance_of_law(law.profits, law.by_profit, profit))
    is_likely("mean profit", chance_of_mean(law.profits, law.by_profit, profit))
    # Without what comes once in a thousand sessions, it cannot be far above the exact one either.
    highest = law.percentile(99.9)
    profits = np.minimum(law.profits, highest)
    is_likely("usual profit", chance_of_mean(profits, law.by_profit, np.minimum(profit, highest)))


@pytest.mark.parametrize(
    ("share", "unlikely"), [(0.5, 0.56), (0.001, 0.006), (0.999, 0.99), (0.0, 0.001)]
)
def test_a_count_that_is_off_is_found(share: float, unlikely: float):
    sessions, count = SESSIONS, round(SESSIONS * share)
    assert chance_of_count(count, sessions, max(share, 1e-9)) > 0.01
    assert chance_of_count(round(SESSIONS * unlikely), sessions, max(share, 1e-9)) < LEAST_CHANCE


def test_means_and_laws_that_are_off_are_found():
    values, chances = np.array([-2, 0, 5]), np.array([0.5, 0.3, 0.2])
    rng = np.random.default_rng(5)
    right = rng.choice(values, SESSIONS, p=chances)
    wrong = rng.choice(values, SESSIONS, p=[0.35, 0.45, 0.2])
    for chance_of in (chance_of_mean, chance_of_law):
        assert chance_of(values, chances, right) > 0.01
        assert chance_of(values, chances, wrong) < LEAST_CHANCE
