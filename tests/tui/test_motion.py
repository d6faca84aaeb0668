"""Letters move where nothing is typed, and are typed where something is."""

from collections.abc import Callable
from pathlib import Path

import pytest
import scripted_history as kept
from driving import (
    MEDIUM,
    NARROW,
    driven,
    led_to,
    new_app,
    press,
    quiet,
    row,
    said,
    settled,
    shown,
    workspace,
    write,
)
from scripted_history import ScriptedHistory
from textual.content import Content
from textual.widgets import Input

from let_it_ride.tui.keymap import Keymap
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.screens.help import HelpText
from let_it_ride.tui.screens.runs import RunsScreen
from let_it_ride.tui.widgets.field_help import FieldHelp
from let_it_ride.tui.widgets.picker import Picker
from let_it_ride.tui.widgets.run_list import RunList

pytestmark = pytest.mark.slow


async def test_letters_move_in_the_sections_and_into_the_form() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        await press(pilot, "shift+tab", "g")
        first = screen.page
        await press(pilot, "j", "j", "k")
        second = screen.page
        assert second != first
        await press(pilot, "G")
        assert screen.page not in {first, second}
        await press(pilot, "g", "j", "l")
        assert screen.page == second
        assert screen.focused is next(iter(screen.form.current.query(".entry")))


async def test_letters_are_typed_into_a_field() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await screen.show_setting(("metadata", "name"))
        await settled(pilot)
        await press(pilot, *"jkhlgG0", "slash")
        assert screen.focused.value == "jkhlgG0/"


async def test_escape_leaves_a_field_and_letters_move_from_setting_to_setting() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        page = screen.form.current
        first, second, third = list(page.query(".entry"))[:3]
        await press(pilot, "escape", "j")
        assert screen.focused is page
        assert page.row == row(screen, "bankroll", "base_bet").row
        assert "bankroll.base_bet" in said(screen.query_one(FieldHelp))
        assert [each.has_class("-pointed") for each in (first, second)] == [False, True]
        await press(pilot, "j", "enter")
        assert screen.focused is third
        await press(pilot, "5", "escape", "g", "i")
        assert screen.focused is first
        assert third.value.startswith("5")


async def test_the_tab_key_does_not_come_to_rest() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await press(pilot, "escape", "j", "h")
        assert type(screen.focused).__name__ == "SectionList"
        await press(pilot, "tab")
        assert screen.focused.has_class("entry")


async def test_rest_outlives_another_window_and_the_last_setting_is_reached() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        page = screen.form.current
        await press(pilot, "escape")
        pilot.app.app_focus = False
        await quiet(pilot)
        pilot.app.app_focus = True
        await quiet(pilot)
        assert screen.focused is page
        await press(pilot, "G", "enter")
        assert screen.focused is list(page.query(".entry"))[-1]


async def test_a_setting_is_searched_for_with_a_stroke() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "escape", "slash")
        assert isinstance(pilot.app.screen, ChoosingScreen)
        assert isinstance(pilot.app.focused, Input)


async def test_a_letter_that_begins_a_choice_chooses_it(
    configuration: Callable[..., Path],
) -> None:
    path = configuration('[paytables.main_game]\ntype = "standard"\n')
    async with driven(new_app(path)) as pilot:
        screen = workspace(pilot)
        await screen.show_setting(("paytables", "main_game", "type"))
        await settled(pilot)
        picker = screen.focused
        assert isinstance(picker, Picker)
        await press(pilot, "l")
        assert picker.current == "liberal"
        await press(pilot, "j")  # no paytable begins with it
        assert screen.focused is not picker


async def test_letters_move_in_a_list_whose_own_letters_stay() -> None:
    history = ScriptedHistory(Path("kept"), kept.SOME)
    async with driven(new_app(history=history)) as pilot:
        screen = await led_to(pilot, RunsScreen, "alt+a")
        runs = screen.query_one(RunList)
        await pilot.press("j", "j", "k")
        await quiet(pilot)
        assert runs.cursor == 1
        await pilot.press("G")
        await quiet(pilot)
        assert runs.cursor == len(runs.entries) - 1
        await pilot.press("L")  # caps lock may be on
        await quiet(pilot)
        assert pilot.app.screen is not screen  # which asks for the limit


@pytest.mark.parametrize("has_motion", [True, False])
async def test_letters_move_in_a_report_unless_that_is_turned_off(*, has_motion: bool) -> None:
    async with driven(new_app(keymap=Keymap(has_motion=has_motion)), NARROW) as pilot:
        await press(pilot, "f1", "j", "j", "k", "ctrl+d")
        scroll = pilot.app.screen.query_one("#help")
        page = scroll.scroll_y - 1
        assert (page > 5) == has_motion
        await press(pilot, "g")
        assert scroll.scroll_y == 0
        text = pilot.app.screen.query_one(HelpText).render().plain
        assert ("Where nothing is typed" in text) == has_motion


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_a_line_of_the_help_is_searched_for_and_gone_to(size: tuple[int, int]) -> None:
    async with driven(new_app(), size) as pilot:
        await press(pilot, "f1", "slash")
        assert isinstance(pilot.app.screen, ChoosingScreen)
        await write(pilot, "remove line")
        await press(pilot, "enter")
        help_screen = pilot.app.screen
        text = help_screen.query_one(HelpText)
        (line,) = (
            y
            for y, each in enumerate(shown(text).split("\n"))
            if "Remove line: Remove this line." in each
        )
        top = text.content_region.y + line - help_screen.query_one("#help").content_region.y
        assert top == 0


async def test_a_line_of_a_panel_is_searched_for_where_the_form_looks_for_settings() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f4", "slash")
        await write(pilot, "skewness")
        await press(pilot, "enter")
        panel = screen.query_one("OddsPanel")
        assert screen.focused is panel
        first = next(
            (y, each)
            for each in panel.query("*")
            if isinstance(each.render(), Content)
            for y, text in enumerate(each.render().plain.split("\n"))
            if text.startswith("Skewness")
        )
        line = first[1].content_region.y + first[0]
        assert panel.content_region.y <= line < panel.content_region.bottom
        assert panel.scroll_y > 0
