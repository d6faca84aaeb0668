"""Settings are called what the form calls them."""

from decimal import Decimal

import pytest

from let_it_ride.analysis.comparing import Comparison, differing_settings
from let_it_ride.config import parse_config
from let_it_ride.reports.comparison_rows import labelled_rows
from let_it_ride.reports.form_words import fields_at, value_words, written_words

LIMIT = ("bankroll", "stop_conditions", "win_limit")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        (LIMIT, Decimal("250.00"), "$250"),
        (LIMIT, Decimal("1234.5"), "$1,234.50"),
        (LIMIT, None, "none"),
        (("strategy", "type"), "always_pull", "Always pull"),
        (("simulation", "hands_per_session"), 200, "200"),
        (("bankroll", "betting_system", "reset_on_win"), True, "yes"),
    ],
)
def test_a_value_has_its_unit_and_its_label(key, value, words):
    assert value_words(fields_at(key), value) == words


@pytest.mark.parametrize(
    ("key", "text", "words"),
    [
        (LIMIT, "2000.00", "$2,000"),
        (LIMIT, "—", "none"),
        (("bankroll", "betting_system", "loss_multiplier"), "—", "—"),
        (("bankroll", "betting_system", "type"), '"martingale"', "Martingale"),
        (("no", "such", "key"), "1, 2, 3", "1, 2, 3"),
    ],
)
def test_what_a_file_has_is_told_in_the_words_of_the_form(key, text, words):
    assert written_words(fields_at(key), text) == words


def test_settings_with_the_same_label_are_told_apart_by_their_keys():
    system = '[bankroll.betting_system]\ntype = "steps"\n'
    steps = "[[bankroll.betting_system.steps]]\nbet = {}\n"
    configs = [
        parse_config(system + steps.format(first) + steps.format(second))
        for first, second in ((5, 10), (6, 12))
    ]
    rows = labelled_rows(Comparison((), differing_settings(configs)))
    assert len({row.label for row in rows}) == len(rows) == 2
    assert [row.values for row in rows] == [("$5", "$6"), ("$10", "$12")]
