"""Exact odds and simulated sessions of the casino game Let It Ride.

The main path: a `FullConfig` (or `load_config` for a TOML file) says what is played. `compile_odds`
gives the exact law of one round, `solve_session` that of a session. `SimulationController` plays
the sessions, `check_agreement` holds them against the exact law, and `replay` plays one of them
again, hand by hand::

    import let_it_ride as lir

    if __name__ == "__main__":  # workers are processes: they import this file
        config = lir.FullConfig(
            simulation={"num_sessions": 100_000, "random_seed": 1},
            bankroll={"base_bet": 10, "stop_conditions": {"win_limit": 300, "loss_limit": 300}},
            strategy={"type": "optimal"},
        )
        print("house edge", lir.compile_odds(config).house_edge)  # of a round, a fraction
        law = lir.solve_session(config)  # of a session, without sampling error
        print(f"ahead {law.win_probability:.4%}, mean {law.mean_profit / 100:+.2f} $")

        results = lir.SimulationController(config).run()
        ahead = results.summary.win_rate
        print(f"simulated {ahead.value:.2%}, 95 % between {ahead.low:.2%} and {ahead.high:.2%}")
        print(results.equivalence.equal, lir.check_agreement(results).agrees)

        worst = min(results, key=lambda session: session.profit)
        for hand in lir.replay(config, worst.session).hands[:3]:
            print(hand.own, hand.fourth, hand.fifth, hand.result, hand.bankroll)  # cents

Amounts are dollars in a configuration, as `decimal.Decimal`, and whole cents everywhere else.
Chances and shares are from 0 to 1, sessions are numbered from 0, and hands from 1. The same
configuration and seed give the same sessions, to the bit, on any number of workers.

Everything that is raised on purpose is a `LetItRideError`, whose text says what is wrong, where,
and what to do; a `FullConfig` built from wrong values raises `pydantic.ValidationError`.

What settings mean, and how results come about, is told by ``lir-tui explain``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from let_it_ride.analysis.agreement import Agreement
    from let_it_ride.analysis.agreement_service import check_agreement
    from let_it_ride.analysis.service import solve_session
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config import ConfigError, FullConfig, load_config, save_config
    from let_it_ride.errors import LetItRideError
    from let_it_ride.game.odds import RoundOdds
    from let_it_ride.planning import compile_odds
    from let_it_ride.simulation.controller import SimulationController
    from let_it_ride.simulation.equality import Equivalence
    from let_it_ride.simulation.parallel import ParallelExecutor
    from let_it_ride.simulation.replay import PlayedHand, Replay, replay
    from let_it_ride.simulation.results import SessionResult, SimulationResults
    from let_it_ride.simulation.summary import Summary

__version__ = "0.1.0"

# Where each public name lives. They are imported when asked for: importing this package is light.
_HOMES: Final = {
    "Agreement": "let_it_ride.analysis.agreement",
    "ConfigError": "let_it_ride.config",
    "Equivalence": "let_it_ride.simulation.equality",
    "FullConfig": "let_it_ride.config",
    "LetItRideError": "let_it_ride.errors",
    "ParallelExecutor": "let_it_ride.simulation.parallel",
    "PlayedHand": "let_it_ride.simulation.replay",
    "Replay": "let_it_ride.simulation.replay",
    "RoundOdds": "let_it_ride.game.odds",
    "SessionLaw": "let_it_ride.analysis.session_law",
    "SessionResult": "let_it_ride.simulation.results",
    "SimulationController": "let_it_ride.simulation.controller",
    "SimulationResults": "let_it_ride.simulation.results",
    "Summary": "let_it_ride.simulation.summary",
    "check_agreement": "let_it_ride.analysis.agreement_service",
    "compile_odds": "let_it_ride.planning",
    "load_config": "let_it_ride.config",
    "replay": "let_it_ride.simulation.replay",
    "save_config": "let_it_ride.config",
    "solve_session": "let_it_ride.analysis.service",
}

__all__ = [
    "Agreement",
    "ConfigError",
    "Equivalence",
    "FullConfig",
    "LetItRideError",
    "ParallelExecutor",
    "PlayedHand",
    "Replay",
    "RoundOdds",
    "SessionLaw",
    "SessionResult",
    "SimulationController",
    "SimulationResults",
    "Summary",
    "__version__",
    "check_agreement",
    "compile_odds",
    "load_config",
    "replay",
    "save_config",
    "solve_session",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List what is public."""
    return sorted({*globals(), *__all__})
