"""What is dealt to configurations that are simulated beside each other."""

from dataclasses import dataclass
from typing import Final

LEAST_SESSIONS: Final = 100
MOST_SESSIONS: Final = 100_000_000
"""Bounds of what can be asked for; with fewer, intervals say nothing."""

SWEEP_SESSIONS: Final = 20_000
"""Usual sessions of every configuration of a sweep, which has many."""

FOUND_SESSIONS: Final = 100_000
"""Usual sessions of every configuration that is looked at to find one."""

COMPARED_SESSIONS: Final = 200_000
"""Usual sessions of every configuration that is compared with few others."""


@dataclass(frozen=True, slots=True)
class Dealing:
    """What is dealt to every configuration that is simulated: the same, if this is the same.

    Attributes:
        sessions: how many sessions; with several seats, tables.
        seed: the seed that all others are drawn from.
    """

    sessions: int
    seed: int
