"""The command line as its users type it: what it prints, where, and what it exits with."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from in_process import Run
from let_it_ride.analysis.agreement_service import ComparisonFailedError
from let_it_ride.config import FullConfig
from let_it_ride.config.fields import FieldInfo
from let_it_ride.config.index import every_entry
from let_it_ride.config.topics import GROUPS, TOPICS
from let_it_ride.plan import SessionPlan
from let_it_ride.planning import compile_plan
from process_family import SOON

LIR_TUI = (sys.executable, "-m", "let_it_ride")


SMALL = """\
[simulation]
num_sessions = 3000
workers = 2
random_seed = 11
verify = "full"

[bankroll.stop_conditions]
win_limit = 250
loss_limit = 200
"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.toml"
    path.write_text(SMALL)
    return path


def test_a_run_prints_its_summary_and_the_verdict(small: Path, lir_tui: Run) -> None:
    done = lir_tui("run", small)
    assert done.returncode == 0, done.stderr
    assert "EQUAL\n  all 3,000 sessions played again in sequence" in done.stdout
    for words in ("Ahead", "Behind", "Even", "Spread (sd)", "Win limit", "House edge", "z-score"):
        assert words in done.stdout
    assert "Playing: 3,000 of 3,000 sessions (100%)" in done.stderr


def test_json_is_one_object_on_standard_output_and_nothing_else(small: Path, lir_tui: Run) -> None:
    done = lir_tui("run", small, "--json")
    assert done.returncode == 0
    assert done.stderr == ""
    run = json.loads(done.stdout)
    assert list(run) == [
        "config",
        "round",
        "summary",
        "equivalence",
        "agreement",
        "digest",
        "workers",
        "timing",
        "provenance",
        "kept",
    ]
    assert run["round"]["house_edge_fraction"] == "37963/1082900"
    assert run["equivalence"]["equal"] is True
    assert run["equivalence"]["sessions_compared"] == 3000
    assert run["equivalence"]["digest_parallel"] == run["digest"]
    assert run["equivalence"]["digest_sequential"] == run["digest"]
    assert run["workers"] == 2
    assert run["config"]["simulation"]["random_seed"] == run["provenance"]["seed"] == 11
    summary = run["summary"]
    assert summary["cost_per_hour"] == pytest.approx(
        -summary["mean_profit"] / summary["mean_hands"] * 52
    )
    assert summary["mean_minutes"] == pytest.approx(summary["mean_hands"] * 60 / 52)
    assert summary["sessions"] == sum(summary["stop_reasons"].values()) == 3000
    shares = summary["win_rate"] + summary["loss_rate"] + summary["push_rate"]
    assert shares == pytest.approx(1)
    assert run["timing"]["rounds_per_second"] > run["timing"]["sessions_per_second"] > 0


def test_a_run_stands_beside_the_exact_law_and_agrees(small: Path, lir_tui: Run) -> None:
    done = lir_tui("run", small)
    assert done.returncode == 0, done.stderr
    assert "The run beside the exact law" in done.stdout
    assert "✓ AGREES WITH THE EXACT LAW" in done.stdout
    assert "Comparing with the exact law: 3,000 of 3,000 sessions (100%)" in done.stderr
    agreement = json.loads(lir_tui("run", small, "--json").stdout)["agreement"]
    assert agreement["agrees"] is True
    assert agreement["failed"] == []
    assert len(agreement["tests"]) == 8
    mean = next(each for each in agreement["comparisons"] if each["name"] == "mean_profit")
    law = json.loads(lir_tui("odds", small, "--json").stdout)["session"]
    assert mean["exact"] == law["mean_profit"]


def test_a_run_whose_sessions_cannot_be_solved_is_compared_in_its_hands(
    tmp_path: Path, lir_tui: Run
) -> None:
    path = tmp_path / "meter.toml"
    path.write_text(
        '[simulation]\nnum_sessions = 100\n[bonus_strategy]\ntype = "always"\n'
        '[paytables.bonus]\ntype = "paytable_c"\n'
    )
    done = lir_tui("run", path)
    assert done.returncode == 0, done.stderr
    assert "✓ AGREES WITH THE EXACT LAW" in done.stdout
    refusal = "Sessions are not compared. These sessions are not solved exactly: the meter"
    assert refusal in " ".join(done.stdout.split())


def test_a_kernel_that_pays_wrongly_is_told_loudly_and_is_a_failure(
    small: Path, tmp_path: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pays_three_for_two_pair(config: FullConfig, _watch: object) -> SessionPlan:
        generous = {"type": "custom", "two_pair": 3}
        dump = config.model_dump(mode="json", exclude_none=True)
        generously = FullConfig.model_validate({**dump, "paytables": {"main_game": generous}})
        return compile_plan(generously)

    # What plays is in this process; what solves is not.
    monkeypatch.setattr("let_it_ride.simulation.controller.compile_plan", pays_three_for_two_pair)
    done = lir_tui("run", small, "--workers", 1, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "✗ DOES NOT AGREE WITH THE EXACT LAW" in done.stdout
    assert "Profits: a chance of" in done.stdout
    assert "please report it with its seed, 11" in done.stdout
    written = json.loads((tmp_path / "out" / "run-summary.json").read_text())
    assert written["agreement"]["agrees"] is False
    assert "profits" in written["agreement"]["failed"]


def test_a_comparison_that_fails_leaves_the_results(
    small: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ComparisonFailedError("the comparison with the exact law was killed by SIGKILL")

    monkeypatch.setattr("let_it_ride.reports.reported_run.compare_apart", fail)
    done = lir_tui("run", small)
    assert done.returncode == 1
    assert "NOT COMPARED WITH THE EXACT LAW" in done.stdout
    assert "was killed by SIGKILL" in done.stdout
    run = json.loads(lir_tui("run", small, "--json").stdout)
    assert run["agreement"] is None
    assert "was killed by SIGKILL" in run["agreement_refusal"]


def test_options_change_the_configuration(small: Path, lir_tui: Run) -> None:
    done = lir_tui(
        "run", small, "--json", "--sessions", 500, "--workers", 3, "--seed", 5, "--verify", "off"
    )
    run = json.loads(done.stdout)
    assert run["config"]["simulation"] | {"progress_interval": 0} == {
        "num_sessions": 500,
        "hands_per_session": 200,
        "random_seed": 5,
        "workers": 3,
        "progress_interval": 0,
        "verify": "off",
        "generator": "xoshiro256++",
        "record_hands": 0,
    }
    assert run["summary"]["sessions"] == 500
    assert run["equivalence"] is None


def test_the_digest_does_not_depend_on_the_workers(small: Path, lir_tui: Run) -> None:
    digests = {
        json.loads(lir_tui("run", small, "--json", "--workers", workers).stdout)["digest"]
        for workers in (1, 2, 5)
    }
    assert len(digests) == 1


def test_quiet_says_nothing_on_standard_error(small: Path, lir_tui: Run) -> None:
    done = lir_tui("run", small, "--quiet")
    assert done.stderr == ""
    assert "EQUAL" in done.stdout


def test_output_writes_the_sessions_and_the_run(small: Path, tmp_path: Path, lir_tui: Run) -> None:
    directory = tmp_path / "new" / "results"
    done = lir_tui("run", small, "--json", "--output", directory)
    assert done.returncode == 0
    printed = json.loads(done.stdout)
    assert printed.pop("kept")
    written = json.loads((directory / "run-summary.json").read_text())
    assert written.pop("repeat") == "lir-tui run run-config.toml"
    assert written == printed
    with (directory / "run-sessions.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["session"]) for row in rows] == list(range(3000))
    profits = [float(row["profit"]) for row in rows]
    summary = printed["summary"]
    assert sum(profits) / 3000 == pytest.approx(summary["mean_profit"])
    assert sum(profit > 0 for profit in profits) == summary["won"]
    assert sum(int(row["hands"]) for row in rows) == summary["rounds"]
    assert profits.index(min(profits)) == summary["min_profit_session"]
    assert profits.index(max(profits)) == summary["max_profit_session"]
    assert {row["stop_reason"] for row in rows} == set(summary["stop_reasons"])
    assert all(re.fullmatch(r"-?\d+\.\d\d", row["profit"]) for row in rows)


def test_a_preset_can_be_run_by_its_name(lir_tui: Run) -> None:
    listed = lir_tui("config", "new", "--list").stdout.splitlines()
    assert len(listed) >= 8
    name = listed[0].split()[0]
    done = lir_tui("run", name, "--json", "--sessions", 100)
    assert json.loads(done.stdout)["summary"]["sessions"] == 100


def test_odds_are_a_readable_report(small: Path, lir_tui: Run) -> None:
    done = lir_tui("odds", small)
    assert done.returncode == 0
    for words in ("37963/1082900", "3.505679 %", "royal flush", "1000 : 1", "51,979,200"):
        assert words in done.stdout


def test_odds_say_what_the_decisions_cost(small: Path, lir_tui: Run) -> None:
    assert "as good as best play" in lir_tui("odds", small).stdout
    small.write_text('[strategy]\ntype = "always_ride"\n')
    report = lir_tui("odds", small).stdout
    assert "108.311201 % of the base bet below best play, $281.61 an hour" in report
    assert "2 rides" in report
    assert "no pair and no draw" in report
    assert sum(line.startswith(("│ 1 rides", "│ 2 rides")) for line in report.splitlines()) == 16
    found = json.loads(lir_tui("odds", small, "--json").stdout)["round"]
    assert len(found["deviations"]) == 16
    assert found["deviations_cost"] == pytest.approx(1.08311201, abs=5e-9)


def test_a_formula_that_cannot_be_read_is_named_with_its_column(small: Path, lir_tui: Run) -> None:
    small.write_text('[strategy]\ntype = "custom"\nbet1_rules = [{ when = "has_pear" }]\n')
    done = lir_tui("odds", small)
    assert done.returncode == 2
    assert "strategy.bet1_rules[0].when: unknown variable at column 1" in done.stderr
    assert "did you mean has_pair?" in done.stderr


def test_odds_tell_what_a_session_brings(lir_tui: Run, tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text("[bankroll.stop_conditions]\nwin_limit = 250\nloss_limit = 200\n")
    session = json.loads(lir_tui("odds", path, "--json").stdout)["session"]
    # By an independent convolution (see the tests of the solver).
    assert session["win_probability"] == pytest.approx(0.3124371864, abs=1e-10)
    assert sum(session["stop_reasons"].values()) == pytest.approx(1, abs=1e-12)
    assert session["error_bound"] < 1e-9
    report = lir_tui("odds", path).stdout
    assert "31.2437 %" in report
    assert "Win limit reached" in report
    assert max(map(len, report.splitlines())) <= 80


def test_odds_draw_what_a_session_brings(lir_tui: Run, tmp_path: Path) -> None:
    path = tmp_path / "limits.toml"
    path.write_text("[bankroll.stop_conditions]\nwin_limit = 250\nloss_limit = 200\n")
    report = lir_tui("odds", path).stdout.splitlines()
    start = next(n for n, line in enumerate(report) if line.startswith("Profit of a session, $"))
    *rows, axis, labels, words = report[start + 1 : start + 12]
    assert len(rows) == 8
    assert all("⣿" in row or "≈" in row for row in rows)
    assert "█" in rows[-1]
    assert axis.count("┴") == 4
    assert labels.split() == ["L", "−$200", "M", "0", "W", "+$250"]
    assert words.startswith(" L loss limit · W win limit · M mean · ≈ cut off, up to ")
    assert max(map(len, report[start:])) <= 80


def test_odds_say_why_a_session_is_not_solved(lir_tui: Run, tmp_path: Path) -> None:
    path = tmp_path / "table.toml"
    path.write_text("[table]\nnum_seats = 4\n")
    told = json.loads(lir_tui("odds", path, "--json").stdout)
    assert told["session"] is None
    assert "share cards" in told["session_refusal"]
    assert told["session_refusal"].endswith("F5 or lir-tui run simulates them.")
    assert told["round"]["house_edge"] > 0
    assert "share cards" in lir_tui("odds", path).stdout.replace("\n", " ")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_odds_that_take_long_say_how_long_and_end_in_order(
    tmp_path: Path, number: int, code: int
) -> None:
    path, temporary = tmp_path / "long.toml", tmp_path / "temporary"
    path.write_text('[bankroll.betting_system]\ntype = "dalembert"\n')
    temporary.mkdir()
    # Where the tests themselves are to outlive the terminal it is ignored, which is passed on.
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    process = subprocess.Popen(
        [*LIR_TUI, "odds", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    )
    signal.signal(signal.SIGHUP, before)
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Solving the sessions takes "):
            break
    process.send_signal(number)
    began = time.monotonic()
    output, errors = process.communicate(timeout=120)
    assert process.returncode == code
    assert (output, errors) == ("", "")
    assert not list(temporary.glob("lir-tui-*"))
    assert time.monotonic() - began < SOON


def test_odds_as_json(small: Path, lir_tui: Run) -> None:
    odds = json.loads(lir_tui("odds", small, "--json").stdout)["round"]
    assert odds["house_edge"] == pytest.approx(37963 / 1082900, rel=1e-15)
    assert odds["mean_bets"] == pytest.approx(1.227430, abs=5e-7)
    assert odds["standard_deviation"] == pytest.approx(5.161422, abs=5e-7)
    assert odds["bonus_house_edge"] == pytest.approx(0.044887, abs=5e-7)
    assert odds["cost_per_hour"] == pytest.approx(37963 / 1082900 * 5 * 52)


def test_every_preset_is_a_valid_configuration_that_can_be_run(
    tmp_path: Path, lir_tui: Run
) -> None:
    for line in lir_tui("config", "new", "--list").stdout.splitlines():
        name = line.split()[0]
        file = tmp_path / f"{name}.toml"
        assert lir_tui("config", "new", name, "--output", file).returncode == 0
        assert lir_tui("config", "check", file).returncode == 0
        done = lir_tui("run", file, "--sessions", 100, "--workers", 2, "--verify", "full", "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["equivalence"]["equal"] is True


def test_the_reference_has_every_setting_with_default_and_bounds_in_eighty_columns(
    lir_tui: Run,
) -> None:
    done = lir_tui("explain", "--settings")
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    *blocks, topics = done.stdout.split("\n\n")
    for entry, block in zip(every_entry(), blocks, strict=True):
        field, said = entry.what, " ".join(block.split())
        assert ".".join(entry.key) in block.splitlines()[0]
        assert f"{field.label}: {field.help}" in said
        if not isinstance(field, FieldInfo) or field.kind in {"section", "union"}:
            continue
        assert f"Allowed: {field.allowed}" in said
        bounds = [_number(text) for text in re.findall(r"-?[\d,]*\d(?:\.\d+)?", field.allowed)]
        if field.maximum is not None:
            assert bounds[-1] == field.maximum
        if field.kind in {"money", "number", "integer"}:
            assert bounds[-2] == field.minimum
            assert field.unit is None or f"Unit: {field.unit}" in said
        default = re.search(r"Default: (\S+)", said)
        if field.default is None:
            assert f"Left out: {field.absent}" in said
        elif isinstance(field.default, Decimal | int) and not isinstance(field.default, bool):
            assert default is not None
            assert _number(default[1]) == field.default
        else:
            assert default is not None
        assert all(f'"{each.name}": {each.help}' in said for each in field.choices)
    assert topics.startswith("See also the topics money, betting,")


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def test_a_key_is_explained_with_the_text_about_it(lir_tui: Run) -> None:
    done = lir_tui("explain", "bankroll.betting_system.martingale.max_progressions")
    assert done.stdout.splitlines()[:7] == [
        "bankroll.betting_system.max_progressions",
        "    With type: martingale",
        "    Steps: How many steps the progression has, the base bet being the first.",
        "    Default: 6   Unit: steps",
        "    Allowed: a whole number from 1 to 100",
        "",
        "Betting systems (betting)",
    ]
    assert "back to step 0 where at_limit is" in done.stdout
    assert "fibonacci" not in done.stdout


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("bet_increment", "Left out: the largest of 1.00, 0.50, 0.25, 0.05 and 0.01"),
        ("starting_amount", "Default: 500.00 Unit: $"),
        ("num_sessions", "Default: 1,000,000 Unit: sessions"),
        ("verify", 'Default: "auto" Allowed:'),
        ("verify", '"full": Every session, however many.'),
        ("steps.steps", "Default: [{}]"),
        ("formats", "Default: []"),
        ("main_game.flush", "Default: 8 Unit: to one"),
        ("betting_system", 'Default: type = "flat"'),
        ("flat", 'bankroll.betting_system.type = "flat"'),
        ("max_bet", "With type: martingale, reverse_martingale, paroli"),
        ("strategy", "See also the topics expressions, goals, rules."),
        ("money", "Money and when a session ends (money)"),
    ],
)
def test_an_explanation_says_in_words(key: str, words: str, lir_tui: Run) -> None:
    done = lir_tui("explain", key)
    assert done.returncode == 0
    assert words in " ".join(done.stdout.split())


def test_topics_are_listed_in_groups_in_eighty_columns(lir_tui: Run) -> None:
    done = lir_tui("explain")
    assert max(map(len, done.stdout.splitlines())) <= 80
    *groups, hint = done.stdout.split("\n\n")
    told = {title: lines for title, *lines in map(str.splitlines, groups)}
    assert {title: [line.split()[0] for line in lines] for title, lines in told.items()} == {
        title: list(names) for title, names in GROUPS.items()
    }
    assert "lir-tui explain NAME" in hint
    assert lir_tui("explain", "--settings", "money").returncode == 2


def test_a_topic_is_named_in_several_words(lir_tui: Run) -> None:
    done = lir_tui("explain", "exit", "codes")
    assert done.stdout.startswith("Exit codes (exit-codes)\n")


def test_an_explanation_as_json(lir_tui: Run) -> None:
    told = json.loads(lir_tui("explain", "martingale.max_bet", "--json").stdout)
    (setting,) = told["settings"]
    assert setting["paths"] == ["bankroll.betting_system.martingale.max_bet"]
    assert (setting["default"], setting["minimum"], setting["maximum"]) == (500, 0.01, 1_000_000)
    assert told["texts"][0]["topic"] == "betting"
    everything = json.loads(lir_tui("explain", "--json").stdout)
    assert len(everything["settings"]) > 150
    assert [text["topic"] for text in everything["texts"]] == list(TOPICS)


class TestWhatIsWrong:
    """Each gives one clear message, no traceback, and exit code 2."""

    @pytest.fixture(autouse=True)
    def _with(self, tmp_path: Path, lir_tui: Run) -> None:
        self.path = tmp_path / "wrong.toml"
        self.lir_tui = lir_tui

    def check(self, text: str | bytes, *words: str) -> None:
        self.path.write_bytes(text.encode() if isinstance(text, str) else text)
        for command in ("run", "odds"):
            self.check_command((command, self.path), *words)
        self.check_command(("config", "check", self.path), *words)

    def check_command(self, arguments: tuple[object, ...], *words: str) -> None:
        done = self.lir_tui(*arguments)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) <= 2
        for word in words:
            assert word in done.stderr

    def test_a_wrong_key(self) -> None:
        self.check("[bankroll]\nbase_bett = 5\n", "wrong.toml:2", "base_bet")

    def test_a_wrong_type(self) -> None:
        self.check('[bankroll]\nbase_bet = "five"\n', "wrong.toml:2", "bankroll.base_bet")

    def test_a_syntax_error(self) -> None:
        self.check("[bankroll\n", "wrong.toml:1")

    def test_a_missing_file(self, tmp_path: Path) -> None:
        self.check_command(("run", tmp_path / "nowhere.toml"), "nowhere.toml")

    def test_a_directory(self, tmp_path: Path) -> None:
        self.check_command(("run", tmp_path), "directory")

    def test_a_binary_file(self) -> None:
        self.check(bytes(range(256)), "UTF-8")

    def test_a_hundred_megabytes(self, tmp_path: Path) -> None:
        path = tmp_path / "huge.toml"
        with path.open("wb") as file:
            file.truncate(100 << 20)
        self.check_command(("run", path), "too large")

    def test_ten_thousand_levels(self) -> None:
        self.check(f"a = {'[' * 10_000}{']' * 10_000}\n", "wrong.toml:1")

    def test_an_option_out_of_bounds(self, small: Path) -> None:
        self.check_command(("run", small, "--sessions", 0), "simulation.num_sessions")
        self.check_command(("run", small, "--seed", -1), "simulation.random_seed")
        self.check_command(("run", small, "--workers", 1000), "1 to 256")

    @pytest.mark.skipif(os.getuid() == 0, reason="nothing is forbidden to root")
    def test_an_output_directory_without_permission(self, small: Path, tmp_path: Path) -> None:
        forbidden = tmp_path / "forbidden"
        forbidden.mkdir(mode=0o500)
        self.check_command(("run", small, "--output", forbidden), "not permitted")

    def test_an_output_directory_that_is_a_file(self, small: Path) -> None:
        self.check_command(("run", small, "--output", small), "small.toml")
        self.check_command(("run", small, "--output", small / "in it"), "small.toml")

    def test_a_new_configuration_never_replaces_a_file(self, small: Path) -> None:
        self.check_command(("config", "new", "--output", small), "there is a file of this name")
        assert small.read_text() == SMALL

    def test_an_unknown_preset_suggests_one(self) -> None:
        name = self.lir_tui("config", "new", "--list").stdout.split()[0]
        self.check_command(("config", "new", name[:-1]), name)

    def test_an_unknown_key_suggests_one(self) -> None:
        self.check_command(("explain", "bankroll.base_bett"), "bankroll.base_bet")
        self.check_command(("explain", "nothing at all"), "nothing at all")

    def test_the_app_without_a_terminal(self) -> None:
        self.check_command((), "terminal")


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
@pytest.mark.parametrize("moment", ["Playing: ", "Verifying"])
def test_a_signal_ends_a_run_in_order(
    number: signal.Signals, code: int, moment: str, small: Path
) -> None:
    # Played to their end, the sessions take far longer than what ends at once.
    sessions = 40_000_000 if moment == "Playing: " else 2_500_000
    process = subprocess.Popen(
        [*LIR_TUI, "run", str(small), "--sessions", str(sessions), "--forget"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(moment):
            break
    time.sleep(0.2)
    process.send_signal(number)
    began = time.monotonic()
    _, errors = process.communicate(timeout=120)
    assert process.returncode == code
    assert "Traceback" not in errors
    if moment == "Playing: ":
        assert "cancelled after" in errors
        assert time.monotonic() - began < SOON


def test_version_and_help_import_nothing_heavy() -> None:
    script = (
        "import sys; from let_it_ride.cli import main\n"
        "try: main(['run', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numba', 'numpy', 'pydantic', 'textual', 'rich', 'tomlkit', 'multiprocessing'}\n"
        "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_reader_that_stops_reading_is_no_error() -> None:
    done = subprocess.run(
        f"{sys.executable} -m let_it_ride config new | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_a_user_without_a_home_is_no_obstacle(
    small: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_home(_name: str) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr("platformdirs.user_cache_path", no_home)
    monkeypatch.setattr("platformdirs.user_config_path", no_home)
    assert lir_tui("odds", small).returncode == 0
    assert lir_tui("run", small, "--workers", 1).returncode == 0


def test_an_interrupt_while_files_are_written_says_that_they_are_not(
    small: Path, tmp_path: Path
) -> None:
    process = subprocess.Popen(
        [
            *(*LIR_TUI, "run", str(small), "--sessions", "1000000", "--verify", "off"),
            *("--output", str(tmp_path / "out")),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("Writing"):
            break
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Profit of a session" in output
    assert "writing was cancelled" in errors
    assert {file.name for file in (tmp_path / "out").iterdir()} == {
        "run-config.toml",
        "run-report.html",
        "run-summary.json",
    }
