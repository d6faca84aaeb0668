"""Runs whose files are changed, or another run's: they end with the digest they would have had."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from failures.laboratory import Laboratory
from let_it_ride.config import FullConfig
from let_it_ride.planning import compile_plan
from let_it_ride.simulation import controller, run_identity
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import DamagedBlocksError, RunCancelledError, RunGoneError
from let_it_ride.simulation.ledger import Ledger
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_outcome import OUTCOME_FILE
from let_it_ride.simulation.summary import Summary

_PLAYED: Final = ("ledger", "sessions.bin", "counts.bin", "seeds.bin")


def configuration(
    seed: int = 7, base_bet: float = 5, workers: int = 1, verify: str = "off"
) -> FullConfig:
    simulation = {
        "num_sessions": 300,
        "hands_per_session": 50,
        "workers": workers,
        "random_seed": seed,
        "verify": verify,
    }
    return FullConfig.model_validate({"simulation": simulation, "bankroll": {"base_bet": base_bet}})


@dataclass(frozen=True)
class Undisturbed:
    """A run to which nothing has happened."""

    directory: Path
    digest: str
    summary: Summary

    def copied_to(self, directory: Path) -> Path:
        shutil.copytree(self.directory, directory)
        return directory


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A complete run."""
    directory = tmp_path_factory.mktemp("undisturbed") / "run"
    results = SimulationController(configuration(), None, directory).run()
    results.release()
    return Undisturbed(directory, results.digest, results.summary)


def resumed_digest(directory: Path) -> str:
    results = SimulationController.resume(directory).run()
    results.release()
    return results.digest


def played_otherwise(directory: Path) -> SimulationResults:
    """The same run by a version whose kernel plays it as if the base bet were another."""
    with pytest.MonkeyPatch.context() as patch:
        plan = compile_plan(configuration(base_bet=10))
        patch.setattr(controller, "compile_plan", lambda *_: plan)
        patch.setattr(run_identity, "digest_of_kernels", lambda: "0" * 64)
        return SimulationController(configuration(), None, directory).run()


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Complete runs of the same shape, by what is another in them."""
    place = tmp_path_factory.mktemp("foreign")
    SimulationController(configuration(seed=8), None, place / "seed").run()
    SimulationController(configuration(base_bet=10), None, place / "configuration").run()
    played_otherwise(place / "kernel")
    return {other.name: other for other in place.iterdir()}


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize("other", ["seed", "configuration", "kernel"])
def test_what_another_run_has_played_is_not_taken_for_its_own(
    other: str,
    is_complete: bool,
    undisturbed: Undisturbed,
    foreign: dict[str, Path],
    tmp_path: Path,
    laboratory: Laboratory,
) -> None:
    directory = undisturbed.copied_to(tmp_path / "run")
    for name in (*_PLAYED, OUTCOME_FILE):
        shutil.copy(foreign[other] / name, directory / name)
    if not is_complete:
        (directory / OUTCOME_FILE).unlink()
    assert resumed_digest(directory) == undisturbed.digest
    laboratory.resumed("with files of another run")


def test_of_blocks_and_an_end_that_contradict_each_other_neither_is_believed(
    undisturbed: Undisturbed, foreign: dict[str, Path], tmp_path: Path, laboratory: Laboratory
) -> None:
    directory = undisturbed.copied_to(tmp_path / "run")
    mark = RunIdentity.read(directory).mark
    other = RunIdentity.read(foreign["kernel"]).mark
    for name in ("sessions.bin", "counts.bin"):
        shutil.copy(foreign["kernel"] / name, directory / name)
    ledger = Ledger(foreign["kernel"] / "ledger", other).read(1000)
    Ledger(directory / "ledger", mark).rewrite(ledger)
    assert resumed_digest(directory) == undisturbed.digest
    laboratory.resumed("with forged blocks")


class Flips:
    """Flips a bit of a file of a run at a moment of its progress: at most so often."""

    def __init__(
        self, file: Path, place: int, is_time: Callable[[RunProgress], bool], most: int = 1
    ) -> None:
        self._file = file
        self._place = place
        self._is_time = is_time
        self.left = most

    def __call__(self, progress: RunProgress) -> None:
        if self.left and self._is_time(progress):
            self.left -= 1
            with self._file.open("r+b") as file:
                file.seek(self._place, os.SEEK_END if self._place < 0 else os.SEEK_SET)
                byte = file.read(1)[0]
                file.seek(-1, os.SEEK_CUR)
                file.write(bytes([byte ^ 4]))


def when_playing_begins(progress: RunProgress) -> bool:
    return progress.phase is Phase.PLAYING


def when_all_is_played(progress: RunProgress) -> bool:
    return progress.phase is Phase.PLAYING and progress.completed == progress.total


def when_all_is_checked(progress: RunProgress) -> bool:
    return progress.phase is Phase.CHECKING and progress.completed == progress.total


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("name", "is_time"),
    [
        ("seeds.bin", when_playing_begins),
        ("seeds.bin", when_all_is_played),
        ("sessions.bin", when_all_is_played),
        ("counts.bin", when_all_is_played),
    ],
)
def test_a_bit_that_flips_while_a_run_is_played_is_in_no_result(
    name: str,
    is_time: Callable[[RunProgress], bool],
    workers: int,
    undisturbed: Undisturbed,
    tmp_path: Path,
    laboratory: Laboratory,
) -> None:
    flips = Flips(tmp_path / "run" / name, -4, is_time)
    config = configuration(workers=workers, verify="full")
    results = SimulationController(config, flips, tmp_path / "run").run()
    assert not flips.left
    assert (results.digest, results.summary) == (undisturbed.digest, undisturbed.summary)
    assert results.equivalence is None or results.equivalence.equal
    laboratory.resumed(f"after a flipped bit of {name}")


def test_a_block_that_was_played_from_a_flipped_seed_is_played_again_by_resuming(
    undisturbed: Undisturbed, tmp_path: Path, laboratory: Laboratory
) -> None:
    directory = tmp_path / "run"
    flips = Flips(directory / "seeds.bin", -4, when_playing_begins)

    def disturb(progress: RunProgress) -> None:
        flips(progress)
        if when_all_is_played(progress):
            run.cancel()

    run = SimulationController(configuration(), disturb, directory)
    with pytest.raises(RunCancelledError, match="when all 300 sessions had been played"):
        run.run()
    assert resumed_digest(directory) == undisturbed.digest
    seeds = (undisturbed.directory / "seeds.bin").read_bytes()
    assert (directory / "seeds.bin").read_bytes() == seeds
    laboratory.resumed("after a flipped bit of seeds.bin")


def test_a_bit_that_flips_after_a_run_was_checked_is_in_no_result(
    undisturbed: Undisturbed, tmp_path: Path, laboratory: Laboratory
) -> None:
    directory = undisturbed.copied_to(tmp_path / "run")
    flips = Flips(directory / "sessions.bin", 0, when_all_is_checked)
    results = SimulationController.resume(directory, flips).run()
    assert not flips.left
    assert (results.digest, results.summary) == (undisturbed.digest, undisturbed.summary)
    laboratory.resumed("after a flipped bit of sessions.bin")


def test_a_disk_that_flips_bits_time_and_again_is_said_to(tmp_path: Path) -> None:
    directory = tmp_path / "run"
    flips = Flips(directory / "sessions.bin", 0, when_all_is_played, most=100)
    with pytest.raises(DamagedBlocksError, match="the disk may be failing"):
        SimulationController(configuration(), flips, directory).run()
    assert 90 < flips.left < 99


@pytest.mark.parametrize("workers", [1, 2])
def test_of_a_run_that_is_removed_while_it_is_played_nothing_is_promised(
    workers: int, tmp_path: Path
) -> None:
    directory = tmp_path / "run"

    def remove(progress: RunProgress) -> None:
        if when_playing_begins(progress) and directory.exists():
            shutil.rmtree(directory)

    with pytest.raises(RunGoneError, match="nothing of it is left"):
        SimulationController(configuration(workers=workers), remove, directory).run()
    assert not directory.exists()
