"""Play for a goal, from a configuration to a run, its files, its replays and its charts."""

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from in_process import Done, Run
from let_it_ride.config import load_config, parse_config
from let_it_ride.planning import compile_outline, compile_plan
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import RunCancelledError
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.run_layout import RunLayout
from reference.cards import Deal, cards
from reference.player import play_session

GOAL = """\
[simulation]
num_sessions = 400
hands_per_session = 10
workers = 2
random_seed = 6
verify = "full"
record_hands = 60

[bankroll]
starting_amount = 60
stop_conditions = { win_limit = 40, loss_limit = 50 }

[strategy]
type = "goal"
goal = "leave_ahead"
bets = [{}, { bet = 10 }]

[bonus_strategy]
type = "always"
"""


@pytest.fixture
def goal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # where hands are logged
    path = tmp_path / "goal.toml"
    path.write_text(GOAL)
    return path


def printed(done: Done) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_run_for_a_goal_tells_no_house_edge_of_the_main_game(goal: Path, lir_tui: Run) -> None:
    run = printed(lir_tui("run", goal, "--json"))
    assert run["equivalence"]["equal"] is True
    summary = run["summary"]
    assert summary["house_edge"] is None
    assert summary["bonus_house_edge"] is not None
    assert sum(summary["stop_reasons"].values()) == summary["sessions"] == 400
    report = lir_tui("run", goal).stdout
    assert "House edge of the bonus" in report
    assert report.count("House edge") == 1
    assert "EQUAL\n  all 400 sessions played again in sequence" in report


def test_a_run_for_a_goal_without_a_bonus_tells_no_house_edge(goal: Path, lir_tui: Run) -> None:
    goal.write_text(GOAL.replace('"always"', '"never"'))
    summary = printed(lir_tui("run", goal, "--json"))["summary"]
    assert summary["house_edge"] is summary["bonus_house_edge"] is None
    assert "House edge" not in lir_tui("run", goal).stdout


def test_seats_that_play_for_a_goal_have_no_exact_correlation_of_a_round(
    goal: Path, lir_tui: Run
) -> None:
    goal.write_text(GOAL + "[table]\nnum_seats = 3\n")
    run = printed(lir_tui("run", goal, "--json"))
    assert run["equivalence"]["equal"] is True
    correlation = run["summary"]["seat_correlation"]
    assert correlation["main_round"] is None
    assert correlation["bonus_round"] is not None
    assert len(run["summary"]["seats"]) == 3
    report = lir_tui("run", goal).stdout
    assert "Profits at a table" in report
    assert "One round, exact" not in report


def test_the_hands_that_are_logged_are_those_of_a_slow_player(
    goal: Path, tmp_path: Path, lir_tui: Run
) -> None:
    printed(lir_tui("run", goal, "--json", "--output", tmp_path / "results"))
    with (tmp_path / "results" / "run-hands.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    ridden = set()
    for session in range(60):
        logged = [row for row in rows if row["session"] == str(session)]
        deals = [
            Deal(
                cards(" ".join(row[f"card_{number}"] for number in (1, 2, 3))),
                *cards(f"{row['fourth']} {row['fifth']}"),
            )
            for row in logged
        ]
        slow = play_session(tomllib.loads(GOAL), deals)
        assert len(slow.rounds) == len(logged)
        for row, played in zip(logged, slow.rounds, strict=True):
            rides = tuple(row[bet] == "ride" for bet in ("bet_1", "bet_2"))
            assert rides == played.rides
            amounts = (played.bet, played.bonus, played.main_result, played.bonus_result)
            told = [row[name] for name in ("bet", "bonus", "main_result", "bonus_result")]
            assert [f"{amount / 100:.2f}" for amount in amounts] == told
            ridden.add((rides, played.bet))
    # With both bets, all that can be decided is there.
    assert {bet for _, bet in ridden} >= {500, 1000}
    assert {rides for rides, _ in ridden} == {(a, b) for a in (False, True) for b in (False, True)}


def test_a_session_for_a_goal_is_replayed_as_it_was_logged(
    goal: Path, tmp_path: Path, lir_tui: Run
) -> None:
    printed(lir_tui("run", goal, "--json", "--output", tmp_path / "results"))
    with (tmp_path / "results" / "run-sessions.csv").open(newline="") as file:
        profits = [row["profit"] for row in csv.DictReader(file)]
    replayed = lir_tui("replay", goal, "--session", 5)
    assert replayed.returncode == 0
    bankroll = f"${60 + float(profits[5]):.2f}"
    hands = [line for line in replayed.stdout.splitlines() if line.rstrip().endswith(bankroll)]
    assert hands


def test_a_chart_fits_into_eighty_columns(goal: Path, lir_tui: Run) -> None:
    done = lir_tui("chart", goal, "--hands-left", 4, "--bankroll", "49")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("With $49.00 and 4 hands left, bets of $")
    for words in ("Bet 1", "Bet 2 where bet 1 was pulled", "ride", "pull ≠", "in chance"):
        assert words in done.stdout
    assert "≠ the optimal chart decides otherwise." in done.stdout


def test_a_chart_of_a_strategy_that_is_always_the_same(tmp_path: Path, lir_tui: Run) -> None:
    path = tmp_path / "ride.toml"
    path.write_text('[strategy]\ntype = "always_ride"\n')
    done = lir_tui("chart", path)
    assert done.returncode == 0
    assert done.stdout.startswith("The always_ride strategy, at any time\n")
    assert "ride ≠" in done.stdout
    assert not any(line.startswith("pull") for line in done.stdout.splitlines())
    assert max(map(len, done.stdout.splitlines())) <= 80
    for moment in (("--bankroll", "450"), ("--hands-left", 4)):
        done = lir_tui("chart", path, *moment)
        assert (done.returncode, done.stdout) == (2, "")
        assert "--bankroll and --hands-left change nothing" in done.stderr


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_chart_without_such_a_hand_says_so_by_its_exit_code(
    options: tuple[str, ...], goal: Path, lir_tui: Run
) -> None:
    assert lir_tui("chart", goal, "--find", "a pair", *options).returncode == 0
    assert lir_tui("chart", goal, "--find", "As As 9h", *options).returncode == 1


def test_a_chart_as_json_says_what_the_text_says(goal: Path, lir_tui: Run) -> None:
    moment = ("--hands-left", 4, "--bankroll", "49.00")
    done = lir_tui("chart", goal, *moment, "--json")
    found = printed(done)
    assert found["moment"]["bankroll"] == 49.0
    assert found["moment"]["hands_left"] == 4
    text = lir_tui("chart", goal, *moment).stdout
    assert f"{found['moment']['value'] * 100:.4f} %" in text
    marked = sum(not line["is_usual"] for part in found["parts"] for line in part["lines"])
    assert marked > 0
    assert sum(line.startswith(("ride ≠", "pull ≠")) for line in text.splitlines()) == marked


def test_a_chart_is_narrowed_ordered_and_told_finer(tmp_path: Path, lir_tui: Run) -> None:
    path = tmp_path / "bold.toml"
    path.write_text('[strategy]\ntype = "aggressive"\n')
    finer = printed(lir_tui("chart", path, "--json", "--classes", "--sort", "cost"))
    assert [len(part["lines"]) for part in finer["parts"]] == [36, 34]
    costs = [line["share"] * line["loss"] for line in finer["parts"][0]["lines"]]
    assert costs == sorted(costs, reverse=True)
    # The strategy's edge over that of best play, 7978/54145 - 37963/1082900, in units of 1/W.
    assert finer["given_away"] == pytest.approx(7978 / 54145 - 37963 / 1082900, abs=1e-12)
    text = lir_tui("chart", path, "--classes", "--find", "As 9d 2s", "--different").stdout
    assert "Bet 1: No hand here is played otherwise" in text
    text = lir_tui("chart", path, "--classes", "--find", "2s 9s As").stdout
    assert "ride ≠  three to a flush, one high card" in text
    assert "That costs 0.1123 bets ($0.56) a round." in text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--hands-left", 0), "0 hands left: a session has 1 to 10 of them"),
        (("--hands-left", 11), "11 hands left"),
        (("--hands-left", 4, "--bankroll", "49.50"), "the nearest is $50.00"),
        (("--hands-left", 4, "--bankroll", "100"), "has reached its win limit"),
        (("--hands-left", 4, "--bankroll", "10"), "has reached its loss limit"),
        (("--hands-left", 4, "--bankroll", "14"), "has run out of money"),
        (("--bankroll", "59"), "no session has come down to $59.00 after 0 hands"),
        (("--bankroll", "49.001"), "is no amount in dollars"),
        (("--bankroll", "much"), "is no amount in dollars, such as 480"),
        (("--bankroll", "nan"), "is no amount in dollars"),
        (("--bankroll", "1e400"), "--bankroll '1e400' is no amount in dollars"),
    ],
)
def test_a_moment_that_never_comes_is_refused_in_words(
    options: tuple[object, ...], words: str, goal: Path, lir_tui: Run
) -> None:
    done = lir_tui("chart", goal, *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_working_out_the_play_for_a_goal_is_told_and_can_be_cancelled(goal: Path) -> None:
    told: list[RunProgress] = []

    def stop(progress: RunProgress) -> None:
        told.append(progress)
        controller.cancel()

    text = GOAL.replace("hands_per_session = 10", "hands_per_session = 1000")
    text = text.replace("starting_amount = 60", "starting_amount = 1000")
    text = text.replace("win_limit = 40, loss_limit = 50", "win_limit = 900, loss_limit = 900")
    controller = SimulationController(parse_config(text), stop)
    with pytest.raises(RunCancelledError, match="after 0 of 400 sessions"):
        controller.run()
    (only,) = told
    assert (only.phase, only.total) == (Phase.PLANNING, 400)
    # It was stopped near the beginning, by the hand after the report.
    assert only.completed < 100


def test_the_files_of_a_run_are_known_before_the_play_for_its_goal(goal: Path) -> None:
    config = load_config(goal)
    plan = compile_plan(config)
    assert plan.tables.goal.is_there
    outline = compile_outline(config)
    assert not outline.tables.goal.is_there
    assert RunLayout.of(outline) == RunLayout.of(plan)
    most = max(plan.tables.goal.bets) * 3 * max(abs(plan.tables.goal.units))
    assert plan.largest_amount >= 10 * most


def test_a_goal_that_is_too_large_says_what_would_help(goal: Path, lir_tui: Run) -> None:
    goal.write_text('[simulation]\nhands_per_session = 10000\n[strategy]\ntype = "goal"\n')
    for command in ("run", "chart"):
        done = lir_tui(command, goal)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "fewer hands" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_goal_that_does_not_go_with_the_rest_is_named_on_its_line(
    goal: Path, lir_tui: Run
) -> None:
    goal.write_text(GOAL + '[bankroll.betting_system]\ntype = "martingale"\n')
    for command in ("run", "chart", "odds"):
        done = lir_tui(command, goal)
        assert done.returncode == 2
        assert "bankroll.betting_system.type: play for a goal decides on the bets" in done.stderr
