"""Who works out variations and comparisons for the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from let_it_ride.analysis.axes import Axis
    from let_it_ride.analysis.comparing import Comparison
    from let_it_ride.analysis.crew import Watching
    from let_it_ride.analysis.dealing import Dealing
    from let_it_ride.analysis.sweep import Cell, Sweep
    from let_it_ride.config.full import FullConfig

Sweeper = Callable[
    ["FullConfig", "Sequence[Axis]", "Dealing", "Watching", "Callable[[int, Cell], None]"], "Sweep"
]
"""Works out every combination; it is given who is told each cell; called in a thread."""

Comparer = Callable[
    ["Sequence[tuple[str, FullConfig]]", "Dealing", "Watching"],
    "Comparison",
]
"""Compares configurations, each with what it is called, with the first; called in a thread."""


def sweeper(
    config: FullConfig,
    axes: Sequence[Axis],
    dealing: Dealing,
    watching: Watching,
    known: Callable[[int, Cell], None],
) -> Sweep:
    """Work out every combination in processes of their own."""
    # numpy and all that solves would hold up the first frame.
    from let_it_ride.analysis.sweep import sweep

    return sweep(config, axes, dealing, watching, known=known, with_differences=True)


def comparer(
    named: Sequence[tuple[str, FullConfig]], dealing: Dealing, watching: Watching
) -> Comparison:
    """Compare in processes of their own."""
    from let_it_ride.analysis.comparing import compare

    return compare(named, dealing, watching)


def told_apart(named: Sequence[tuple[str, FullConfig]]) -> Sequence[tuple[str, FullConfig]]:
    """Call the first configuration, which is being edited, another name than its own file."""
    (name, config), *others = named
    is_taken = any(name == other for other, _ in others)
    return [("these settings" if is_taken else name, config), *others]


def dealing_for(config: FullConfig, sessions: int) -> Dealing:
    """What is dealt to what is simulated, by the seed of a configuration or a fresh one."""
    from let_it_ride.analysis.dealing import Dealing
    from let_it_ride.simulation.seeds import fresh_base_seed

    seed = config.simulation.random_seed
    return Dealing(sessions, fresh_base_seed() if seed is None else seed)
