"""What can keep a run from ending."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from let_it_ride.errors import LetItRideError


class RunDirectoryError(LetItRideError):
    """A run directory cannot be written or read."""

    exit_code = 1


class NoRoomError(RunDirectoryError):
    """The disk has no room for a run.

    Attributes:
        path: where the run is.
    """

    def __init__(self, path: Path, needed: str = "") -> None:
        self.path = path
        super().__init__(f"{path}: there is no room left on this disk for the run{needed}")

    @property
    def what_to_do(self) -> str:
        """What a run that waits for room says."""
        return f"{self}; make room, and it goes on by itself"


class DamagedBlocksError(RunDirectoryError):
    """Blocks of a run are no longer as they were written, or were not played from its seeds.

    Attributes:
        blocks: their numbers.
    """

    def __init__(self, path: Path, blocks: Sequence[int]) -> None:
        self.blocks = tuple(blocks)
        super().__init__(
            f"{path}: sessions that were played are not as they were written, and were not when"
            " they had been played again; the disk may be failing. Resume the run on another"
        )


class RunGoneError(RunDirectoryError):
    """A run was removed while it was played."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: the run was removed while it was played, and nothing of it is left; run its"
            " configuration anew"
        )


class RunLockedError(RunDirectoryError):
    """Another program plays the run."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: another program plays this run now, or reads it; wait for it, or stop it"
        )


class RunUse(Enum):
    """What is done with a run that has been begun, with what goes wrong if it is another."""

    RESUMED = "its sessions would not be those of one run"
    REPLAYED = "other sessions would be played"
    READ = "its files would be taken for what they are not"


class RunMismatchError(RunDirectoryError):
    """A run cannot be gone on with, or read: what would be played is not what was.

    Attributes:
        differences: in what, each in words.
    """

    def __init__(self, path: Path, differences: Sequence[str], use: RunUse) -> None:
        self.differences = tuple(differences)
        listed = "; ".join(differences)
        super().__init__(
            f"{path}: this run cannot be {use.name.lower()} ({listed}); {use.value}."
            " Run its configuration anew"
        )


class RunCancelledError(LetItRideError):
    """The run was cancelled before all of its sessions were played."""

    exit_code = 130

    def __init__(self, completed: int, total: int, counted: str = "sessions") -> None:
        self.completed, self.total = completed, total
        super().__init__(
            f"cancelled when all {total:,} {counted} had been played"
            if completed == total
            else f"cancelled after {completed:,} of {total:,} {counted}"
        )


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
    """A process that plays raised an error or died, and a fresh one would do no better.

    Attributes:
        worker: its name.
        missing: ids of the tables that cannot be played; with one seat, of the sessions.
        reason: what happened to it.
        counted: what tables are called.
    """

    exit_code = 1

    def __init__(
        self,
        worker: str,
        missing: range,
        reason: str,
        counted: str = "sessions",
        *,
        is_kept: bool = True,
    ) -> None:
        self.worker, self.missing, self.reason, self.counted = worker, missing, reason, counted
        rest = (
            "The rest of the run is kept; resume it when the cause is found"
            if is_kept
            else "Nothing of the run is kept; run it again when the cause is found"
        )
        super().__init__(
            f"{worker} {reason}, again and again with the same {counted} {missing.start:,} to"
            f" {missing.stop - 1:,}. {rest}, perhaps with fewer workers"
        )

    def of_what_goes(self) -> "WorkerFailedError":
        """The same error of a run that does not stay."""
        return WorkerFailedError(
            self.worker, self.missing, self.reason, self.counted, is_kept=False
        )


class ErrandFailedError(LetItRideError):
    """A process that was sent to do something raised an error or died."""

    exit_code = 1

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}; try again")


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
