"""A run that did not come to its end is gone on with, and only if it is the same run."""

import errno
import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

import let_it_ride
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation import run_identity
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import (
    RunCancelledError,
    RunLockedError,
    RunMismatchError,
)
from let_it_ride.simulation.ledger import FinishedBlock, Ledger
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_beginning import (
    CONFIG_FILE,
    IDENTITY_FILE,
    SPARE_FILE,
    read_spare,
    write_spare,
)
from let_it_ride.simulation.run_identity import RunIdentity, read_config
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_lock import RunLock
from let_it_ride.simulation.run_outcome import OUTCOME_FILE

_TABLES = {"num_seats": 3, "total_rounds": 90}


def configuration(**simulation: object) -> FullConfig:
    settings = {
        "num_sessions": 1000,
        "hands_per_session": 50,
        "workers": 1,
        "random_seed": 7,
        "verify": "off",
    }
    return FullConfig.model_validate({"simulation": settings | simulation})


def tables() -> FullConfig:
    return configuration(num_sessions=100).model_copy(
        update={"table": FullConfig.model_validate({"table": _TABLES}).table}
    )


def interrupted(config: FullConfig, directory: Path, blocks: int = 20) -> None:
    """Leave a run as a program does that is killed when it has entered some blocks."""
    results = SimulationController(config, None, directory).run()
    ledger = directory / "ledger"
    lines = ledger.read_text().splitlines(keepends=True)[:blocks]
    kept = [FinishedBlock.from_line(line, results.mark) for line in lines]
    ledger.write_text("".join(lines))
    size = next(results.columns()).itemsize
    with (directory / "sessions.bin").open("r+b") as file:
        file.truncate(size * max(entry.place + entry.sessions for entry in kept))
    (directory / OUTCOME_FILE).unlink()


def equal(one: SimulationResults, other: SimulationResults) -> bool:
    both = zip(one.columns(), other.columns(), strict=True)
    return (
        one.digest == other.digest
        and one.summary == other.summary
        and np.array_equal(one.dealt, other.dealt)
        and all(np.array_equal(*pair) for pair in both)
    )


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("config", [configuration(), tables()], ids=["sessions", "tables"])
def test_a_resumed_run_is_the_uninterrupted_one(
    config: FullConfig, workers: int, run_directory: Path
) -> None:
    interrupted(config, run_directory, blocks=5)
    played_before = (run_directory / "ledger").read_text()
    told: list[RunProgress] = []
    resumed = SimulationController.resume(run_directory, told.append, workers=workers).run()
    assert equal(resumed, SimulationController(config).run())
    assert resumed.provenance.workers == workers
    ledger = (run_directory / "ledger").read_text()
    assert ledger.startswith(played_before)
    assert len(ledger.splitlines()) == resumed.plan.blocks
    playing = [each for each in told if each.phase is Phase.PLAYING]
    assert playing[0].before == resumed.plan.tables_of(range(played_before.count("\n")))
    assert playing[-1].completed == playing[-1].total


def test_a_complete_run_is_opened_and_not_played(run_directory: Path) -> None:
    results = SimulationController(configuration(workers=2, verify="full"), None, run_directory)
    played = results.run()
    told: list[RunProgress] = []
    opened = SimulationController.resume(run_directory, told.append).run()
    assert equal(opened, played)
    assert (opened.provenance, opened.equivalence) == (played.provenance, played.equivalence)
    assert {each.phase for each in told} == {Phase.CHECKING, Phase.SUMMARISING}


@pytest.mark.parametrize("name", ["sessions.bin", "counts.bin", "ledger", "seeds.bin"])
@pytest.mark.parametrize("harm", ["flip", "truncate", "remove"])
def test_what_is_damaged_is_found_and_played_again(
    name: str, harm: str, run_directory: Path
) -> None:
    config = configuration()
    interrupted(config, run_directory, blocks=40)
    file = run_directory / name
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0x10
    if harm == "flip":
        file.write_bytes(content)
    elif harm == "truncate":
        file.write_bytes(content[: len(content) // 3])
    else:
        file.unlink()
    resumed = SimulationController.resume(run_directory).run()
    assert equal(resumed, SimulationController(config).run())


def test_a_complete_run_that_was_damaged_since_is_mended(run_directory: Path) -> None:
    config = configuration(workers=2, verify="full")
    played = SimulationController(config, None, run_directory).run()
    with (run_directory / "sessions.bin").open("r+b") as file:
        file.seek(20_000)
        file.write(b"\xff" * 40)
    # Who reads a run has it as it is.
    with pytest.raises(RunLockedError, match="or reads it"):
        SimulationController.resume(run_directory).run()
    played.release()
    told: list[RunProgress] = []
    mended = SimulationController.resume(run_directory, told.append).run()
    said = [each.events for each in told if each.events][-1]
    assert "were not as they had been written; they are played again" in said[0]
    assert mended.digest == played.digest
    assert mended.equivalence is not None
    assert mended.equivalence.equal
    assert "were not as they had been written" in (run_directory / "log").read_text()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"version": "0.0.9"}, "version of lir-tui: 0.0.9 when it was begun"),
        ({"kernel": "0" * 64}, "kernel: 0000"),
        ({"config_sha256": "0" * 64}, "configuration: 0000"),
        ({"format": 1}, "format of its files: 1 when it was begun, 2 now"),
        ({"seed": 8}, "seed: 8 when it was begun, 7 now"),
    ],
)
def test_a_run_that_would_be_another_is_not_gone_on_with(
    change: dict[str, object], says: str, run_directory: Path
) -> None:
    interrupted(configuration(), run_directory)
    rewrite_identity(run_directory, change)
    ledger = (run_directory / "ledger").read_bytes()
    with pytest.raises(RunMismatchError) as caught:
        SimulationController.resume(run_directory).run()
    assert says in str(caught.value)
    assert (run_directory / "ledger").read_bytes() == ledger


def test_a_complete_run_of_another_version_is_read_and_never_mended(
    run_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(let_it_ride, "__version__", "0.0.9")
    monkeypatch.setattr(run_identity, "digest_of_kernels", lambda: "0" * 64)
    played = SimulationController(configuration(), None, run_directory).run()
    monkeypatch.undo()
    assert equal(SimulationController.resume(run_directory).run(), played)
    with (run_directory / "sessions.bin").open("r+b") as file:
        file.write(b"\xff" * 40)
    files = {file: file.read_bytes() for file in run_directory.iterdir()}
    with pytest.raises(RunMismatchError, match="version of lir-tui"):
        SimulationController.resume(run_directory).run()
    assert {file: file.read_bytes() for file in run_directory.iterdir()} == files


def rewrite_identity(directory: Path, change: dict[str, object]) -> None:
    """Have a run say, wherever it says it, that it is another."""
    file = directory / IDENTITY_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    write_spare(directory, {IDENTITY_FILE: file.read_text()})


def change_base_bet(directory: Path) -> None:
    file = directory / CONFIG_FILE
    config = json.loads(file.read_text())
    config["bankroll"]["base_bet"] = 10
    file.write_text(json.dumps(config))


def test_a_run_whose_configuration_was_changed_is_gone_on_with_as_it_was_begun(
    run_directory: Path,
) -> None:
    interrupted(configuration(), run_directory)
    begun = (run_directory / CONFIG_FILE).read_bytes()
    change_base_bet(run_directory)
    resumed = SimulationController.resume(run_directory).run()
    assert equal(resumed, SimulationController(configuration()).run())
    assert (run_directory / CONFIG_FILE).read_bytes() == begun
    assert "config.json was not as it had been written" in (run_directory / "log").read_text()


def test_without_the_copy_a_run_whose_configuration_was_changed_is_not_gone_on_with(
    run_directory: Path,
) -> None:
    interrupted(configuration(), run_directory)
    (run_directory / SPARE_FILE).unlink()
    change_base_bet(run_directory)
    with pytest.raises(RunMismatchError, match="configuration"):
        SimulationController.resume(run_directory).run()


@pytest.mark.parametrize("name", [CONFIG_FILE, IDENTITY_FILE, SPARE_FILE])
def test_no_flipped_bit_makes_a_run_another_or_none(name: str, run_directory: Path) -> None:
    interrupted(configuration(), run_directory)
    identity = RunIdentity.read(run_directory)
    whole = bytearray((run_directory / name).read_bytes())
    for place in range(0, len(whole), 5):
        flipped = whole.copy()
        flipped[place] ^= 1 << (place % 8)
        (run_directory / name).write_bytes(flipped)
        assert RunIdentity.read(run_directory) == identity
        config = read_config(run_directory)
        plan = compile_plan(config)
        assert RunIdentity.of(config, plan, RunLayout.of(plan)).differences(identity) == ()
    assert equal(
        SimulationController.resume(run_directory).run(),
        SimulationController(configuration()).run(),
    )
    assert read_spare(run_directory).keys() == {CONFIG_FILE, IDENTITY_FILE}


@pytest.mark.parametrize("is_whole", [False, True])
def test_the_copy_of_another_run_is_not_heeded(
    is_whole: bool, run_directory: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    SimulationController(configuration(random_seed=8), None, other).run()
    interrupted(configuration(), run_directory)
    if is_whole:
        SimulationController.resume(run_directory).run()
    (run_directory / SPARE_FILE).write_bytes((other / SPARE_FILE).read_bytes())
    resumed = SimulationController.resume(run_directory).run()
    assert equal(resumed, SimulationController(configuration()).run())
    assert resumed.provenance.seed == 7


def test_what_changes_no_result_may_be_changed(run_directory: Path) -> None:
    interrupted(configuration(), run_directory)
    file = run_directory / CONFIG_FILE
    config = json.loads(file.read_text())
    config["simulation"] |= {"workers": 3, "verify": "full", "progress_interval": 5}
    config["metadata"] = {"name": "another name"}
    file.write_text(json.dumps(config))
    resumed = SimulationController.resume(run_directory).run()
    assert equal(resumed, SimulationController(configuration()).run())
    assert resumed.equivalence is not None


def test_two_programs_do_not_play_one_run(run_directory: Path) -> None:
    interrupted(configuration(), run_directory)
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(run_directory)],
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(RunLockedError, match="another program plays this run now"):
            SimulationController.resume(run_directory).run()
        holder.kill()
    # However it ends, its lock is stale at once.
    assert len(SimulationController.resume(run_directory).run()) == 1000


_HOLD = """
import sys
from pathlib import Path
from let_it_ride.simulation.run_lock import RunLock

lock = RunLock(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_run_is_free_when_it_has_ended_or_failed(run_directory: Path) -> None:
    interrupted(configuration(), run_directory)
    RunLock(run_directory).release()
    SimulationController.resume(run_directory).run()
    RunLock(run_directory).release()


def test_a_cancelled_run_can_be_gone_on_with(run_directory: Path) -> None:
    def cancel(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and progress.completed:
            controller.cancel()

    config = configuration(workers=2, num_sessions=2_000_000)
    controller = SimulationController(config, cancel, run_directory)
    with pytest.raises(RunCancelledError):
        controller.run()
    kept = (run_directory / "ledger").read_text()
    assert 0 < len(kept.splitlines()) < compile_plan(config).blocks
    assert SimulationController.resume(run_directory).run().summary.sessions == 2_000_000
    assert (run_directory / "ledger").read_text().startswith(kept)


def test_a_full_disk_pauses_a_run_until_there_is_room(
    run_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[str] = []
    room = threading.Event()
    real = os.pwrite

    def pwrite(handle: int, data: bytes, offset: int) -> int:
        if (run_directory / "ledger").read_bytes().count(b"\n") >= 20 and not room.is_set():
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, data, offset)

    def make_room(progress: RunProgress) -> None:
        if progress.paused:
            pauses.append(progress.paused)
            room.set()

    monkeypatch.setattr(os, "pwrite", pwrite)
    results = SimulationController(configuration(), make_room, run_directory).run()
    assert len(pauses) == 1
    assert "no room left on this disk" in pauses[0]
    log = (run_directory / "log").read_text().splitlines()
    noted = [f"paused: {pauses[0]}", "there is room again; the run goes on"]
    assert [line.partition(" ")[2] for line in log] == noted
    monkeypatch.undo()
    assert equal(results, SimulationController(configuration()).run())


def test_a_paused_run_can_be_stopped(run_directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*_: object) -> int:
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    def cancel(progress: RunProgress) -> None:
        if progress.paused:
            controller.cancel()

    controller = SimulationController(configuration(), cancel, run_directory)
    monkeypatch.setattr(os, "pwrite", no_room)
    with pytest.raises(RunCancelledError):
        controller.run()
    monkeypatch.undo()
    assert len(SimulationController.resume(run_directory).run()) == 1000


def test_what_there_is_no_room_to_enter_counts_as_not_played(
    run_directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Ledger.append
    paused: list[RunProgress] = []

    def append(ledger: Ledger, entries: Sequence[FinishedBlock], at: int) -> None:
        if len(ledger.read(1000)) + len(entries) > 20:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(ledger, entries, at)

    def cancel(progress: RunProgress) -> None:
        if progress.paused:
            paused.append(progress)
            if len(paused) == 5:  # by now all of it could have been played
                controller.cancel()

    controller = SimulationController(configuration(workers=2), cancel, run_directory)
    monkeypatch.setattr(Ledger, "append", append)
    with pytest.raises(RunCancelledError) as caught:
        controller.run()
    monkeypatch.undo()
    mark = RunIdentity.read(run_directory).mark
    kept = sum(entry.sessions for entry in Ledger(run_directory / "ledger", mark).read(1000))
    assert kept < 1000
    assert {progress.completed for progress in paused} == {kept}
    assert caught.value.completed == kept
