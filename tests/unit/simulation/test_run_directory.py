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
from let_it_ride.simulation.block_digest import BlockDigest, digest_of_blocks
from let_it_ride.simulation.errors import NoRoomError, RunDirectoryError, RunLockedError
from let_it_ride.simulation.ledger import FinishedBlock, seconds_of_playing
from let_it_ride.simulation.records import SESSION_RECORD
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_lock import LOCK_FILE, is_played
from let_it_ride.simulation.run_mark import RunMark

MARK = RunMark.of({"seed": 7})
LAYOUT = RunLayout(tables=10, block_tables=4, sessions_at_table=1, counts=3, record=SESSION_RECORD)
BY_CHANCE = replace(LAYOUT, sessions_at_table=None)


@pytest.fixture
def run(tmp_path: Path) -> RunDirectory:
    return RunDirectory.create(tmp_path / "run", LAYOUT, MARK)


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
    run = RunDirectory.create(tmp_path / "run", BY_CHANCE, MARK)
    counts = np.zeros(3, dtype=np.uint32)
    places = {block: run.write_block(block, [block_of(block + 1)], counts) for block in (2, 0, 1)}
    assert places == {2: 0, 0: 3, 1: 4}
    assert run.records(3, 3)["profit"].tolist() == [0, 0, 1]


@pytest.mark.parametrize("layout", [LAYOUT, BY_CHANCE])
def test_a_block_is_written_piece_by_piece_however_large(
    layout: RunLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_directory, "_COPIED_AT_ONCE", 3 * SESSION_RECORD.itemsize)
    run = RunDirectory.create(tmp_path / "run", layout, MARK)
    counts = np.zeros(3, dtype=np.uint32)

    def pieces() -> Iterator[np.ndarray]:
        for first in range(10):
            yield block_of(1, first)
        counts[:] = 5

    assert run.write_block(0, pieces(), counts) == 0
    assert run.records(0, 10)["profit"].tolist() == list(range(10))
    assert run.counts(0).tolist() == [5, 5, 5]
    names = {"seeds.bin", "sessions.bin", "counts.bin", "ledger", "lock"}
    assert {path.name for path in run.path.iterdir()} == names


def test_processes_that_write_at_once_do_not_write_over_each_other(tmp_path: Path) -> None:
    run = RunDirectory.create(tmp_path / "run", BY_CHANCE, MARK)
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


@pytest.mark.parametrize("layout", [LAYOUT, BY_CHANCE])
def test_a_block_that_finds_no_room_goes_on_when_there_is_some(
    layout: RunLayout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = RunDirectory.create(tmp_path / "run", layout, MARK)
    write, room, tries = os.pwrite, 150, list[NoRoomError]()

    def write_some(handle: int, data: memoryview, offset: int) -> int:
        nonlocal room
        if not room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(handle, data[:room], offset)
        room -= written
        return written

    def make_room(error: NoRoomError) -> None:
        nonlocal room
        tries.append(error)
        room = 150

    monkeypatch.setattr(os, "pwrite", write_some)
    monkeypatch.setattr(run_directory, "_COPIED_AT_ONCE", 2 * SESSION_RECORD.itemsize)
    run.when_full = make_room
    counts = np.arange(3, dtype=np.uint32)
    assert run.write_block(0, [block_of(2, 2 * k) for k in range(5)], counts) == 0
    assert len(tries) > 2
    assert run.records(0, 10)["profit"].tolist() == list(range(10))
    assert run.counts(0).tolist() == [0, 1, 2]


ENTRIES = [FinishedBlock(n, 4 * n, 4 if n < 2 else 2, 100 + n, f"{n:064x}") for n in range(3)]


def test_the_ledger_comes_back_in_the_order_of_the_blocks(run: RunDirectory) -> None:
    entries = [ENTRIES[2], ENTRIES[0], ENTRIES[1]]
    run.enter(entries[:1])
    run.enter(entries[1:])
    assert list(run.ledger().items()) == list(enumerate(ENTRIES))
    assert run.entries() == entries


@pytest.mark.parametrize("damage", [b"7", b" ", b"\xff", b"\n"])
def test_of_a_damaged_ledger_the_other_lines_are_left(run: RunDirectory, damage: bytes) -> None:
    run.enter(ENTRIES)
    ledger = run.path / "ledger"
    whole = ledger.read_bytes()
    begin, end = whole.index(b"\n") + 1, whole.index(b"\n", whole.index(b"\n") + 1)
    for at in range(begin, end):
        if whole[at : at + 1] == damage:
            continue
        ledger.write_bytes(whole[:at] + damage + whole[at + 1 :])
        assert run.entries() == [ENTRIES[0], ENTRIES[2]]


def test_of_a_torn_ledger_the_whole_lines_are_left(run: RunDirectory) -> None:
    run.enter(ENTRIES)
    ledger = run.path / "ledger"
    whole = ledger.read_bytes()
    for length in range(len(whole)):
        ledger.write_bytes(whole[:length])
        # A line is whole without the sign of its end, whose loss says nothing wrong.
        lines = (whole[:length] + b"\n").count(b"\n", 0, length + 1)
        missing_end = whole[length : length + 1] == b"\n"
        assert run.entries() == ENTRIES[: lines - 1 + missing_end]


def test_lines_that_cannot_be_of_this_run_are_not_believed(run: RunDirectory) -> None:
    cannot_be = [
        replace(ENTRIES[0], block=3),
        replace(ENTRIES[0], block=-1),
        replace(ENTRIES[0], place=1),
        replace(ENTRIES[0], sessions=5),
        replace(ENTRIES[0], rounds=-1),
    ]
    run.enter([*cannot_be, ENTRIES[1]])
    assert run.entries() == [ENTRIES[1]]


def test_a_ledger_of_any_length_is_read_in_bounded_memory(run: RunDirectory) -> None:
    run.enter(ENTRIES)
    with (run.path / "ledger").open("ab") as ledger:
        ledger.truncate(1 << 40)
    assert run.entries() == ENTRIES


def test_a_ledger_that_finds_no_room_is_as_it_was(
    run: RunDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    run.enter(ENTRIES[:1])
    write = os.write

    def write_some(handle: int, data: bytes) -> int:
        if len(data) < 150:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[:50])

    monkeypatch.setattr(os, "write", write_some)
    with pytest.raises(NoRoomError):
        run.enter(ENTRIES[1:])
    assert run.entries() == ENTRIES[:1]
    tries: list[NoRoomError] = []

    def make_room(error: NoRoomError) -> None:
        tries.append(error)
        monkeypatch.undo()

    run.when_full = make_room
    run.enter(ENTRIES[1:])
    assert run.entries() == ENTRIES
    assert len(tries) == 1


def test_all_programs_that_worked_at_a_run_have_played_it() -> None:
    assert seconds_of_playing([]) == 0
    times = [100, 2000, 3000, 50, 1000, 10, 400]
    entries = [replace(ENTRIES[0], at=at) for at in times]
    assert seconds_of_playing(entries) == 3 + 1 + 0.4


def test_one_program_at_a_time_has_a_run(run: RunDirectory) -> None:
    assert is_played(run.path)
    with pytest.raises(RunLockedError, match="another program"):
        RunDirectory.reopen(run.path, LAYOUT, MARK)
    run.release()
    assert not is_played(run.path)
    again = RunDirectory.reopen(run.path, LAYOUT, MARK)
    assert is_played(again.path)


def test_a_lock_whose_file_was_removed_is_taken_anew_with_the_next_block(run: RunDirectory) -> None:
    (run.path / LOCK_FILE).unlink()
    assert not is_played(run.path)
    run.enter(ENTRIES[:1])
    assert is_played(run.path)
    with pytest.raises(RunLockedError, match="another program"):
        RunDirectory.reopen(run.path, LAYOUT, MARK)


@pytest.mark.parametrize("shared", [False, True])
def test_who_has_lost_a_run_to_another_program_enters_nothing_more(
    run: RunDirectory, shared: bool
) -> None:
    (run.path / LOCK_FILE).unlink()
    other = RunDirectory.reopen(run.path, LAYOUT, MARK)
    if shared:
        other.share()
    with pytest.raises(RunLockedError, match="another program"):
        run.enter(ENTRIES[:1])
    assert run.entries() == []
    assert is_played(run.path) is not shared


def test_a_directory_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary")
    with pytest.raises(RunDirectoryError, match="not empty"):
        RunDirectory.create(tmp_path, LAYOUT, MARK)
    assert [file.name for file in tmp_path.iterdir()] == ["diary.txt"]


def test_no_room_is_said_before_anything_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", no_room, raising=False)
    with pytest.raises(RunDirectoryError, match="no room left"):
        RunDirectory.create(tmp_path / "run", LAYOUT, MARK)
    assert list((tmp_path / "run").iterdir()) == []


def test_too_little_room_is_said_with_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = os.statvfs(tmp_path).f_bavail * os.statvfs(tmp_path).f_frsize
    large = replace(LAYOUT, tables=free // SESSION_RECORD.itemsize)
    with pytest.raises(NoRoomError, match=r"bytes are needed, [\d,]+ free"):
        RunDirectory.create(tmp_path / "run", large, MARK)
    assert list((tmp_path / "run").iterdir()) == []


def test_a_file_system_that_cannot_reserve_is_used_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def not_here(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    monkeypatch.setattr(os, "posix_fallocate", not_here, raising=False)
    run = RunDirectory.create(tmp_path / "run", LAYOUT, MARK)
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
