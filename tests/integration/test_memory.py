"""Memory does not grow with the sessions of a run, nor with those of a table."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from let_it_ride.simulation.run_directory import RECORDS_AT_ONCE

# A process of its own plays a run, adds it up, compares its blocks and writes its sessions; what
# it prints is the most memory that was ever its own, in bytes.
_PLAYER = """
import json, resource, sys
from pathlib import Path
from let_it_ride.config import FullConfig
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.equivalence import Check, compare_blocks
from let_it_ride.simulation.worker import RunTask

class Outbox:
    def should_stop(self): return False
    def send(self, message): pass

config = FullConfig.model_validate(json.loads(sys.argv[1]))
directory = Path(sys.argv[2])
results = SimulationController(config, directory=directory / "run").run()
task = RunTask(config.model_dump_json(), results.directory, results.mark)
compare_blocks(Check(task, range(results.plan.blocks)), Outbox())
write_sessions_csv(results, directory / "sessions.csv")
status = Path("/proc/self/status")
if status.exists():  # what is said of resources goes back to before this program was loaded
    lines = status.read_text().splitlines()
    kilobytes = int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    most = 1024 * kilobytes
else:
    unit = 1 if sys.platform == "darwin" else 1024
    most = unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([len(results), most]))
"""

_RUNS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "sessions of one hand": (
        {"simulation": {"num_sessions": 300_000}},
        {"simulation": {"num_sessions": 1_500_000}},
    ),
    "one table of seven seats whose sessions last one hand": (
        {"simulation": {"num_sessions": 1}, "table": {"num_seats": 7, "total_rounds": 43_000}},
        {"simulation": {"num_sessions": 1}, "table": {"num_seats": 7, "total_rounds": 215_000}},
    ),
}


def most_memory(config: dict[str, Any], directory: Path) -> tuple[int, int]:
    """How many sessions a run has, and the most memory that playing and reading it takes."""
    directory.mkdir()
    simulation = {**config["simulation"], "hands_per_session": 1, "workers": 1, "random_seed": 1}
    done = subprocess.run(
        [sys.executable, "-c", _PLAYER, json.dumps(config | {"simulation": simulation}), directory],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    sessions, most = json.loads(done.stdout)
    return sessions, most


@pytest.mark.parametrize("name", _RUNS)
def test_five_times_the_sessions_take_no_more_memory(name: str, tmp_path: Path) -> None:
    few, many = _RUNS[name]
    few_sessions, little = most_memory(few, tmp_path / "few")
    many_sessions, most = most_memory(many, tmp_path / "many")
    # Few are more than are played or read at once, so that everything that is bounded is full. Of
    # the others, the records alone take 36 bytes and what the kernel gives of them 88.
    assert few_sessions > RECORDS_AT_ONCE
    assert many_sessions == 5 * few_sessions
    assert most < little + 20 * (many_sessions - few_sessions)
