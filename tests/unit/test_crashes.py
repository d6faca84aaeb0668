"""Errors that nobody expected: what is said of them, and what is written down."""

import os
import tempfile
from pathlib import Path

import pytest

from let_it_ride import files
from let_it_ride.cli import main
from let_it_ride.cli.crash_report import write_crash_report
from let_it_ride.errors import LetItRideError
from let_it_ride.history import History


def _crash(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    def fail(_options: object) -> int:
        raise error

    monkeypatch.setattr("let_it_ride.cli.odds.odds", fail)
    return main(["odds", "first-evening"])


def _reports() -> list[Path]:
    folder = files.state_directory() / "crashes"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("the abacus is broken"),
        RecursionError(),
        MemoryError(),
        KeyError("\x1b[31m\u202e"),
        ValueError("\udcff\n\nTraceback"),
        ExceptionGroup("two", [ValueError("one"), ValueError("other")]),
    ],
    ids=lambda error: type(error).__name__,
)
def test_any_error_is_told_in_a_few_lines_with_a_report(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _crash(monkeypatch, error) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert type(error).__name__ in said.err
    assert len(said.err.splitlines()) == 2
    assert all(map(str.isprintable, said.err.splitlines()))
    (report,) = _reports()
    assert str(report) in said.err
    assert "Traceback (most recent call last)" in report.read_text()


def test_what_is_no_fault_leaves_no_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _crash(monkeypatch, KeyboardInterrupt()) == 130
    assert _crash(monkeypatch, LetItRideError("wrong")) == 2
    assert _reports() == []


def test_a_run_that_can_be_gone_on_with_is_named(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    class Unfinished:
        id = "20261128-224942"

    monkeypatch.setattr("let_it_ride.history.History.unfinished", lambda _: [Unfinished])
    monkeypatch.setattr(History, "path", lambda _, run: tmp_path / run)
    _crash(monkeypatch, RuntimeError("the abacus is broken"))
    last = capsys.readouterr().err.splitlines()[-1]
    assert str(tmp_path / "20261128-224942") in last
    assert "'lir-tui resume' goes on with it" in last


def test_runs_that_cannot_be_looked_at_are_no_second_fault(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("again")

    monkeypatch.setattr("let_it_ride.history.History.unfinished", fail)
    assert _crash(monkeypatch, RuntimeError("the abacus is broken")) == 1
    said = capsys.readouterr().err
    assert "Runs that were begun are safe" in said
    assert "again" not in said


def test_a_report_goes_elsewhere_or_nowhere_where_its_folder_cannot_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files.state_directory().parent.mkdir(exist_ok=True)
    files.state_directory().touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    _crash(monkeypatch, RuntimeError("the abacus is broken"))
    (report,) = tmp_path.glob("crash-*.txt")
    assert str(report) in capsys.readouterr().err
    monkeypatch.setattr(tempfile, "tempdir", str(report))
    assert _crash(monkeypatch, RuntimeError("the abacus is broken")) == 1
    assert "No report of it could be written" in capsys.readouterr().err


def test_only_the_newest_reports_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        monkeypatch.setattr(os, "getpid", lambda number=number: 1000 + number)
        write_crash_report(RuntimeError(str(number)))
    assert len(_reports()) == 10
    assert "RuntimeError: 11" in _reports()[-1].read_text()


def test_a_report_has_nothing_of_the_command_line_but_the_command(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.argv", ["lir-tui", "runs", "rename", "last", "my secret"])
    _crash(monkeypatch, RuntimeError("the abacus is broken"))
    text = _reports()[0].read_text()
    assert "command: lir-tui runs\n" in text
    assert "secret" not in text
