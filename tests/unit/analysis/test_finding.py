"""The other way round: a condition, and the value that meets it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.analysis.axes import Axis
from let_it_ride.analysis.dealing import Dealing
from let_it_ride.analysis.figures import Figures
from let_it_ride.analysis.finding import (
    LONG_GRID,
    Condition,
    ConditionError,
    _search,
    _spread,
    cheapest,
    find_in,
)
from let_it_ride.analysis.measures import MEASURES, UnknownMeasureError, measure_named
from let_it_ride.analysis.sweep import Cell, Sweep
from let_it_ride.simulation.estimates import Estimate

AHEAD, MEAN = measure_named("ahead"), measure_named("mean")
AT_LEAST_HALF = Condition(AHEAD, 0.5, at_most=False)


def cell(place, ahead, mean=0.0):
    values = {"ahead": ahead, "mean": mean}
    estimates = (values.get(measure.name, 0.0) for measure in MEASURES)
    return Cell((place,), Figures(tuple(Estimate.of_mean(value, 0.0) for value in estimates)))


def search(chances, places, *, greatest=False):
    looks = []

    def look(wanted):
        looks.append(list(wanted))
        return {place: cell(place, chances[place]) for place in wanted}

    return _search(look, places, len(chances), [AT_LEAST_HALF], greatest=greatest), looks


@given(
    chances=st.lists(st.sampled_from([0.2, 0.8]), min_size=1, max_size=40),
    greatest=st.booleans(),
)
def test_of_a_grid_that_is_looked_at_whole_the_first_value_is_found(chances, greatest):
    found, _ = search(chances, range(len(chances)), greatest=greatest)
    meeting = [place for place, chance in enumerate(chances) if chance >= 0.5]
    if not meeting:
        assert found.found is None
    else:
        assert found.found is not None
        assert found.found[0] == (max(meeting) if greatest else min(meeting))
    assert found.is_complete


@given(
    size=st.integers(2, 10_000),
    share=st.floats(0, 1),
    greatest=st.booleans(),
)
def test_of_a_long_grid_with_one_change_the_change_is_found(size, share, greatest):
    change = int(share * size)
    chances = [0.8 if (place >= change) != greatest else 0.2 for place in range(size)]
    found, looks = search(chances, _spread(0, size - 1, 65), greatest=greatest)
    meeting = [place for place, chance in enumerate(chances) if chance >= 0.5]
    if not meeting:
        assert found.found is None
        return
    first = max(meeting) if greatest else min(meeting)
    assert found.found is not None
    assert found.found[0] == first
    assert [place for place, _ in found.neighbours] == sorted(
        {max(first - 1, 0), first, min(first + 1, size - 1)}, reverse=greatest
    )
    assert found.failing_beyond([AT_LEAST_HALF]) is None
    assert sum(map(len, looks)) == len(found.looked_at) <= 65 + 4 * 15 + 1


def test_what_fails_behind_the_answer_is_told():
    found, _ = search([0.2, 0.8, 0.8, 0.2, 0.8], range(5))
    assert found.found is not None
    assert found.found[0] == 1
    failing = found.failing_beyond([AT_LEAST_HALF])
    assert failing is not None
    assert failing[0] == 3


def test_a_spread_has_both_ends_and_no_number_twice():
    assert _spread(3, 5, 10) == [3, 4, 5]
    assert _spread(4, 3, 10) == []
    spread = _spread(0, 9999, 65)
    assert (spread[0], spread[-1], len(spread)) == (0, 9999, 65)
    assert LONG_GRID > 65


def test_each_row_has_its_answer_and_of_all_the_one_that_costs_least_is_told():
    rows = Axis(("a",), "A", (1, 2))
    columns = Axis(("b",), "B", (Decimal(1), Decimal(2), Decimal(3)))
    chances = [(0.2, 0), (0.6, -9), (0.7, -5), (0.2, 0), (0.3, 0), (0.4, 0)]
    cells = [cell(0, ahead, mean) for ahead, mean in chances]
    swept = Sweep(
        (rows, columns),
        tuple(Cell((n // 3, n % 3), each.figures) for n, each in enumerate(cells)),
        Dealing(100, 0),
    )
    first, second = find_in(swept, [AT_LEAST_HALF])
    assert first.found is not None
    assert first.found[1].place == (0, 1)
    assert second.found is None
    best = cheapest(swept.cells, [AT_LEAST_HALF], MEAN)
    assert best is not None
    assert best.place == (0, 2)
    assert cheapest(swept.cells, [Condition(AHEAD, 0.9, at_most=False)], MEAN) is None


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("ahead=0.4", 0.4),
        ("ahead=40%", 0.4),
        ("insufficient_funds=5 %", 0.05),
        ("mean=-20", -2000),
        ("mean=-$1,234.5", -123_450),
        ("cost_per_hour=$9.50", 950),
        ("hands=150", 150),
    ],
)
def test_conditions_as_they_are_written(text, bound):
    condition = Condition.parse(text, at_most=True)
    assert condition.bound == pytest.approx(bound)
    assert condition.at_most


@pytest.mark.parametrize(
    "text",
    [
        "ahead",
        "ahead=",
        "ahead=x",
        "ahead=40",
        "ahead=-1",
        "mean=nan",
        "mean=snan",
        "ahead=snan%",
        "mean=1e999999",
        "mean=-5%",
        "mean=1,50",
        "hands=$100",
        "hands=10%",
        "ahead=$0.4",
    ],
)
def test_conditions_that_are_none(text):
    with pytest.raises(ConditionError, match="--at-least"):
        Condition.parse(text, at_most=False)


def test_a_condition_on_what_is_no_measure():
    with pytest.raises(UnknownMeasureError, match=r"ruin.*insufficient_funds"):
        Condition.parse("ruin=1%", at_most=True)


def test_what_is_no_configuration_meets_nothing():
    assert not AT_LEAST_HALF.holds(Cell((0,), flaw="too poor"))
    assert AT_LEAST_HALF.holds(cell(0, 0.5))
    assert not AT_LEAST_HALF.holds(cell(0, 0.49))
