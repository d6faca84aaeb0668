"""A run on disk: its configuration, seeds, raw records, and a ledger of finished blocks.

The files of a run directory:

* ``config.json``: the configuration that is played, its seed filled in
* ``run.json``: where the results come from (`Provenance`)
* ``seeds.bin``: every table's seed, 4 bytes each
* ``sessions.bin``: every session's record, the blocks in any order
* ``counts.bin``: per block, how often each deal class and each of `NOTES` came, 4 bytes each
* ``ledger``: a line for every finished block, in the order in which they were finished

Workers write records and counts in place; the main process alone writes the rest. Only what the
ledger lists is part of the results.
"""

import errno
import fcntl
import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.errors import LetItRideError
from let_it_ride.files import write_atomically
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.records import NOTES, record_for

_SEED: Final = np.dtype("<u4")
_COUNT: Final = np.dtype("<u4")

# Bytes of a block that wait in memory until it is known how long it is.
_HELD_IN_MEMORY: Final = 1 << 23


class RunDirectoryError(LetItRideError):
    """A run directory cannot be written or read."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class FinishedBlock:
    """A line of the ledger.

    Attributes:
        block: number of the block.
        place: which of all records its first one is.
        sessions: records in it.
        rounds: rounds its sessions played.
        sha256: digest of its records and its counts of deal classes.
    """

    block: int
    place: int
    sessions: int
    rounds: int
    sha256: str

    def to_line(self) -> str:
        """The ledger's line, which ends in its own checksum."""
        text = f"{self.block} {self.place} {self.sessions} {self.rounds} {self.sha256}"
        return f"{text} {zlib.crc32(text.encode()):08x}\n"

    @classmethod
    def from_line(cls, line: str) -> "FinishedBlock":
        """Read a line back.

        Raises:
            ValueError: the line is damaged.
        """
        text, _, checksum = line.rstrip("\n").rpartition(" ")
        if f"{zlib.crc32(text.encode()):08x}" != checksum:
            raise ValueError("damaged line")
        *numbers, sha256 = text.split()
        block, place, sessions, rounds = map(int, numbers)
        return cls(block, place, sessions, rounds, sha256)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where results come from: all it takes to get them again.

    Attributes:
        version: of this package.
        python, numpy, numba: versions.
        platform: operating system and processor.
        seed: the base seed.
        generator: the family of random numbers.
        workers: processes that played.
        sessions: sessions played.
        tables: tables played; with one seat that nobody else takes, a table is a session.
        block_tables: tables in a block.
        started: when, in UTC, ISO 8601.
        seconds_playing: how long the sessions took.
    """

    version: str
    python: str
    numpy: str
    numba: str
    platform: str
    seed: int
    generator: str
    workers: int
    sessions: int
    tables: int
    block_tables: int
    started: str
    seconds_playing: float

    def to_json(self) -> dict[str, Any]:
        """The provenance for `json.dumps`."""
        return asdict(self)


class BlockDigest:
    """SHA-256 of a block: all its records in order, then its counts of deal classes."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()

    def add(self, records: NDArray[np.void]) -> None:
        """Go on with some records."""
        if len(records):  # there is no view of the bytes of none
            self._sha256.update(records.data.cast("B"))

    def whole(self, counts: NDArray[np.uint32]) -> str:
        """The digest of all that was added, with the counts."""
        digest = self._sha256.copy()
        digest.update(counts.data.cast("B"))
        return digest.hexdigest()


def digest_of_blocks(digests: Iterable[str]) -> str:
    """SHA-256 over the blocks' digests, in the order of the blocks."""
    whole = hashlib.sha256()
    for digest in digests:
        whole.update(bytes.fromhex(digest))
    return whole.hexdigest()


@dataclass(frozen=True, slots=True)
class RunLayout:
    """Where in its files a run has what.

    Attributes:
        tables: tables in all.
        block_tables: tables in a block, the last block apart.
        sessions_at_table: how many sessions a table gives; None where that is chance.
        counts: how many counts a block has.
        record: the record of a session.
    """

    tables: int
    block_tables: int
    sessions_at_table: int | None
    counts: int
    record: np.dtype[Any]

    @classmethod
    def of(cls, plan: SessionPlan) -> "RunLayout":
        """The layout of a plan's run."""
        return cls(
            plan.table_count,
            plan.block_tables,
            plan.sessions_at_table,
            plan.deal_classes + len(NOTES),
            record_for(plan.largest_amount, placed=plan.deals_cards),
        )

    @property
    def blocks(self) -> int:
        """How many blocks the run has."""
        return -(-self.tables // self.block_tables)


class RunDirectory:
    """Reads and writes the files of one run; safe to use from several processes on other blocks."""

    def __init__(self, path: Path, layout: RunLayout) -> None:
        self.path = path
        self._layout = layout

    @classmethod
    def create(cls, path: Path, layout: RunLayout) -> "RunDirectory":
        """Make the directory and reserve the room that the records will take, if that is known.

        Raises:
            RunDirectoryError: the directory is not empty, or cannot be written, or has no room.
        """
        run = cls(path, layout)
        sessions = layout.tables * (layout.sessions_at_table or 0)
        try:
            path.mkdir(parents=True, exist_ok=True)
            if any(path.iterdir()):
                raise RunDirectoryError(f"{path} is not empty; name a new directory for the run")
            _reserve(run._sessions_file, sessions * layout.record.itemsize)
            _reserve(run._counts_file, layout.blocks * layout.counts * _COUNT.itemsize)
            run._ledger_file.touch()
        except OSError as error:
            raise _explained(error, path) from error
        return run

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

    @property
    def _ledger_file(self) -> Path:
        return self.path / "ledger"

    def write_seeds(self, seeds: Iterable[NDArray[np.uint32]]) -> Iterator[int]:
        """Write every table's seed, and yield how many are written so far."""
        written = 0
        try:
            with self._seeds_file.open("wb", buffering=1 << 20) as file:
                for some in seeds:
                    file.write(some.astype(_SEED, copy=False).tobytes())
                    written += len(some)
                    yield written
        except OSError as error:
            raise _explained(error, self.path) from error

    def write_json(self, name: str, data: object) -> None:
        """Write ``name``.json whole."""
        write_atomically(self.path / f"{name}.json", json.dumps(data, indent=2).encode())

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
            RunDirectoryError: it cannot be written; a full disk, most often.
        """
        layout = self._layout
        size = layout.record.itemsize
        try:
            if layout.sessions_at_table is None:
                place = self._write_where_there_is_room(pieces) // size
            else:
                place = block * layout.block_tables * layout.sessions_at_table
                offset = place * size
                for records in pieces:
                    _write_at(self._sessions_file, offset, records.data.cast("B"))
                    offset += records.nbytes
            _write_at(self._counts_file, block * counts.nbytes, counts.data.cast("B"))
        except OSError as error:
            raise _explained(error, self.path) from error
        return place

    def _write_where_there_is_room(self, pieces: Iterable[NDArray[np.void]]) -> int:
        """Write records whose number is known when the last has come; return where they begin."""
        # A file without a name, so that nothing is left of it, whatever happens to this process.
        with SpooledTemporaryFile(_HELD_IN_MEMORY, dir=str(self.path)) as file:
            for records in pieces:
                file.write(records.data.cast("B"))
            begin = offset = _allot(self._sessions_file, file.tell())
            file.seek(0)
            while some := file.read(_HELD_IN_MEMORY):
                _write_at(self._sessions_file, offset, memoryview(some))
                offset += len(some)
        return begin

    def enter(self, finished: Iterable[FinishedBlock]) -> None:
        """Append finished blocks to the ledger."""
        lines = "".join(block.to_line() for block in finished)
        try:
            with self._ledger_file.open("a", encoding="ascii") as file:
                file.write(lines)
        except OSError as error:
            raise _explained(error, self.path) from error

    def ledger(self) -> dict[int, FinishedBlock]:
        """Every finished block by its number, in the order of the blocks.

        Raises:
            RunDirectoryError: the ledger cannot be read or is damaged.
        """
        try:
            lines = self._ledger_file.read_text(encoding="ascii").splitlines()
            finished = [FinishedBlock.from_line(line) for line in lines]
        except (OSError, ValueError) as error:
            raise RunDirectoryError(f"{self._ledger_file}: cannot be read: {error}") from error
        return {entry.block: entry for entry in sorted(finished, key=lambda entry: entry.block)}

    def seeds(self, first: int, count: int) -> NDArray[np.uint32]:
        """Seeds of some tables."""
        return _read_at(self._seeds_file, first * _SEED.itemsize, _SEED, count)

    def records(self, place: int, count: int) -> NDArray[np.void]:
        """Some records from a place on."""
        record = self._layout.record
        return _read_at(self._sessions_file, place * record.itemsize, record, count)

    def counts(self, block: int) -> NDArray[np.uint32]:
        """How often each deal class, and each of `NOTES`, came in a block."""
        size = self._layout.counts
        return _read_at(self._counts_file, block * size * _COUNT.itemsize, _COUNT, size)


def _reserve(path: Path, size: int) -> None:
    with path.open("xb") as file:
        # Where the system can, a disk without room is an error at once and not in the middle.
        if size and hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise
        file.truncate(size)


def _allot(path: Path, size: int) -> int:
    """Make a file longer, for this process to fill, and return where its part begins."""
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # until it is closed
        begin = os.fstat(handle).st_size
        os.truncate(handle, begin + size)
    finally:
        os.close(handle)
    return begin


def _write_at(path: Path, offset: int, left: memoryview) -> None:
    handle = os.open(path, os.O_WRONLY)
    try:
        while left:
            written = os.pwrite(handle, left, offset)
            left, offset = left[written:], offset + written
    finally:
        os.close(handle)


def _read_at(path: Path, offset: int, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
    try:
        values = np.fromfile(path, dtype, count, offset=offset)
    except OSError as error:
        raise RunDirectoryError(f"{path}: cannot be read: {error.strerror}") from error
    if len(values) < count:
        raise RunDirectoryError(f"{path}: is too short; part of the run is missing")
    return values


def _explained(error: OSError, path: Path) -> RunDirectoryError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunDirectoryError(f"{path}: there is no room left on this disk for the run")
    return RunDirectoryError(f"{path}: cannot be written: {error.strerror or error}")
