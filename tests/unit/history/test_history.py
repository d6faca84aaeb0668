"""The history: runs are listed, found, named, pinned and removed, and nothing else is touched."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from let_it_ride.errors import LetItRideError
from let_it_ride.history import (
    DEFAULT_LIMIT,
    Entry,
    History,
    HistoryError,
    NoSuchRunError,
    NotANameError,
    NotAnIdError,
    RunInUseError,
    SeveralRunsError,
)
from let_it_ride.history.ids import is_id, new_id
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.keeping import entry_of
from written_runs import complete, write_run

OLD, MIDDLE, NEW = "20261126-080000-old", "20261127-080000-middle", "20261128-080000-new"
NOT_IDS = ("", ".", "..", "../outside", "a/b", "/etc", "-x", ".hidden", "a\n", "ä", "x" * 101)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data" / "runs"


@pytest.fixture
def three(root: Path) -> History:
    for number, run in enumerate((OLD, MIDDLE, NEW), start=26):
        write_run(root, run, started=f"2026-11-{number}T08:00:00+00:00", size=100_000)
    return History(root)


@contextmanager
def played(directory: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    with (directory / "lock").open() as lock:
        fcntl.flock(lock, how)
        yield


def ids(entries: list[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def test_a_history_that_nobody_has_used_is_empty_and_makes_nothing(root: Path) -> None:
    history = History(root)
    assert history.entries() == []
    assert history.size() == 0
    assert history.to_remove(10**15) == []
    with pytest.raises(NoSuchRunError, match="no run is kept yet"):
        history.find("last")
    assert not root.parent.exists()


def test_a_complete_run_is_told_with_all_it_says(root: Path) -> None:
    write_run(root, NEW, size=5_000_000)
    [entry] = History(root).entries()
    assert entry.size >= 5_000_000
    assert replace(entry, size=0) == Entry(
        id=NEW,
        name=NEW,
        pinned=False,
        started=datetime(2026, 11, 28, 22, 15, 30, tzinfo=UTC),
        sessions=1000,
        state=RunState.COMPLETE,
        size=0,
        ahead=0.25,
        mean_profit=-12.345,
        digest="ab" * 32,
        version="0.1.0",
        finished_share=1.0,
    )


def test_a_run_is_running_while_it_is_locked_and_unfinished_after_that(root: Path) -> None:
    directory = write_run(root, NEW, is_complete=False, blocks=8, finished=3)
    history = History(root)
    with played(directory):
        assert history.find(NEW).state is RunState.RUNNING
    unfinished = history.find(NEW)
    assert unfinished.state is RunState.UNFINISHED
    assert unfinished.finished_share == 3 / 8
    assert (unfinished.ahead, unfinished.mean_profit, unfinished.digest) == (None, None, None)
    complete(directory)
    assert history.find(NEW).state is RunState.COMPLETE


def test_the_newest_comes_first_whatever_the_ids_say(root: Path) -> None:
    write_run(root, "z", started="2026-11-01T00:00:00+00:00")
    write_run(root, "a", started="2026-11-03T00:00:00+02:00")
    write_run(root, "m", started="2026-11-02T23:00:00+00:00")
    assert ids(History(root).entries()) == ["m", "a", "z"]


def test_what_is_no_run_is_not_listed(root: Path, tmp_path: Path) -> None:
    write_run(root, NEW)
    write_run(tmp_path, "outside")
    (root / "linked").symlink_to(tmp_path / "outside", target_is_directory=True)
    (root / "a file").touch()
    (root / "file").touch()
    (root / "with space").mkdir()
    (root / "empty").mkdir()
    (root / os.fsdecode(b"\xff\xfe")).mkdir()
    assert ids(History(root).entries()) == [NEW]


@pytest.mark.parametrize("text", [MIDDLE, MIDDLE[:9], "20261127", "my run"])
def test_a_run_is_found_by_its_id_its_beginning_and_its_name(three: History, text: str) -> None:
    three.rename(MIDDLE, "my run")
    assert three.find(text).id == MIDDLE


def test_last_is_the_newest(three: History) -> None:
    assert three.find("last").id == NEW


def test_a_whole_id_is_meant_before_the_beginning_of_others(root: Path) -> None:
    for run in ("20261128-1", "20261128-12", "20261128-123"):
        write_run(root, run)
    assert History(root).find("20261128-12").id == "20261128-12"


def test_several_runs_that_may_be_meant_are_named(three: History) -> None:
    with pytest.raises(SeveralRunsError, match=r"20261128-080000-new, 20261127-.*more of the id"):
        three.find("2026")
    three.rename(OLD, "same")
    three.rename(NEW, "same")
    with pytest.raises(SeveralRunsError) as raised:
        three.find("same")
    assert raised.value.ids == (NEW, OLD)


def test_runs_with_names_like_the_one_that_is_missing_are_named(three: History) -> None:
    three.rename(OLD, "high roller")
    with pytest.raises(NoSuchRunError, match="did you mean high roller"):
        three.find("hihg roller")
    with pytest.raises(NoSuchRunError, match=f"did you mean {MIDDLE}"):
        three.find("midd")
    with pytest.raises(NoSuchRunError, match="see 'lir-tui runs'"):
        three.find("")


@pytest.mark.parametrize(
    ("name", "id_", "title"),
    [
        ("four hours", "20261128-221530-evening", "four hours"),
        ("", "20261128-221530-evening-2", "evening-2"),
        ("", "20261128-221530", "20261128-221530"),
        ("", "moved", "moved"),
    ],
)
def test_a_run_goes_by_its_name_or_what_its_id_says_and_is_found_so(
    root: Path, name: str, id_: str, title: str
) -> None:
    write_run(root, id_)
    history = History(root)
    history.rename(id_, name)
    (entry,) = history.entries()
    assert entry.title == title
    assert history.find(title) == entry


def test_names_and_pins_stay_and_do_not_disturb_each_other(three: History, root: Path) -> None:
    three.rename(OLD, "  Été à Évian  ")
    three.pin(OLD, True)
    three.rename(OLD, "another")
    three.pin(NEW, True)
    three.pin(NEW, False)
    told = {entry.id: (entry.name, entry.pinned) for entry in History(root).entries()}
    assert told == {OLD: ("another", True), MIDDLE: (MIDDLE, False), NEW: (NEW, False)}
    three.rename(OLD, "")
    assert three.find(OLD).name == OLD


@pytest.mark.parametrize("name", ["last", "a\x1b[2J", "two\nlines", "\u202eright", "x" * 101])
def test_names_that_would_mislead_are_refused(three: History, name: str) -> None:
    with pytest.raises(NotANameError) as raised:
        three.rename(OLD, name)
    assert str(raised.value).isprintable()
    assert three.find(OLD).name == OLD


@pytest.mark.parametrize("run", NOT_IDS)
def test_no_id_leads_out_of_the_directory(three: History, root: Path, run: str) -> None:
    outside = write_run(root.parent, "outside")
    before = {file: file.read_bytes() for file in outside.iterdir()}
    for action in (
        lambda: three.rename(run, "name"),
        lambda: three.pin(run, True),
        lambda: three.delete(run),
        lambda: three.path(run),
    ):
        with pytest.raises(NotAnIdError):
            action()
    three.note(root / run)
    assert {file: file.read_bytes() for file in outside.iterdir()} == before


def test_a_link_is_no_run(three: History, root: Path) -> None:
    outside = write_run(root.parent, "outside")
    (root / "linked").symlink_to(outside, target_is_directory=True)
    with pytest.raises(NoSuchRunError):
        three.delete("linked")
    assert (outside / "run.json").exists()


def test_a_deleted_run_is_gone_and_the_others_are_there(three: History, root: Path) -> None:
    three.delete(MIDDLE)
    assert ids(three.entries()) == [NEW, OLD]
    assert {path.name for path in root.iterdir() if path.is_dir()} == {NEW, OLD}
    with pytest.raises(NoSuchRunError):
        three.delete(MIDDLE)


@pytest.mark.parametrize("is_before", [False, True])
def test_a_run_that_others_remove_at_the_same_time_is_deleted(
    three: History, root: Path, monkeypatch: pytest.MonkeyPatch, is_before: bool
) -> None:
    def meanwhile(directory: Path) -> bool:
        if is_before == (directory.name == MIDDLE):
            shutil.rmtree(directory)
        return False

    monkeypatch.setattr("let_it_ride.history.history.is_in_use", meanwhile)
    three.delete(MIDDLE)
    assert ids(three.entries()) == [NEW, OLD]
    assert {path.name for path in root.iterdir() if path.is_dir()} == {NEW, OLD}


def test_deleting_follows_no_link(three: History, root: Path) -> None:
    precious = root.parent / "precious"
    precious.mkdir()
    (precious / "file").write_text("mine")
    (root / OLD / "folder").symlink_to(precious, target_is_directory=True)
    (root / OLD / "linked").symlink_to(precious / "file")
    three.delete(OLD)
    assert (precious / "file").read_text() == "mine"


@pytest.mark.parametrize("how", [fcntl.LOCK_EX, fcntl.LOCK_SH])
@pytest.mark.parametrize("is_complete", [True, False])
def test_a_run_that_a_program_plays_or_reads_is_not_deleted(
    root: Path, is_complete: bool, how: int
) -> None:
    directory = write_run(root, NEW, is_complete=is_complete)
    with played(directory, how), pytest.raises(RunInUseError, match="played or read by a program"):
        History(root).delete(NEW)
    assert (directory / "run.json").exists()


def test_what_a_killed_program_did_not_remove_is_removed(three: History, root: Path) -> None:
    (root / OLD).rename(root / ".removed-0123")
    assert ids(three.entries()) == [NEW, MIDDLE]
    assert not (root / ".removed-0123").exists()
    (root / MIDDLE).rename(root / ".removed-4567")
    with played(root / ".removed-4567", fcntl.LOCK_SH):  # it is about to be given back
        assert ids(three.entries()) == [NEW]
    assert (root / ".removed-4567" / "run.json").exists()


def test_a_new_directory_is_empty_and_named_after_when_and_what(root: Path) -> None:
    moment = datetime(2026, 11, 28, 22, 15, 30, tzinfo=UTC).timestamp()
    history = History(root, lambda: moment)
    directory = history.new_directory("First evening!")
    assert directory == root / "20261128-221530-first-evening"
    assert list(directory.iterdir()) == []
    assert history.new_directory("First evening").name == "20261128-221530-first-evening-2"
    assert history.entries() == []  # nothing is played yet


def test_programs_that_start_at_once_get_directories_of_their_own(root: Path) -> None:
    history = History(root, lambda: 1.8e9)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: history.new_directory("same"), range(64)))
    assert len(set(made)) == 64


@pytest.mark.parametrize("files", [(), ("lock",)], ids=str)
def test_a_directory_that_no_run_was_begun_in_goes_after_a_day(
    root: Path, files: tuple[str, ...]
) -> None:
    now = 1.8e9
    history = History(root, lambda: now)
    directory = history.new_directory("x")
    for file in files:
        (directory / file).touch()
    now = directory.stat().st_ctime + 80_000
    assert (history.entries(), directory.exists()) == ([], True)
    now += 10_000
    assert (history.entries(), directory.exists()) == ([], False)


def test_a_run_that_is_about_to_begin_is_listed_and_stays(root: Path) -> None:
    history = History(root, lambda: 1e11)
    directory = history.new_directory("x")
    (directory / "lock").touch()
    with played(directory):
        assert [entry.state for entry in history.entries()] == [RunState.RUNNING]
    assert history.entries() == []
    assert not directory.exists()


def test_of_a_run_that_there_was_no_room_for_nothing_is_left(root: Path) -> None:
    history = History(root)
    directory = history.new_directory("x")
    (directory / "lock").touch()
    with played(directory):
        held = entry_of(history, directory)
    assert held is not None
    assert held.state is RunState.RUNNING
    assert entry_of(history, directory) is None
    assert not directory.exists()


@given(st.text())
def test_every_title_gives_an_id(title: str) -> None:
    made = new_id(datetime(2026, 11, 28, 22, 15, 30, tzinfo=UTC), title)
    assert is_id(made)
    assert is_id(f"{made}-1000")
    assert made.startswith("20261128-221530")


def test_the_limit_is_kept_and_a_damaged_one_is_the_usual(root: Path) -> None:
    assert History(root).limit == DEFAULT_LIMIT
    for limit in (0, 5_000_000_000, None):
        History(root).limit = limit
        assert History(root).limit == limit
    for text in (
        "{",
        '{"limit": -1}',
        '{"limit": true}',
        '{"limit": "5GB"}',
        "[]",
        '{"limit":1e9}',
        f'{{"limit": 1{"0" * 400}}}',
    ):
        (root / "settings.json").write_text(text)
        assert History(root).limit == DEFAULT_LIMIT


def test_the_oldest_unpinned_complete_runs_make_room(three: History, root: Path) -> None:
    write_run(root, "unfinished", started="2026-01-01T00:00:00+00:00", is_complete=False)
    size = three.size()
    old, middle = three.find(OLD).size, three.find(MIDDLE).size
    three.limit = size
    assert three.to_remove(0) == []
    assert ids(three.to_remove(1)) == [OLD]
    assert ids(three.to_remove(old)) == [OLD]
    assert ids(three.to_remove(old + 1)) == [OLD, MIDDLE]
    three.pin(OLD, True)
    three.limit = three.size()
    assert ids(three.to_remove(1)) == [MIDDLE]
    assert ids(three.to_remove(middle * 10)) == [MIDDLE, NEW]
    three.limit = None
    assert three.to_remove(10**15) == []


def test_the_size_is_what_the_files_take(root: Path) -> None:
    directory = write_run(root, NEW, size=3_000_000)
    (directory / "folder").mkdir()
    (directory / "folder" / "more").write_bytes(b"\1" * 2_000_000)
    (directory / "linked").symlink_to("/")
    with (directory / "sparse").open("wb") as sparse:
        sparse.truncate(10**9)
    assert 5_000_000 <= History(root).size() < 6_000_000


def test_where_nothing_can_be_made_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History(tmp_path / "file" / "runs")
    for action in (
        history.entries,
        lambda: history.new_directory("x"),
        lambda: setattr(history, "limit", 5),
    ):
        with pytest.raises(LetItRideError, match="file/runs"):
            action()
    with pytest.raises(HistoryError):
        history.rebuild()


def test_about_is_written_as_agreed(three: History, root: Path) -> None:
    three.rename(OLD, "evening")
    three.pin(OLD, True)
    about = json.loads((root / OLD / "about.json").read_text())
    assert about == {"name": "evening", "pinned": True}
    three.rename(OLD, OLD)
    about = json.loads((root / OLD / "about.json").read_text())
    assert about == {"name": "", "pinned": True}
