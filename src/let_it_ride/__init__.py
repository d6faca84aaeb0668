"""Exact odds and simulated sessions of the casino game Let It Ride.

Start with `FullConfig` (or `load_config` for a TOML file), and give it to a
`SimulationController`; `check_agreement` compares its results with the exact law, `replay` plays
one session of a run again, hand by hand, and `compile_odds` gives the exact law of one round.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from let_it_ride.analysis.agreement import Agreement
    from let_it_ride.analysis.agreement_service import check_agreement
    from let_it_ride.config import ConfigError, FullConfig, load_config, save_config
    from let_it_ride.errors import LetItRideError
    from let_it_ride.plan import compile_odds
    from let_it_ride.simulation.controller import SimulationController
    from let_it_ride.simulation.parallel import ParallelExecutor
    from let_it_ride.simulation.replay import PlayedHand, Replay, replay
    from let_it_ride.simulation.results import SessionResult, SimulationResults

__version__ = "0.1.0"

# Where each public name lives. They are imported when asked for: importing this package is light.
_HOMES: Final = {
    "Agreement": "let_it_ride.analysis.agreement",
    "ConfigError": "let_it_ride.config",
    "FullConfig": "let_it_ride.config",
    "LetItRideError": "let_it_ride.errors",
    "ParallelExecutor": "let_it_ride.simulation.parallel",
    "PlayedHand": "let_it_ride.simulation.replay",
    "Replay": "let_it_ride.simulation.replay",
    "SessionResult": "let_it_ride.simulation.results",
    "SimulationController": "let_it_ride.simulation.controller",
    "SimulationResults": "let_it_ride.simulation.results",
    "check_agreement": "let_it_ride.analysis.agreement_service",
    "compile_odds": "let_it_ride.plan",
    "load_config": "let_it_ride.config",
    "replay": "let_it_ride.simulation.replay",
    "save_config": "let_it_ride.config",
}

__all__ = [
    "Agreement",
    "ConfigError",
    "FullConfig",
    "LetItRideError",
    "ParallelExecutor",
    "PlayedHand",
    "Replay",
    "SessionResult",
    "SimulationController",
    "SimulationResults",
    "__version__",
    "check_agreement",
    "compile_odds",
    "load_config",
    "replay",
    "save_config",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List what is public."""
    return sorted({*globals(), *__all__})
