"""Playing the sessions of a run over several processes."""

import os
import time
from collections.abc import Iterable
from threading import Event
from typing import Final

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.errors import RunCancelledError, WorkerFailedError
from let_it_ride.simulation.processes import (
    Child,
    Failure,
    describe_exit,
    end_all,
    wait_for_any,
)
from let_it_ride.simulation.progress import (
    Phase,
    Report,
    RunProgress,
    Throttle,
    WorkerProgress,
    WorkerState,
)
from let_it_ride.simulation.run_directory import FinishedBlock, RunDirectory
from let_it_ride.simulation.worker import Batch, BlocksFinished, RunTask, play_batch

# How long the main process waits for news at a time.
_POLL_SECONDS: Final = 0.02


def available_cpus() -> int:
    """How many CPUs this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def contiguous_batches(plan: SessionPlan, workers: int) -> list[range]:
    """The blocks of each worker: ⌈tables / workers⌉ at a time, rounded to whole blocks.

    Where there are fewer blocks than workers, the last workers have none.
    """
    share = -(-plan.blocks // workers)
    starts = (min(worker * share, plan.blocks) for worker in range(workers))
    return [range(start, min(start + share, plan.blocks)) for start in starts]


class ParallelExecutor:
    """Plays a run: a contiguous batch of blocks for every worker, a process for every batch.

    Every seed is on disk before the first worker starts. Workers get the serialized configuration
    and build everything they need from it; what they play is therefore the same, to the last bit,
    however many they are.
    """

    def __init__(
        self,
        task: RunTask,
        plan: SessionPlan,
        run: RunDirectory,
        workers: int,
        report: Report,
        cancelled: Event,
    ) -> None:
        self._plan = plan
        self._run = run
        self._report = report
        self._cancelled = cancelled
        self._began = time.monotonic()
        self._throttle = Throttle()
        self._workers = [
            _Worker(Batch(task, number, blocks), plan)
            for number, blocks in enumerate(contiguous_batches(plan, workers))
        ]

    def play(self) -> None:
        """Play every session and enter every block in the ledger.

        Raises:
            RunCancelledError: `cancelled` was set meanwhile.
            WorkerFailedError: a worker raised an error or died.
        """
        try:
            for worker in self._workers:
                if self._cancelled.is_set():
                    break
                worker.start()
                self._tell()
            while any(worker.is_running for worker in self._workers):
                if self._cancelled.is_set():
                    raise self._was_cancelled()
                running = [worker.child for worker in self._workers if worker.child]
                wait_for_any(running, _POLL_SECONDS)
                self._hear_from_all()
                self._tell()
            if self._cancelled.is_set():
                raise self._was_cancelled()
        finally:
            end_all([worker.child for worker in self._workers if worker.child])
            for worker in self._workers:
                worker.ended()
        self._tell(last=True)

    def _was_cancelled(self) -> RunCancelledError:
        finished = sum(worker.finished for worker in self._workers)
        return RunCancelledError(finished, self._plan.table_count, self._plan.counted)

    @property
    def _completed(self) -> int:
        return sum(worker.completed for worker in self._workers)

    def _hear_from_all(self) -> None:
        finished: list[FinishedBlock] = []
        try:
            for worker in self._workers:
                worker.hear(finished)
        finally:
            if finished:
                self._run.enter(finished)

    def _tell(self, *, last: bool = False) -> None:
        if last or self._throttle.is_due():
            self._report(
                RunProgress(
                    Phase.PLAYING,
                    self._completed,
                    self._plan.table_count,
                    time.monotonic() - self._began,
                    self._plan.counted,
                    tuple(worker.progress() for worker in self._workers),
                )
            )


class _Worker:
    """The main process's view of a worker."""

    def __init__(self, batch: Batch, plan: SessionPlan) -> None:
        blocks = batch.blocks
        self.child: Child | None = None
        self.completed = self.finished = 0
        self._batch = batch
        self._plan = plan
        self._blocks_missing = set(blocks)
        self._total = self._tables_of(blocks)
        self._state = WorkerState.STARTING if blocks else WorkerState.IDLE
        self._began: float | None = None
        self._seconds = 0.0

    @property
    def name(self) -> str:
        """What people call it; they count from one."""
        return f"worker {self._batch.worker + 1}"

    @property
    def is_running(self) -> bool:
        """Whether it has been started and has not ended."""
        return self.child is not None

    def start(self) -> None:
        """Start its process, if it has anything to play."""
        if self._batch.blocks:
            self.child = Child(self.name, play_batch, self._batch)

    def hear(self, finished: list[FinishedBlock]) -> None:
        """Take its messages in; finished blocks are added to the list.

        Raises:
            WorkerFailedError: it raised an error or died.
        """
        if self.child is None:
            return
        # What a process that has ended by now had to say is all there already.
        code = self.child.exit_code
        for message in self.child.messages():
            match message:
                case BlocksFinished(blocks):
                    finished.extend(blocks)
                    self.finished += self._tables_of(entry.block for entry in blocks)
                    self._blocks_missing.difference_update(entry.block for entry in blocks)
                case (int(), int(completed)):
                    self._completed_now(completed)
                case Failure(text):
                    self._fail(f"failed: {text}")
        if code is not None:
            if self._blocks_missing:
                self._fail(describe_exit(code))
            self._state = WorkerState.DONE
            end_all([self.child])
            self.child = None

    def ended(self) -> None:
        """Note that its process is gone, whatever it had left to play."""
        if self.child and self._state is not WorkerState.FAILED:
            self._state = WorkerState.STOPPED
        self.child = None

    def progress(self) -> WorkerProgress:
        """How far it has come."""
        if self._began is not None and self._state is WorkerState.PLAYING:
            self._seconds = time.monotonic() - self._began
        return WorkerProgress(
            self._batch.worker, self._state, self.completed, self._total, self._seconds
        )

    def _completed_now(self, completed: int) -> None:
        if self._began is None:
            self._began = time.monotonic()
            self._state = WorkerState.PLAYING
        self.completed = completed

    def _tables_of(self, blocks: Iterable[int]) -> int:
        return sum(len(self._plan.block_range(block)) for block in blocks)

    def _fail(self, reason: str) -> None:
        self._state = WorkerState.FAILED
        ranges = [self._plan.block_range(block) for block in sorted(self._blocks_missing)]
        missing = range(ranges[0].start, ranges[-1].stop)
        raise WorkerFailedError(self.name, missing, reason, self._plan.counted)
