"""The chart of the configured strategy, at any moment of a session."""

import threading
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path
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
    shown,
    told,
    typed,
    until,
    workspace,
)
from textual.pilot import Pilot
from textual.widgets import Input

from let_it_ride.analysis.charts import Chart, Charts, Moment
from let_it_ride.analysis.moments import MomentsCancelledError, Standing
from let_it_ride.config import parse_config
from let_it_ride.goal_play.rules import Goal
from let_it_ride.tui.screens.chart import ChartScreen
from let_it_ride.tui.screens.help import HelpText
from let_it_ride.tui.widgets.chance_strip import ChanceStrip, strip
from let_it_ride.tui.widgets.chart_lines import PartHead, PartLines
from let_it_ride.tui.widgets.chart_parts import (
    ChartParts,
    LineFacts,
    PartList,
    PartTabs,
    shown_parts,
)
from let_it_ride.tui.widgets.key_bar import KeyBar

pytestmark = pytest.mark.slow

GOAL = """\
[bankroll.stop_conditions]
win_limit = 250.00
loss_limit = 200.00

[strategy]
type = "goal"
"""
AGGRESSIVE = '[strategy]\ntype = "aggressive"\n'
BASIC = '[strategy]\ntype = "basic"\n'
ALWAYS_RIDE = '[strategy]\ntype = "always_ride"\n'

Write = Callable[..., Path]


async def opened(pilot: Pilot[Any], key: str = "alt+h") -> ChartScreen:
    """Open the chart of what is in the workspace."""
    return await led_to(pilot, ChartScreen, key)


def hands(pilot: Pilot[Any], column: int = 0) -> str:
    return shown(pilot.app.screen.query(PartLines)[column])


def pointed_at(pilot: Pilot[Any], column: int = 0) -> str:
    """The line that is pointed at."""
    return next(line for line in hands(pilot, column).splitlines() if "▌" in line)


def title(pilot: Pilot[Any]) -> str:
    """Which chart it is."""
    return told(pilot, "title").removeprefix("♠ ").removeprefix("Chart ")


def facts(pilot: Pilot[Any]) -> str:
    return said(pilot.app.screen.query_one(LineFacts))


def heads(pilot: Pilot[Any]) -> list[str]:
    return [said(each) for each in pilot.app.screen.query(PartHead) if each.display]


@pytest.mark.parametrize("key", ["alt+h", "ctrl+right_square_bracket"])
async def test_the_chart_of_a_fixed_strategy_needs_no_moment(
    configuration: Write, key: str
) -> None:
    async with driven(new_app(configuration('[strategy]\ntype = "basic"\n'))) as pilot:
        screen = await opened(pilot, key)
        assert title(pilot) == "The basic strategy, at any time"
        assert not screen.query("MomentFields, ChanceStrip")
        assert [head.partition(" Hand")[0] for head in heads(pilot)] == ["1 Bet 1", "2 Bet 2"]
        first = hands(pilot).splitlines()[0]
        assert first.split() == ["▌ride", "three", "of", "a", "kind", "0.235", "%", "+5.4082"]
        assert "ride ≠ four to an inside straight" in hands(pilot, 1)
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


async def test_the_chart_of_a_goal_begins_where_sessions_do(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = await opened(pilot)
        assert title(pilot) == (
            "With $500.00 and 200 hands left, bets of $5.00; to leave ahead: 34.4957 %"
        )
        assert screen.query_one("#bankroll", Input).value == "500.00"
        assert screen.query_one("#hands-left", Input).value == "200"
        assert not screen.query_one(ChanceStrip).display  # there is no other money yet


async def test_arrows_walk_through_the_moments_there_are(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = await opened(pilot)
        await press(pilot, "left")
        assert title(pilot).startswith("With $495.00 and 199 hands left")
        await press(pilot, *["left"] * 3)
        assert title(pilot).startswith("With $480.00 and 198 hands left")
        await press(pilot, "up")
        assert title(pilot).startswith("With $480.00 and 198 hands left")
        await press(pilot, *["ctrl+down"] * 17, *["down"] * 8)
        # As `lir-tui chart` has it, and the tests of goal play.
        assert title(pilot) == (
            "With $480.00 and 20 hands left, bets of $5.00; to leave ahead: 28.8939 %"
        )
        await press(pilot, "shift+right", "right", "shift+down", "up")
        assert title(pilot).startswith("With $535.00 and 11 hands left")
        assert screen.query_one("#bankroll", Input).value == "535.00"
        assert screen.query_one("#hands-left", Input).value == "11"
        await press(pilot, *["shift+right"] * 9)
        assert title(pilot).startswith("With $745.00")  # the win limit is further up
        await press(pilot, *["shift+down"] * 3)
        assert title(pilot).startswith("With $745.00 and the last hand")


async def test_a_moment_can_be_typed(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = await opened(pilot)
        await press(pilot, "t", *["backspace"] * 3, *"20", "enter")
        assert isinstance(screen.focused, PartList)
        await press(pilot, "b", *["backspace"] * 6, *"480", "enter")
        assert title(pilot).endswith("to leave ahead: 28.8939 %")
        assert screen.query_one("#bankroll", Input).value == "480"
        await press(pilot, "b", "home", *typed("1,"))
        assert "$1,480.00 a session has reached its win limit" in told(pilot, "told")


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        (("b", "end", "backspace", "1"), "no session comes to $500.01"),
        (("b", "home", "1"), "at $1,500.00 a session has reached its win limit"),
        (("b", "end", "x"), "'500.00x' is no amount in dollars, such as 480 or 480.00"),
        (("b", *["backspace"] * 6), "'' is no amount in dollars"),
        (("b", "home", "minus"), "at -$500.00 a session has reached its loss limit"),
        (("t", "end", "0"), "2,000 hands left: a session has 1 to 200 of them"),
        (("t", *["backspace"] * 3, "0"), "0 hands left"),
        (("t", "end", "x"), "'200x' is no number of hands, such as 20"),
    ],
)
async def test_what_is_no_moment_is_refused_in_words(
    configuration: Write, keys: tuple[str, ...], why: str
) -> None:
    async with driven(new_app(configuration(GOAL)), NARROW) as pilot:
        screen = await opened(pilot)
        before = hands(pilot)
        await press(pilot, *keys)
        assert f"✗ {why}" in told(pilot, "told")
        assert screen.query(".-stale")
        assert hands(pilot) == before
        await press(pilot, "enter", "down")  # to a moment that there is
        assert not screen.query_one("#told").display
        assert not screen.query(".-stale")


@pytest.mark.parametrize(
    "keys", [("b", *["backspace"] * 6, *"9999"), ("b", *["backspace"] * 6, *"x"), ("t", "end", "0")]
)
async def test_enter_leaves_a_field_to_be_mended_where_it_is(
    configuration: Write, keys: tuple[str, ...]
) -> None:
    async with driven(new_app(configuration(GOAL)), NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, *keys, "enter")
        assert told(pilot, "told").startswith("✗")
        assert isinstance(screen.focused, Input)
        name = screen.focused.id
        text = "500" if name == "bankroll" else "198"
        await press(pilot, "end", *["backspace"] * 6, *text)
        assert screen.query_one(f"#{name}", Input).value == text
        assert "[1 Bet 1]" in said(screen.query_one(PartTabs))
        await press(pilot, "enter")
        assert isinstance(screen.focused, PartList)


async def test_what_differs_from_the_optimal_chart_can_be_shown_alone(configuration: Write) -> None:
    async with driven(new_app(configuration(ALWAYS_RIDE))) as pilot:
        screen = await opened(pilot)
        assert "three of a kind" in hands(pilot)
        await press(pilot, "d")
        assert "three of a kind" not in hands(pilot)
        assert "no pair and no draw" in hands(pilot)
        assert "Shown: only what differs ≠" in told(pilot, "look")
        assert "d Every hand" in said(screen.query_one(KeyBar))
        await press(pilot, "o")
        assert "three of a kind" in hands(pilot)
        assert "d What differs" in said(screen.query_one(KeyBar))


async def test_where_nothing_differs_it_says_so(configuration: Write) -> None:
    async with driven(new_app(configuration('[strategy]\ntype = "optimal"\n'))) as pilot:
        await opened(pilot)
        await press(pilot, "d")
        assert "No hand here is played otherwise than the optimal chart has it." in said(
            pilot.app.screen.query(PartLines)[0]
        )
        assert said(pilot.app.screen.query_one(LineFacts)) == ""
        assert ": 0 of " in told(pilot, "note")


async def test_a_small_terminal_shows_one_bet_at_a_time(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL)), NARROW) as pilot:
        screen = await opened(pilot)
        tabs = screen.query_one(PartTabs)
        assert "[1 Bet 1] 2 Bet 2 where bet 1 was pulled 3 Bet 2 where bet 1 rides" in said(tabs)
        assert len(heads(pilot)) == 1
        await press(pilot, "2")
        assert "[2 Bet 2 where bet 1 was pulled]" in said(tabs)
        assert "four to a royal flush" in hands(pilot)
        await press(pilot, "space")
        assert "[3 Bet 2 where bet 1 rides]" in said(tabs)
        await press(pilot, "n")
        assert "[1 Bet 1]" in said(tabs)
        assert "three to a royal flush" in hands(pilot)


async def test_a_larger_one_shows_bets_side_by_side(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL)), MEDIUM) as pilot:
        screen = await opened(pilot)
        assert len(heads(pilot)) == 2
        assert said(screen.query_one(PartTabs)) == "3 shows Bet 2 where bet 1 rides"
        await press(pilot, "3")
        for column in (0, 1):
            lines = hands(pilot, column).splitlines()
            assert any("four to an outside straight, " in line for line in lines)
            assert not any(line.lstrip().startswith(",") for line in lines)
        assert said(screen.query_one(PartTabs)) == "1 shows Bet 1"
        assert [head[0] for head in heads(pilot)] == ["2", "3"]
        await pilot.resize_terminal(200, 50)
        await until(pilot, lambda: [head[0] for head in heads(pilot)] == ["1", "2", "3"])
        assert not screen.query_one(PartTabs).display


async def test_the_hands_scroll_by_keys(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL)), NARROW) as pilot:
        screen = await opened(pilot)
        scrolled = screen.query_one(PartList)
        await press(pilot, "pagedown", "pagedown")
        await until(pilot, lambda: scrolled.scroll_y > 5)
        # Keys that arrive before the list has moved move it once, to the line of the last.
        await keyed(pilot, "home", "j", "j", "k")
        assert pointed_at(pilot).startswith("▌ride   a pair of tens or better")
        await until(pilot, lambda: scrolled.scroll_y == 0)
        await press(pilot, "end")
        assert pointed_at(pilot).startswith("▌pull ≠ three suited, spread 3, one high card")
        await until(pilot, lambda: scrolled.scroll_y == scrolled.max_scroll_y)
        await press(pilot, "2")
        await until(pilot, lambda: scrolled.scroll_y == 0)


async def test_where_there_is_no_moment_arrows_point_at_a_line_and_its_facts_are_told(
    configuration: Write,
) -> None:
    async with driven(new_app(configuration(ALWAYS_RIDE)), NARROW) as pilot:
        await opened(pilot)
        assert pointed_at(pilot).startswith("▌ride   three of a kind")
        # 265/49 by hand: a trip has 265 units over 49 fourth cards, three circles of it.
        assert facts(pilot) == (
            "Such as 9♠ 9♥ 9♦. 52 of 22,100 hands (0.235 %), 1 in 425.0."
            " Ride +16.2245, pull +10.8163 bets: the mean of the whole hand, as played on."
            " ✓ Rides, as best play; pulling would cost 5.4082 bets ($27.04)."
        )
        await press(pilot, "c", "slash", *typed("two suited"), "backspace", *"d", "enter")
        await press(pilot, "down", "down", "up")
        assert "✗ Rides; best play pulls." not in facts(pilot)


async def test_hands_are_found_by_words_by_cards_and_by_what_is_decided(
    configuration: Write,
) -> None:
    async with driven(new_app(configuration(BASIC)), NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "c", "slash", *typed("royal"))
        assert len(hands(pilot).splitlines()) == 3
        await press(pilot, "enter")
        assert isinstance(screen.focused, PartList)
        assert told(pilot, "look") == "Shown: every class of hands, with “royal”"
        await press(pilot, "slash", *typed("royal straights"))
        assert len(hands(pilot).splitlines()) == 2
        await press(pilot, "escape")
        assert len(hands(pilot).splitlines()) > 30
        assert told(pilot, "look") == "Shown: every class of hands"
        for cards, hand in (
            ("9h kh 10h", "three suited, spread 5, two high cards"),
            ("2c 3d 4h 5s", "four to an outside straight, no high cards"),
            ("2c 3d 4h", "three to a straight, no high cards,"),
        ):
            await press(pilot, "slash", *typed(cards), "enter")
            assert hand in said(screen.query(PartLines)[0])
            assert len(screen.query_one(ChartParts).lines) == 1
        await press(pilot, "slash", "escape", "slash", *typed("zzz"), "enter")
        assert "No hand here has the words “zzz”." in hands(pilot)
        await press(pilot, "down", "y", "s", "v", "space")
        assert "No hand here has the words “zzz”." in hands(pilot)


async def test_lines_are_put_in_another_order(configuration: Write) -> None:
    async with driven(new_app(configuration(AGGRESSIVE))) as pilot:
        await opened(pilot)
        firsts = []
        for _ in range(4):
            await press(pilot, "s")
            firsts.append(hands(pilot).splitlines()[0])
        often, close, cost, decision = firsts
        assert "no pair and no draw" in often
        assert "−0.0255" in close
        assert "three to a straight" in cost
        assert "three of a kind" in decision


async def test_both_values_stand_beside_each_hand(configuration: Write) -> None:
    async with driven(new_app(configuration(AGGRESSIVE))) as pilot:
        await opened(pilot)
        assert len(heads(pilot)) == 2
        await press(pilot, "v")
        (head,) = heads(pilot)
        assert head == "Hand Such as Share Ride Pull Gain, bets"
        first = hands(pilot).splitlines()[0].split()
        assert first[5:] == ["9♠", "9♥", "9♦", "0.235", "%", "+16.2245", "+10.8163", "+5.4082"]
        await press(pilot, "v")
        assert len(heads(pilot)) == 2


@pytest.mark.parametrize(
    ("width", "names"),
    [
        (80, "Hand Share Ride Pull Gain, bets"),
        (54, "Hand Ride Pull Gain, bets"),
        (44, "Hand Ride Pull"),
    ],
)
def test_what_has_no_room_beside_both_values_is_left_out_whole(width: int, names: str) -> None:
    chart = Charts(parse_config(AGGRESSIVE)).at(None, threading.Event(), lambda _: None)
    head, lines = PartHead(), PartLines()
    for each in (head, lines):
        each.set_reactive(type(each).chart, chart)
        each.set_reactive(type(each).with_values, True)
    assert head.content_at(width).plain.split() == names.split()
    for each in (head, lines):
        assert max(map(len, each.content_at(width).plain.splitlines())) <= width


async def test_a_line_with_its_facts_and_all_lines_in_columns_are_copied(
    configuration: Write,
) -> None:
    async with driven(new_app(configuration(AGGRESSIVE)), NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "2", "d", "y")
        await press(pilot, "enter")
        assert pilot.app.clipboard.startswith("four to an inside straight: Such as ")
        assert "✗ Rides; best play pulls: " in pilot.app.clipboard
        await press(pilot, "y", *typed("in columns"))
        await press(pilot, "enter")
        copied = [line.split("\t") for line in pilot.app.clipboard.splitlines()]
        assert copied[0] == ["Bet 2", "hand", "for example", "of hands", "ride", "pull", "gain"]
        assert len(copied) == 1 + len(pilot.app.screen.query_one(ChartParts).lines)
        assert copied[1][:2] == ["ride ≠", "four to an inside straight"]


async def test_a_line_is_pointed_at_with_the_mouse(configuration: Write) -> None:
    async with driven(new_app(configuration(AGGRESSIVE))) as pilot:
        await opened(pilot)
        column = pilot.app.screen.query(PartLines)[1]
        await pilot.click(column, offset=(10, 2))
        await quiet(pilot)
        assert pointed_at(pilot, 1).startswith("▌ride   four suited, spread 4")
        assert "▌" not in hands(pilot)


async def test_what_it_can_do_is_in_the_help_and_in_the_palette(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        await opened(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen.query(HelpText))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(HelpText))
        for words in ("Less money", "One hand fewer left", "What the optimal chart decides"):
            assert words in text
        await press(pilot, "escape")
        await pilot.press("ctrl+p", *typed("type the hands"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChartScreen))
        await until(pilot, lambda: getattr(pilot.app.focused, "id", "") == "hands-left")


async def test_errors_have_to_be_mended_first(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = workspace(pilot)
        row(screen, "bankroll", "base_bet").editor.focus()
        await press(pilot, "x", "alt+h")
        assert pilot.app.screen is screen
        assert any("errors are mended" in each.message for each in pilot.app._notifications)


async def test_it_is_the_chart_of_what_stands_in_the_form(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL))) as pilot:
        screen = workspace(pilot)
        row(screen, "bankroll", "stop_conditions", "loss_limit").editor.focus()
        await press(pilot, *typed("400"))
        await opened(pilot)
        await press(pilot, *["ctrl+left"] * 8)
        assert title(pilot).startswith("With $105.00")


async def test_a_goal_that_is_too_large_is_refused_in_words(configuration: Write) -> None:
    text = '[simulation]\nhands_per_session = 5000\n[strategy]\ntype = "goal"\n'
    async with driven(new_app(configuration(text)), NARROW) as pilot:
        await opened(pilot)
        assert "✗ The best play for this goal is too large to work out" in told(pilot, "told")
        await press(pilot, "left", "down", "d", "2", "space", "b", "5")
        assert "too large" in told(pilot, "told")
        await press(pilot, "escape")
        assert pilot.app.screen is workspace(pilot)


class SlowCharts:
    """Works out a chart only when it is let, one at a time."""

    def __init__(self) -> None:
        self.asked: list[tuple[Standing | None, threading.Event]] = []
        self.may_go_on = threading.Event()
        self.at_work = 0
        self.most_at_work = 0
        self._at = Charts.at

    def __call__(
        self,
        charts: Charts,
        standing: Standing | None,
        cancelled: threading.Event,
        progress: Callable[[float], None],
    ) -> Chart:
        self.asked.append((standing, cancelled))
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        try:
            while not self.may_go_on.wait(0.005):
                progress(0.25)
                if cancelled.is_set():
                    raise MomentsCancelledError("nobody waits for this")
        finally:
            self.at_work -= 1
        return self._at(charts, standing, cancelled, progress)


async def test_charts_that_are_out_of_date_are_dropped_and_no_key_waits(
    configuration: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowCharts()
    monkeypatch.setattr(Charts, "at", partialmethod(slow))
    async with driven(new_app(configuration(GOAL))) as pilot:
        await pilot.press("alt+h")
        await until(pilot, lambda: slow.asked)
        screen = pilot.app.screen
        await until(pilot, lambda: "Working out the chart: 25 %" in told(pilot, "told"))
        await pilot.press(*["left"] * 4, *["ctrl+down"] * 10)
        await until(pilot, lambda: screen.query_one("#hands-left", Input).value == "98")
        await until(pilot, lambda: slow.asked[-1][0] == Standing(98, 48_000))
        assert slow.asked[0][1].is_set()
        assert title(pilot) == ""  # nothing of what was asked for in between
        slow.may_go_on.set()
        await quiet(pilot)
        assert title(pilot).startswith("With $480.00 and 98 hands left")
        assert slow.most_at_work == 1


async def test_closing_stops_what_is_at_work(
    configuration: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowCharts()
    monkeypatch.setattr(Charts, "at", partialmethod(slow))
    async with driven(new_app(configuration(GOAL))) as pilot:
        await pilot.press("alt+h")
        await until(pilot, lambda: slow.at_work)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))
        await until(pilot, lambda: not slow.at_work)


def moment(values: list[float], bankroll: int, goal: Goal = "leave_ahead") -> Moment:
    prospects = tuple((30_500 + 500 * place, value) for place, value in enumerate(values))
    return Moment(goal, 10, bankroll, 500, 0.5, prospects=prospects)


def test_a_strip_has_a_block_for_each_bankroll_by_its_chance() -> None:
    assert strip(moment([0.0, 0.124, 0.125, 0.5, 0.99, 1.0], 32_000), 40) == ("▁▁▂▅██", 3)


def test_a_narrow_strip_shows_some_of_them_from_the_first_to_the_last() -> None:
    blocks, here = strip(moment([each / 100 for each in range(101)], 55_500), 21)
    assert len(blocks) == 21
    assert blocks[0] == "▁"
    assert blocks[-1] == "█"
    assert here == 10


async def test_a_mean_only_follows_the_money_and_has_no_strip(configuration: Write) -> None:
    async with driven(new_app(configuration(GOAL + 'goal = "mean"\n'))) as pilot:
        screen = await opened(pilot)
        await press(pilot, "shift+left")
        assert "$450.00 and 196 hands left" in title(pilot)
        assert "the highest mean profit: −$" in title(pilot)
        assert not screen.query_one(ChanceStrip).display


@pytest.mark.parametrize(
    ("parts", "columns", "part", "numbers"),
    [
        (3, 1, 1, [1]),
        (3, 2, 0, [0, 1]),
        (3, 2, 1, [1, 2]),
        (3, 2, 2, [1, 2]),
        (3, 3, 2, [0, 1, 2]),
        (2, 3, 1, [0, 1]),
    ],
)
def test_parts_in_sight_are_neighbours_with_the_one_that_is_looked_at(
    parts: int, columns: int, part: int, numbers: list[int]
) -> None:
    assert list(shown_parts(parts, columns, part)) == numbers
