"""Proof that a parallel run equals the sequential one: play it again, compare every byte."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.blocks import BlockPlayer, PlayedBlock
from let_it_ride.simulation.errands import do_apart
from let_it_ride.simulation.errors import WorkerFailedError
from let_it_ride.simulation.parallel import contiguous_batches
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.run_directory import BlockDigest, digest_of_blocks
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.worker import RunTask

Verify = Literal["auto", "full", "sample", "off"]

#: "auto" plays every session again up to this many.
FULL_UP_TO: Final = 10_000_000

_BLOCKS_SAMPLED_PER_WORKER: Final = 16


class _CancelledError(Exception):
    """The check was cancelled."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two runs differ.

    Attributes:
        session: id of the session.
        column: a column of its record; "counts" for the counts of its block, "sessions" for how
            many sessions that has.
        parallel: what the workers recorded.
        sequential: what playing in sequence gives.
    """

    session: int
    column: str
    parallel: int
    sequential: int


@dataclass(frozen=True, slots=True)
class Equivalence:
    """The verdict of an equivalence check.

    Attributes:
        sessions_compared: how many sessions were played again.
        sessions: how many sessions the run has.
        digest_parallel: SHA-256 over the digests of the compared blocks, as the workers left them.
        digest_sequential: the same, played again.
        difference: the first one found; None if the runs are equal.
        seconds: how long the check took.
    """

    sessions_compared: int
    sessions: int
    digest_parallel: str
    digest_sequential: str
    difference: Difference | None
    seconds: float

    @property
    def equal(self) -> bool:
        """Whether everything that was compared is the same, to the last bit."""
        return self.difference is None and self.digest_parallel == self.digest_sequential

    @property
    def complete(self) -> bool:
        """Whether every session of the run was compared."""
        return self.sessions_compared == self.sessions

    def to_json(self) -> dict[str, Any]:
        """The verdict for `json.dumps`."""
        difference = self.difference
        return {
            "equal": self.equal,
            "sessions_compared": self.sessions_compared,
            "complete": self.complete,
            "digest_parallel": self.digest_parallel,
            "digest_sequential": self.digest_sequential,
            "first_difference": None
            if difference is None
            else {
                "session": difference.session,
                "column": difference.column,
                "parallel": difference.parallel,
                "sequential": difference.sequential,
            },
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """What the checking process needs to know.

    Attributes:
        run: the run.
        blocks: the blocks to play again, in order.
    """

    run: RunTask
    blocks: tuple[int, ...]


def blocks_to_check(
    plan: SessionPlan, sessions: int, workers: int, verify: Verify
) -> tuple[int, ...]:
    """The blocks an equivalence check plays again of a run with so many sessions.

    A sample takes the first and the last block of every worker's batch, and some spread evenly
    between them.
    """
    if verify == "off":
        return ()
    if verify == "full" or (verify == "auto" and sessions <= FULL_UP_TO):
        return tuple(range(plan.blocks))
    sampled: list[int] = []
    for batch in contiguous_batches(plan, workers):
        count = min(_BLOCKS_SAMPLED_PER_WORKER, len(batch))
        steps = max(count - 1, 1)
        sampled += sorted({batch[i * (len(batch) - 1) // steps] for i in range(count)})
    return tuple(sampled)


def check_equivalence(
    task: RunTask, plan: SessionPlan, blocks: tuple[int, ...], report: Report, cancelled: Event
) -> Equivalence | None:
    """Play blocks again in sequence, in one process, and compare them with what the workers wrote.

    Returns:
        The verdict; None if `cancelled` was set meanwhile.

    Raises:
        WorkerFailedError: the checking process raised an error or died.
    """
    began = time.monotonic()
    total = sum(len(plan.block_range(block)) for block in blocks)

    def tell(compared: int) -> None:
        seconds = time.monotonic() - began
        report(RunProgress(Phase.VERIFYING, compared, total, seconds, plan.counted))

    def hear(message: object) -> Equivalence | None:
        match message:
            case int(compared):
                tell(compared)
            case Equivalence() as verdict:
                tell(total)
                return verdict
        return None

    def watch() -> None:
        if cancelled.is_set():
            raise _CancelledError

    tell(0)
    try:
        return do_apart(
            "equivalence check",
            compare_blocks,
            Check(task, blocks),
            hear=hear,
            watch=watch,
            failed=lambda reason: _failed(plan, blocks, reason),
        )
    except _CancelledError:
        return None


def compare_blocks(check: Check, outbox: Outbox) -> None:
    """Play blocks again and compare; sends the tables compared now and then, then the verdict."""
    _, plan, run = check.run.open()
    player = BlockPlayer(plan, run)
    stored = StoredSessions(run)
    began = time.monotonic()
    throttle = Throttle()
    compared = sessions_compared = 0
    difference: Difference | None = None
    parallel: list[str] = []
    sequential: list[str] = []

    def watch() -> None:
        if outbox.should_stop():
            raise _CancelledError

    for block in check.blocks:
        again = player.play(block, watch)
        try:
            digest, found = _compare_block(stored, run.counts(block), again)
        except _CancelledError:
            return
        parallel.append(digest)
        sequential.append(again.digest)
        difference = difference or found
        compared += len(plan.block_range(block))
        sessions_compared += stored.ledger[block].sessions
        if throttle.is_due():
            outbox.send(compared)
    outbox.send(
        Equivalence(
            sessions_compared=sessions_compared,
            sessions=len(stored),
            digest_parallel=digest_of_blocks(parallel),
            digest_sequential=digest_of_blocks(sequential),
            difference=difference,
            seconds=time.monotonic() - began,
        )
    )


def _compare_block(
    stored: StoredSessions, counts: NDArray[np.uint32], again: PlayedBlock
) -> tuple[str, Difference | None]:
    """Play a block to its end beside what is stored of it.

    Returns:
        The digest of what is stored, and the first difference.
    """
    first, digest = stored.first_of(again.block), BlockDigest()
    difference: Difference | None = None
    compared = 0
    for theirs in again:
        ours = stored.some_of_block(again.block, compared, len(theirs))
        digest.add(ours)
        difference = difference or _first_unequal(first + compared, ours, theirs)
        compared += len(theirs)
    for ours in stored.of_block(again.block, compared):
        digest.add(ours)
    ours_in_all = stored.ledger[again.block].sessions
    unequal = np.flatnonzero(counts != again.counts)
    if difference is None and ours_in_all != again.sessions:
        both = min(ours_in_all, again.sessions)
        difference = Difference(first + both, "sessions", ours_in_all, again.sessions)
    if difference is None and len(unequal):
        values = int(counts[unequal[0]]), int(again.counts[unequal[0]])
        difference = Difference(first, "counts", *values)
    return digest.whole(counts), difference


def _first_unequal(first: int, ours: NDArray[Any], theirs: NDArray[Any]) -> Difference | None:
    """The first difference of records of which the first has this id, as far as both go."""
    theirs = theirs[: len(ours)]
    if np.array_equal(ours.view(np.uint8), theirs.view(np.uint8)):
        return None
    names = ours.dtype.names or ()
    unequal = np.stack([ours[name] != theirs[name] for name in names], axis=1)
    row, column = (int(i) for i in np.argwhere(unequal)[0])
    name = names[column]
    return Difference(first + row, name, int(ours[name][row]), int(theirs[name][row]))


def _failed(plan: SessionPlan, blocks: Sequence[int], reason: str) -> WorkerFailedError:
    missing = range(plan.block_range(blocks[0]).start, plan.block_range(blocks[-1]).stop)
    return WorkerFailedError("the equivalence check", missing, reason, plan.counted)
