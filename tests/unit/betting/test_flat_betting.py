"""Flat betting as a progression."""

from let_it_ride.betting.progressions import flat


def test_flat_betting_is_one_step_that_follows_itself():
    progression = flat(725)
    assert progression.bets.tolist() == [725]
    assert progression.after.tolist() == [[0, 0, 0]]
    assert not progression.driven_by_net
