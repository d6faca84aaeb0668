"""What every test needs: directories of its own, and processes that can be started anywhere."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from failures.laboratory import Laboratory
from let_it_ride.simulation.compiled import Kernel, is_compiled
from let_it_ride.simulation.processes import prepare_processes

# How long an example takes says more of the machine than of the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_COMPILE = """
from let_it_ride.analysis.service import compile_solver
from let_it_ride.simulation.compiled import Kernel
from let_it_ride.simulation.worker import compile_kernel

compile_kernel(Kernel.TABLES)
compile_solver()
"""

_LABORATORY: Final = pytest.StashKey[Laboratory]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--inputs",
        type=int,
        default=200,
        help="how many bad inputs of each kind tests/failures gives to the program",
    )
    parser.addoption(
        "--sessions",
        type=int,
        default=2_000_000,
        help="how many sessions the runs have that tests/failures kills",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_LABORATORY] = Laboratory()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile once, before there is a process of tests that could start a fork server.

    A fork server that is started before everything is compiled would have each of thousands of
    workers load it anew.
    """
    config = session.config
    if config.option.collectonly or hasattr(config, "workeroutput"):  # one of several processes
        return
    if not all(map(is_compiled, Kernel)):
        subprocess.run([sys.executable, "-c", _COMPILE], check=True)


def pytest_sessionfinish(session: pytest.Session) -> None:
    told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["laboratory"] = session.config.stash[_LABORATORY].counts()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add what one of several processes of tests has done; one that crashed tells nothing."""
    node.config.stash[_LABORATORY].add(getattr(node, "workeroutput", {}).get("laboratory", {}))


@pytest.fixture(scope="session")
def laboratory(request: pytest.FixtureRequest) -> Laboratory:
    """Counts what is done to the program; the session of tests ends with the counts."""
    return request.config.stash[_LABORATORY]


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    done = config.stash[_LABORATORY]
    if not done.is_idle:
        terminalreporter.section("failures laboratory")
        for line in done.lines():
            terminalreporter.write_line(line)
        terminalreporter.write_line(done.total)


@pytest.fixture(scope="session", autouse=True)
def _processes_are_prepared() -> None:
    # Textual replaces the standard streams, after which no fork server can be started.
    prepare_processes(everything=True)


@pytest.fixture(scope="session", autouse=True)
def _data_of_the_user_are_not_touched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have processes that tests start keep their runs, and what they remember, elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("config", "data", "state"):
            patch.setenv(f"XDG_{name.upper()}_HOME", str(tmp_path_factory.mktemp(name)))
        yield


@pytest.fixture(autouse=True)
def _user_directories_are_not_touched(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep the user's configuration and data out of the tests; the cache may be shared."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setattr("let_it_ride.files.config_directory", lambda: home / "config")
    monkeypatch.setattr("let_it_ride.files.data_directory", lambda: home / "data")
    monkeypatch.setattr("let_it_ride.files.state_directory", lambda: home / "state")


@pytest.fixture
def run_directory(tmp_path: Path) -> Path:
    """A directory for a run that a test wants to look into."""
    return tmp_path / "run"
