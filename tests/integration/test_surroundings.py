"""What a shell, a container or an old terminal does to the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text("[simulation]\nnum_sessions = 3000\nworkers = 2\n")
    return path


def run(command: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        ["/bin/bash", "-c", command.replace("lir-tui", f"{sys.executable} -m let_it_ride")],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_standard_streams(closed: str, small: Path) -> None:
    assert run(f"lir-tui run {small} {closed}").returncode == 0


def test_a_closed_standard_error_leaves_standard_output_clean() -> None:
    done = run("lir-tui run no-such.toml --json 2>&-")
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("command", ["odds", "run --quiet", "run --json"])
def test_an_output_that_cannot_be_written(command: str, small: Path) -> None:
    done = run(f"lir-tui {command} {small} >/dev/full")
    assert done.returncode == 1
    assert "standard output" in done.stderr


def test_too_few_open_files_for_the_workers(small: Path) -> None:
    # So many that the first are still at work when the last is to begin.
    many = f"{small} --sessions 50000000 --forget"
    done = run(f"ulimit -n 100; lir-tui run {many} --workers 64 --quiet")
    assert done.returncode == 1
    assert "cannot be started" in done.stderr
    assert "fewer workers" in done.stderr


def test_a_soft_limit_of_open_files_is_raised(small: Path) -> None:
    done = run(f"ulimit -Sn 100; lir-tui run {small} --sessions 100000 --workers 64")
    assert done.returncode == 0


def test_a_temporary_directory_with_a_name_too_long_for_a_socket(
    small: Path, tmp_path: Path
) -> None:
    temporary = tmp_path / ("t" * 100)
    temporary.mkdir()
    done = run(f"TMPDIR={temporary} lir-tui run {small} --json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["equivalence"]["equal"]


def test_a_terminal_that_is_not_of_unicode(small: Path) -> None:
    done = run(f"PYTHONIOENCODING=ascii lir-tui run {small}")
    assert done.returncode == 0
    assert "* EQUAL" in done.stdout
    assert "-$" in done.stdout
    assert "?" not in done.stdout
