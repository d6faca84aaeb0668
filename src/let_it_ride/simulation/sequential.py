"""Playing the sessions of a run one after the other, in this process."""

import time
from collections.abc import Sequence
from threading import Event
from typing import Final

from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.blocks import BlockPlayer
from let_it_ride.simulation.errors import NoRoomError, RunCancelledError
from let_it_ride.simulation.periodic_sync import PeriodicSync
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

_SECONDS_BETWEEN_TRIES: Final = 0.5


def play_sequentially(
    plan: SessionPlan,
    run: RunDirectory,
    report: Report,
    cancelled: Event,
    *,
    missing: Sequence[int],
    log: RunLog,
) -> None:
    """Play blocks that are missing and enter every one in the ledger.

    Args:
        plan: what is played.
        run: where.
        report: told how far it has come.
        cancelled: set from outside when it is to stop.
        missing: the blocks that are to be played; the others are there already.
        log: where what goes wrong is noted.

    Raises:
        RunCancelledError: `cancelled` was set meanwhile.
    """
    player = BlockPlayer(plan, run)
    began = time.monotonic()
    throttle = Throttle()
    sync = PeriodicSync(run)
    total = plan.tables_of(missing)
    before = plan.table_count - total
    completed = 0

    def tell(paused: str = "") -> None:
        state = WorkerState.DONE if completed == total else WorkerState.PLAYING
        seconds = time.monotonic() - began
        report(
            RunProgress(
                Phase.PLAYING,
                before + completed,
                plan.table_count,
                seconds,
                plan.counted,
                (WorkerProgress(0, state, completed, total, seconds),),
                before,
                log.latest,
                paused,
            )
        )

    def wait_for_room(error: NoRoomError) -> None:
        log.note_pause(error.what_to_do)
        tell(error.what_to_do)
        if cancelled.wait(_SECONDS_BETWEEN_TRIES):
            raise RunCancelledError(before + completed, plan.table_count, plan.counted)

    def watch() -> None:
        if cancelled.is_set():
            raise RunCancelledError(before + completed, plan.table_count, plan.counted)

    run.when_full = wait_for_room
    for block in missing:
        finished = player.play_and_write(block, watch)
        run.enter([finished], time.monotonic() - began)
        log.note_pause("")
        sync.tick()
        completed += len(plan.block_range(block))
        if completed == total or throttle.is_due():
            tell()
