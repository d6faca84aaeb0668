"""Proof that a parallel run equals the sequential one: play it again, compare every byte.

It is played from seeds that are drawn anew, whatever seeds the workers have found on the disk.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.block_digest import BlockDigest, digest_of_blocks
from let_it_ride.simulation.blocks import BlockPlayer, PlayedBlock
from let_it_ride.simulation.equality import Difference, Equivalence
from let_it_ride.simulation.errors import WorkerFailedError
from let_it_ride.simulation.parallel import contiguous_batches
from let_it_ride.simulation.posts import BEGUN, AwakeClock, Done, Post, end_posts
from let_it_ride.simulation.processes import Outbox, wait_for_any
from let_it_ride.simulation.progress import Phase, Report, RunProgress, Throttle
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.seeds import seeds_of
from let_it_ride.simulation.stored_sessions import StoredSessions
from let_it_ride.simulation.worker import RunTask

Verify = Literal["auto", "full", "sample", "off"]

#: "auto" plays every session again up to this many.
FULL_UP_TO: Final = 10_000_000

_BLOCKS_SAMPLED_PER_WORKER: Final = 16

_POLL_SECONDS: Final = 0.02


class _StoppedError(Exception):
    """A stop was asked for while a block was played again."""


@dataclass(frozen=True, slots=True)
class Check:
    """What the checking process needs to know.

    Attributes:
        run: the run.
        blocks: the blocks to play again, in order.
    """

    run: RunTask
    blocks: Sequence[int]


@dataclass(frozen=True, slots=True)
class ComparedBlock:
    """What comparing a block gave.

    Attributes:
        sessions: sessions in it.
        digest_parallel: its digest, as the workers left it.
        digest_sequential: the same, played again.
        difference: the first one found; None if there is none.
    """

    sessions: int
    digest_parallel: str
    digest_sequential: str
    difference: Difference | None


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
    for batch in contiguous_batches(range(plan.blocks), workers):
        count = min(_BLOCKS_SAMPLED_PER_WORKER, len(batch))
        steps = max(count - 1, 1)
        sampled += sorted({batch[i * (len(batch) - 1) // steps] for i in range(count)})
    return tuple(sampled)


def check_equivalence(
    task: RunTask,
    plan: SessionPlan,
    blocks: Sequence[int],
    sessions: int,
    report: Report,
    cancelled: Event,
    log: RunLog,
) -> Equivalence | None:
    """Play blocks again in sequence, in one process, and compare them with what the workers wrote.

    A process that dies is replaced, and goes on with the block that the last one was at.

    Args:
        task: what the process needs to know of the run.
        plan: what was played.
        blocks: the blocks to play again.
        sessions: how many sessions the run has.
        report: told how far it has come.
        cancelled: set from outside when it is to stop.
        log: where what goes wrong is noted.

    Returns:
        The verdict; None if `cancelled` was set meanwhile.

    Raises:
        ProcessStartError: the checking process cannot be started.
        WorkerFailedError: one checking process after the other has died at the same block.
    """
    began = time.monotonic()
    total = plan.tables_of(blocks)
    throttle = Throttle()
    clock = AwakeClock()
    compared: list[ComparedBlock] = []
    tables = 0

    def tell() -> None:
        seconds = time.monotonic() - began
        report(RunProgress(Phase.VERIFYING, tables, total, seconds, plan.counted))

    def give_up(name: str, block: int, reason: str) -> WorkerFailedError:
        return WorkerFailedError(name, plan.block_range(block), reason, plan.counted)

    post = Post(
        "the equivalence check",
        compare_blocks,
        lambda left: Check(task, left),
        blocks,
        clock=clock,
        note=log.note,
        give_up=give_up,
    )
    tell()
    try:
        post.start()
        while not post.is_done:
            if cancelled.is_set():
                return None
            wait_for_any([post.child] if post.child else [], _POLL_SECONDS)
            clock.tick()
            for message in post.hear():
                if isinstance(message, Done):
                    compared.append(message.result)
                    tables += len(plan.block_range(message.block))
            if throttle.is_due():
                tell()
    finally:
        end_posts([post])
    tell()
    differences = (each.difference for each in compared if each.difference is not None)
    return Equivalence(
        sessions_compared=sum(each.sessions for each in compared),
        sessions=sessions,
        digest_parallel=digest_of_blocks(each.digest_parallel for each in compared),
        digest_sequential=digest_of_blocks(each.digest_sequential for each in compared),
        difference=next(differences, None),
        seconds=time.monotonic() - began,
    )


def compare_blocks(check: Check, outbox: Outbox) -> None:
    """Play blocks again and compare; sends `Done` with a `ComparedBlock` for each."""
    config, plan, run = check.run.open()
    outbox.is_on_disk = run.is_on_disk
    player = BlockPlayer(plan, run)
    stored = StoredSessions(run)
    outbox.send(BEGUN)

    def watch() -> None:
        if outbox.should_stop():
            raise _StoppedError

    base_seed = config.simulation.random_seed or 0
    with suppress(_StoppedError):
        for block, seeds in _drawn_seeds(plan, base_seed, check.blocks, watch):
            again = player.play(block, seeds, watch)
            outbox.send(Done(block, _compare_block(stored, run.counts(block), again)))


def _drawn_seeds(
    plan: SessionPlan, base_seed: int, blocks: Sequence[int], watch: Callable[[], None]
) -> Iterator[tuple[int, NDArray[np.uint32]]]:
    """Some blocks, in order, with the seeds of their tables."""
    wanted, last = set(blocks), plan.block_range(blocks[-1])
    for block, seeds in enumerate(seeds_of(base_seed, range(last.stop), plan.block_tables)):
        watch()
        if block in wanted:
            yield block, seeds


def _compare_block(
    stored: StoredSessions, counts: NDArray[np.uint32], again: PlayedBlock
) -> ComparedBlock:
    """Play a block to its end beside what is stored of it."""
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
    return ComparedBlock(ours_in_all, digest.whole(counts), again.digest, difference)


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
