"""Records are narrow where that is enough, and then say the same."""

import numpy as np
import pytest

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.records import (
    NARROW_SESSION_RECORD,
    SESSION_RECORD,
    record_for,
)


def test_a_record_is_as_wide_as_its_largest_amount_needs() -> None:
    assert record_for(2**31 - 1) is NARROW_SESSION_RECORD
    assert record_for(2**31) is SESSION_RECORD


@pytest.mark.parametrize(
    ("base_bet", "record"), [(5, NARROW_SESSION_RECORD), (1_000_000, SESSION_RECORD)]
)
def test_no_session_outgrows_the_record_of_its_plan(base_bet: int, record: np.dtype) -> None:
    config = {
        "bankroll": {"base_bet": base_bet, "starting_amount": 300 * base_bet},
        "bonus_strategy": {"type": "always"},
        "strategy": {"type": "always_ride"},
    }
    plan = compile_plan(FullConfig.model_validate(config))
    assert record_for(plan.largest_amount) is record
    # Every class of deals, as often as a session is long, is the most that could ever happen.
    tables = plan.tables
    best = np.abs(tables.main_units * base_bet * 100 + tables.bonus_units * 100).max()
    assert plan.largest_amount == 200 * best
