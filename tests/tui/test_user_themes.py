"""Themes of the user's own: found, shown while they are changed, and remembered."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from driving import driven, new_app, press, quiet, until, write
from textual.color import Color

from let_it_ride import files
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.remembered import remember_theme, remembered_theme
from let_it_ride.tui.screens.themes import ThemesScreen
from let_it_ride.tui.themes import shipped_themes, theme_files

pytestmark = pytest.mark.slow

FELT = next(file for file in shipped_themes() if file.stem == "felt").read_text()
GREEN = 'background = "#0f1613"'
BLUE = 'background = "#0000ff"'
RED = 'background = "#ff0000"'

assert GREEN in FELT

Theme = Callable[..., Path]


@pytest.fixture
def theme() -> Theme:
    """Writes a theme into the user's folder and returns its file."""

    def written(name: str, text: str = FELT.replace(GREEN, BLUE)) -> Path:
        file = files.user_themes_directory() / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    return written


def ground(app: LirApp) -> str:
    """The colour that is behind everything, a shade more or less."""
    color = app.screen_stack[0].styles.background
    names = {"red": RED, "blue": BLUE, "green": GREEN}
    return min(names, key=lambda name: _distance(color, names[name]))


def _parsed(line: str) -> Color:
    return Color.parse(line.split('"')[1])


def _distance(color: Color, line: str) -> int:
    return sum(abs(a - b) for a, b in zip(color.rgb, _parsed(line).rgb, strict=True))


def told(app: LirApp) -> list[str]:
    return [notification.message for notification in app._notifications]


async def looked(app: LirApp) -> None:
    """Have the app see that files have changed, and that they stay so."""
    app.wardrobe.look_again()
    app.wardrobe.look_again()


def state_file() -> Path:
    return files.state_directory() / "app.json"


def test_the_users_themes_come_after_the_shipped_ones_and_before_one_of_their_name(
    theme: Theme,
) -> None:
    mine, felt = theme("mine"), theme("felt")
    theme(".hidden")
    (mine.parent / "notes.txt").touch()
    found = theme_files()
    assert list(found) == [*(file.stem for file in shipped_themes()), "mine"]
    assert found["mine"] == (mine,)
    assert found["felt"][0] == felt
    assert found["felt"][1].read_text() == FELT


async def test_the_next_theme_is_remembered_at_the_next_start(theme: Theme) -> None:
    theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        await press(pilot, *["alt+t"] * len(shipped_themes()))
        assert app.theme == "mine"
        assert ground(app) == "blue"
    again = new_app()
    assert again.theme == "mine"
    async with driven(again):
        assert ground(again) == "blue"


async def test_a_file_that_changes_is_shown_at_once(theme: Theme) -> None:
    file = theme("mine")
    remember_theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        file.write_text(FELT.replace(GREEN, RED))
        app.wardrobe.look_again()
        await quiet(pilot)
        assert ground(app) == "blue"  # it may be half written
        app.wardrobe.look_again()
        await quiet(pilot)
        assert ground(app) == "red"
        assert told(app) == []


async def test_the_app_looks_by_itself(theme: Theme) -> None:
    file = theme("mine")
    remember_theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        file.write_text(FELT.replace(GREEN, RED))
        await until(pilot, lambda: ground(app) == "red")


async def test_a_file_that_is_broken_is_told_of_once_for_each_change(theme: Theme) -> None:
    file = theme("mine")
    remember_theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        for text, problems in ((FELT[:50], 1), ("label = 1", 2), ("dark = 22", 3)):
            file.write_text(text)
            for _ in range(3):
                await looked(app)
            await quiet(pilot)
            assert len(told(app)) == problems
            assert all(message.startswith("mine.toml: ") for message in told(app))
            assert ground(app) == "blue"
        file.write_text(FELT.replace(GREEN, RED))
        await looked(app)
        await quiet(pilot)
        assert ground(app) == "red"
        assert len(told(app)) == 3


async def test_a_theme_that_goes_leaves_its_colours_and_is_not_offered_any_more(
    theme: Theme,
) -> None:
    file = theme("mine")
    remember_theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        file.unlink()
        await looked(app)
        await quiet(pilot)
        assert ground(app) == "blue"
        assert "mine" not in app.wardrobe.themes()
        await press(pilot, "alt+t")
        assert app.theme == "felt"
    remember_theme("mine")
    assert new_app().theme == "felt"


async def test_a_theme_of_the_users_that_is_broken_gives_way_to_the_shipped_one(
    theme: Theme,
) -> None:
    file = theme("felt", "label = 1")
    app = new_app()
    async with driven(app) as pilot:
        assert ground(app) == "green"
        assert "felt.toml: label: not text" in told(app)[0]
        file.write_text(FELT.replace(GREEN, BLUE))
        await looked(app)
        await quiet(pilot)
        assert ground(app) == "blue"


async def test_what_was_chosen_is_worn_when_it_is_mended(theme: Theme) -> None:
    file = theme("mine", "label = 1")
    remember_theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        assert app.theme == "felt"
        assert len(told(app)) == 1
        file.write_text(FELT.replace(GREEN, BLUE))
        await looked(app)
        await quiet(pilot)
        assert (app.theme, ground(app)) == ("mine", "blue")


async def test_the_cursor_in_the_list_of_themes_shows_each_and_escape_goes_back(
    theme: Theme,
) -> None:
    theme("mine")
    app = new_app()
    async with driven(app) as pilot:
        await press(pilot, "alt+shift+s")
        assert isinstance(app.screen, ThemesScreen)
        for name in list(theme_files())[1:]:
            await press(pilot, "down")
            assert app.theme == name
        assert ground(app) == "blue"
        await press(pilot, "escape")
        assert app.theme == "felt"
        assert remembered_theme() is None


async def test_a_theme_is_found_by_a_word_and_chosen(theme: Theme) -> None:
    theme("mine", FELT.replace('label = "Felt"', 'label = "Night \\u001b[31m\\nshift"'))
    theme("bad", "label = 1")
    app = new_app()
    async with driven(app) as pilot:
        await press(pilot, "alt+shift+c")
        assert ["bad.toml: label: not text" in each for each in told(app)] == [True]
        await write(pilot, "shift")
        await press(pilot, "enter")
        assert app.theme == "mine"
        assert remembered_theme() == "mine"


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "1", "null", "{}", '{"theme": 1}', '{"theme": null}', "[" * 5000),
        *('{"theme": "../../etc/passwd"}', '{"theme": "no-such"}', '{"theme": "nord"}'),
        '{"theme": "' + "a" * 10_000 + '"}',
    ],
)
def test_what_is_remembered_and_of_no_use_is_forgotten(content: str) -> None:
    state_file().parent.mkdir(parents=True)
    state_file().write_text(content)
    assert new_app().theme == "felt"
    remember_theme("daylight")
    assert new_app().theme == "daylight"


async def test_that_nothing_can_be_remembered_is_told_once() -> None:
    files.state_directory().parent.mkdir(exist_ok=True)
    files.state_directory().touch()
    app = new_app()
    async with driven(app) as pilot:
        await press(pilot, "alt+t", "alt+t")
        assert app.theme == "contrast"
        assert len(told(app)) == 1
        assert str(state_file()) in told(app)[0]


def test_what_is_remembered_is_one_small_file() -> None:
    remember_theme("daylight")
    remember_theme("contrast")
    assert [file.name for file in state_file().parent.iterdir()] == ["app.json"]
    assert json.loads(state_file().read_text()) == {"theme": "contrast"}


@pytest.mark.parametrize("name", ["two words", "ä", "x" * 50, "a.b"])
async def test_a_file_whose_name_no_theme_can_have_is_told_of(name: str, theme: Theme) -> None:
    theme(name)
    app = new_app()
    async with driven(app) as pilot:
        await press(pilot, *["alt+t"] * len(shipped_themes()))
        assert app.theme == "felt"
        assert len(told(app)) == 1
        assert f"{name}.toml: a theme's name is" in told(app)[0]
