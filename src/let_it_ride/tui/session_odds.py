"""What is known about the exact odds of a session, and who works them out."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from let_it_ride.analysis.goal_gain import GoalGain
    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.bankroll import StopConditions
    from let_it_ride.config.full import FullConfig

Solver = Callable[["FullConfig", Event, Callable[[float], None], Callable[[], None]], "SessionLaw"]
"""Solves the sessions of a configuration, until the event is set.

It is given who is told the share that is done, and that the solver must be compiled first; called
in a thread.
"""


def solver(
    config: FullConfig,
    cancelled: Event,
    progress: Callable[[float], None],
    compiling: Callable[[], None],
) -> SessionLaw:
    """Solve in a process of its own."""
    # numpy and all that solves would hold up the first frame.
    from let_it_ride.analysis.service import solve_apart

    return solve_apart(config, cancelled, progress, compiling)


class SessionOdds(NamedTuple):
    """What is known about the odds of a session.

    Attributes:
        law: the last one that was solved.
        saved: the law of the configuration as it is saved, if that was solved.
        gain: what play for a goal gains over the basic chart, if that is played.
        hands_per_hour: how fast the table deals.
        stops: what ends a session of the law; None where there is no law.
        working: what is being done about the present configuration; empty if nothing is.
        stale: why the law is not that of the configuration; empty if it is.
        refusal: why there is none; empty if there is.
    """

    law: SessionLaw | None = None
    saved: SessionLaw | None = None
    gain: GoalGain | None = None
    hands_per_hour: int = 0
    stops: StopConditions | None = None
    working: str = ""
    stale: str = ""
    refusal: str = ""

    @property
    def is_stale(self) -> bool:
        """Whether the law is not, or not yet, that of the configuration."""
        return bool(self.stale or self.working)
