"""What a run has given so far, while others play it: read from the blocks that are finished."""

from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_directory import RECORDS_AT_ONCE, RunDirectory
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_layout import RunLayout

#: So much of the ledger is read at a time, in bytes.
_LINES_AT_ONCE: Final = 1 << 15


@dataclass(frozen=True, slots=True)
class Running:
    """The mean profit of the sessions that were looked at.

    Attributes:
        tables: how many tables were looked at; with one seat, a table is a session.
        sessions: how many sessions.
        mean: their mean profit, in cents.
        error: its standard error, from the spread of the tables, which are independent; 0 for one.
    """

    tables: int
    sessions: int
    mean: float
    error: float


class RunningMean:
    """Adds up the finished blocks of a run; it only reads, and a part of them at a time."""

    def __init__(self, plan: SessionPlan, directory: Path) -> None:
        """Prepare.

        Args:
            plan: what is played.
            directory: where.

        Raises:
            RunDirectoryError: no run is there yet.
        """
        self._run = RunDirectory(directory, RunLayout.of(plan), RunIdentity.read(directory).mark)
        self._ledger = directory / "ledger"
        self._is_placed = plan.deals_cards
        self._at = 0
        self._waiting: list[FinishedBlock] = []
        self._known: set[int] = set()
        self._tables = 0
        # Of tables: sessions, profit, and their squares and products, as floats: it is an estimate.
        self._sums = np.zeros(5)

    def look(self) -> Running | None:
        """Add up what is new, or a part of it, and return what is known; None for nothing yet.

        Raises:
            OSError: the ledger cannot be read.
            RunDirectoryError: records cannot be read.
        """
        read = 0
        while read < RECORDS_AT_ONCE and (self._waiting or self._read_ledger()):
            entry = self._waiting.pop(0)
            if entry.block not in self._known:
                self._known.add(entry.block)
                for records in self._run.pages(entry.place, entry.sessions):
                    self._add(records)
                read += entry.sessions
        return self._so_far()

    def _read_ledger(self) -> bool:
        """Read some lines that are whole; return whether there are any."""
        with self._ledger.open("rb") as file:
            file.seek(self._at)
            content = file.read(_LINES_AT_ONCE)
        whole = content[: content.rfind(b"\n") + 1]
        self._at += len(whole)
        for line in whole.decode("ascii", errors="replace").splitlines():
            try:
                self._waiting.append(FinishedBlock.from_line(line, self._run.mark))
            except ValueError:
                continue
        return bool(self._waiting)

    def _add(self, records: NDArray[Any]) -> None:
        profit: NDArray[Any] = records["profit"].astype(np.float64)
        sessions: NDArray[Any] = np.ones(len(profit))
        if self._is_placed:
            place = records["table"] - records["table"].min()
            sessions, profit = np.bincount(place, sessions), np.bincount(place, profit)
        self._tables += len(sessions)
        # Not by `@`: its threads would wait for the cores that play, and every key with them.
        products = (sessions, profit, sessions * sessions, sessions * profit, profit * profit)
        self._sums += [float(each.sum()) for each in products]

    def _so_far(self) -> Running | None:
        sessions, profit, of_sessions, of_both, of_profit = self._sums.tolist()
        if not sessions:
            return None
        mean = profit / sessions
        # Σ(y − rm)², with r = Σy / Σm, as for all ratios of sums over tables; see `TableSums`.
        squares = max(of_profit - 2 * mean * of_both + mean**2 * of_sessions, 0.0)
        fairly = self._tables / (self._tables - 1) if self._tables > 1 else 0.0
        return Running(self._tables, round(sessions), mean, sqrt(fairly * squares) / sessions)
