"""Replays and hand logs as users ask for them."""

import csv
import json
import time
from decimal import Decimal
from pathlib import Path

import pytest

from in_process import Run
from let_it_ride.config import FullConfig
from let_it_ride.files import FileError
from let_it_ride.reports.exports import Export, ExportError
from let_it_ride.reports.hands_csv import write_hands_csv
from let_it_ride.reports.reported_run import ReportedRun
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.replay import replay
from process_family import SOON

SETTINGS = {
    "simulation": {"num_sessions": 300, "random_seed": 11, "workers": 2, "record_hands": 20},
    "bankroll": {
        "stop_conditions": {"win_limit": 100, "loss_limit": 150},
        "betting_system": {"type": "martingale"},
    },
    "bonus_strategy": {"type": "always"},
    "dealer": {"discard_enabled": True},
}

CONFIG = """\
[simulation]
num_sessions = 300
workers = 2
record_hands = 20

[bankroll.stop_conditions]
win_limit = 100
loss_limit = 150

[bankroll.betting_system]
type = "martingale"

[bonus_strategy]
type = "always"

[dealer]
discard_enabled = true
"""


@pytest.fixture
def config_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    return path


def config(**simulation: object) -> FullConfig:
    return FullConfig.model_validate(SETTINGS | {"simulation": SETTINGS["simulation"] | simulation})


@pytest.mark.parametrize("generator", ["xoshiro256++", "chacha20"])
def test_every_session_of_a_parallel_run_can_be_replayed(generator: str) -> None:
    played = config(generator=generator)
    results = SimulationController(played).run()
    for session in (0, 1, 37, 150, 299):
        assert replay(played, session).session == results[session]


def test_a_replay_is_readable_in_80_columns(config_file: Path, lir_tui: Run) -> None:
    done = lir_tui("replay", config_file, "--session", 5, "--seed", 11)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) == 80
    session = replay(config(), 5).session
    assert sum("burned" in line for line in lines) == session.hands
    assert lines[0] == "Session 5 of the run with seed 11"
    totals = dict(line.split("  ", 1) for line in lines[-10:])
    assert totals["Hands"].strip() == str(session.hands)
    assert totals["Ended by"].strip() == session.stop_reason.key.replace("_", " ")


def test_the_highest_stakes_fit_in_80_columns(tmp_path: Path, lir_tui: Run) -> None:
    path = tmp_path / "high.toml"
    path.write_text(
        "[bankroll]\nbase_bet = 1e6\nstarting_amount = 1e9\n"
        '[bonus_strategy]\ntype = "always"\namount = 1e6\nlimits = {max_bet = 1e6}\n'
        "[dealer]\ndiscard_enabled = true\ndiscard_cards = 10\n"
        '[paytables.main_game]\ntype = "custom"\npair_tens_or_better = 100000\n'
        '[paytables.bonus]\ntype = "custom"\npair = 100000\n'
    )
    done = lir_tui("replay", path, "--session", 0, "--seed", 1)
    assert done.returncode == 0, done.stderr
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_has_every_hand_and_the_totals(config_file: Path, lir_tui: Run) -> None:
    done = lir_tui("replay", config_file, "--session", 5, "--seed", 11, "--json")
    told = json.loads(done.stdout)
    assert list(told) == ["config", "session", "hands"]
    session, hands = told["session"], told["hands"]
    assert session["session"] == 5
    assert session["hands"] == len(hands)
    assert hands[-1]["bankroll"] == session["starting_bankroll"] + session["profit"]
    assert all(len(hand["cards"]) == len(hand["burned"]) == 3 for hand in hands)
    assert told["config"]["simulation"]["random_seed"] == 11


def test_a_session_of_a_run_whose_length_the_command_line_gave_is_replayed(
    config_file: Path, lir_tui: Run
) -> None:
    run = lir_tui("run", config_file, "--sessions", 900, "--seed", 5, "--output", "out", "--quiet")
    assert run.returncode == 0
    row = rows_of(next(Path("out").glob("*sessions.csv")))[899]
    asked = ("replay", config_file, "--session", 899, "--seed", 5, "--json")
    assert "plays 300" in lir_tui(*asked).stderr
    done = lir_tui(*asked, "--sessions", 900)
    assert done.returncode == 0
    session = json.loads(done.stdout)["session"]
    assert (session["seed"], session["hands"]) == (int(row["seed"]), int(row["hands"]))
    assert Decimal(str(session["profit"])) == Decimal(row["profit"])


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--session", 5), "--seed"),
        (("--session", 300, "--seed", 1), "numbered from 0 to 299"),
        (("--session", -1, "--seed", 1), "numbered from 0 to 299"),
        (("--session", 1, "--seed", -1), "random_seed"),
        (("--seed", 1), "--session"),
        (("--session", "first"), "--session"),
    ],
)
def test_what_cannot_be_replayed_is_refused_with_a_reason(
    arguments: tuple[object, ...], complaint: str, config_file: Path, lir_tui: Run
) -> None:
    done = lir_tui("replay", config_file, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr
    assert "Traceback" not in done.stderr


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_log_has_the_hands_of_the_first_sessions_as_they_are_replayed(
    config_file: Path, lir_tui: Run
) -> None:
    done = lir_tui("run", config_file, "--seed", 11, "--quiet")
    assert done.returncode == 0, done.stderr
    assert "written: results/run-hands.csv" in done.stdout
    rows = rows_of(Path("results/run-hands.csv"))
    hands = [(session, hand) for session in range(20) for hand in replay(config(), session).hands]
    assert len(rows) == len(hands)
    for row, (session, hand) in zip(rows, hands, strict=True):
        assert (int(row["session"]), int(row["hand"])) == (session, hand.hand)
        assert (row["card_1"], row["card_2"], row["card_3"]) == hand.own
        assert (row["fourth"], row["fifth"]) == (hand.fourth, hand.fifth)
        assert tuple(row["burned"].split()) == hand.burned
        assert row["bet_1"] == ("ride" if hand.bet_1_rides else "pull")
        assert row["bet_2"] == ("ride" if hand.bet_2_rides else "pull")
        assert (row["category"], row["bonus_category"]) == (
            hand.category.key,
            hand.bonus_category.key,
        )
        for name in ("bet", "bonus", "main_result", "bonus_result", "bankroll"):
            assert Decimal(row[name]) * 100 == getattr(hand, name)


def test_the_log_goes_where_the_other_files_go(config_file: Path, lir_tui: Run) -> None:
    done = lir_tui("run", config_file, "--output", "out", "--format", "csv", "--quiet")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in Path("out").iterdir()} == {
        "run-aggregates.csv",
        "run-config.toml",
        "run-hands.csv",
        "run-seats.csv",
        "run-sessions.csv",
    }
    assert not Path("results").exists()


def test_a_run_of_fewer_sessions_logs_them_all(config_file: Path, lir_tui: Run) -> None:
    done = lir_tui("run", config_file, "--sessions", 3, "--quiet")
    assert done.returncode == 0, done.stderr
    assert {row["session"] for row in rows_of(Path("results/run-hands.csv"))} == {"0", "1", "2"}


def test_progress_of_the_log_rises_to_its_sessions(tmp_path: Path) -> None:
    told: list[RunProgress] = []
    run = ReportedRun(config(), told.append, [Export(tmp_path, "run", (), 20)])
    run.export(run.run())
    logging = [each for each in told if each.phase is Phase.LOGGING]
    completed = [each.completed for each in logging]
    assert completed == sorted(completed)
    assert (logging[-1].completed, logging[-1].total) == (20, 20)
    assert run.files == [tmp_path / "run-config.toml", tmp_path / "run-hands.csv"]


def test_a_log_that_is_cancelled_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()

    def report(progress: RunProgress) -> None:
        if progress.phase is Phase.LOGGING:
            run.cancel()

    many = config(num_sessions=50_000, record_hands=50_000)
    run = ReportedRun(many, report, [Export(folder, "run", (), 50_000)])
    results = run.run()
    began = time.monotonic()
    with pytest.raises(ExportError, match="cancelled"):
        run.export(results)
    assert time.monotonic() - began < SOON
    assert [each.name for each in folder.iterdir()] == ["run-config.toml"]


def test_a_log_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    results = SimulationController(config()).run()
    with pytest.raises(FileError, match="there is no such folder") as refusal:
        write_hands_csv(config(), results, 20, tmp_path / "nowhere" / "hands.csv")
    assert refusal.value.path == str(tmp_path / "nowhere" / "hands.csv")
