"""What is said of seats and between them, against laws that are known exactly."""

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from let_it_ride.config import FullConfig
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.aggregates import Aggregates
from let_it_ride.simulation.estimates import Estimate
from let_it_ride.simulation.extremes import Extremes
from let_it_ride.simulation.games import PLACED_COLUMNS, TableGame
from let_it_ride.simulation.records import NOTES, record_for
from let_it_ride.simulation.run_sums import RunSums
from let_it_ride.simulation.summary import Summary, summarise
from let_it_ride.simulation.table_sums import Sum, TableAdder

#: No hand pays much, so that what two seats win goes together far more than where a royal flush
#: makes most of the spread, and sums are soon normal.
EVEN_PAYS = {
    "type": "custom",
    "royal_flush": 3,
    "straight_flush": 3,
    "four_of_a_kind": 3,
    "full_house": 3,
    "flush": 3,
    "straight": 3,
    "three_of_a_kind": 3,
    "two_pair": 2,
    "pair_tens_or_better": 1,
}
NEARLY_BROKE = {"starting_amount": 60}


def plan_of(bankroll: dict[str, Any] | None = None, **table: int) -> SessionPlan:
    return compile_plan(
        FullConfig.model_validate(
            {
                "simulation": {"hands_per_session": 12},
                "table": table,
                "bankroll": bankroll or {},
                "strategy": {"type": "always_ride"},
                "paytables": {"main_game": EVEN_PAYS},
                "bonus_strategy": {"type": "always"},
            }
        )
    )


def sums_of(plan: SessionPlan, game: TableGame, tables: int, seed: int) -> RunSums:
    seeds = np.random.default_rng(seed).integers(0, 1 << 31, size=tables, dtype=np.uint32)
    parts = [(sessions.copy(), counts.astype(np.int64)) for sessions, counts in game.play(seeds, 0)]
    sessions = np.concatenate([each for each, _ in parts])
    counts = sum(each for _, each in parts)
    records = np.zeros(len(sessions), dtype=record_for(plan.largest_amount, placed=True))
    for column, name in enumerate(PLACED_COLUMNS):
        records[name] = sessions[:, column]
    at_tables = TableAdder(plan.seats)
    at_tables.add(records)
    return RunSums(
        Aggregates.of(records),
        counts[: -len(NOTES)],
        dict(zip(NOTES, counts[-len(NOTES) :].tolist(), strict=True)),
        Extremes(0, 0, 0),
        tuple(Aggregates.of(records[records["seat"] == seat]) for seat in range(plan.seats)),
        at_tables.sums(),
    )


def summaries(plan: SessionPlan, groups: int, tables: int) -> list[Summary]:
    game = TableGame(plan)
    return [summarise(sums_of(plan, game, tables, seed), plan) for seed in range(groups)]


GROUPS = 1_000
#: The variance of so many normal numbers lies within this of 1 but once in 10,000 times.
SPREAD = 3.9 * sqrt(2 / GROUPS)

LAWS = {
    "seats that leave when they like": plan_of(NEARLY_BROKE, num_seats=6),
    "seats that are taken anew": plan_of(NEARLY_BROKE, num_seats=4, total_rounds=15),
    "one seat that is taken anew": plan_of(NEARLY_BROKE, num_seats=1, total_rounds=40),
}


@pytest.mark.slow
@pytest.mark.parametrize("law", LAWS)
def test_errors_are_those_that_many_runs_show(law: str) -> None:
    plan = LAWS[law]
    runs = summaries(plan, GROUPS, 60)
    for checks in ([run.house_edge for run in runs], [run.bonus_house_edge for run in runs]):
        z = [check.z for check in checks if check is not None]
        assert len(z) == GROUPS
        assert abs(np.mean(z)) < 3.9 / sqrt(GROUPS)
        assert abs(np.var(z) - 1) < SPREAD
    game = TableGame(plan)
    at_tables = [sums_of(plan, game, 60, seed).at_tables for seed in range(GROUPS)]
    for what, seat in ((Sum.PROFIT, None), (Sum.WON, None), (Sum.PROFIT, 0)):
        means = [each.mean(what, seat) for each in at_tables if each is not None]
        assert len(means) == GROUPS
        found = np.var([mean for mean, _ in means])
        told = np.mean([error**2 for _, error in means])
        assert abs(found / told - 1) < SPREAD


FEW_TABLES = {
    "one seat": {"total_rounds": 500},
    "seven seats": {"num_seats": 7},
    "seats that are taken anew": {"num_seats": 3, "total_rounds": 100},
}


@pytest.mark.slow
@pytest.mark.parametrize("tables", [1, 2, 3, 10])
@pytest.mark.parametrize("law", FEW_TABLES)
def test_intervals_hold_the_truth_however_few_the_tables(law: str, tables: int) -> None:
    plan = plan_of({"starting_amount": 500}, **FEW_TABLES[law])
    (truth,) = summaries(plan, 1, 20_000)
    runs = summaries(plan, 300, tables)
    for name in ("mean_profit", "win_rate"):
        true = getattr(truth, name).value
        held = sum(getattr(run, name).low <= true <= getattr(run, name).high for run in runs)
        # 95 % are 285 of 300; less than 267 come once in 10,000 times.
        assert held >= 267
    for run in runs:
        alone = Estimate.of_share(run.won, run.sessions)
        assert run.win_rate.high - run.win_rate.low >= alone.high - alone.low - 1e-12


def test_where_all_rounds_are_alike_there_is_no_correlation() -> None:
    nothing = dict.fromkeys(EVEN_PAYS, 0) | {"type": "custom"}
    plan = compile_plan(
        FullConfig.model_validate(
            {
                "table": {"num_seats": 2},
                "strategy": {"type": "always_pull"},
                "paytables": {"main_game": nothing},
                "simulation": {"hands_per_session": 3},
            }
        )
    )
    (run,) = summaries(plan, 1, 5)
    assert run.seat_correlation is not None
    assert run.seat_correlation.profits is None
    assert run.seat_correlation.main_round is None
    assert run.to_json()["seat_correlation"]["main_round"] is None


@pytest.mark.slow
def test_errors_that_took_seats_for_independent_would_be_seen() -> None:
    plan = LAWS["seats that leave when they like"]
    game = TableGame(plan)
    alone = []
    for seed in range(GROUPS):
        sums = sums_of(plan, game, 60, seed)
        without = replace(sums, notes={**sums.notes, "seat_pairs": 0}, seat_aggregates=())
        alone.append(summarise(without, plan).house_edge.z)
    assert np.var(alone) - 1 > SPREAD


def test_seats_that_play_on_win_together_as_they_do_in_a_round() -> None:
    plan = plan_of({"starting_amount": 10_000}, num_seats=6)
    tables = 20_000
    (run,) = summaries(plan, 1, tables)
    correlation = run.seat_correlation
    assert correlation is not None
    assert correlation.profits is not None
    assert correlation.mean_of_profits is not None
    # Every pair's error is at most 1 / √tables; the mean of fifteen pairs is better known.
    assert correlation.main_round > 8 / sqrt(tables)
    main, bonus = plan.odds.variance * 5**2, plan.odds.bonus_variance
    share = float(main / (main + bonus))
    assert correlation.bonus_round is not None
    expected = share * correlation.main_round + (1 - share) * correlation.bonus_round
    assert abs(correlation.mean_of_profits - expected) < 4 / sqrt(tables)
    for seat in range(6):
        assert correlation.profits[seat][seat] == pytest.approx(1)
        for other in range(seat):
            assert abs(correlation.profits[seat][other] - expected) < 5 / sqrt(tables)


def test_one_seat_has_nobody_to_win_with() -> None:
    (run,) = summaries(LAWS["one seat that is taken anew"], 1, 10)
    assert len(run.seats) == 1
    assert run.seat_correlation is None
    assert run.seats[0].sessions == run.sessions
    assert run.seats[0].mean_profit == run.mean_profit


def test_a_seat_is_summed_up_from_its_own_sessions() -> None:
    plan = LAWS["seats that are taken anew"]
    sums = sums_of(plan, TableGame(plan), 50, 1)
    run = summarise(sums, plan)
    for seat, own in zip(run.seats, sums.seat_aggregates, strict=True):
        assert seat.sessions == own.sessions
        assert seat.win_rate.value == own.won / own.sessions
        assert seat.mean_profit.value == pytest.approx(own.profits.mean)
        assert (seat.std_profit, seat.mean_hands) == (
            own.profits.standard_deviation,
            own.hands.mean,
        )
    assert sum(seat.sessions for seat in run.seats) == run.sessions
    data = run.to_json()
    assert [seat["seat"] for seat in data["seats"]] == [1, 2, 3, 4]
    assert data["seats"][2]["mean_profit"] == pytest.approx(run.seats[2].mean_profit.value / 100)
    assert len(data["seat_correlation"]["profits"]) == 4
