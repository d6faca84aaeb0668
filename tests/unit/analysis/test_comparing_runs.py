"""Runs beside each other, against what the same tables give when they are dealt once more."""

from math import hypot

import numpy as np
import pytest

from let_it_ride.analysis import comparing_runs
from let_it_ride.analysis.comparing_runs import OpenRun, TooShortError, compare_runs
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures, plan_to_deal, play_dealt
from let_it_ride.analysis.measures import MEASURES, measure_named
from let_it_ride.config import FullConfig, parse_config
from let_it_ride.simulation.controller import SimulationController

LIMITS = parse_config("[bankroll.stop_conditions]\nwin_limit = 100\nloss_limit = 150\n")
FLAT = parse_config("[simulation]\nhands_per_session = 20\n[bankroll]\nbase_bet = 10\n")
SEATS = parse_config("[simulation]\nhands_per_session = 30\n[table]\nnum_seats = 3\n")
ROUNDS = parse_config(
    "[table]\nnum_seats = 3\ntotal_rounds = 60\nhands_per_hour = 40\n"
    "[bankroll.stop_conditions]\nwin_limit = 60\nloss_limit = 60\n"
)
SESSIONS = 700


def played(name: str, config: FullConfig, sessions: int = SESSIONS, seed: int = 8) -> OpenRun:
    simulation = {"num_sessions": sessions, "random_seed": seed, "workers": 1}
    data = config.model_dump(exclude_unset=True)
    data["simulation"] = data.get("simulation", {}) | simulation
    controller = SimulationController(FullConfig.model_validate(data))
    return OpenRun(name, controller.config, controller.run())


@pytest.mark.parametrize(("one", "other"), [(FLAT, LIMITS), (SEATS, ROUNDS)])
@pytest.mark.parametrize("at_once", [1 << 16, 256, 100])
def test_runs_dealt_the_same_differ_as_configurations_dealt_the_same_do(
    one: FullConfig, other: FullConfig, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing_runs, "_AT_ONCE", at_once)
    compared = compare_runs([played("one", one), played("other", other)])
    dealing = Dealing(SESSIONS, 8)
    plans = [plan_to_deal(config, dealing) for config in (one, other)]
    sums = play_dealt(plans, dealing, range(SESSIONS))
    speeds = one.table.hands_per_hour, other.table.hands_per_hour
    first, second = compared.comparison.compared
    assert first.figures.estimates == Figures.simulated(sums[0], speeds[0], "x").estimates
    assert second.figures.estimates == Figures.simulated(sums[1], speeds[1], "x").estimates
    for measure in MEASURES:
        expected = sums[1].difference(sums[0], measure, speeds[1], speeds[0])
        assert second.difference(measure) == expected
        assert first.difference(measure).value == 0
    assert compared.dealt_the_same == (True, True)


def test_runs_with_seeds_of_their_own_differ_independently() -> None:
    runs = [played("one", FLAT), played("other", FLAT, sessions=900, seed=9)]
    compared = compare_runs(runs)
    assert compared.dealt_the_same == (True, False)
    assert compared.sessions == (700, 900)
    mean = measure_named("mean")
    first, second = (each.figures.of(mean) for each in compared.comparison.compared)
    difference = compared.comparison.compared[1].difference(mean)
    assert difference.value == pytest.approx(second.value - first.value)
    assert difference.half == pytest.approx(hypot(first.half, second.half), rel=0.01)


@pytest.mark.parametrize("config", [FLAT, SEATS])
def test_what_both_runs_were_dealt_falls_out_of_their_difference(config: FullConfig) -> None:
    short, long = played("short", config, sessions=500), played("long", config, sessions=700)
    compared = compare_runs([short, long])
    assert compared.dealt_the_same == (True, True)
    # The mean of the longer is 5/7 that of the shorter and 2/7 that of 200 other tables.
    profits = np.zeros(700)
    for session in long.results:
        profits[session.table] += session.profit / long.results.plan.seats
    mean = measure_named("mean")
    difference = compared.comparison.compared[1].difference(mean)
    error = profits.std() * np.sqrt(1 / 500 - 1 / 700)
    assert difference.half == pytest.approx(1.96 * error, rel=0.1)


def test_of_a_single_table_nothing_can_be_said() -> None:
    with pytest.raises(TooShortError, match="short has only one table"):
        compare_runs([played("long", FLAT), played("short", FLAT, sessions=1)])
