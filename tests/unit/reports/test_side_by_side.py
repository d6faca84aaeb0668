"""A run beside the exact law, in words."""

from dataclasses import replace

import pytest

from let_it_ride.analysis.agreement import About, Compared, Comparison, Unit
from let_it_ride.reports.numbers import chance
from let_it_ride.reports.side_by_side import TESTED, legend, side_by_side
from let_it_ride.reports.verdict import Standing, law_verdict
from tui.scripted_runs import COMPARED, DISAGREEING, NOT_COMPARED, PROVENANCE, ROUNDS_ALONE

AGREEMENT = COMPARED.agreement
assert AGREEMENT is not None


def rows() -> dict[str, dict[str, tuple[str, str, str]]]:
    return {
        grid.title: {row.name: row.values for row in grid.rows} for grid in side_by_side(AGREEMENT)
    }


def test_every_number_stands_under_what_it_is_about_in_its_unit():
    found = rows()
    assert found["A session"]["▲ Ahead"] == ("32.3309 %", "32.2950 %", "+0.77")
    assert found["A session"]["Mean profit"] == ("−$32.75", "−$33.33", "+1.61")
    assert found["A session"]["99th percentile"] == ("$770.00", "$765.00", "+1.42")
    assert found["A session"]["Win limit reached"] == ("10.6662 %", "10.6651 %", "+0.03")
    assert found["A session"]["Mean hands"] == ("190.148", "190.159", "−0.31")
    assert found["A session"]["Main bets"] == ("$1,163.49", "$1,163.52", "≈−0.18")
    assert found["A hand"]["House edge"] == ("3.4450 %", "3.5057 %", "−1.62")
    assert found["Bets in action"]["3 bets"] == ("6.9541 %", "6.9536 %", "+0.27")
    assert found["Hand"]["Royal flush"] == ("0.000152 %", "0.000154 %", "−0.21")


def test_the_tests_of_frequencies_stand_below():
    assert rows()["Tests"] == {
        "Profits": ("48.2", "49", "0.5067"),
        "Stop reasons": ("3.2", "3", "0.3618"),
        "Numbers of hands": ("52.9", "59", "0.6992"),
        "Deals": ("3,343.8", "3,424", "0.8348"),
    }


def test_what_is_not_known_is_a_dash_and_what_failed_a_cross():
    unknown = Comparison(About.ROUND, "categories.flush", Unit.SHARE, 0.002, 0.00197, None)
    tests = tuple(replace(test, chi_square=None) for test in AGREEMENT.tests[1:])
    assert DISAGREEING.agreement is not None
    failed = DISAGREEING.agreement.tests[0]
    hand, frequencies = side_by_side(replace(AGREEMENT, comparisons=(unknown,), tests=tests))
    assert hand.rows[0].values[2] == "—"
    assert frequencies.rows[0].values == ("—", "—", "≤ 1.0000")
    *_, frequencies = side_by_side(replace(AGREEMENT, tests=(failed, *tests)))
    assert frequencies.rows[0].name == "✗ Profits"


def test_where_seats_depend_on_each_other_it_says_of_which_the_numbers_are():
    assert "first seat" not in legend(AGREEMENT)
    assert "first seat" in legend(replace(AGREEMENT, numbers_of="the first seat of every table"))


@pytest.mark.parametrize(
    ("compared", "standing", "title", "words"),
    [
        (COMPARED, Standing.AGREES, "✓ AGREES", "190,148,196 hands and 1,000,000 sessions"),
        (ROUNDS_ALONE, Standing.AGREES, "✓ AGREES", "Sessions are not compared. These sessions"),
        (DISAGREEING, Standing.DISAGREES, "✗ DOES NOT AGREE", "Profits: a chance of 2.7e−33"),
        (DISAGREEING, Standing.DISAGREES, "✗ DOES NOT", "χ² 312.4 with 49 degrees of freedom"),
        (DISAGREEING, Standing.DISAGREES, "✗ DOES NOT", "3 of them cannot occur"),
        (DISAGREEING, Standing.DISAGREES, "✗ DOES NOT", "report it with its seed, 20260101"),
        (NOT_COMPARED, Standing.NOT_COMPARED, "? NOT COMPARED", "was stopped before its end"),
    ],
)
def test_the_verdict_says_what_was_compared_and_what_to_do(
    compared: Compared, standing: Standing, title: str, words: str
):
    said = law_verdict(compared, PROVENANCE)
    assert said.standing is standing
    assert said.title.startswith(title)
    assert words in " ".join(said.lines)


def test_first_sessions_alone_are_said_to_be():
    agreement = replace(AGREEMENT, sample="the first session of every seat")
    said = law_verdict(Compared(agreement), PROVENANCE)
    assert said.lines[0].endswith("compared, of the first session of every seat")


def test_at_tables_the_verdict_says_of_how_many_sessions_z_is():
    first = "the first seat of every table"
    agreement = replace(AGREEMENT, numbers_of=first, numbers_from=60_000)
    said = law_verdict(Compared(agreement), PROVENANCE)
    assert said.lines[1] == "z and χ² are of 60,000 sessions: the first seat of every table"


def test_every_test_has_words():
    assert {test.name for test in AGREEMENT.tests} <= set(TESTED)


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.50671, "0.5067"), (1.23e-7, "1.2e−07"), (4e-310, "<1e−300"), (0.0, "<1e−300")],
)
def test_a_small_chance_is_written_short(probability: float, text: str):
    assert chance(probability) == text
