"""The files a run writes when it ends."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from let_it_ride.analysis.agreement import Compared
from let_it_ride.config import FullConfig
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.hands_csv import write_hands_csv
from let_it_ride.reports.run_json import write_run_json
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.simulation.results import SimulationResults

_FORMATS: Final = ("csv", "json")


class NotRunnableError(LetItRideError):
    """A valid configuration that this version cannot run.

    Attributes:
        key: full path of the setting that stands in the way.
        found: its value.
        runnable: the values that can be run.
    """

    def __init__(self, key: str, found: object, runnable: str) -> None:
        self.key, self.found, self.runnable = key, found, runnable
        super().__init__(
            f"{key}: {found!r} can be written and edited, but this version cannot run it;"
            f" it can run {runnable}"
        )


class ExportError(LetItRideError):
    """Results cannot be written where they were asked for."""


@dataclass(frozen=True, slots=True)
class Export:
    """Files that are wanted of a run.

    Attributes:
        directory: where they go; it is made if it is not there.
        prefix: how their names begin.
        formats: any of "csv" (a line a session) and "json" (the whole run but for its sessions).
        hands: how many sessions are logged hand by hand, if there are so many; with none, there is
            no log.
    """

    directory: Path
    prefix: str
    formats: tuple[str, ...]
    hands: int = 0

    @classmethod
    def configured(cls, config: FullConfig) -> "Export":
        """What the configuration asks for.

        Raises:
            NotRunnableError: it asks for a format that this version does not write.
        """
        output = config.output
        for name in output.formats:
            if name not in _FORMATS:
                listed = ", ".join(f'"{known}"' for known in _FORMATS)
                raise NotRunnableError("output.formats", name, f"the formats {listed}")
        hands = config.simulation.record_hands
        return cls(Path(output.directory), output.prefix, tuple(output.formats), hands)

    @classmethod
    def into(cls, directory: Path, config: FullConfig) -> "Export":
        """Everything, into a directory."""
        return cls(directory, config.output.prefix, _FORMATS, config.simulation.record_hands)

    def check(self) -> None:
        """See that the directory can be written, before a run is played for nothing.

        Raises:
            ExportError: it cannot.
        """
        if not self.formats and not self.hands:
            return
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or error
            raise ExportError(f"{self.directory}: cannot be made: {reason}") from error
        if not os.access(self.directory, os.W_OK | os.X_OK):
            raise ExportError(f"{self.directory}: writing into it is not permitted")

    def write(
        self,
        config: FullConfig,
        results: SimulationResults,
        compared: Compared,
        progress: Callable[[int], None] = lambda _: None,
        hands_progress: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Path]:
        """Write the files, each whole or not at all, and yield the path of each that is there.

        Args:
            config: what was run.
            results: the run.
            compared: what comparing it with the exact law gave.
            progress: told how many sessions are written, now and then.
            hands_progress: the same of the hand log.

        Raises:
            FileError: a file cannot be written.
            ProcessStartError: the hand log's process cannot be started.
            ErrandFailedError: it died.
        """
        if "json" in self.formats:
            summary = self.directory / f"{self.prefix}-summary.json"
            write_run_json(config, results, compared, summary)
            yield summary
        if "csv" in self.formats:
            sessions = self.directory / f"{self.prefix}-sessions.csv"
            write_sessions_csv(results, sessions, progress)
            yield sessions
        if self.hands:
            log = self.directory / f"{self.prefix}-hands.csv"
            write_hands_csv(config, results, log, hands_progress)
            yield log
