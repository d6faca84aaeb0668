"""Tables of several seats and of a number of rounds, from a run to its files and replays."""

import csv
import json
import random
import threading
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from in_process import Run
from let_it_ride.config import FullConfig
from let_it_ride.reports.sessions_csv import write_sessions_csv
from let_it_ride.simulation.blocks import BlockPlayer
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.equivalence import check_equivalence
from let_it_ride.simulation.ledger import FinishedBlock
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.replay import replay
from let_it_ride.simulation.results import SimulationResults
from let_it_ride.simulation.run_directory import RunDirectory
from let_it_ride.simulation.run_layout import RunLayout
from let_it_ride.simulation.run_log import RunLog
from let_it_ride.simulation.worker import RunTask
from reference.seats import play_table
from reference.shuffling import table_deals
from reference.streams import session_stream

TABLES = {
    "six seats": {"num_seats": 6},
    "three seats for ninety rounds": {"num_seats": 3, "total_rounds": 90},
    "one seat for ninety rounds": {"total_rounds": 90},
}


def settings(tables: int = 150, table: str = "six seats", **simulation: object) -> dict[str, Any]:
    return {
        "simulation": {
            "num_sessions": tables,
            "hands_per_session": 40,
            "random_seed": 17,
            "workers": 2,
            "verify": "full",
            **simulation,
        },
        "table": TABLES[table],
        "bankroll": {
            "starting_amount": 120,
            "stop_conditions": {"win_limit": 50},
            "betting_system": {"type": "martingale"},
        },
        "bonus_strategy": {"type": "always"},
    }


def run(drawn: dict[str, Any], directory: Path | None = None) -> SimulationResults:
    return SimulationController(FullConfig.model_validate(drawn), directory=directory).run()


@pytest.mark.parametrize("table", TABLES)
def test_sessions_of_a_run_are_those_of_slow_players_in_their_order(table: str) -> None:
    drawn = settings(table=table)
    results = run(drawn)
    assert results.equivalence is not None
    assert results.equivalence.equal
    assert results.equivalence.sessions_compared == results.equivalence.sessions == len(results)
    rng = random.Random(17)
    seats = drawn["table"].get("num_seats", 1)
    expected = []
    for number in range(150):
        seed = rng.randint(0, 2**31 - 1)
        slow = play_table(drawn, table_deals(session_stream(seed, number), seats))
        expected += [(number, each.seat + 1, seed, each.profit, each.hands) for each in slow]
    found = [(each.table, each.seat, each.seed, each.profit, each.hands) for each in results]
    assert found == expected
    assert [each.session for each in results] == list(range(len(expected)))
    every = list(results)
    assert results[len(results) - 1] == results[-1] == every[-1]
    for some in (slice(None), slice(3, -2), slice(None, None, 7), slice(9, 3), slice(9, 3, -2)):
        assert results[some] == every[some]
    for beyond in (len(results), -len(results) - 1):
        with pytest.raises(IndexError, match=f"no session {beyond}"):
            results[beyond]
    summary = results.summary
    assert summary.sessions == len(expected)
    assert [seat.sessions for seat in summary.seats] == [
        sum(seat == number + 1 for _, seat, *_ in expected) for number in range(seats)
    ]
    assert results.provenance.tables == 150
    assert results.provenance.sessions == len(expected)


@pytest.mark.parametrize("table", TABLES)
def test_any_session_of_a_run_can_be_replayed(table: str) -> None:
    drawn = settings(table=table)
    results = run(drawn)
    config = FullConfig.model_validate(drawn)
    for session in (0, 1, 5, len(results) // 2, len(results) - 1):
        assert replay(config, session).session == results[session]


def test_progress_counts_tables() -> None:
    told: list[RunProgress] = []
    config = FullConfig.model_validate(settings(table="three seats for ninety rounds"))
    results = SimulationController(config, progress=told.append).run()
    last = {progress.phase: progress for progress in told}
    for phase in (Phase.SEEDING, Phase.PLAYING, Phase.VERIFYING):
        assert (last[phase].completed, last[phase].total) == (150, 150)
        assert last[phase].counted == "tables"
    assert last[Phase.SUMMARISING].total == len(results)
    assert last[Phase.SUMMARISING].counted == "sessions"


def test_a_block_that_has_lost_a_session_is_found_and_named(run_directory: Path) -> None:
    drawn = settings(table="three seats for ninety rounds")
    config = FullConfig.model_validate(drawn)
    results = run(drawn, run_directory)
    directory = RunDirectory(run_directory, RunLayout.of(results.plan), results.mark)
    entries = directory.ledger()
    block = 20
    before = sum(entries[number].sessions for number in range(block))
    whole = entries[block]
    entries[block] = FinishedBlock(
        block, whole.place, whole.sessions - 1, whole.rounds, whole.sha256
    )
    directory.keep_only(entries.values())
    task = RunTask(config.model_dump_json(), run_directory, results.mark)
    blocks = tuple(range(results.plan.blocks))
    verdict = check_equivalence(
        task,
        results.plan,
        blocks,
        len(results),
        lambda _: None,
        threading.Event(),
        RunLog(run_directory),
    )
    assert verdict is not None
    assert not verdict.equal
    difference = verdict.difference
    assert difference is not None
    assert (difference.session, difference.column) == (before + whole.sessions - 1, "sessions")
    assert (difference.parallel, difference.sequential) == (whole.sessions - 1, whole.sessions)


def test_a_block_of_many_sessions_is_played_written_and_read_in_pieces(
    run_directory: Path,
) -> None:
    drawn = settings(tables=2, hands_per_session=1)
    drawn["table"] = {"num_seats": 7, "total_rounds": 40_000}
    results = run(drawn, run_directory)
    assert results.equivalence is not None
    assert results.equivalence.equal
    assert len(results) == results.summary.rounds == 2 * 7 * 40_000
    directory = RunDirectory(run_directory, RunLayout.of(results.plan), results.mark)
    played = BlockPlayer(results.plan, directory).play(1, directory.seeds(1, 1))
    sizes = [len(records) for records in played]
    assert len(sizes) > 1
    assert sum(sizes) == played.sessions == 7 * 40_000
    assert played.digest == directory.ledger()[1].sha256
    # Every session has one hand, so all seats end every round.
    for session in (0, 6, 7, 7 * 39_999 + 3, 7 * 40_000, 14 * 40_000 - 1):
        assert (results[session].table, results[session].seat) == (
            session // (7 * 40_000),
            session % 7 + 1,
        )
    last = replay(FullConfig.model_validate(drawn), 14 * 40_000 - 1)
    assert last.session == results[-1]
    assert last.hands[0].round == 40_000


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("table", TABLES)
def test_files_name_table_and_seat(table: str, tmp_path: Path) -> None:
    results = run(settings(table=table))
    write_sessions_csv(results, tmp_path / "sessions.csv")
    rows = rows_of(tmp_path / "sessions.csv")
    assert [(int(row["table"]), int(row["seat"])) for row in rows] == [
        (each.table, each.seat) for each in results
    ]
    assert [Decimal(row["profit"]) * 100 for row in rows] == [each.profit for each in results]


CONFIG = """\
[simulation]
num_sessions = 40
workers = 2
record_hands = 25
random_seed = 6

[table]
num_seats = 3
total_rounds = 120

[bankroll]
starting_amount = 90.00

[dealer]
discard_enabled = true
"""


def test_the_hand_log_of_a_table_is_what_replays_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lir_tui: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "table.toml"
    path.write_text(CONFIG)
    done = lir_tui("run", path, "--output", "out", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["equivalence"]["equal"]
    assert len(told["summary"]["seats"]) == 3
    sessions = rows_of(next(Path("out").glob("*-sessions.csv")))
    hands = rows_of(next(Path("out").glob("*-hands.csv")))
    assert len(sessions) == told["summary"]["sessions"] == told["provenance"]["sessions"]
    lengths = Counter(int(row["session"]) for row in hands)
    assert lengths == {number: int(sessions[number]["hands"]) for number in range(25)}
    chosen = max(range(25), key=lambda number: int(sessions[number]["seat"]))
    shown = json.loads(lir_tui("replay", path, "--session", chosen, "--json").stdout)
    assert shown["session"]["seat"] == int(sessions[chosen]["seat"])
    logged = [row for row in hands if int(row["session"]) == chosen]
    for hand, row in zip(shown["hands"], logged, strict=True):
        cards = [*hand["cards"], hand["fourth"], hand["fifth"], " ".join(hand["burned"])]
        names = ("card_1", "card_2", "card_3", "fourth", "fifth", "burned")
        assert cards == [row[name] for name in names]
        assert (str(hand["round"]), str(hand["hand"])) == (row["round"], row["hand"])
        assert Decimal(str(hand["bankroll"])) == Decimal(row["bankroll"])
    text = lir_tui("replay", path, "--session", chosen).stdout.splitlines()
    assert text[1] == (
        f"Seat {shown['session']['seat']} of table {shown['session']['table']}, from its round"
        f" {shown['hands'][0]['round']} on"
    )
    assert max(map(len, text)) == 80


def test_seats_are_in_the_summary_in_80_columns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lir_tui: Run
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "table.toml"
    path.write_text(CONFIG)
    done = lir_tui("run", path)
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    for words in ("Seat 3", "Correlation between seats", "Table closed", "✓ EQUAL"):
        assert words in done.stdout
    assert "40 of 40 tables" in done.stderr
