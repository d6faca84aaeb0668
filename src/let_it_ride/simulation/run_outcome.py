"""How a run ended: written last, and read back when the run is opened again."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from let_it_ride.files import write_atomically
from let_it_ride.simulation.equality import Equivalence
from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_beginning import read_run_json
from let_it_ride.simulation.run_mark import RunMark

OUTCOME_FILE: Final = "results.json"

#: What reading a file gives that is none of a run's.
_NOT_TOLD: Final = (
    *(RunDirectoryError, ValueError, LookupError),
    *(AttributeError, TypeError, RecursionError),
)


@dataclass(frozen=True, slots=True)
class Headline:
    """What a list of runs tells of one.

    Attributes:
        sessions: sessions played.
        rounds: rounds played.
        ahead: share of the sessions that ended ahead, 0 … 1.
        mean_profit_cents: mean profit of a session.
    """

    sessions: int
    rounds: int
    ahead: float
    mean_profit_cents: float


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """What is kept of a run that came to its end, beside its sessions.

    Attributes:
        provenance: where its results come from.
        digest: of all its sessions.
        equivalence: the verdict of its equivalence check; None if there was none.
        headline: what a list tells of it.
    """

    provenance: Provenance
    digest: str
    equivalence: Equivalence | None
    headline: Headline

    @classmethod
    def of(cls, results: SimulationResults) -> "RunOutcome":
        """The outcome of a run that has just ended."""
        summary = results.summary
        headline = Headline(
            sessions=summary.sessions,
            rounds=summary.rounds,
            ahead=summary.win_rate.value,
            mean_profit_cents=summary.mean_profit.value,
        )
        return cls(results.provenance, results.digest, results.equivalence, headline)

    @classmethod
    def read(cls, directory: Path, mark: RunMark) -> "RunOutcome | None":
        """How the run in a directory ended; None if that cannot be told.

        Args:
            directory: where the run is.
            mark: the run's; how another ended is not told.
        """
        try:
            text = read_run_json(directory / OUTCOME_FILE)
            told = json.loads(text)
            is_own = told.pop("checksum") == mark.checksum(json.dumps(told, sort_keys=True))
            return _OUTCOME.validate_json(text, strict=True) if is_own else None
        except _NOT_TOLD:
            return None

    @staticmethod
    def remove(directory: Path) -> None:
        """Have the run in a directory not be complete, if it was.

        Raises:
            RunDirectoryError: that cannot be written.
        """
        path = directory / OUTCOME_FILE
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise RunDirectoryError(f"{path}: cannot be removed: {error.strerror}") from error

    def write(self, directory: Path, mark: RunMark) -> None:
        """Write it into the run's directory.

        Args:
            directory: where the run is.
            mark: the run's.

        Raises:
            FileError: it cannot be written.
        """
        told = asdict(self)
        told["checksum"] = mark.checksum(json.dumps(told, sort_keys=True))
        write_atomically(directory / OUTCOME_FILE, json.dumps(told, indent=2).encode())


_OUTCOME: Final = TypeAdapter(RunOutcome)
