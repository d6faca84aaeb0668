"""Runs whose files are changed, or another run's: they end with the digest they would have had."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from failures.laboratory import Laboratory
from let_it_ride.config import FullConfig
from let_it_ride.plan import compile_plan
from let_it_ride.simulation import controller, run_identity
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.ledger import Ledger
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_outcome import OUTCOME_FILE

_PLAYED: Final = ("ledger", "sessions.bin", "counts.bin", "seeds.bin")


def configuration(seed: int = 7, base_bet: float = 5) -> FullConfig:
    simulation = {
        "num_sessions": 300,
        "hands_per_session": 50,
        "workers": 1,
        "random_seed": seed,
        "verify": "off",
    }
    return FullConfig.model_validate({"simulation": simulation, "bankroll": {"base_bet": base_bet}})


def digest_of(run: SimulationController) -> str:
    results = run.run()
    results.release()
    return results.digest


@dataclass(frozen=True)
class Undisturbed:
    """A run to which nothing has happened."""

    directory: Path
    digest: str

    def copied_to(self, directory: Path) -> Path:
        shutil.copytree(self.directory, directory)
        return directory


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """A complete run."""
    directory = tmp_path_factory.mktemp("undisturbed") / "run"
    return Undisturbed(directory, digest_of(SimulationController(configuration(), None, directory)))


def resumed_digest(directory: Path) -> str:
    return digest_of(SimulationController.resume(directory))


def played_otherwise(directory: Path) -> SimulationResults:
    """The same run by a version whose kernel plays it as if the base bet were another."""
    with pytest.MonkeyPatch.context() as patch:
        plan = compile_plan(configuration(base_bet=10))
        patch.setattr(controller, "compile_plan", lambda _: plan)
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
