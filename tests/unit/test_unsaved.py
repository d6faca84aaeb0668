"""Changes that outlast the program that has not saved them."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from let_it_ride import files
from let_it_ride.tui.unsaved import Keeper, Unsaved, left_behind

CHANGED = Unsaved(Path("/home/me/evening.toml"), "base_bet = 10.00 # ♠\n", "abc", "bankroll")
UNTITLED = Unsaved(None, "", None, "table")


def kept() -> list[Path]:
    return sorted((files.state_directory() / "unsaved").iterdir())


def test_changes_are_left_behind_when_their_program_is_no_more() -> None:
    assert left_behind() == []
    keeper = Keeper()
    keeper.keep(UNTITLED)
    keeper.keep(CHANGED)
    assert left_behind() == []  # their program is still there
    keeper.leave_behind()
    (left,) = left_behind()
    assert left.unsaved == CHANGED
    left.discard()
    assert left_behind() == kept() == []


def test_changes_that_are_saved_leave_nothing() -> None:
    keeper = Keeper()
    keeper.keep(CHANGED)
    assert keeper.keeps
    keeper.forget()
    assert not keeper.keeps
    assert kept() == []
    keeper.keep(CHANGED)  # and there are others later
    keeper.leave_behind()
    assert len(left_behind()) == 1


def test_two_programs_keep_their_own_and_only_one_takes_over() -> None:
    first, second = Keeper(), Keeper()
    first.keep(CHANGED)
    second.keep(UNTITLED)
    first.leave_behind()
    (left,) = left_behind()
    assert left.unsaved == CHANGED
    second.forget()
    assert second.take_over(left)
    assert not first.take_over(left)
    first.leave_behind()
    assert left_behind() == []
    second.leave_behind()
    assert [each.unsaved for each in left_behind()] == [CHANGED]


def test_the_newest_come_first() -> None:
    for seconds, page in ((200, "second"), (300, "first"), (100, "third")):
        keeper = Keeper()
        keeper.keep(Unsaved(None, "x", None, page))
        keeper.leave_behind()
        newest = max(kept(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (seconds, seconds))
    assert [each.unsaved.page for each in left_behind()] == ["first", "second", "third"]


@pytest.mark.parametrize(
    "change",
    [
        {"file": "evening.toml"},
        {"file": "/a\0b"},
        {"file": "/\ud800"},
        {"file": 1},
        {"text": None},
        {"text": "\ud800"},
        {"page": []},
        None,
    ],
)
def test_what_is_no_such_file_is_left_alone(change: dict[str, Any] | None) -> None:
    folder = files.state_directory() / "unsaved"
    folder.mkdir(parents=True)
    good = {"file": "/a", "base": None, "page": "", "text": ""}
    (folder / "good.json").write_text(json.dumps(good))
    (folder / "bad.json").write_text("[" * 9999 if change is None else json.dumps(good | change))
    (folder / "bad.txt").write_text(json.dumps(good))
    assert [each.kept.name for each in left_behind()] == ["good.json"]


def test_without_a_home_directory_nothing_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere() -> Path:
        raise files.NoHomeError("XDG_STATE_HOME")

    monkeypatch.setattr(files, "state_directory", nowhere)
    assert left_behind() == []
    with pytest.raises(files.NoHomeError):
        Keeper().keep(CHANGED)
