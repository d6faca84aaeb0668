"""Opening and saving: what is written, and what is asked before anything is lost."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import (
    dialog_text,
    driven,
    new_app,
    press,
    quiet,
    row,
    settled,
    shown,
    starting,
    until,
    workspace,
    write,
)
from textual.pilot import Pilot
from textual.widgets import Input

from let_it_ride.tui.screens import question
from let_it_ride.tui.screens.paths import SaveScreen
from let_it_ride.tui.screens.question import QuestionScreen
from let_it_ride.tui.widgets.title_bar import TitleBar

COMMENTED = """\
# An evening out.
[bankroll]  # what is risked
starting_amount = 500.00  # from the sock drawer
"""
START = ("bankroll", "starting_amount")


async def _asked(pilot: Pilot[int], title: str) -> str:
    """Wait for a question, and return all it says."""
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
    await quiet(pilot)
    box = pilot.app.screen.query_one("Vertical")
    assert str(box.border_title) == title
    return dialog_text(pilot)


async def test_saving_keeps_comments_and_takes_the_mark_away(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        screen = await write(pilot, "800")
        assert "evening.toml  ● not saved" in shown(screen.query_one(TitleBar))
        screen = await press(pilot, "ctrl+s")
        await until(pilot, lambda: not workspace(pilot).is_dirty)
        assert "not saved" not in shown(screen.query_one(TitleBar))
    assert path.read_text() == COMMENTED.replace("500.00", "800.00")


async def test_a_configuration_without_a_file_is_saved_under_a_name(tmp_path: Path) -> None:
    async with driven(new_app()) as pilot:
        await write(pilot, "800")
        await press(pilot, "ctrl+s")
        await write(pilot, "mine")
        await press(pilot, "enter")
        await until(pilot, lambda: not workspace(pilot).is_dirty)
        assert workspace(pilot).name_of_file == "mine.toml"
    assert (tmp_path / "mine.toml").read_text() == "[bankroll]\nstarting_amount = 800.00\n"


async def test_saving_over_another_file_is_asked_first(configuration: Callable[..., Path]) -> None:
    other = configuration("# another\n", "other.toml")
    async with driven(new_app(configuration(COMMENTED))) as pilot:
        await press(pilot, "f12", "ctrl+u")
        await write(pilot, "other.toml")
        await press(pilot, "enter")
        assert "other.toml is there already" in await _asked(pilot, "Overwrite the file?")
        await press(pilot, "enter")  # cancel has the focus
        assert other.read_text() == "# another\n"
        assert workspace(pilot).name_of_file == "evening.toml"
        await press(pilot, "f12", "ctrl+u")
        await write(pilot, "other.toml")
        await press(pilot, "enter")
        await _asked(pilot, "Overwrite the file?")
        await press(pilot, "o")
        await until(pilot, lambda: workspace(pilot).name_of_file == "other.toml")
    assert other.read_text() == COMMENTED


@pytest.mark.parametrize("key", ["ctrl+o", "ctrl+n", "ctrl+q"])
async def test_nothing_is_left_with_changes_before_it_is_asked(
    configuration: Callable[..., Path], key: str
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        await press(pilot, key)
        assert "evening.toml are not saved" in await _asked(pilot, "Save the changes?")
        screen = await press(pilot, "c")  # cancel
        assert screen.is_dirty
        assert row(screen, *START).editor.value == "800"
        await press(pilot, key)
        await _asked(pilot, "Save the changes?")
        await press(pilot, "s")
        await until(pilot, lambda: "800.00" in path.read_text())


async def test_quitting_without_saving_leaves_the_file_alone(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(COMMENTED)
    app = new_app(path)
    async with driven(app) as pilot:
        await write(pilot, "800")
        await press(pilot, "ctrl+q")
        await _asked(pilot, "Save the changes?")
        await pilot.press("d")
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 0
    assert path.read_text() == COMMENTED


async def test_quitting_with_nothing_to_lose_asks_nothing() -> None:
    app = new_app()
    async with driven(app) as pilot:
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app.return_value == 0)


async def test_a_file_that_changed_meanwhile_is_overwritten_only_when_told(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        path.write_text("# by somebody else\n")
        await press(pilot, "ctrl+s")
        assert "has changed on the disk" in await _asked(pilot, "The file has changed")
        await press(pilot, "escape")
        assert path.read_text() == "# by somebody else\n"
        await press(pilot, "ctrl+s")
        await _asked(pilot, "The file has changed")
        await press(pilot, "o")
        await until(pilot, lambda: "800.00" in path.read_text())


async def test_a_file_that_changed_meanwhile_can_be_read_again(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        path.write_text("[bankroll]\nstarting_amount = 900\n")
        await press(pilot, "ctrl+s")
        await _asked(pilot, "The file has changed")
        await press(pilot, "r")
        await until(pilot, lambda: not workspace(pilot).is_dirty)
        screen = await settled(pilot)
        assert row(screen, *START).editor.value == "900.00"


async def test_a_file_that_is_gone_is_written_again_only_when_told(
    configuration: Callable[..., Path],
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        path.unlink()
        await press(pilot, "ctrl+s")
        assert "no longer there" in await _asked(pilot, "The file has changed")
        await press(pilot, "o")
        await until(pilot, path.exists)


async def test_errors_are_saved_only_when_told(configuration: Callable[..., Path]) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "much")
        await press(pilot, "ctrl+s")
        assert "has an error" in await _asked(pilot, "Save with errors?")
        await press(pilot, "enter")
        assert path.read_text() == COMMENTED
        await press(pilot, "ctrl+s")
        await _asked(pilot, "Save with errors?")
        await press(pilot, "s")
        await until(pilot, lambda: '"much"' in path.read_text())


def _directory(tmp_path: Path) -> Path:
    (tmp_path / "folder.toml").mkdir()
    return tmp_path / "folder.toml"


def _binary(tmp_path: Path) -> Path:
    (tmp_path / "binary.toml").write_bytes(b"\x7fELF\xff\x00")
    return tmp_path / "binary.toml"


def _missing(tmp_path: Path) -> Path:
    return tmp_path / "nothing.toml"


def _large(tmp_path: Path) -> Path:
    (tmp_path / "large.toml").write_bytes(b"#" * 2_000_000)
    return tmp_path / "large.toml"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_directory, "this is a directory"),
        (_binary, "not UTF-8 text"),
        (_missing, "there is no such file"),
        (_large, "too large"),
    ],
)
async def test_a_file_that_cannot_be_read_gives_a_clear_message(
    tmp_path: Path, make: Callable[[Path], Path], said: str
) -> None:
    async with starting(new_app(make(tmp_path))) as pilot:
        await workspace(pilot).awake.wait()
        assert said in await _asked(pilot, "This file cannot be opened")
        await press(pilot, "enter")
        assert workspace(pilot).name_of_file == "untitled"


async def test_a_file_that_is_not_toml_is_opened_as_text(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration("[bankroll\n"))) as pilot:
        screen = workspace(pilot)
        await until(pilot, lambda: screen.state.broken is not None)
        await settled(pilot)
        assert screen.focused is screen.editor
        assert screen.name_of_file == "evening.toml"


async def test_a_place_that_cannot_be_written_gives_a_clear_message(
    configuration: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = configuration(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        path.unlink()
        path.mkdir()  # permissions do not bind the superuser, who may run the tests
        await press(pilot, "ctrl+s")
        await _asked(pilot, "The file has changed")
        await press(pilot, "o")
        said = await _asked(pilot, "The file cannot be written")
        assert "there is a folder of this name" in said
        screen = await press(pilot, "enter")
        assert screen.is_dirty


async def test_a_folder_that_disappeared_is_made_again_or_said_to_be_missing(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / "evening.toml"
    path.write_text(COMMENTED)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        path.unlink()
        folder.rmdir()
        await press(pilot, "ctrl+s")
        await _asked(pilot, "The file has changed")
        await press(pilot, "o")
        said = await _asked(pilot, "The file cannot be written")
        assert "there is no such folder" in said


async def test_opening_completes_a_path_and_goes_into_folders(tmp_path: Path) -> None:
    folder = tmp_path / "evenings"
    folder.mkdir()
    (folder / "late.toml").write_text(COMMENTED)
    (folder / "notes.txt").write_text("no configuration")
    async with driven(new_app()) as pilot:
        await press(pilot, "ctrl+o")
        await write(pilot, "ev")
        await press(pilot, "tab")
        assert pilot.app.screen.query_one("Input").value == "evenings/"  # type: ignore[attr-defined]
        await press(pilot, "down", "enter")
        await until(pilot, lambda: workspace(pilot).name_of_file == "late.toml")


async def test_a_new_configuration_begins_with_a_preset() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "ctrl+n")
        await until(pilot, lambda: pilot.app.screen is not workspace(pilot))
        await write(pilot, "weekend")
        await press(pilot, "enter")
        await until(pilot, lambda: "Weekend" in workspace(pilot).session.text)
        screen = await settled(pilot)
        assert not screen.is_dirty
        assert screen.name_of_file == "untitled"
        assert screen.state.config is not None


async def test_a_written_file_keeps_its_mode(configuration: Callable[..., Path]) -> None:
    path = configuration(COMMENTED)
    path.chmod(0o640)
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: not workspace(pilot).is_dirty)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize(
    "name", ["~nobody-of-this-name/x", "x" * 300, f"{'a/' * 3000}x", "no/such/x"]
)
async def test_a_path_that_cannot_be_is_no_reason_to_fail(tmp_path: Path, name: str) -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await write(pilot, "800")
        await press(pilot, "f12", "ctrl+u")
        pilot.app.screen.query_one(Input).value = f"{name}.toml"
        await press(pilot, "enter")
        if not name.startswith("~"):
            await _asked(pilot, "The file cannot be written")
            await press(pilot, "enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, SaveScreen))
            assert pilot.app.screen.query_one(Input).value == f"{name}.toml"
        await press(pilot, "escape")
        assert screen.is_dirty
        screen = await press(pilot, "f10", "ctrl+o")
        pilot.app.screen.query_one(Input).value = name
        await press(pilot, "enter")
        if not name.startswith("~"):
            await _asked(pilot, "This file cannot be opened")


async def test_a_file_that_the_editor_would_change_is_not_opened(
    configuration: Callable[..., Path],
) -> None:
    path = configuration('[metadata]\nname = "a\u2028b"\n')
    async with starting(new_app(path)) as pilot:
        assert "evening.toml:2: has a character" in await _asked(
            pilot, "This file cannot be opened"
        )
    assert path.read_text() == '[metadata]\nname = "a\u2028b"\n'


async def test_only_one_question_is_asked_at_a_time() -> None:
    async with driven(new_app()) as pilot:
        await write(pilot, "800")
        await press(pilot, "ctrl+q", "ctrl+q", "ctrl+q")
        await _asked(pilot, "Save the changes?")
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)
        await press(pilot, "ctrl+q")
        await _asked(pilot, "Save the changes?")


async def test_a_letter_that_was_typed_ahead_of_a_question_is_no_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(question, "SECONDS_TO_READ", 60)
    async with driven(new_app()) as pilot:
        await write(pilot, "800")
        await press(pilot, "ctrl+q", "d")
        await _asked(pilot, "Save the changes?")
        await press(pilot, "right", "enter")
        await until(pilot, lambda: pilot.app.return_value == 0)
