"""What can keep a run from ending."""

from let_it_ride.errors import LetItRideError


class RunCancelledError(LetItRideError):
    """The run was cancelled before all of its sessions were played."""

    exit_code = 130

    def __init__(self, completed: int, total: int) -> None:
        self.completed, self.total = completed, total
        super().__init__(f"cancelled after {completed:,} of {total:,} sessions")


class ProcessStartError(LetItRideError):
    """A process cannot be started."""

    exit_code = 1

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} cannot be started: {reason}; try fewer workers")


class CompilationFailedError(LetItRideError):
    """The kernel cannot be compiled for this machine."""

    exit_code = 1

    def __init__(self, reason: str) -> None:
        super().__init__(f"the kernel cannot be compiled: {reason}")


class WorkerFailedError(LetItRideError):
    """A worker raised an error or died.

    Attributes:
        worker: its name.
        sessions: ids of the sessions of its batch that are missing.
        reason: what happened to it.
    """

    exit_code = 1

    def __init__(self, worker: str, sessions: range, reason: str) -> None:
        self.worker, self.sessions, self.reason = worker, sessions, reason
        super().__init__(
            f"{worker} {reason}; its sessions {sessions.start:,} to {sessions.stop - 1:,} are"
            " not complete. Run again; if it happens again, try fewer workers"
        )
