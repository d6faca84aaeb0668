"""What is known of the runs without looking into their directories.

The index is only ever a memory of what the directories say: whatever is wrong with it, it is left
aside or begun anew, and costs nothing but the time to read them again.
"""

import math
import sqlite3
import stat
import zlib
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from let_it_ride.history.entry import Entry
from let_it_ride.history.ids import is_id
from let_it_ride.simulation.run_state import RunCheck, RunState

_T = TypeVar("_T")

_SCHEMA: Final = (
    "CREATE TABLE runs (id TEXT PRIMARY KEY, stamp TEXT, is_settled INTEGER, name TEXT,"
    " pinned INTEGER, started TEXT, sessions INTEGER, state TEXT, size INTEGER, ahead REAL,"
    " mean_profit REAL, digest TEXT, version TEXT, finished_share REAL,"
    " equivalence TEXT, checksum INTEGER) WITHOUT ROWID"
)
_NONE: Final = type(None)
_TYPES: Final[tuple[type | tuple[type, ...], ...]] = (
    *(str, str, int, str, int, str, (int, _NONE), str, int),
    *((float, _NONE), (float, _NONE), (str, _NONE), str, float, str),
)
_COLUMNS: Final = len(_TYPES) + 1
_STATES: Final = {state.value: state for state in RunState}
_SECONDS_TO_WAIT: Final = 1.0
_ENDINGS: Final = ("-journal", "-wal", "-shm", "")
_LARGEST_FILE: Final = 1 << 28
_PRIMARY_CODE: Final = 0xFF


class Line(NamedTuple):
    """A run as it was when its directory was read.

    Attributes:
        entry: what was read.
        stamp: what the directory's status was just before.
        is_settled: whether nothing can be different as long as the stamp is the same.
    """

    entry: Entry
    stamp: str
    is_settled: bool


class Index:
    """The lines of all runs, in a SQLite file; no error of it ever comes through."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def lines(self) -> dict[str, Line]:
        """Every line by its run's id; those that cannot be read are not there."""
        rows = self._use(lambda database: database.execute("SELECT * FROM runs").fetchall())
        lines = (_line_of(row) for row in rows or ())
        return {line.entry.id: line for line in lines if line is not None}

    def update(self, changed: Collection[Line], gone: Collection[str]) -> None:
        """Put lines in, in place of those of the same runs, and take others out."""

        def write(database: sqlite3.Connection) -> None:
            places = ", ".join("?" * _COLUMNS)
            insert = f"INSERT OR REPLACE INTO runs VALUES ({places})"  # noqa: S608  only "?"
            with database:
                database.execute("BEGIN IMMEDIATE")
                database.executemany("DELETE FROM runs WHERE id = ?", ((run,) for run in gone))
                database.executemany(insert, map(_row_of, changed))

        if changed or gone:
            self._use(write)

    def clear(self) -> None:
        """Forget everything."""
        for file in self._files():
            with suppress(OSError):
                file.unlink()

    def _files(self) -> list[Path]:
        """What SQLite keeps the index in; a journal that stayed would be played back into it."""
        return [self._file.with_name(f"{self._file.name}{end}") for end in _ENDINGS]

    def _use(self, action: Callable[[sqlite3.Connection], _T]) -> _T | None:
        """Do something with the database, which is begun anew if it is damaged.

        Returns:
            What the action does; None where the database cannot be used.
        """
        for _ in range(2):
            try:
                with closing(self._connected()) as database:
                    return action(database)
            except OSError:
                return None
            except sqlite3.DatabaseError as error:
                if _is_lock(error):
                    return None
                self.clear()
            except UnicodeDecodeError:  # an error of SQLite quotes what is damaged
                self.clear()
        return None

    def _connected(self) -> sqlite3.Connection:
        for file in self._files():
            with suppress(FileNotFoundError):
                status = file.lstat()
                if not stat.S_ISREG(status.st_mode):  # SQLite would wait for a pipe
                    raise FileExistsError(file)
                if status.st_size > _LARGEST_FILE:
                    raise sqlite3.DatabaseError
        database = sqlite3.connect(self._file, timeout=_SECONDS_TO_WAIT, isolation_level=None)
        try:
            database.execute("PRAGMA trusted_schema = OFF")
            # After a power cut it may be damaged, and that costs less than waiting for the disk.
            database.execute("PRAGMA synchronous = OFF")
            if not _tables(database):
                with database:
                    database.execute("BEGIN IMMEDIATE")
                    if not _tables(database):  # nobody else was faster
                        database.execute(_SCHEMA)
            if _tables(database) != [_SCHEMA]:  # another version's, or not ours at all
                raise sqlite3.DatabaseError
        except BaseException:
            database.close()
            raise
        return database


def _is_lock(error: sqlite3.Error) -> bool:
    """Whether another program has the database; an error without a code is of damaged text."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & _PRIMARY_CODE in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _tables(database: sqlite3.Connection) -> list[str]:
    return [sql for (sql,) in database.execute("SELECT sql FROM sqlite_master LIMIT 2")]


def _row_of(line: Line) -> tuple[object, ...]:
    entry = line.entry
    row = (
        entry.id,
        line.stamp,
        int(line.is_settled),
        entry.name,
        int(entry.pinned),
        entry.started.isoformat(),
        entry.sessions,
        entry.state.value,
        entry.size,
        entry.ahead,
        entry.mean_profit,
        entry.digest,
        entry.version,
        entry.finished_share,
        entry.check.value,
    )
    return (*row, _checksum(row))


def _line_of(row: tuple[Any, ...]) -> Line | None:
    """Read a row; None if it is not as it was written."""
    fields = row[:-1]
    if _checksum(fields) != row[-1] or not all(map(isinstance, fields, _TYPES)):
        return None
    run, stamp, is_settled, name, pinned, started, sessions, state, *others, check = fields
    try:
        begun = datetime.fromisoformat(started)
        known = (name, bool(pinned), begun, sessions, _STATES[state], *others, RunCheck(check))
        entry = Entry(run, *known)
    except (KeyError, ValueError):
        return None
    return Line(entry, stamp, bool(is_settled)) if _can_be(entry) else None


def _can_be(entry: Entry) -> bool:
    """Whether the files of a run can say so."""
    told = (entry.ahead, entry.mean_profit, entry.digest)
    return (
        is_id(entry.id)
        and bool(entry.name)
        and all(map(str.isprintable, (entry.name, entry.digest or "", entry.version)))
        and entry.started.utcoffset() == timedelta(0)
        and (entry.sessions is None or entry.sessions >= 0)
        and entry.size >= 0
        and {each is not None for each in told} == {entry.state is RunState.COMPLETE}
        and 0 <= (entry.ahead or 0) <= 1
        and math.isfinite(entry.mean_profit or 0)
        and 0 <= entry.finished_share <= 1
        and (entry.check is RunCheck.NONE or entry.state is RunState.COMPLETE)
    )


def _checksum(fields: tuple[object, ...]) -> int:
    return zlib.crc32(repr(fields).encode())
