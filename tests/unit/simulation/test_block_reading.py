"""A block comes through whole if it is as it was entered, and was played from its seeds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation import run_directory
from let_it_ride.simulation.block_digest import BlockDigest
from let_it_ride.simulation.block_reading import BlockReader, DamagedBlockError
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_mark import RunMark

_BLOCK = 1
_SEEDS = np.array([7, 2**31 - 1, 9], dtype=np.uint32)


def plan_of(seats: int) -> SessionPlan:
    """Tables of so many seats, three to a block."""
    simulation = {"num_sessions": 3 * 64, "hands_per_session": 10}
    config = {"simulation": simulation, "table": {"num_seats": seats}}
    plan = compile_plan(FullConfig.model_validate(config))
    assert plan.block_tables == len(_SEEDS)
    return plan


class Written:
    """A block as it is written, and what reading it gives."""

    def __init__(
        self, directory: Path, seats: int, change: Callable[[NDArray[Any]], object] | None = None
    ) -> None:
        self.plan = plan_of(seats)
        self.layout = RunLayout.of(self.plan)
        self.records = np.zeros(3 * seats, dtype=self.layout.record)
        self.records["seed"] = np.repeat(_SEEDS, seats)
        if seats > 1:
            self.records["table"] = np.repeat([3, 4, 5], seats)
            self.records["seat"] = np.tile(range(seats), 3)
        if change is not None:
            change(self.records)
        counts = np.arange(self.layout.counts, dtype=np.uint32)
        self.run = RunDirectory.create(directory, self.layout, RunMark.of({}))
        self.place = self.run.write_block(_BLOCK, [self.records], counts)
        digest = BlockDigest()
        digest.add(self.records)
        sha256 = digest.whole(counts)
        self.entry = FinishedBlock(_BLOCK, self.place, len(self.records), 100, sha256)

    def is_whole(self, seeds: NDArray[np.uint32] = _SEEDS) -> bool:
        try:
            read = list(BlockReader(self.plan, self.run).pages(self.entry, seeds))
        except DamagedBlockError:
            return False
        assert np.array_equal(np.concatenate(read), self.records)
        return True


@pytest.mark.parametrize("seats", [1, 2])
@pytest.mark.parametrize("at_once", [1 << 18, 2])
def test_a_block_is_whole_until_a_byte_of_it_changes(
    seats: int, at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_directory, "RECORDS_AT_ONCE", at_once)
    written = Written(tmp_path / "run", seats)
    assert written.is_whole()
    size = written.records.itemsize
    counts = 4 * written.layout.counts
    parts = (
        ("sessions.bin", written.place * size, written.records.nbytes, 5),
        ("counts.bin", _BLOCK * counts, counts, 997),
    )
    for name, first, length, step in parts:
        file = written.run.path / name
        whole = file.read_bytes()
        for at in {first - 1, first, first + length - 1, first + length, *range(0, 4000, step)}:
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert written.is_whole() == (not first <= at < first + length), (name, at)
        file.write_bytes(whole)
    (written.run.path / "counts.bin").unlink()
    assert not written.is_whole()


@pytest.mark.parametrize("seats", [1, 2])
@pytest.mark.parametrize("table", range(3))
def test_a_block_that_was_played_from_another_seed_is_not_right(
    seats: int, table: int, tmp_path: Path
) -> None:
    written = Written(tmp_path / "run", seats)
    drawn = _SEEDS.copy()
    drawn[table] ^= 1
    assert not written.is_whole(drawn)


def _with(name: str, value: int, row: int = 0) -> Callable[[NDArray[Any]], object]:
    def change(records: NDArray[Any]) -> None:
        records[name][row] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _with("stop_reason", len(StopReason)),
        _with("seat", 2, 5),
        _with("table", 2),
        _with("table", 6, 5),
        _with("table", 2**32 - 1, 2),
        lambda records: np.copyto(records, records[::-1].copy()),
    ],
)
def test_what_cannot_be_played_is_not_right_whatever_its_digest(
    change: Callable[[NDArray[Any]], object], tmp_path: Path
) -> None:
    assert not Written(tmp_path / "run", 2, change).is_whole()
