"""The exact solver against the bare loop of the kernel's generator: how many draws it lasts."""

from typing import Final, NamedTuple

from tests.benchmarks.bare_loop import xor_of_draws
from tests.benchmarks.timing import paired, seconds

from let_it_ride.analysis.solving import solve
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan

_DRAWS: Final = 20_000_000
#: What bounds in seconds are held against: a machine that draws in so many nanoseconds.
_NANOSECONDS_A_DRAW: Final = 0.6


class _Case(NamedTuple):
    """A configuration, and how many seconds solving may take on that machine, if that is bound."""

    config: dict[str, object]
    at_most: float | None = None


def _limits(win: int, loss: int, **betting_system: object) -> dict[str, object]:
    return {
        "bankroll": {
            "betting_system": betting_system,
            "stop_conditions": {"win_limit": win, "loss_limit": loss},
        }
    }


_CASES: Final = {
    "flat, +250/−200": _Case(_limits(250, 200, type="flat"), 0.05),
    "martingale, ±500": _Case(_limits(500, 500, type="martingale"), 0.05),
    "fibonacci, ±500": _Case(_limits(500, 500, type="fibonacci"), 0.05),
    "d'Alembert, ±500": _Case(_limits(500, 500, type="dalembert"), 0.05),
    "1-3-2-6, ±500": _Case(_limits(500, 500, type="one_three_two_six"), 0.05),
    "d'Alembert with $5,000, ±500": _Case(
        {
            "bankroll": {
                "starting_amount": 5000,
                "betting_system": {"type": "dalembert"},
                "stop_conditions": {"win_limit": 500, "loss_limit": 500},
            }
        },
        0.05,
    ),
    # Bets of odd cents make a grid of cents, of five hundred times as many cells.
    "martingale with 1.5, ±500": _Case(_limits(500, 500, type="martingale", loss_multiplier=1.5)),
    "flat, 1,000 hands, no limits": _Case({"simulation": {"hands_per_session": 1000}}, 2.0),
    "flat, streak bonus, ±500": _Case(
        _limits(500, 500, type="flat") | {"bonus_strategy": {"type": "streak_based"}}
    ),
    "paroli, no limits": _Case({"bankroll": {"betting_system": {"type": "paroli"}}}),
    "martingale, no limits": _Case({"bankroll": {"betting_system": {"type": "martingale"}}}),
}


def lines() -> list[str]:
    """Measure, and say how it went."""
    return [_line(name, case) for name, case in _CASES.items()]


def _line(name: str, case: _Case) -> str:
    plan = compile_plan(FullConfig.model_validate(case.config))
    result = paired(
        lambda: seconds(lambda: solve(plan)),
        lambda: seconds(lambda: xor_of_draws(_DRAWS, 1, 2, 3, 4)) / _DRAWS,
    )
    bound = ""
    if case.at_most is not None:
        draws = case.at_most / _NANOSECONDS_A_DRAW * 1e3
        bound = f"; at most {draws:,.1f}: {case.at_most * 1e3:,.0f} ms at {_NANOSECONDS_A_DRAW} ns"
    return (
        f"solver ({name}): as long as {1 / result.ratio / 1e6:,.1f} million draws of the bare loop"
        f" ({1 / result.high / 1e6:,.1f} … {1 / result.low / 1e6:,.1f};"
        f" {result.subject * 1e3:,.1f} ms){bound}"
    )
