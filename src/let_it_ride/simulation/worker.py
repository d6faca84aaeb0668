"""What a worker process does: build the plan from the serialized configuration, play a batch."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan, compile_plan
from let_it_ride.simulation.blocks import BlockPlayer
from let_it_ride.simulation.compiled import (
    discard_compiled,
    load_kernel,
    mark_compiled,
)
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Throttle
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS
from let_it_ride.simulation.run_directory import FinishedBlock, RunDirectory, RunLayout
from let_it_ride.simulation.session_tracer import SessionTracer


@dataclass(frozen=True, slots=True)
class RunTask:
    """What a child process needs to know of a run.

    Attributes:
        config: the configuration as JSON.
        directory: the run directory.
    """

    config: str
    directory: Path

    def open(self) -> tuple[FullConfig, SessionPlan, RunDirectory]:
        """Build the configuration, its plan and the run directory."""
        config = FullConfig.model_validate_json(self.config)
        plan = compile_plan(config)
        return config, plan, RunDirectory(self.directory, RunLayout.of(plan))


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
    blocks: range


@dataclass(frozen=True, slots=True)
class BlocksFinished:
    """A worker's message: these blocks are written."""

    blocks: tuple[FinishedBlock, ...]


def play_batch(batch: Batch, outbox: Outbox) -> None:
    """Play a batch block by block, until it is done or a stop is asked for.

    Sends `BlocksFinished`, and ``(worker, sessions completed)`` every `progress_interval` sessions
    but no more often than ten times a second, and once at the end.
    """
    config, plan, run = batch.run.open()
    player = BlockPlayer(plan, run)
    outbox.send((batch.worker, 0))
    completed = reported = 0
    throttle = Throttle()
    for block in batch.blocks:
        if outbox.should_stop():
            return
        finished = player.play_and_write(block)
        outbox.send(BlocksFinished((finished,)))
        completed += finished.sessions
        if completed - reported >= config.simulation.progress_interval and throttle.is_due():
            outbox.send((batch.worker, completed))
            reported = completed
    outbox.send((batch.worker, completed))


def compile_kernel(_task: object, _outbox: Outbox) -> None:
    """Compile the kernel, so that every process after this one finds it compiled."""
    compile_here()


def compile_here() -> None:
    """Compile the kernel in this process, for it and those after it."""
    try:
        warm_up()
    except Exception:  # noqa: BLE001  damaged code on the disk can raise anything
        discard_compiled()
        warm_up()
    mark_compiled()


def warm_up() -> None:
    """Load the kernel, and play one session of the default configuration, in both ways."""
    plan = compile_plan(FullConfig())
    kernel = load_kernel()
    kernel.play_sessions(
        plan.tables,
        np.zeros(1, dtype=np.uint32),
        0,
        np.zeros((1, len(PLAYED_COLUMNS)), dtype=np.int64),
        np.zeros(plan.deal_classes, dtype=np.uint32),
        np.zeros(len(NOTES), dtype=np.uint32),
        kernel.Room.new(),
    )
    player = SessionTracer(plan)
    player.trace(0, 0)
    player.card_words(0, 0, 1, 1)
