"""Runs agree with the exact law; runs of a kernel that is slightly wrong do not.

Every run here is whole: it is played by the controller and compared from its directory, as a user's
is. What is wrong is what the kernel is given to play from; the law is that of the configuration.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from let_it_ride.analysis.agreement import Agreement
from let_it_ride.analysis.agreement_service import CompareTask, compare
from let_it_ride.analysis.comparing_rounds import SeenRounds
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig, parse_config, preset_names, preset_text
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.game.sampling import alias_table
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation import controller
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.games import SessionGame
from let_it_ride.simulation.worker import RunTask
from reference.configurations import CORNERS, Settings, configurations, table_configurations
from reference.corners import TABLE_CORNERS

pytestmark = pytest.mark.slow

Change = Callable[[SessionPlan], SessionPlan]


def compared(
    drawn: Settings,
    sessions: int,
    seed: int = 1,
    change: Change | None = None,
    patience: float = 1,
):
    """What comparing a run gives, whose kernel plays what a plan is changed to."""
    simulation = {
        **drawn.get("simulation", {}),
        "num_sessions": sessions,
        "random_seed": seed,
        "workers": 1,
    }
    config = FullConfig.model_validate({**drawn, "simulation": simulation})
    with pytest.MonkeyPatch.context() as patch:
        if change is not None:
            patch.setattr(
                controller,
                "compile_plan",
                lambda config, _: change(compile_plan(config)),
            )
        results = SimulationController(config).run()
    summary = results.summary
    edges = summary.house_edge, summary.bonus_house_edge
    rounds = SeenRounds(results.dealt, *edges, results.notes["seat_pairs"])
    run = RunTask(config.model_dump_json(), results.directory, results.mark)
    try:
        return compare(CompareTask(run, rounds, patience, Path()), lambda _: None)
    finally:
        results.close()


def failed(agreement: Agreement) -> set[str]:
    return {test.name for test in agreement.failed}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_agrees(name: str):
    preset = parse_config(preset_text(name)).model_dump(exclude_none=True)
    agreement = compared(preset, 5000)
    assert agreement.agrees, agreement.failed
    if not agreement.refusal:
        rounds = {"deals", "categories", "bonus_categories"}
        if preset["strategy"]["type"] != "goal":  # else bets in action have no law
            rounds.add("bets_in_action")
        sessions = {"profits", "stop_reasons", "hands", "main_wagered"}
        if preset["bonus_strategy"]["type"] != "never":
            sessions.add("bonus_wagered")
        assert {test.name for test in agreement.tests} == rounds | sessions


@pytest.mark.parametrize("name", [*CORNERS, *TABLE_CORNERS])
def test_a_corner_of_the_rules_agrees(name: str):
    corner = (CORNERS | TABLE_CORNERS)[name]
    agreement = compared(corner, 200 if name in TABLE_CORNERS else 2000)
    assert agreement.agrees, (name, agreement.failed)


@settings(
    derandomize=True,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(configurations() | table_configurations(), st.integers(0, 2**31 - 1))
def test_any_configuration_agrees(drawn: Settings, seed: int):
    agreement = compared(drawn, 300, seed)
    assert agreement.agrees, (drawn, agreement.failed)


FLAT: Settings = {
    "bankroll": {"stop_conditions": {"win_limit": 250, "loss_limit": 200}},
    "bonus_strategy": {"type": "always"},
}
MARTINGALE: Settings = {
    "bankroll": {
        "starting_amount": 1000,
        "betting_system": {"type": "martingale"},
        "stop_conditions": {"win_limit": 300},
    }
}


def with_tables(plan: SessionPlan, **changes: Any) -> SessionPlan:
    return replace(plan, tables=plan.tables._replace(**changes))


def one_pair_comes_too_often(plan: SessionPlan) -> SessionPlan:
    """One deal class, the most frequent that makes a pair of tens, has five in a hundred more."""
    weights = deal_table().weight.astype(np.int64)
    pairs = np.where(deal_table().category == FiveCard.PAIR_TENS_OR_BETTER, weights, 0)
    more = int(pairs.max()) // 20
    weights[pairs.argmax()] += more
    weights[weights.argmax()] -= more
    assert weights.sum() == TOTAL_DEALS
    return with_tables(plan, alias=alias_table(weights))


def flushes_come_too_seldom(plan: SessionPlan) -> SessionPlan:
    """One flush in thirty is no flush."""
    weights = deal_table().weight.astype(np.int64)
    flushes = deal_table().category == FiveCard.FLUSH
    fewer = weights[flushes] // 30
    weights[flushes] -= fewer
    weights[weights.argmax()] += fewer.sum()
    return with_tables(plan, alias=alias_table(weights))


def with_units(
    plan: SessionPlan, main: np.ndarray | None = None, bonus: np.ndarray | None = None
) -> SessionPlan:
    tables = plan.tables
    main = tables.main_units if main is None else main
    bonus = tables.bonus_units if bonus is None else bonus
    deals = tables.deals.copy()
    deals[:, 0], deals[:, 2] = main, bonus
    profit = tables.betting.bets[0] * main + tables.bonus.amounts[0] * bonus
    tally = deals[:, 1] + (bonus << 32)
    return with_tables(plan, deals=deals, profit_by_class=profit, tally_by_class=tally)


def two_pair_pays_three(plan: SessionPlan) -> SessionPlan:
    two_pair = deal_table().category == FiveCard.TWO_PAIR
    units = plan.tables.main_units.copy()
    units[two_pair] = units[two_pair] * 3 // 2
    return with_units(plan, main=units)


def four_of_a_kind_pays_fortynine(plan: SessionPlan) -> SessionPlan:
    quads = deal_table().category == FiveCard.FOUR_OF_A_KIND
    units = plan.tables.main_units.copy()
    units[quads] = units[quads] * 49 // 50
    return with_units(plan, main=units)


def a_bonus_straight_pays_a_unit_less(plan: SessionPlan) -> SessionPlan:
    units = plan.tables.bonus_units.copy()
    units[deal_table().bonus_category == ThreeCard.STRAIGHT] -= 1
    return with_units(plan, bonus=units)


def sessions_end_a_hand_late(plan: SessionPlan) -> SessionPlan:
    return with_tables(plan, hand_limit=plan.tables.hand_limit + 1)


def sessions_end_a_hand_early(plan: SessionPlan) -> SessionPlan:
    return with_tables(plan, hand_limit=plan.tables.hand_limit - 1)


def win_limit_must_be_exceeded(plan: SessionPlan) -> SessionPlan:
    return with_tables(plan, win_at=plan.tables.win_at + 1)


def the_loss_limit_is_called_something_else(plan: SessionPlan) -> SessionPlan:
    return with_tables(plan, hand_limit_reason=int(StopReason.MAX_DURATION))


def the_third_step_does_not_reset(plan: SessionPlan) -> SessionPlan:
    """A win at the third step of the progression leaves it there."""
    betting = plan.tables.betting
    after = betting.after.copy()
    after[2, 0] = 2
    return with_tables(plan, betting=betting._replace(after=after))


def one_class_rides(plan: SessionPlan) -> SessionPlan:
    """One decision is another: with the most frequent class of hands one bet more is in action."""
    bets = plan.tables.deals[:, 1].copy()
    pulls = np.where(bets == 1, deal_table().weight, 0)
    bets[pulls.argmax()] += 1
    return with_tally(plan, bets)


def every_hand_counts_a_bet_too_many(plan: SessionPlan) -> SessionPlan:
    return with_tally(plan, plan.tables.deals[:, 1] + 1)


def with_tally(plan: SessionPlan, bets: np.ndarray) -> SessionPlan:
    tally = bets + (plan.tables.bonus_units << 32)
    return with_tables(plan, tally_by_class=tally)


#: What is wrong with what configuration, in how many sessions it is found, and by which tests.
WRONG: dict[str, tuple[Settings, Change, int, set[str]]] = {
    "one deal class out of 3,425 five in a hundred too often": (
        FLAT,
        one_pair_comes_too_often,
        20_000,
        {"deals"},
    ),
    "flushes one in thirty too seldom": (
        FLAT,
        flushes_come_too_seldom,
        200_000,
        {"categories"},
    ),
    "two pair pays 3 and not 2": (FLAT, two_pair_pays_three, 2000, {"profits"}),
    "four of a kind pays 49 and not 50": (
        FLAT,
        four_of_a_kind_pays_fortynine,
        400_000,
        {"profits"},
    ),
    "a straight pays the bonus a unit less": (
        FLAT,
        a_bonus_straight_pays_a_unit_less,
        200_000,
        {"stop_reasons"},
    ),
    "a hand too many": (FLAT, sessions_end_a_hand_late, 100, {"hands"}),
    "a hand too few": (FLAT, sessions_end_a_hand_early, 100, {"hands"}),
    "a win limit that must be exceeded": (
        FLAT,
        win_limit_must_be_exceeded,
        20_000,
        {"profits"},
    ),
    "a reason that is another": (
        FLAT,
        the_loss_limit_is_called_something_else,
        50,
        {"stop_reasons"},
    ),
    "one bet more in action with one class of hands": (
        FLAT,
        one_class_rides,
        50_000,
        {"main_wagered"},
    ),
    "a bet too many counted with every hand": (
        FLAT,
        every_hand_counts_a_bet_too_many,
        100,
        {"main_wagered"},
    ),
    "a step of a Martingale that does not reset": (
        MARTINGALE,
        the_third_step_does_not_reset,
        8000,
        {"hands"},
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_kernel_that_is_slightly_wrong_does_not_agree(what: str):
    drawn, change, sessions, found = WRONG[what]
    agreement = compared(drawn, sessions, change=change)
    assert not agreement.agrees
    assert found <= failed(agreement), [(test.name, test.bound) for test in agreement.tests]


@pytest.mark.parametrize(("drawn", "sessions"), [(FLAT, 200_000), (MARTINGALE, 20_000)])
def test_the_same_with_nothing_wrong_agrees(drawn: Settings, sessions: int):
    agreement = compared(drawn, sessions)
    assert agreement.agrees, agreement.failed
    assert not agreement.refusal


def test_sessions_that_are_played_twice_do_not_agree(monkeypatch: pytest.MonkeyPatch):
    """Every frequency is right on average, but of half as many sessions as there seem to be."""
    play = SessionGame.play

    def twice(game: SessionGame, seeds: np.ndarray, first_table: int):
        for played in play(game, seeds[: len(seeds) // 2], first_table):
            yield played
            yield played

    monkeypatch.setattr(SessionGame, "play", twice)
    assert "deals" in failed(compared(FLAT, 6400))


def test_seats_are_compared_with_the_law_of_one():
    agreement = compared({**FLAT, "table": {"num_seats": 3}}, 2000)
    assert agreement.agrees
    assert agreement.numbers_of
    assert agreement.numbers_from == 2000
    assert {test.name: test.observations for test in agreement.tests}["profits"] == 6000
    wrong = compared({**FLAT, "table": {"num_seats": 3}}, 2000, change=two_pair_pays_three)
    assert "profits" in failed(wrong)


@pytest.mark.parametrize("total_rounds", [30, 200, 450])
def test_first_sessions_of_seats_are_compared_where_players_replace_each_other(total_rounds: int):
    """A table that closes before its first sessions end is a law of its own."""
    table = {"num_seats": 2, "total_rounds": total_rounds}
    broke = {"starting_amount": 60, "stop_conditions": {"win_limit": 100}}
    agreement = compared({"table": table, "bankroll": broke}, 3000)
    assert agreement.agrees, agreement.failed
    assert agreement.sample
    by_name = {test.name: test for test in agreement.tests}
    assert by_name["profits"].observations == 6000
    reasons = {each.name for each in agreement.comparisons if each.name.startswith("stop_reason")}
    assert ("stop_reason.table_closed" in reasons) is (total_rounds < 200)
    wrong = compared({"table": table, "bankroll": broke}, 3000, change=two_pair_pays_three)
    assert "profits" in failed(wrong)


def test_sessions_that_take_too_long_to_solve_are_not_waited_for():
    agreement = compared(FLAT, 100, patience=0.0)
    assert agreement.agrees
    assert "takes longer than 0 seconds" in agreement.refusal
    assert {test.name for test in agreement.tests} == {
        "deals",
        "bets_in_action",
        "categories",
        "bonus_categories",
    }
