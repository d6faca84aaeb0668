"""The files a run writes when it ends."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple, get_args

from let_it_ride.analysis.agreement import Compared
from let_it_ride.config import FullConfig
from let_it_ride.config.loading import load_config
from let_it_ride.config.output import Format
from let_it_ride.config.problems import ConfigError
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.export_files import AS_TABLES, HELD, TABLES, WHOLE, Table
from let_it_ride.reports.hands_csv import write_hands_csv
from let_it_ride.reports.hands_parquet import write_hands_parquet
from let_it_ride.reports.origin import configuration_name, write_configuration
from let_it_ride.reports.page import write_page
from let_it_ride.reports.parquet import MissingExtraError, origin_metadata, what_is_missing
from let_it_ride.reports.pictures.ruin import Ruin
from let_it_ride.reports.run_json import write_run_json
from let_it_ride.reports.run_tables import RunTable
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.reports.sessions_parquet import write_sessions_parquet
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_identity import are_played_alike

FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_LOGGED: Final = "hands"

#: The format of tables where none is named.
_USUAL: Final = "csv"

#: What stands behind the prefix in the name of the one file in a format.
_ENDINGS: Final[dict[Format, str]] = {"json": "-summary.json", "html": "-report.html"}


class ExportError(LetItRideError):
    """Results cannot be written where they were asked for."""


class OtherRunError(ExportError):
    """There are files of another run where those of a run are to go.

    Attributes:
        file: one of them.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file

    def __str__(self) -> str:
        return (
            f"{self.file}: is there already, and not of this run; name another place, or put this"
            " run's files in the place of the other's with --force"
        )


class NoHandsError(ExportError):
    """A hand log is wanted of a run that logs none."""

    def __init__(self) -> None:
        super().__init__("this run logs no hands; say of how many sessions they are with --hands N")


class _File(NamedTuple):
    """A file of a run.

    Attributes:
        format: its format.
        table: the table in it; None where it is not one.
        path: where it goes.
    """

    format: Format
    table: Table | None
    path: Path

    @property
    def held(self) -> str:
        """What is in it, in words."""
        return WHOLE[self.format] if self.table is None else HELD[self.table]


@dataclass(frozen=True, slots=True)
class Export:
    """Files that are wanted of a run.

    Whatever they are, the run's configuration goes with them, so that it can be repeated. In a
    directory there are, under one prefix, the files of one run.

    Attributes:
        directory: where they go; it is made if it is not there.
        prefix: how their names begin.
        formats: any of "csv" and "parquet" (a file a table), "json" (the whole run but for its
            sessions and hands) and "html" (a report to read).
        hands: how many sessions are logged hand by hand, if there are so many; with none, there is
            no log. It is CSV where no other format of tables is wanted.
        file: the one file that is wanted, where its name is given.
        tables: the tables that are wanted besides.
        takes_place: whether files of another run give way.
    """

    directory: Path
    prefix: str
    formats: tuple[Format, ...]
    hands: int = 0
    file: Path | None = None
    tables: tuple[Table, ...] = ("sessions", "aggregates", "seats")
    takes_place: bool = False

    @classmethod
    def configured(cls, config: FullConfig) -> "Export":
        """What the configuration asks for; it takes the place of what another run has left.

        Raises:
            MissingExtraError: it asks for a format whose writer is not installed.
        """
        output = config.output
        if "parquet" in output.formats and (why := what_is_missing()):
            raise MissingExtraError(why, "output.formats")
        hands = config.simulation.record_hands
        directory = Path(output.directory)
        return cls(directory, output.prefix, output.formats, hands, takes_place=True)

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

        Of the tables it is that of the sessions, unless `only` says otherwise.

        Raises:
            MissingExtraError: the writer of the format is not installed.
        """
        if format_ == "parquet" and (why := what_is_missing()):
            raise MissingExtraError(why)
        return cls(file.parent, file.stem, (format_,), file=file, tables=("sessions",))

    def only(self, tables: Iterable[Table], hands: int) -> "Export":
        """These files with these tables and no other.

        Args:
            tables: which.
            hands: how many sessions are logged hand by hand, if that is one of them.

        Raises:
            NoHandsError: it is one of them, and no session is logged.
        """
        wanted = set(tables)
        if _LOGGED in wanted and not hands:
            raise NoHandsError
        return replace(
            self,
            tables=tuple(each for each in TABLES if each in wanted and each != _LOGGED),
            hands=hands if _LOGGED in wanted else 0,
        )

    def check(self, config: FullConfig) -> None:
        """See that the directory can be written, before a run is played for nothing.

        Args:
            config: what is run.

        Raises:
            ExportError: it cannot, or there are files of another run that do not give way.
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
        others = self.of_another(config)
        if others and not self.takes_place:
            raise OtherRunError(others[0])

    def of_another(self, config: FullConfig) -> tuple[Path, ...]:
        """The files that are there already and not known to be of a run.

        Args:
            config: what is run.
        """
        settings = self._settings
        with suppress(ConfigError):
            if are_played_alike(load_config(settings), config):
                return ()
        every = (settings, *(each.path for each in self._files(FORMATS, TABLES)))
        return tuple(path for path in dict.fromkeys(every) if os.path.lexists(path))

    def write(
        self,
        config: FullConfig,
        results: SimulationResults,
        compared: Compared,
        progress: Callable[[int], None] = lambda _: None,
        hands_progress: Callable[[int], None] = lambda _: None,
        ruins: Sequence[Ruin] = (),
    ) -> Iterator[Path]:
        """Write the files, each whole or not at all, and yield the path of each that is there.

        Args:
            config: what was run.
            results: the run.
            compared: what comparing it with the exact law gave.
            progress: told how many sessions are written, now and then.
            hands_progress: the same of the hand log.
            ruins: the chances to run out of money, if the report is to show them.

        Raises:
            FileError: a file cannot be written.
            ProcessStartError: the hand log's process cannot be started.
            ErrandFailedError: it died.
        """
        if not self.formats and not self.hands:
            return
        if self.takes_place:
            for path in self.of_another(config):
                with suppress(OSError):  # what cannot go is told of when it is written
                    path.unlink()
        files = self._wanted
        settings, prefix = self._settings, self.prefix
        beside = [(each.path.name, each.held) for each in self._beside(files)]
        write_configuration(config, results, prefix, settings, beside)
        yield settings
        for format_, table, path in files:
            match format_, table:
                case "json", _:
                    write_run_json(config, results, compared, prefix, path)
                case "html", _:
                    write_page(config, results, compared, prefix, path, ruins)
                case "csv", "sessions":
                    write_sessions_csv(results, path, progress)
                case "parquet", "sessions":
                    write_sessions_parquet(config, results, prefix, path, progress)
                case "csv", "hands":
                    write_hands_csv(config, results, self.hands, path, hands_progress)
                case "parquet", "hands":
                    write_hands_parquet(config, results, self.hands, prefix, path, hands_progress)
                case "csv", _:
                    _table(table, results).write_csv(path)
                case "parquet", _:
                    metadata = origin_metadata(config, results, prefix)
                    _table(table, results).write_parquet(metadata, path)
            yield path

    @property
    def _settings(self) -> Path:
        return self.directory / configuration_name(self.prefix)

    @property
    def _wanted(self) -> tuple[_File, ...]:
        """The files that are wanted, in the order in which they are written."""
        formats, files = self.formats, list(self._files(self.formats, self.tables))
        if self.hands:
            as_tables = [each for each in formats if each in AS_TABLES] or [_USUAL]
            files.extend(self._files(as_tables, (_LOGGED,)))
        return tuple(files)

    def _beside(self, wanted: Sequence[_File]) -> Iterator[_File]:
        """The files that are wanted, and those of the run that are there already."""
        if self.file is not None:
            yield from wanted
            return
        for each in self._files(FORMATS, TABLES):
            if each in wanted or os.path.lexists(each.path):
                yield each

    def _files(self, formats: Sequence[Format], tables: Sequence[Table]) -> Iterator[_File]:
        for format_, ending in _ENDINGS.items():
            if format_ in formats:
                yield self._file(format_, None, ending)
        for format_ in FORMATS:
            if format_ in formats and format_ in AS_TABLES:
                for table in tables:
                    yield self._file(format_, table, f"-{table}.{format_}")

    def _file(self, format_: Format, table: Table | None, ending: str) -> _File:
        return _File(format_, table, self.file or self.directory / f"{self.prefix}{ending}")


def _table(table: Table | None, results: SimulationResults) -> RunTable:
    of = RunTable.of_seats if table == "seats" else RunTable.of_aggregates
    return of(results)
