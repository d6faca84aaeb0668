"""The results of a run: every session as a record on disk, and what follows from them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, overload

import numpy as np
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.equivalence import Equivalence
from let_it_ride.simulation.records import NOTES, SESSION_COLUMNS
from let_it_ride.simulation.run_directory import (
    Provenance,
    RunDirectory,
    RunDirectoryError,
    digest_of_blocks,
)
from let_it_ride.simulation.summary import Summary, summarise
from let_it_ride.simulation.temporary_runs import TemporaryRun

# Records are read this many at a time: some 60 MB.
_RECORDS_AT_ONCE: Final = 1 << 20
_OBJECTS_AT_ONCE: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class SessionResult:
    """One finished session; amounts in cents.

    Attributes:
        session: its id, from 0.
        seed: its own seed.
        profit: final bankroll less the starting bankroll.
        hands: rounds played.
        stop_reason: why it ended.
        peak: the highest profit it ever stood at, at least 0.
        max_drawdown: the deepest fall of the bankroll below an earlier peak.
        main_wagered: main bets that stayed in action, added up.
        bonus_wagered: bonus bets, added up.
        bonus_profit: the part of the profit that the bonus made.
    """

    session: int
    seed: int
    profit: int
    hands: int
    stop_reason: StopReason
    peak: int
    max_drawdown: int
    main_wagered: int
    bonus_wagered: int
    bonus_profit: int

    @classmethod
    def of(cls, session: int, record: tuple[int, ...]) -> Self:
        """The session of a record, given as a tuple."""
        fields: dict[str, Any] = dict(zip(SESSION_COLUMNS, record, strict=True))
        fields["stop_reason"] = StopReason(fields["stop_reason"])
        return cls(session=session, **fields)


class SimulationResults(Sequence[SessionResult]):
    """The sessions of a run in order, read from its directory as they are asked for.

    Attributes:
        directory: the run directory.
        plan: what was played.
        provenance: where the results come from.
        digest: SHA-256 over the digests of the blocks, in order.
        aggregates: exact sums over all sessions.
        dealt: how often each deal class came; shape (deal classes,).
        notes: how often each of `NOTES` came.
        summary: the numbers of the run.
        equivalence: the verdict of the equivalence check; None if there was none.
    """

    def __init__(
        self,
        plan: SessionPlan,
        run: RunDirectory,
        provenance: Provenance,
        equivalence: Equivalence | None,
        watch: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Add up the sessions of a run whose blocks are all there.

        Args:
            plan: what was played.
            run: where.
            provenance: where the results come from.
            equivalence: the verdict of the equivalence check, if there was one.
            watch: told often how many sessions are added up; what it raises comes through.

        Raises:
            RunDirectoryError: a part of the run is missing or cannot be read.
        """
        ledger = run.ledger()
        if list(ledger) != list(range(plan.blocks)):
            missing = sorted(set(range(plan.blocks)) - set(ledger))
            raise RunDirectoryError(f"{run.path}: {len(missing)} blocks of the run are missing")
        self.plan = plan
        self.provenance = provenance
        self.equivalence = equivalence
        self.digest = digest_of_blocks(entry.sha256 for entry in ledger.values())
        self._run = run
        self._temporary: TemporaryRun | None = None
        self.aggregates = Aggregates()
        summed = 0
        for records in self.columns():
            watch(summed)
            self.aggregates = self.aggregates.merged(Aggregates.of(records))
            summed += len(records)
        counts = np.zeros(plan.deal_classes + len(NOTES), dtype=np.int64)
        for block in ledger:
            counts += run.counts(block)
        watch(summed)
        self.dealt = counts[: plan.deal_classes]
        self.notes = dict(zip(NOTES, counts[plan.deal_classes :].tolist(), strict=True))
        self.summary: Summary = summarise(self.aggregates, self.dealt, self.notes, plan)

    def keep_alive(self, temporary: TemporaryRun) -> None:
        """Own the directory of a run that does not stay: it is removed with these results."""
        self._temporary = temporary

    def close(self) -> None:
        """Remove a run that does not stay; its sessions can no longer be read."""
        if self._temporary is not None:
            self._temporary.remove()

    @property
    def directory(self) -> Path:
        """The run directory."""
        return self._run.path

    def columns(self) -> Iterator[NDArray[Any]]:
        """The records of all sessions in order, in arrays of records of bounded size."""
        for first in range(0, len(self), _RECORDS_AT_ONCE):
            yield self._run.records(first, min(_RECORDS_AT_ONCE, len(self) - first))

    def __len__(self) -> int:
        """How many sessions were played."""
        return self.plan.sessions

    @overload
    def __getitem__(self, index: int) -> SessionResult: ...

    @overload
    def __getitem__(self, index: slice) -> list[SessionResult]: ...

    def __getitem__(self, index: int | slice) -> SessionResult | list[SessionResult]:
        """A session by its id, or some of them."""
        if isinstance(index, slice):
            return [self[session] for session in range(*index.indices(len(self)))]
        session = range(len(self))[index]
        return SessionResult.of(session, self._run.records(session, 1)[0].item())

    def __iter__(self) -> Iterator[SessionResult]:
        """Every session in order."""
        for first in range(0, len(self), _OBJECTS_AT_ONCE):
            records = self._run.records(first, min(_OBJECTS_AT_ONCE, len(self) - first))
            for session, record in enumerate(records.tolist(), start=first):
                yield SessionResult.of(session, record)
