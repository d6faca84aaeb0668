"""Tables of several seats against slow players who share the very same cards."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.game.card_classes import card_classes
from let_it_ride.game.deals import TOTAL_DEALS, deal_table
from let_it_ride.planning import compile_plan
from let_it_ride.simulation.compiled import load_table_kernel
from let_it_ride.simulation.games import PLACED_COLUMNS
from let_it_ride.simulation.records import NOTES, PLAYED_COLUMNS
from reference.configurations import table_configurations
from reference.corners import CORNERS, TABLE_CORNERS, Settings
from reference.seats import play_table
from reference.shuffling import table_deals
from reference.streams import session_stream

kernel = load_table_kernel()


class Tables:
    """Tables that the kernel played.

    Attributes:
        pieces: what each call of it gave.
        sessions: all of them, in the order of the specification; shape (sessions, columns).
        dealt: how often each deal class came to a seat.
        notes: what the kernel counted.
    """

    def __init__(
        self,
        config: Settings,
        seeds: np.ndarray,
        first_table: int = 0,
        room_for: int = 1000,
        rounds: int = 1 << 20,
    ) -> None:
        plan = compile_plan(FullConfig.model_validate(config))
        self.dealt = np.zeros(plan.deal_classes, dtype=np.uint32)
        self.pieces: list[np.ndarray] = []
        notes, room = np.zeros(len(NOTES), dtype=np.uint32), kernel.TableRoom.new()
        while room.at[0] < len(seeds):
            sessions = np.full((room_for, len(PLACED_COLUMNS) + 1), -1)
            ended = kernel.play_tables(
                plan.tables,
                card_classes(),
                plan.seats,
                plan.total_rounds,
                seeds,
                first_table,
                rounds,
                sessions,
                self.dealt,
                notes,
                room,
            )
            played = sessions[:ended]
            # Where seats are taken anew: by table, then the round that ended it, then seat.
            order = np.lexsort((played[:, 9], played[:, 10], played[:, 8]))
            self.pieces.append(played[order] if plan.total_rounds else played)
        self.sessions = np.concatenate(self.pieces)
        self.notes = dict(zip(NOTES, notes.tolist(), strict=True))


def assert_the_seats_are_those_of_slow_players(
    config: Settings, seeds: np.ndarray, first_table: int = 0
) -> None:
    seats = config.get("table", {}).get("num_seats", 1)
    tables = Tables(config, seeds, first_table)
    expected, notes = [], Counter(dict.fromkeys(NOTES, 0))
    for table, seed in enumerate(seeds.tolist(), start=first_table):
        slow = play_table(config, table_deals(session_stream(seed, table), seats))
        hands = Counter[int]()
        for session in slow:
            hands[session.seat] += session.hands
            reason = StopReason[session.stop_reason.upper()]
            row = [getattr(session, name) for name in PLAYED_COLUMNS if name != "stop_reason"]
            expected.append([*row, reason, table, session.seat, hands[session.seat]])
            notes["bet_failures"] += session.main_formula_failures
            notes["bonus_failures"] += session.bonus_formula_failures
            notes["jackpots"] += session.jackpots
        playing = [sum(rounds > k for rounds in hands.values()) for k in range(max(hands.values()))]
        notes["seat_pairs"] += sum(n * (n - 1) // 2 for n in playing)
    assert tables.sessions.tolist() == expected
    assert tables.notes == notes
    assert tables.dealt.sum() == tables.sessions[:, 6].sum()


def some_seeds(count: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 1 << 31, size=count, dtype=np.uint32)


@pytest.mark.parametrize("corner", TABLE_CORNERS)
def test_seats_are_played_as_slow_players_do(corner: str):
    assert_the_seats_are_those_of_slow_players(TABLE_CORNERS[corner], some_seeds(4))


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=120)
@given(table_configurations(), st.integers(0, 1_000_000))
def test_tables_of_any_configuration_are_those_of_slow_players(config: Settings, seed: int):
    assert_the_seats_are_those_of_slow_players(config, some_seeds(2, seed), first_table=seed)


@pytest.mark.parametrize("corner", ["an empty configuration", "a hand that stops paying"])
def test_one_seat_at_a_table_is_played_as_a_slow_player_does(corner: str):
    assert_the_seats_are_those_of_slow_players(CORNERS[corner], some_seeds(5))


@pytest.mark.parametrize("corner", TABLE_CORNERS)
@pytest.mark.parametrize(("room_for", "rounds"), [(kernel.LEAST_ROOM, 1 << 20), (1000, 1)])
def test_tables_that_are_played_in_pieces_are_the_same(corner: str, room_for: int, rounds: int):
    config = TABLE_CORNERS[corner]
    whole = Tables(config, some_seeds(9), room_for=20_000)
    pieces = Tables(config, some_seeds(9), room_for=room_for, rounds=rounds)
    assert len(whole.pieces) == 1
    assert len(pieces.pieces) > 1 or (rounds > 1 and len(whole.sessions) < room_for)
    np.testing.assert_array_equal(pieces.sessions, whole.sessions)
    np.testing.assert_array_equal(pieces.dealt, whole.dealt)
    assert pieces.notes == whole.notes


def test_deals_of_every_seat_come_as_often_as_the_deal_table_says():
    # Seats share cards, so their deals depend on each other and only one of them can be counted;
    # with one seat all can. For χ² of 3,425 classes see the test of the one-seat kernel.
    config = {"bankroll": {"starting_amount": 10_000.0}}
    dealt = Tables(config, some_seeds(20_000, 3)).dealt
    share = deal_table().weight / TOTAL_DEALS
    rounds = int(dealt.sum())
    statistic = float(((dealt - rounds * share) ** 2 / (rounds * share)).sum())
    classes = len(share)
    spread = 2 * (classes - 1) + (float((1 / share).sum()) - classes**2 - 2 * classes + 2) / rounds
    assert abs(statistic - (classes - 1)) < 4 * spread**0.5
