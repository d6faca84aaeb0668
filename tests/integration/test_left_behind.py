"""What a killed program leaves behind is ended by the next one, and nothing else is."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from let_it_ride.simulation import left_behind
from let_it_ride.simulation.left_behind import (
    ProcessIdentity,
    end_what_others_left,
    identity_of,
    note_child,
    private_directory,
)
from process_family import SOON, all_gone_soon, forked_from_a_server_of

_RUN = """
from let_it_ride.config import FullConfig
from let_it_ride.simulation.controller import SimulationController

if __name__ == "__main__":
    config = {"simulation": {"num_sessions": 50_000_000, "workers": 2, "random_seed": 1}}
    SimulationController(FullConfig.model_validate(config)).run()
"""


@contextmanager
def process(*, looks_like_ours: bool) -> Iterator[subprocess.Popen[bytes]]:
    """A process that sleeps, whose command line has the name of the module or not."""
    name = "multiprocessing" if looks_like_ours else "stranger"
    code = f"import time; print('{name}', flush=True)\ntime.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as sleeper:
        try:
            assert sleeper.stdout is not None
            sleeper.stdout.readline()  # only a process that has begun has its command line
            yield sleeper
        finally:
            sleeper.kill()


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The directory of the notes, which nobody else has."""
    monkeypatch.setattr(left_behind, "_directory", lambda: tmp_path)
    left_behind._own_file.cache_clear()
    yield tmp_path
    left_behind._own_file.cache_clear()


def known(pid: int) -> ProcessIdentity:
    identity = identity_of(pid)
    assert identity is not None
    return identity


def leave(notes: Path, *children: ProcessIdentity) -> Path:
    """What a program has noted that is no more."""
    file = notes / "4194000 long-ago"
    file.write_text("".join(f"{child.pid} {child.started}\n" for child in children))
    return file


def test_a_process_is_known_by_its_id_and_its_start() -> None:
    own = known(os.getpid())
    assert own == identity_of(os.getpid())
    with process(looks_like_ours=True) as other:
        assert known(other.pid) != own
    assert identity_of(other.pid) is None


def test_what_a_program_left_is_ended(notes: Path) -> None:
    with process(looks_like_ours=True) as left:
        left.send_signal(signal.SIGSTOP)
        file = leave(notes, known(left.pid))
        end_what_others_left()
        assert left.wait(SOON) == -signal.SIGKILL
        assert not file.exists()


@pytest.mark.parametrize("case", ["younger", "a stranger", "of a program that lives"])
def test_nobody_else_s_process_is_ended(case: str, notes: Path) -> None:
    with process(looks_like_ours=case != "a stranger") as other:
        identity = known(other.pid)
        if case == "of a program that lives":
            note_child(identity)
        elif case == "younger":
            leave(notes, identity._replace(started=identity.started + "0"))
        else:
            leave(notes, identity)
        end_what_others_left()
        assert other.poll() is None
        assert len(list(notes.iterdir())) == (case == "of a program that lives")


def test_private_directories_that_a_program_left_are_removed(notes: Path, tmp_path: Path) -> None:
    with private_directory("law") as lived:
        (noted,) = notes.iterdir()
        left = lived.with_name("lir-tui-law-left_one")
        shutil.copytree(lived, left)
        (left / "law.npz").touch()
        (notes / "4194000 long-ago").write_text(noted.read_text().replace(lived.name, left.name))
        end_what_others_left()
        assert lived.is_dir()
        assert not left.exists()
    assert not lived.exists()


@pytest.mark.parametrize("case", ["of another name", "of everybody's", "a link", "a file"])
def test_nothing_else_is_removed(case: str, notes: Path, tmp_path_factory: pytest.TempPathFactory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    path = elsewhere / ("lir-tui-law" if case == "of another name" else "lir-tui-law-left_one")
    if case == "a file":
        path.touch(mode=0o600)
    elif case == "a link":
        (elsewhere / "kept").mkdir(mode=0o700)
        path.symlink_to(elsewhere / "kept")
    else:
        path.mkdir(mode=0o755 if case == "of everybody's" else 0o700)
    (notes / "4194000 long-ago").write_text(f"directory {path}\n")
    end_what_others_left()
    assert os.path.lexists(path)
    assert not list(notes.iterdir())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0\0\0",
        "1 x\n",
        "-1 x\n",
        "0 \n",
        "9" * 5000 + " x",
        "\n" * 100,
        "٣ x\n",
        "directory\n",
        "directory \0/pymp-12345678\n",
    ],
)
def test_bad_notes_are_nothing(text: str, notes: Path) -> None:
    for name in ("4194000 long-ago", "no number", "1", "9" * 200):
        (notes / name).write_text(text)
    (notes / "a folder").mkdir()
    end_what_others_left()


@pytest.mark.slow
def test_a_stopped_worker_does_not_outlive_its_program_by_more_than_a_start(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(_RUN)
    with subprocess.Popen([sys.executable, str(script)]) as program:
        main = psutil.Process(program.pid)
        deadline = time.monotonic() + 60
        while len(workers := list(forked_from_a_server_of(main))) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        workers[0].suspend()
        server = workers[0].parent()
        assert server is not None
        server.suspend()
        family = main.children(recursive=True)
        program.kill()
    # What it was forked from cannot end before it, and the other worker does.
    assert all_gone_soon(workers[1:])
    assert workers[0].status() == psutil.STATUS_STOPPED
    subprocess.run(
        [sys.executable, "-c", "from let_it_ride.simulation import processes as p;"
         " p.prepare_processes()"],
        check=True,
    )  # fmt: skip
    assert all_gone_soon(family)
