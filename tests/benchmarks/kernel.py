"""The kernel against the bare loop of its generator: rounds a second over draws a second."""

from typing import Final, NamedTuple

import numpy as np
from tests.benchmarks.bare_loop import xor_of_draws
from tests.benchmarks.timing import paired, seconds

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.games import game_of

_DRAWS: Final = 20_000_000
_BLOCKS: Final = 4


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
    "a goal, limits ±250/200": _Case(
        {
            "strategy": {"type": "goal"},
            "bankroll": {"stop_conditions": {"win_limit": 250, "loss_limit": 200}},
        }
    ),
    "flat, bonus with a meter": _Case(
        {"bonus_strategy": {"type": "always"}, "paytables": {"bonus": {"type": "paytable_c"}}}
    ),
    "flat, chacha20": _Case({"simulation": {"generator": "chacha20"}}),
    "a table of six seats": _Case({"table": {"num_seats": 6}}, 0.05),
    "six seats, bonus on every hand": _Case(
        {"table": {"num_seats": 6}, "bonus_strategy": {"type": "always"}}, 0.05
    ),
    "one seat of a table": _Case({"table": {"total_rounds": 1000}}),
}


def lines() -> list[str]:
    """Measure, and say how it went."""
    return [_line(name, case) for name, case in _CASES.items()]


def _line(name: str, case: _Case) -> str:
    plan = compile_plan(FullConfig.model_validate(case.config))
    game = game_of(plan)
    seeds = np.random.default_rng(1).integers(0, 1 << 31, plan.block_tables).astype(np.uint32)
    rounds = 0

    def play() -> None:
        nonlocal rounds
        for block in range(_BLOCKS):
            for _, counts in game.play(seeds, block * plan.block_tables):
                rounds += int(counts[: plan.deal_classes].sum(dtype=np.int64))

    def a_round() -> float:
        nonlocal rounds
        rounds = 0
        return seconds(play) / rounds

    def a_draw() -> float:
        return seconds(lambda: xor_of_draws(_DRAWS, 1, 2, 3, 4)) / _DRAWS

    result = paired(a_round, a_draw)
    bound = "" if case.at_least is None else f"; at least {case.at_least}"
    return (
        f"kernel ({name}): {result.ratio:.3f} of the bare loop"
        f" ({result.low:.3f} … {result.high:.3f}; {result.subject * 1e9:.2f} ns a round,"
        f" {result.yardstick * 1e9:.2f} ns a draw){bound}"
    )
