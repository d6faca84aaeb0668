"""The executor against as many processes that play the same sessions and share nothing."""

import subprocess
import sys
import time

from tests.benchmarks.timing import paired

from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.parallel import available_cpus

_SESSIONS = 4_000_000

# What an unconnected process does: no queue, no file, no digest; it plays when told to.
_UNCONNECTED = """
import sys, time
import numpy as np
from let_it_ride.config import FullConfig
from let_it_ride.plan import compile_plan
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
        f" {_SESSIONS / result.subject:,.0f} sessions a second); at least 0.95"
    ]


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
