"""What a table takes on the bonus spot."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.betting.bonus_policies import BonusLimits
from reference.bonus import Limits


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (0, 0),
        (99, 0),
        (100, 0),
        (299, 0),
        (300, 300),
        (349, 300),
        (449, 400),
        (2500, 2500),
        (2549, 2500),
        (2600, 2550),
        (1_000_000, 2550),
    ],
)
def test_a_wanted_bonus_is_rounded_down_and_kept_within_the_limits(wanted: int, taken: int):
    assert BonusLimits(minimum=300, maximum=2550, increment=100).bet(wanted) == taken


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(1, 400), st.integers(0, 900), st.integers(1, 300), st.integers(0, 3000))
def test_limits_are_the_reference_limits(minimum: int, room: int, increment: int, wanted: int):
    limits = BonusLimits(minimum, minimum + room, increment)
    assert limits.bet(wanted) == Limits(minimum, minimum + room, increment).taken(wanted)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(st.integers(1, 400), st.integers(0, 900), st.integers(1, 300), st.integers(0, 3000))
def test_no_bonus_is_above_what_is_wanted_or_outside_the_limits(
    minimum: int, room: int, increment: int, wanted: int
):
    bet = BonusLimits(minimum, minimum + room, increment).bet(wanted)
    assert bet <= wanted
    assert bet == 0 or minimum <= bet <= minimum + room
