"""The first run on a machine compiles the kernel, says so, and never again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from process_family import forked_from_a_server_of

Done = subprocess.CompletedProcess[str]

_COMPILING = "Compiling for this machine, once"

#: Says whether it compiles, and whether its workers had the kernel when they started.
_RUN = """
import sys
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.processes import Child, prepare_processes

def tell_what_is_loaded(_, outbox):
    outbox.send("let_it_ride.simulation.kernel" in sys.modules)

if __name__ == "__main__":
    prepare_processes()
    simulation = {"num_sessions": 2000, "workers": 2, "verify": "off"}
    config = FullConfig.model_validate({"simulation": simulation})
    phases = []
    SimulationController(config, lambda progress: phases.append(progress.phase)).run()
    child = Child("child", tell_what_is_loaded, None)
    child.join(10)
    print("compiling" in phases, *child.messages())
"""


def run(environment: dict[str, str]) -> Done:
    """Run a preset as a person does, which is compared with the exact law."""
    return started(environment, "-m", "let_it_ride", "run", "first-evening", "--sessions", "2000")


def run_alone(environment: dict[str, str], directory: Path) -> Done:
    """Run sessions with nothing else, for which no solver is compiled."""
    script = directory / "run_alone.py"
    script.write_text(_RUN)
    return started(environment, str(script))


def started(environment: dict[str, str], *arguments: str) -> Done:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """A cache that was empty, and the run that has filled it."""
    cache = tmp_path_factory.mktemp("cache")
    return cache, run({"XDG_CACHE_HOME": str(cache)})


@pytest.fixture(scope="module")
def first_run_without_a_cache(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dict[str, str], Path, Done]:
    """Where there is no room for a cache, what serves for temporary files, and the run."""
    directory = tmp_path_factory.mktemp("without_a_cache")
    environment, temporary = without_a_cache(directory)
    return environment, temporary, run_alone(environment, directory)


def without_a_cache(directory: Path) -> tuple[dict[str, str], Path]:
    """An environment in which no cache can be written, and its directory for temporary files."""
    (directory / "file").touch()
    temporary = directory / "temporary"
    temporary.mkdir()
    return {"XDG_CACHE_HOME": str(directory / "file"), "TMPDIR": str(temporary)}, temporary


@pytest.fixture
def compiled(first_run: tuple[Path, Done], tmp_path: Path) -> Path:
    """A cache with a compiled kernel, to do with as a test likes."""
    return shutil.copytree(first_run[0], tmp_path / "cache")


def test_the_first_run_compiles_and_announces_it_and_the_second_does_not(
    first_run: tuple[Path, Done],
) -> None:
    cache, first = first_run
    environment = {"XDG_CACHE_HOME": str(cache)}
    assert first.returncode == 0, first.stderr
    assert first.stderr.count(_COMPILING) >= 1
    kept = {file.name.split(".")[-1] for file in cache.rglob("*") if file.is_file()}
    assert {"bin", "nbi", "nbc"} <= kept
    assert not list(cache.rglob("lir-tui-run-*"))
    second = run(environment)
    assert second.returncode == 0
    assert _COMPILING not in second.stderr


def test_workers_of_a_first_run_have_the_kernel_loaded_when_they_start(
    first_run_without_a_cache: tuple[dict[str, str], Path, Done],
) -> None:
    *_, done = first_run_without_a_cache
    assert (done.stdout, done.stderr) == ("True True\n", "")


def test_a_damaged_kernel_is_compiled_again(compiled: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(compiled)}
    assert _COMPILING not in run(environment).stderr
    for file in compiled.rglob("*.nbc"):
        file.write_bytes(file.read_bytes()[:1000])
    done = run(environment)
    assert done.returncode == 0, done.stderr
    assert _COMPILING in done.stderr
    assert _COMPILING not in run(environment).stderr


def test_without_a_cache_that_can_be_written_a_private_directory_serves(
    first_run_without_a_cache: tuple[dict[str, str], Path, Done], tmp_path: Path
) -> None:
    environment, temporary, first = first_run_without_a_cache
    assert first.returncode == 0, first.stderr
    (private,) = temporary.glob("lir-tui-*")
    assert private.stat().st_mode & 0o777 == 0o700
    second = run_alone(environment, tmp_path)
    assert second.stdout == "False True\n"


def test_a_directory_that_others_can_write_is_never_loaded_from(tmp_path: Path) -> None:
    environment, temporary = without_a_cache(tmp_path)
    planted = temporary / f"lir-tui-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    done = run_alone(environment, tmp_path)
    assert done.stdout == "True True\n", done.stderr
    assert not list(planted.iterdir())
    assert list(temporary.glob("lir-tui-*")) == [planted]


@pytest.mark.parametrize("when", ["compiling", "playing"])
def test_a_private_directory_is_gone_with_the_program_however_that_ends(
    when: str, tmp_path: Path
) -> None:
    environment, temporary = without_a_cache(tmp_path)
    (temporary / f"lir-tui-{os.getuid()}").touch()
    program = subprocess.Popen(
        [
            *(sys.executable, "-m", "let_it_ride", "run", "first-evening"),
            *("--sessions", "20000000", "--forget"),
        ],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def is_there_yet() -> bool:
        if when == "compiling":
            return bool(list(temporary.glob("lir-tui-*/kernel-*/**/*.nbi")))
        return any(forked_from_a_server_of(psutil.Process(program.pid)))

    assert _comes_true(is_there_yet)
    assert len(list(temporary.glob("lir-tui-*/kernel-*"))) == 1
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert _comes_true(lambda: not list(temporary.glob("lir-tui-*/kernel-*")), seconds=5)


def _comes_true(condition: Callable[[], bool], seconds: float = 100) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
