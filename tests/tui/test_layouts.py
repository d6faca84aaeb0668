"""What is in sight in narrow terminals and in tall ones."""

from collections.abc import Callable
from pathlib import Path

import scripted_runs as script
from driving import driven, new_app, press, quiet, said, shown, until, workspace
from scenes import EVENING

from let_it_ride.tui.widgets.field_help import FieldHelp
from let_it_ride.tui.widgets.field_row import FieldRow
from let_it_ride.tui.widgets.form import Form
from let_it_ride.tui.widgets.odds_panel import OddsPanel
from let_it_ride.tui.widgets.odds_strip import OddsStrip
from let_it_ride.tui.widgets.run_panel import RunPanel
from let_it_ride.tui.widgets.section_list import SectionList
from let_it_ride.tui.widgets.side_by_side_view import SideBySideView

Configuration = Callable[..., Path]


async def test_every_field_and_its_unit_are_in_sight_at_every_width(
    configuration: Configuration,
) -> None:
    async with driven(new_app(configuration(EVENING)), (40, 40)) as pilot:
        screen = workspace(pilot)
        for width in (40, 56, 80, 100, 118, 170):
            await pilot.resize_terminal(width, 40)
            await quiet(pilot)
            for row in screen.query(FieldRow):
                assert row.editor.region.right <= row.content_region.right, width
                assert row.editor.region.width >= 12, width
                label, unit = row.row.field.label, row.row.field.unit
                assert not unit or said(row).count(unit) > label.count(unit), width


async def test_sections_are_reached_by_keys_and_clicks_where_they_are_a_line(
    configuration: Configuration,
) -> None:
    async with driven(new_app(configuration(EVENING)), (60, 24)) as pilot:
        sections = workspace(pilot).query_one(SectionList)
        assert "Bankroll" in said(sections)
        assert "5 of 9" in said(sections)
        assert (await press(pilot, "f8")).page == "strategy"
        assert "Strategy" in said(sections)
        await pilot.click(sections, offset=(2, 0))
        await quiet(pilot)
        assert workspace(pilot).page == "bankroll"
        await pilot.click(sections, offset=(20, 0))
        await quiet(pilot)
        assert workspace(pilot).page == "strategy"


async def test_a_tall_terminal_has_the_odds_and_the_run_under_the_form(
    configuration: Configuration,
) -> None:
    async with driven(new_app(configuration(EVENING)), (80, 60)) as pilot:
        screen = await press(pilot, "f4")
        form, odds, run = (screen.query_one(each).region for each in (Form, OddsPanel, RunPanel))
        assert form.height >= 16
        assert form.bottom < odds.y < odds.bottom <= run.y < run.bottom
        await pilot.resize_terminal(80, 24)
        await quiet(pilot)
        assert screen.query_one(OddsPanel).region.height > 20
        assert not screen.query_one(Form).region


async def test_a_run_that_is_looked_at_has_the_room_of_the_form(
    configuration: Configuration,
) -> None:
    runs = script.ending(script.results(script.equal()))
    async with driven(new_app(configuration(EVENING), make_runner=runs)) as pilot:
        screen = await press(pilot, "f6")
        form, run = screen.query_one(Form), screen.query_one(RunPanel)
        assert form.region
        await press(pilot, "f5")
        await until(pilot, lambda: screen.outcome is not None)
        await quiet(pilot)
        assert (run.region.width, bool(form.region)) == (screen.size.width, False)
        assert said(screen.query_one(OddsStrip)).startswith("Ahead 32.30 %")
        for key in ("f2", "f4"):
            await press(pilot, key)
            assert run.region.width < form.region.width, key
        lines = shown(screen.query_one(SideBySideView)).splitlines()
        assert [line.split() for line in lines if "Spread" in line] == [
            ["Spread", "(sd)", "$366.56", "+1.55"]
        ]


async def test_the_help_of_a_field_ends_with_a_whole_clause_and_a_key(
    configuration: Configuration,
) -> None:
    async with driven(new_app(configuration(EVENING)), (60, 24)) as pilot:
        await press(pilot, "down")
        assert shown(workspace(pilot).query_one(FieldHelp)).splitlines()[-1] == (
            "Default: 5.00  ·  Allowed: an amount in dollars … F1"
        )
