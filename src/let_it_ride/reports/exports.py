"""The files a run writes when it ends."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from let_it_ride.analysis.agreement import Compared
from let_it_ride.config import FullConfig
from let_it_ride.config.output import Format
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.hands_csv import write_hands_csv
from let_it_ride.reports.origin import configuration_name, write_configuration
from let_it_ride.reports.page import write_page
from let_it_ride.reports.run_json import write_run_json
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.reports.sessions_parquet import (
    MissingExtraError,
    what_is_missing,
    write_sessions_parquet,
)
from let_it_ride.simulation.results import SimulationResults

FORMATS: Final[tuple[Format, ...]] = get_args(Format)

#: What stands behind the prefix in the name of the file in a format.
_ENDINGS: Final[dict[Format, str]] = {
    "csv": "-sessions.csv",
    "json": "-summary.json",
    "parquet": "-sessions.parquet",
    "html": "-report.html",
}


class ExportError(LetItRideError):
    """Results cannot be written where they were asked for."""


@dataclass(frozen=True, slots=True)
class Export:
    """Files that are wanted of a run.

    Whatever they are, the run's configuration goes with them, so that it can be repeated.

    Attributes:
        directory: where they go; it is made if it is not there.
        prefix: how their names begin.
        formats: any of "csv" and "parquet" (a line or row a session), "json" (the whole run but
            for its sessions) and "html" (a report to read).
        hands: how many sessions are logged hand by hand, if there are so many; with none, there is
            no log.
        file: the one file that is wanted, where its name is given.
    """

    directory: Path
    prefix: str
    formats: tuple[Format, ...]
    hands: int = 0
    file: Path | None = None

    @classmethod
    def configured(cls, config: FullConfig) -> "Export":
        """What the configuration asks for.

        Raises:
            MissingExtraError: it asks for a format whose writer is not installed.
        """
        output = config.output
        if "parquet" in output.formats and (why := what_is_missing()):
            raise MissingExtraError(why, "output.formats")
        hands = config.simulation.record_hands
        return cls(Path(output.directory), output.prefix, output.formats, hands)

    @classmethod
    def into(cls, directory: Path, config: FullConfig, formats: Sequence[Format] = ()) -> "Export":
        """Files into a directory.

        Args:
            directory: where they go.
            config: what was run.
            formats: which; with none, all whose writers are installed.

        Raises:
            MissingExtraError: the writer of a format is not installed.
        """
        missing = what_is_missing()
        if missing and "parquet" in formats:
            raise MissingExtraError(missing)
        able = tuple(each for each in FORMATS if each != "parquet" or not missing)
        wanted = tuple(dict.fromkeys(formats)) or able
        return cls(directory, config.output.prefix, wanted, config.simulation.record_hands)

    @classmethod
    def to_file(cls, file: Path, format_: Format) -> "Export":
        """A single file of a name of its own, and the configuration beside it.

        Raises:
            MissingExtraError: the writer of the format is not installed.
        """
        if format_ == "parquet" and (why := what_is_missing()):
            raise MissingExtraError(why)
        return cls(file.parent, file.stem, (format_,), file=file)

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
        if self.formats or self.hands:
            settings = self.directory / configuration_name(self.prefix)
            write_configuration(config, results, self.prefix, settings)
            yield settings
        writers: dict[Format, Callable[[Path], None]] = {
            "json": lambda path: write_run_json(config, results, compared, self.prefix, path),
            "html": lambda path: write_page(config, results, compared, self.prefix, path),
            "csv": lambda path: write_sessions_csv(results, path, progress),
            "parquet": lambda path: write_sessions_parquet(
                config, results, self.prefix, path, progress
            ),
        }
        for name, write in writers.items():
            if name in self.formats:
                path = self.file or self.directory / f"{self.prefix}{_ENDINGS[name]}"
                write(path)
                yield path
        if self.hands:
            log = self.directory / f"{self.prefix}-hands.csv"
            write_hands_csv(config, results, log, hands_progress)
            yield log
