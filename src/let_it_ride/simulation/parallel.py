"""Playing the sessions of a run over several processes."""

import os
import time
from collections.abc import Sequence
from threading import Event
from typing import Final

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.errors import NoRoomError, RunCancelledError, WorkerFailedError
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.periodic_sync import PeriodicSync
from let_it_ride.simulation.posts import AwakeClock, Done, Post, PostState, end_posts
from let_it_ride.simulation.processes import wait_for_any
from let_it_ride.simulation.progress import (
    Phase,
    Report,
    RunProgress,
    Throttle,
    WorkerProgress,
    WorkerState,
)
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.worker import Batch, NoRoom, RunTask, play_batch

# How long the main process waits for news at a time.
_POLL_SECONDS: Final = 0.02

#: A worker that waits for room says so twice a second.
_SECONDS_TO_ROOM: Final = 1.5


def available_cpus() -> int:
    """How many CPUs this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def contiguous_batches(blocks: Sequence[int], workers: int) -> list[Sequence[int]]:
    """The blocks of each worker: ⌈blocks / workers⌉ that follow each other.

    Where there are fewer blocks than workers, the last workers have none.
    """
    share = -(-len(blocks) // workers)
    return [blocks[worker * share : (worker + 1) * share] for worker in range(workers)]


class ParallelExecutor:
    """Plays a run: a contiguous batch of blocks for every worker, a process for every batch.

    Every seed is on disk before the first worker starts. Workers get the serialized configuration
    and build everything they need from it; what they play is therefore the same, to the last bit,
    however many they are, and whatever becomes of them: the block of one that dies is played again
    by a fresh one.
    """

    def __init__(
        self,
        task: RunTask,
        plan: SessionPlan,
        run: RunDirectory,
        workers: int,
        report: Report,
        cancelled: Event,
        *,
        missing: Sequence[int],
        log: RunLog,
    ) -> None:
        """Prepare; no process is started before `play`.

        Args:
            task: what a worker needs to know of the run.
            plan: what is played.
            run: where.
            workers: how many processes play.
            report: told how far they have come.
            cancelled: set from outside when they are to stop.
            missing: the blocks that are to be played; the others are there already.
            log: where what goes wrong is noted.
        """
        self._plan = plan
        self._run = run
        self._report = report
        self._cancelled = cancelled
        self._log = log
        self._before = plan.table_count - plan.tables_of(missing)
        self._began = time.monotonic()
        self._clock = AwakeClock()
        self._throttle = Throttle()
        self._sync = PeriodicSync(run)
        self._not_entered: list[FinishedBlock] = []
        self._cannot_enter = self._paused = ""
        self._workers = [
            _Worker(task, number, blocks, plan, self._clock, log)
            for number, blocks in enumerate(contiguous_batches(missing, workers))
        ]

    def play(self) -> None:
        """Play every block that is missing and enter it in the ledger.

        Raises:
            RunCancelledError: `cancelled` was set meanwhile.
            ProcessStartError: a worker cannot be started.
            WorkerFailedError: a block has ended one fresh worker after the other.
        """
        posts = [worker.post for worker in self._workers]
        try:
            for post in posts:
                if self._cancelled.is_set():
                    break
                post.start()
                self._look()
            while self._not_entered or not all(post.is_done for post in posts):
                if self._cancelled.is_set():
                    break
                at_work = [post.child for post in posts if post.child is not None]
                wait_for_any(at_work, _POLL_SECONDS)
                self._look()
            if self._cancelled.is_set():
                raise self._was_cancelled()
        finally:
            end_posts(posts)
        self._tell(last=True)

    def _was_cancelled(self) -> RunCancelledError:
        kept = self._before + sum(worker.entered for worker in self._workers)
        return RunCancelledError(kept, self._plan.table_count, self._plan.counted)

    def _look(self) -> None:
        """Hear what there is, put it in the ledger, and tell of it."""
        self._clock.tick()
        try:
            for worker in self._workers:
                self._not_entered += worker.hear()
        finally:
            self._enter()
        self._note_pause()
        self._tell()

    def _enter(self) -> None:
        """Enter what is finished; without room for it, it waits until there is some."""
        if not self._not_entered:
            return
        try:
            self._run.enter(self._not_entered, time.monotonic() - self._began)
        except NoRoomError as error:
            self._cannot_enter = error.what_to_do
        else:
            self._cannot_enter = ""
            self._not_entered = []
            for worker in self._workers:
                worker.all_is_entered()
            self._sync.tick()

    def _note_pause(self) -> None:
        waiting = (each.waits_for_room for each in self._workers if each.waits_for_room)
        self._paused = self._cannot_enter or next(waiting, "")
        self._log.note_pause(self._paused)

    def _tell(self, *, last: bool = False) -> None:
        if last or self._throttle.is_due():
            workers = tuple(worker.progress() for worker in self._workers)
            self._report(
                RunProgress(
                    Phase.PLAYING,
                    self._before + sum(worker.completed for worker in workers),
                    self._plan.table_count,
                    time.monotonic() - self._began,
                    self._plan.counted,
                    workers,
                    self._before,
                    self._log.latest,
                    self._paused,
                )
            )


class _Worker:
    """The main process's view of a worker.

    Attributes:
        post: its blocks, and the process that plays them.
    """

    def __init__(
        self,
        task: RunTask,
        number: int,
        blocks: Sequence[int],
        plan: SessionPlan,
        clock: AwakeClock,
        log: RunLog,
    ) -> None:
        self.post = Post(
            f"worker {number + 1}",  # people count from one
            play_batch,
            lambda left: Batch(task, number, left),
            blocks,
            clock=clock,
            note=log.note,
            give_up=self._give_up,
        )
        self._number = number
        self._plan = plan
        self._clock = clock
        self._total = plan.tables_of(blocks)
        self._began: float | None = None
        self._seconds = 0.0
        self._finished = self._entered = self._completed = self._at_start = 0
        self._waits: NoRoom | None = None
        self._waits_since = 0.0

    @property
    def entered(self) -> int:
        """Tables whose blocks are in the ledger: so many are kept, whatever happens."""
        return self._entered

    def all_is_entered(self) -> None:
        """Note that the blocks that it has finished so far are in the ledger."""
        self._entered = self._finished

    @property
    def waits_for_room(self) -> str:
        """Why it cannot write; empty if it can."""
        if self._waits is None or self._clock.now - self._waits_since > _SECONDS_TO_ROOM:
            return ""
        return self._waits.reason

    def hear(self) -> list[FinishedBlock]:
        """Take its messages in, and return the blocks that it has finished.

        Raises:
            WorkerFailedError: one of its blocks cannot be played.
        """
        finished: list[FinishedBlock] = []
        restarts = self.post.restarts
        for message in self.post.hear():
            match message:
                case Done(block, FinishedBlock() as entry):
                    finished.append(entry)
                    self._finished += len(self._plan.block_range(block))
                    self._waits = None
                case (int(), int(completed)):
                    self._completed_now(self._at_start + completed)
                case NoRoom() as waits:
                    self._waits, self._waits_since = waits, self._clock.now
        if self.post.restarts != restarts:
            self._at_start = self._finished
        if self.post.is_done:
            self._completed_now(self._total)
        return finished

    def progress(self) -> WorkerProgress:
        """How far it has come."""
        state = _STATES[self.post.state] if self.post.blocks else WorkerState.IDLE
        if state is WorkerState.PLAYING and self._began is None:
            state = WorkerState.STARTING
        if state is WorkerState.DONE and self._entered < self._total:
            state = WorkerState.PLAYING
        if self._began is not None and state is not WorkerState.DONE:
            self._seconds = time.monotonic() - self._began
        return WorkerProgress(
            self._number,
            state,
            min(self._completed, self._entered),
            self._total,
            self._seconds,
            self.post.restarts,
        )

    def _completed_now(self, completed: int) -> None:
        if self._began is None and self.post.blocks:
            self._began = time.monotonic()
        self._completed = max(self._completed, completed)

    def _give_up(self, name: str, block: int, reason: str) -> WorkerFailedError:
        return WorkerFailedError(name, self._plan.block_range(block), reason, self._plan.counted)


_STATES: Final = {
    PostState.STARTING: WorkerState.STARTING,
    PostState.WORKING: WorkerState.PLAYING,
    PostState.SILENT: WorkerState.SILENT,
    PostState.DONE: WorkerState.DONE,
}
