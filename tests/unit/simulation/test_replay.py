"""Replayed sessions against the kernel's records and the slow player with the cards shown."""

from collections import Counter
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.categories import FiveCard, ThreeCard
from let_it_ride.game.deals import deal_table
from let_it_ride.plan import GENERATORS
from let_it_ride.simulation.compiled import load_kernel
from let_it_ride.simulation.errors import NoSeedError, NoSuchSessionError
from let_it_ride.simulation.places import SessionPlace
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS
from let_it_ride.simulation.replay import PlayedHand, Replay, Replayer, replay
from let_it_ride.simulation.seeds import seed_of_table, session_seeds
from reference.cards import Card, Deal, cards
from reference.configurations import configurations, goal_configurations
from reference.corners import CORNERS, GOAL_CORNERS, Settings
from reference.deal_classes import classes_of_four, classes_of_three
from reference.every_hand import place
from reference.player import play_session

CASES = CORNERS | GOAL_CORNERS
SEEDS = np.random.default_rng(5).integers(0, 1 << 31, size=4, dtype=np.uint32)


def config_of(config: Settings, generator: str = GENERATORS[0]) -> FullConfig:
    simulation = dict(config.get("simulation", {})) | {"generator": generator}
    return FullConfig.model_validate({**config, "simulation": simulation})


def totals_of_the_kernel(replayer: Replayer, first_session: int) -> tuple[list[Any], np.ndarray]:
    kernel, plan = load_kernel(), replayer.plan
    played = np.zeros((len(SEEDS), len(PLAYED_COLUMNS)), dtype=np.int64)
    dealt = np.zeros(plan.deal_classes, dtype=np.uint32)
    notes = np.zeros(len(NOTES), dtype=np.uint32)
    kernel.play_sessions(plan.tables, SEEDS, first_session, played, dealt, notes, kernel.Room.new())
    sessions = [dict(zip(PLAYED_COLUMNS, row, strict=True)) for row in played.tolist()]
    return [*sessions, dict(zip(NOTES, notes.tolist(), strict=True))], dealt


def alone(session: int, seed: int) -> SessionPlace:
    return SessionPlace(session, session, 0, 0, seed)


def shown(hand: PlayedHand) -> Deal:
    return Deal(cards(" ".join(hand.own)), *cards(f"{hand.fourth} {hand.fifth}"))


def assert_the_slow_player_plays_the_same(config: Settings, replayed: Replay) -> None:
    """Given the cards that are shown, the slow player does and wins what the hands say."""
    slow = play_session(config, [shown(hand) for hand in replayed.hands])
    assert slow.hands == len(replayed.hands) == len(slow.rounds)
    bankroll = slow.starting_bankroll
    assert bankroll == replayed.starting_bankroll
    for number, (hand, played) in enumerate(zip(replayed.hands, slow.rounds, strict=True), start=1):
        bankroll += played.main_result + played.bonus_result
        assert (
            hand.hand,
            (hand.bet_1_rides, hand.bet_2_rides),
            (hand.category, hand.bonus_category),
            (hand.bet, hand.bonus, hand.main_result, hand.bonus_result),
            hand.bankroll,
            hand.won_meter,
            hand.bets_in_action,
        ) == (
            number,
            played.rides,
            (FiveCard[played.main_hand.upper()], ThreeCard[played.bonus_hand.upper()]),
            (played.bet, played.bonus, played.main_result, played.bonus_result),
            bankroll,
            played.won_jackpot,
            played.bets_in_action,
        )
    session = replayed.session
    assert sum(hand.bet_failed for hand in replayed.hands) == slow.main_formula_failures
    assert sum(hand.bonus_failed for hand in replayed.hands) == slow.bonus_formula_failures
    assert session.stop_reason is StopReason[slow.stop_reason.upper()]
    assert (session.peak, session.max_drawdown) == (slow.peak, slow.max_drawdown)


@pytest.mark.parametrize("generator", GENERATORS)
@pytest.mark.parametrize("corner", CASES)
def test_a_replay_is_the_session_that_the_kernel_and_the_slow_player_play(
    corner: str, generator: str
) -> None:
    replayer = Replayer(config_of(CASES[corner], generator))
    (*recorded, notes), dealt = totals_of_the_kernel(replayer, first_session=7)
    replayed = [replayer.replay(alone(7 + k, int(seed))) for k, seed in enumerate(SEEDS)]
    hands = [hand for each in replayed for hand in each.hands]
    for k, each in enumerate(replayed):
        session = asdict(each.session)
        place = [session.pop(name) for name in ("session", "table", "seat", "seed")]
        assert place == [7 + k, 7 + k, 1, SEEDS[k]]
        assert session == recorded[k]
        assert_the_slow_player_plays_the_same(CASES[corner], each)
    classes = [hand.deal_class for hand in hands]
    np.testing.assert_array_equal(np.bincount(classes, minlength=len(dealt)), dealt)
    assert notes == {
        "bet_failures": sum(hand.bet_failed for hand in hands),
        "bonus_failures": sum(hand.bonus_failed for hand in hands),
        "jackpots": sum(hand.won_meter for hand in hands),
        "seat_pairs": 0,
    }


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=100)
@given(configurations() | goal_configurations(), st.integers(0, 1_000_000))
def test_a_session_of_any_configuration_is_replayed_as_the_slow_player_plays_it(
    config: Settings, session: int
) -> None:
    replayed = Replayer(config_of(config)).replay(alone(session, session + 1))
    assert_the_slow_player_plays_the_same(config, replayed)


def placed(hand: list[Card]) -> int:
    numbers = sorted((rank - 2) * 4 + "cdhs".index(suit) for rank, suit in hand)
    return int(place(np.array([numbers]))[0])


def test_the_cards_of_a_hand_are_of_the_class_that_was_drawn() -> None:
    table = deal_table()
    replayer = Replayer(config_of({}))
    for session in range(20):
        for hand in replayer.replay(alone(session, 3)).hands:
            deal = shown(hand)
            assert classes_of_three()[placed([*deal.own])] == table.three_class[hand.deal_class]
            four = placed([*deal.own, deal.first])
            assert classes_of_four()[four] == table.four_class[hand.deal_class]


def test_a_replay_shows_the_same_cards_every_time_and_other_hands_others() -> None:
    replayer = Replayer(config_of({}))
    first, again = replayer.replay(alone(4, 9)), replayer.replay(alone(4, 9))
    assert first == again
    other_session, other_seed = replayer.replay(alone(5, 9)), replayer.replay(alone(4, 8))
    assert len({each.hands[:3] for each in (first, other_session, other_seed)}) == 3


def test_burning_cards_changes_nothing_else() -> None:
    plain = Replayer(config_of({})).replay(alone(1, 2))
    dealer = {"discard_enabled": True, "discard_cards": 10}
    burning = Replayer(config_of({"dealer": dealer})).replay(alone(1, 2))
    assert burning.session == plain.session
    for hand, other in zip(burning.hands, plain.hands, strict=True):
        assert asdict(hand) | {"burned": ()} == asdict(other)
        assert len({*hand.own, hand.fourth, hand.fifth, *hand.burned}) == 15


def test_the_seed_of_a_session_is_the_one_its_run_draws() -> None:
    seeds = np.concatenate(list(session_seeds(12, 40_000)))
    for session in (0, 1, 8191, 16_383, 39_999):
        assert seed_of_table(12, session) == seeds[session]
    config = config_of({"simulation": {"random_seed": 12}})
    assert replay(config, 39_999).session.seed == seeds[39_999]


@pytest.mark.parametrize("session", [-1, 10, 10**12])
def test_a_session_that_the_run_does_not_have_is_refused(session: int) -> None:
    config = config_of({"simulation": {"random_seed": 1, "num_sessions": 10}})
    with pytest.raises(NoSuchSessionError) as refusal:
        replay(config, session)
    assert (refusal.value.session, refusal.value.sessions) == (session, 10)


def test_without_a_seed_there_is_nothing_to_replay() -> None:
    with pytest.raises(NoSeedError, match="--seed"):
        replay(config_of({}), 0)


@pytest.mark.parametrize("generator", GENERATORS)
def test_every_card_comes_in_every_place_as_often_as_any(generator: str) -> None:
    replayer = Replayer(config_of({"bankroll": {"starting_amount": 50_000.0}}, generator))
    hands = [hand for session in range(150) for hand in replayer.replay(alone(session, 77)).hands]
    assert len(hands) == 30_000
    for column in zip(*([*hand.own, hand.fourth, hand.fifth] for hand in hands), strict=True):
        counts = Counter(column)
        expected = len(hands) / 52
        statistic = sum((each - expected) ** 2 / expected for each in counts.values())
        assert len(counts) == 52
        # Beyond this lies the statistic of 51 degrees of freedom once in 100,000 times.
        assert statistic < 104


@pytest.mark.parametrize("corner", ["martingale", "goal"])
def test_the_turning_points_of_a_session_are_found(corner: str) -> None:
    name = next(name for name in CASES if corner in name)
    replayer = Replayer(config_of(CASES[name]))
    for session in range(12):
        replayed = replayer.replay(alone(session, int(SEEDS[session % 4]) + session))
        results = [hand.main_result + hand.bonus_result for hand in replayed.hands]
        assert results[replayed.biggest_win - 1] == max(results)
        assert results[replayed.biggest_loss - 1] == min(results)
        money = [replayed.starting_bankroll, *(hand.bankroll for hand in replayed.hands)]
        fallen = replayed.deepest_fall
        assert max(money[: fallen + 1]) - money[fallen] == replayed.session.max_drawdown
        assert all(
            max(money[: hand + 1]) - money[hand] < replayed.session.max_drawdown
            for hand in range(fallen)
        )
