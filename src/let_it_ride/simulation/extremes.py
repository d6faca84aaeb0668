"""The sessions of a run that went furthest, to be looked at."""

from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

#: By what is furthest: the column, and the sign of what counts as far.
_SOUGHT: Final = (("profit", -1), ("profit", 1), ("max_drawdown", 1))


class Extremes(NamedTuple):
    """Ids of sessions, the first of such each.

    Attributes:
        worst: the one with the lowest profit.
        best: the one with the highest.
        deepest: the one with the deepest fall below an earlier peak.
    """

    worst: int
    best: int
    deepest: int


class ExtremesFinder:
    """Finds them in sessions that come part by part, in order."""

    def __init__(self) -> None:
        self._seen = 0
        self._furthest: list[tuple[int, int]] = []

    def add(self, records: NDArray[Any]) -> None:
        """Look at some more session records, at least one."""
        found = []
        for column, sign in _SOUGHT:
            values = records[column]
            row = int(np.argmax(values) if sign > 0 else np.argmin(values))
            found.append((sign * int(values[row]), self._seen + row))
        if self._seen:
            pairs = zip(self._furthest, found, strict=True)
            found = [new if new[0] > known[0] else known for known, new in pairs]
        self._furthest = found
        self._seen += len(records)

    def found(self) -> Extremes:
        """Those of all that were looked at."""
        return Extremes(*(session for _, session in self._furthest))
