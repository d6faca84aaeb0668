"""How a person begins: the welcome of a newcomer, and what was open last."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import (
    MEDIUM,
    NARROW,
    dialog_text,
    driven,
    new_app,
    press,
    quiet,
    said,
    settled,
    starting,
    typed,
    until,
    workspace,
    write,
)
from textual.pilot import Pilot
from textual.widgets import OptionList

from let_it_ride.tui.app import LirApp
from let_it_ride.tui.recent import is_welcomed, note_welcome, recent_files
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.paths import SaveScreen
from let_it_ride.tui.screens.welcome import WelcomeScreen

pytestmark = pytest.mark.slow

Write = Callable[..., Path]


def for_a_newcomer(path: Path | None = None) -> LirApp:
    """The program as a person starts it."""
    app = new_app(path)
    app.welcomes = True
    return app


async def welcomed(pilot: Pilot[Any]) -> str:
    """Wait for the welcome, and return what it says."""
    await until(pilot, lambda: isinstance(pilot.app.screen, WelcomeScreen))
    await quiet(pilot)
    options = pilot.app.screen.query_one(OptionList)
    return f"{dialog_text(pilot)} {said(options)}"


def notes(pilot: Pilot[Any]) -> str:
    return " ".join(f"{each.title}: {each.message}" for each in pilot.app._notifications)


@pytest.mark.slow
@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids=["80x24", "120x40"])
async def test_who_has_never_seen_it_is_led_to_a_result_by_what_the_screen_says(
    size: tuple[int, int],
) -> None:
    async with starting(for_a_newcomer(), size) as pilot:
        told = await welcomed(pilot)
        key = re.search(r"(\w) Play an evening", told)
        assert key
        assert "“Ahead” says how often an evening ends so" in told
        await pilot.press(key[1].lower())
        screen = workspace(pilot)
        await until(pilot, lambda: screen.outcome is not None, 300)
        await quiet(pilot)
        assert screen.focused is not None
        lines = pilot.app.screen._compositor.render_strips()
        window = "\n".join("".join(part.text for part in line) for line in lines)
        assert "✓ EQUAL" in window
        assert "✓ AGREES WITH THE EXACT LAW" in window
        # The exact chance to leave ahead on such an evening is 32.27 %.
        share = re.search(r"Ahead +(\d+\.\d+) %", window)
        assert share
        assert float(share[1]) == pytest.approx(32.27, abs=0.8)
        assert "F1 Help" in window
    assert is_welcomed()


@pytest.mark.parametrize("way", ["e", "escape"])
async def test_who_is_welcomed_may_just_edit_and_is_not_welcomed_again(way: str) -> None:
    async with starting(for_a_newcomer(), NARROW) as pilot:
        await welcomed(pilot)
        await pilot.press(way)
        screen = await settled(pilot)
        await until(pilot, lambda: pilot.app.screen is screen)
        await write(pilot, "9")
        assert screen.is_dirty
        await screen.give_up_changes()
    async with driven(for_a_newcomer()) as pilot:
        assert pilot.app.screen is workspace(pilot)


async def test_the_program_can_be_left_from_the_welcome() -> None:
    app = for_a_newcomer()
    async with starting(app, NARROW) as pilot:
        await welcomed(pilot)
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
    assert app.return_value == 0


async def test_who_is_welcomed_may_choose_among_the_presets() -> None:
    async with starting(for_a_newcomer(), NARROW) as pilot:
        await welcomed(pilot)
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))
        await pilot.press(*typed("martingale"), "enter")
        screen = workspace(pilot)
        await until(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot)
        assert "martingale" in screen.session.text
        assert not screen.is_dirty


async def test_the_welcome_can_be_called_up_and_loses_nothing(configuration: Write) -> None:
    async with driven(new_app(configuration("")), NARROW) as pilot:
        await press(pilot, "9")
        await pilot.press("ctrl+p", *typed("welcome"))
        await quiet(pilot)
        await pilot.press("enter")
        await welcomed(pilot)
        await pilot.press("p")
        await until(pilot, lambda: "evening.toml are not saved" in dialog_text(pilot))
        await pilot.press("escape")
        screen = await settled(pilot)
        assert screen.name_of_file == "evening.toml"
        assert screen.run_at_work is None


async def test_whoever_names_a_file_types_already_or_was_welcomed_is_not(
    configuration: Write,
) -> None:
    async with driven(for_a_newcomer(configuration(""))) as pilot:
        assert pilot.app.screen is workspace(pilot)
    assert not is_welcomed()
    async with starting(for_a_newcomer()) as pilot:
        await pilot.press("9")
        screen = await settled(pilot)
        assert pilot.app.screen is screen
        await screen.give_up_changes()
    assert note_welcome()
    async with driven(for_a_newcomer()) as pilot:
        assert pilot.app.screen is workspace(pilot)


async def test_where_it_cannot_be_noted_nobody_is_welcomed_at_every_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr("let_it_ride.files.state_directory", lambda: tmp_path / "file" / "state")
    async with driven(for_a_newcomer()) as pilot:
        assert pilot.app.screen is workspace(pilot)
        await press(pilot, "alt+shift+l")
        assert "No file has been open yet." in notes(pilot)


async def recent_list(pilot: Pilot[Any]) -> list[str]:
    """Open the list of recent files; return what it says, a file each."""
    await pilot.press("alt+shift+l")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChoosingScreen))
    await quiet(pilot)
    options = pilot.app.screen.query_one(OptionList).options
    return [str(option.prompt).replace("\n", " | ") for option in options]


async def test_a_file_is_opened_again_where_it_was_left(
    configuration: Write, tmp_path: Path
) -> None:
    one, other = configuration("[bankroll]\nbase_bet = 7.00\n"), configuration("", "other.toml")
    async with driven(new_app(one)) as pilot:
        await press(pilot, "f8")  # the section after the bankroll
        await press(pilot, "ctrl+q")
    async with driven(new_app(other)) as pilot:
        assert await recent_list(pilot) == [
            "other.toml | here, at Bankroll",
            "evening.toml | here, at Strategy",
        ]
        await pilot.press("down", "enter")
        screen = workspace(pilot)
        await until(pilot, lambda: screen.name_of_file == "evening.toml")
        await settled(pilot)
        assert screen.page == "strategy"
        assert screen.state.values["bankroll"] == {"base_bet": 7}
    assert [each.path.name for each in recent_files()] == ["evening.toml", "other.toml"]


async def test_what_is_saved_as_another_file_is_remembered_under_its_name(tmp_path: Path) -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "9", "9")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(pilot.app.screen, SaveScreen))
        await pilot.press(*typed("mine.toml"), "enter")
        await until(pilot, lambda: workspace(pilot).name_of_file == "mine.toml")
        await settled(pilot)
    assert [(each.path, each.page) for each in recent_files()] == [
        (tmp_path / "mine.toml", "bankroll")
    ]


async def test_a_file_that_is_gone_is_shown_as_gone_and_can_be_taken_off_the_list(
    configuration: Write,
) -> None:
    path = configuration("")
    async with driven(new_app(path)) as pilot:
        path.unlink()
        assert await recent_list(pilot) == ["✗ evening.toml (gone) | here, at Bankroll"]
        await pilot.press("enter")
        await until(pilot, lambda: "evening.toml is no longer there." in dialog_text(pilot))
        await pilot.press("right", "enter")
        await settled(pilot)
        assert not recent_files()


async def test_a_file_may_be_called_anything(configuration: Write) -> None:
    path = configuration("", "[red]\x1b[31m\udcff.toml")
    async with driven(new_app(path), NARROW) as pilot:
        (told,) = await recent_list(pilot)
        assert told.startswith("[red]")
        await pilot.press("enter")
        screen = workspace(pilot)
        await until(pilot, lambda: pilot.app.screen is screen)
        await settled(pilot)
        assert screen.session.saved.path == path


async def test_what_is_not_saved_is_not_lost_to_a_recent_file(configuration: Write) -> None:
    configuration("", "other.toml")
    async with driven(new_app(configuration(""))) as pilot:
        await press(pilot, "9")
        await recent_list(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "evening.toml are not saved" in dialog_text(pilot))
        await pilot.press("escape")
        assert (await settled(pilot)).is_dirty


async def test_without_a_file_what_was_open_last_is_offered_and_nothing_is_opened(
    configuration: Write,
) -> None:
    path = configuration("")
    async with driven(new_app(path)) as pilot:
        await press(pilot, "f8", "ctrl+q")
    async with driven(for_a_newcomer()) as pilot:
        assert notes(pilot) == "Open last: evening.toml, at Strategy. alt+shift+l goes on there."
        assert workspace(pilot).name_of_file == "untitled"
        assert pilot.app.screen is workspace(pilot)
    path.unlink()
    async with driven(new_app()) as pilot:
        assert not notes(pilot)
