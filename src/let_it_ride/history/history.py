"""The runs that are kept: listed, found, named, removed."""

import difflib
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from let_it_ride import files
from let_it_ride.history.entry import Entry
from let_it_ride.history.errors import (
    HistoryError,
    NoSuchRunError,
    NotANameError,
    RunInUseError,
    SeveralRunsError,
)
from let_it_ride.history.ids import checked_id, is_id, new_id
from let_it_ride.history.kept_runs import REMOVED, forget_index, kept_runs, note_run
from let_it_ride.history.run_files import (
    LONGEST_NAME,
    read_entry,
    read_json,
    write_about,
)
from let_it_ride.simulation.run_lock import is_in_use
from let_it_ride.simulation.run_state import RunState

#: Bytes that the runs may take, unless the user says otherwise.
DEFAULT_LIMIT: Final = 10_000_000_000

_LARGEST_LIMIT: Final = 10**24

LAST: Final = "last"
"""What the newest run can be called."""

_SETTINGS: Final = "settings.json"


class History:
    """The runs in a directory; any number of programs may use it at the same time.

    Attributes:
        root: the directory of all runs.
    """

    def __init__(self, root: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        """Name the directory; it is made when it is first needed.

        Args:
            root: the directory; the user's own where none is named.
            clock: tells the seconds since the epoch.

        Raises:
            NoHomeError: none is named, and this user has no home directory.
        """
        self.root = files.data_directory() / "runs" if root is None else root
        self._clock = clock

    def new_directory(self, title: str) -> Path:
        """Make an empty directory for a new run, and return it.

        Args:
            title: what the run is about; the readable part of its id.

        Raises:
            HistoryError: it cannot be made.
        """
        usual = new_id(datetime.fromtimestamp(self._clock(), UTC), title)
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            for name in _and_its_likes(usual):
                with suppress(FileExistsError):
                    (self.root / name).mkdir()
                    return self.root / name
        except OSError as error:
            raise _explained(self.root, error) from error
        raise AssertionError("names do not end")

    def entries(self) -> list[Entry]:
        """Every run that is kept, the newest first.

        Raises:
            HistoryError: the directory of the runs cannot be read.
        """
        try:
            entries = kept_runs(self.root, self._clock())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise _explained(self.root, error) from error
        return sorted(entries, key=lambda entry: (entry.started, entry.id), reverse=True)

    def find(self, text: str) -> Entry:
        """The run that a user means.

        Args:
            text: its id, the beginning of its id, what it is called, or "last" for the newest.

        Raises:
            NoSuchRunError: there is none.
            SeveralRunsError: there are several.
        """
        entries = self.entries()
        if text == LAST and entries:
            return entries[0]
        for meant in (
            [entry for entry in entries if entry.id == text],
            [entry for entry in entries if entry.title == text],
            [entry for entry in entries if text and entry.id.startswith(text)],
        ):
            if len(meant) == 1:
                return meant[0]
            if meant:
                raise SeveralRunsError(text, [entry.id for entry in meant])
        raise NoSuchRunError(text, _near(text, entries))

    def rename(self, run: str, name: str) -> None:
        """Call a run something.

        Args:
            run: its id.
            name: what it is called from then on; empty for its id.

        Raises:
            NotANameError: no run can be called so.
            FileError: it cannot be written down.
        """
        name = name.strip()
        if not name.isprintable():
            raise NotANameError(name, "it has characters that cannot be shown")
        if len(name) > LONGEST_NAME:
            raise NotANameError(name, f"it is longer than {LONGEST_NAME} characters")
        if name == LAST:
            raise NotANameError(name, "that is the newest, whatever it is called")
        entry = self._entry(run)
        self._write_about(replace(entry, name=name or entry.id))

    def pin(self, run: str, pinned: bool) -> None:
        """Keep a run when room is made, or no longer.

        Raises:
            FileError: it cannot be written down.
        """
        self._write_about(replace(self._entry(run), pinned=pinned))

    def delete(self, run: str) -> None:
        """Remove a run and all its files.

        Raises:
            RunInUseError: a program plays it, or reads its results.
            HistoryError: it cannot be removed.
        """
        directory = self._directory(run)
        if is_in_use(directory):
            raise RunInUseError(run)
        # Whatever interrupts this, there is no half of a run left to be listed.
        removed = self.root / f"{REMOVED}{os.urandom(8).hex()}"
        try:
            with suppress(FileNotFoundError):  # another program has removed it
                directory.rename(removed)
            if is_in_use(removed):  # by a program that was faster
                removed.rename(directory)
                raise RunInUseError(run)
            while removed.exists():
                with suppress(FileNotFoundError):  # who lists the runs removes it too
                    shutil.rmtree(removed)
        except OSError as error:
            raise _explained(directory, error) from error
        self.note(directory)

    def note(self, path: Path) -> None:
        """Look at a run again, whose state has changed; what is no run of these is left alone."""
        if path.parent == self.root and is_id(path.name):
            note_run(path, self._clock())

    def rebuild(self) -> None:
        """Look at every run again.

        Raises:
            HistoryError: the directory of the runs cannot be read.
        """
        forget_index(self.root)
        self.entries()

    @property
    def limit(self) -> int | None:
        """Bytes that the runs may take; None where there is no limit."""
        settings = read_json(self.root / _SETTINGS) or {}
        limit = settings.get("limit", DEFAULT_LIMIT)
        is_number = isinstance(limit, int) and not isinstance(limit, bool)
        is_bytes = is_number and 0 <= limit <= _LARGEST_LIMIT
        return limit if limit is None or is_bytes else DEFAULT_LIMIT

    @limit.setter
    def limit(self, limit: int | None) -> None:
        """Set the limit.

        Raises:
            FileError: it cannot be written down.
        """
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _explained(self.root, error) from error
        files.write_atomically(self.root / _SETTINGS, json.dumps({"limit": limit}).encode())

    def size(self) -> int:
        """Bytes that all runs take."""
        return sum(entry.size for entry in self.entries())

    def unfinished(self) -> list[Entry]:
        """The runs that nobody plays and that can be gone on with, the newest first.

        Raises:
            HistoryError: the directory of the runs cannot be read.
        """
        return [entry for entry in self.entries() if entry.is_unfinished]

    def excess(self, needed: int) -> int:
        """Bytes above the limit that the runs take with a new one; 0 where there is room for it.

        Args:
            needed: bytes that the new run takes.
        """
        limit = self.limit
        return 0 if limit is None else max(self.size() + needed - limit, 0)

    def to_remove(self, needed: int) -> list[Entry]:
        """The runs that would have to go for a new one, the oldest first.

        Only complete runs that are not pinned go; where that is not enough, all of those.

        Args:
            needed: bytes that the new run takes.
        """
        excess = self.excess(needed)
        going: list[Entry] = []
        for entry in reversed(self.entries()):
            if excess <= 0:
                break
            if entry.state is RunState.COMPLETE and not entry.pinned:
                going.append(entry)
                excess -= entry.size
        return going

    def path(self, run: str) -> Path:
        """The directory of a run that is kept.

        Raises:
            NotAnIdError: no run has such an id.
            NoSuchRunError: there is none.
        """
        return self._directory(run)

    def _directory(self, run: str) -> Path:
        directory = self.root / checked_id(run)
        if directory.is_symlink() or not directory.is_dir():
            raise NoSuchRunError(run)
        return directory

    def _entry(self, run: str) -> Entry:
        return read_entry(self._directory(run))

    def _write_about(self, entry: Entry) -> None:
        directory = self._directory(entry.id)
        name = entry.name if entry.is_named else ""  # that of its directory, if it moves
        write_about(directory, name, pinned=entry.pinned)
        self.note(directory)


def _near(text: str, entries: Sequence[Entry]) -> list[str]:
    """Up to three runs that may be meant: ids with the text in them, or texts that are like it."""
    within = [entry.id for entry in entries if text and text in entry.id]
    known = dict.fromkeys(word for entry in entries for word in (entry.title, entry.id))
    return within[:3] or difflib.get_close_matches(text, known, 3)


def _and_its_likes(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _explained(path: Path, error: OSError) -> HistoryError:
    return HistoryError(f"{path}: {error.strerror or error}")
