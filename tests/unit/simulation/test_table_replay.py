"""Replayed sessions at tables against the table kernel and slow players with the same cards."""

from collections import Counter
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from let_it_ride.betting.stopping import StopReason
from let_it_ride.config import FullConfig
from let_it_ride.simulation.compiled import load_table_kernel
from let_it_ride.simulation.errors import NoSuchSessionError
from let_it_ride.simulation.games import TableGame
from let_it_ride.simulation.places import SessionPlace, find_place, places_at, places_of
from let_it_ride.simulation.records import PLAYED_COLUMNS
from let_it_ride.simulation.replay import Replay, Replayer, replay
from let_it_ride.simulation.seeds import session_seeds
from reference.cards import Deal, cards
from reference.configurations import table_configurations
from reference.corners import TABLE_CORNERS, Settings
from reference.player import Player
from reference.shuffling import table_deals
from reference.streams import session_stream

load_table_kernel()


def config_of(config: Settings, **simulation: object) -> FullConfig:
    together = dict(config.get("simulation", {})) | simulation
    return FullConfig.model_validate({**config, "simulation": together})


def assert_a_slow_player_plays_the_same(config: Settings, replayed: Replay, seats: int) -> None:
    """The hands have the cards of the table's stream, and bring what a slow player books."""
    session = replayed.session
    dealt = list(
        zip(
            range(replayed.hands[-1].round),
            table_deals(session_stream(session.seed, session.table), seats),
            strict=False,
        )
    )
    player, bankroll = Player(config), replayed.starting_bankroll
    for hand in replayed.hands:
        assert player.reason_to_stop() is None
        shown = Deal(cards(" ".join(hand.own)), *cards(f"{hand.fourth} {hand.fifth}"))
        _, deal = dealt[hand.round - 1]
        assert shown == deal.for_seat(session.seat - 1)
        player.play(shown)
        played = player.session.rounds[-1]
        bankroll += played.main_result + played.bonus_result
        assert (hand.bet_1_rides, hand.bet_2_rides) == played.rides
        assert (hand.bet, hand.bonus, hand.bankroll) == (played.bet, played.bonus, bankroll)
        others = {card for own in deal.own for card in own} | {deal.first, deal.second}
        burned = cards(" ".join(hand.burned)) if hand.burned else ()
        assert len(set(burned) | others) == len(burned) + 3 * seats + 2
    slow = player.leave()
    assert session.stop_reason is StopReason[slow.stop_reason.upper()]
    for name in PLAYED_COLUMNS:
        if name != "stop_reason":
            assert getattr(session, name) == getattr(slow, name)


def assert_every_session_is_replayed(config: Settings, tables: int, seed: int) -> None:
    replayer = Replayer(config_of(config, num_sessions=tables, random_seed=seed))
    plan = replayer.plan
    seeds = next(session_seeds(seed, tables))
    ((sessions, _),) = TableGame(plan).play(seeds, 0)
    turns = Counter[tuple[int, int]]()
    for number, row in enumerate(sessions.tolist()):
        *played, table, seat = row
        place = find_place(plan, seed, number)
        turn = turns[table, seat]
        assert place == SessionPlace(number, table, seat, turn, int(seeds[table]))
        turns[table, seat] += 1
        replayed = replayer.replay(place)
        totals = asdict(replayed.session)
        assert [totals[name] for name in PLAYED_COLUMNS] == played
        assert_a_slow_player_plays_the_same(config, replayed, plan.seats)
    with pytest.raises(NoSuchSessionError) as refusal:
        find_place(plan, seed, len(sessions))
    assert refusal.value.sessions == len(sessions)


@pytest.mark.parametrize("corner", TABLE_CORNERS)
def test_every_session_of_a_table_is_replayed_as_it_was_played(corner: str):
    assert_every_session_is_replayed(TABLE_CORNERS[corner], 2, 11)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(table_configurations(), st.integers(0, 1_000_000))
def test_sessions_of_any_table_are_replayed_as_they_were_played(config: Settings, seed: int):
    assume(config["table"] != {"num_seats": 1})
    assert_every_session_is_replayed(config, 1, seed)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.data())
def test_places_of_some_sessions_are_those_among_all(data: st.DataObject):
    seats = data.draw(st.lists(st.lists(st.integers(0, 2), min_size=1), min_size=1, max_size=5))
    records = np.array(
        [(9 + table, table, seat) for table, taken in enumerate(seats) for seat in taken],
        dtype=[("seed", "u4"), ("table", "u4"), ("seat", "u2")],
    )
    cuts = data.draw(st.sets(st.integers(1, max(len(records) - 1, 1))))
    pages = [page for page in np.split(records, sorted(cuts)) if len(page)]
    some = sorted(data.draw(st.sets(st.integers(0, len(records) - 1), min_size=1)))
    every = list(places_of([records]))
    assert list(places_at(pages, np.array(some))) == [every[session] for session in some]


def test_sessions_are_replayed_the_same_in_any_order() -> None:
    config = config_of(TABLE_CORNERS["seats that are taken again and again"], random_seed=4)
    places = [find_place(Replayer(config).plan, 4, session) for session in range(12)]
    one_by_one = [Replayer(config).replay(place) for place in places]
    for order in (places, places[::-1], places[::2] + places[1::2]):
        replayer = Replayer(config)
        again = {place.session: replayer.replay(place) for place in order}
        assert [again[place.session] for place in places] == one_by_one


def test_the_cards_that_are_burned_do_not_depend_on_who_looks():
    dealer = {"discard_enabled": True, "discard_cards": 3}
    config = config_of({"table": {"num_seats": 5}, "dealer": dealer}, random_seed=3)
    first, last = (replay(config, session) for session in (10, 14))
    assert (first.session.table, last.session.table) == (2, 2)
    both = list(zip(first.hands, last.hands, strict=False))
    assert all(one.burned == other.burned for one, other in both)
    assert len({one.burned for one, _ in both}) == len(both)
    assert all(one.own != other.own and one.fourth == other.fourth for one, other in both)


def test_every_card_is_burned_as_often_as_any():
    dealer = {"discard_enabled": True, "discard_cards": 10}
    config = config_of({"table": {"num_seats": 7, "total_rounds": 100}, "dealer": dealer})
    replayer = Replayer(config)
    counts = Counter[str]()
    for table in range(30):
        place = SessionPlace(table * 7, table, 0, 0, 99)
        for hand in replayer.replay(place).hands:
            counts.update(hand.burned)
    expected = counts.total() / 52
    statistic = sum((each - expected) ** 2 / expected for each in counts.values())
    assert len(counts) == 52
    # Ten cards without replacement make the statistic smaller than that of 51 degrees of freedom,
    # which lies beyond this once in 100,000 times.
    assert counts.total() == 30_000
    assert statistic < 104


def test_a_replay_of_a_long_run_finds_its_table_without_playing_the_others():
    config = config_of(
        {"table": {"num_seats": 6}}, num_sessions=1_000_000, random_seed=8, hands_per_session=20
    )
    played = replay(config, 5_999_999).session
    assert (played.table, played.seat) == (999_999, 6)
    seeds = np.concatenate(list(session_seeds(8, 1_000_000)))
    assert played.seed == seeds[-1]
