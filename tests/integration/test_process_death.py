"""When the main process ends, whatever the way, its workers end with it."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from process_family import all_gone_soon

_LONG_RUN = """
import sys
from pathlib import Path
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController

def tell(progress):
    if progress.phase == "playing" and progress.completed:
        print("playing", flush=True)

if __name__ == "__main__":
    config = FullConfig.model_validate(
        {"simulation": {"num_sessions": 20_000_000, "workers": 3, "random_seed": 1}}
    )
    SimulationController(config, progress=tell, directory=Path(sys.argv[1])).run()
"""


_COMPILES = """
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController

def tell(progress):
    if progress.phase == "compiling" and progress.seconds > 1:
        print("compiling", flush=True)

if __name__ == "__main__":
    SimulationController(FullConfig(), progress=tell).run()
"""


def test_a_compiler_does_not_outlive_the_main_process(tmp_path: Path) -> None:
    script = tmp_path / "compiles.py"
    script.write_text(_COMPILES)
    main = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert main.stdout is not None
    assert main.stdout.readline() == b"compiling\n"
    family = psutil.Process(main.pid).children(recursive=True)
    main.kill()
    main.wait()
    main.stdout.close()
    assert all_gone_soon(family)


@pytest.mark.parametrize("deadly", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_no_process_is_left_when_the_main_process_is_killed(
    deadly: signal.Signals, tmp_path: Path
) -> None:
    script = tmp_path / "long_run.py"
    script.write_text(_LONG_RUN)
    main = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "run")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert main.stdout is not None
    assert main.stdout.readline() == b"playing\n"
    family = psutil.Process(main.pid).children(recursive=True)
    assert len(family) >= 4  # three workers and what they were forked from
    main.send_signal(deadly)
    main.wait(timeout=60)
    main.stdout.close()
    assert all_gone_soon(family)
