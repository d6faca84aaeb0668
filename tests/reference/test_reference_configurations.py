"""The program takes whatever is drawn, and the slow player keeps to the rules with it."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.config import FullConfig
from reference.books import Session
from reference.configurations import (
    configurations,
    flat_configurations,
    goal_configurations,
    table_configurations,
)
from reference.corners import CORNERS, GOAL_CORNERS, TABLE_CORNERS, Settings
from reference.seats import play_table, shuffled_deals

ANY = flat_configurations() | configurations() | goal_configurations() | table_configurations()
ALL_CORNERS = CORNERS | GOAL_CORNERS | TABLE_CORNERS


@pytest.mark.parametrize("config", ALL_CORNERS.values(), ids=ALL_CORNERS)
def test_a_corner_is_taken_and_played_by_the_rules(config: Settings):
    FullConfig.model_validate(config)
    assert_played_by_the_rules(config, 1)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=300)
@given(ANY, st.integers(0, 1000))
def test_any_configuration_is_taken_and_played_by_the_rules(config: Settings, seed: int):
    FullConfig.model_validate(config)
    assert_played_by_the_rules(config, seed)


def assert_played_by_the_rules(config: Settings, seed: int) -> None:
    sessions = play_table(config, shuffled_deals(config, seed))
    for session in sessions:
        assert_the_books_add_up(session)
        assert_no_money_was_staked_that_was_not_there(session)
    assert sessions == play_table(config, shuffled_deals(config, seed))
    table = config.get("table", {})
    ended, hands = [], Counter[int]()
    for session in sessions:
        hands[session.seat] += session.hands
        ended.append((hands[session.seat] if "total_rounds" in table else 0, session.seat))
    assert ended == sorted(ended)
    for seat in range(table.get("num_seats", 1)):
        of_seat = [session for session in sessions if session.seat == seat]
        if "total_rounds" in table:
            assert sum(session.hands for session in of_seat) == table["total_rounds"]
            assert "table_closed" not in [session.stop_reason for session in of_seat[:-1]]
        else:
            assert [session.stop_reason == "table_closed" for session in of_seat] == [False]


def assert_the_books_add_up(session: Session) -> None:
    rounds = session.rounds
    profits = [0]
    for played in rounds:
        profits.append(profits[-1] + played.main_result + played.bonus_result)
    assert session.profit == profits[-1]
    assert session.peak == max(profits)
    assert session.max_drawdown == max(
        max(profits[: n + 1]) - profit for n, profit in enumerate(profits)
    )
    assert session.hands == len(rounds) >= 1
    assert session.main_wagered == sum(played.bet * played.bets_in_action for played in rounds)
    assert session.bonus_wagered == sum(played.bonus for played in rounds)
    assert session.bonus_profit == sum(played.bonus_result for played in rounds)


def assert_no_money_was_staked_that_was_not_there(session: Session) -> None:
    bankroll = session.starting_bankroll
    for played in session.rounds:
        assert played.bet > 0
        assert played.bonus >= 0
        assert 3 * played.bet + played.bonus <= bankroll
        bankroll += played.main_result + played.bonus_result
