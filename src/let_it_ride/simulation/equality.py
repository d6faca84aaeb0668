"""The verdict on whether a parallel run equals the sequential one."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two runs differ.

    Attributes:
        session: id of the session.
        column: a column of its record; "counts" for the counts of its block, "sessions" for how
            many sessions that has.
        parallel: what the workers recorded.
        sequential: what playing in sequence gives.
    """

    session: int
    column: str
    parallel: int
    sequential: int


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The verdict of an equivalence check.

    Attributes:
        sessions_compared: how many sessions were played again.
        sessions: how many sessions the run has.
        digest_parallel: SHA-256 over the digests of the compared blocks, as the workers left them.
        digest_sequential: the same, played again.
        difference: the first one found; None if the runs are equal.
        seconds: how long the check took.
    """

    sessions_compared: int
    sessions: int
    digest_parallel: str
    digest_sequential: str
    difference: Difference | None
    seconds: float

    @property
    def equal(self) -> bool:
        """Whether everything that was compared is the same, to the last bit."""
        return self.difference is None and self.digest_parallel == self.digest_sequential

    @property
    def complete(self) -> bool:
        """Whether every session of the run was compared."""
        return self.sessions_compared == self.sessions

    def to_json(self) -> dict[str, Any]:
        """The verdict for `json.dumps`."""
        difference = self.difference
        return {
            "equal": self.equal,
            "sessions_compared": self.sessions_compared,
            "complete": self.complete,
            "digest_parallel": self.digest_parallel,
            "digest_sequential": self.digest_sequential,
            "first_difference": None
            if difference is None
            else {
                "session": difference.session,
                "column": difference.column,
                "parallel": difference.parallel,
                "sequential": difference.sequential,
            },
            "seconds": self.seconds,
        }
