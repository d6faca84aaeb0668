"""The screens over the workspace have the help and the palette, with their own actions."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from driving import (
    all_alike,
    driven,
    led_to,
    new_app,
    quiet,
    said,
    typed,
    until,
    workspace,
)
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from let_it_ride.tui.commands import COMMANDS
from let_it_ride.tui.screens.busy import BusyScreen
from let_it_ride.tui.screens.comparison import ComparisonScreen
from let_it_ride.tui.screens.distribution import DistributionScreen
from let_it_ride.tui.screens.help import HelpScreen, HelpText
from let_it_ride.tui.screens.runs import RunsScreen
from let_it_ride.tui.screens.sweep import SweepScreen
from let_it_ride.tui.screens.vary import VaryScreen
from let_it_ride.tui.widgets.large_plot import LargePlot

pytestmark = pytest.mark.slow

SHORT = "[simulation]\nhands_per_session = 20\n"

DIALOGS = [
    (("f11",), DistributionScreen, ("The median", "Chance of a profit or less", "Percentiles")),
    (("alt+v",), VaryScreen, ("Find a setting",)),
    (("alt+v", "enter"), SweepScreen, ("Show another measure", "Vary other settings")),
    (("alt+c", *typed("default"), "enter"), ComparisonScreen, ("Close",)),
    (("alt+a",), RunsScreen, ("Open the run", "Find runs by words", "Set the limit on space")),
]
WITH_THEIR_ACTIONS = pytest.mark.parametrize(
    ("keys", "kind", "actions"), DIALOGS, ids=[kind.__name__ for _, kind, _ in DIALOGS]
)


async def opened(pilot: Pilot[Any], keys: tuple[str, ...], kind: type[Screen[Any]]) -> Screen[Any]:
    """Open a dialog."""
    return await led_to(pilot, kind, *keys)


@WITH_THEIR_ACTIONS
async def test_the_help_of_each_has_its_actions_and_those_of_the_program(
    keys: tuple[str, ...],
    kind: type[Screen[Any]],
    actions: tuple[str, ...],
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(SHORT), sweep=all_alike)) as pilot:
        screen = await opened(pilot, keys, kind)
        for key in ("f1", "ctrl+g"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
            await quiet(pilot)
            text = " ".join(pilot.app.screen.query_one(HelpText).render().plain.split())
            for words in (*actions, "Close", f"Commands: {COMMANDS['commands'].help}"):
                assert text.count(words) == 1, words
            assert "Focus" not in text
            typing = text.partition("Typing in a field")[2]
            assert text.count("Copy selected") == typing.count("Copy selected")
            await pilot.press("escape")
            await quiet(pilot)
            assert pilot.app.screen is screen


@WITH_THEIR_ACTIONS
async def test_the_palette_of_each_has_its_actions(
    keys: tuple[str, ...],
    kind: type[Screen[Any]],
    actions: tuple[str, ...],
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(SHORT), sweep=all_alike)) as pilot:
        screen = await opened(pilot, keys, kind)
        for key in ("ctrl+p", "alt+p"):
            await pilot.press(key)
            await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
            await quiet(pilot)
            options = pilot.app.screen.query_one(OptionList).options
            names = [str(option.prompt).partition("\n")[0].partition("  ")[0] for option in options]
            for words in (*actions, "Close", "Help", "Quit"):
                assert names.count(words) == 1, words
            await pilot.press("escape")
            await quiet(pilot)
            assert pilot.app.screen is screen


async def test_what_the_palette_names_is_done(configuration: Callable[..., Path]) -> None:
    async with driven(new_app(configuration(SHORT), sweep=all_alike)) as pilot:
        screen = await opened(pilot, ("f11",), DistributionScreen)
        await pilot.press("ctrl+p", *typed("profit or less"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: screen.query_one(LargePlot).is_cumulative)
        await pilot.press("escape")
        screen = await opened(pilot, ("alt+v", "enter"), SweepScreen)
        await pilot.press("ctrl+p", *typed("what changes"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: "What if Change: " in said(screen.query_one("#title")))
        await pilot.press("ctrl+p", *typed("close"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))


async def test_what_is_done_while_the_help_is_read_is_told_afterwards() -> None:
    go_on, made = Event(), []

    async with driven(new_app()) as pilot:
        screen = BusyScreen("At work", lambda _tell, _stopped: go_on.wait(60))
        pilot.app.push_screen(screen, made.append)
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        go_on.set()
        await until(pilot, lambda: screen._made)
        await pilot.press("escape")
        await until(pilot, lambda: made)
        assert made == [True]
        assert pilot.app.screen is workspace(pilot)
