"""What a key does, a click does too."""

from collections.abc import Callable
from pathlib import Path

import scripted_history as kept
from driving import MEDIUM, driven, new_app, press, quiet, until, workspace
from scenes import EVENING, GOAL
from scripted_history import ScriptedHistory
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from let_it_ride.tui.keymap import Keymap
from let_it_ride.tui.screens.chart import ChartScreen
from let_it_ride.tui.screens.distribution import DistributionScreen
from let_it_ride.tui.screens.runs import RunsScreen
from let_it_ride.tui.widgets.chart_parts import ChartParts, PartTabs
from let_it_ride.tui.widgets.key_hints import KeyHints
from let_it_ride.tui.widgets.large_plot import LargePlot
from let_it_ride.tui.widgets.run_list import RunList


async def _click_words(pilot: Pilot[int], widget: Widget, words: str) -> None:
    """Click where a widget says something."""
    lines = widget.render().plain.split("\n")
    (place,) = ((line.index(words), y) for y, line in enumerate(lines) if words in line)
    gutter = widget.gutter
    await pilot.click(widget, offset=(place[0] + gutter.left + 1, place[1] + gutter.top))
    await quiet(pilot)


async def test_the_words_under_the_list_of_runs_act_as_the_keys_they_name() -> None:
    history = ScriptedHistory(Path("kept"), kept.SOME)
    chosen = Keymap({"runs.mark": ("z",)})
    async with driven(new_app(history=history, keymap=chosen)) as pilot:
        await pilot.press("alt+a")
        await quiet(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RunsScreen)
        hints, runs = screen.query_one(KeyHints), screen.query_one(RunList)
        await _click_words(pilot, hints, "z ● Mark")
        assert runs.marked == {kept.SOME[0].id}
        await _click_words(pilot, hints, "/ Filter")
        assert screen.focused is screen.query_one(Input)
        await _click_words(pilot, hints, "esc Every run again")
        assert screen.focused is runs
        await _click_words(pilot, hints, "esc Close")
        assert pilot.app.screen is workspace(pilot)


async def test_a_bar_of_the_distribution_is_pointed_at_with_a_click() -> None:
    async with driven(new_app(), MEDIUM) as pilot:
        await press(pilot, "f11")
        screen = pilot.app.screen
        assert isinstance(screen, DistributionScreen)
        plot = screen.query_one(LargePlot)
        await until(pilot, lambda: plot.chart is not None)
        await quiet(pilot)
        chart = plot.chart
        each = chart.columns_of_bin(plot.histogram.columns)
        ground = plot.histogram.query_one("#plot")
        await pilot.click(ground, offset=(1 + 5 * each, 3))
        await quiet(pilot)
        assert plot.chart.cursor == 5
        await _click_words(pilot, screen.query_one(KeyHints), "m Median")
        assert plot.chart.cursor == chart.cursor


async def test_a_part_of_the_chart_is_looked_at_by_its_title(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(GOAL)), (80, 24)) as pilot:
        await pilot.press("alt+h")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChartScreen))
        parts = pilot.app.screen.query_one(ChartParts)
        await until(pilot, lambda: parts.chart is not None)
        await quiet(pilot)
        tabs = pilot.app.screen.query_one(PartTabs)
        assert parts.part == 0
        await _click_words(pilot, tabs, f"2 {parts.chart.parts[1].title}")
        assert parts.part == 1


async def test_a_click_leaves_and_enters_fields_as_keys_do(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(EVENING)), MEDIUM) as pilot:
        screen = workspace(pilot)
        page = screen.form.current
        await press(pilot, "escape")
        assert screen.focused is page
        second = list(page.query(".entry"))[1]
        await pilot.click(second)
        await quiet(pilot)
        assert screen.focused is second
        assert not page.query(".-pointed")
