"""Run directories that are damaged or made to do harm: the same bits come of them, or an error."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from failures.mutations import mutated
from failures.trials import Trials, is_clear, said_of
from let_it_ride.analysis.agreement import Compared
from let_it_ride.cli.results import print_results
from let_it_ride.config import FullConfig
from let_it_ride.history import History
from let_it_ride.history.checking import check_run
from let_it_ride.history.run_files import read_entry
from let_it_ride.reports.kept_runs import entry_to_json, line_text
from let_it_ride.reports.run_json import run_to_json
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_beginning import SPARE_FILE, read_spare, write_spare
from let_it_ride.simulation.run_mark import RunMark
from let_it_ride.simulation.run_outcome import OUTCOME_FILE
from let_it_ride.simulation.run_state import RunState

_FILES: Final = (
    *("config.json", "run.json", "spare.json", "results.json", "about.json"),
    *("ledger", "sessions.bin", "counts.bin", "seeds.bin", "log", "lock"),
)
_VALUES: Final[tuple[Any, ...]] = (
    *(0, -1, 1, 2**31, 2**63, -(2**64), 10**4000, 0.5, -0.0, 1e308, 1e-320),
    *(float("nan"), float("inf"), True, None, "", "x" * 70_000, "\x1b[31m\u202e", "\ud800"),
    *("../../../etc/passwd", "/dev/zero", "[/b]", [], {}, [[]] * 9, {"a": {"b": {}}}),
)
_NUMBERS: Final = (0, 1, 7, 99, -1, 2**31, 2**62, 2**63, 2**64, 10**30, 10**90)


@dataclass(frozen=True)
class GoodRun:
    """A run that is complete."""

    directory: Path
    digest: str
    mark: RunMark


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> GoodRun:
    """A run of which everything is known beforehand but the cards."""
    return play(tmp_path_factory.mktemp("good") / "run", {})


@pytest.fixture(scope="module")
def good_tables(tmp_path_factory: pytest.TempPathFactory) -> GoodRun:
    """A run whose number of sessions is chance."""
    return play(tmp_path_factory.mktemp("good") / "run", {"num_seats": 2, "total_rounds": 12})


def play(directory: Path, table: dict[str, int]) -> GoodRun:
    config = FullConfig.model_validate(
        {
            "simulation": {
                "num_sessions": 30,
                "hands_per_session": 10,
                "workers": 1,
                "random_seed": 7,
            },
            "table": table,
        }
    )
    results = SimulationController(config, None, directory).run()
    (directory / "about.json").write_text('{"name": "first evening", "pinned": true}')
    (directory / "log").write_text("2026-11-28T22:15:30+00:00 worker 2 was killed by SIGKILL\n")
    return GoodRun(directory, results.digest, results.mark)


def use(run: GoodRun, directory: Path) -> None:
    """Do with a directory whatever can be done with a run; every error has to be a clear one."""
    entry = read_entry(directory)
    assert is_clear(line_text(entry))
    json.dumps(entry_to_json(entry))
    said = [said_of(lambda: check_run(directory, lambda *_: None))]
    said.append(said_of(lambda: come_to_the_same(run, directory)))
    for each in said:
        assert each is None or is_clear(each), each


def come_to_the_same(run: GoodRun, directory: Path) -> None:
    controller = SimulationController.resume(directory, workers=1)
    results = controller.run()
    assert results.digest == run.digest
    json.dumps(run_to_json(controller.config, results, Compared()))
    print_results(controller.config, results, Compared(), [])
    assert sum(each.hands for each in results) > 0
    assert read_entry(directory).state is RunState.COMPLETE
    assert check_run(directory, lambda *_: None).is_whole


def damaged(file: Path, chance: Random, mark: RunMark) -> None:
    """Change a file of the run with this mark by chance."""
    match chance.randrange(5):
        case 0:
            file.unlink()
        case 1 | 2 if file.name == SPARE_FILE:
            forge_spare(file.parent, chance)
        case 1 | 2 if file.name == OUTCOME_FILE:
            forge_outcome(file, chance, mark)
        case 1 if file.suffix == ".json":
            forge_json(file, chance)
        case 1 | 2 if file.name == "ledger":
            forge_ledger(file, chance, mark)
        case 3:
            os.truncate(file, chance.randint(0, file.stat().st_size))
        case _:
            file.write_bytes(mutated(file.read_bytes(), chance))


def forge_json(file: Path, chance: Random) -> None:
    """Give one value of a file another one, or leave it out."""
    file.write_text(forged_json(file.read_text(), chance))


def forge_outcome(file: Path, chance: Random, mark: RunMark) -> None:
    """Have a run end as it did not, with the right checksum."""
    forge_json(file, chance)
    told = json.loads(file.read_text())
    told.pop("checksum", None)
    told["checksum"] = mark.checksum(json.dumps(told, sort_keys=True))
    file.write_text(json.dumps(told))


def forge_spare(directory: Path, chance: Random) -> None:
    """Copy what the run was not begun with, with the right checksum."""
    spare: dict[str, Any] = read_spare(directory)
    name = chance.choice(list(spare))
    match chance.randrange(5):
        case 0:
            spare[chance.choice(("../run.json", "/run.json", "ledger"))] = spare.pop(name)
        case 1:
            spare[name] = chance.choice(("", "{", "[" * 100_000, "null", "0"))
        case _:
            spare[name] = forged_json(spare[name], chance)
    write_spare(directory, spare)


def forged_json(text: str, chance: Random) -> str:
    data = json.loads(text)
    table = data
    while True:
        key = chance.choice(list(table))
        if not isinstance(table[key], dict) or not table[key] or chance.random() < 0.2:
            break
        table = table[key]
    if chance.random() < 0.1:
        del table[key]
    else:
        table[key] = chance.choice(_VALUES)
    return json.dumps(data)


def forge_ledger(file: Path, chance: Random, mark: RunMark) -> None:
    """Put in lines whose checksums are right and whose numbers are not."""
    lines = file.read_text().splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        *numbers, sha256, at = chance.choice(lines).split()[:-1]
        fields = [chance.choice((int(each), chance.choice(_NUMBERS))) for each in numbers]
        sha256 = chance.choice((sha256, "0" * 64, "g" * 64, "", "ab"))
        forged = FinishedBlock(*fields, sha256, chance.choice((int(at), *_NUMBERS)))
        lines.insert(chance.randint(0, len(lines)), forged.to_line(mark))
    file.write_text("".join(lines))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["good", "good_tables"])
def test_a_damaged_run_gives_the_same_bits_or_a_clear_error(
    kind: str,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    trials: Trials,
    capsys: pytest.CaptureFixture[str],
) -> None:
    good: GoodRun = request.getfixturevalue(kind)
    directory = tmp_path / "run"

    def take(seed: int) -> None:
        chance = Random(seed)
        shutil.rmtree(directory, ignore_errors=True)
        shutil.copytree(good.directory, directory)
        for name in chance.sample(_FILES, chance.choice((1, 1, 2, 3))):
            damaged(directory / name, chance, good.mark)
        if chance.random() < 0.4:  # or all that is wrong with two files would be put right
            (directory / SPARE_FILE).unlink(missing_ok=True)
        use(good, directory)
        said = capsys.readouterr()
        assert is_clear(said.out + said.err + ".")

    trials.run("run directory", lambda chance: chance.getrandbits(40), take, share=0.2)


def test_a_part_of_a_record_at_the_end_shifts_nothing(
    good_tables: GoodRun, tmp_path: Path, trials: Trials
) -> None:
    directory = tmp_path / "run"
    shutil.copytree(good_tables.directory, directory)
    records = directory / "sessions.bin"
    os.truncate(records, records.stat().st_size - 1)
    trials.try_one("run directory", directory, lambda each: use(good_tables, each))


def test_a_second_line_for_a_block_leads_nowhere_else(
    good_tables: GoodRun, tmp_path: Path, trials: Trials
) -> None:
    """Its digest is the right one, and its records are those of another block."""
    directory = tmp_path / "run"
    shutil.copytree(good_tables.directory, directory)
    lines = (directory / "ledger").read_text().splitlines(keepends=True)
    mark = good_tables.mark
    first, second = (FinishedBlock.from_line(line, mark) for line in lines[:2])
    forged = replace(first, place=second.place)
    (directory / "ledger").write_text("".join((*lines, forged.to_line(mark))))
    trials.try_one("run directory", directory, lambda each: use(good_tables, each))
    assert (directory / "ledger").read_text() == "".join(lines)


@pytest.mark.parametrize("name", _FILES)
@pytest.mark.parametrize(
    "make",
    [
        os.mkfifo,
        os.mkdir,
        lambda file: file.symlink_to("/dev/zero"),
        lambda file: file.symlink_to(file),
    ],
    ids=["pipe", "folder", "zeros", "circle"],
)
def test_what_is_no_file_of_a_run_is_neither_waited_for_nor_written_to(
    make: Callable[[Path], None], name: str, good: GoodRun, tmp_path: Path, trials: Trials
) -> None:
    directory = tmp_path / "run"
    shutil.copytree(good.directory, directory)
    (directory / name).unlink()
    make(directory / name)
    trials.try_one("run directory", directory, lambda each: use(good, each))


@pytest.mark.parametrize("name", _FILES)
def test_no_file_outside_of_a_run_is_written_to(
    name: str, good: GoodRun, tmp_path: Path, trials: Trials
) -> None:
    """A run from elsewhere can have links in it that lead to files of the user's own."""
    root, own = tmp_path / "runs", tmp_path / "own"
    own.write_text("mine")
    directory = root / "20261128-221530"
    shutil.copytree(good.directory, directory)
    (directory / name).unlink()
    (directory / name).symlink_to(own)
    if name != "ledger":
        (directory / "ledger").write_text("")  # everything is to be played again
    trials.try_one("run directory", directory, lambda each: use(good, each))
    history = History(root)
    said_of(lambda: history.rename(directory.name, "another"))
    said_of(lambda: history.pin(directory.name, pinned=True))
    said_of(lambda: history.delete(directory.name))
    assert own.read_bytes() == b"mine"
    assert not directory.exists()
