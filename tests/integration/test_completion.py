"""Completing the command line: in the shells that are here, and what each place offers."""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from test_terminal import Terminal

from let_it_ride.cli.completion import next_words
from let_it_ride.cli.parser import parse_arguments, parser_of_everything
from let_it_ride.config.preset_files import preset_names
from let_it_ride.history import History
from let_it_ride.simulation.run_state import RunState
from let_it_ride.tui.themes import shipped_themes

STARTS = {
    "bash": (["--norc", "-i"], "source <(lir-tui completion bash)"),
    "zsh": (
        ["-f", "-i"],
        "autoload -U compinit; compinit -D -u; source <(lir-tui completion zsh)",
    ),
    "fish": (["--no-config", "-i"], "lir-tui completion fish | source"),
}


def offered(*words: str) -> list[str]:
    return [word for word, _ in next_words(words).words]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a configuration in it, and the command in one that shells look in."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "lir-tui"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m let_it_ride "$@"\n')
    command.chmod(0o755)
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "zealous evening.toml").touch()
    return tmp_path


@pytest.fixture
def shell(
    request: pytest.FixtureRequest, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A shell that waits for a line."""
    options, line = STARTS[request.param]
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"{request.param} is not installed")
    monkeypatch.chdir(folder / "work")
    monkeypatch.setenv("PATH", f"{folder / 'bin'}:/usr/bin:/bin")
    monkeypatch.setenv("HOME", str(folder))
    terminal = Terminal(120, 40, [program, *options], PS1="$ ")
    terminal.press(f"{line}; printf '%s-%s\\n' is ready\r".encode())
    terminal.wait_for("is-ready")
    yield terminal
    terminal.close()


@pytest.mark.slow
@pytest.mark.parametrize("shell", STARTS, indirect=True)
def test_a_shell_completes_commands_options_choices_presets_runs_and_files(
    shell: Terminal,
) -> None:
    for typed, completed in (
        ("lir-tui comple", "lir-tui completion"),
        ("lir-tui run first-ev", "lir-tui run first-evening"),
        ("lir-tui run first-evening --verif", "run first-evening --verify"),
        ("lir-tui run x --verify sam", "run x --verify sample"),
        ("lir-tui runs show las", "lir-tui runs show last"),
        ("lir-tui config check zeal", r"lir-tui config check zealous\ evening.toml"),
        ("lir-tui themes new mine --from cont", "--from contrast"),
    ):
        shell.press(f"{typed}\t".encode())
        shell.wait_for(completed)
        shell.press(b"\x15")  # the line is taken away


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("ru",), ["run", "runs"]),
        (("config", ""), ["new", "check", "path"]),
        (("run", ""), list(preset_names())),
        (("compare", "default", "high-r"), ["high-roller"]),
        (("run", "mine.toml", "--verify", ""), ["auto", "full", "sample", "off"]),
        (("run", "--verify", "=", "f"), ["full"]),
        (("run", "--workers", "4", "first"), ["first-evening"]),
        (("run", "--quiet", "first"), ["first-evening"]),
        (("run", "first-evening", ""), []),
        (("run", "--", "--qui"), []),
        (("export", "last", "--format", "p"), ["parquet"]),
        (("config", "new", "'high-r"), ["high-roller"]),
        (("themes", "new", "x", "--from", ""), [file.stem for file in shipped_themes()]),
        (("sweep", "x", "--show", "ahea"), ["ahead"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("nonsense", "run", ""), []),
    ],
)
def test_a_place_offers_what_can_stand_there(words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected


@pytest.mark.parametrize(
    ("words", "paths"),
    [
        (("run", "my"), "files"),
        (("config", "check", "a", ""), "files"),
        (("run", "x", "--output", ""), "folders"),
        (("resume", ""), "none"),
        (("evening.to",), "files"),
        (("run", "--verify", ""), "none"),
    ],
)
def test_a_place_says_whether_files_can_stand_there(words: tuple[str, ...], paths: str) -> None:
    assert next_words(words).paths == paths


def _parsers(
    parser: argparse.ArgumentParser, *words: str
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from _parsers(below, *words, name)


def test_every_option_of_every_command_is_offered_with_its_help() -> None:
    for words, parser in _parsers(parser_of_everything()):
        told = dict(next_words((*words, "--")).words)
        for action in parser._actions:
            long = [name for name in action.option_strings if name.startswith("--")]
            assert set(long) <= told.keys(), words
            assert all(told[name] and "%" not in told[name].replace("95 %", "") for name in long)


def test_every_command_is_offered_and_is_one() -> None:
    commands = set(offered(""))
    for name in commands:
        with pytest.raises(SystemExit) as ended:
            parse_arguments([name, "--help"])
        assert ended.value.code == 0
    assert {"edit", "run", "completion", "themes"} <= commands


def test_a_shell_that_asks_in_bad_words_gets_an_answer_and_no_error() -> None:
    for words in ((), ("",), ("\udcff",), ("--",), ("=",), ("run", "--verify="), ("a" * 9999,)):
        next_words(words)


def test_a_run_is_offered_by_its_id_and_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        SimpleNamespace(id="20261128-1", name="four hours", state=RunState.COMPLETE),
        SimpleNamespace(id="20261128-2", name="20261128-2", state=RunState.UNFINISHED),
    ]
    monkeypatch.setattr(History, "entries", lambda _: entries)
    assert offered("runs", "show", "") == ["last", "20261128-1", "four hours", "20261128-2"]
    assert offered("runs", "show", "four\\ ho") == ["four hours"]


@pytest.mark.parametrize("shell", STARTS)
def test_a_script_is_one_that_its_shell_takes(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    command = [sys.executable, "-m", "let_it_ride", "completion", shell]
    script = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    file = tmp_path / "script"
    file.write_text(script)
    done = subprocess.run([shell, "-n", str(file)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
