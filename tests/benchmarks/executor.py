"""The executor against processes that share nothing, and against itself without checkpoints."""

import subprocess
import sys
import time
from collections import deque
from threading import Event

from tests.benchmarks.timing import paired

from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.parallel import ParallelExecutor, available_cpus
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.seeds import session_seeds
from let_it_ride.simulation.temporary_runs import TemporaryRun
from let_it_ride.simulation.worker import RunTask

_SESSIONS = 4_000_000

# What an unconnected process does: no queue, no file, no digest; it plays when told to.
_UNCONNECTED = """
import sys, time
import numpy as np
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.games import game_of

sessions, first = int(sys.argv[1]), int(sys.argv[2])
plan = compile_plan(FullConfig.model_validate({"simulation": {"num_sessions": sessions}}))
game, size = game_of(plan), plan.block_tables
seeds = np.random.default_rng(first).integers(0, 1 << 31, size).astype(np.uint32)

def play(count, start):
    for _ in game.play(seeds[:count], start):
        pass

play(1, 0)
print("ready", flush=True)
sys.stdin.readline()
began = time.perf_counter()
for start in range(0, sessions, size):
    play(min(size, sessions - start), first + start)
print(time.perf_counter() - began, flush=True)
"""


def lines() -> list[str]:
    """Measure, and say how it went."""
    workers = max(available_cpus(), 2)
    result = paired(lambda: _executor(workers), lambda: _unconnected(workers), pairs=5)
    return [
        f"executor: {workers} workers at {result.ratio:.3f} of {workers} unconnected processes"
        f" ({result.low:.3f} … {result.high:.3f};"
        f" {_SESSIONS / result.subject:,.0f} sessions a second); at least 0.95",
        _checkpoint_line(workers),
    ]


def _checkpoint_line(workers: int) -> str:
    result = paired(lambda: _played(workers), lambda: _played_without(workers), pairs=7)
    return (
        f"checkpoints: with them a run takes {1 / result.ratio:.3f} times as long as without"
        f" ({1 / result.high:.3f} … {1 / result.low:.3f}); at most 1.05"
    )


def _played(workers: int, *, checkpoints: bool = True) -> float:
    """Play on the disk that runs are kept on; return the seconds."""
    config = FullConfig.model_validate(
        {"simulation": {"num_sessions": 2 * _SESSIONS, "random_seed": 1}}
    )
    plan = compile_plan(config)
    holder = TemporaryRun()
    try:
        layout = RunLayout.of(plan)
        mark = RunIdentity.of(config, plan, layout).mark
        run = RunDirectory.create(holder.path, layout, mark)
        deque(run.write_seeds(session_seeds(1, plan.table_count)), maxlen=0)
        executor = ParallelExecutor(
            RunTask(config.model_dump_json(), run.path, run.mark),
            plan,
            run,
            workers,
            lambda _: None,
            Event(),
            missing=range(plan.blocks),
            log=RunLog(run.path),
        )
        if not checkpoints:
            run.enter = lambda *_: None  # type: ignore[method-assign]
            executor._sync.tick = lambda: None  # type: ignore[method-assign]
        began = time.perf_counter()
        executor.play()
        return time.perf_counter() - began
    finally:
        holder.remove()


def _played_without(workers: int) -> float:
    return _played(workers, checkpoints=False)


def _executor(workers: int) -> float:
    config = {
        "simulation": {
            "num_sessions": _SESSIONS,
            "workers": workers,
            "random_seed": 1,
            "verify": "off",
        }
    }
    results = SimulationController(FullConfig.model_validate(config)).run()
    return results.provenance.seconds_playing


def _unconnected(workers: int) -> float:
    share = _SESSIONS // workers
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _UNCONNECTED, str(share), str(worker * share)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for worker in range(workers)
    ]
    for process in processes:
        assert process.stdout is not None
        process.stdout.readline()
    began = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        process.wait()
    return time.perf_counter() - began
