"""Practice: a person decides with one key, and what it costs is told and kept."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from driving import (
    MEDIUM,
    NARROW,
    driven,
    keyed,
    led_to,
    new_app,
    press,
    quiet,
    row,
    said,
    settled,
    shown,
    told,
    typed,
    until,
    workspace,
)
from textual.pilot import Pilot

from let_it_ride.analysis.practice import PARTS, Practice
from let_it_ride.config import parse_config
from let_it_ride.reports.numbers import money
from let_it_ride.reports.practice_record import keep_decision, read_record, record_file
from let_it_ride.tui.replays import Stage
from let_it_ride.tui.screens import practice
from let_it_ride.tui.screens.help import HelpText
from let_it_ride.tui.screens.practice import PracticeScreen, PracticeSight
from let_it_ride.tui.widgets.felt_view import FeltView

TIGHT = """\
[bankroll]
base_bet = 10.00

[paytables.main_game]
type = "tight"
"""

Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _hands_are_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "new_dealer", lambda: Random(5))


async def opened(pilot: Pilot[Any]) -> PracticeScreen:
    """Open the practice."""
    screen = await led_to(pilot, PracticeScreen, "alt+shift+t")
    await until(pilot, lambda: screen.sight is not None)
    await quiet(pilot)
    return screen


async def at(pilot: Pilot[Any], *keys: str) -> PracticeSight:
    """Press keys, and return the hand as it is then."""
    await keyed(pilot, *keys)
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen)
    assert isinstance(screen.sight, PracticeSight)
    return screen.sight


def felt(pilot: Pilot[Any]) -> str:
    """What the felt says."""
    return shown(pilot.app.screen.query_one(FeltView))


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_hands_are_decided_and_mistakes_are_priced_and_kept(
    size: tuple[int, int], configuration: Write
) -> None:
    expected = Practice(parse_config(TIGHT, ""), Random(5))
    cost = mistakes = 0
    async with driven(new_app(configuration(TIGHT)), size) as pilot:
        await opened(pilot)
        for number, (one, two) in enumerate(("rr", "pp", "rp", "pr", "rr"), start=1):
            hand = expected.deal(number, hard=False)
            sight = await at(pilot)
            assert (sight.played, sight.stage) == (hand, Stage.DEALT)
            assert "ride or pull?" in felt(pilot)
            assert "is better" not in felt(pilot)
            assert (await at(pilot, one)).stage is Stage.FOURTH
            # A decision counts when it is made, whether the hand is played to its end or not.
            price = expected.price(hand, (one == "r",))
            assert read_record().decisions == 2 * number - 1
            assert read_record().mistaken == mistakes + bool(price.cost)
            assert (await at(pilot, two)).stage is Stage.PAID
            rides = (one == "r", two == "r")
            for bet in (1, 2):
                price = expected.price(hand, rides[:bet])
                cost, mistakes = cost + price.cost, mistakes + bool(price.cost)
                assert f"Bet {bet} {'rides' if rides[bet - 1] else 'pulled'}" in felt(pilot)
            brought = expected.decided(hand, rides).main_result
            assert f"This hand {money(brought, signed=True)}" in felt(pilot)
            await until(pilot, lambda hands=number: read_record().hands == hands)
            await at(pilot, "space")
        await until(pilot, lambda: "5 hands" in told(pilot, "record").split("In all")[1])
        text = f"{cost / PARTS:.4f} bets, {money(cost * 1000 / PARTS)}"
        assert told(pilot, "record").count(f"5 hands, {10 - mistakes} of 10 decisions right") == 2
        assert told(pilot, "record").count(text) == 2
        assert told(pilot, "mistakes").count("✗") == mistakes
    kept = read_record()
    assert (kept.hands, kept.mistaken, kept.cost, kept.money) == (5, mistakes, cost, cost * 1000)
    assert mistakes > 0


async def test_what_was_practised_before_is_counted_in(configuration: Write) -> None:
    for number in range(82):
        keep_decision(None, ends_hand=number % 2 == 1)
    async with driven(new_app(configuration(TIGHT)), NARROW) as pilot:
        await opened(pilot)
        await at(pilot, "p", "p")
        await until(pilot, lambda: "In all 42 hands" in told(pilot, "record"))
        assert "This time 1 hand," in told(pilot, "record")


async def test_a_record_that_cannot_be_read_keeps_nobody_from_practising(
    configuration: Write,
) -> None:
    record_file().parent.mkdir(parents=True)
    record_file().write_text("{")
    async with driven(new_app(configuration(TIGHT)), NARROW) as pilot:
        await opened(pilot)
        await at(pilot, "r", "r", "space", "r", "r")
        assert "This time 2 hands" in told(pilot, "record")
        assert "In all" not in told(pilot, "record")
        assert any("no record of practice" in each.message for each in pilot.app._notifications)
    assert record_file().read_text() == "{"


async def test_hard_hands_can_be_had_more_often(configuration: Write) -> None:
    expected = Practice(parse_config(TIGHT, ""), Random(5))
    first, second = expected.deal(1, hard=False), expected.deal(2, hard=True)
    async with driven(new_app(configuration(TIGHT)), NARROW) as pilot:
        await opened(pilot)
        assert (await at(pilot, "d")).played == first
        assert "Hard hands" in told(pilot, "title")
        assert (await at(pilot, "p", "p", "space")).played == second
        await at(pilot, "d")
        assert "Hands as they come" in told(pilot, "title")


async def test_mistakes_are_looked_at_on_the_whole_screen(configuration: Write) -> None:
    async with driven(new_app(configuration(TIGHT)), NARROW) as pilot:
        screen = await opened(pilot)
        await at(pilot, *["r", "r", "space"] * 15)
        mistakes = screen.query_one("#mistakes")
        assert mistakes.size.height > 15
        seen = screen.query_one("VerticalScroll").size.height
        await at(pilot, "v")
        assert screen.query_one("VerticalScroll").size.height > seen + 10
        await at(pilot, "down", "down", "up")
        await until(pilot, lambda: screen.query_one("VerticalScroll").scroll_y == 1)
        unseen = screen.sight
        assert await at(pilot, "r", "p") == unseen
        await at(pilot, "v")
        assert screen.query_one(FeltView).display


async def test_a_key_that_has_no_meaning_at_the_moment_does_nothing(configuration: Write) -> None:
    async with driven(new_app(configuration(TIGHT)), NARROW) as pilot:
        await opened(pilot)
        first = await at(pilot)
        assert await at(pilot, "space") == first
        over = await at(pilot, "p", "p")
        assert await at(pilot, "r", "p") == over
        assert read_record().hands == 1


async def test_errors_have_to_be_mended_first(configuration: Write) -> None:
    async with driven(new_app(configuration(TIGHT))) as pilot:
        screen = await settled(pilot)
        row(screen, "bankroll", "base_bet").editor.focus()
        await press(pilot, "x", "alt+shift+t")
        assert pilot.app.screen is workspace(pilot)


async def test_what_it_can_do_is_in_the_help_and_in_the_palette(configuration: Write) -> None:
    async with driven(new_app(configuration(TIGHT))) as pilot:
        screen = await opened(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen.query(HelpText))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(HelpText))
        for words in ("Ride", "Pull", "Hard hands or all", "Mistakes or the felt"):
            assert words in text
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("ctrl+p", *typed("pull"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: screen.sight and screen.sight.stage is Stage.FOURTH)
