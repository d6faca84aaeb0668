"""The configurations that varying settings gives."""

from decimal import Decimal

from let_it_ride.analysis.axes import parse_axis
from let_it_ride.analysis.variations import variations
from let_it_ride.config import FullConfig, parse_config


def varied(config, *texts):
    return list(variations(config, [parse_axis(text) for text in texts]))


def test_every_combination_comes_once_those_of_the_last_axis_fastest():
    cells = varied(FullConfig(), "win_limit=100,200", "loss_limit=50,none")
    assert [cell.place for cell in cells] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    limits = [cell.config.bankroll.stop_conditions for cell in cells]
    assert [(each.win_limit, each.loss_limit) for each in limits] == [
        (Decimal(100), Decimal(50)),
        (Decimal(100), None),
        (Decimal(200), Decimal(50)),
        (Decimal(200), None),
    ]


def test_what_is_not_varied_stays():
    text = "[bankroll]\nstarting_amount = 300\n[bankroll.stop_conditions]\nloss_limit = 80\n"
    (cell,) = varied(parse_config(text), "win_limit=100")
    assert cell.config == parse_config(text + "win_limit = 100\n")


def test_another_type_keeps_what_both_types_have_and_nothing_else():
    before = parse_config(
        '[bankroll.betting_system]\ntype = "martingale"\nmax_bet = 80\nloss_multiplier = 3\n'
    )
    paroli, flat, same = varied(before, "betting_system=paroli,flat,martingale")
    assert paroli.config == parse_config(
        '[bankroll.betting_system]\ntype = "paroli"\nmax_bet = 80\n'
    )
    assert flat.config == FullConfig()
    assert same.config == before


def test_a_setting_goes_into_the_type_that_is_varied_with_it_in_either_order():
    cells = varied(FullConfig(), "betting_system.max_bet=50,100", "betting_system=paroli,flat")
    assert [cell.config is None for cell in cells] == [False, True, False, True]
    assert cells[2].config.bankroll.betting_system.max_bet == 100
    assert cells[1].flaw.startswith("bankroll.betting_system.max_bet: belongs to type")


def test_a_combination_that_is_no_configuration_says_why():
    poor, rich = varied(FullConfig(), "starting_amount=10,1000")
    assert poor.config is None
    assert "does not pay for one round" in poor.flaw
    assert rich.flaw == ""
