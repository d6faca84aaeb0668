"""What a worker process does: build the plan from the serialized configuration, play a batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.blocks import BlockPlayer
from let_it_ride.simulation.compiled import Kernel, compile_here, is_compiled
from let_it_ride.simulation.errors import NoRoomError
from let_it_ride.simulation.games import game_of
from let_it_ride.simulation.places import SessionPlace
from let_it_ride.simulation.posts import Done
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_mark import RunMark
from let_it_ride.simulation.session_tracer import SessionTracer

_SECONDS_BETWEEN_TRIES: Final = 0.5


@dataclass(frozen=True, slots=True)
class RunTask:
    """What a child process needs to know of a run.

    Attributes:
        config: the configuration as JSON.
        directory: the run directory.
        mark: the run's.
    """

    config: str
    directory: Path
    mark: RunMark

    def open(
        self, when_full: Callable[[NoRoomError], None] | None = None
    ) -> tuple[FullConfig, SessionPlan, RunDirectory]:
        """Build the configuration, its plan and the run directory."""
        config = FullConfig.model_validate_json(self.config)
        plan = compile_plan(config)
        run = RunDirectory(self.directory, RunLayout.of(plan), self.mark, when_full=when_full)
        return config, plan, run


@dataclass(frozen=True, slots=True)
class Batch:
    """What one worker plays.

    Attributes:
        run: the run.
        worker: the worker's number.
        blocks: the blocks to play, in order.
    """

    run: RunTask
    worker: int
    blocks: Sequence[int]


@dataclass(frozen=True, slots=True)
class NoRoom:
    """A worker's message: it waits for room on the disk.

    Attributes:
        reason: what is wrong, in words.
    """

    reason: str


class _StoppedError(Exception):
    """A stop was asked for in the middle of a block."""


def play_batch(batch: Batch, outbox: Outbox) -> None:
    """Play a batch block by block, until it is done or a stop is asked for.

    Sends `Done` with a `FinishedBlock` for every block, and ``(worker, tables completed)`` every
    `progress_interval` sessions but no more often than ten times a second, and once at the end. On
    a full disk it sends `NoRoom`, and goes on when there is room again.
    """

    def wait_for_room(error: NoRoomError) -> None:
        outbox.send(NoRoom(error.what_to_do))
        if outbox.should_stop(_SECONDS_BETWEEN_TRIES):
            raise _StoppedError

    def watch() -> None:
        if outbox.should_stop():
            raise _StoppedError

    config, plan, run = batch.run.open(wait_for_room)
    outbox.is_on_disk = run.is_on_disk
    player = BlockPlayer(plan, run)
    outbox.send((batch.worker, 0))
    completed = unreported = 0
    throttle = Throttle()
    for block in batch.blocks:
        try:
            finished = player.play_and_write(block, watch)
        except _StoppedError:
            return
        outbox.send(Done(block, finished))
        completed += len(plan.block_range(block))
        unreported += finished.sessions
        if unreported >= config.simulation.progress_interval and throttle.is_due():
            outbox.send((batch.worker, completed))
            unreported = 0
    outbox.send((batch.worker, completed))


def kernel_of(plan: SessionPlan) -> Kernel:
    """The kernel that plays a plan."""
    return Kernel.TABLES if plan.deals_cards else Kernel.SESSIONS


def compile_kernel(kernel: Kernel, _outbox: Outbox | None = None) -> None:
    """Compile a kernel that plays, so that every process after this one finds it compiled."""
    for each in dict.fromkeys((Kernel.SESSIONS, kernel)):
        if not is_compiled(each):
            compile_here(each, partial(warm_up, each))


def warm_up(kernel: Kernel) -> None:
    """Load a kernel, and play a session of the default configuration in every way."""
    plan = compile_plan(FullConfig())
    if kernel is Kernel.TABLES:
        plan = replace(plan, total_rounds=1)
    for _ in game_of(plan).play(np.zeros(1, dtype=np.uint32), 0):
        pass
    tracer, place = SessionTracer(plan), SessionPlace(0, 0, 0, 0, 0)
    tracer.cards(place, tracer.trace(place), 1, 0)
