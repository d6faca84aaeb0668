"""What pictures need of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from numpy.typing import NDArray

    from let_it_ride.simulation.aggregates import Aggregates
    from let_it_ride.simulation.summary import Summary


class Played(Protocol):
    """A run that has come to its end; `SimulationResults` is one."""

    @property
    def summary(self) -> Summary:
        """The numbers of the run."""

    @property
    def aggregates(self) -> Aggregates:
        """Exact sums over all sessions."""

    @property
    def dealt(self) -> NDArray[Any]:
        """How often each deal class came; shape (deal classes,)."""

    def columns(self) -> Iterator[NDArray[Any]]:
        """The records of all sessions in order."""
