"""The index: it spares reading, and whatever happens to it, the list is that of the directories."""

import os
import random
import shutil
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

import pytest

from let_it_ride.history import Entry, History, kept_runs
from let_it_ride.history.run_files import read_entry
from let_it_ride.simulation.run_state import RunState
from written_runs import complete, wait_for_a_tick, write_run


def later() -> float:
    """A time at which nothing has just been changed."""
    return time.time() + 60


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "runs"
    for number in range(20):
        write_run(root, f"20261128-0000{number:02}", started=f"2026-11-28T00:00:{number:02}+00:00")
    wait_for_a_tick(tmp_path)
    return root


@pytest.fixture
def reads() -> Iterator[list[str]]:
    """The runs whose directories have been read."""
    names: list[str] = []

    def note(directory: Path) -> Entry:
        names.append(directory.name)
        return read_entry(directory)

    with patch.object(kept_runs, "read_entry", note):
        yield names


def test_complete_runs_are_read_once(root: Path, reads: list[str]) -> None:
    first = History(root, later).entries()
    assert len(reads) == len(first) == 20
    assert History(root, later).entries() == first
    assert len(reads) == 20


def test_only_what_is_new_changed_or_unfinished_is_read(root: Path, reads: list[str]) -> None:
    write_run(root, "unfinished", is_complete=False)
    history = History(root, later)
    history.entries()
    reads.clear()
    write_run(root, "new")
    shutil.rmtree(root / "20261128-000007")
    complete(root / "20261128-000005")
    listed = {entry.id for entry in history.entries()}
    assert sorted(reads) == ["20261128-000005", "new", "unfinished"]
    assert listed == {path.name for path in root.iterdir() if path.is_dir()}


def test_a_run_that_has_just_changed_is_read_again(root: Path, reads: list[str]) -> None:
    history = History(root)
    history.entries()
    history.entries()
    assert len(reads) == 40  # it may change again before the clock of the file system moves


def test_a_note_puts_a_run_into_the_index(root: Path, reads: list[str]) -> None:
    history = History(root, later)
    history.entries()
    directory = write_run(root, "noted")
    reads.clear()
    history.note(directory)
    assert reads == ["noted"]
    assert "noted" in {entry.id for entry in history.entries()}
    assert reads == ["noted"]


def test_rebuilding_reads_everything(root: Path, reads: list[str]) -> None:
    history = History(root, later)
    before = history.entries()
    reads.clear()
    history.rebuild()
    assert len(reads) == 20
    assert history.entries() == before


def truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    os.truncate(file, 0)


def garbage(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(20_000))


def garbage_after_its_head(file: Path) -> None:
    data = file.read_bytes()
    file.write_bytes(data[:100] + random.Random(1).randbytes(len(data) - 100))


def removed(file: Path) -> None:
    file.unlink()


def a_directory(file: Path) -> None:
    file.unlink()
    file.mkdir()


def a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def a_link_elsewhere(file: Path) -> None:
    file.rename(file.with_name("elsewhere"))
    file.symlink_to("elsewhere")


def another_schema(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE runs (id, pay)")


def a_view(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("ALTER TABLE runs RENAME TO kept")
        database.execute("CREATE VIEW runs AS SELECT * FROM kept")


def other_words(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE runs SET state = 'won', name = x'ff', started = 'yesterday'")


def other_numbers(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE runs SET ahead = 0.99, sessions = 7")


def runs_that_never_were(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE runs SET id = id || 'x'")


def a_flipped_bit_in_an_id(file: Path) -> None:
    data = file.read_bytes()
    assert b"20261128-000007" in data
    file.write_bytes(data.replace(b"20261128-000007", b"20261128-00000\xb7"))


DAMAGES = (
    truncated,
    emptied,
    garbage,
    garbage_after_its_head,
    removed,
    a_directory,
    a_pipe,
    a_link_elsewhere,
    another_schema,
    a_view,
    other_words,
    other_numbers,
    runs_that_never_were,
    a_flipped_bit_in_an_id,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index_changes_nothing_that_is_listed(
    root: Path, damage: Callable[[Path], None], reads: list[str]
) -> None:
    history = History(root, later)
    before = history.entries()
    damage(root / "index.sqlite")
    assert history.entries() == before
    assert history.entries() == before
    if (root / "index.sqlite").is_file() and not (root / "index.sqlite").is_symlink():
        reads.clear()
        assert history.entries() == before
        assert reads == []  # it is whole again


@pytest.mark.parametrize(
    "values",
    [
        {"started": "2026-11-28T00:00:00"},
        {"started": "2026-11-28T00:00:00+02:00"},
        {"finished_share": float("inf")},
        {"finished_share": -0.5},
        {"mean_profit": float("inf")},
        {"ahead": 1.5},
        {"ahead": -0.5},
        {"ahead": None},
        {"sessions": -1},
        {"size": -1},
        {"name": "a\x1b[2J"},
        {"name": ""},
        {"digest": "a\x1b[2J"},
        {"version": "a\x1b[2J"},
        {"state": "damaged"},
    ],
    ids=str,
)
def test_a_row_that_cannot_be_is_read_anew(
    root: Path, values: dict[str, object], reads: list[str]
) -> None:
    history = History(root, later)
    before = history.entries()
    with closing(sqlite3.connect(root / "index.sqlite")) as database, database:
        database.row_factory = sqlite3.Row
        found = database.execute("SELECT * FROM runs WHERE id = '20261128-000007'").fetchone()
        row = {key: found[key] for key in found.keys() if key != "checksum"} | values  # noqa: SIM118
        row["checksum"] = zlib.crc32(repr(tuple(row.values())).encode())
        places = ", ".join("?" * len(row))
        database.execute(f"REPLACE INTO runs VALUES ({places})", tuple(row.values()))  # noqa: S608
    reads.clear()
    assert history.entries() == before
    assert reads == ["20261128-000007"]
    assert history.entries() == before
    assert reads == ["20261128-000007"]


def test_flipped_bits_change_nothing_that_is_listed(root: Path) -> None:
    history = History(root, later)
    before = history.entries()
    whole = (root / "index.sqlite").read_bytes()
    drawn = random.Random(5)
    for _ in range(30):
        damaged = bytearray(whole)
        for _ in range(drawn.choice((1, 10))):
            damaged[drawn.randrange(len(damaged))] ^= 1 << drawn.randrange(8)
        (root / "index.sqlite").write_bytes(damaged)
        assert history.entries() == before


def test_a_locked_index_is_done_without(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("let_it_ride.history.index._SECONDS_TO_WAIT", 0)
    history = History(root, later)
    before = history.entries()
    with closing(sqlite3.connect(root / "index.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        write_run(root, "new")
        assert {entry.id for entry in history.entries()} == {"new", *(each.id for each in before)}
        history.rename("new", "named")
        assert history.find("named").id == "new"
        history.delete("new")
        assert history.entries() == before
    assert history.entries() == before


def test_an_index_that_cannot_be_written_is_done_without(root: Path) -> None:
    history = History(root, later)
    before = history.entries()
    with closing(sqlite3.connect(root / "index.sqlite")) as database:
        database.execute("DELETE FROM runs WHERE id LIKE '%0'")
        database.commit()
    refused = sqlite3.OperationalError("attempt to write a readonly database")
    connect = sqlite3.connect

    def read_only(file: Path, **options: object) -> sqlite3.Connection:
        return connect(f"file:{file}?mode=ro", uri=True, isolation_level=None)

    with patch("sqlite3.connect", read_only):
        assert history.entries() == before
    with patch("sqlite3.connect", side_effect=refused):
        assert history.entries() == before


def test_a_journal_of_another_index_is_not_played_back(root: Path) -> None:
    history = History(root, later)
    before = history.entries()
    (root / "index.sqlite-journal").write_bytes(random.Random(3).randbytes(5000))
    garbage(root / "index.sqlite")
    assert history.entries() == before
    assert not (root / "index.sqlite-journal").exists()


def test_programs_that_use_the_index_at_once_all_see_every_run(root: Path) -> None:
    def use(number: int) -> list[str]:
        history = History(root, later)
        history.pin(f"20261128-0000{number:02}", True)
        history.new_directory(f"new {number}")
        if not number % 5:
            history.rebuild()
        return sorted(entry.id for entry in history.entries())

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(use, range(20)))
    assert seen == [[f"20261128-0000{number:02}" for number in range(20)]] * 20
    assert all(entry.pinned for entry in History(root, later).entries())


def test_a_damaged_run_is_looked_at_again(root: Path) -> None:
    history = History(root, later)
    directory = root / "20261128-000003"
    whole = (directory / "run.json").read_bytes()
    (directory / "run.json").write_bytes(b"")
    assert history.find("20261128-000003").state is RunState.DAMAGED
    (directory / "run.json").write_bytes(whole)  # in place: the directory does not change
    assert history.find("20261128-000003").state is RunState.COMPLETE
