"""What is remembered of the files that were open."""

import json
from pathlib import Path
from typing import Any

import pytest

from let_it_ride import files
from let_it_ride.tui.recent import (
    RecentFile,
    forget_file,
    is_welcomed,
    note_welcome,
    recent_files,
    remember_file,
)


def names() -> list[str]:
    return [each.path.name for each in recent_files()]


def kept() -> Path:
    return files.state_directory() / "recent.json"


def test_the_latest_file_is_the_first_and_none_is_there_twice(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "a"):
        remember_file(tmp_path / name, "bankroll")
    assert names() == ["a", "c", "b"]
    remember_file(tmp_path / "b", "strategy")
    assert recent_files()[0] == RecentFile(tmp_path / "b", "strategy")
    assert names() == ["b", "a", "c"]


def test_no_more_than_a_dozen_are_remembered(tmp_path: Path) -> None:
    for number in range(20):
        remember_file(tmp_path / str(number), "")
    assert names() == [str(number) for number in range(19, 7, -1)]


def test_a_path_is_remembered_from_the_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    remember_file(Path("x/../evening.toml"), "")
    assert recent_files() == (RecentFile(tmp_path / "evening.toml"),)


def test_what_stands_there_already_is_not_written_again(tmp_path: Path) -> None:
    remember_file(tmp_path / "a", "bankroll")
    before = kept().stat()
    remember_file(tmp_path / "a", "bankroll")
    assert kept().stat() == before


def test_a_file_is_forgotten(tmp_path: Path) -> None:
    for name in ("a", "b"):
        remember_file(tmp_path / name, "")
    forget_file(tmp_path / "b")
    assert names() == ["a"]
    assert [file.name for file in kept().parent.iterdir()] == ["recent.json"]


@pytest.mark.parametrize(
    "state",
    [
        [],
        {},
        {"files": 1},
        {"files": [1]},
        {"files": [{"path": "/a"}]},
        {"files": [{"path": 1, "page": ""}]},
        {"files": [{"path": "a", "page": ""}]},
        {"files": [{"path": "/a\0", "page": ""}]},
        {"files": [{"path": "/\ud800", "page": ""}]},
        {"files": [{"path": "/" + "a" * 5000, "page": ""}]},
        {"files": [{"path": "/a", "page": "b" * 50}]},
        {"files": [{"path": "/a", "page": "\u202e"}]},
        {"files": [{"path": "/a", "page": None}]},
    ],
)
def test_what_is_of_no_use_is_begun_anew(state: Any, tmp_path: Path) -> None:
    kept().parent.mkdir(parents=True)
    kept().write_text(json.dumps(state))
    assert recent_files() == ()
    remember_file(tmp_path / "a", "")
    assert names() == ["a"]


def test_names_that_are_no_text_are_kept_as_they_are(tmp_path: Path) -> None:
    odd = tmp_path / "\udcff.toml"
    remember_file(odd, "")
    assert recent_files()[0].path == odd


def test_where_nothing_can_be_written_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("let_it_ride.files.state_directory", lambda: tmp_path / "file" / "x")
    remember_file(tmp_path / "a", "")
    forget_file(tmp_path / "a")
    assert recent_files() == ()
    assert not note_welcome()


def test_without_a_home_nobody_is_welcomed_and_nothing_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise files.NoHomeError("XDG_STATE_HOME")

    monkeypatch.setattr("let_it_ride.files.state_directory", homeless)
    remember_file(tmp_path / "a", "")
    assert recent_files() == ()
    assert is_welcomed()
    assert not note_welcome()


def test_a_welcome_is_noted_once_and_for_all() -> None:
    assert not is_welcomed()
    assert note_welcome()
    assert is_welcomed()
