"""A run as a line of the history."""

from dataclasses import dataclass
from datetime import datetime

from let_it_ride.history.ids import title_in
from let_it_ride.simulation.run_state import RunCheck, RunState


@dataclass(frozen=True, slots=True)
class Entry:
    """What the history says of a run.

    All of it is read from files that anyone may have written; texts have no character that a
    terminal would obey.

    Attributes:
        id: the name of its directory.
        name: what the user calls it; the id, unless it was renamed.
        pinned: whether it stays when room is made.
        started: when it began, in UTC.
        sessions: how many it plays; None where that is chance and it is not complete.
        state: whether it is played, unfinished, complete or damaged.
        size: bytes it takes on the disk.
        ahead: share of its sessions that ended ahead; None unless it is complete.
        mean_profit: mean profit of its sessions in dollars; None unless it is complete.
        digest: of its results; None unless it is complete.
        version: of the program that began it; empty where it is damaged.
        finished_share: how much of it is played, from 0 to 1.
        check: what is known of its equivalence to sequential play.
    """

    id: str
    name: str
    pinned: bool
    started: datetime
    sessions: int | None
    state: RunState
    size: int
    ahead: float | None
    mean_profit: float | None
    digest: str | None
    version: str
    finished_share: float
    check: RunCheck = RunCheck.NONE

    @property
    def is_named(self) -> bool:
        """Whether the user has called it something."""
        return self.name != self.id

    @property
    def is_unfinished(self) -> bool:
        """Whether nobody plays it, and it can be gone on with."""
        return self.state is RunState.UNFINISHED

    @property
    def title(self) -> str:
        """What it is called wherever people read it: its name, or else what its id says."""
        return self.name if self.is_named else title_in(self.id) or self.id
