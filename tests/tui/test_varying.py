"""What is suggested to vary."""

from contextlib import suppress

import pytest
from scenes import BONUS, EVENING, RULES, STEPS

from let_it_ride.analysis.axes import (
    VariationError,
    clear_name,
    find_setting,
    parse_axis,
    settings_by_key,
)
from let_it_ride.config.loading import read_toml
from let_it_ride.tui.editing.outline import Row, all_rows
from let_it_ride.tui.editing.varying import suggested, suggestion, variable_rows

TEXTS = [
    "",
    EVENING,
    BONUS,
    STEPS,
    RULES,
    '[bankroll.betting_system]\ntype = "proportional"\n[bonus_strategy]\ntype = "streak_based"\n',
    '[bankroll.betting_system]\ntype = "custom"\n[paytables.main_game]\ntype = "custom"\n',
]


def row_at(values: object, *path: str) -> Row:
    return next(row for row in all_rows(values) if row.path == path)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", TEXTS)
def test_whatever_can_be_varied_has_a_suggestion_that_can_be_read(text: str) -> None:
    values, _ = read_toml(text, "")
    rows = list(variable_rows(values))
    assert len(rows) > 10
    for row in rows:
        axis = parse_axis(suggestion(row, values))
        assert axis.key == row.path


def test_the_shortest_clear_name_means_the_setting_again() -> None:
    checked = 0
    for key, fields in settings_by_key().items():
        with suppress(VariationError):  # of those that cannot be varied at all
            find_setting(".".join(key))
            found, same = find_setting(clear_name(key))
            assert found in {key, (*key, "type")}
            assert same == fields
            checked += 1
    assert checked > 60
    assert clear_name(("bankroll", "stop_conditions", "win_limit")) == "win_limit"
    assert clear_name(("bankroll", "betting_system", "max_bet")) == "betting_system.max_bet"
    assert clear_name(("strategy", "type")) == "strategy"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (("bankroll", "starting_amount"), "starting_amount=250:1000:50"),
        (("bankroll", "base_bet"), "base_bet=2.5:10:0.5"),
        (("simulation", "hands_per_session"), "hands_per_session=100:400:20"),
        (("table", "num_seats"), "num_seats=1:2:1"),
        (("bankroll", "stop_conditions", "win_limit"), "win_limit=25:500:25"),
        (("bankroll", "stop_conditions", "stop_on_insufficient_funds"), None),
    ],
)
def test_numbers_are_tried_from_half_to_twice_what_they_are(
    path: tuple[str, ...], text: str | None
) -> None:
    expected = text or "stop_on_insufficient_funds=true,false"
    assert suggestion(row_at({}, *path), {}) == expected


def test_limits_go_by_the_base_bet() -> None:
    values = {"bankroll": {"base_bet": 10}}
    row = row_at(values, "bankroll", "stop_conditions", "loss_limit")
    assert suggestion(row, values) == "loss_limit=50:1000:50"


def test_the_focused_setting_comes_first_and_else_the_limits() -> None:
    limits = ("win_limit=25:500:25", "loss_limit=25:500:25")
    assert suggested(None, {}) == limits
    assert suggested(row_at({}, "bankroll", "stop_conditions", "loss_limit"), {}) == limits
    assert suggested(row_at({}, "simulation", "random_seed"), {}) == limits
    strategy, other = suggested(row_at({}, "strategy", "type"), {})
    assert strategy.startswith("strategy=basic,optimal,")
    assert other == limits[0]
