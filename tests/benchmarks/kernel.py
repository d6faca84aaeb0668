"""The kernel against the bare loop of its generator: rounds a second over draws a second."""

from typing import Final, NamedTuple

import numpy as np
from tests.benchmarks.bare_loop import xor_of_draws
from tests.benchmarks.timing import paired, seconds

from let_it_ride.config import FullConfig
from let_it_ride.plan import compile_plan
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS

_DRAWS: Final = 20_000_000
_SESSIONS: Final = 20_000


class _Case(NamedTuple):
    """A configuration, and the part of the bare loop's speed that it must have, if any."""

    config: dict[str, object]
    at_least: float | None = None


def _bankroll(**betting_system: object) -> dict[str, object]:
    return {"starting_amount": 5000, "betting_system": betting_system}


_CASES: Final = {
    "flat": _Case({}, 0.2),
    "flat, bonus on every hand": _Case({"bonus_strategy": {"type": "always"}}, 0.2),
    "flat, bonus, limits ±250/200": _Case(
        {
            "bonus_strategy": {"type": "always"},
            "bankroll": {"stop_conditions": {"win_limit": 250, "loss_limit": 200}},
        },
        0.2,
    ),
    "martingale, streak bonus": _Case(
        {
            "bankroll": _bankroll(type="martingale", driven_by="main"),
            "bonus_strategy": {"type": "streak_based"},
        },
        0.1,
    ),
    "paroli, combined bonus": _Case(
        {"bankroll": _bankroll(type="paroli"), "bonus_strategy": {"type": "combined"}}, 0.1
    ),
    "proportional, bonus by the bankroll": _Case(
        {
            "bankroll": _bankroll(type="proportional"),
            "bonus_strategy": {"type": "bankroll_conditional"},
        }
    ),
    "formulas": _Case(
        {
            "bankroll": _bankroll(type="custom", expression="base_bet * min(1 + streak % 3, 3)"),
            "bonus_strategy": {"type": "custom", "expression": "1 if session_profit < 0 else 2"},
        }
    ),
    "flat, bonus with a meter": _Case(
        {"bonus_strategy": {"type": "always"}, "paytables": {"bonus": {"type": "paytable_c"}}}
    ),
    "flat, chacha20": _Case({"simulation": {"generator": "chacha20"}}),
}


def lines() -> list[str]:
    """Measure, and say how it went."""
    return [_line(name, case) for name, case in _CASES.items()]


def _line(name: str, case: _Case) -> str:
    plan = compile_plan(FullConfig.model_validate(case.config))
    kernel = load_kernel()
    room = kernel.Room.new()
    session_seeds = np.random.default_rng(1).integers(0, 1 << 31, _SESSIONS).astype(np.uint32)
    played = np.zeros((_SESSIONS, len(PLAYED_COLUMNS)), dtype=np.int64)
    dealt = np.zeros(plan.deal_classes, dtype=np.uint32)
    notes = np.zeros(len(NOTES), dtype=np.uint32)

    def play() -> None:
        kernel.play_sessions(plan.tables, session_seeds, 0, played, dealt, notes, room)

    def a_round() -> float:
        dealt.fill(0)
        took = seconds(play)
        return took / int(dealt.sum(dtype=np.int64))

    def a_draw() -> float:
        return seconds(lambda: xor_of_draws(_DRAWS, 1, 2, 3, 4)) / _DRAWS

    result = paired(a_round, a_draw)
    bound = "" if case.at_least is None else f"; at least {case.at_least}"
    return (
        f"kernel ({name}): {result.ratio:.3f} of the bare loop"
        f" ({result.low:.3f} … {result.high:.3f}; {result.subject * 1e9:.2f} ns a round,"
        f" {result.yardstick * 1e9:.2f} ns a draw){bound}"
    )
