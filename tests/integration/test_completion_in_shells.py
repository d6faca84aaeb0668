"""Completing the command line in the shells that are installed."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_terminal import Terminal

STARTS = {
    "bash": (["--norc", "-i"], "source <(lir-tui completion bash)"),
    "zsh": (
        ["-f", "-i"],
        "autoload -U compinit; compinit -D -u; source <(lir-tui completion zsh)",
    ),
    "fish": (["--no-config", "-i"], "lir-tui completion fish | source"),
}


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
