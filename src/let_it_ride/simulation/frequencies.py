"""How often values came: exact tables, the same merged in any order, and of any length.

A table that is long lies in a file without a name: its pages are read when they are needed, and
the system takes their memory back when it has need of it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from math import sqrt
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]

# A table that is longer than this is long. A run holds some of such a length, in all below 100 MB.
_LONG: Final = 1 << 17


def _no_values() -> Integers:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class FrequencyTable:
    """How often each value came.

    Attributes:
        values: the different values, rising.
        counts: how often each came, above zero.
    """

    values: Integers = field(default_factory=_no_values)
    counts: Integers = field(default_factory=_no_values)

    @classmethod
    def of(cls, values: NDArray[np.integer]) -> "FrequencyTable":
        """Count values."""
        distinct, counts = np.unique(values, return_counts=True)
        return cls(distinct.astype(np.int64), counts.astype(np.int64))

    def merged(self, other: "FrequencyTable", directory: Path | None = None) -> "FrequencyTable":
        """The table of both.

        Args:
            other: the other.
            directory: where the file lies that a long table is kept in; None keeps it in memory.

        Raises:
            OSError: the file cannot be written.
        """
        parts, held, length = _merged_parts(self, other), [(_no_values(), _no_values())], 0
        for part in parts:
            held.append(part)
            length += len(part[0])
            if directory is not None and length > _LONG:
                return _kept_in(directory, chain(held, parts))
        values, counts = zip(*held, strict=True)
        return FrequencyTable(np.concatenate(values), np.concatenate(counts))

    def __len__(self) -> int:
        """How many different values there are."""
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same values, equally often."""
        return (
            isinstance(other, FrequencyTable)
            and np.array_equal(self.values, other.values)
            and np.array_equal(self.counts, other.counts)
        )

    __hash__ = None  # type: ignore[assignment]  # unhashable

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Each value with how often it came."""
        for start in range(0, len(self), _LONG):
            some = slice(start, start + _LONG)
            yield from zip(self.values[some].tolist(), self.counts[some].tolist(), strict=True)

    @cached_property
    def count(self) -> int:
        """How many values were counted."""
        return int(self.counts.sum())

    @cached_property
    def total(self) -> int:
        """The sum of all values."""
        return sum(value * count for value, count in self)

    @property
    def mean(self) -> float:
        """The mean value."""
        return self.total / self.count

    @cached_property
    def standard_deviation(self) -> float:
        """Root of the mean squared distance from the mean, over all that was counted."""
        # In whole numbers to the end: n·Σx² − (Σx)² is exact, and never below zero.
        squares = sum(value * value * count for value, count in self)
        return sqrt(self.count * squares - self.total**2) / self.count

    def percentile(self, percentage: float) -> int:
        """The least value that at least this percentage of the values do not exceed.

        Raises:
            ValueError: it is not from 0 to 100.
        """
        if not 0 <= percentage <= 100:
            raise ValueError(f"{percentage} is no percentage from 0 to 100")
        needed = min(max(-(-self.count * percentage // 100), 1), self.count)
        start = 0
        while (some := int(self.counts[start : start + _LONG].sum())) < needed:
            needed -= some
            start += _LONG
        place = np.searchsorted(np.cumsum(self.counts[start : start + _LONG]), needed)
        return int(self.values[start + place])

    def between(self, low: float, high: float) -> int:
        """How many values lie in low … high, both included."""
        first, end = bisect_left(self.values, low), bisect_right(self.values, high)
        return int(self.counts[first:end].sum())


class FrequencyCounter:
    """Counts values that come part by part, in bounded memory."""

    def __init__(self, directory: Path) -> None:
        """Begin to count.

        Args:
            directory: where the files of long tables lie.
        """
        self._directory = directory
        # Each is at least twice as long as the next, so that a value is merged but a few times.
        self._tables: list[FrequencyTable] = []

    def add(self, values: NDArray[np.integer]) -> None:
        """Count some more.

        Raises:
            OSError: a file cannot be written.
        """
        added = FrequencyTable.of(values)
        while self._tables and len(self._tables[-1]) < 2 * len(added):
            added = self._tables.pop().merged(added, self._directory)
        self._tables.append(added)

    def table(self) -> FrequencyTable:
        """The table of all that was counted.

        Raises:
            OSError: a file cannot be written.
        """
        whole = FrequencyTable()
        while self._tables:
            whole = self._tables.pop().merged(whole, self._directory)
        self._tables = [whole]
        return whole


def _merged_parts(
    one: FrequencyTable, other: FrequencyTable
) -> Iterator[tuple[Integers, Integers]]:
    """The values and counts of the table of both, part by part."""
    i = j = 0
    while i < len(one) and j < len(other):
        values, more_values = one.values[i : i + _LONG], other.values[j : j + _LONG]
        # So far both are known.
        last = min(values[-1], more_values[-1])
        m, n = (int(np.searchsorted(each, last, "right")) for each in (values, more_values))
        distinct, where = np.unique(
            np.concatenate([values[:m], more_values[:n]]), return_inverse=True
        )
        counts = np.zeros(len(distinct), dtype=np.int64)
        np.add.at(counts, where, np.concatenate([one.counts[i : i + m], other.counts[j : j + n]]))
        yield distinct, counts
        i, j = i + m, j + n
    for rest, begin in ((one, i), (other, j)):
        for start in range(begin, len(rest), _LONG):
            yield rest.values[start : start + _LONG], rest.counts[start : start + _LONG]


def _kept_in(directory: Path, parts: Iterable[tuple[Integers, Integers]]) -> FrequencyTable:
    """A table in files without a name; they are gone when it is."""
    with TemporaryFile(dir=directory) as values_file, TemporaryFile(dir=directory) as counts_file:
        for values, counts in parts:
            values_file.write(values.data)
            counts_file.write(counts.data)
        values_file.flush()
        counts_file.flush()
        return FrequencyTable(
            np.memmap(values_file, np.int64, "r"), np.memmap(counts_file, np.int64, "r")
        )
