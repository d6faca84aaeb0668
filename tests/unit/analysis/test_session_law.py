"""The numbers of a session's law, and how it is kept."""

import json
from pathlib import Path

import numpy as np
import pytest

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.betting.stopping import StopReason

#: Three hands at most: half of the sessions end with the first, half of the others with the second.
LAW = SessionLaw(
    profits=np.array([-300, 0, 100, 900]),
    chances=np.array(
        [[0, 0, 0, 0.125], [0.25, 0, 0, 0], [0.25, 0.125, 0.25, 0], [0.0] * 4, [0.0] * 4, [0.0] * 4]
    ),
    surviving=np.array([1, 0.5, 0.25, 0]),
    main_staked=875.0,
    main_wagered=1000.0,
    bonus_staked=175.0,
    error_bound=1e-12,
)


def test_sessions_are_won_lost_or_even():
    assert (LAW.win_probability, LAW.loss_probability, LAW.push_probability) == (0.375, 0.5, 0.125)
    assert LAW.by_profit.tolist() == [0.5, 0.125, 0.25, 0.125]


def test_the_mean_and_the_spread_of_the_profit():
    assert LAW.mean_profit == -150 + 25 + 112.5
    variance = 45_000 + 2500 + 101_250 - 12.5**2
    assert LAW.std_profit == pytest.approx(variance**0.5)
    third = 0.5 * (-287.5) ** 3 + 0.125 * 12.5**3 + 0.25 * 112.5**3 + 0.125 * 912.5**3
    assert LAW.skewness == pytest.approx(third / variance**1.5)


def test_how_long_sessions_are_and_what_a_hand_costs():
    assert LAW.hands.tolist() == [0.5, 0.25, 0.25]
    assert LAW.mean_hands == 1.75
    assert LAW.cost_per_hand == pytest.approx(12.5 / 1.75)


def test_why_sessions_end():
    assert LAW.stop_reasons == {
        StopReason.WIN_LIMIT: 0.125,
        StopReason.LOSS_LIMIT: 0.25,
        StopReason.MAX_HANDS: 0.625,
    }


@pytest.mark.parametrize(
    ("share", "profit"),
    [
        *[(share, -300) for share in (0, 1, 50)],
        *[(share, 0) for share in (50.1, 62.5)],
        *[(share, 100) for share in (63, 87.5)],
        *[(share, 900) for share in (88, 99, 100)],
    ],
)
def test_a_percentile_is_the_least_profit_that_so_many_do_not_exceed(share: float, profit: int):
    assert LAW.percentile(share) == profit


@pytest.mark.parametrize(
    ("share", "hands"),
    [(1, 1), (50, 1), (50.1, 2), (75, 2), (75.1, 3), (100, 3)],
)
def test_a_percentile_of_hands_is_the_least_number_that_so_many_do_not_exceed(
    share: float, hands: int
):
    assert LAW.hands_percentile(share) == hands


def test_a_session_that_always_brings_the_same_has_no_spread():
    always = SessionLaw(
        np.array([-500]), np.eye(6)[:, 2:3], np.array([1.0, 0]), 500.0, 500.0, 0.0, 0.0
    )
    assert (always.mean_profit, always.std_profit, always.skewness) == (-500, 0, 0)
    assert always.percentile(50) == -500


def test_a_law_that_is_kept_is_read_as_it_was(tmp_path: Path):
    LAW.save(tmp_path / "law")
    read = SessionLaw.load(tmp_path / "law")
    assert read.to_json() == LAW.to_json()
    for name in ("profits", "chances", "surviving"):
        np.testing.assert_array_equal(getattr(read, name), getattr(LAW, name))
    assert (read.main_staked, read.error_bound) == (875, 1e-12)


def test_its_numbers_are_told_in_dollars():
    told = json.loads(json.dumps(LAW.to_json()))
    assert told["mean_profit"] == pytest.approx(-0.125)
    assert told["percentiles"]["75"] == 1
    assert told["hands_percentiles"]["75"] == 2
    assert told["mean_main_wagered"] == pytest.approx(10)
    assert told["mean_bonus_wagered"] == pytest.approx(1.75)
    assert told["stop_reasons"] == {"win_limit": 0.125, "loss_limit": 0.25, "max_hands": 0.625}
