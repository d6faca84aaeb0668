"""Disks that are full, slow or only to be read, and clocks that jump: no run is lost by them."""

import errno
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from failures.laboratory import Laboratory
from let_it_ride.config import FullConfig
from let_it_ride.simulation import parallel
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import NoRoomError, RunCancelledError, RunDirectoryError
from let_it_ride.simulation.posts import _SECONDS_TO_REPLACED
from let_it_ride.simulation.processes import Outbox
from let_it_ride.simulation.progress import Phase, RunProgress, WorkerState
from let_it_ride.simulation.worker import Batch, play_batch


def configuration(sessions: int, **sections: object) -> FullConfig:
    simulation = {
        "num_sessions": sessions,
        "hands_per_session": 50,
        "workers": 2,
        "random_seed": 7,
        "verify": "off",
    }
    return FullConfig.model_validate({"simulation": simulation, **sections})


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of eight megabytes, where one may be made."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(place)]
    try:
        made = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here")
    if made.returncode:
        pytest.skip(f"no small file system can be made here: {made.stderr.strip()}")
    try:
        yield place
    finally:
        unmount = ["umount", "--lazy", str(place)]
        subprocess.run(unmount, check=True)


def test_a_run_that_the_disk_has_no_room_for_is_not_begun(small_disk: Path) -> None:
    with pytest.raises(NoRoomError, match="bytes are needed"):
        SimulationController(configuration(1_000_000), None, small_disk / "run").run()
    assert not (small_disk / "run" / "ledger").exists()


@pytest.mark.slow
def test_a_disk_that_fills_pauses_the_run_until_there_is_room(
    small_disk: Path, laboratory: Laboratory
) -> None:
    # How many sessions tables give is chance: room for all of them cannot be reserved.
    config = configuration(200, table={"num_seats": 6, "total_rounds": 2000})
    expected = SimulationController(config).run()
    ballast = small_disk / "ballast"
    filled: list[bool] = []
    pauses: list[str] = []

    def fill_and_make_room(progress: RunProgress) -> None:
        if progress.workers and not filled:
            filled.append(True)
            with suppress(OSError), ballast.open("wb", buffering=0) as file:
                while True:
                    file.write(b"\1" * 1000)
        if progress.paused and ballast.exists():
            pauses.append(progress.paused)
            ballast.unlink()

    results = SimulationController(config, fill_and_make_room, small_disk / "run").run()
    assert len(pauses) == 1
    assert "no room left on this disk" in pauses[0]
    assert results.digest == expected.digest
    log = (small_disk / "run" / "log").read_text()
    assert "paused" in log
    assert "there is room again" in log
    laboratory.resumed("after a full disk")


def test_a_run_is_not_begun_where_nothing_can_be_written(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        place = Path("/proc/self/a run")  # where even the superuser cannot write
    else:
        tmp_path.chmod(0o500)
        place = tmp_path / "run"
    with pytest.raises(RunDirectoryError, match="cannot be written"):
        SimulationController(configuration(100), None, place).run()


def test_a_complete_run_can_be_opened_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = SimulationController(configuration(100), None, tmp_path / "run").run()
    real = os.open

    def only_to_be_read(path: str, flags: int, *arguments: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(errno.EROFS, "Read-only file system")
        return real(path, flags, *arguments)

    monkeypatch.setattr(os, "open", only_to_be_read)
    opened = SimulationController.resume(tmp_path / "run").run()
    assert opened.digest == played.digest


def writing_slowly(batch: Batch, outbox: Outbox) -> None:
    """Play, with a disk that once takes longer than it takes to replace a worker that hangs."""
    real = os.pwrite
    began = time.monotonic()

    def slow(handle: int, data: bytes, offset: int) -> int:
        while time.monotonic() - began < _SECONDS_TO_REPLACED + 1.5:
            time.sleep(0.1)
        return real(handle, data, offset)

    os.pwrite = slow
    play_batch(batch, outbox)


@pytest.mark.slow
def test_a_slow_disk_makes_no_worker_seem_dead(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[RunProgress] = []
    config = configuration(2000)
    monkeypatch.setattr(parallel, "play_batch", writing_slowly)
    results = SimulationController(config, told.append).run()
    monkeypatch.undo()
    assert {worker.state for each in told for worker in each.workers}.isdisjoint(
        {WorkerState.SILENT}
    )
    assert max(worker.restarts for each in told for worker in each.workers) == 0
    assert results.digest == SimulationController(config).run().digest


@pytest.mark.slow
@pytest.mark.parametrize("jump", [-1e9, 1e9])
def test_a_clock_that_jumps_changes_nothing(
    jump: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time
    jumps = 0

    def jumping() -> float:
        nonlocal jumps
        jumps += 1
        return real() + jumps * jump

    def stop(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed:
            controller.cancel()

    monkeypatch.setattr(time, "time", jumping)
    config = configuration(2_000_000)
    controller = SimulationController(config, stop, tmp_path / "run")
    with pytest.raises(RunCancelledError):
        controller.run()
    resumed = SimulationController.resume(tmp_path / "run").run()
    monkeypatch.undo()
    assert resumed.digest == SimulationController(config).run().digest
    assert resumed.provenance.seconds_playing < 600
