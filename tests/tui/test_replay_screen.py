"""A session on the felt: what is shown is what the replay says, whatever key leads there."""

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import scripted_runs as script
from driving import (
    MEDIUM,
    NARROW,
    driven,
    keyed,
    led_to,
    new_app,
    press,
    quiet,
    reported,
    row,
    said,
    settled,
    shown,
    told,
    typed,
    until,
    workspace,
)
from scenes import EVENING
from textual.pilot import Pilot
from textual.widgets import Input

from let_it_ride.config import FullConfig, parse_config
from let_it_ride.goal_play.rules import GoalTooLargeError
from let_it_ride.reports.numbers import money
from let_it_ride.reports.replay_text import cards_text
from let_it_ride.simulation.replay import PlayedHand, Replay, replay
from let_it_ride.tui.replays import SessionPlayer, Sight, Stage, seeded, some_session
from let_it_ride.tui.screens import replay as replay_screen
from let_it_ride.tui.screens.field import FieldScreen
from let_it_ride.tui.screens.help import HelpText
from let_it_ride.tui.screens.replay import ReplayScreen
from let_it_ride.tui.widgets.bankroll_view import BankrollView
from let_it_ride.tui.widgets.felt_view import FeltView

pytestmark = pytest.mark.slow

SHORT = """\
[simulation]
random_seed = 7
num_sessions = 30
hands_per_session = 12

[bankroll.stop_conditions]
win_limit = 100.00
loss_limit = 60.00

[bonus_strategy]
type = "always"
amount = 5.00
"""
TABLE = """\
[simulation]
random_seed = 7
num_sessions = 30
hands_per_session = 12

[table]
num_seats = 3

[bankroll.betting_system]
type = "martingale"

[dealer]
discard_enabled = true
"""
ANEW = TABLE.replace("num_seats = 3", "num_seats = 3\ntotal_rounds = 30").replace(
    "[dealer]", "[bankroll.stop_conditions]\nwin_limit = 30.00\nloss_limit = 60.00\n\n[dealer]"
)
GOAL = """\
[simulation]
random_seed = 7
num_sessions = 30
hands_per_session = 12

[bankroll.stop_conditions]
win_limit = 100.00
loss_limit = 60.00

[strategy]
type = "goal"
"""
PROGRESSIVE = """\
[simulation]
random_seed = 7
num_sessions = 30
hands_per_session = 12

[strategy]
type = "always_ride"

[bonus_strategy]
type = "always"
amount = 5.00

[paytables.bonus]
type = "paytable_c"
starting_jackpot = 400.00
"""

Write = Callable[..., Path]


async def opened(pilot: Pilot[Any]) -> ReplayScreen:
    """Open the replay of what is in the workspace, and wait until all of it is there."""
    await led_to(pilot, ReplayScreen, "alt+shift+r")
    return await there(pilot)


async def there(pilot: Pilot[Any]) -> ReplayScreen:
    """Wait for the replay and all that it says."""
    await until(pilot, lambda: getattr(pilot.app.screen, "is_explained", False))
    await quiet(pilot)
    screen = pilot.app.screen
    assert isinstance(screen, ReplayScreen)
    return screen


async def at(pilot: Pilot[Any], *keys: str) -> Sight:
    """Press keys, and return what is looked at then."""
    await keyed(pilot, *keys)
    screen = pilot.app.screen
    assert isinstance(screen, ReplayScreen)
    assert screen.sight is not None
    return screen.sight


def felt(pilot: Pilot[Any]) -> str:
    """What the felt says."""
    return shown(pilot.app.screen.query_one(FeltView))


ENDINGS = {
    "WIN_LIMIT": "win limit reached",
    "LOSS_LIMIT": "loss limit reached",
    "MAX_HANDS": "all hands played",
    "INSUFFICIENT_FUNDS": "out of money",
}


def title(pilot: Pilot[Any]) -> str:
    """Which session it is."""
    return told(pilot, "title").removeprefix("♠ Replay ")


def cards_seen(text: str) -> list[str]:
    """The cards that lie face up, from left to right."""
    lines = text.split("\n")
    corner = next(place for place, line in enumerate(lines) if "╭" in line and "Bet" not in line)
    end = next(place for place in range(corner, len(lines)) if "╰" in lines[place])
    first = re.findall(r"│ ?(10|[2-9JQKA])([♣♦♥♠]) ", lines[corner + 1])
    last = re.findall(r" (10|[2-9JQKA])([♣♦♥♠]) ?│", lines[end - 1])
    assert first == last
    return [f"{rank.replace('10', 'T')}{'cdhs'['♣♦♥♠'.index(suit)]}" for rank, suit in first]


def assert_shows(text: str, hand: PlayedHand) -> None:
    """The felt says what a finished hand of the replay says."""
    assert cards_seen(text) == [*hand.own, hand.fourth, hand.fifth]
    circles = next(line for line in text.split("\n") if "● " in line)
    each = hand.main_result // hand.bets_in_action
    said_of = [
        f"● {money(hand.bet)}" if rides else "○ pulled"
        for rides in (hand.bet_1_rides, hand.bet_2_rides, True)
    ]
    said_of.append(f"● {money(hand.bonus)}" if hand.bonus else "○ no bet")
    assert re.findall(r"[●○] (?:\$[\d,.]+|pulled|no bet)", circles) == said_of
    below = text.split("\n")[text.split("\n").index(circles) + 2].split()
    results = [money(each, signed=True)] * hand.bets_in_action
    assert below == results + [money(hand.bonus_result, signed=True)] * bool(hand.bonus)
    assert f"This hand {money(hand.main_result + hand.bonus_result, signed=True)}" in text


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
@pytest.mark.parametrize(
    "text",
    [SHORT, TABLE, ANEW, GOAL, PROGRESSIVE],
    ids=["plain", "table", "anew", "goal", "meter"],
)
async def test_every_hand_on_the_felt_is_that_of_the_replay(
    text: str, size: tuple[int, int], configuration: Write
) -> None:
    played = replay(parse_config(text, ""), 4)
    async with driven(new_app(configuration(text)), size) as pilot:
        screen = await opened(pilot)
        await at(pilot, "s", "4", "enter")
        await until(pilot, lambda: screen.sight and screen.sight.replay == played)
        for hand in played.hands:
            sight = await at(pilot, "right")
            assert (sight.hand, sight.stage) == (hand.hand, Stage.PAID)
            assert_shows(felt(pilot), hand)
            assert f"Bankroll {money(hand.bankroll)}" in said(screen.query_one(BankrollView))
            assert f"Bet 1 {'rides' if hand.bet_1_rides else 'pulled'}" in felt(pilot)
            assert f"Bet 2 {'rides' if hand.bet_2_rides else 'pulled'}" in felt(pilot)
            results = [each.main_result + each.bonus_result for each in played.hands[: hand.hand]]
            won, lost = sum(each > 0 for each in results), sum(each < 0 for each in results)
            so_far = f"So far {won} won, {lost} lost, {len(results) - won - lost} even"
            assert (so_far in felt(pilot)) == (size == MEDIUM)
            main = sum(each.main_result for each in played.hands[: hand.hand])
            assert (f"bets {money(main, signed=True)}" in felt(pilot)) == (size == MEDIUM)
            if hand.burned:
                assert f"burned {cards_text(hand.burned)}" in felt(pilot)
        ending = ENDINGS[played.session.stop_reason.name]
        profit = money(played.session.profit, signed=True)
        told = str(screen.query_one(FeltView).border_subtitle)
        assert told == f"Session ends: {ending}, {profit}"


@pytest.mark.slow
async def test_no_amount_loses_digits_where_there_is_little_room(configuration: Write) -> None:
    config = SHORT.replace(
        "[bankroll.stop_conditions]\nwin_limit = 100.00\nloss_limit = 60.00\n",
        "[bankroll]\nstarting_amount = 900000000.00\nbase_bet = 1000000.00\n",
    )
    async with driven(new_app(configuration(config)), NARROW) as pilot:
        await opened(pilot)
        sight = await at(pilot, "w")
        text, hand = felt(pilot), sight.played
        assert hand.main_result > 0
        assert text.count("● $1,000,000│") == hand.bets_in_action
        assert f": {money(hand.main_result, signed=True)}" in text
        assert f"This hand {money(hand.result, signed=True)}" in text
        sight = await at(pilot, "x")
        assert felt(pilot).count("−$1,000,000 ") == sight.played.bets_in_action


async def test_the_largest_hand_is_told_in_fewer_words_and_not_in_fewer_digits(
    configuration: Write,
) -> None:
    config = EVENING.replace("20260101", "8")
    async with driven(new_app(configuration(config)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("s", *"30746", "enter")
        await until(pilot, lambda: screen.sight and number(screen) == 30746)
        await at(pilot, "w")
        assert "pays 1,000 to 1" in felt(pilot)
        assert "This hand +$15,000.00" in felt(pilot)


async def test_cards_lie_face_down_until_they_are_shown(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        screen = await opened(pilot)
        hand = screen.sight.replay.hands[0] if screen.sight else None
        assert hand is not None
        assert cards_seen(felt(pilot)) == [*hand.own]
        assert "Bet 1: ride or pull?" in felt(pilot)
        assert "Bet 2:" not in felt(pilot)
        assert "This hand" not in felt(pilot)
        await at(pilot, "down")
        assert cards_seen(felt(pilot)) == [*hand.own, hand.fourth]
        assert "Bet 2: ride or pull?" in felt(pilot)
        await at(pilot, "down")
        assert_shows(felt(pilot), hand)
        sight = await at(pilot, "down")
        assert (sight.hand, sight.stage) == (2, Stage.DEALT)
        sight = await at(pilot, "up", "up")
        assert (sight.hand, sight.stage) == (1, Stage.FOURTH)


async def test_keys_lead_to_the_hands_that_matter(configuration: Write) -> None:
    config = parse_config(EVENING, "")
    played = replay(config, 0)
    results = [hand.main_result + hand.bonus_result for hand in played.hands]
    async with driven(new_app(configuration(EVENING)), NARROW) as pilot:
        await opened(pilot)
        assert (await at(pilot, "w")).hand == results.index(max(results)) + 1
        assert (await at(pilot, "x")).hand == results.index(min(results)) + 1
        fallen = await at(pilot, "d")
        said_of = f"{money(played.session.max_drawdown)} below it"
        assert said_of in said(pilot.app.screen.query_one(BankrollView))
        assert fallen.hand == played.deepest_fall
        assert (await at(pilot, "end")).hand == len(played.hands)
        assert (await at(pilot, "right")).hand == len(played.hands)
        first = await at(pilot, "home")
        assert (first.hand, first.stage) == (1, Stage.DEALT)
        assert (await at(pilot, "pagedown")).hand == 11
        assert (await at(pilot, "left", "pageup")).hand == 1
        assert (await at(pilot, "t", *typed("33"), "enter")).hand == 33


async def test_a_hand_that_is_not_there_is_refused_in_words(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("t", *typed("13"), "enter")
        await until(pilot, lambda: pilot.app.screen.query(Input))
        await until(
            pilot,
            lambda: (
                "there is no hand 13: they are numbered from 1 to"
                in said(pilot.app.screen.query_one(".hint"))
            ),
        )
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)


async def test_sessions_are_gone_through_up_to_the_last(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        screen = await opened(pilot)

        async def session(*keys: str, is_now: int) -> None:
            await pilot.press(*keys)
            await until(pilot, lambda: screen.sight and number(screen) == is_now)
            await quiet(pilot)
            assert title(pilot).startswith(f"Session {is_now} (0 to 29)")

        await session("n", is_now=1)
        await session("p", is_now=0)
        await session("s", "2", "9", "enter", is_now=29)
        await at(pilot, "n")
        assert "last session" in [each.message for each in pilot.app._notifications][-1]
        await pilot.press("r")
        await until(pilot, lambda: screen.sight and number(screen) != 29)
        assert screen.sight is not None
        assert screen.sight.replay == replay(parse_config(SHORT, ""), number(screen))


async def test_where_it_is_chance_how_many_sessions_there_are_it_is_said(
    configuration: Write,
) -> None:
    async with driven(new_app(configuration(ANEW)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("r")
        await until(pilot, lambda: screen.sight and number(screen) != 0)
        told = [each.message for each in pilot.app._notifications]
        assert any("one of the first 90 was drawn" in each for each in told)
        screen.player.sessions = 91
        pilot.app.clear_notifications()
        await pilot.press("r")
        await quiet(pilot)
        assert not pilot.app._notifications


def number(screen: ReplayScreen) -> int:
    assert screen.sight is not None
    return screen.sight.replay.session.session


def test_a_session_at_random_is_another_one() -> None:
    assert {some_session(3, 1) for _ in range(200)} == {0, 2}
    assert some_session(1, 0) == 0


async def test_the_hands_go_on_by_themselves_until_they_are_stopped(
    configuration: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay_screen, "PACES", (5.0, 5.0, 0.01, 0.005, 0.005, 0.005))
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("space")
        await until(pilot, lambda: screen.sight and screen.sight.hand > 2)
        await pilot.press("minus")
        stopped = screen.sight
        assert "▶ a card every 5 s" in title(pilot)
        await pilot.press("plus", "plus")
        await until(pilot, lambda: screen.sight and screen.sight.is_last)
        await until(pilot, lambda: not screen.is_playing)
        assert stopped is not None
        assert "▶" not in title(pilot)


async def test_a_click_on_the_line_goes_to_the_hand_that_is_there(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT)), MEDIUM) as pilot:
        screen = await opened(pilot)
        hands = len(screen.sight.replay.hands) if screen.sight else 0
        view = screen.query_one(BankrollView)
        await pilot.click(view, offset=(view.size.width - 1, 5))
        await until(pilot, lambda: screen.sight and screen.sight.hand == hands)
        await pilot.click(screen.query_one(FeltView), offset=(3, 3))
        await quiet(pilot)
        assert screen.sight is not None
        assert screen.sight.is_last


async def test_what_was_decided_is_told_with_the_row_of_the_chart_and_both_values(
    configuration: Write,
) -> None:
    async with driven(new_app(configuration(PROGRESSIVE)), MEDIUM) as pilot:
        screen = await opened(pilot)
        sight = await at(pilot, "x")
        assert sight.decisions is not None
        text = said(screen.query_one(FeltView))
        for bet, decision in enumerate(sight.decisions, start=1):
            assert f"Bet {bet} rides {decision.line.hand}" in text
            gain = abs(decision.ride - decision.pull)
            assert f"pull is better by {gain:.4f} bets" in text
            for word, value in (("ride", decision.ride), ("pull", decision.pull)):
                told = f"{word} −{abs(value):.4f} (−${abs(value) * 5:.2f})"
                assert told in text


async def test_the_seat_is_told_where_there_are_several(configuration: Write) -> None:
    async with driven(new_app(configuration(TABLE)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("s", *typed("7"), "enter")
        await until(pilot, lambda: screen.sight and number(screen) == 7)
        await quiet(pilot)
        assert "seat 2 of table 2" in title(pilot)
        assert "(seat 2 of 3)" in felt(pilot)


async def test_without_a_seed_one_is_asked_for(configuration: Write) -> None:
    text = SHORT.replace("random_seed = 7\n", "")
    async with driven(new_app(configuration(text)), NARROW) as pilot:
        await settled(pilot)
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, FieldScreen))
        await pilot.press(*typed("x"), "enter")
        await until(pilot, lambda: "no number" in said(pilot.app.screen.query_one(".hint")))
        await pilot.press("backspace", "7", "enter")
        screen = await there(pilot)
        assert screen.sight is not None
        assert screen.sight.replay == replay(parse_config(SHORT, ""), 0)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is workspace(pilot))
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, FieldScreen))
        await pilot.press("enter")
        assert (await there(pilot)).sight is not None


async def test_while_a_run_is_played_its_seed_is_the_one(configuration: Write) -> None:
    path = configuration(SHORT.replace("random_seed = 7\n", ""))

    run = script.held(script.playing(0.4))

    def drawing_a_seed(config: FullConfig, *rest: Any) -> script.ScriptedRunner:
        return run(seeded(config, 12345), *rest)

    async with driven(new_app(path, drawing_a_seed)) as pilot:
        await pilot.press("f5")
        await reported(pilot, run)
        for view in ("f6", "f2"):
            await press(pilot, view)
            screen = await opened(pilot)
            assert "seed 12345" in said(screen.query_one("#title"))
            await press(pilot, "escape")


async def test_after_a_run_its_seed_is_the_one(configuration: Write) -> None:
    """In the summary the configuration is that of the run too; in the form it is the form's."""
    path = configuration(SHORT.replace("random_seed = 7\n", ""))
    async with driven(new_app(path, script.ending()), NARROW) as pilot:
        await settled(pilot)
        await pilot.press("f5")
        await until(pilot, lambda: workspace(pilot).outcome is not None)
        screen = await press(pilot, "f2")
        row(screen, "bankroll", "base_bet").editor.focus()
        await press(pilot, *typed("10"))
        for key, bet in (("f2", "10.00"), ("f6", "5.00")):
            await press(pilot, key)
            watched = await opened(pilot)
            text = SHORT.replace("seed = 7", f"seed = {script.PROVENANCE.seed}")
            config = parse_config(f"{text}[bankroll]\nbase_bet = {bet}\n", "")
            assert watched.sight is not None
            assert watched.sight.replay == replay(config, 0)
            await pilot.press("escape")
            await until(pilot, lambda: pilot.app.screen is workspace(pilot))


async def test_a_session_that_takes_long_is_told_of_and_no_key_waits_for_it(
    configuration: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, play = threading.Event(), SessionPlayer.play

    def slowly(player: SessionPlayer, session: int, compiling: Callable[[], None]) -> Replay:
        if session == 2:
            compiling()
            go_on.wait(60)
        return play(player, session, compiling)

    monkeypatch.setattr(SessionPlayer, "play", slowly)
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        screen = await opened(pilot)
        await pilot.press("n", "n")
        await until(pilot, lambda: "Compiling" in title(pilot))
        await pilot.press("end")
        await until(pilot, lambda: screen.sight and screen.sight.is_last)
        await pilot.press("n")
        go_on.set()
        await until(pilot, lambda: screen.sight and number(screen) == 3)
        await quiet(pilot)
        assert title(pilot) == "Session 3 (0 to 29) · seed 7"


async def test_errors_have_to_be_mended_first(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT))) as pilot:
        screen = await settled(pilot)
        row(screen, "bankroll", "base_bet").editor.focus()
        await press(pilot, "x", "alt+shift+r")
        assert pilot.app.screen is screen
        assert any("errors are mended" in each.message for each in pilot.app._notifications)


async def test_a_goal_that_is_too_large_is_refused_in_words(configuration: Write) -> None:
    text = '[simulation]\nrandom_seed = 1\nhands_per_session = 10000\n[strategy]\ntype = "goal"\n'
    async with driven(new_app(configuration(text)), NARROW) as pilot:
        await settled(pilot)
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: isinstance(pilot.app.screen, ReplayScreen))
        await until(
            pilot, lambda: "too large to work out" in said(pilot.app.screen.query_one(FeltView))
        )


async def test_where_reasons_cannot_be_worked_out_the_hands_are_shown_all_the_same(
    configuration: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explain(*_: object) -> None:
        raise GoalTooLargeError("it is too much")

    monkeypatch.setattr(SessionPlayer, "explain", explain)
    played = replay(parse_config(SHORT, ""), 0)
    async with driven(new_app(configuration(SHORT)), NARROW) as pilot:
        await settled(pilot)
        await pilot.press("alt+shift+r")
        await until(pilot, lambda: getattr(pilot.app.screen, "sight", None))
        await quiet(pilot)
        await at(pilot, "right")
        assert_shows(felt(pilot), played.hands[0])
        assert "What decisions are worth is not known: it is too much" in felt(pilot)


async def test_what_it_can_do_is_in_the_help_and_in_the_palette(configuration: Write) -> None:
    async with driven(new_app(configuration(SHORT))) as pilot:
        screen = await opened(pilot)
        await pilot.press("f1")
        await until(pilot, lambda: pilot.app.screen.query(HelpText))
        await quiet(pilot)
        text = said(pilot.app.screen.query_one(HelpText))
        for words in ("Next hand", "Biggest win", "Deepest drawdown", "Session at random"):
            assert words in text
        assert re.search(r"home, g, 0 +First hand", text)
        assert re.search(r"end, shift\+g, \$ +Last hand", text)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is screen)
        await pilot.press("ctrl+p", *typed("biggest loss"))
        await quiet(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.screen is screen)
        await until(
            pilot,
            lambda: screen.sight and screen.sight.hand == screen.sight.replay.biggest_loss,
        )
