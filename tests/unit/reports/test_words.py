"""Numbers, facts and verdicts say what they mean."""

from dataclasses import replace
from fractions import Fraction

import pytest

from let_it_ride.config import FullConfig
from let_it_ride.reports import numbers
from let_it_ride.reports.facts import run_facts
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.reports.verdict import Standing, verdict
from let_it_ride.simulation.equality import Difference, Equivalence
from let_it_ride.simulation.progress import Phase
from tui.scripted_runs import AT_TABLES, PROVENANCE, SUMMARY

CONFIG = FullConfig()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (numbers.percent(Fraction(37963, 1082900), 6), "3.505679 %"),
        (numbers.percent(-0.5), "−50.00 %"),
        (numbers.share_text(0.00004), "< 0.01 %"),
        (numbers.share_text(0.00006), "0.01 %"),
        (numbers.share_text(0.0), "0.00 %"),
        (numbers.points(0.0123456, 4), "+1.2346 pp"),
        (numbers.points(-0.5, 2), "−50.00 pp"),
        (numbers.points(-0.00004, 2), "0.00 pp"),
        (numbers.fraction_text(Fraction(-1, 3)), "−1/3"),
        (numbers.decimal_text(1234.5, 1), "1,234.5"),
        (numbers.money(-123456), "−$1,234.56"),
        (numbers.money(5, signed=True), "+$0.05"),
        (numbers.money(0, signed=True), "$0.00"),
        (numbers.count(-1234567), "−1,234,567"),
        (numbers.one_in(Fraction(1, 649740)), "1 in 649,740"),
        (numbers.one_in(Fraction(3, 10)), "1 in 3.3"),
        (numbers.one_in(Fraction(0)), "never"),
        (numbers.rate(1_250_000), "1.2M/s"),
        (numbers.rate(999), "999/s"),
        (numbers.duration(59.94), "59.9 s"),
        (numbers.duration(61), "1:01"),
        (numbers.duration(3661), "1:01:01"),
        (numbers.hours_and_minutes(0.4), "0:00"),
        (numbers.hours_and_minutes(59.6), "1:00"),
        (numbers.hours_and_minutes(165.94), "2:46"),
    ],
)
def test_a_number_is_written_as_people_write_it(text: str, expected: str) -> None:
    assert text == expected


def test_points_stand_below_each_other_and_words_stay_where_they_are():
    texts = ["−$1,204.50", "3.5 %", "191", "37963/1082900", "as good"]
    assert numbers.points_aligned(texts) == [
        "−$1,204.50",
        "      3.5 %",
        "    191",
        "37963/1082900",
        "as good",
    ]
    assert numbers.points_aligned([]) == []


def test_every_phase_has_words() -> None:
    assert set(PHASE_WORDS) == set(Phase)


def _facts(**changes: object) -> dict[str, dict[str, tuple[str, ...]]]:
    facts = run_facts(replace(SUMMARY, **changes), PROVENANCE, 52)
    return {each.title: {line.name: tuple(line[1:]) for line in each.lines} for each in facts}


def test_the_facts_of_a_run_are_those_of_its_summary() -> None:
    facts = _facts()
    assert facts["Sessions, with 95 % intervals"]["▲ Ahead"] == (
        *("32.33 %", "32.24 to 32.42 %", "323,309"),
    )
    assert facts["Profit of a session"]["Median"][0] == "−$75.00"
    assert facts["Profit of a session"]["Worst"] == ("−$500.00", "", "session 4711")
    assert facts["Length, and why it ended"]["Out of money"] == ("0.15 %", "", "1,512")
    assert facts["Length, and why it ended"]["Mean time"][0] == "3:39"
    assert facts["Profit of a session"]["Mean an hour"][0] == "−$8.96"
    assert "House edge of the bonus" not in facts


def test_seats_are_summed_up_only_where_there_are_some() -> None:
    assert _facts()["Sessions, with 95 % intervals"]["Played"] == ("1,000,000", "", "")
    facts = _facts(**AT_TABLES)
    assert facts["Sessions, with 95 % intervals"]["Played"][2] == "at 1,000,000 tables"
    assert facts["Mean profit by seat"]["Seat 4"] == ("−$32.95", "± $1.44", "ahead 32.34 %")
    assert facts["Correlation between seats"] == {
        "Profits at a table": ("+0.0061", "", "mean of all pairs"),
        "One round, exact": ("+0.0046", "", ""),
    }


def test_a_z_score_beyond_three_is_pointed_out() -> None:
    check = SUMMARY.house_edge
    for z, words in ((2.9, "within chance"), (-3.1, "beyond chance: look into it")):
        assert _facts(house_edge=replace(check, z=z))["House edge"]["z-score"][1] == words


EQUAL = Equivalence(1000, 1000, "ab" * 32, "ab" * 32, None, 1.5)
DIFFERENT = replace(EQUAL, digest_sequential="cd" * 32, difference=Difference(7, "profit", -5, 10))


@pytest.mark.parametrize(
    ("checked", "workers", "verify", "standing", "words"),
    [
        (EQUAL, 2, "auto", Standing.EQUAL, "all 1,000 sessions played again in sequence"),
        (replace(EQUAL, sessions_compared=10), 2, "sample", Standing.EQUAL, "a sample of 10"),
        (DIFFERENT, 2, "full", Standing.DIFFERENT, "first in session 7, column profit"),
        (DIFFERENT, 2, "full", Standing.DIFFERENT, "−$0.05 in parallel, $0.10 in sequence"),
        (None, 1, "full", Standing.NOT_CHECKED, "One worker played every session in sequence"),
        (None, 2, "off", Standing.NOT_CHECKED, "simulation.verify is off"),
        (None, 2, "full", Standing.NOT_CHECKED, "stopped before its end"),
    ],
)
def test_a_verdict_says_what_was_compared_or_why_nothing_was(
    checked: Equivalence | None, workers: int, verify: str, standing: Standing, words: str
) -> None:
    config = FullConfig.model_validate({"simulation": {"verify": verify}})
    said = verdict(checked, config, replace(PROVENANCE, workers=workers), "ef" * 32)
    assert said.standing is standing
    assert words in " ".join(said.lines)
    assert said.title in {"✓ EQUAL", "✗ DIFFERENT", "? NOT CHECKED"}
