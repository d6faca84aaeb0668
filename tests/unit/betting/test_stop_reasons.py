"""Stop reasons are named and numbered in the order in which they are looked at."""

from let_it_ride.betting.stopping import StopReason


def test_stop_reasons_stand_in_the_order_in_which_they_are_looked_at():
    assert [reason.key for reason in sorted(StopReason)] == [
        "win_limit",
        "loss_limit",
        "max_hands",
        "max_duration",
        "insufficient_funds",
        "table_closed",
    ]


def test_the_numbers_in_records_that_exist_keep_their_meaning():
    assert [int(reason) for reason in StopReason] == [0, 1, 2, 3, 4, 5]
