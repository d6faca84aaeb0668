"""The results of a run: every session as a record on disk, and what follows from them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self, overload

from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.block_digest import digest_of_blocks
from let_it_ride.simulation.equality import Equivalence
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.records import PLACE_COLUMNS, SESSION_COLUMNS
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_mark import RunMark
from let_it_ride.simulation.run_sums import RunSums
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.summary import Summary, summarise
from let_it_ride.simulation.temporary_runs import TemporaryRun

_OBJECTS_AT_ONCE: Final = 1 << 12


@dataclass(frozen=True, slots=True)
class SessionResult:
    """One finished session; amounts in cents.

    Attributes:
        session: its id, from 0.
        table: id of its table; with one seat that nobody else takes, its own.
        seat: which of the table's seats, from 1.
        seed: its own seed, or its table's.
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
    table: int
    seat: int
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
        # The last columns are not there where a session is its own table.
        fields: dict[str, Any] = {"table": session, "seat": 0}
        fields.update(zip((*SESSION_COLUMNS, *PLACE_COLUMNS), record, strict=False))
        fields["seat"] += 1
        fields["stop_reason"] = StopReason(fields["stop_reason"])
        return cls(session=session, **fields)


class SimulationResults(Sequence[SessionResult]):
    """The sessions of a run in order, read from its directory as they are asked for.

    A sequence of `SessionResult`, by the id of the session. Where a run was not given a directory,
    its files are removed with these results, or by `close`.

    Attributes:
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
        stored: StoredSessions,
        provenance: Provenance,
        equivalence: Equivalence | None,
        watch: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Add up the sessions of a run.

        Args:
            plan: what was played.
            run: where.
            stored: its sessions.
            provenance: where the results come from.
            equivalence: the verdict of the equivalence check, if there was one.
            watch: told often how many sessions are added up; what it raises comes through.

        Raises:
            DamagedBlocksError: a part of it is not as it was entered.
        """
        self.plan = plan
        self.provenance = provenance
        self.equivalence = equivalence
        self.digest = digest_of_blocks(entry.sha256 for entry in stored.ledger)
        self._run = run
        self._stored = stored
        self._temporary: TemporaryRun | None = None
        sums = RunSums.of(plan, run, stored, provenance.seed, watch)
        self.aggregates = sums.aggregates
        self.dealt, self.notes = sums.dealt, sums.notes
        self.summary: Summary = summarise(sums, plan)

    def keep_alive(self, temporary: TemporaryRun) -> None:
        """Own the directory of a run that does not stay: it is removed with these results."""
        self._temporary = temporary

    def release(self) -> None:
        """Let others delete or mend the run; they cannot as long as these results are in use."""
        self._run.release()

    def close(self) -> None:
        """Remove a run that does not stay; its sessions can no longer be read."""
        self.release()
        if self._temporary is not None:
            self._temporary.remove()

    @property
    def directory(self) -> Path:
        """The run directory."""
        return self._run.path

    @property
    def mark(self) -> RunMark:
        """What tells the parts of the run from those of every other."""
        return self._run.mark

    def columns(self) -> Iterator[NDArray[Any]]:
        """The records of all sessions in order, in arrays of records of bounded size.

        Much faster than one session after the other. Each array is structured, of shape (some,),
        with amounts in cents, as int32 or, where that could be too small, int64: ``profit``,
        ``peak``, ``max_drawdown``, ``main_wagered``, ``bonus_wagered``, ``bonus_profit``; and
        ``seed`` (uint32), ``hands`` and ``stop_reason`` (uint16). Where sessions share a table,
        also ``table`` (uint32) and ``seat`` (uint16, from 0).
        """
        yield from self._stored.in_order()

    def __len__(self) -> int:
        """How many sessions were played."""
        return len(self._stored)

    @overload
    def __getitem__(self, index: int) -> SessionResult: ...

    @overload
    def __getitem__(self, index: slice) -> list[SessionResult]: ...

    def __getitem__(self, index: int | slice) -> SessionResult | list[SessionResult]:
        """A session by its id, or some of them.

        Raises:
            IndexError: there is no such session.
        """
        if isinstance(index, slice):
            wanted = range(*index.indices(len(self)))
            if wanted.step != 1:
                return [self[session] for session in wanted]
            pages = self._stored.between(wanted.start, wanted.stop)
            return list(_sessions(wanted.start, pages))
        if not -len(self) <= index < len(self):
            raise IndexError(f"there is no session {index}: the run has {len(self):,}")
        session = index % len(self)
        return SessionResult.of(session, self._stored.one(session)[0].item())

    def __iter__(self) -> Iterator[SessionResult]:
        """Every session in order."""
        return _sessions(0, self.columns())


def _sessions(first: int, pages: Iterable[NDArray[Any]]) -> Iterator[SessionResult]:
    """The sessions of some records, by their ids from the first on."""
    for records in pages:
        for start in range(0, len(records), _OBJECTS_AT_ONCE):
            some = records[start : start + _OBJECTS_AT_ONCE].tolist()
            yield from map(SessionResult.of, range(first, first + len(some)), some)
            first += len(some)
