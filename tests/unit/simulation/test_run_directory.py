"""A run on disk: what is written is read back, and what is wrong with it is said."""

import errno
import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from let_it_ride.simulation import run_directory
from let_it_ride.simulation.records import SESSION_RECORD
from let_it_ride.simulation.run_directory import (
    BlockDigest,
    FinishedBlock,
    RunDirectory,
    RunDirectoryError,
    RunLayout,
    digest_of_blocks,
)

LAYOUT = RunLayout(tables=10, block_tables=4, sessions_at_table=1, counts=3, record=SESSION_RECORD)
BY_CHANCE = replace(LAYOUT, sessions_at_table=None)


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory.create(tmp_path / "run", LAYOUT)


def block_of(sessions: int, first_profit: int = 0) -> np.ndarray:
    records = np.zeros(sessions, dtype=SESSION_RECORD)
    records["profit"] = np.arange(first_profit, first_profit + sessions)
    return records


def test_blocks_come_back_whatever_the_order_of_writing(run: RunDirectory) -> None:
    for block, sessions in ((2, 2), (0, 4), (1, 4)):
        dealt = np.full(3, block, dtype=np.uint32)
        assert run.write_block(block, [block_of(sessions, 4 * block)], dealt) == 4 * block
    assert run.records(0, 10)["profit"].tolist() == list(range(10))
    assert [run.counts(block).tolist() for block in range(3)] == [[0] * 3, [1] * 3, [2] * 3]


def test_blocks_of_any_size_lie_one_after_the_other_as_they_come(tmp_path: Path) -> None:
    run = RunDirectory.create(tmp_path / "run", BY_CHANCE)
    counts = np.zeros(3, dtype=np.uint32)
    places = {block: run.write_block(block, [block_of(block + 1)], counts) for block in (2, 0, 1)}
    assert places == {2: 0, 0: 3, 1: 4}
    assert run.records(3, 3)["profit"].tolist() == [0, 0, 1]


@pytest.mark.parametrize("layout", [LAYOUT, BY_CHANCE])
def test_a_block_is_written_piece_by_piece_however_large(
    layout: RunLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_directory, "_HELD_IN_MEMORY", 3 * SESSION_RECORD.itemsize)
    run = RunDirectory.create(tmp_path / "run", layout)
    counts = np.zeros(3, dtype=np.uint32)

    def pieces() -> Iterator[np.ndarray]:
        for first in range(10):
            yield block_of(1, first)
        counts[:] = 5

    assert run.write_block(0, pieces(), counts) == 0
    assert run.records(0, 10)["profit"].tolist() == list(range(10))
    assert run.counts(0).tolist() == [5, 5, 5]
    names = {"sessions.bin", "counts.bin", "ledger"}
    assert {path.name for path in run.path.iterdir()} == names


def test_processes_that_write_at_once_do_not_write_over_each_other(tmp_path: Path) -> None:
    run = RunDirectory.create(tmp_path / "run", BY_CHANCE)
    counts = np.zeros(3, dtype=np.uint32)

    def write_some(first: int) -> list[int]:
        return [run.write_block(0, [block_of(7, first + 7 * k)], counts) for k in range(100)]

    with ThreadPoolExecutor(4) as pool:
        places = [place for some in pool.map(write_some, range(0, 2_800, 700)) for place in some]
    assert sorted(places) == list(range(0, 2_800, 7))
    for number, place in enumerate(places):
        assert run.records(place, 1)["profit"] == 7 * number


def test_seeds_come_back(run: RunDirectory) -> None:
    arrays = [np.arange(0, 7, dtype=np.uint32), np.arange(7, 10, dtype=np.uint32)]
    assert list(run.write_seeds(arrays)) == [7, 10]
    assert run.seeds(5, 4).tolist() == [5, 6, 7, 8]


def test_the_ledger_comes_back_in_the_order_of_the_blocks(run: RunDirectory) -> None:
    entries = [FinishedBlock(n, 4 * n, 4, 100 + n, f"{n:064x}") for n in (2, 0, 1)]
    run.enter(entries[:1])
    run.enter(entries[1:])
    assert list(run.ledger().items()) == [(0, entries[1]), (1, entries[2]), (2, entries[0])]


@pytest.mark.parametrize("damage", [b"7", b" ", b"\xff"])
def test_a_damaged_ledger_is_refused(run: RunDirectory, damage: bytes) -> None:
    run.enter([FinishedBlock(0, 0, 4, 100, "ab" * 32)])
    ledger = run.path / "ledger"
    whole = ledger.read_bytes()
    for at in range(len(whole) - 1):
        if whole[at : at + 1] == damage:
            continue
        ledger.write_bytes(whole[:at] + damage + whole[at + 1 :])
        with pytest.raises(RunDirectoryError, match="ledger"):
            run.ledger()


def test_a_torn_ledger_is_refused(run: RunDirectory) -> None:
    run.enter([FinishedBlock(0, 0, 4, 100, "ab" * 32)])
    ledger = run.path / "ledger"
    whole = ledger.read_bytes()
    for length in range(1, len(whole) - 1):
        ledger.write_bytes(whole[:length])
        with pytest.raises(RunDirectoryError):
            run.ledger()


def test_a_directory_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(RunDirectoryError, match="not empty"):
        RunDirectory.create(tmp_path, LAYOUT)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_no_room_is_said_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", no_room, raising=False)
    with pytest.raises(RunDirectoryError, match="no room left"):
        RunDirectory.create(tmp_path / "run", LAYOUT)


def test_a_file_system_that_cannot_reserve_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_here(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "posix_fallocate", not_here, raising=False)
    run = RunDirectory.create(tmp_path / "run", LAYOUT)
    assert run.records(0, 10)["profit"].tolist() == [0] * 10


def test_missing_records_are_said(run: RunDirectory) -> None:
    with (run.path / "sessions.bin").open("r+b") as file:
        file.truncate(100)
    with pytest.raises(RunDirectoryError, match="too short"):
        run.records(0, 10)


def test_a_block_s_digest_covers_its_records_and_its_counts() -> None:
    records, dealt = block_of(3), np.arange(5, dtype=np.uint32)
    expected = hashlib.sha256(records.tobytes() + dealt.tobytes()).hexdigest()
    for cut in range(4):
        digest = BlockDigest()
        digest.add(records[:cut])
        digest.add(records[cut:])
        assert digest.whole(dealt) == expected


def test_the_run_s_digest_is_taken_over_the_blocks_digests_in_order() -> None:
    first, second = "ab" * 32, "cd" * 32
    expected = hashlib.sha256(bytes.fromhex(first + second)).hexdigest()
    assert digest_of_blocks([first, second]) == expected
    assert digest_of_blocks([second, first]) != expected
