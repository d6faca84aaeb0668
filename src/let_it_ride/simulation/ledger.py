"""The ledger of a run: a line for every finished block, in the order in which they were finished.

It is only ever added to, and a program that is killed, or a disk that fills, leaves at worst a
part of a line at its end. Every line ends in its own checksum, which holds in this run alone: one
that is damaged, or of another run, is as good as one that is not there, and the block is played
again.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from let_it_ride.files import read_small_file, write_atomically
from let_it_ride.simulation.run_mark import RunMark

#: No line is longer, in bytes.
_LONGEST_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class FinishedBlock:
    """A line of the ledger.

    Attributes:
        block: number of the block.
        place: which of all records its first one is.
        sessions: records in it.
        rounds: rounds its sessions played.
        sha256: digest of its records and its counts of deal classes.
        at: when it was entered, in milliseconds since the program that played it began to play.
    """

    block: int
    place: int
    sessions: int
    rounds: int
    sha256: str
    at: int = 0

    def to_line(self, mark: RunMark) -> str:
        """The line in the ledger of the run with this mark, which ends in its own checksum."""
        numbers = f"{self.block} {self.place} {self.sessions} {self.rounds}"
        text = f"{numbers} {self.sha256} {self.at}"
        return f"{text} {mark.checksum(text)}\n"

    @classmethod
    def from_line(cls, line: str, mark: RunMark) -> "FinishedBlock":
        """Read a line of the run with this mark back.

        Raises:
            ValueError: the line is damaged, or of another run.
        """
        text, _, checksum = line.rstrip("\n").rpartition(" ")
        if len(line) > _LONGEST_LINE or mark.checksum(text) != checksum:
            raise ValueError("damaged line")
        *numbers, sha256, at = text.split()
        block, place, sessions, rounds = map(int, numbers)
        if len(bytes.fromhex(sha256)) != 32:
            raise ValueError("this is no digest")
        return cls(block, place, sessions, rounds, sha256, int(at))


class Ledger:
    """The file with a run's finished blocks; one program alone adds to it."""

    def __init__(self, path: Path, mark: RunMark) -> None:
        self._path = path
        self._mark = mark

    def read(self, blocks: int) -> list[FinishedBlock]:
        """The lines that are whole, in the order of the file.

        Args:
            blocks: how many blocks the run has; what is longer than any ledger of so many, with
                each played some times over, is not read.

        Raises:
            OSError: the file cannot be read.
        """
        entries: list[FinishedBlock] = []
        content = read_small_file(self._path, _LONGEST_LINE * 4 * (blocks + 1))
        for line in content.decode("ascii", errors="replace").split("\n"):
            try:
                entries.append(FinishedBlock.from_line(line, self._mark))
            except ValueError:
                continue
        return entries

    def rewrite(self, entries: Iterable[FinishedBlock]) -> None:
        """Have the ledger hold these lines and nothing else.

        Raises:
            FileError: it cannot be written.
        """
        write_atomically(self._path, self._lines(entries))

    def append(self, entries: Iterable[FinishedBlock], at: int) -> None:
        """Enter finished blocks; after an error nothing of them is there.

        Args:
            entries: the blocks.
            at: milliseconds since this program began to play.

        Raises:
            OSError: they cannot be written.
        """
        left = self._lines(replace(entry, at=at) for entry in entries)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        try:
            end = os.fstat(handle).st_size
            try:
                while left:
                    left = left[os.write(handle, left) :]
            except OSError:
                os.ftruncate(handle, end)
                raise
        finally:
            os.close(handle)

    def _lines(self, entries: Iterable[FinishedBlock]) -> bytes:
        return "".join(entry.to_line(self._mark) for entry in entries).encode()


def seconds_of_playing(entries: Iterable[FinishedBlock]) -> float:
    """How long all programs that worked at a run have played it, by its ledger.

    Each counts until the last block that it entered; the next one's clock begins anew.
    """
    total = last = 0
    for entry in entries:
        if entry.at < last:
            total += last
        last = entry.at
    return (total + last) / 1000
