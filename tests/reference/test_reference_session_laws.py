"""The slow laws of sessions against every player by themselves, and against laws worked out."""

from fractions import Fraction

import pytest

from reference.corners import CORNERS, Settings
from reference.session_laws import SlowSessions, law_of_all_players, with_hands


@pytest.mark.slow
@pytest.mark.parametrize("corner", CORNERS)
def test_players_who_are_taken_for_one_another_do_not_differ(corner: str):
    config = CORNERS[corner]
    law = SlowSessions(config).law(2)
    assert law == law_of_all_players(with_hands(config, 2))
    assert sum(law.ends.values()) == sum(law.hands.values()) == 1
    assert law.let_go == 0


PLAIN: Settings = {"strategy": {"type": "always_pull"}}
#: Of all five cards, those that the standard paytable pays.
PAID = Fraction(2_598_960 - 1_978_380, 2_598_960)


def test_a_hand_of_a_player_who_pulls_everything_is_a_hand_of_five_cards():
    law = SlowSessions(PLAIN).law(1)
    assert law.ends[500_000, "max_hands"] == Fraction(4, 2_598_960)
    assert law.ends[-500, "max_hands"] == 1 - PAID
    assert (law.main_staked, law.main_wagered, law.bonus_staked) == (500, 500, 0)
    assert law.hands == {1: 1}


def test_a_player_with_money_for_one_hand_plays_on_only_after_a_win():
    config = {**PLAIN, "bankroll": {"starting_amount": 15.0}}
    law = SlowSessions(config).law(2)
    assert law.ends[-500, "insufficient_funds"] == 1 - PAID
    assert law.hands == {1: 1 - PAID, 2: PAID}
    assert law.main_staked == 500 * (1 + PAID)
    pair, two_pair = Fraction(422_400, 2_598_960), Fraction(123_552, 2_598_960)
    assert law.ends[0, "max_hands"] == pair * (1 - PAID)
    assert law.ends[500, "max_hands"] == two_pair * (1 - PAID)


def test_the_players_who_are_let_go_are_few():
    exact = SlowSessions(PLAIN).law(4)
    law = SlowSessions(PLAIN, exactly=False, negligible=1e-4).law(4)
    assert 0 < law.let_go < 4e-4
    assert sum(law.ends.values()) == pytest.approx(1 - law.let_go)
    for end, chance in exact.ends.items():
        assert law.ends.get(end, 0) == pytest.approx(chance, abs=law.let_go)
