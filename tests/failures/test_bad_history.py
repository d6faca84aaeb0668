"""An index that is damaged costs the time to make it anew, and nothing else."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

import pytest

from failures.mutations import mutated
from failures.trials import Trials
from let_it_ride.history import Entry, History
from written_runs import write_run

_INDEX: Final = "index.sqlite"
_FORGED: Final = (
    *("'\x1b[31m'", "NULL", "-1", "1e308", "9223372036854775807", "x'00ff'", "''"),
    *("'../../etc'", "'complete'", "'2026-11-28T22:15:30+00:00'", "hex(randomblob(70000))"),
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some runs, and their index."""
    root = tmp_path_factory.mktemp("history") / "runs"
    for number in range(12):
        write_run(root, f"20261128-2215{number:02}", is_complete=number % 3 > 0)
    History(root).rename("20261128-221501", "first evening")
    History(root).entries()
    return root


def test_the_list_of_runs_is_what_the_directories_say_whatever_the_index_says(
    root: Path, trials: Trials
) -> None:
    expected = History(root).entries()
    index = root / _INDEX
    good = index.read_bytes()

    def take(seed: int) -> None:
        chance = Random(seed)
        forge(index, good, chance)
        assert History(root).entries() == expected

    trials.run("index of runs", lambda chance: chance.getrandbits(40), take, share=0.5)
    trials.try_one("index of runs", 932220303581, take, "an error of SQLite that is no text")


def forge(index: Path, good: bytes, chance: Random) -> None:
    """Damage an index, or have it say something else."""
    index.unlink(missing_ok=True)
    index.write_bytes(good)
    if chance.random() < 0.5:
        index.write_bytes(mutated(good, chance))
        return
    with closing(sqlite3.connect(index)) as database, database:
        columns = [row[1] for row in database.execute("PRAGMA table_info(runs)")]
        column, value = chance.choice(columns), chance.choice(_FORGED)
        change = chance.choice(
            (
                f"UPDATE OR IGNORE runs SET {column} = {value}",  # noqa: S608
                f"DELETE FROM runs WHERE {column} IS NOT {value}",  # noqa: S608
                "DROP TABLE runs",
                "CREATE TABLE another (a)",
                "CREATE TRIGGER bad AFTER INSERT ON runs BEGIN UPDATE runs SET size = 1; END",
                "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                " SELECT * FROM n",
                f"ALTER TABLE runs RENAME COLUMN {column} TO other",
            )
        )
        database.execute(change)


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
@pytest.mark.parametrize(
    "name", [_INDEX, "settings.json", "index.sqlite-journal", "index.sqlite-wal"]
)
def test_what_is_no_index_is_not_waited_for(
    make: Callable[[Path], None], name: str, root: Path, tmp_path: Path, trials: Trials
) -> None:
    expected: list[Entry] = History(root).entries()
    copied = tmp_path / "runs"
    shutil.copytree(root, copied)
    (copied / name).unlink(missing_ok=True)
    make(copied / name)

    def take(copied: Path) -> None:
        history = History(copied)
        assert [each.id for each in history.entries()] == [each.id for each in expected]
        assert history.to_remove(0) == []

    trials.try_one("index of runs", copied, take)
