"""The progressive meter against examples worked out by hand."""

from reference.books import Session
from reference.worked_rounds import LOSER, MINI_ROYAL, PAIR, play_all


def bonus_results(session: Session) -> list[int]:
    return [played.bonus_result for played in session.rounds]


def with_meter(**settings: float) -> dict[str, object]:
    return {"bonus": {"type": "paytable_c", **settings}}


def always(amount: float) -> dict[str, object]:
    limits = {"min_bet": 0.01, "increment": 0.01}
    return {"type": "always", "amount": amount, "limits": limits}


def test_the_meter_is_fed_before_the_cards_are_dealt_and_won_by_a_mini_royal():
    deals = (LOSER, LOSER, MINI_ROYAL)
    session = play_all(*deals, bonus_strategy=always(1), paytables=with_meter())
    assert bonus_results(session) == [-100, -100, 10_015]
    assert (session.jackpots, session.bonus_profit, session.bonus_wagered) == (1, 9815, 300)


def test_less_than_a_dollar_wins_that_part_of_the_meter():
    deals = (LOSER, LOSER, MINI_ROYAL)
    session = play_all(*deals, bonus_strategy=always(0.5), paytables=with_meter())
    assert bonus_results(session) == [-50, -50, 5003]


def test_more_than_a_dollar_wins_the_meter_once():
    session = play_all(MINI_ROYAL, bonus_strategy=always(20), paytables=with_meter())
    assert bonus_results(session) == [10_100]


def test_the_meter_begins_again_without_what_was_left_below_a_cent():
    meter = with_meter(starting_jackpot=50, contribution_rate=0.0133, reset_amount=7)
    session = play_all(MINI_ROYAL, MINI_ROYAL, bonus_strategy=always(1), paytables=meter)
    # 50.0133, and then 7.0133: what is left of a cent adds up to nothing.
    assert bonus_results(session) == [5001, 701]
    assert session.jackpots == 2


def test_parts_of_a_cent_are_kept_in_the_meter():
    meter = with_meter(contribution_rate=0.002)
    session = play_all(*[LOSER] * 4, MINI_ROYAL, bonus_strategy=always(1), paytables=meter)
    assert bonus_results(session)[-1] == 10_001


def test_a_mini_royal_without_a_bonus_leaves_the_meter():
    bonus = {"type": "custom", "expression": "1 if hands_played != 1 else 0"}
    session = play_all(LOSER, MINI_ROYAL, MINI_ROYAL, bonus_strategy=bonus, paytables=with_meter())
    assert bonus_results(session) == [-100, 0, 10_010]
    assert session.jackpots == 1


def test_every_session_has_its_own_meter():
    for _ in range(2):
        session = play_all(LOSER, MINI_ROYAL, bonus_strategy=always(1), paytables=with_meter())
        assert bonus_results(session) == [-100, 10_010]


def test_the_other_hands_are_paid_to_one():
    session = play_all(PAIR, LOSER, bonus_strategy=always(4), paytables=with_meter())
    assert bonus_results(session) == [400, -400]
    assert session.jackpots == 0


def test_without_a_meter_a_mini_royal_wins_no_jackpot():
    session = play_all(MINI_ROYAL, bonus_strategy=always(1))
    assert (session.bonus_profit, session.jackpots) == (10_000, 0)
