"""Charts: what is in them, and what other moments are worth."""

from fractions import Fraction
from threading import Event

import numpy as np
import pytest

from let_it_ride.analysis.charts import Chart, Charts, chart_of
from let_it_ride.analysis.moments import (
    MomentsCancelledError,
    NoSuchMomentError,
    Reach,
    Standing,
)
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import FiveCard
from let_it_ride.game.paytables import MAIN_PAYTABLES
from let_it_ride.reports.chart_text import gain_text, legend
from reference.cards import cards
from reference.strategies import mean_result

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
    return [[(line.hand, line.rides, line.share) for line in part.lines] for part in chart.parts]


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
    assert (moment.bankrolls[0], moment.bankrolls[-1]) == (30_500, 74_500)
    assert (np.diff(moment.bankrolls) == 500).all()
    for bankroll, value in zip(moment.bankrolls[::7], moment.values[::7], strict=True):
        there = charts.at(Standing(20, int(bankroll))).moment
        assert there is not None
        assert there.value == pytest.approx(float(value), rel=1e-12)  # sums in another order


def test_every_hand_is_in_one_line_of_each_part() -> None:
    for chart in (chart_of(config()), chart_of(FullConfig(strategy={"type": "basic"}))):
        for part in chart.parts:
            assert sum(line.share for line in part.lines) == Fraction(1)
            named = [(line.hand, line.rides, line.is_usual) for line in part.lines]
            assert len(set(named)) == len(named)


def test_riding_is_worth_what_the_cards_bring() -> None:
    """By going through every card that can follow."""
    standard = MAIN_PAYTABLES["standard"]
    pays = {category.key: pay for category, pay in zip(FiveCard, standard, strict=True)}
    lines = {line.hand: line for line in chart_of(FullConfig()).parts[1].lines}
    for hand, example in (
        ("four to an outside straight, one high card", "7c 8d 9h Ts"),
        ("four to an inside straight, no high cards", "2c 3d 4h 6s"),
        ("two pair", "2c 2d 3h 3s"),
    ):
        assert lines[hand].gain == pytest.approx(float(mean_result(cards(example), pays)))


@pytest.mark.parametrize(
    ("hands_left", "bankroll", "why"),
    [
        (0, 50_000, "0 hands left: a session has 1 to 200 of them"),
        (201, 50_000, "201 hands left"),
        (20, 48_100, "the nearest is $480.00"),
        (20, 75_000, "reached its win limit"),
        (20, 30_000, "reached its loss limit"),
        (20, 1_000, "reached its loss limit"),
        (200, 49_500, "no session has come down to $495.00 after no hand"),
        (199, 48_000, "no session has come down to $480.00 after 1 hand"),
        (200, 50_500, "no session has come up to $505.00 after no hand"),
    ],
)
def test_moments_that_no_session_comes_to_are_refused(
    hands_left: int, bankroll: int, why: str
) -> None:
    with pytest.raises(NoSuchMomentError) as refused:
        chart_of(config(), hands_left, bankroll)
    assert why in str(refused.value)


def test_without_a_loss_limit_a_session_runs_out_of_money() -> None:
    with pytest.raises(NoSuchMomentError, match=r"at \$10.00 a session has run out of money"):
        chart_of(config(loss=None), 20, 1_000)


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


def test_a_gain_too_small_to_be_told_has_no_sign() -> None:
    chart = chart_of(config(), 20, 48_000)
    quads = next(line for line in chart.parts[1].lines if line.hand == "four of a kind")
    assert quads.gain != 0
    assert gain_text(chart, quads) == "0.000 %"


def test_the_legend_counts_what_differs() -> None:
    assert legend(chart_of(FullConfig())) == (
        "≠ differs from the optimal chart: 1 of 39 lines. Riding: gain in bets."
    )
