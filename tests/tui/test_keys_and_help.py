"""Every action has keys, a place in the palette and a line in the help."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving import (
    MEDIUM,
    NARROW,
    driven,
    new_app,
    press,
    quiet,
    row,
    said,
    settled,
    shown,
    typed,
    until,
    workspace,
    write,
)
from scenes import LIMITS
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.binding import Binding
from textual.command import CommandList
from textual.dom import DOMNode
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, OptionList, TextArea

from let_it_ride.config import preset_names
from let_it_ride.tui.app import LirApp
from let_it_ride.tui.commands import COMMANDS, PROGRAM, WORKSPACE_GROUPS, Command
from let_it_ride.tui.field_bindings import FIELD_BINDINGS
from let_it_ride.tui.key_names import shown_key
from let_it_ride.tui.local_keys import local_keys
from let_it_ride.tui.recent import remember_file
from let_it_ride.tui.screens.dialog import Dialog
from let_it_ride.tui.screens.help import HelpScreen, HelpText
from let_it_ride.tui.screens.paths import OpenScreen, PathScreen
from let_it_ride.tui.screens.topics import TopicsScreen
from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.widgets.key_bar import KeyBar
from let_it_ride.tui.widgets.reference_text import ReferenceText

ALL = list(COMMANDS.values())
ALL_KEYS = [key for command in ALL for key in command.keys]
NO_COMMANDS = {"help_quit"}


def _action_names(owner: type) -> set[str]:
    """The actions that a class of ours defines."""
    ours = [each for each in owner.__mro__ if each.__module__.startswith("let_it_ride")]
    return {
        name.removeprefix("action_")
        for each in ours
        for name in vars(each)
        if name.startswith("action_")
    }


def _names(commands: tuple[Command, ...]) -> set[str]:
    return {command.action.partition("(")[0] for command in commands}


def test_every_action_of_ours_is_a_command() -> None:
    workspace_commands = {name for group in WORKSPACE_GROUPS for name in _names(group.commands)}
    assert _action_names(WorkspaceScreen) == workspace_commands
    assert _action_names(LirApp) - NO_COMMANDS | {"command_palette"} == _names(PROGRAM.commands)


def test_every_command_has_two_keys_but_those_of_history() -> None:
    for command in ALL:
        assert len(command.keys) >= (1 if command.action in {"undo", "redo"} else 2), command


def test_no_key_is_given_twice() -> None:
    assert len(ALL_KEYS) == len(set(ALL_KEYS))


def test_a_key_with_alt_arrives_as_itself_where_a_terminal_sends_escape_before_it() -> None:
    for command in ALL:
        for letter in (key.removeprefix("alt+") for key in command.keys if key.startswith("alt+")):
            if len(letter) == 1:
                assert f"\x1b{letter}" not in ANSI_SEQUENCES_KEYS, command


def test_no_key_looks_like_the_answer_where_the_cursor_is() -> None:
    # Terminals send CSI 1;2R for shift+F3, and so on: row 1, column 2, to Textual.
    keys = [*ALL_KEYS, *(key for local in local_keys().values() for key in local.keys)]
    assert [key for key in keys if key.endswith("+f3")] == []


def test_every_binding_has_a_name_of_its_own_and_says_what_it_does() -> None:
    local_keys()  # which loads every screen
    bindings: dict[str, Binding] = {}
    for owner in _ours(DOMNode):
        for each in vars(owner).get("BINDINGS", ()):
            assert isinstance(each, Binding)
            is_textuals = each in (*Input.BINDINGS, *FIELD_BINDINGS, *TextArea.BINDINGS)
            if each.system or is_textuals or owner is WorkDialog or each.action == "app.help":
                continue
            assert each.id, each
            assert each.description, each
            assert each.id not in bindings, each
            bindings[each.id] = each
    assert set(bindings) == {*COMMANDS, *local_keys()}


def _ours(base: type) -> Iterator[type]:
    each: type
    for each in base.__subclasses__():
        if each.__module__.startswith("let_it_ride."):
            yield each
        yield from _ours(each)


def test_at_most_six_keys_are_in_the_footer_at_once() -> None:
    shown_commands = [command for command in ALL if command.in_footer]
    assert len(shown_commands) - 1 <= 6  # running and stopping take turns


def _entries(pilot: Pilot[int]) -> list[str]:
    """The entries of the palette, each on a line."""
    options = pilot.app.screen.query_one(CommandList).options
    return [" ".join(str(option.prompt).split()) for option in options]


async def test_everything_is_in_the_palette_with_its_keys_and_its_help() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "ctrl+p")
        entries = _entries(pilot)
    for command in ALL:
        if command.action != "command_palette":
            keys = ", ".join(map(shown_key, command.keys))
            assert f"{command.label} {keys} {command.help}" in entries
    for name in ("Section: Pay tables", "Picture: Drawdown", "Theme: Daylight"):
        assert any(each.startswith(f"{name} ") for each in entries)
    assert len([each for each in entries if each.startswith("Preset: ")]) == len(preset_names()) + 1


async def test_what_is_in_the_palette_is_gone_to(tmp_path: Path) -> None:
    file = tmp_path / "friday.toml"
    file.write_text("[bankroll]\nstarting_amount = 777\n")
    remember_file(file, "")
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)

        async def choose(words: str) -> None:
            await press(pilot, "ctrl+p")
            await write(pilot, words)
            await press(pilot, "enter")

        await choose("section: strategy")
        assert screen.page == "strategy"
        assert screen.form.current in screen.focused.ancestors
        await choose("hands per hour")
        assert screen.focused is row(screen, "table", "hands_per_hour").editor
        await choose("number of seats")
        assert screen.focused is row(screen, "table", "num_seats").editor
        await choose("places back on a win")
        assert screen.focused is row(screen, "bankroll", "betting_system", "type").editor
        await choose("topic equivalence")
        assert isinstance(pilot.app.screen, TopicsScreen)
        option = pilot.app.screen.query_one(OptionList).highlighted_option
        assert option is not None
        assert option.id == "equivalence"
        await press(pilot, "escape")
        await choose("friday")
        assert screen.session.saved.path == file
        await choose("daylight")
        assert pilot.app.theme == "daylight"
        await choose("martingale-chaser")
        assert 'type = "martingale"' in screen.session.text


async def test_a_key_of_one_screen_is_found_in_its_palette_by_its_name() -> None:
    async with driven(new_app()) as pilot:
        await pilot.press("alt+a")
        await quiet(pilot)
        await pilot.press("ctrl+p", *typed("export"))
        await quiet(pilot)
        assert _entries(pilot)[0] == "Write files of the run or the marked e"


async def test_the_help_has_a_line_for_every_command_and_the_focused_setting() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        help_text = " ".join(pilot.app.screen.query_one(HelpText).render().plain.split())
        assert "bankroll.starting_amount" in help_text
        assert "ctrl+w, ctrl+backspace, alt+backspace Delete left to start of word" in help_text
        for command in ALL:
            assert f"{command.label}: {command.help}" in help_text
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_the_help_goes_on_to_what_the_reference_says_about_the_setting(
    size: tuple[int, int], configuration: Callable[..., Path]
) -> None:
    path = configuration(LIMITS + '[bankroll.betting_system]\ntype = "fibonacci"\n')
    async with driven(new_app(path), size) as pilot:
        screen = workspace(pilot)
        await screen.show_setting(("bankroll", "betting_system", "win_regression"))
        await press(pilot, "f1")
        help_screen = pilot.app.screen
        assert "r shows the reference: Betting systems" in said(help_screen.query_one(HelpText))
        title, names, *points = help_screen.query_one(ReferenceText).children
        assert (said(title), said(names)) == ("Betting systems", "fibonacci")
        (point,) = points
        assert said(point).startswith("Places 0 to max_position bet unit x 1, 1, 2, 3, 5, 8")
        await press(pilot, "r")
        assert help_screen.query_one("#help").content_region.contains_region(point.region)


async def test_the_reference_is_scrolled_through_with_keys() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        await screen.show_setting(("bonus_strategy", "type"))
        await press(pilot, "f1", "r")
        scroll = pilot.app.screen.query_one("#help")
        before = scroll.scroll_y
        for key in ("end", "home", "r", "up"):
            await press(pilot, key)
        assert scroll.scroll_y == before - 1


async def test_a_setting_without_a_reference_has_none_in_its_help() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await screen.show_setting(("metadata", "name"))
        await press(pilot, "f1", "r")
        assert not pilot.app.screen.query(ReferenceText)
        assert "reference" not in said(pilot.app.screen.query_one(HelpText))


async def test_a_command_is_run_from_the_palette() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await press(pilot, "ctrl+p")
        await write(pilot, "Odds")
        await pilot.press("enter")
        await until(pilot, lambda: screen.view == "odds")


@pytest.mark.parametrize(("label", "screen"), [("Help", HelpScreen), ("Topics", TopicsScreen)])
async def test_a_command_of_the_program_is_run_from_the_palette(
    label: str, screen: type[Screen[None]]
) -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, label)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, screen))


async def test_the_program_is_left_from_the_palette() -> None:
    async with driven(new_app()) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "Quit")
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.return_code is not None)


async def test_the_footer_cuts_nothing_at_eighty_columns() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        bar = shown(screen.query_one(KeyBar))
        for command in ALL:
            if command.in_footer and command.action != "stop":
                assert command.label in bar


@pytest.mark.slow
async def test_everything_can_be_reached_with_the_keyboard() -> None:
    for size in (NARROW, MEDIUM):
        async with driven(new_app(), size) as pilot:
            screen = workspace(pilot)
            await press(pilot, "shift+tab")
            seen = []
            for _ in range(9):
                seen.append(screen.page)
                await press(pilot, "down")
            await press(pilot, "home")
            assert len(dict.fromkeys(seen)) >= 5  # it starts in the middle, at the bankroll
            pages = [screen.page]
            for _ in range(8):
                await press(pilot, "f8")
                pages.append(screen.page)
                fields = list(screen.form.current.query(".entry"))
                assert screen.focused is fields[0]
                for field in fields[1:]:
                    await pilot.press("tab")
                    await quiet(pilot)
                    assert screen.focused is field
            assert len(set(pages)) == 9
            for key, view in (("f2", "form"), ("f3", "text"), ("f4", "odds"), ("f6", "run")):
                await press(pilot, key)
                assert screen.view == view
                assert screen.focused is not None


async def test_a_setting_is_found_by_its_name() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await press(pilot, "ctrl+l")
        await write(pilot, "hands per hour")
        await press(pilot, "enter")
        await until(pilot, lambda: screen.page == "table")
        await settled(pilot)
        assert screen.focused is row(screen, "table", "hands_per_hour").editor


async def test_a_setting_is_found_by_its_choices_and_where_another_choice_shows_it() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        for words, path in (
            ("spreadsheet", ("output", "formats")),
            ("jackpot", ("paytables", "bonus", "type")),
            ("loss_multiplier martingale", ("bankroll", "betting_system", "type")),
        ):
            await press(pilot, "ctrl+l")
            await write(pilot, words)
            await press(pilot, "enter")
            await until(pilot, lambda page=path[0]: screen.page == page)
            await settled(pilot)
            assert screen.focused is row(screen, *path).editor


async def test_an_error_elsewhere_is_gone_to_with_a_key() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await write(pilot, "x")
        await press(pilot, "f8", "f8")
        await press(pilot, "f9")
        assert screen.focused is row(screen, "bankroll", "starting_amount").editor
        await press(pilot, "ctrl+u", "f9")
        assert not screen.state.problems


def test_every_dialog_can_say_what_it_is() -> None:
    local_keys()  # which loads every screen
    for owner in _ours(Dialog):
        if not issubclass(owner, WorkDialog | HelpScreen | TopicsScreen | PathScreen):
            assert owner.ABOUT, owner
    assert OpenScreen.ABOUT


async def test_a_dialog_is_explained_by_the_key_that_explains_everything() -> None:
    async with driven(new_app()) as pilot:
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(pilot.app.screen, OpenScreen))
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await quiet(pilot)
        text = " ".join(pilot.app.screen.query_one(HelpText).render().plain.split())
        assert text.startswith("The path of a configuration to open")
        assert "tab Complete" in text
        assert "Close" in text
        assert "Begin a configuration from a preset" not in text
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, OpenScreen))
