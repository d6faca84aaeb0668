"""Changes that are not saved come back at the next start."""

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
    until,
    workspace,
    write,
)
from textual.pilot import Pilot

from let_it_ride.tui.screens.question import QuestionScreen
from let_it_ride.tui.screens.restoring import DISCARD, LATER
from let_it_ride.tui.unsaved import left_behind

pytestmark = pytest.mark.slow

EVENING = "# An evening out.\n[bankroll]\nstarting_amount = 500.00\n"
CHANGED = EVENING.replace("500.00", "800.00")
START = ("bankroll", "starting_amount")

Write = Callable[..., Path]


@pytest.fixture
def path(configuration: Write) -> Path:
    return configuration(EVENING)


async def left(path: Path | None) -> None:
    """Change a configuration, and have the program end without a word."""
    async with driven(new_app(path)) as pilot:
        await write(pilot, "800")


async def asked(pilot: Pilot[int]) -> str:
    """Wait for the question, and return what it says."""
    await until(pilot, lambda: isinstance(pilot.app.screen, QuestionScreen))
    await quiet(pilot)
    return dialog_text(pilot)


async def answer(pilot: Pilot[int], label: str) -> None:
    await press(pilot, label[0].lower())


def told(pilot: Pilot[int]) -> str:
    return " ".join(f"{each.title}: {each.message}" for each in pilot.app._notifications)


async def test_changes_are_restored_with_their_file_and_saved(path: Path) -> None:
    await left(path)
    assert path.read_text() == EVENING
    async with driven(new_app(path)) as pilot:
        said = await asked(pilot)
        assert "evening.toml has changes of " in said
        assert "has changed since" not in said
        screen = await press(pilot, "enter")
        assert row(screen, *START).editor.value == "800.00"
        assert screen.is_dirty
        assert left_behind() == []  # this program has them
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: not screen.is_dirty)
    assert path.read_text() == CHANGED
    assert left_behind() == []


async def test_changes_are_written_down_soon_and_removed_when_saved(path: Path) -> None:
    async with driven(new_app(path)) as pilot:
        screen = await write(pilot, "800")
        await until(pilot, lambda: screen.keeper.keeps)
        await press(pilot, "ctrl+s")
        await until(pilot, lambda: not screen.keeper.keeps)


async def test_a_file_that_has_changed_meanwhile_is_not_overwritten_unasked(path: Path) -> None:
    await left(path)
    path.write_text(EVENING + "base_bet = 25.00\n")
    async with driven(new_app(path)) as pilot:
        assert "The file has changed since then" in await asked(pilot)
        await press(pilot, "enter")
        assert workspace(pilot).session.text == CHANGED
        await press(pilot, "ctrl+s")
        assert "has changed on the disk" in await asked(pilot)
        await press(pilot, "enter")  # cancel has the focus
    assert path.read_text() == EVENING + "base_bet = 25.00\n"
    assert [each.unsaved.text for each in left_behind()] == [CHANGED]


async def test_changes_that_are_not_wanted_now_are_asked_about_again(path: Path) -> None:
    await left(path)
    async with driven(new_app(path)) as pilot:
        await asked(pilot)
        await answer(pilot, LATER)
        assert not workspace(pilot).is_dirty
    async with driven(new_app(path)) as pilot:
        await asked(pilot)
        await answer(pilot, DISCARD)
        assert not workspace(pilot).is_dirty
    assert left_behind() == []


async def test_changes_that_were_given_up_do_not_come_back(path: Path) -> None:
    async with driven(new_app(path)) as pilot:
        screen = await write(pilot, "800")
        await until(pilot, lambda: screen.keeper.keeps)
        await press(pilot, "ctrl+q")
        await pilot.press("d")
        await until(pilot, lambda: pilot.app._exit)
    assert left_behind() == []


async def test_without_a_file_the_newest_changes_are_offered_and_others_are_listed(
    path: Path, configuration: Write
) -> None:
    await left(None)
    await left(path)
    async with driven(new_app()) as pilot:
        assert "evening.toml has changes of " in await asked(pilot)
        screen = await press(pilot, "enter")
        assert (screen.name_of_file, screen.session.text) == ("evening.toml", CHANGED)
    async with driven(new_app(configuration("", "other.toml"))) as pilot:
        await until(pilot, lambda: "Not saved: " in told(pilot))
        await press(pilot, "shift+f12")
        await write(pilot, "untitled not saved")
        await press(pilot, "enter")
        assert "(untitled) has changes of " in await asked(pilot)
        screen = await press(pilot, "enter")
        assert screen.name_of_file == "untitled"
        assert row(screen, *START).editor.value == "800.00"


async def test_who_edits_already_is_not_interrupted(path: Path) -> None:
    await left(path)
    app = new_app(path)
    async with driven(app) as pilot:
        await asked(pilot)
        await answer(pilot, LATER)
        screen = await write(pilot, "900")
        assert await screen.offer_unsaved(is_start=True)
        assert not isinstance(pilot.app.screen, QuestionScreen)
        await until(pilot, lambda: "evening.toml has changes of " in told(pilot))
        assert row(screen, *START).editor.value == "900"
