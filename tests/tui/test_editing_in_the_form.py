"""The form: what is typed, what is wrong with it, and what follows from it."""

from collections.abc import Callable
from decimal import Decimal
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
    until,
    workspace,
    write,
)
from scenes import LIMITS
from textual.events import Key
from textual.widgets import Input

from let_it_ride.tui.widgets.odds_panel import OddsFigures
from let_it_ride.tui.widgets.section_list import SectionList

START = ("bankroll", "starting_amount")
SYSTEM = ("bankroll", "betting_system")


async def test_an_error_is_beside_its_field_until_it_is_mended() -> None:
    async with driven(new_app()) as pilot:
        screen = await write(pilot, "10")
        assert [problem.path for problem in screen.state.problems] == [START]
        assert "✗ does not pay for one round" in shown(row(screen, *START))
        assert "✗ 1 error" in shown(screen.query_one(SectionList))
        screen = await write(pilot, "00")
        assert screen.state.config is not None
        assert screen.state.config.bankroll.starting_amount == Decimal("1000.00")
        assert "✗" not in shown(row(screen, *START))


async def test_the_odds_of_the_last_valid_settings_stay_while_there_are_errors() -> None:
    async with driven(new_app()) as pilot:
        screen = await write(pilot, "x")
        figures = screen.query_one(OddsFigures)
        assert "37963/1082900" in shown(figures)
        assert "they have errors" in shown(figures)
        assert figures.has_class("-stale")


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("", "An hour costs        $9.11  for 52 hands"),
        ("table.hands_per_hour = 100", "An hour costs       $17.53  for 100 hands"),
        (
            'bonus_strategy.type = "always"\npaytables.bonus = { type = "custom", pair = 5 }',
            "An hour brings      $23.79  for 52 hands",
        ),
        (
            'simulation.hands_per_session = 9\nbankroll.betting_system.type = "martingale"',
            None,
        ),
    ],
)
async def test_the_odds_say_what_an_hour_costs_where_they_know_it(
    text: str, hour: str | None, configuration: Callable[..., Path]
) -> None:
    async with driven(new_app(configuration(text))) as pilot:
        screen = workspace(pilot)
        lines = shown(screen.query_one(OddsFigures)).splitlines()
        found = [line.strip() for line in lines if line.strip().startswith("An hour")]
        assert found == ([] if hour is None else [hour])


async def test_typing_ahead_of_the_screen_puts_every_key_where_it_belongs() -> None:
    names = [
        *"700",
        "tab",
        *"12",
        "backspace",
        *"5",
        "enter",
        "1",
        "down",
        *"8000",
        "up",
        "up",
        "9",
    ]
    async with driven(new_app()) as pilot:
        for name in names:
            pilot.app.post_message(Key(name, name if len(name) == 1 else None))
        screen = await settled(pilot)
        assert screen.state.values["bankroll"] == {
            "starting_amount": 700,
            "base_bet": 9,
            "bet_increment": 1,
            "stop_conditions": {"win_limit": 8000},
        }


@pytest.mark.parametrize("opening", ["ctrl+l", "f12", "alt+shift+c", "ctrl+o"])
async def test_what_is_typed_ahead_of_a_dialog_is_typed_into_it(opening: str) -> None:
    async with driven(new_app()) as pilot:
        before = workspace(pilot).state.values
        for name in (opening, *"loss"):
            pilot.app.post_message(Key(name, name if len(name) == 1 else None))
        await until(pilot, lambda: len(pilot.app.screen_stack) > 1)
        await quiet(pilot)
        assert [field.value for field in pilot.app.screen.query(Input)] == ["loss"]
        assert workspace(pilot).state.values == before


async def test_a_field_that_differs_from_its_default_is_marked_and_can_be_reset() -> None:
    async with driven(new_app()) as pilot:
        screen = await write(pilot, "750")
        assert "◆ Starting bankroll" in shown(row(screen, *START))
        screen = await press(pilot, "f10")
        assert "◆" not in shown(row(screen, *START))
        assert row(screen, *START).editor.value == "500.00"
        assert screen.state.values == {}


async def test_an_emptied_field_has_its_default() -> None:
    async with driven(new_app()) as pilot:
        screen = await write(pilot, "750")
        screen = await press(pilot, "ctrl+u")
        assert screen.state.values == {}
        assert row(screen, *START).editor.value == ""
        screen = await press(pilot, "down")
        assert row(screen, *START).editor.value == "500.00"


async def test_numbers_are_grouped_to_read_and_plain_to_change() -> None:
    async with driven(new_app()) as pilot:
        await write(pilot, "1234567")
        screen = await press(pilot, "down")
        editor = row(screen, *START).editor
        assert editor.value == "1,234,567.00"
        await press(pilot, "up")
        assert editor.value == "1234567.00"
        screen = await write(pilot, "$7,000")
        assert screen.state.values["bankroll"]["starting_amount"] == 7000


async def test_choosing_another_type_shows_its_fields_and_loses_nothing_that_was_typed(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(LIMITS))) as pilot:
        screen = workspace(pilot)
        row(screen, *SYSTEM, "type").editor.focus()
        screen = await press(pilot, "m")
        row(screen, *SYSTEM, "loss_multiplier").editor.focus()
        screen = await write(pilot, "3")
        row(screen, *SYSTEM, "max_bet").editor.focus()
        screen = await write(pilot, "250")
        row(screen, *SYSTEM, "type").editor.focus()
        screen = await press(pilot, "p")  # paroli, which has no such multiplier
        paths = {each.row.path for each in screen.query("FieldRow")}
        assert (*SYSTEM, "loss_multiplier") not in paths
        assert (*SYSTEM, "wins_before_reset") in paths
        assert row(screen, *SYSTEM, "max_bet").editor.value == "250.00"
        screen = await press(pilot, "f", "m")  # flat, and back
        assert row(screen, *SYSTEM, "loss_multiplier").editor.value == "3"
        assert row(screen, *SYSTEM, "max_bet").editor.value == "250.00"
        assert screen.focused is row(screen, *SYSTEM, "type").editor


@pytest.mark.slow
async def test_an_optional_table_is_used_or_not_and_remembers_what_it_held() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await screen.show_page("bonus_strategy")
        screen = await settled(pilot)
        kind = ("bonus_strategy", "type")
        row(screen, *kind).editor.focus()
        await until(pilot, lambda: screen.focused is row(screen, *kind).editor)
        for _ in range(3):
            screen = await press(pilot, "b")
        assert row(screen, *kind).editor.current == "session_conditional"
        early = ("bonus_strategy", "early_session")
        row(screen, *early).editor.focus()
        screen = await press(pilot, "space")
        row(screen, *early, "hands").editor.focus()
        screen = await write(pilot, "33")
        row(screen, *early).editor.focus()
        screen = await press(pilot, "space")
        assert early not in {each.row.path[:2] for each in screen.query("FieldRow")} - {early}
        assert "early_session" not in screen.state.values["bonus_strategy"]
        screen = await press(pilot, "space")
        assert row(screen, *early, "hands").editor.value == "33"


async def test_the_words_of_a_list_are_ticked_in_the_order_of_ticking() -> None:
    async with driven(new_app()) as pilot:
        screen = workspace(pilot)
        await screen.show_page("output")
        row(screen, "output", "formats").editor.focus()
        screen = await press(pilot, "right", "space", "left", "space")
        assert screen.state.values == {"output": {"formats": ["json", "csv"]}}
        screen = await press(pilot, "right", "space")
        assert screen.state.values == {"output": {"formats": ["csv"]}}


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_every_word_of_a_list_is_in_sight_and_ticked_with_a_click(
    size: tuple[int, int],
) -> None:
    async with driven(new_app(), size) as pilot:
        screen = workspace(pilot)
        await screen.show_page("output")
        await settled(pilot)
        words = row(screen, "output", "formats").editor
        assert said(words) == "[ ] csv [ ] json [ ] parquet [ ] html"
        lines = shown(words).split("\n")
        line = next(y for y, each in enumerate(lines) if "html" in each)
        await pilot.click(words, offset=(lines[line].index("html"), line))
        await settled(pilot)
        assert screen.state.values == {"output": {"formats": ["html"]}}


async def test_what_is_wrong_with_no_field_is_said_at_its_table(
    configuration: Callable[..., Path],
) -> None:
    path = configuration("[bankroll]\nbase_bat = 5\n\n[bankroll.betting_system]\ntype = 'no'\n")
    async with driven(new_app(path)) as pilot:
        screen = workspace(pilot)
        page = screen.form.current
        assert "✗ bankroll.base_bat: unknown key" in shown(page.query_one(".page-title"))
        assert "✗ unknown type" in shown(row(screen, *SYSTEM, "type"))
