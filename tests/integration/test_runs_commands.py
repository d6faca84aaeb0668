"""The commands for runs that are kept: what they print, what they change, what they exit with."""

import csv
import io
import json
import os
import re
import shutil
import signal
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from in_process import Run
from let_it_ride import files
from let_it_ride.config import FullConfig, save_config
from let_it_ride.history import History
from let_it_ride.plan import SessionPlan
from let_it_ride.simulation.controller import SimulationController
from let_it_ride.simulation.errors import NoRoomError, RunCancelledError
from let_it_ride.simulation.progress import Phase, RunProgress
from let_it_ride.simulation.run_identity import RunIdentity
from let_it_ride.simulation.run_lock import RunLock
from let_it_ride.simulation.run_outcome import RunOutcome
from written_runs import write_json, write_run

FIRST, SECOND, CUT = "20261126-080000-flat", "20261127-080000-chaser", "20261128-080000-cut"


def configuration(**settings: object) -> FullConfig:
    simulation = {"num_sessions": 2000, "hands_per_session": 50, "random_seed": 7, "workers": 1}
    return FullConfig.model_validate({"simulation": simulation} | settings)


FLAT = configuration()
CHASER = configuration(bankroll={"betting_system": {"type": "martingale"}})


@pytest.fixture(scope="module")
def digests() -> dict[str, str]:
    return {}


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, digests: dict[str, str]) -> Path:
    """Two complete runs and one that was cancelled, which is of the first one's configuration."""
    root = tmp_path_factory.mktemp("played")
    for run, config in ((FIRST, FLAT), (SECOND, CHASER)):
        digests[run] = SimulationController(config, directory=root / run).run().digest

    def cancel(progress: RunProgress) -> None:
        if progress.phase is Phase.PLAYING and 0 < progress.completed < progress.total:
            controller.cancel()

    controller = SimulationController(FLAT, cancel, root / CUT)
    with pytest.raises(RunCancelledError):
        controller.run()
    for number, run in enumerate((FIRST, SECOND, CUT), start=26):
        begun = json.loads((root / run / "run.json").read_text())
        write_json(root / run / "run.json", begun | {"started": f"2026-11-{number}T08:00:00+00:00"})
    return root


@pytest.fixture
def root(played: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own runs: a copy of those that were played."""
    monkeypatch.setenv("COLUMNS", "80")
    root = files.data_directory() / "runs"
    shutil.copytree(played, root)
    return root


@pytest.fixture
def flat_file(tmp_path: Path) -> Path:
    path = tmp_path / "flat.toml"
    save_config(FLAT, path)
    return path


def listed(lir_tui: Run) -> list[str]:
    return [run["id"] for run in json.loads(lir_tui("runs", "--json").stdout)]


def test_the_list_reads_well_in_80_columns(root: Path, lir_tui: Run) -> None:
    lir_tui("runs", "pin", FIRST)
    lir_tui("runs", "rename", SECOND, "a name that is much longer than there is room for in a line")
    done = lir_tui("runs")
    assert done.returncode == 0
    heading, cut, *others, room = done.stdout.splitlines()
    assert heading.split() == ["run", "name", "sessions", "ahead", "mean", "state", "size"]
    assert re.match(r"20261128-080000 cut +2,000 +— +— \d+ % played +\d+ kB$", cut)
    assert re.match(r"20261127-080000 a name that", others[0])
    assert re.match(
        r"20261126-080000 \* flat +2,000 +\d\d\.\d\d % +−\$\d+\.\d\d complete +\d", others[-1]
    )
    assert re.match(r"3 runs, \d\.?\d* MB of 10 GB", room)
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_names_of_any_width_leave_the_columns_where_they_are(
    root: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lir_tui("runs", "rename", FIRST, "名前" * 20)
    lir_tui("runs", "rename", SECOND, "[bold]short")
    for columns in (80, 100, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        heading, *runs = lir_tui("runs").stdout.splitlines()[:-1]
        assert len(runs) == 3
        assert "[bold]short " in runs[1]
        assert ("…" in runs[2]) == (columns < 200)
        assert {cell_len(line) for line in runs} == {cell_len(heading)}
        assert cell_len(heading) == columns if columns < 140 else cell_len(heading) < columns
        assert len({cell_len(line[: line.index(" 2,000")]) for line in runs}) == 1


def test_on_a_terminal_the_list_has_colours(
    root: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = lir_tui("runs").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    heading, cut, complete, *_ = lir_tui("runs").stdout.splitlines()
    assert heading.startswith("\x1b[1mrun")
    assert re.search(r"\x1b\[33m\d+ % played *\x1b\[0m", cut)
    assert complete in plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[33m" not in lir_tui("runs").stdout


def test_the_list_as_json_has_what_the_runs_say(
    root: Path, lir_tui: Run, digests: dict[str, str]
) -> None:
    cut, second, first = json.loads(lir_tui("runs", "--json").stdout)
    assert (cut["id"], cut["state"], cut["digest"]) == (CUT, "unfinished", None)
    assert 0 < cut["finished_share"] < 1
    assert (first["id"], first["digest"]) == (FIRST, digests[FIRST])
    assert (second["id"], second["digest"]) == (SECOND, digests[SECOND])
    summary = json.loads(lir_tui("runs", "show", FIRST, "--json").stdout)["summary"]
    assert first["ahead"] == summary["win_rate"]
    assert first["mean_profit"] == pytest.approx(summary["mean_profit"])


def test_without_runs_the_list_says_how_to_get_one(lir_tui: Run) -> None:
    assert "'lir-tui run CONFIG' keeps what it plays" in lir_tui("runs").stdout
    assert json.loads(lir_tui("runs", "--json").stdout) == []


def test_names_from_files_cannot_drive_the_terminal(root: Path, lir_tui: Run) -> None:
    write_json(root / FIRST / "about.json", {"name": "\x1b]0;mine\x07[bold]red", "pinned": False})
    done = lir_tui("runs")
    assert "\x1b" not in done.stdout
    assert "\\x1b]0;" in done.stdout


def test_a_run_is_kept_and_shown_again(flat_file: Path, lir_tui: Run) -> None:
    ran = json.loads(lir_tui("run", flat_file, "--json").stdout)
    [entry] = json.loads(lir_tui("runs", "--json").stdout)
    assert re.fullmatch(r"\d{8}-\d{6}-flat", entry["id"])
    assert entry["name"] == "flat"  # as the file
    assert (ran["kept"], ran["digest"]) == (entry["id"], entry["digest"])
    shown = lir_tui("runs", "show", "last", "--json")
    assert shown.returncode == 0
    assert json.loads(shown.stdout) == ran
    printed = lir_tui("run", flat_file)
    assert printed.stdout.splitlines()[-1].startswith(f"kept: {listed(lir_tui)[0]}")


def test_a_run_is_called_what_its_configuration_is_called(flat_file: Path, lir_tui: Run) -> None:
    flat_file.write_text('[metadata]\nname = "Été au lac"\n' + flat_file.read_text())
    lir_tui("run", flat_file, "--quiet", "--sessions", 100)
    [entry] = json.loads(lir_tui("runs", "--json").stdout)
    assert (entry["id"][15:], entry["name"]) == ("-ete-au-lac", "Été au lac")


def test_a_run_that_is_to_be_forgotten_is(flat_file: Path, lir_tui: Run) -> None:
    done = lir_tui("run", flat_file, "--json", "--forget")
    assert json.loads(done.stdout)["kept"] is None
    assert listed(lir_tui) == []


def test_a_run_that_cannot_begin_leaves_nothing(
    flat_file: Path, tmp_path: Path, lir_tui: Run
) -> None:
    (tmp_path / "file").touch()
    done = lir_tui("run", flat_file, "--output", tmp_path / "file" / "results")
    assert done.returncode == 2
    assert list((files.data_directory() / "runs").glob("2*")) == []


def test_a_run_that_there_is_no_room_for_leaves_nothing(
    flat_file: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(flat_file)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    done = lir_tui("run", flat_file, "--quiet")
    assert done.returncode == 1
    assert "no room" in done.stderr
    assert "resume" not in done.stderr
    assert list((files.data_directory() / "runs").glob("2*")) == []


def test_where_nothing_can_be_kept_a_run_is_played_all_the_same(
    flat_file: Path, lir_tui: Run
) -> None:
    files.data_directory().parent.mkdir(exist_ok=True)
    files.data_directory().touch()
    done = lir_tui("run", flat_file, "--json", "--sessions", 100)
    assert done.returncode == 0
    assert "lir-tui: this run is not kept: " in done.stderr
    assert json.loads(done.stdout)["kept"] is None


def test_resuming_gives_the_run_that_was_never_interrupted(
    root: Path, lir_tui: Run, digests: dict[str, str]
) -> None:
    done = lir_tui("resume", "--json")
    assert done.returncode == 0, done.stderr
    run = json.loads(done.stdout)
    assert (run["kept"], run["digest"]) == (CUT, digests[FIRST])
    assert {each["id"]: each["state"] for each in json.loads(lir_tui("runs", "--json").stdout)} == {
        FIRST: "complete",
        SECOND: "complete",
        CUT: "complete",
    }
    done = lir_tui("resume")
    assert (done.returncode, done.stderr) == (
        2,
        "lir-tui: no run is unfinished; see 'lir-tui runs'\n",
    )


def test_a_run_that_is_interrupted_says_how_to_go_on(
    flat_file: Path,
    lir_tui: Run,
    monkeypatch: pytest.MonkeyPatch,
    played: Path,
    digests: dict[str, str],
) -> None:
    def interrupt(plan: SessionPlan, *_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        raise RunCancelledError(100, plan.table_count)

    with monkeypatch.context() as patch:
        patch.setattr("let_it_ride.simulation.controller.play_sequentially", interrupt)
        done = lir_tui("run", flat_file, "--quiet")
    [run] = listed(lir_tui)
    assert done.returncode == 130
    assert done.stderr == (
        f"lir-tui: cancelled after 100 of 2,000 sessions; 'lir-tui resume {run}' goes on with it\n"
    )
    assert json.loads(lir_tui("resume", "--json").stdout)["digest"] == digests[FIRST]


def test_a_run_that_another_program_plays_is_left_to_it(root: Path, lir_tui: Run) -> None:
    lock = RunLock(root / CUT)
    for command in (("resume", CUT), ("runs", "delete", CUT, "--yes")):
        done = lir_tui(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
        assert "play" in done.stderr
        assert "goes on" not in done.stderr
    done = lir_tui("runs", "verify", CUT)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"lir-tui: {CUT} is being played; wait until it has come to its end\n"
    assert "running" in lir_tui("runs").stdout
    lock.release()
    assert "running" not in lir_tui("runs").stdout


def test_a_run_that_fails_says_how_to_go_on(
    flat_file: Path, lir_tui: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NoRoomError(Path("/disk"))

    monkeypatch.setattr("let_it_ride.simulation.controller.play_sequentially", fail)
    done = lir_tui("run", flat_file, "--quiet")
    [run] = listed(lir_tui)
    assert done.returncode == 1
    assert done.stderr == (
        "lir-tui: /disk: there is no room left on this disk for the run;"
        f" 'lir-tui resume {run}' goes on with it\n"
    )


@pytest.mark.parametrize("workers", ["0", "-2", "257", "1e1", "many"])
def test_a_run_is_resumed_by_no_impossible_number_of_workers(
    root: Path, lir_tui: Run, workers: str
) -> None:
    done = lir_tui("resume", CUT, f"--workers={workers}")
    assert done.returncode == 2
    assert "is not a number of workers from 1 to 256, or auto" in done.stderr
    if workers.lstrip("-").isdigit():
        with pytest.raises(ValueError, match="1 to 256"):
            SimulationController.resume(root / CUT, workers=int(workers))


def test_resuming_writes_what_is_asked_for(root: Path, tmp_path: Path, lir_tui: Run) -> None:
    done = lir_tui("resume", CUT, "--quiet", "--workers", 2, "--output", tmp_path / "results")
    assert done.returncode == 0, done.stderr
    assert "EQUAL" in done.stdout
    lines = (tmp_path / "results" / "run-sessions.csv").read_text().splitlines()
    assert len(lines) == 2001


@pytest.mark.parametrize("action", [("runs", "show"), ("export",), ("runs", "compare", FIRST)])
def test_what_needs_results_says_how_to_get_them(
    root: Path, lir_tui: Run, action: tuple[str, ...]
) -> None:
    done = lir_tui(*action, CUT)
    assert done.returncode == 1
    assert f"{CUT} has not come to its end; 'lir-tui resume {CUT}' goes on" in done.stderr


def test_a_damaged_run_is_listed_and_can_only_be_deleted(root: Path, lir_tui: Run) -> None:
    for name in ("run.json", "spare.json"):
        (root / FIRST / name).write_text("{")
    assert "damaged" in lir_tui("runs").stdout
    done = lir_tui("runs", "show", FIRST)
    assert done.returncode == 1
    assert f"'lir-tui runs delete {FIRST}'" in done.stderr
    for action in (("verify",), ("replay", "--session", "3")):
        done = lir_tui("runs", *action, FIRST)
        assert (done.returncode, done.stdout) == (1, "")
        assert "run.json" in done.stderr
    lir_tui("runs", "delete", FIRST, "--yes")
    assert FIRST not in listed(lir_tui)


def test_a_whole_run_is_verified(root: Path, lir_tui: Run, digests: dict[str, str]) -> None:
    done = lir_tui("runs", "verify", FIRST, "--quiet")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == f"digest {digests[FIRST]}"
    assert done.stderr == ""


def test_a_run_that_was_not_checked_is_marked_and_checked_by_verifying(lir_tui: Run) -> None:
    parallel = {"num_sessions": 2000, "hands_per_session": 50, "random_seed": 7, "workers": 2}

    def cancel(progress: RunProgress) -> None:
        if progress.phase is Phase.VERIFYING:
            controller.cancel()

    directory = files.data_directory() / "runs" / FIRST
    controller = SimulationController(
        FullConfig.model_validate({"simulation": parallel}), cancel, directory
    )
    assert controller.run().equivalence is None
    shown = lir_tui("runs").stdout
    assert "not checked" in shown
    assert "complete" not in shown
    assert f"'lir-tui runs verify {FIRST}'" in lir_tui("runs", "show", FIRST, "--quiet").stdout
    done = lir_tui("runs", "verify", FIRST, "--quiet")
    assert done.returncode == 0
    assert "✓ EQUAL\nall 2,000 sessions played again in sequence" in done.stdout
    shown = lir_tui("runs").stdout
    assert "complete" in shown
    assert "verify" not in shown
    (told,) = json.loads(lir_tui("runs", "--json").stdout)
    assert told["equivalence"] == "equal"


def test_a_changed_bit_is_found_and_mended_by_resuming(
    root: Path, lir_tui: Run, digests: dict[str, str]
) -> None:
    sessions = root / FIRST / "sessions.bin"
    data = bytearray(sessions.read_bytes())
    data[len(data) // 2] ^= 4
    sessions.write_bytes(data)
    done = lir_tui("runs", "verify", FIRST, "--quiet")
    assert done.returncode == 1
    assert re.search(r"not whole: \d+ sessions are missing or damaged", done.stderr)
    resumed = json.loads(lir_tui("resume", FIRST, "--json").stdout)
    assert resumed["digest"] == digests[FIRST]
    assert lir_tui("runs", "verify", FIRST).returncode == 0


def test_a_changed_seed_is_found_and_mended_by_resuming(root: Path, lir_tui: Run) -> None:
    seeds = root / FIRST / "seeds.bin"
    written = seeds.read_bytes()
    seeds.write_bytes(written[:-1] + bytes([written[-1] ^ 1]))
    done = lir_tui("runs", "verify", FIRST, "--quiet")
    assert done.returncode == 1
    assert "its seeds are not as they were written" in done.stderr
    shown = lir_tui("runs", "show", FIRST).stdout
    assert re.search(r"Went wrong +1 +mended; the run's log tells what", shown)
    assert "the seeds were not as they had been written" in (root / FIRST / "log").read_text()
    assert seeds.read_bytes() == written
    assert lir_tui("runs", "verify", FIRST).returncode == 0


def test_a_damaged_run_json_of_a_whole_run_changes_nothing(
    root: Path, lir_tui: Run, digests: dict[str, str]
) -> None:
    before = listed(lir_tui)
    (root / FIRST / "run.json").write_text("{")
    assert sorted(listed(lir_tui)) == sorted(before)
    assert "damaged" not in lir_tui("runs").stdout
    assert json.loads(lir_tui("runs", "show", FIRST, "--json").stdout)["digest"] == digests[FIRST]


def test_another_digest_than_the_recorded_one_is_told(root: Path, lir_tui: Run) -> None:
    mark = RunIdentity.read(root / FIRST).mark
    ended = RunOutcome.read(root / FIRST, mark)
    assert ended is not None
    replace(ended, digest="ab" * 32).write(root / FIRST, mark)
    done = lir_tui("runs", "verify", FIRST, "--quiet")
    assert done.returncode == 1
    assert f"its digest was {'ab' * 32} and is " in done.stderr


def test_a_run_of_another_configuration_is_refused(root: Path, lir_tui: Run) -> None:
    shutil.copy(root / SECOND / "config.json", root / FIRST / "config.json")
    assert lir_tui("runs", "verify", FIRST).returncode == 0  # by the copy of its own
    (root / FIRST / "spare.json").unlink()
    for action in (("verify",), ("show",), ("replay", "--session", "3")):
        done = lir_tui("runs", *action, FIRST)
        assert (done.returncode, done.stdout) == (1, "")
        word = "replayed" if action[0] == "replay" else "read"
        assert f"this run cannot be {word} (configuration" in done.stderr


def test_exported_files_are_those_that_the_run_would_have_written(
    root: Path, flat_file: Path, tmp_path: Path, lir_tui: Run
) -> None:
    done = lir_tui(
        "export", FIRST, "--format", "csv", "--format", "json", "--output", tmp_path / "kept"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("written: ") == 5
    lir_tui("run", flat_file, "--quiet", "--output", tmp_path / "now")
    name = "run-sessions.csv"
    assert (tmp_path / "kept" / name).read_text() == (tmp_path / "now" / name).read_text()
    summary = json.loads((tmp_path / "kept" / "run-summary.json").read_text())["summary"]
    assert summary["sessions"] == 2000


def test_a_session_of_a_kept_run_is_replayed(root: Path, flat_file: Path, lir_tui: Run) -> None:
    done = lir_tui("runs", "replay", FIRST, "--session", 77)
    assert done.returncode == 0
    assert done.stdout == lir_tui("replay", flat_file, "--session", 77).stdout
    assert lir_tui("replay", FIRST, "--session", 77).stdout == done.stdout
    done = lir_tui("replay", FIRST, "--session", 77, "--seed", 3)
    assert (done.returncode, "leave --seed and --sessions out" in done.stderr) == (2, True)
    done = lir_tui("replay", "lost", "--session", 77)
    assert (done.returncode, 'no file, preset or run "lost"' in done.stderr) == (2, True)
    done = lir_tui("runs", "replay", FIRST, "--session", 2000)
    assert (done.returncode, "there is no session 2,000" in done.stderr) == (2, True)


def test_runs_stand_beside_each_other(root: Path, tmp_path: Path, lir_tui: Run) -> None:
    done = lir_tui("runs", "compare", FIRST, SECOND, "--quiet")
    assert done.returncode == 0, done.stderr
    assert re.search(r"betting_system\.type +│ +\"flat\" │ +\"martingale\"", done.stdout)
    assert "2,000 and 2,000 sessions that were dealt the same" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    told = json.loads(lir_tui("runs", "compare", FIRST, SECOND, "--json").stdout)
    means = []
    for number, run in enumerate((FIRST, SECOND)):
        lir_tui("export", run, "--format", "csv", "--output", tmp_path / run, "--quiet")
        rows = csv.DictReader(io.StringIO((tmp_path / run / "run-sessions.csv").read_text()))
        profits = [float(row["profit"]) for row in rows]
        means.append(sum(profits) / len(profits))
        assert told["runs"][number]["mean"] == pytest.approx(means[-1])
        assert told["runs"][number]["id"] == run
    assert told["runs"][1]["difference"]["mean"] == pytest.approx(means[1] - means[0])


def test_one_run_is_nothing_to_compare(root: Path, lir_tui: Run) -> None:
    done = lir_tui("runs", "compare", FIRST)
    assert (done.returncode, done.stderr) == (2, "lir-tui: name two runs or more to compare\n")


def test_runs_are_renamed_and_pinned(root: Path, lir_tui: Run) -> None:
    assert lir_tui("runs", "rename", "20261126", "evening").returncode == 0
    assert lir_tui("runs", "pin", "evening").returncode == 0
    first = json.loads(lir_tui("runs", "--json").stdout)[-1]
    assert (first["name"], first["pinned"]) == ("evening", True)
    assert lir_tui("runs", "unpin", "evening").returncode == 0
    assert json.loads(lir_tui("runs", "--json").stdout)[-1]["pinned"] is False
    done = lir_tui("runs", "rename", "evening", "last")
    assert (done.returncode, "cannot be called" in done.stderr) == (2, True)


def test_nothing_is_deleted_without_being_asked_for(root: Path, lir_tui: Run) -> None:
    done = lir_tui("runs", "delete", FIRST)
    assert done.returncode == 2
    assert "give --yes" in done.stderr
    done = lir_tui("runs", "delete", FIRST, "no-such-run", "--yes")
    assert done.returncode == 2
    assert len(listed(lir_tui)) == 3
    assert lir_tui("runs", "delete", FIRST, CUT, FIRST, "--yes").returncode == 0
    assert listed(lir_tui) == [SECOND]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A terminal whose user answers what a test writes here."""
    given = io.StringIO()
    for module in ("keeping", "runs"):
        monkeypatch.setattr(f"let_it_ride.cli.{module}.can_ask", lambda: True)
    monkeypatch.setattr(sys, "stdin", given)
    return given


@pytest.mark.parametrize(("answer", "left"), [("y", 2), ("YES", 2), ("n", 3), ("", 3), ("yo", 3)])
def test_on_a_terminal_only_a_yes_deletes(
    root: Path, lir_tui: Run, answers: io.StringIO, answer: str, left: int
) -> None:
    answers.write(f"{answer}\n")
    answers.seek(0)
    done = lir_tui("runs", "delete", FIRST)
    assert f"{FIRST}, " in done.stderr
    assert "Delete 1 run, which cannot be undone? [y/N]" in done.stderr
    assert done.returncode == (0 if left == 2 else 1)
    assert len(listed(lir_tui)) == left


@pytest.mark.parametrize(
    ("size", "told"),
    [("5GB", "of 5 GB"), ("500 mb", "of 500 MB"), ("1GiB", "of 1.07 GB"), ("none", "no limit")],
)
def test_the_limit_is_told_and_set(root: Path, lir_tui: Run, size: str, told: str) -> None:
    assert "of 10 GB" in lir_tui("runs", "limit").stdout
    assert told in lir_tui("runs", "limit", size).stdout
    assert told in lir_tui("runs").stdout


@pytest.mark.parametrize("size", ["much", "5 XB", "1e9", "", "9" * 40])
def test_what_is_no_size_is_no_limit(lir_tui: Run, size: str) -> None:
    done = lir_tui("runs", "limit", size)
    assert done.returncode == 2
    assert "is no size" in done.stderr


def test_without_a_terminal_everything_is_kept_and_that_is_said(
    root: Path, flat_file: Path, lir_tui: Run
) -> None:
    lir_tui("runs", "limit", "100kB")
    done = lir_tui("run", flat_file, "--quiet", "--sessions", 100)
    assert done.returncode == 0
    assert "more than the limit of 100 kB; all are kept" in done.stderr
    assert len(listed(lir_tui)) == 4


@pytest.mark.parametrize(("answer", "left"), [("y", [CUT, FIRST]), ("n", [CUT, SECOND, FIRST])])
def test_on_a_terminal_the_oldest_unpinned_goes_if_the_user_agrees(
    root: Path,
    flat_file: Path,
    lir_tui: Run,
    answers: io.StringIO,
    answer: str,
    left: list[str],
) -> None:
    lir_tui("runs", "pin", FIRST)
    lir_tui("runs", "limit", f"{History().size() // 1000}kB")
    answers.write(f"{answer}\n")
    answers.seek(0)
    done = lir_tui("run", flat_file, "--quiet", "--sessions", 100)
    assert done.returncode == 0
    assert "The oldest that are not pinned:" in done.stderr
    assert f"  {SECOND}, " in done.stderr
    assert FIRST not in done.stderr
    assert listed(lir_tui)[1:] == left


def test_paths_are_told(root: Path, lir_tui: Run) -> None:
    assert lir_tui("runs", "path").stdout == f"{root}\n"
    assert lir_tui("runs", "path", "last").stdout == f"{root / CUT}\n"


def test_rebuilding_tells_how_many_runs_there_are(root: Path, lir_tui: Run) -> None:
    (root / "index.sqlite").write_text("garbage")
    write_run(root, "20200101-000000-old")
    assert lir_tui("runs", "rebuild").stdout == "4 runs in the index\n"
