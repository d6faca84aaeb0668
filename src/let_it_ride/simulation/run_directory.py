"""A run on disk: its configuration, seeds, raw records, and a ledger of finished blocks.

The files of a run directory:

* ``config.json``: the configuration that is played, its seed filled in
* ``run.json``: what the run is (`RunIdentity`)
* ``spare.json``: a copy of both with a checksum, for when they are damaged
* ``seeds.bin``: every table's seed, 4 bytes each
* ``sessions.bin``: every session's record, the blocks in any order
* ``counts.bin``: per block, how often each deal class and each of `NOTES` came, 4 bytes each
* ``ledger``: a line for every finished block, in the order in which they were finished
* ``results.json``: how the run ended (`RunOutcome`), written last
* ``log``: a line for everything that went wrong (`RunLog`)
* ``lock``: held by the program that plays the run (`RunLock`)

Workers write records and counts in place; the main process alone writes the rest. Only what the
ledger lists, and what has the digest that it lists, is part of the results; and lines of another
run's ledger list nothing.
"""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from let_it_ride.simulation.errors import NoRoomError, RunDirectoryError, RunLockedError
from let_it_ride.simulation.ledger import FinishedBlock, Ledger
from let_it_ride.simulation.raw_files import (
    allot,
    bytes_of,
    explained,
    read_at,
    refuse_without_room,
    reserve,
    see_that_it_leads_nowhere,
    unreadable,
    write_all,
    write_at,
)
from let_it_ride.simulation.run_layout import COUNT, SEED, RunLayout
from let_it_ride.simulation.run_lock import LOCK_FILE, RunLock
from let_it_ride.simulation.run_mark import RunMark

#: What is read, and worked out, of so many records at a time stays below some tens of megabytes.
RECORDS_AT_ONCE: Final = 1 << 18

_COPIED_AT_ONCE: Final = 1 << 22

Written = TypeVar("Written")


class RunDirectory:
    """Reads and writes the files of one run; safe to use from several processes on other blocks.

    Attributes:
        path: the directory.
        mark: the run's.
        when_full: called when something cannot be written since the disk is full; it is tried again
            when that returns. Without it, the error comes through.
    """

    def __init__(
        self,
        path: Path,
        layout: RunLayout,
        mark: RunMark,
        *,
        lock: RunLock | None = None,
        when_full: Callable[[NoRoomError], None] | None = None,
    ) -> None:
        """Use a directory that is there.

        Args:
            path: the directory.
            layout: where in its files the run has what.
            mark: the run's.
            lock: the run's, held as long as this object is there.
            when_full: called when the disk is full.
        """
        self.path = path
        self.mark = mark
        self.when_full = when_full
        self._layout = layout
        self._lock = lock
        self._ledger = Ledger(path / "ledger", mark)
        self._is_on_disk = False

    def is_on_disk(self) -> bool:
        """Whether this object reads or writes just now; safe to ask from any thread."""
        return self._is_on_disk

    @classmethod
    def create(cls, path: Path, layout: RunLayout, mark: RunMark) -> "RunDirectory":
        """Make the directory, take its lock, and reserve the room that its files will take.

        Raises:
            RunDirectoryError: the directory is not empty, or cannot be written, or has no room.
        """
        try:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                raise RunDirectoryError(f"{path} is not empty; name a new directory for the run")
            run = cls(path, layout, mark, lock=RunLock(path))
        except OSError as error:
            raise explained(error, path) from error
        try:
            refuse_without_room(path, layout.size)
            run.make_room()
        except RunDirectoryError:
            run._withdraw()
            raise
        return run

    @classmethod
    def reopen(cls, path: Path, layout: RunLayout, mark: RunMark) -> "RunDirectory":
        """Take the lock of a run that is there, to go on with it; where it can only be read, none.

        Raises:
            RunLockedError: another program plays it.
            RunDirectoryError: it cannot be written.
        """
        see_that_it_leads_nowhere(path)
        try:
            return cls(path, layout, mark, lock=RunLock(path))
        except OSError as error:
            if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
                return cls(path, layout, mark)  # to be read; what must be written will say so
            raise explained(error, path) from error

    def _withdraw(self) -> None:
        """Leave nothing of a run that could not be begun but its directory."""
        files = self._sessions_file, self._counts_file, self._seeds_file
        for file in (*files, self.path / "ledger", self.path / LOCK_FILE):
            with suppress(OSError):
                file.unlink()
        self.release()

    def refuse_unless_own(self) -> None:
        """See that this program may play the run.

        Raises:
            RunLockedError: others read it.
        """
        if self._lock is not None and self._lock.is_shared:
            raise RunLockedError(self.path)

    def share(self) -> None:
        """Let other programs read the run, as this one does from here on."""
        if self._lock is not None:
            self._lock.share()

    def release(self) -> None:
        """Let other programs have the run."""
        if self._lock is not None:
            self._lock.release()

    def make_room(self) -> None:
        """Reserve the room that seeds, records and counts take.

        Raises:
            RunDirectoryError: there is no room, or they cannot be written.
        """
        try:
            self._reserve()
            (self.path / "ledger").touch()
        except OSError as error:
            raise explained(error, self.path) from error

    def _reserve(self) -> None:
        layout = self._layout
        sessions = layout.tables * (layout.sessions_at_table or 0)
        reserve(self._sessions_file, sessions * layout.record.itemsize)
        reserve(self._seeds_file, layout.tables * SEED.itemsize)
        reserve(self._counts_file, layout.blocks * layout.counts * COUNT.itemsize)

    @property
    def blocks(self) -> int:
        """How many blocks the run has."""
        return self._layout.blocks

    @property
    def _sessions_file(self) -> Path:
        return self.path / "sessions.bin"

    @property
    def _counts_file(self) -> Path:
        return self.path / "counts.bin"

    @property
    def _seeds_file(self) -> Path:
        return self.path / "seeds.bin"

    def write_seeds(self, seeds: Iterable[NDArray[np.uint32]]) -> Iterator[int]:
        """Write every table's seed, and yield how many are written so far."""
        written = 0
        try:
            with self._seeds_file.open("r+b", buffering=1 << 20) as file:
                for some in seeds:
                    file.write(some.astype(SEED, copy=False).tobytes())
                    written += len(some)
                    yield written
        except OSError as error:
            raise explained(error, self.path) from error

    def write_block(
        self, block: int, pieces: Iterable[NDArray[np.void]], counts: NDArray[np.uint32]
    ) -> int:
        """Write a block.

        Args:
            block: its number.
            pieces: its records in order, each piece taken when the one before is written.
            counts: its counts, which are whole when the last piece has been given.

        Returns:
            The place of its records.

        Raises:
            NoRoomError: the disk is full, and nobody is called then.
            RunDirectoryError: it cannot be written.
        """
        layout = self._layout
        if layout.sessions_at_table is None:
            place = self._write_where_there_is_room(pieces) // layout.record.itemsize
        else:
            place = block * layout.block_tables * layout.sessions_at_table
            offset = place * layout.record.itemsize
            for records in pieces:
                self._written(partial(write_at, self._sessions_file, offset, records))
                offset += records.nbytes
        self._written(partial(write_at, self._counts_file, block * counts.nbytes, counts))
        return place

    def _write_where_there_is_room(self, pieces: Iterable[NDArray[np.void]]) -> int:
        """Write records whose number is known when the last has come; return where they begin."""
        # A file without a name, so that nothing is left of it, whatever happens to this process.
        with self._written(partial(TemporaryFile, dir=self.path)) as file:
            handle, size, item = file.fileno(), 0, self._layout.record.itemsize
            for records in pieces:
                self._written(partial(write_all, handle, size, bytes_of(records)))
                size += records.nbytes
            begin = self._written(partial(allot, self._sessions_file, size, item))
            for offset in range(0, size, _COPIED_AT_ONCE):
                some = np.frombuffer(os.pread(handle, _COPIED_AT_ONCE, offset), np.uint8)
                self._written(partial(write_at, self._sessions_file, begin + offset, some))
        return begin

    def enter(self, finished: Iterable[FinishedBlock], seconds: float = 0.0) -> None:
        """Append finished blocks to the ledger, all or, after an error, none.

        Args:
            finished: the blocks.
            seconds: since this program began to play.

        Raises:
            NoRoomError: the disk is full.
            RunLockedError: the lock was removed, and another program has the run by now.
            RunDirectoryError: they cannot be written.
        """
        entries = tuple(finished)
        if self._lock is not None:
            self._written(self._lock.hold_on)
        self._written(lambda: self._ledger.append(entries, round(1000 * seconds)))

    def entries(self) -> list[FinishedBlock]:
        """The ledger's lines that are whole and can be true, in the order of the file.

        Raises:
            RunDirectoryError: the ledger cannot be read.
        """
        try:
            return [each for each in self._ledger.read(self.blocks) if self._can_be(each)]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise unreadable(error, self.path / "ledger") from error

    def ledger(self) -> dict[int, FinishedBlock]:
        """Every finished block by its number, in the order of the blocks.

        Raises:
            RunDirectoryError: the ledger cannot be read.
        """
        return {each.block: each for each in sorted(self.entries(), key=lambda each: each.block)}

    def keep_only(self, finished: Iterable[FinishedBlock]) -> None:
        """Have the ledger hold these blocks, in this order, and nothing else.

        Raises:
            FileError: it cannot be written.
        """
        self._ledger.rewrite(finished)

    def sync(self) -> None:
        """Have everything written so far be on the disk, the ledger last.

        A killed program loses nothing without this; a machine without power does.
        """
        for file in (self._sessions_file, self._counts_file, self.path / "ledger"):
            try:
                handle = os.open(file, os.O_RDONLY)
            except OSError:
                continue
            try:
                os.fsync(handle)
            except OSError:
                # What does not reach the disk is found by its digest, and played again.
                continue
            finally:
                os.close(handle)

    def seeds(self, first: int, count: int) -> NDArray[np.uint32]:
        """Seeds of some tables."""
        return self._read(self._seeds_file, first * SEED.itemsize, SEED, count)

    def has_seeds(self, first: int, seeds: NDArray[np.uint32]) -> bool:
        """Whether the seeds that are written are these, from that of a table on."""
        try:
            return bool(np.array_equal(self.seeds(first, len(seeds)), seeds))
        except RunDirectoryError:
            return False

    def records(self, place: int, count: int) -> NDArray[np.void]:
        """Some records from a place on."""
        record = self._layout.record
        return self._read(self._sessions_file, place * record.itemsize, record, count)

    def pages(self, place: int, count: int) -> Iterator[NDArray[np.void]]:
        """Some records from a place on, at most `RECORDS_AT_ONCE` at a time."""
        for first in range(0, count, RECORDS_AT_ONCE):
            yield self.records(place + first, min(RECORDS_AT_ONCE, count - first))

    def counts(self, block: int) -> NDArray[np.uint32]:
        """How often each deal class, and each of `NOTES`, came in a block."""
        size = self._layout.counts
        return self._read(self._counts_file, block * size * COUNT.itemsize, COUNT, size)

    @contextmanager
    def _on_disk(self) -> Iterator[None]:
        self._is_on_disk = True
        try:
            yield
        finally:
            self._is_on_disk = False

    def _read(self, path: Path, offset: int, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
        with self._on_disk():
            return read_at(path, offset, dtype, count)

    def _written(self, write: Callable[[], Written]) -> Written:
        """Write, and if the disk is full, again when there may be room."""
        while True:
            try:
                with self._on_disk():
                    return write()
            except OSError as error:
                said = explained(error, self.path)
                if self.when_full is None or not isinstance(said, NoRoomError):
                    raise said from error
                self.when_full(said)

    def _can_be(self, entry: FinishedBlock) -> bool:
        """Whether a line of the ledger, whose checksum holds, can be of this run."""
        layout = self._layout
        if not 0 <= entry.block < layout.blocks or min(entry.place, entry.rounds) < 0:
            return False
        first = entry.block * layout.block_tables
        tables = min(layout.block_tables, layout.tables - first)
        if layout.sessions_at_table is None:
            return 0 < entry.sessions <= self._most_records() - entry.place
        at_table = layout.sessions_at_table
        return (entry.place, entry.sessions) == (first * at_table, tables * at_table)

    def _most_records(self) -> int:
        return self._sessions_file.stat().st_size // self._layout.record.itemsize
