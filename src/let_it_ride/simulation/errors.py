"""What can keep a run from ending."""

from let_it_ride.errors import LetItRideError


class RunCancelledError(LetItRideError):
    """The run was cancelled before all of its sessions were played."""

    exit_code = 130

    def __init__(self, completed: int, total: int, counted: str = "sessions") -> None:
        self.completed, self.total = completed, total
        super().__init__(f"cancelled after {completed:,} of {total:,} {counted}")


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
        missing: ids of those of its tables that are missing; with one seat, of its sessions.
        reason: what happened to it.
    """

    exit_code = 1

    def __init__(self, worker: str, missing: range, reason: str, counted: str = "sessions") -> None:
        self.worker, self.missing, self.reason = worker, missing, reason
        super().__init__(
            f"{worker} {reason}; its {counted} {missing.start:,} to {missing.stop - 1:,} are"
            " not complete. Run again; if it happens again, try fewer workers"
        )


class NoSuchSessionError(LetItRideError):
    """A session that the run does not have.

    Attributes:
        session: the id that was asked for.
        sessions: how many the run has.
    """

    def __init__(self, session: int, sessions: int) -> None:
        self.session, self.sessions = session, sessions
        super().__init__(
            f"there is no session {session:,}: this configuration plays {sessions:,}, numbered from"
            f" 0 to {sessions - 1:,} (simulation.num_sessions)"
        )


class NoSeedError(LetItRideError):
    """A replay of a configuration that does not say which cards it dealt."""

    def __init__(self) -> None:
        super().__init__(
            "this configuration names no seed, so there is nothing to replay: give the seed of the"
            " run, which its results tell, with --seed or as simulation.random_seed"
        )
