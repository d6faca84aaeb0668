"""The kernel against a slow player with real cards, and against plain Python on its own tables."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice, pairwise
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.analysis.charts import chart_of
from let_it_ride.betting import short_money
from let_it_ride.betting.bonus_policies import MILLION, BonusBy, BonusLimits, BonusResult
from let_it_ride.betting.meter import PER_CENT
from let_it_ride.betting.progressions import BetBy
from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game import sampling
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.plan import GENERATORS, KernelTables, SessionPlan
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS, SESSION_RECORD
from reference.bonus import Limits
from reference.configurations import configurations, goal_configurations
from reference.corners import CORNERS, FLAT_CORNERS, GOAL_CORNERS, Settings
from reference.deal_classes import Dealer
from reference.goal_values import value_of_end
from reference.hands import BONUS_HANDS, MAIN_HANDS
from reference.player import Money, play_session
from reference.streams import dealt_classes, session_stream, splitmix64, xoshiro256pp
from reference.tables import LOSS, PUSH, WIN, play_by_tables

kernel = load_kernel()
# Its own modules, loaded with it so that their compiled code is where the kernel's is.
rounds = import_module("let_it_ride.simulation.rounds")
streams = import_module("let_it_ride.simulation.streams")

Played = tuple[np.ndarray, np.ndarray, dict[str, int]]


def play(tables: KernelTables, seeds: np.ndarray, first_session: int = 0) -> Played:
    """The kernel's records, how often each deal class came, and its notes."""
    played = np.zeros((len(seeds), len(PLAYED_COLUMNS)), dtype=np.int64)
    dealt = np.zeros(len(tables.deals), dtype=np.uint32)
    notes = np.zeros(len(NOTES), dtype=np.uint32)
    kernel.play_sessions(tables, seeds, first_session, played, dealt, notes, kernel.Room.new())
    records = np.zeros(len(seeds), dtype=SESSION_RECORD)
    for column, name in enumerate(PLAYED_COLUMNS):
        records[name] = played[:, column]
    records["seed"] = seeds
    return records, dealt, dict(zip(NOTES, notes.tolist(), strict=True))


def some_seeds(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 1 << 31, size=count, dtype=np.uint32)


def plan_of(config: Settings) -> SessionPlan:
    return compile_plan(FullConfig.model_validate(config))


TABLES = plan_of({}).tables


def drawn_classes(tables: KernelTables, seed: int, session: int) -> Iterator[int]:
    """The deal classes of a session, drawn in plain Python."""
    return dealt_classes(session_stream(seed, session), tables.alias.tolist())


def written_down(record: np.void) -> dict[str, int]:
    """A record without its seed."""
    return {name: int(record[name]) for name in SESSION_RECORD.names if name != "seed"}


def assert_the_kernel_plays_as_the_slow_player(
    config: Settings, seeds: np.ndarray, first_session: int = 0
) -> None:
    tables = plan_of(config).tables
    records, dealt, notes = play(tables, seeds, first_session)
    dealer, slow_notes = Dealer(), Counter(dict.fromkeys(NOTES, 0))
    for session, seed in enumerate(seeds.tolist()):
        classes = drawn_classes(tables, seed, first_session + session)
        slow = play_session(config, dealer.cards_for(classes))
        assert written_down(records[session]) == {
            "profit": slow.profit,
            "peak": slow.peak,
            "max_drawdown": slow.max_drawdown,
            "main_wagered": slow.main_wagered,
            "bonus_wagered": slow.bonus_wagered,
            "bonus_profit": slow.bonus_profit,
            "hands": slow.hands,
            "stop_reason": StopReason[slow.stop_reason.upper()],
        }
        slow_notes["bet_failures"] += slow.main_formula_failures
        slow_notes["bonus_failures"] += slow.bonus_formula_failures
        slow_notes["jackpots"] += slow.jackpots
    np.testing.assert_array_equal(records["seed"], seeds)
    np.testing.assert_array_equal(dealt, dealer.dealt)
    assert dealt.sum() == records["hands"].sum()
    assert notes == slow_notes


@pytest.mark.parametrize("corner", CORNERS)
def test_sessions_are_those_of_the_slow_player_with_real_cards(corner: str):
    assert_the_kernel_plays_as_the_slow_player(CORNERS[corner], some_seeds(15))


@pytest.mark.parametrize("corner", GOAL_CORNERS)
def test_sessions_for_a_goal_are_those_of_the_slow_player_with_real_cards(corner: str):
    assert_the_kernel_plays_as_the_slow_player(GOAL_CORNERS[corner], some_seeds(200))


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=300)
@given(configurations(), st.integers(0, 1_000_000))
def test_sessions_of_any_configuration_are_those_of_the_slow_player(config: Settings, seed: int):
    assert_the_kernel_plays_as_the_slow_player(config, some_seeds(6, seed), first_session=seed)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=100)
@given(goal_configurations(), st.integers(0, 1_000_000))
def test_sessions_for_any_goal_are_those_of_the_slow_player(config: Settings, seed: int):
    assert_the_kernel_plays_as_the_slow_player(config, some_seeds(40, seed), first_session=seed)


@pytest.mark.parametrize("first_session", [999_999_990, 2**31 - 5, 2**32 - 10])
def test_sessions_with_huge_ids_are_those_of_the_slow_player(first_session: int):
    config = {"simulation": {"hands_per_session": 20}}
    seeds = np.array([0, 1, 2**31 - 1, 2**31 - 2] * 2, dtype=np.uint32)
    assert_the_kernel_plays_as_the_slow_player(config, seeds, first_session)


def test_the_longest_session_with_the_highest_pays_is_that_of_the_slow_player():
    config = {
        "simulation": {"hands_per_session": 10_000},
        "strategy": {"type": "always_ride"},
        "bankroll": {"starting_amount": 1e9},
        "bonus_strategy": {"type": "always"},
        "paytables": {
            "main_game": dict.fromkeys(MAIN_HANDS, 100_000) | {"type": "custom"},
            "bonus": dict.fromkeys(BONUS_HANDS, 100_000) | {"type": "custom"},
        },
    }
    assert_the_kernel_plays_as_the_slow_player(config, some_seeds(1))


def in_two_steps(tables: KernelTables) -> KernelTables:
    """The same betting, written as two equal steps that follow each other."""
    betting = tables.betting._replace(
        bets=np.repeat(tables.betting.bets, 2), after=np.array([[1, 1, 1], [0, 0, 0]])
    )
    return tables._replace(betting=betting, is_constant=False)


def in_two_bonus_states(tables: KernelTables) -> KernelTables:
    """The same bonus, written as two equal states that follow each other."""
    bonus = tables.bonus._replace(
        amounts=np.repeat(tables.bonus.amounts, 2), after=np.array([[1], [0]])
    )
    return tables._replace(bonus=bonus, is_constant=False)


@pytest.mark.parametrize("written_out", [in_two_steps, in_two_bonus_states])
@pytest.mark.parametrize("corner", FLAT_CORNERS)
def test_a_single_step_is_played_as_two_equal_ones(
    corner: str, written_out: Callable[[KernelTables], KernelTables]
):
    tables, seeds = plan_of(FLAT_CORNERS[corner]).tables, some_seeds(1000, 2)
    short, dealt, _ = play(tables, seeds)
    long, dealt_long, _ = play(written_out(tables), seeds)
    np.testing.assert_array_equal(long, short)
    np.testing.assert_array_equal(dealt_long, dealt)


def random_tables(seed: int) -> KernelTables:
    """Tables with several steps and bonus states that lead anywhere, and little money."""
    rng = random.Random(seed)
    strategy = rng.choice(["basic", "always_pull", "aggressive"])
    steps, states = rng.randint(1, 5), rng.randint(1, 4)
    minimum, increment = rng.choice([1, 100, 250]), rng.choice([1, 100, 70])
    limits = Limits(minimum, 5000, increment)
    wanted = [100 * rng.randint(0, 6) for _ in range(states)]

    def followers(rows: int, columns: int) -> np.ndarray:
        return np.array([[rng.randrange(rows) for _ in range(columns)] for _ in range(rows)])

    tables = plan_of({"strategy": {"type": strategy}}).tables
    bets = np.array([100 * rng.randint(1, 6) for _ in range(steps)])
    deals = tables.deals.copy()
    # A move of its own for each way in which main game and bonus can end.
    deals[:, 3:] = 3 * (deals[:, :1] < 0) + np.arange(3)
    return tables._replace(
        deals=deals,
        betting=tables.betting._replace(
            bets=bets, after=followers(steps, 3), driven_by_net=rng.random() < 0.6
        ),
        bonus=tables.bonus._replace(
            amounts=np.array([limits.taken(amount) for amount in wanted]),
            after=followers(states, 6),
            limits=BonusLimits(minimum, 5000, increment),
        ),
        is_constant=False,
        starting_bankroll=rng.choice([1800, 4321, 20_000]),
        bet_floor=rng.choice([1, 25, 100]),
        bet_increment=rng.choice([1, 25, 100]),
        win_at=rng.choice([1 << 62, 5000]),
        loss_at=rng.choice([-(1 << 62), -1500]),
        hand_limit=rng.randint(1, 150),
    )


def test_any_tables_are_played_as_their_rules_say():
    moves: Counter[tuple[bool, int]] = Counter()
    events: Counter[int] = Counter()
    reasons: Counter[int] = Counter()
    for number in range(100):
        tables, seeds = random_tables(number), some_seeds(4, number)
        records, _, _ = play(tables, seeds, first_session=number)
        for session, seed in enumerate(seeds.tolist()):
            classes = drawn_classes(tables, seed, number + session)
            slow = play_by_tables(tables, classes)
            assert written_down(records[session]) == slow.record, f"tables {number}"
            moves.update(
                {(tables.betting.driven_by_net, move): n for move, n in slow.moves.items()}
            )
            events.update(slow.events)
            reasons[slow.record["stop_reason"]] += 1
    assert set(moves) == {(True, WIN), (True, LOSS), (True, PUSH), (False, WIN), (False, LOSS)}
    assert set(events) == set(range(6))
    assert set(reasons) == set(StopReason) - {StopReason.MAX_DURATION, StopReason.TABLE_CLOSED}


@settings(derandomize=True, deadline=None, max_examples=400)
@given(
    st.integers(1, 500),
    st.integers(1, 300),
    st.integers(0, 20),
    st.integers(1, 200),
    st.integers(0, 400),
    st.integers(0, 300),
    st.integers(0, 20_000),
)
def test_bets_are_lowered_at_once_to_where_they_come_step_by_step(
    floor: int,
    increment: int,
    steps_above: int,
    bonus_increment: int,
    bonus_minimum: int,
    bonus_above: int,
    spare: int,
):
    main = floor + steps_above * increment // 2
    bonus = bonus_minimum + bonus_above
    funds = 3 * floor + spare % (3 * main + bonus + 10)
    limits = BonusLimits(bonus_minimum, bonus, bonus_increment)
    step_by_step = Money(floor, increment, Limits(bonus_minimum, bonus, bonus_increment))
    lowered = rounds.affordable(main, bonus, funds, limits, floor, increment)
    assert lowered == short_money.affordable(main, bonus, funds, limits, floor, increment)
    assert lowered == step_by_step.allows(main, bonus, funds)
    assert 3 * lowered[0] + lowered[1] <= funds


@pytest.mark.parametrize(
    ("seed", "session"), [(0, 0), (1, 0), (0, 1), (2**31 - 1, 2**32 - 1), (1234567, 999_999_999)]
)
def test_a_stream_begins_with_four_words_of_splitmix64_keyed_by_seed_and_session(
    seed: int, session: int
):
    words = tuple(islice(splitmix64(seed << 32 | session), 4))
    state = np.zeros(streams.STATE_WORDS, dtype=np.uint64)
    streams.open_stream(state, streams.XOSHIRO, seed, session, 0)
    assert tuple(map(int, state[1:5])) == words


def first_class_of(draw: int) -> int:
    """The deal class that the kernel takes from a stream whose first output is this draw."""
    # The output is rotl(s₀ + s₃, 23) + s₀, so with s₀ = 0 the last word can be chosen for it.
    state = [0, 1, 2, (draw >> 23 | draw << 41) & (2**64 - 1)]
    assert next(xoshiro256pp(state)) == draw
    drawn = np.zeros(1, dtype=np.uint16)
    stream = np.zeros(streams.STATE_WORDS, dtype=np.uint64)
    stream[1:5] = state
    kernel.draw_classes(stream, TABLES.alias, drawn, 1)
    return int(drawn[0])


@pytest.mark.parametrize("between", [0, 0xFFF], ids=["bits between clear", "bits between set"])
def test_a_draw_below_the_threshold_is_the_columns_own_class_and_from_it_on_its_alias(between: int):
    for column in range(0, sampling.COLUMNS, 37):
        entry = int(TABLES.alias[column])
        threshold, from_it_on, below = entry >> 24, entry >> 12 & 0xFFF, entry & 0xFFF
        chosen = [(height, below) for height in (0, threshold - 1) if 0 <= height < threshold]
        last = sampling.REJECT_FROM - 1
        chosen += [
            (height, from_it_on) for height in (threshold, last) if threshold <= height <= last
        ]
        for height, expected in chosen:
            assert first_class_of(column << 52 | between << 40 | height) == expected


@pytest.mark.parametrize("height", [sampling.REJECT_FROM, 2**40 - 1])
def test_a_height_that_would_favour_some_deals_is_drawn_again(height: int):
    for column in (0, 1234, 4095):
        draw = column << 52 | height
        state = [0, 1, 2, (draw >> 23 | draw << 41) & (2**64 - 1)]
        after = islice(xoshiro256pp(state), 1, None)
        assert first_class_of(draw) == next(dealt_classes(after, TABLES.alias.tolist()))


def test_the_constants_compiled_in_are_those_defined_elsewhere():
    assert int(kernel._REJECT_FROM) == sampling.REJECT_FROM
    assert int(kernel._COLUMN_SHIFT) == 64 - sampling.COLUMN_BITS
    assert int(kernel._HEIGHT_MASK) == (1 << sampling.HEIGHT_BITS) - 1
    assert int(kernel._THRESHOLD_SHIFT) == 2 * sampling.COLUMN_BITS
    assert int(kernel._CLASS_BITS) == sampling.COLUMN_BITS
    assert int(kernel._CLASS_MASK) == sampling.COLUMNS - 1
    assert rounds._WIN_LIMIT == StopReason.WIN_LIMIT
    assert rounds._LOSS_LIMIT == StopReason.LOSS_LIMIT
    assert rounds._INSUFFICIENT_FUNDS == StopReason.INSUFFICIENT_FUNDS
    assert rounds._BY_STEP == BetBy.STEP
    kinds = (rounds._BY_STATE, rounds._BY_BET_STEP, rounds._BY_RATIO)
    assert kinds == (BonusBy.STATE, BonusBy.BET_STEP, BonusBy.RATIO)
    assert rounds._NOT_STAKED == BonusResult.NOT_STAKED
    assert rounds._MILLION == PER_CENT == MILLION
    assert GENERATORS.index("xoshiro256++") == streams.XOSHIRO
    assert GENERATORS.index("chacha20") == streams.CHACHA


def test_sessions_are_the_same_in_one_call_or_in_many():
    seeds = some_seeds(997)
    whole, dealt, _ = play(TABLES, seeds, first_session=40)
    cuts = [0, 1, 64, 65, 500, 997]
    parts = [play(TABLES, seeds[low:high], first_session=40 + low) for low, high in pairwise(cuts)]
    np.testing.assert_array_equal(np.concatenate([records for records, _, _ in parts]), whole)
    np.testing.assert_array_equal(sum(part for _, part, _ in parts), dealt)


def test_every_number_of_a_session_is_written_and_counts_are_added_to():
    seeds = some_seeds(50)
    records, dealt, _ = play(TABLES, seeds)
    used = np.full((len(seeds), len(PLAYED_COLUMNS)), -1)
    counts, notes = np.ones_like(dealt), np.ones(len(NOTES), dtype=np.uint32)
    kernel.play_sessions(TABLES, seeds, 0, used, counts, notes, kernel.Room.new())
    for column, name in enumerate(PLAYED_COLUMNS):
        np.testing.assert_array_equal(used[:, column], records[name])
    np.testing.assert_array_equal(counts, dealt + 1)
    assert notes.tolist() == [1] * len(NOTES)


def test_no_sessions_play_no_rounds():
    records, dealt, notes = play(TABLES, some_seeds(0))
    assert (len(records), dealt.sum(), sum(notes.values())) == (0, 0, 0)


def test_another_strategy_and_paytable_meet_the_same_deals():
    seeds = some_seeds(200)
    rich = {"starting_amount": 1e6}
    first, second = (
        play(plan_of({"bankroll": rich, **other}).tables, seeds)
        for other in (
            {"strategy": {"type": "always_ride"}},
            {
                "paytables": {"main_game": {"type": "tight"}},
                "bonus_strategy": {"type": "always"},
            },
        )
    )
    np.testing.assert_array_equal(first[1], second[1])
    assert (first[0]["profit"] != second[0]["profit"]).any()


def pearson(dealt: np.ndarray, rounds: int) -> float:
    """Pearson's χ² of the deal classes in its exact standard deviations from its exact mean.

    For multinomial counts its mean is k − 1 and its variance 2(k − 1) + (Σ 1/p − k² − 2k + 2)/n.
    With 3,425 classes the rest of its shape is close to normal.
    """
    share = deal_table().weight / TOTAL_DEALS
    classes = len(share)
    statistic = float(((dealt - rounds * share) ** 2 / (rounds * share)).sum())
    extra = (float((1 / share).sum()) - classes**2 - 2 * classes + 2) / rounds
    return (statistic - (classes - 1)) / sqrt(2 * (classes - 1) + extra)


@pytest.mark.parametrize(
    ("hands", "seeds"),
    [
        (100, some_seeds(300_000, 3)),
        (1, some_seeds(3_000_000, 4)),
        (1, np.zeros(3_000_000, dtype=np.uint32)),
    ],
    ids=["long sessions", "first rounds", "first rounds of one seed"],
)
def test_deals_come_as_often_as_the_deal_table_says(hands: int, seeds: np.ndarray):
    config = {
        "simulation": {"hands_per_session": hands},
        "bankroll": {"starting_amount": 10_000.0},
    }
    _, dealt, _ = play(plan_of(config).tables, seeds)
    rounds = int(dealt.sum())
    assert rounds == hands * len(seeds)
    # Beyond four standard deviations lies one seed in 15,000; this one is fixed.
    assert abs(pearson(dealt, rounds)) < 4


@pytest.mark.parametrize(
    "config",
    [
        {"bankroll": {"stop_conditions": {"win_limit": 100.0, "loss_limit": 150.0}}},
        {
            "bankroll": {"stop_conditions": {"win_limit": 250.0, "loss_limit": 300.0}},
            "bonus_strategy": {"type": "always", "amount": 5.0},
            "strategy": {"type": "aggressive"},
            "paytables": {"main_game": {"type": "liberal"}},
        },
    ],
    ids=["main game", "with a bonus"],
)
def test_players_lose_the_edge_on_what_they_bet_however_they_stop(config: Settings):
    plan = plan_of(config)
    records, dealt, _ = play(plan.tables, some_seeds(300_000, 5))
    rounds = int(dealt.sum())
    bet, bonus = int(plan.tables.betting.bets[0]), int(plan.tables.bonus.amounts[0])
    # The limits leave money for every whole bet, so a round's stakes are always the same.
    assert records["bonus_wagered"].sum() == bonus * rounds

    pays, bonus_pays = plan.odds.paytable, plan.odds.bonus_paytable
    results = [
        (
            bet * outcome.bets * (pays[outcome.category] or -1)
            + bonus * (bonus_pays[outcome.bonus_category] or -1),
            outcome.deals,
        )
        for outcome in plan.odds.outcomes
    ]
    mean = sum(result * deals for result, deals in results) / TOTAL_DEALS
    variance = sum(result**2 * deals for result, deals in results) / TOTAL_DEALS - mean**2
    expected = -(bet * plan.odds.house_edge + bonus * plan.odds.bonus_house_edge)
    assert float(expected) == pytest.approx(mean)
    # Profit less its expectation is a martingale, so by Wald its variance is that of a round
    # times the rounds. At some 3e7 rounds a skewness of 320 has shrunk to 0.06: four standard
    # errors are nearly as rare as for a normal law, one seed in 15,000.
    off = records["profit"].sum() - float(expected) * rounds
    assert abs(off) < 4 * sqrt(variance * rounds)


BETS = [{"bet": bet} for bet in (5.0, 10.0, 25.0)]
GOALS: dict[str, Settings] = {
    "to leave ahead": {"strategy": {"type": "goal"}},
    "to leave ahead, with a bonus and bets to choose from": {
        "simulation": {"hands_per_session": 60},
        "strategy": {"type": "goal", "bets": BETS},
        "bonus_strategy": {"type": "always", "amount": 5.0},
    },
    "to reach the win limit": {"strategy": {"type": "goal", "goal": "reach_win_limit"}},
    "not to be ruined": {"strategy": {"type": "goal", "goal": "avoid_ruin", "bets": BETS}},
    "the highest mean": {
        "strategy": {"type": "goal", "goal": "mean"},
        "paytables": {"main_game": {"type": "custom", "royal_flush": 50, "straight_flush": 50}},
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", GOALS)
def test_sessions_reach_their_goal_as_often_as_its_chart_says(name: str):
    stops = {"win_limit": 250.0, "loss_limit": 200.0}
    settings = {"bankroll": {"stop_conditions": stops}, **GOALS[name]}
    moment = chart_of(FullConfig.model_validate(settings)).moment
    records, _, _ = play(plan_of(settings).tables, some_seeds(100_000, 8))
    worth = np.array(
        [
            value_of_end(moment.goal, profit, StopReason(reason).key)
            for profit, reason in records[["profit", "stop_reason"]].tolist()
        ]
    )
    # Beyond four standard errors lies one seed in 15,000; this one is fixed.
    assert abs(worth.mean() - moment.value) < 4 * worth.std() / sqrt(len(worth))
