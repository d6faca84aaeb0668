"""The chart of a strategy, against decisions and means over all hands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from let_it_ride.analysis.charts import Chart, ChartPart, chart_of
from let_it_ride.analysis.moments import NoSuchMomentError
from let_it_ride.config import FullConfig
from let_it_ride.goal_play.rules import GoalTooLargeError
from let_it_ride.reports.play_cost import play_cost
from reference.cards import cards
from reference.corners import GOAL_CORNERS, Settings
from reference.deal_classes import BONUS_NAMES, situations
from reference.every_hand import (
    FIVE_CARD_NAMES,
    as_cards,
    every_hand,
    hands_of_each_shape,
    one_of_each_shape,
    rivers,
    starts_and_fourths,
)
from reference.goal_play import BestPlay, all_that_is_seen
from reference.paytables import bonus_pays, main_pays, net_result
from reference.player import Player
from reference.strategies import mean_result, strategy

GOALS = ("leave_ahead", "reach_win_limit", "avoid_ruin", "mean")

#: Hands that are played alike: whether the bet rides, and whether the optimal chart does the same;
#: their share, and what riding is worth more than pulling, in the mean of all hands.
Totals = dict[tuple[bool, bool], tuple[Fraction, float]]


def totals(lines: Iterable[tuple[bool, bool, Fraction, float]]) -> Totals:
    shares: dict[tuple[bool, bool], Fraction] = defaultdict(Fraction)
    gains: dict[tuple[bool, bool], float] = defaultdict(float)
    for rides, is_usual, share, gain in lines:
        shares[rides, is_usual] += share
        gains[rides, is_usual] += float(share) * gain
    return {played: (share, gains[played]) for played, share in shares.items()}


def assert_adds_up_to(part: ChartPart, expected: Totals, scale: float = 1.0) -> None:
    found = totals((line.rides, line.is_usual, line.share, line.gain) for line in part.lines)
    assert sum(line.share for line in part.lines) == 1
    assert {played: share for played, (share, _) in found.items()} == {
        played: share for played, (share, _) in expected.items()
    }
    for played, (_, gain) in found.items():
        assert gain == pytest.approx(expected[played][1], rel=1e-9, abs=1e-12 * scale)


def goal_config(goal: str = "leave_ahead", hands: int = 20, **sections: Any) -> FullConfig:
    return FullConfig.model_validate(
        {
            "simulation": {"hands_per_session": hands},
            "bankroll": {"stop_conditions": {"win_limit": 60.0, "loss_limit": 100.0}},
            "strategy": {"type": "goal", "goal": goal},
            **sections,
        }
    )


PAYS = {table: main_pays({"main_game": {"type": table}}) for table in ("standard", "tight")}
RULES = {
    "type": "custom",
    "bet1_rules": [{"when": "has_high_pair or is_royal_draw", "action": "ride"}],
    "bet2_rules": [{"when": "high_cards >= 3", "action": "ride"}],
}
STRATEGIES: dict[str, Settings] = {
    "basic": {"type": "basic"},
    "optimal, ties ridden": {"type": "optimal", "ties": "ride"},
    "aggressive": {"type": "aggressive"},
    "always_ride": {"type": "always_ride"},
    "rules": RULES,
}


@pytest.mark.slow
@pytest.mark.parametrize("table", ["standard", "liberal"])
@pytest.mark.parametrize("name", STRATEGIES)
def test_the_chart_of_a_strategy_is_what_a_slow_player_does_with_all_hands(name: str, table: str):
    settings, tables = STRATEGIES[name], {"main_game": {"type": table}}
    pays = main_pays(tables)
    decides, usual = strategy(settings, pays), strategy({"type": "optimal"}, pays)

    def lines(size: int) -> Iterator[tuple[bool, bool, Fraction, float]]:
        hands, counts = every_hand(size)[one_of_each_shape(size)], hands_of_each_shape(size)
        for hand, count in zip(map(as_cards, hands), counts.tolist(), strict=True):
            rides, share = decides(hand), Fraction(count, int(counts.sum()))
            yield rides, rides == usual(hand), share, float(mean_result(hand, pays))

    chart = chart_of(FullConfig.model_validate({"strategy": settings, "paytables": tables}))
    assert [part.title for part in chart.parts] == ["Bet 1", "Bet 2"]
    assert chart.moment is None
    for part, size in zip(chart.parts, (3, 4), strict=True):
        assert_adds_up_to(part, totals(lines(size)))


def whole_hands(table: str, rides: str) -> list[dict[Any, Any]]:
    """What is seen of three and of four cards by going through all of them, in numpy.

    By what is decided, by whether best play does the same, and by what a circle is worth: how many
    hands there are, and what they bring in all where this bet is pulled.
    """
    units = np.array([net_result(1, name, PAYS[table]) for name in FIVE_CARD_NAMES])
    of_four, (three, four) = rivers() @ units, starts_and_fourths()
    rides_2 = of_four > 0 if rides == "optimal" else np.full(len(of_four), rides == "always_ride")
    of_three = np.bincount(three, of_four[four]).astype(int)
    rides_1 = of_three > 0 if rides == "optimal" else np.full(len(of_three), rides == "always_ride")
    of_bet_2 = np.bincount(three, (of_four * rides_2)[four]).astype(int)
    seen = []
    for decided, worth, pulled, ways in (
        (rides_1, of_three, of_three + of_bet_2, 49 * 48),
        (rides_2, of_four, of_four, 48),
    ):
        found: dict[Any, list[Any]] = defaultdict(lambda: [0, Fraction()])
        rows = np.column_stack([decided, decided == (worth > 0), worth, pulled])
        distinct, counts = np.unique(rows, axis=0, return_counts=True)
        for (ride, usual, circle, whole), count in zip(
            distinct.tolist(), counts.tolist(), strict=True
        ):
            group = found[bool(ride), bool(usual), Fraction(circle, ways)]
            group[0] += count
            group[1] += Fraction(count * whole, ways)
        seen.append({key: tuple(group) for key, group in found.items()})
    return seen


@pytest.mark.parametrize(
    ("rides", "table"),
    [("optimal", "standard"), ("optimal", "tight"), ("always_ride", "standard")],
)
def test_every_class_of_hands_is_worth_what_all_its_hands_bring_to_the_last_combination(
    rides: str, table: str
):
    settings = {"strategy": {"type": rides}, "paytables": {"main_game": {"type": table}}}
    chart = chart_of(FullConfig.model_validate(settings))
    for part, hands, expected in zip(
        chart.parts, (22_100, 270_725), whole_hands(table, rides), strict=True
    ):
        found: dict[Any, list[Any]] = defaultdict(lambda: [0, Fraction()])
        for line in part.classes:
            group = found[line.rides, line.is_usual, line.gain]
            group[0] += line.share * hands
            group[1] += line.share * hands * line.pull
            assert line.ride - line.pull == line.gain
        assert {key: tuple(group) for key, group in found.items()} == expected


@pytest.mark.parametrize("name", ["basic", "aggressive", "rules"])
def test_what_is_given_away_is_the_distance_to_the_best_edge(name: str):
    config = FullConfig.model_validate({"strategy": STRATEGIES.get(name, {"type": name})})
    chart = chart_of(config)
    assert chart.given_away == play_cost(config).per_round
    by_line = sum(line.share * line.loss for part in chart.parts for line in part.lines)
    assert by_line <= chart.given_away  # few lines are told in the mean of their hands


def test_three_cards_played_as_decided_bring_the_house_edge():
    (first, _) = chart_of(FullConfig()).parts
    mean = sum(line.share * (line.ride if line.rides else line.pull) for line in first.classes)
    assert mean == Fraction(-37963, 1082900)


@pytest.mark.parametrize("corner", ["ahead between limits", "the highest mean near its limits"])
def test_hands_told_apart_for_a_goal_are_the_same_hands(corner: str):
    for part in chart_of(FullConfig.model_validate(GOAL_CORNERS[corner])).parts:
        assert sum(line.share for line in part.classes) == 1
        both = [
            totals((line.rides, line.is_usual, line.share, line.gain) for line in lines)
            for lines in (part.lines, part.classes)
        ]
        assert both[0].keys() == both[1].keys()
        for played, (share, gain) in both[0].items():
            assert both[1][played] == (share, pytest.approx(gain, rel=1e-9, abs=1e-9))
        values = [(line.rides, line.hand) for line in part.classes]
        assert len(values) >= len(part.lines)


def test_an_example_is_one_of_the_hands_of_its_line():
    for part in chart_of(FullConfig()).parts:
        for line in part.classes:
            assert mean_result(cards(" ".join(line.example)), PAYS["standard"]) == line.gain


def weighed_lines(best: BestPlay, hands: int, profit: int, lost: int) -> list[Totals]:
    """What the slow player has of bet 1, and of bet 2 where the three cards won no bonus."""
    play, seen = best.weighed(hands, profit), all_that_is_seen()
    start = int(np.flatnonzero(seen.bonus == lost)[0])
    come = np.bincount(situations())

    def lines(rides, chart, counts, gains) -> Totals:
        shares = [Fraction(count, int(counts.sum())) for count in counts.tolist()]
        usual = (rides == chart).tolist()
        return totals(zip(rides.tolist(), usual, shares, map(float, gains), strict=True))

    of_bet_2 = [
        lines(play.rides_2[rides_1, start], best.chart_2, come, play.gain_2[rides_1, start])
        for rides_1 in (0, 1)
    ]
    return [lines(play.rides_1, best.chart_1, seen.hands, play.gain_1), *of_bet_2]


MOMENTS = [
    ("ahead between limits", 12, 0),
    ("ahead between limits", 7, -3000),
    ("ahead between limits", 1, -1000),
    ("a win limit that is reached exactly", 5, 2000),
    ("not to be ruined, with a limit and bets to choose from", 3, -1500),
    ("the highest mean near its limits", 4, 2500),
    ("the highest mean of a game the player wins, with no limit above", 1, 50_000),
    ("the highest mean of a game the player wins, with no limit above", 1, 2_000_000),
    ("a goal with a bonus that gives way before the bet", 3, -1900),
    ("a goal with bets and a bonus that both give way", 4, -1000),
    ("a goal with bets and a bonus that both give way", 2, -2600),
    ("a goal by odd cents", 2, -151),
    ("a goal, and a bonus that is never won", 2, -600),
]


@pytest.mark.parametrize(("corner", "hands_left", "profit"), MOMENTS)
def test_the_chart_of_a_moment_is_what_a_slow_player_weighs(
    corner: str, hands_left: int, profit: int
):
    settings = GOAL_CORNERS[corner]
    config, player = FullConfig.model_validate(settings), Player(settings)
    best, starting = player.goal, player.session.starting_bankroll
    hands = best.most_hands - hands_left
    chart = chart_of(config, hands_left, starting + profit)
    play, moment = best.weighed(hands, profit), chart.moment
    scale = 10_000 if best.goal == "mean" else 1
    assert (moment.goal, moment.hands_left) == (best.goal, hands_left)
    assert moment.bankroll == starting + profit
    assert moment.bet == player.staked(play.bet, moment.bankroll)[0]
    assert moment.value == pytest.approx(float(play.value), rel=1e-12, abs=1e-12 * scale)
    pays = bonus_pays(settings.get("paytables", {}))
    lost = next(k for k, name in enumerate(BONUS_NAMES) if not pays.get(name, 0))
    expected = weighed_lines(best, hands, profit, lost)
    assert [part.title for part in chart.parts] == [
        "Bet 1",
        "Bet 2 where bet 1 was pulled",
        "Bet 2 where bet 1 rides",
    ]
    for part, lines in zip(chart.parts, expected, strict=True):
        assert_adds_up_to(part, lines, scale)


def test_those_that_ride_come_first_and_the_clearest_before_the_rest():
    for chart in (chart_of(FullConfig()), chart_of(goal_config(), 5, 48_000)):
        for part in chart.parts:
            places = [(not line.rides, -abs(line.gain)) for line in part.lines]
            assert places == sorted(places)
            assert {line.rides for line in part.lines} == {True, False}


def test_a_chart_is_of_the_beginning_if_nothing_else_is_said():
    config = goal_config()
    assert chart_of(config) == chart_of(config, 20, 50_000)
    assert chart_of(config).moment.value > chart_of(config, 3, 47_000).moment.value


@pytest.mark.parametrize(
    ("hands_left", "bankroll", "why"),
    [
        (0, None, "0 hands left: a session has 1 to 20 of them"),
        (-1, None, "-1 hands left"),
        (21, None, "21 hands left: a session has 1 to 20 of them"),
        (
            5,
            48_001,
            r"no session comes to \$480.01, .* multiple of \$5.00; the nearest is \$480.00",
        ),
        (5, 56_000, r"at \$560.00 a session has reached its win limit"),
        (5, 40_000, r"at \$400.00 a session has reached its loss limit"),
        (5, -500, r"at -\$5.00 a session has reached its loss limit"),
        (20, 49_500, r"no session has come down to \$495.00 after 0 hands"),
        (19, 48_000, r"no session has come down to \$480.00 after 1 hand"),
        (20, 50_500, r"no session has come up to \$505.00 after 0 hands"),
    ],
)
def test_a_moment_that_never_comes_is_refused(hands_left: int, bankroll: int | None, why: str):
    with pytest.raises(NoSuchMomentError, match=why):
        chart_of(goal_config(), hands_left, bankroll)


def test_a_moment_without_money_is_refused():
    config = goal_config(bankroll={"starting_amount": 50.0})
    assert chart_of(config, 5, 1500).moment.bet == 500
    with pytest.raises(NoSuchMomentError, match=r"at \$10.00 a session has run out of money"):
        chart_of(config, 5, 1000)


def test_no_session_comes_higher_than_its_best_hands_take_it():
    config = goal_config("mean", hands=3, bankroll={})
    royal = 3 * 1000 * 500
    assert chart_of(config, 2, 50_000 + royal).moment.value == pytest.approx(royal, rel=1e-3)
    with pytest.raises(NoSuchMomentError, match="no session has come up to"):
        chart_of(config, 2, 50_500 + royal)


def test_what_is_too_large_to_work_out_is_refused():
    with pytest.raises(GoalTooLargeError):
        chart_of(goal_config(hands=10_000, bankroll={}))


def in_json(chart: Chart) -> dict[str, Any]:
    return json.loads(json.dumps(chart.to_json()))


def test_a_chart_becomes_json():
    chart = chart_of(FullConfig())
    written = in_json(chart)
    assert written["moment"] is None
    assert [part["title"] for part in written["parts"]] == ["Bet 1", "Bet 2"]
    line, first = chart.parts[0].lines[0], written["parts"][0]["lines"][0]
    assert first == {
        "hand": "three of a kind",
        "example": ["9s", "9h", "9d"],
        "rides": True,
        "is_usual": True,
        "share": float(Fraction(52, 22_100)),
        "share_fraction": "1/425",
        "ride": float(line.ride),
        "ride_fraction": "795/49",  # three circles of trips are worth 265/49 each
        "pull": float(line.pull),
        "pull_fraction": "530/49",
        "gain": float(line.gain),
        "gain_fraction": "265/49",
        "loss": 0.0,
        "loss_fraction": "0",
    }
    apart = json.loads(json.dumps(chart.to_json(lambda part: part.classes)))
    assert [len(part["lines"]) for part in apart["parts"]] == [36, 34]
    assert (written["bet"], written["given_away_fraction"]) == (5.0, "0")


@pytest.mark.parametrize("goal", GOALS)
def test_a_chart_of_a_goal_becomes_json_with_amounts_in_dollars(goal: str):
    chart = chart_of(goal_config(goal), 5, 48_000)
    written, per_cent = in_json(chart), 100 if goal == "mean" else 1
    assert written["moment"] == {
        "goal": goal,
        "hands_left": 5,
        "bankroll": 480.0,
        "bet": 5.0,
        "value": pytest.approx(chart.moment.value / per_cent),
    }
    for part, of_json in zip(chart.parts, written["parts"], strict=True):
        gains = [line["gain"] for line in of_json["lines"]]
        assert gains == pytest.approx([line.gain / per_cent for line in part.lines])
