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

_COMPILING = "Compiling the kernel for this machine, once"

_FIRST_RUN = """
import sys
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.processes import Child, prepare_processes

def tell_what_is_loaded(_, outbox):
    outbox.send("let_it_ride.simulation.kernel" in sys.modules)

if __name__ == "__main__":
    prepare_processes()
    simulation = {"num_sessions": 2000, "workers": 2, "verify": "off"}
    SimulationController(FullConfig.model_validate({"simulation": simulation})).run()
    child = Child("child", tell_what_is_loaded, None)
    child.join(10)
    print(*child.messages())
"""


def run(environment: dict[str, str]) -> Done:
    return subprocess.run(
        [sys.executable, "-m", "let_it_ride", "run", "first-evening", "--sessions", "2000"],
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


def test_workers_of_a_first_run_have_the_kernel_loaded_when_they_start(tmp_path: Path) -> None:
    script = tmp_path / "first_run.py"
    script.write_text(_FIRST_RUN)
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_a_damaged_kernel_is_compiled_again(compiled: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(compiled)}
    assert _COMPILING not in run(environment).stderr
    for file in compiled.rglob("*.nbc"):
        file.write_bytes(file.read_bytes()[:1000])
    done = run(environment)
    assert done.returncode == 0, done.stderr
    assert _COMPILING in done.stderr
    assert _COMPILING not in run(environment).stderr


def test_without_a_cache_that_can_be_written_a_private_directory_serves(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(temporary)}
    first = run(environment)
    assert first.returncode == 0, first.stderr
    (private,) = temporary.glob("lir-tui-*")
    assert private.stat().st_mode & 0o777 == 0o700
    second = run(environment)
    assert second.returncode == 0
    assert _COMPILING not in second.stderr


def test_a_directory_that_others_can_write_is_never_loaded_from(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    planted = temporary / f"lir-tui-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    done = run({"XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(temporary)})
    assert done.returncode == 0, done.stderr
    assert not list(planted.iterdir())
    assert list(temporary.glob("lir-tui-*")) == [planted]


@pytest.mark.parametrize("when", ["compiling", "playing"])
def test_a_private_directory_is_gone_with_the_program_however_that_ends(
    when: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (temporary / f"lir-tui-{os.getuid()}").touch()
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(temporary)}
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
