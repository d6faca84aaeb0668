"""Bins of profits lose nothing, and no bin holds more of the grid than another."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from let_it_ride.analysis.profit_bins import ProfitBins, profit_bins
from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.analysis.solving import solve
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import parse_config, preset_text
from let_it_ride.planning import compile_plan


def _law(by_reason: Mapping[StopReason, Mapping[int, float]]) -> SessionLaw:
    """A law with these chances of profits."""
    profits = sorted({profit for chances in by_reason.values() for profit in chances})
    chances = np.zeros((len(StopReason), len(profits)))
    for reason, told in by_reason.items():
        for profit, chance in told.items():
            chances[reason, profits.index(profit)] = chance
    return SessionLaw(np.array(profits), chances, np.array([1.0, 0.0]), 0.0, 0.0, 0.0, 0.0)


def _hold_against_sums(bins: ProfitBins, law: SessionLaw, most: int) -> None:
    """Hold bins against plain sums over the profits."""
    told = list(zip(law.profits.tolist(), law.by_profit.tolist(), strict=True))
    assert 1 <= len(bins) <= most
    assert bins.width % bins.grid == 0
    assert bins.start % bins.width == 0
    assert all(profit % bins.grid == 0 for profit, _ in told)
    for place, chance in enumerate(bins.chances):
        least, greatest = bins.bounds(place)
        assert bins.place(least) == bins.place(greatest) == place
        inside = sum(each for profit, each in told if least <= profit <= greatest)
        assert chance == pytest.approx(inside, abs=1e-12)
        up_to = sum(each for profit, each in told if profit <= greatest)
        assert bins.up_to[place] == pytest.approx(up_to, abs=1e-12)
    assert bins.place(bins.start - bins.grid) is None
    assert bins.place(bins.end) is None
    assert bins.below == pytest.approx(sum(c for p, c in told if p < bins.start), abs=1e-12)
    assert bins.above == pytest.approx(sum(c for p, c in told if p >= bins.end), abs=1e-12)
    total = bins.below + float(bins.chances.sum()) + bins.above
    assert total == pytest.approx(sum(each for _, each in told), abs=1e-12)
    assert bins.below <= 0.005 + 1e-9
    assert bins.above <= 0.02 + 1e-9


@pytest.mark.parametrize("preset", ["first-evening", "never-pull", "one-three-two-six"])
def test_the_bins_of_a_session_are_plain_sums_and_all_of_it(preset: str):
    law = solve(compile_plan(parse_config(preset_text(preset))))
    for most in (2, 40):
        _hold_against_sums(profit_bins(law, most, [60_000, -30_000]), law, most)


@example({5: 1, 12: 1}, 1, 2, [6])
@given(
    st.dictionaries(st.integers(-30_000, 3_000_000), st.integers(1, 1000), min_size=1, max_size=40),
    st.sampled_from([1, 5, 100, 500]),
    st.integers(2, 120),
    st.lists(st.integers(-1000, 1000).map(lambda units: units * 500), max_size=2),
)
def test_the_bins_of_any_law_are_plain_sums_and_all_of_it(
    weights: dict[int, int], grid: int, most: int, marks: list[int]
):
    total = sum(weights.values())
    told = {profit * grid: weight / total for profit, weight in weights.items()}
    law = _law({StopReason.MAX_HANDS: told})
    _hold_against_sums(profit_bins(law, most, marks), law, most)


def test_bins_begin_at_limits_and_round_amounts_where_that_costs_little():
    law = _law({StopReason.MAX_HANDS: dict.fromkeys(range(-20_000, 25_500, 500), 1 / 91)})
    assert profit_bins(law, 91).width == 500
    assert profit_bins(law, 40).width == 2000  # 1500 would do
    assert profit_bins(law, 16).width == 3000
    assert profit_bins(law, 16, [20_000, -20_000]).width == 4000


def test_who_is_stopped_at_a_limit_does_not_decide_how_high_is_drawn():
    on_the_way = dict.fromkeys(range(-15_000, 20_000, 500), 0.6 / 70)
    law = _law({StopReason.MAX_HANDS: on_the_way, StopReason.LOSS_LIMIT: {-20_000: 0.4}})
    bins = profit_bins(law, 200)
    assert bins.top == pytest.approx(1.1 * 0.6 / 70)
    assert bins.chances.max() == pytest.approx(0.4)


def test_where_nearly_everybody_is_stopped_the_limits_decide_how_high_is_drawn():
    law = _law(
        {
            StopReason.MAX_HANDS: {0: 0.05},
            StopReason.WIN_LIMIT: {10_000: 0.35},
            StopReason.LOSS_LIMIT: {-10_000: 0.6},
        }
    )
    assert profit_bins(law, 50).top == pytest.approx(0.6)


def test_a_lonely_bin_leaves_the_others_in_sight():
    bins = profit_bins(_law({StopReason.WIN_LIMIT: {100: 0.04, 200: 0.95, 300: 0.01}}), 50)
    assert bins.top == pytest.approx(0.12)


def test_where_there_is_room_more_of_a_long_tail_is_shown():
    tail = dict.fromkeys(range(-400, 100_000, 100), 0.01 / 1004)
    bins = profit_bins(_law({StopReason.MAX_HANDS: {-500: 0.99, **tail}}), 60)
    assert (bins.start, bins.width, len(bins)) == (-500, 100, 20)


def test_the_same_bins_of_another_law_are_its_own_sums():
    law = _law({StopReason.MAX_HANDS: dict.fromkeys(range(-1000, 1100, 100), 1 / 21)})
    other = _law({StopReason.MAX_HANDS: {-5000: 0.125, -950: 0.25, 20: 0.125, 999_999: 0.5}})
    bins = profit_bins(law, 21).of(other)
    assert (bins.below, bins.above) == (0.125, 0.5)
    assert bins.chances[bins.place(-950)] == 0.25  # type: ignore[index]
    assert bins.chances[bins.place(20)] == 0.125  # type: ignore[index]
    assert bins.chances.sum() == 0.375
    assert bins.top == 0.25


def test_a_session_that_brings_nothing_ever_is_one_bin():
    bins = profit_bins(_law({StopReason.MAX_HANDS: {0: 1.0}}), 40)
    assert (len(bins), bins.bounds(0), bins.top) == (1, (0, 0), 1.0)
