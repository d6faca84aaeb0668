"""Tables of several seats against sessions worked out by hand."""

from typing import Any

from reference.books import Session
from reference.seats import TableDeal, play_table, table_deal
from reference.worked_rounds import rounds

#: Seat 0 makes tens at the end and wins one bet; seat 1 has nothing and loses one.
ONE_WINS = table_deal("2s 5d Th", "3s 6d 9h", community="Jc Tc")
#: Both lose one bet.
BOTH_LOSE = table_deal("2s 5d 9h", "3s 6d 8h", community="Jc 4s")
LOSES = table_deal("2s 5d 9h", community="Jc 4s")
WINS = table_deal("2s 5d Th", community="Jc Tc")
BOTH_MINI_ROYAL = table_deal("Qs Ks As", "Qd Kd Ad", community="2h 3c")


def play(*deals: TableDeal, seats: int = 2, **config: Any) -> list[Session]:
    table = {"num_seats": seats} | config.pop("table", {})
    return play_table({"table": table, **config}, deals)


def told(sessions: list[Session]) -> list[tuple[int, int, str]]:
    """Each session by its seat, its hands, and why it ended."""
    return [(session.seat, session.hands, session.stop_reason) for session in sessions]


def test_seats_share_the_community_cards_and_nothing_else():
    first, second = play(
        ONE_WINS,
        BOTH_LOSE,
        simulation=rounds(2),
        bankroll={"betting_system": {"type": "martingale"}},
    )
    assert [played.bet for played in first.rounds] == [500, 500]
    assert [played.bet for played in second.rounds] == [500, 1000]
    assert (first.profit, second.profit) == (0, -1500)
    assert (first.seat, second.seat) == (0, 1)


def test_a_seat_whose_session_has_ended_plays_and_counts_no_hand():
    sessions = play(
        ONE_WINS,
        BOTH_LOSE,
        BOTH_LOSE,
        simulation=rounds(3),
        bankroll={"stop_conditions": {"win_limit": 5}},
    )
    assert told(sessions) == [(0, 1, "win_limit"), (1, 3, "max_hands")]
    assert [session.profit for session in sessions] == [500, -1500]


def test_a_table_deals_no_more_when_everybody_has_left():
    assert told(play(BOTH_LOSE, simulation=rounds(1))) == [(0, 1, "max_hands"), (1, 1, "max_hands")]


def test_a_seat_is_taken_by_a_new_player_until_the_table_is_closed():
    sessions = play(*[LOSES] * 25, seats=1, simulation=rounds(10), table={"total_rounds": 25})
    assert told(sessions) == [(0, 10, "max_hands"), (0, 10, "max_hands"), (0, 5, "table_closed")]


def test_nobody_is_seated_who_would_not_get_a_hand():
    sessions = play(*[LOSES] * 20, seats=1, simulation=rounds(10), table={"total_rounds": 20})
    assert told(sessions) == [(0, 10, "max_hands"), (0, 10, "max_hands")]


def test_the_last_round_may_end_a_session_for_a_reason_of_its_own():
    sessions = play(
        BOTH_LOSE,
        ONE_WINS,
        table={"total_rounds": 2},
        bankroll={"stop_conditions": {"loss_limit": 10}},
    )
    assert told(sessions) == [(0, 2, "table_closed"), (1, 2, "loss_limit")]


def test_a_table_that_closes_ends_the_session_of_one_hand_that_has_begun():
    sessions = play(LOSES, LOSES, LOSES, seats=1, simulation=rounds(2), table={"total_rounds": 3})
    assert told(sessions) == [(0, 2, "max_hands"), (0, 1, "table_closed")]


def test_sessions_come_in_the_order_in_which_they_end_and_then_by_seat():
    sessions = play(
        ONE_WINS,
        ONE_WINS,
        BOTH_LOSE,
        BOTH_LOSE,
        table={"total_rounds": 4},
        simulation=rounds(3),
        bankroll={"stop_conditions": {"win_limit": 5}},
    )
    assert told(sessions) == [
        (0, 1, "win_limit"),
        (0, 1, "win_limit"),
        (1, 3, "max_hands"),
        (0, 2, "table_closed"),
        (1, 1, "table_closed"),
    ]


def test_a_new_player_has_a_fresh_bankroll_and_fresh_steps():
    first, second = play(
        LOSES,
        LOSES,
        LOSES,
        WINS,
        seats=1,
        simulation=rounds(2),
        table={"total_rounds": 4},
        bankroll={"betting_system": {"type": "martingale"}},
    )
    assert [played.bet for played in first.rounds + second.rounds] == [500, 1000, 500, 1000]
    assert (first.profit, second.profit) == (-1500, 500)


def test_every_player_has_a_meter_and_a_bonus_state_of_their_own():
    sessions = play(
        BOTH_LOSE,
        BOTH_MINI_ROYAL,
        BOTH_MINI_ROYAL,
        table={"total_rounds": 3},
        simulation=rounds(2),
        bonus_strategy={"type": "streak_based", "streak_length": 1},
        paytables={"bonus": {"type": "paytable_c"}},
    )
    # The second bonus is 2.00: 100 + 0.05 + 0.10. The next player begins with 1.00 and 100.
    first, second = [-100, 10_015], [10_005]
    results = [[played.bonus_result for played in session.rounds] for session in sessions]
    assert results == [first, first, second, second]
    assert [session.jackpots for session in sessions] == [1, 1, 1, 1]


def test_burned_cards_change_nothing():
    burned = table_deal("2s 5d Th", "3s 6d 9h", community="Jc Tc", burned="Ac Ad Ah")
    config = {"simulation": rounds(2)}
    assert play(burned, BOTH_LOSE, **config) == play(ONE_WINS, BOTH_LOSE, **config)


def test_one_seat_is_a_table_of_one():
    session = play(WINS, LOSES, seats=1, simulation=rounds(2))
    assert [(played.seat, played.profit) for played in session] == [(0, 0)]
