"""Lists of tables: steps, tiers and rules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from driving import driven, new_app, press, row, settled, shown, workspace, write
from textual.pilot import Pilot

from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.widgets.tables_row import LINES_SHOWN, Cell, Line, TablesRow

SYSTEM = ("bankroll", "betting_system")
STEPS = (*SYSTEM, "steps")


async def _with_steps(pilot: Pilot[int]) -> WorkspaceScreen:
    screen = await settled(pilot)
    row(screen, *SYSTEM, "type").editor.focus()
    return await press(pilot, "s")


def _steps(screen: WorkspaceScreen) -> Any:
    return screen.state.values["bankroll"]["betting_system"].get("steps")


@pytest.mark.slow
async def test_lines_are_added_moved_and_removed_with_keys() -> None:
    async with driven(new_app()) as pilot:
        screen = await _with_steps(pilot)
        tables = screen.query_one(TablesRow)
        await tables.focus_line(0)
        screen = await write(pilot, "10")
        screen = await press(pilot, "insert")
        screen = await write(pilot, "20")
        assert _steps(screen) == [{"bet": 10}, {"bet": 20}]
        screen = await press(pilot, "ctrl+up")
        assert _steps(screen) == [{"bet": 20}, {"bet": 10}]
        assert tables.index_of(screen.focused) == 0
        screen = await press(pilot, "ctrl+up")  # there is nothing above
        assert _steps(screen) == [{"bet": 20}, {"bet": 10}]
        screen = await press(pilot, "ctrl+down", "ctrl+delete")
        assert _steps(screen) == [{"bet": 10}]


async def test_each_change_of_a_list_is_taken_back_by_itself() -> None:
    async with driven(new_app()) as pilot:
        screen = await _with_steps(pilot)
        await screen.query_one(TablesRow).focus_line(0)
        for keys, count in (("insert", 2), ("insert", 3), ("ctrl+z", 2), ("ctrl+y", 3)):
            screen = await press(pilot, keys)
            assert len(_steps(screen)) == count


async def test_a_line_is_added_at_the_end_without_special_keys() -> None:
    async with driven(new_app()) as pilot:
        screen = await _with_steps(pilot)
        screen.query_one("More.-add").focus()
        screen = await press(pilot, "enter")
        assert _steps(screen) == [{}, {}]
        assert screen.query_one(TablesRow).index_of(screen.focused) == 1


async def test_errors_are_under_their_line_and_can_be_gone_to() -> None:
    async with driven(new_app()) as pilot:
        screen = await _with_steps(pilot)
        tables = screen.query_one(TablesRow)
        await tables.focus_line(0, 2)
        screen = await write(pilot, "7")
        assert "✗ loss: no such step" in shown(screen.query_one(Line).query_one(".wrong"))
        screen.query_one("SectionList").focus()
        screen = await press(pilot, "f9")
        assert screen.focused is list(screen.query(Cell))[2].editor
        screen = await write(pilot, "1")
        assert screen.state.config is not None


@pytest.mark.slow
async def test_a_long_list_is_shown_a_leaf_at_a_time(configuration: Callable[..., Path]) -> None:
    steps = ", ".join(f"{{ bet = {number}.00 }}" for number in range(5, 105))
    path = configuration(f'[bankroll.betting_system]\ntype = "steps"\nsteps = [{steps}]\n')
    async with driven(new_app(path)) as pilot:
        screen = workspace(pilot)
        assert len(screen.query(Line)) == LINES_SHOWN
        screen.query_one("More.-after").focus()
        screen = await press(pilot, "enter")
        assert [line.index for line in screen.query(Line)] == list(range(25, 50))
        assert "26-50 of 100" in shown(screen.query_one("TablesRow .title"))
        await screen.show_setting((*STEPS, 99, "win"))
        screen = await settled(pilot)
        assert screen.query_one(TablesRow).index_of(screen.focused) == 99


async def test_rules_have_a_condition_and_an_action() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await screen.show_page("strategy")
        row(screen, "strategy", "type").editor.focus()
        screen = await press(pilot, "r")
        screen.query("More.-add").first().focus()
        screen = await press(pilot, "enter")
        screen = await write(pilot, "has_pair")
        screen = await press(pilot, "tab", "r")
        rules = screen.state.values["strategy"]["bet1_rules"]
        assert rules == [{"when": "has_pair", "action": "ride"}]
        odds = shown(screen.query_one("OddsFigures"))
        assert "Against best play   +" in odds
        assert "2 pulls a pair of tens or better" in odds
