"""The first run on a machine compiles the kernel, says so, and never again."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]

_COMPILING = "Compiling the kernel for this machine, once"


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


def test_a_private_directory_is_gone_with_the_program_however_that_ends(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (temporary / f"lir-tui-{os.getuid()}").touch()
    environment = {"XDG_CACHE_HOME": str(tmp_path / "file"), "TMPDIR": str(temporary)}
    program = subprocess.Popen(
        [sys.executable, "-m", "let_it_ride", "run", "first-evening", "--sessions", "20000000"],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert _comes_true(lambda: bool(list(temporary.glob("lir-tui-*/kernel-*/ready"))))
    assert len(list(temporary.glob("lir-tui-*/kernel-*"))) == 1
    program.send_signal(signal.SIGKILL)
    program.wait()
    assert _comes_true(lambda: not list(temporary.glob("lir-tui-*/kernel-*")))


def _comes_true(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 300
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True
