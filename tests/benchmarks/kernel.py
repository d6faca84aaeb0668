"""The kernel against the bare loop of its generator: rounds a second over draws a second."""

import numpy as np
from tests.benchmarks.bare_loop import xor_of_draws
from tests.benchmarks.timing import paired, seconds

from let_it_ride.config import FullConfig
from let_it_ride.plan import compile_plan
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.records import record_for

_DRAWS = 20_000_000
_SESSIONS = 50_000

_CONFIGURATIONS: dict[str, dict[str, object]] = {
    "flat": {},
    "flat, bonus on every hand": {"bonus_strategy": {"type": "always"}},
    "flat, bonus, limits ±250/200": {
        "bonus_strategy": {"type": "always"},
        "bankroll": {"stop_conditions": {"win_limit": 250, "loss_limit": 200}},
    },
}


def lines() -> list[str]:
    """Measure, and say how it went."""
    return [_line(name, config) for name, config in _CONFIGURATIONS.items()]


def _line(name: str, config: dict[str, object]) -> str:
    plan = compile_plan(FullConfig.model_validate(config))
    play = load_kernel().play_sessions
    session_seeds = np.random.default_rng(1).integers(0, 1 << 31, _SESSIONS).astype(np.uint32)
    records = np.zeros(_SESSIONS, dtype=record_for(plan.largest_amount))
    dealt = np.zeros(len(plan.tables.main_units), dtype=np.uint32)

    def a_round() -> float:
        took = seconds(lambda: play(plan.tables, session_seeds, 0, records, dealt))
        return took / int(records["hands"].sum())

    def a_draw() -> float:
        return seconds(lambda: xor_of_draws(_DRAWS, 1, 2, 3, 4)) / _DRAWS

    result = paired(a_round, a_draw)
    return (
        f"kernel ({name}): {result.ratio:.3f} of the bare loop"
        f" ({result.low:.3f} … {result.high:.3f}; {result.subject * 1e9:.2f} ns a round,"
        f" {result.yardstick * 1e9:.2f} ns a draw); at least 0.2"
    )
