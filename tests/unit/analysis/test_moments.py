"""The moments of play for a goal: where sessions come to stand, and what that is worth."""

from threading import Event

import numpy as np
import pytest

from let_it_ride.analysis.charts import Chart, Charts, chart_of
from let_it_ride.analysis.moments import (
    MomentsCancelledError,
    Reach,
    Standing,
)
from let_it_ride.config import FullConfig

GOALS = ["leave_ahead", "reach_win_limit", "avoid_ruin", "mean"]


def config(
    goal: str = "leave_ahead",
    start: int = 500,
    win: int | None = 250,
    loss: int | None = 200,
    hands: int = 200,
    **strategy: object,
) -> FullConfig:
    limits = {"win_limit": win, "loss_limit": loss}
    return FullConfig(
        simulation={"hands_per_session": hands},
        bankroll={
            "starting_amount": start,
            "base_bet": 5,
            "stop_conditions": {name: limit for name, limit in limits.items() if limit},
        },
        strategy={"type": "goal", "goal": goal, **strategy},
    )


def reach(played: FullConfig) -> Reach:
    found = Charts(played).reach
    assert found is not None
    return found


def decisions(chart: Chart) -> list[list[tuple[object, ...]]]:
    return [
        sorted((line.hand, line.rides, line.share) for line in part.lines) for part in chart.parts
    ]


@pytest.mark.parametrize("goal", ["reach_win_limit", "avoid_ruin"])
@pytest.mark.parametrize("bankroll", [330, 480, 700])
def test_a_moment_is_worth_what_a_session_that_begins_there_is(goal: str, bankroll: int) -> None:
    """These goals look at the limits alone, which the other session has as far away."""
    late = chart_of(config(goal), hands_left=20, bankroll=bankroll * 100)
    fresh = chart_of(
        config(goal, start=bankroll, win=750 - bankroll, loss=bankroll - 300, hands=20)
    )
    assert late.moment is not None
    assert fresh.moment is not None
    assert late.moment.value == pytest.approx(fresh.moment.value, abs=1e-12)
    assert decisions(late) == decisions(fresh)


@pytest.mark.parametrize("goal", GOALS)
def test_what_other_money_is_worth_is_what_its_own_chart_says(goal: str) -> None:
    charts = Charts(config(goal))
    moment = charts.at(Standing(20, 48_000)).moment
    assert moment is not None
    assert [bankroll for bankroll, _ in moment.prospects] == list(range(30_500, 75_000, 500))
    for bankroll, value in moment.prospects[::7]:
        there = charts.at(Standing(20, bankroll)).moment
        assert there is not None
        assert there.value == value


@pytest.mark.parametrize("limits", [{}, {"win": None}, {"loss": None}, {"start": 60}])
def test_whoever_moves_always_comes_to_a_moment_that_there_is(limits: dict[str, int]) -> None:
    there = reach(config(hands=30, **limits))
    standing, rng = there.beginning, np.random.default_rng(7)
    for units, hands in rng.integers(-40, 41, size=(300, 2)).tolist():
        for move in ({"units": units}, {"hands": hands}):
            standing = there.moved(standing, **move)
            there.refuse_what_never_comes(standing)
            low, high = there.bankrolls(standing.hands_left)
            assert low <= standing.bankroll <= high


def test_other_money_leaves_as_many_hands_as_it_can() -> None:
    there = reach(config())
    assert there.moved(there.beginning, units=-1) == Standing(199, 49_500)
    assert there.moved(there.beginning, units=-4) == Standing(198, 48_000)
    assert there.moved(Standing(198, 48_000), hands=2) == Standing(198, 48_000)
    assert there.moved(Standing(20, 74_500), units=1) == Standing(20, 74_500)
    assert there.moved(Standing(20, 48_100), units=1) == Standing(20, 48_500)
    assert there.moved(Standing(20, 48_100), units=-1) == Standing(20, 48_000)
    assert there.moved(Standing(3, 48_000), hands=-10) == Standing(1, 48_000)


def test_what_nobody_waits_for_is_stopped_and_what_is_worked_out_is_kept() -> None:
    charts, cancelled = Charts(config()), Event()
    shares: list[float] = []

    def progress(share: float) -> None:
        shares.append(share)
        if share >= 0.5:
            cancelled.set()

    with pytest.raises(MomentsCancelledError):
        charts.at(None, cancelled, progress)
    assert shares == sorted(shares)
    shares.clear()
    chart = charts.at(None, Event(), shares.append)
    assert shares[0] > 0.5
    assert chart.moment is not None
    assert chart.moment.value == chart_of(config()).moment.value  # type: ignore[union-attr]
