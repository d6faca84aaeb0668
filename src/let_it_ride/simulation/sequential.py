"""Playing the sessions of a run one after the other, in this process."""

import time
from threading import Event

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.blocks import BlockPlayer
from let_it_ride.simulation.errors import RunCancelledError
from let_it_ride.simulation.progress import (
    Phase,
    Report,
    RunProgress,
    Throttle,
    WorkerProgress,
    WorkerState,
)
from let_it_ride.simulation.run_directory import RunDirectory


def play_sequentially(
    plan: SessionPlan, run: RunDirectory, report: Report, cancelled: Event
) -> None:
    """Play every session and enter every block in the ledger.

    Raises:
        RunCancelledError: `cancelled` was set meanwhile.
    """
    player = BlockPlayer(plan, run)
    began = time.monotonic()
    throttle = Throttle()
    completed = 0
    for block in range(plan.blocks):
        if cancelled.is_set():
            raise RunCancelledError(completed, plan.table_count, plan.counted)
        run.enter([player.play_and_write(block)])
        completed += len(plan.block_range(block))
        is_done = completed == plan.table_count
        if is_done or throttle.is_due():
            state = WorkerState.DONE if is_done else WorkerState.PLAYING
            seconds = time.monotonic() - began
            worker = WorkerProgress(0, state, completed, plan.table_count, seconds)
            report(
                RunProgress(
                    Phase.PLAYING, completed, plan.table_count, seconds, plan.counted, (worker,)
                )
            )
