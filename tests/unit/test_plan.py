"""A configuration becomes whole numbers and arrays."""

from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.deals import deal_table
from let_it_ride.game.strategies import FIXED_STRATEGIES, optimal
from let_it_ride.plan import NO_LIMIT, KernelTables, SessionPlan
from let_it_ride.planning import (
    bonus_paytable,
    compile_odds,
    compile_plan,
    compile_strategy,
    main_paytable,
)
from reference.configurations import CORNERS
from reference.deal_classes import deals_by_class
from reference.player import game_of


def config_of(**sections: Any) -> FullConfig:
    return FullConfig.model_validate(sections)


def plan_of(**sections: Any) -> SessionPlan:
    return compile_plan(config_of(**sections))


def tables_of(**bankroll: Any) -> KernelTables:
    return plan_of(bankroll=bankroll).tables


def stops_of(**stops: Any) -> KernelTables:
    return tables_of(stop_conditions=stops)


def test_an_empty_configuration_is_five_dollars_a_circle_from_five_hundred():
    tables = plan_of().tables
    assert tables.starting_bankroll == 50_000
    assert tables.betting.bets.tolist() == [500]
    assert tables.betting.after.tolist() == [[0, 0, 0]]
    assert tables.bonus.amounts.tolist() == [0]
    assert (tables.win_at, tables.loss_at) == (NO_LIMIT, -NO_LIMIT)
    assert (tables.hand_limit, tables.hand_limit_reason) == (200, StopReason.MAX_HANDS)


def test_amounts_are_exact_cents():
    tables = plan_of(
        bankroll={
            "starting_amount": 1234.56,
            "base_bet": 0.07,
            "stop_conditions": {"win_limit": 0.29, "loss_limit": 1e9},
        },
        bonus_strategy={
            "type": "always",
            "amount": 1.15,
            "limits": {"min_bet": 0.57, "max_bet": 1.16, "increment": 0.01},
        },
    ).tables
    assert tables.starting_bankroll == 123_456
    assert tables.betting.bets.tolist() == [7]
    assert tables.win_at == 29
    assert tables.loss_at == -(10**11)
    assert tables.bonus.amounts.tolist() == [115]
    assert tables.bonus.limits == (57, 116, 1)


@pytest.mark.parametrize(
    ("base_bet", "increment"),
    [(5, 100), (0.5, 50), (2.5, 50), (0.75, 25), (0.4, 5), (1.05, 5), (0.03, 1), (7.77, 1)],
)
def test_the_usual_increment_is_the_largest_that_divides_the_base_bet(
    base_bet: float, increment: int
):
    assert tables_of(base_bet=base_bet).bet_increment == increment


def test_an_increment_of_ones_own_is_taken():
    assert tables_of(base_bet=7.5, bet_increment=2.5).bet_increment == 250


@pytest.mark.parametrize(("stops_when_short", "floor"), [(True, 1500), (False, 250)])
def test_the_lowest_bet_is_the_base_bet_or_the_increment(stops_when_short: bool, floor: int):
    tables = tables_of(
        base_bet=15,
        bet_increment=2.5,
        stop_conditions={"stop_on_insufficient_funds": stops_when_short},
    )
    assert tables.bet_floor == floor


@pytest.mark.parametrize(
    ("stops", "limit", "reason"),
    [
        ({}, 200, "max_hands"),
        ({"max_hands": 199}, 199, "max_hands"),
        ({"max_hands": 201}, 200, "max_hands"),
        ({"max_duration_minutes": 60}, 52, "max_duration"),
        ({"max_duration_minutes": 61}, 52, "max_duration"),
        ({"max_duration_minutes": 62}, 53, "max_duration"),
        ({"max_duration_minutes": 1}, 1, "max_duration"),
        ({"max_duration_minutes": 60, "max_hands": 52}, 52, "max_hands"),
        ({"max_duration_minutes": 60, "max_hands": 53}, 52, "max_duration"),
        ({"max_duration_minutes": 1, "max_hands": 1}, 1, "max_hands"),
        ({"max_duration_minutes": 1_000_000}, 200, "max_hands"),
    ],
)
def test_hands_and_time_become_one_limit_with_the_reason_that_is_looked_at_first(
    stops: dict[str, int], limit: int, reason: str
):
    tables = stops_of(**stops)
    assert tables.hand_limit == limit
    assert StopReason(tables.hand_limit_reason).key == reason


def test_a_ratio_is_taken_exactly_and_rounded_down_to_the_cent_and_the_increment():
    limits = {"min_bet": 0.01, "max_bet": 25, "increment": 0.01}
    bonus = {"type": "static", "ratio": 0.333333, "limits": limits}
    tables = plan_of(bankroll={"base_bet": 9.0}, bonus_strategy=bonus).tables
    assert tables.bonus.amounts.tolist() == [299]
    whole = {"type": "static", "ratio": 0.29}
    tables = plan_of(
        bankroll={"base_bet": 100, "starting_amount": 300}, bonus_strategy=whole
    ).tables
    assert tables.bonus.amounts.tolist() == [2500]
    tables = plan_of(
        bankroll={"base_bet": 10.0},
        bonus_strategy={**whole, "limits": {"increment": 0.9, "min_bet": 0.9}},
    ).tables
    assert tables.bonus.amounts.tolist() == [270]


@pytest.mark.parametrize("corner", ["an empty configuration", "a hand that stops paying"])
def test_what_a_deal_brings_is_what_a_slow_player_gets_for_its_cards(corner: str):
    config = {**CORNERS[corner], "bonus_strategy": {"type": "always", "amount": 3}}
    tables, game = plan_of(**config).tables, game_of(config)
    for deal_class, deals in enumerate(deals_by_class()):
        played = game.play(deals[0], bet=500, bonus=300)
        assert 500 * tables.main_units[deal_class] == played.main_result
        assert 300 * tables.bonus_units[deal_class] == played.bonus_result
        assert tables.deals[:, 1][deal_class] == played.bets_in_action
        assert tables.profit_by_class[deal_class] == played.main_result + played.bonus_result


def test_a_tally_holds_bets_and_bonus_units_of_any_session_apart():
    most = {"type": "custom", "pair": 100_000, "flush": 100_000}
    tables = plan_of(paytables={"bonus": most}, bonus_strategy={"type": "always"}).tables
    for deal in (np.argmax(tables.bonus_units), np.argmin(tables.bonus_units)):
        tally = int(tables.tally_by_class[deal]) * 10_000
        assert -(2**63) <= tally < 2**63
        assert tally & (2**32 - 1) == 10_000 * int(tables.deals[:, 1][deal])
        assert tally >> 32 == 10_000 * int(tables.bonus_units[deal])


def test_the_odds_of_a_round_do_not_depend_on_seats_bets_or_the_meter_s_rate():
    config = config_of(
        table={"num_seats": 3},
        bankroll={"betting_system": {"type": "fibonacci"}},
        paytables={"bonus": {"type": "paytable_c", "starting_jackpot": 332}},
    )
    odds = compile_odds(config)
    assert odds.house_edge == Fraction(37_963, 1_082_900)
    assert odds.bonus_house_edge == 0


def test_the_progressive_table_pays_its_meter_for_a_mini_royal():
    config = config_of(paytables={"bonus": {"type": "paytable_c", "starting_jackpot": 150.25}})
    assert bonus_paytable(config) == (Fraction(601, 4), 50, 30, 6, 3, 1, 0)


def test_a_larger_bonus_wins_no_more_than_the_meter():
    # House edge of a bonus of 25 dollars with 1,000 on the meter: a mini royal pays 40 to 1.
    pays = {40: 4, 50: 44, 30: 52, 6: 720, 3: 1096, 1: 3744}
    lost = 22_100 - sum(pays.values())
    edge = Fraction(lost - sum(pay * hands for pay, hands in pays.items()), 22_100)
    config = config_of(
        bonus_strategy={"type": "always", "amount": 25, "limits": {"max_bet": 25}},
        paytables={"bonus": {"type": "paytable_c", "starting_jackpot": 1000}},
    )
    assert compile_odds(config).bonus_house_edge == edge == Fraction(292, 5525)


def test_a_bonus_that_changes_has_the_odds_of_a_dollar():
    config = config_of(
        bonus_strategy={"type": "streak_based", "base_amount": 5},
        paytables={"bonus": {"type": "paytable_c", "starting_jackpot": 1000}},
    )
    assert bonus_paytable(config)[0] == 1000


def test_without_a_bonus_bet_the_progressive_table_can_run():
    assert plan_of(paytables={"bonus": {"type": "paytable_c"}}).tables.bonus.amounts.tolist() == [0]


def test_paytables_of_ones_own_are_read_by_hand_and_pay_nothing_for_nothing():
    config = config_of(
        paytables={
            "main_game": {"type": "custom", "flush": 0, "royal_flush": 7},
            "bonus": {"type": "custom", "pair": 0, "mini_royal": 9},
        }
    )
    assert main_paytable(config) == (7, 200, 50, 11, 0, 5, 3, 2, 1, 0)
    assert bonus_paytable(config) == (9, 40, 30, 5, 4, 0, 0)


@pytest.mark.parametrize("name", FIXED_STRATEGIES)
def test_a_strategy_is_compiled_for_the_configured_paytable(name: str):
    table = {"type": "custom", "pair_tens_or_better": 0}
    config = config_of(strategy={"type": name}, paytables={"main_game": table})
    compiled = compile_strategy(config, deal_table())
    expected = FIXED_STRATEGIES[name](deal_table(), main_paytable(config))
    np.testing.assert_array_equal(compiled.ride_bet_1, expected.ride_bet_1)
    np.testing.assert_array_equal(compiled.ride_bet_2, expected.ride_bet_2)


@pytest.mark.parametrize("ties", ["pull", "ride"])
def test_optimal_play_plays_ties_as_configured(ties: Any):
    config = config_of(strategy={"type": "optimal", "ties": ties})
    compiled = compile_strategy(config, deal_table())
    expected = optimal(deal_table(), main_paytable(config), ties)
    np.testing.assert_array_equal(compiled.ride_bet_2, expected.ride_bet_2)


def blocks_of(sessions: int, hands: int) -> list[range]:
    plan = plan_of(simulation={"num_sessions": sessions, "hands_per_session": hands})
    return [plan.block_range(block) for block in range(plan.blocks)]


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.integers(1, 300_000), st.integers(1, 10_000))
def test_blocks_hold_every_session_once_and_in_order(sessions: int, hands: int):
    blocks = blocks_of(sessions, hands)
    assert list(chain.from_iterable(blocks)) == list(range(sessions))
    assert len({len(block) for block in blocks[:-1]}) <= 1
    assert 0 < len(blocks[-1]) <= len(blocks[0])


@pytest.mark.parametrize("workers", ["auto", 1, 2, 256])
def test_blocks_do_not_depend_on_the_workers(workers: Any):
    simulation = {"num_sessions": 123_457, "workers": workers, "progress_interval": 7}
    assert plan_of(simulation=simulation).block_tables == (
        plan_of(simulation={"num_sessions": 123_457}).block_tables
    )


def test_a_block_is_short_however_long_sessions_are():
    for hands in (1, 200, 10_000):
        assert len(blocks_of(10_000_000, hands)[0]) * hands <= 1 << 22


def test_a_run_of_few_sessions_is_still_shared():
    assert len(blocks_of(64, 200)) == 64
    assert len(blocks_of(640, 200)) == 64
    assert len(blocks_of(1, 10_000)) == 1


def test_a_block_of_shorter_sessions_holds_more_of_them():
    simulation = {"num_sessions": 10**7, "hands_per_session": 10_000}
    long = plan_of(simulation=simulation)
    short = plan_of(
        simulation=simulation, bankroll={"stop_conditions": {"max_duration_minutes": 120}}
    )
    assert long.block_tables == (1 << 22) // 10_000
    assert short.block_tables == (1 << 22) // 104


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.sampled_from([1, 63, 65_536, 10**7, 10**9]) | st.integers(1, 10**9),
    st.sampled_from([1, 200, 10_000]),
    st.integers(1, 7),
    st.none() | st.sampled_from([1, 1000, 1_000_000]),
)
def test_blocks_are_few_and_none_counts_more_than_32_bits_hold(
    tables: int, hands: int, seats: int, total_rounds: int | None
):
    plan = plan_of(
        simulation={"num_sessions": tables, "hands_per_session": hands},
        table={"num_seats": seats, **({"total_rounds": total_rounds} if total_rounds else {})},
    )
    longest = total_rounds or hands
    rounds, pairs = plan.block_tables * longest * seats, seats * (seats - 1) // 2
    assert rounds < 1 << 32
    assert plan.block_tables * longest * pairs < 1 << 32
    # Beyond, a run takes a processor months, and blocks are as large as they may be.
    assert plan.blocks <= 1 << 16 or rounds > 1 << 29
