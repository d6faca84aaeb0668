"""Sweeps, comparisons and searches as their users type them."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import psutil
import pytest

from in_process import Run
from let_it_ride.analysis.figures import exact_figures_of
from let_it_ride.analysis.measures import MEASURES, measure_named
from let_it_ride.config import parse_config
from process_family import all_gone_soon

LIMITS = ("--vary", "win_limit=50:150:50", "--vary", "loss_limit=50,100")


@pytest.fixture(autouse=True)
def eighty_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text("[simulation]\nhands_per_session = 60\nrandom_seed = 4\n")
    return path


def ahead_of(win_limit: int, loss_limit: int) -> float:
    config = parse_config(
        "[simulation]\nhands_per_session = 60\n[bankroll.stop_conditions]\n"
        f"win_limit = {win_limit}\nloss_limit = {loss_limit}\n"
    )
    return exact_figures_of(config).of(measure_named("ahead")).value


def test_two_settings_give_a_map(config: Path, lir_tui: Run) -> None:
    done = lir_tui("sweep", config, *LIMITS)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Chance to leave ahead, % · down win_limit, across loss_limit · exact"
    assert lines[1].split() == ["50", "100"]
    numbers = [line[3:].replace("▲", " ").replace("▼", " ").split() for line in lines[2:5]]
    for row, win_limit in zip(numbers, (50, 100, 150), strict=True):
        assert row == [f"{ahead_of(win_limit, loss) * 100:.4f}" for loss in (50, 100)]
    assert lines[5].startswith("▲ ")
    assert "win_limit 50, loss_limit 100" in lines[5]


def test_one_setting_gives_a_table_with_the_measures_asked_for(config: Path, lir_tui: Run) -> None:
    done = lir_tui("sweep", config, "--vary", "win_limit=none,50", "--show", "hands")
    assert done.returncode == 0
    assert "win_limit" in done.stdout
    assert "hands" in done.stdout
    assert "ahead" not in done.stdout
    assert "none" in done.stdout


def test_a_sweep_as_json_has_every_measure_of_every_cell(config: Path, lir_tui: Run) -> None:
    told = json.loads(lir_tui("sweep", config, *LIMITS, "--json").stdout)
    assert [axis["key"] for axis in told["axes"]] == [
        "bankroll.stop_conditions.win_limit",
        "bankroll.stop_conditions.loss_limit",
    ]
    assert len(told["cells"]) == 6
    for cell in told["cells"]:
        win, loss = cell["values"].values()
        assert cell["exact"] is True
        assert cell["ahead"] == pytest.approx(ahead_of(win, loss), abs=1e-10)
        assert {measure.name for measure in MEASURES} <= cell.keys()


def test_a_sweep_as_csv_printed_or_in_a_file(config: Path, tmp_path: Path, lir_tui: Run) -> None:
    printed = lir_tui("sweep", config, *LIMITS, "--csv").stdout
    rows = list(csv.DictReader(StringIO(printed)))
    assert [row["bankroll.stop_conditions.win_limit"] for row in rows] == [
        *("50", "50", "100", "100", "150", "150"),
    ]
    assert float(rows[3]["ahead"]) == pytest.approx(ahead_of(100, 100), abs=1e-10)
    assert rows[0]["ahead_low"] == ""
    file = tmp_path / "map.csv"
    done = lir_tui("sweep", config, *LIMITS, "--csv", file)
    written = list(csv.DictReader(StringIO(file.read_text())))
    assert [list(row) for row in written] == [list(row) for row in rows]
    aheads = [[float(row["ahead"]) for row in some] for some in (written, rows)]
    assert aheads[0] == pytest.approx(aheads[1], abs=1e-10)
    assert "Chance to leave ahead" in done.stdout
    assert f"written: {file}" in done.stderr


def test_differences_from_the_configuration_as_it_is(config: Path, lir_tui: Run) -> None:
    before = exact_figures_of(parse_config(config.read_text())).of(measure_named("ahead")).value
    done = lir_tui("sweep", config, *LIMITS, "--differences")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "Change: chance to leave ahead, pp · down win_limit, across loss_limit" + (
        " · exact"
    )
    apart = (ahead_of(50, 100) - before) * 100
    assert f"{apart:+.4f}".replace("-", "−") in lines[2]
    told = json.loads(lir_tui("sweep", config, *LIMITS, "--differences", "--json").stdout)
    for cell in told["cells"]:
        assert cell["difference"]["ahead"] == pytest.approx(cell["ahead"] - before, abs=1e-10)
    printed = lir_tui("sweep", config, *LIMITS, "--differences", "--csv").stdout
    row = next(iter(csv.DictReader(StringIO(printed))))
    assert float(row["ahead_difference"]) == pytest.approx(ahead_of(50, 50) - before, abs=1e-10)
    assert row["ahead_difference_low"] == ""
    table = lir_tui("sweep", config, "--vary", "num_seats=2", "--differences", "--sessions", 300)
    assert " pp" in table.stdout
    assert "±" in table.stdout


def test_what_is_no_configuration_is_a_cell_that_says_why(config: Path, lir_tui: Run) -> None:
    arguments = ("sweep", config, "--vary", "starting_amount=10,500", "--vary", "win_limit=50,100")
    done = lir_tui(*arguments)
    assert done.returncode == 0
    assert "×" in done.stdout
    assert "does not pay for one round" in " ".join(done.stdout.split())
    cells = json.loads(lir_tui(*arguments, "--json").stdout)["cells"]
    assert ["flaw" in cell for cell in cells] == [True, True, False, False]


def test_what_cannot_be_solved_is_simulated_and_told_with_its_seed(
    config: Path, lir_tui: Run
) -> None:
    arguments = ("sweep", config, "--vary", "num_seats=1,2", "--sessions", 500)
    done = lir_tui(*arguments)
    assert done.returncode == 0
    text = " ".join(done.stdout.split())
    assert "±" in text
    assert "~ 1 simulated, 500 each, seed 4; 95 % intervals: These sessions are not" in text
    told = json.loads(lir_tui(*arguments, "--json").stdout)
    alone, together = told["cells"]
    assert (alone["exact"], together["exact"]) == (True, False)
    low, high = together["ahead_interval"]
    assert low < together["ahead"] < high
    again = json.loads(lir_tui(*arguments, "--json", "--workers", 1).stdout)
    assert again["cells"][1] == told["cells"][1]
    other = json.loads(lir_tui(*arguments, "--json", "--seed", 5).stdout)
    assert other["cells"][0]["ahead"] == pytest.approx(alone["ahead"], abs=1e-10)
    assert other["cells"][1] != together


def test_configurations_beside_each_other(config: Path, tmp_path: Path, lir_tui: Run) -> None:
    other = tmp_path / "other.toml"
    other.write_text(config.read_text() + "[bankroll.stop_conditions]\nwin_limit = 50\n")
    done = lir_tui("compare", config, other)
    assert done.returncode == 0, done.stderr
    for words in ("mine", "other", "win_limit", "50.00", "Chance to leave ahead", "All exact."):
        assert words in done.stdout
    told = json.loads(lir_tui("compare", config, other, "--json").stdout)
    assert told["exact"] is True
    assert told["settings"] == {"bankroll.stop_conditions.win_limit": ["—", "50.00"]}
    first, second = told["configurations"]
    for measure in MEASURES:
        apart = second[measure.name] - first[measure.name]
        assert second["difference"][measure.name] == pytest.approx(apart, abs=1e-10)
    rows = list(csv.DictReader(StringIO(lir_tui("compare", config, other, "--csv").stdout)))
    assert len(rows) == 2 * len(MEASURES)
    assert float(rows[0]["value"]) == first["ahead"]


def test_beside_several_seats_all_is_simulated(config: Path, tmp_path: Path, lir_tui: Run) -> None:
    other = tmp_path / "other.toml"
    other.write_text(config.read_text() + "[table]\nnum_seats = 2\n")
    arguments = ("compare", config, other, "--sessions", 400)
    done = lir_tui(*arguments, "--show", "mean")
    text = " ".join(done.stdout.split())
    assert "Simulated, 400 each but not all with the same deals, seed 4" in text
    assert "other: These sessions are not solved exactly" in text
    assert "Chance" not in text.partition("Simulated")[0]
    told = json.loads(lir_tui(*arguments, "--json").stdout)
    assert told["sessions"] == 400
    low, high = told["configurations"][1]["difference"]["mean_interval"]
    assert low < told["configurations"][1]["difference"]["mean"] < high


def test_the_bankroll_for_a_chance_of_ruin(config: Path, lir_tui: Run) -> None:
    arguments = ("--vary", "starting_amount=15:500:5", "--at-most", "insufficient_funds=10%")
    done = lir_tui("find", config, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Least starting_amount with insufficient_funds at most 10.00 %")
    assert "Every one of 98 values was looked at." in done.stdout
    told = json.loads(lir_tui("find", config, *arguments, "--json").stdout)
    (answer,) = told["found"]
    before, found, after = answer["neighbours"]
    key = "bankroll.starting_amount"
    assert found == answer["cell"]
    steps = [cell["values"][key] - found["values"][key] for cell in (before, after)]
    assert steps == [-5, 5]
    assert before["insufficient_funds"] > 0.1 >= found["insufficient_funds"]
    everything = json.loads(lir_tui("sweep", config, *arguments[:2], "--json").stdout)["cells"]
    meeting = [cell for cell in everything if cell["insufficient_funds"] <= 0.1]
    assert meeting[0]["values"] == found["values"]


def test_of_a_long_grid_some_is_looked_at_unless_all_is_asked_for(
    config: Path, lir_tui: Run
) -> None:
    arguments = ("find", config, "--vary", "starting_amount=15:435:0.50")
    wanted = ("--at-most", "insufficient_funds=0.1", "--json")
    (some,) = json.loads(lir_tui(*arguments, *wanted).stdout)["found"]
    (whole,) = json.loads(lir_tui(*arguments, *wanted, "--every").stdout)["found"]
    assert some["looked_at"] < 130 < whole["looked_at"] == whole["of"] == some["of"] == 841
    assert some["cell"]["values"] == whole["cell"]["values"]
    values = [[cell["values"] for cell in each["neighbours"]] for each in (some, whole)]
    assert values[0] == values[1]
    assert "--every looks at all" in " ".join(lir_tui(*arguments, *wanted[:2]).stdout.split())


def test_the_limits_for_a_chance_to_leave_ahead(config: Path, lir_tui: Run) -> None:
    arguments = ("--vary", "loss_limit=50,100", "--vary", "win_limit=25:150:25")
    done = lir_tui("find", config, *arguments, "--at-least", "ahead=40%", "--greatest")
    assert done.returncode == 0
    assert "Greatest win_limit with ahead at least 40.00 %" in done.stdout
    wanted = ("--at-least", "ahead=0.4", "--greatest", "--json")
    told = json.loads(lir_tui("find", config, *arguments, *wanted).stdout)
    for loss_limit, answer in zip((50, 100), told["found"], strict=True):
        meeting = [win for win in range(25, 175, 25) if ahead_of(win, loss_limit) >= 0.4]
        found = answer["cell"]["values"]["bankroll.stop_conditions.win_limit"]
        assert found == max(meeting)
    assert told["highest_mean"]["ahead"] >= 0.4


def test_what_cannot_be_found_is_said_with_the_nearest(config: Path, lir_tui: Run) -> None:
    arguments = ("--vary", "win_limit=50:150:50", "--at-least", "ahead=99%")
    done = lir_tui("find", config, *arguments)
    assert done.returncode == 1
    assert "Nothing on the grid does, of 3 values looked at of 3" in done.stdout
    told = lir_tui("find", config, *arguments, "--json")
    assert told.returncode == 1
    assert json.loads(told.stdout)["found"][0]["cell"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sweep", "--vary", "win_limt=5"), "did you mean win_limit?"),
        (("sweep", "--vary", "win_limit=5", "--show", "aheda"), "did you mean ahead?"),
        (("sweep", "--vary", "win_limit=5", "--sessions", "5"), "allowed: 100 to 100,000,000"),
        (("sweep", "--vary", "win_limit=5", "--seed", "-1"), "simulation.random_seed"),
        (("sweep", "--vary", "win_limit=5", "--csv", "other.toml"), "ends in .csv"),
        (("sweep", "--vary", "win_limit=5", "--json", "--csv"), "--csv FILE.csv"),
        (
            ("sweep", "--vary", "win_limit=1:200:1", "--vary", "loss_limit=1:51:1"),
            "10,200 configurations; at most 10,000",
        ),
        (("sweep", "--vary", "starting_amount=1"), "no combination is a valid configuration"),
        (("compare",), "name two configurations or more"),
        (("find", "--vary", "win_limit=5"), "--at-most or --at-least"),
        (("find", "--vary", "win_limit=5", "--at-most", "ahead"), "MEASURE=NUMBER"),
        (("find", "--vary", "win_limit=5", "--at-least", "ahead=2"), "0% to 100%"),
    ],
)
def test_what_is_wrong_is_one_message(
    arguments: tuple[str, ...], words: str, config: Path, lir_tui: Run
) -> None:
    command, *rest = arguments
    done = lir_tui(command, config, *rest)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr


def test_a_csv_file_that_cannot_be_written_is_said(config: Path, lir_tui: Run) -> None:
    done = lir_tui("sweep", config, *LIMITS, "--csv", "/no/such/folder/map.csv")
    assert done.returncode == 1
    assert "there is no such folder" in done.stderr


def test_sweep_help_names_every_measure(lir_tui: Run) -> None:
    text = " ".join(lir_tui("sweep", "--help").stdout.split())
    for measure in MEASURES:
        assert measure.name in text


def test_the_main_process_never_loads_what_solves(config: Path) -> None:
    script = (
        "import sys; from let_it_ride.cli import main\n"
        "if __name__ == '__main__':\n"
        "    path = sys.argv[1]\n"
        "    main(['sweep', path, '--vary', 'num_seats=1,2', '--sessions', '200'])\n"
        "    main(['compare', path, 'martingale-chaser'])\n"
        "    main(['find', path, '--vary', 'win_limit=50', '--at-least', 'ahead=0.1'])\n"
        "    heavy = {'numba', 'scipy'} & set(sys.modules)\n"
        "    sys.exit(str(heavy) if heavy else 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(config)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_ends_a_sweep_with_its_processes(config: Path) -> None:
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "let_it_ride", "sweep", str(config), "--vary"),
            *("num_seats=2,3,4", "--sessions", "50000000"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    family = psutil.Process(process.pid)
    deadline = time.monotonic() + 60
    while len(family.children(recursive=True)) < 4 and time.monotonic() < deadline:
        time.sleep(0.05)
    children = family.children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert all_gone_soon(children)


def test_four_hundred_limits_are_solved_as_each_alone(config: Path, lir_tui: Run) -> None:
    axes = ("--vary", "win_limit=25:500:25", "--vary", "loss_limit=25:500:25")
    told = json.loads(lir_tui("sweep", config, *axes, "--json").stdout)
    assert len(told["cells"]) == 400
    assert all(cell["exact"] for cell in told["cells"])
    for number in range(0, 400, 37):
        cell = told["cells"][number]
        win, loss = cell["values"].values()
        assert (win, loss) == (25 * (number // 20 + 1), 25 * (number % 20 + 1))
        assert cell["ahead"] == pytest.approx(ahead_of(win, loss), abs=1e-10)


def test_a_goal_that_is_too_large_is_a_flaw_of_its_cell_and_stops_a_comparison(
    tmp_path: Path, lir_tui: Run
) -> None:
    small, large = tmp_path / "small.toml", tmp_path / "large.toml"
    small.write_text('simulation.hands_per_session = 5\nstrategy.type = "goal"\n')
    large.write_text('simulation.hands_per_session = 10_000\nstrategy.type = "goal"\n')
    done = lir_tui("sweep", small, "--vary", "hands_per_session=5,10000", "--table")
    assert done.returncode == 0, done.stderr
    assert "too large to work out" in " ".join(done.stdout.split())
    done = lir_tui("compare", small, large)
    assert (done.returncode, done.stdout) == (2, "")
    assert "too large to work out" in done.stderr
    done = lir_tui("odds", large, "--json")
    assert done.returncode == 0
    assert "Closer stop limits, fewer hands" in json.loads(done.stdout)["session_refusal"]
