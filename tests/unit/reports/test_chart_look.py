"""Which lines of a chart are looked at, and what is told of one."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from let_it_ride.analysis.charts import Chart, ChartPart, Moment, chart_of
from let_it_ride.analysis.choices import ChartLine
from let_it_ride.config import parse_config
from let_it_ride.game.shown_cards import class_of
from let_it_ride.reports.chart_look import ORDERS, Look, copied_text, line_facts


def line(hand: str, gain: Fraction, share: int, *, rides: bool, is_usual: bool) -> ChartLine:
    example = ("As", "Ks", "9h")
    classes = (class_of([0, 4, 9]),) if hand == "low" else ()
    of_all = Fraction(share, 100)
    return ChartLine(hand, rides, is_usual, of_all, gain, Fraction(1, 4), example, classes)


TRIPS = line("three of a kind", Fraction(5), 1, rides=True, is_usual=True)
FLUSH = line("three to a flush", Fraction(-1, 4), 9, rides=True, is_usual=False)
LOW = line("low", Fraction(-1, 8), 60, rides=False, is_usual=True)
HIGH = line("high", Fraction(1, 2), 30, rides=False, is_usual=False)
PART = ChartPart("Bet 1", (TRIPS, LOW), (TRIPS, FLUSH, LOW, HIGH))
CHART = Chart((PART,), bet=500)


@pytest.mark.parametrize(
    ("look", "lines"),
    [
        (Look(), (TRIPS, LOW)),
        (Look(apart=True), (TRIPS, FLUSH, LOW, HIGH)),
        (Look(apart=True, only_different=True), (FLUSH, HIGH)),
        (Look(apart=True, order="often"), (LOW, HIGH, FLUSH, TRIPS)),
        (Look(apart=True, order="close"), (LOW, FLUSH, HIGH, TRIPS)),
        (Look(apart=True, order="cost"), (HIGH, FLUSH, TRIPS, LOW)),
        (Look(apart=True, words=" Three  RIDE "), (TRIPS, FLUSH)),
        (Look(apart=True, words="pull"), (LOW, HIGH)),
        (Look(apart=True, words="nothing of it"), ()),
        (Look(apart=True, words="2c 3c 4d"), (LOW,)),
        (Look(apart=True, words="4♥ 2♠ 3♠"), (LOW,)),
        (Look(apart=True, words="2c 3c 4d 5d"), ()),
    ],
)
def test_a_look_chooses_lines_and_their_order(look: Look, lines: Sequence[ChartLine]) -> None:
    assert look.lines(PART) == tuple(lines)


def test_every_order_comes_in_turn() -> None:
    look, orders = Look(), []
    for _ in ORDERS:
        orders.append(look.order)
        look = Look(order=look.next_order)
    assert orders == list(ORDERS)
    assert look.order == orders[0]


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        ("as KS 10h", ("As", "Ks", "Th")),
        ("A♠ t♦ 2c 9h", ("As", "Td", "2c", "9h")),
        ("kh,9h,8h", ("Kh", "9h", "8h")),
        ("Kh10h8h", ("Kh", "Th", "8h")),
        ("as as kd", ()),
        ("as kd", ()),
        ("as kd 1h", ()),
        ("as kd 9cd", ()),
        ("as kd 9h royal", ()),
        ("as kd 9h 8h 7h", ()),
        ("", ()),
    ],
)
def test_cards_are_read_as_people_type_them(words: str, cards: Sequence[str]) -> None:
    assert Look(words=words).cards == tuple(cards)


def test_a_look_says_what_it_leaves_out() -> None:
    assert Look().text() == ""
    assert Look(apart=True, only_different=True, order="close", words=" as ").text() == (
        "every class of hands, only what differs ≠, the closest decision first, with “as”"
    )


@pytest.mark.parametrize(
    ("told", "judged"),
    [
        (TRIPS, "✓ Rides, as best play; pulling would cost 5.0000 bets ($25.00)."),
        (
            FLUSH,
            "✗ Rides; best play pulls: 0.2500 bets ($1.25) lost, 0.0225 ($0.11) a round.",
        ),
        (LOW, "✓ Pulls, as best play; riding would cost 0.1250 bets ($0.62)."),
        (HIGH, "✗ Pulls; best play rides: 0.5000 bets ($2.50) lost, 0.1500 ($0.75) a round."),
    ],
)
def test_a_line_is_judged_and_a_deviation_has_its_price(told: ChartLine, judged: str) -> None:
    assert list(line_facts(CHART, told, 0))[-1] == judged


def test_the_facts_of_a_line_say_how_often_it_comes_and_what_both_ways_are_worth() -> None:
    first, second, _ = line_facts(CHART, FLUSH, 0)
    assert first == "Such as A♠ K♠ 9♥. 1,989 of 22,100 hands (9.000 %), 1 in 11.1."
    assert second == "Ride 0.0000, pull +0.2500 bets: the mean of the whole hand, as played on."
    _, second, _ = line_facts(CHART, FLUSH, 1)
    # Circles are paid alike: three of them ride where bet 1 does too.
    assert second == "Ride 0.0000, pull +0.2500 bets; with bet 1 riding +0.2500 and +0.5000."


def test_a_line_of_a_goal_is_judged_by_the_goal() -> None:
    chart = Chart((PART,), Moment("leave_ahead", 5, 50_000, 500, 0.3))
    told = ChartLine("low", True, False, Fraction(1, 2), 0.0125, 0.25, ("As", "Ks", "9h"))
    _, worth, judged = line_facts(chart, told, 0)
    assert worth == "Ride 26.250 %, pull 25.000 %."
    assert judged == "✓ Rides; ≠ the optimal chart pulls, which would cost 1.250 pp."


def test_what_is_copied_is_what_is_looked_at() -> None:
    rows = copied_text(CHART, PART, Look(apart=True, only_different=True)).splitlines()
    assert [row.split("\t") for row in rows] == [
        ["Bet 1", "hand", "for example", "of hands", "ride", "pull", "gain"],
        ["ride ≠", "three to a flush", "A♠ K♠ 9♥", "9.000 %", "0.0000", "+0.2500", "−0.2500"],
        ["pull ≠", "high", "A♠ K♠ 9♥", "30.000 %", "+0.7500", "+0.2500", "+0.5000"],
    ]


@pytest.mark.parametrize(
    ("look", "first", "second"),
    [
        (Look(words="as 9d 2s 2d"), "Decided on three cards; these are four.", None),
        (Look(words="kh 9h 8h"), None, "Decided on four cards; these are three."),
        (Look(words="kh"), *["“kh” is no hand: that is three or four different cards."] * 2),
        (Look(words="no such"), *["No hand here has the words “no such”."] * 2),
        (
            Look(only_different=True),
            "No hand here is played otherwise than the optimal chart has it.",
            None,
        ),
    ],
)
def test_it_is_said_why_there_is_no_line(look: Look, first: str | None, second: str | None) -> None:
    for part, told in zip(chart_of(parse_config("")).parts, (first, second), strict=True):
        assert (None if look.lines(part) else look.why_none(part)) == told
