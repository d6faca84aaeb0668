"""Runs that do not stay are removed: with their object, at exit, or by the next run."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from let_it_ride.simulation import temporary_runs
from let_it_ride.simulation.errors import RunDirectoryError
from let_it_ride.simulation.temporary_runs import TemporaryRun

_LEAVES_ITS_RUN_BEHIND = """
import os, sys
from pathlib import Path
from let_it_ride.simulation import temporary_runs
temporary_runs.cache_directory = lambda: Path(sys.argv[1])
run = temporary_runs.TemporaryRun()
run.path.mkdir()
(run.path / "sessions.bin").write_bytes(b"data")
print(run.path, flush=True)
os._exit(9)
"""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(temporary_runs, "cache_directory", lambda: tmp_path)
    return tmp_path


def test_a_run_goes_with_its_object() -> None:
    run = TemporaryRun()
    path = run.path
    path.mkdir()
    assert path.exists()
    del run
    assert not path.parent.exists()


def test_what_a_killed_program_left_goes_with_the_next_run(cache: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LEAVES_ITS_RUN_BEHIND, str(cache)],
        capture_output=True,
        text=True,
        check=False,
    )
    left = Path(done.stdout.strip())
    assert left.exists()
    run = TemporaryRun()
    assert not left.parent.exists()
    assert run.path.parent.exists()


def test_what_was_killed_before_it_could_lock_goes_after_a_minute(cache: Path) -> None:
    TemporaryRun()
    old, young = (cache / "runs" / f"lir-tui-run-{name}" for name in ("old", "young"))
    for holder in (old, young):
        (holder / "run").mkdir(parents=True)
    os.utime(old, (0, 0))
    TemporaryRun()
    assert not old.exists()
    assert young.exists()


def test_where_no_run_can_be_kept_the_places_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_directory = tmp_path / "file"
    no_directory.touch()
    monkeypatch.setattr(temporary_runs, "cache_directory", lambda: no_directory)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(no_directory))
    with pytest.raises(RunDirectoryError, match=f"neither in {no_directory}"):
        TemporaryRun()


def test_a_run_that_is_in_use_is_left_alone() -> None:
    first = TemporaryRun()
    second = TemporaryRun()
    assert first.path.parent.exists()
    assert second.path.parent.exists()


def test_without_a_cache_it_is_made_among_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(temporary_runs, "cache_directory", lambda: tmp_path / "file")
    run = TemporaryRun()
    assert run.path.parent.exists()
    assert tmp_path / "file" not in run.path.parents
