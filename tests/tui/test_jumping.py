"""A letter beside everything in sight goes there."""

from collections.abc import Callable
from pathlib import Path

from driving import (
    MEDIUM,
    NARROW,
    driven,
    new_app,
    press,
    quiet,
    row,
    settled,
    shown,
    workspace,
    write,
)

from let_it_ride.tui.screens.jump import JumpScreen, JumpTag, Target
from let_it_ride.tui.screens.workspace import WorkspaceScreen
from let_it_ride.tui.widgets.title_bar import TitleBar

STEPS = """\
[bankroll.betting_system]
type = "steps"
steps = [{bet = 5, win = 1, loss = 2, push = 1}, {bet = 10, win = 1, loss = 1, push = 2}]
"""


def _tags(screen: JumpScreen) -> list[Target]:
    return [tag.target for tag in screen.query(JumpTag)]


async def test_the_letter_beside_a_setting_goes_there_while_something_is_typed() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        wanted = row(screen, "bankroll", "stop_conditions", "loss_limit").editor
        await write(pilot, "4")
        await press(pilot, "ctrl+space")
        jump = pilot.app.screen
        assert isinstance(jump, JumpScreen)
        (tag,) = (each for each in _tags(jump) if each.widget is wanted)
        assert tag.place.y == wanted.region.y
        await press(pilot, tag.key)
        assert screen.focused is wanted
        assert row(screen, "bankroll", "starting_amount").editor.entered == 4


async def test_everything_in_sight_has_a_letter_of_its_own_and_nothing_else_has() -> None:
    for size in (NARROW, MEDIUM):
        async with driven(new_app(), size) as pilot:
            screen = workspace(pilot)
            await press(pilot, "alt+shift+j")
            jump = pilot.app.screen
            assert isinstance(jump, JumpScreen)
            found = _tags(jump)
            assert len({tag.key for tag in found}) == len(found)
            assert len({tag.place for tag in found}) == len(found)
            fields = set(screen.form.current.query(".entry"))
            panels = {screen.query_one(name) for name in ("OddsPanel", "RunPanel")}
            aimed = {tag.widget for tag in found if not (tag.section or tag.action)}
            assert aimed == (fields if size == NARROW else fields | panels)
            assert sum(bool(tag.section) for tag in found) == 9


async def test_the_views_have_letters_wherever_one_is() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        await press(pilot, "f6", "ctrl+space")
        jump = pilot.app.screen
        assert isinstance(jump, JumpScreen)
        (odds,) = (tag for tag in _tags(jump) if tag.action == "screen.show_odds")
        bar = screen.query_one(TitleBar)
        start = odds.place.x - bar.content_region.x
        assert shown(bar)[start:].startswith(" F4 Odds")
        await press(pilot, odds.key)
        assert screen.view == "odds"


async def test_a_number_goes_to_a_section_and_escape_stays() -> None:
    async with driven(new_app(), NARROW) as pilot:
        screen = workspace(pilot)
        before = screen.focused
        await press(pilot, "ctrl+@", "escape")  # as terminals without modern ways send it
        assert pilot.app.screen is screen
        assert screen.focused is before
        await press(pilot, "ctrl+space", "f5", "exclamation_mark")
        assert isinstance(pilot.app.screen, JumpScreen)  # what stands nowhere does nothing
        await press(pilot, "2")
        assert screen.page == "simulation"
        assert screen.focused is next(iter(screen.form.current.query(".entry")))


async def test_fields_side_by_side_have_letters_and_what_is_scrolled_away_has_none(
    configuration: Callable[..., Path],
) -> None:
    async with driven(new_app(configuration(STEPS)), NARROW) as pilot:
        screen = workspace(pilot)
        path = ("bankroll", "betting_system", "steps", 1, "push")
        await screen.show_setting(path)
        await settled(pilot)
        cell = screen.focused
        await press(pilot, "f2", "ctrl+space")
        jump = pilot.app.screen
        assert isinstance(jump, JumpScreen)
        found = {tag.widget: tag for tag in _tags(jump)}
        assert row(screen, "bankroll", "starting_amount").editor not in found
        assert all(screen.region.contains_point(tag.place) for tag in found.values())
        await press(pilot, found[cell].key)
        assert screen.focused is cell


async def test_a_tag_is_clicked_like_its_letter_and_a_click_elsewhere_stays() -> None:
    async with driven(new_app(), MEDIUM) as pilot:
        screen = workspace(pilot)
        before = screen.focused
        await press(pilot, "ctrl+space")
        await pilot.click(offset=(60, 30))
        await quiet(pilot)
        assert screen.focused is before
        await press(pilot, "ctrl+space")
        (tag,) = (
            each
            for each in pilot.app.screen.query(JumpTag)
            if each.target.widget is screen.query_one("RunPanel")
        )
        await pilot.click(tag)
        await quiet(pilot)
        assert isinstance(pilot.app.screen, WorkspaceScreen)
        assert screen.view == "run"
