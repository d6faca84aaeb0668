"""A run whose workers and whose program are killed time and again ends with the digest it has."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from threading import Event, Thread
from typing import Final

import psutil
import pytest

from failures.laboratory import Laboratory
from process_family import all_gone_soon, forked_from_a_server_of

#: How the program is ended, one after the other, each time with a further sixth of the run done.
_ENDS: Final = (signal.SIGKILL, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP, signal.SIGINT)

#: No run of the suite takes so long, in seconds.
_AGES: Final = 3000.0


class Programs:
    """Starts `lir-tui` with a data directory of its own, whose only run is looked at."""

    def __init__(self, directory: Path, laboratory: Laboratory) -> None:
        self._home = directory / "home"
        self._laboratory = laboratory
        self._random = Random(7)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start it in a session of its own, as a terminal would, where signals are as usual."""
        environment = os.environ | {"XDG_DATA_HOME": str(self._home)}
        return subprocess.Popen(
            [sys.executable, "-m", "let_it_ride", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_usual_signals,  # noqa: PLW1509  there are no threads that matter
        )

    def finished_blocks(self) -> int:
        """How many lines the ledger has."""
        for ledger in self._home.glob("lir-tui/runs/*/ledger"):
            return ledger.read_bytes().count(b"\n")
        return 0

    def blocks(self) -> int:
        """How many blocks the run has; 0 before it has begun."""
        for file in self._home.glob("lir-tui/runs/*/run.json"):
            identity = json.loads(file.read_text())
            return -(-identity["tables"] // identity["block_tables"])
        return 0

    def is_complete(self) -> bool:
        """Whether the run has come to its end."""
        return any(self._home.glob("lir-tui/runs/*/results.json"))

    def kill_at(self, program: subprocess.Popen[str], share: float, number: int) -> None:
        """End the program with a signal when so much of the run is there."""
        deadline = time.monotonic() + _AGES
        while not self.blocks() or self.finished_blocks() < share * self.blocks():
            assert program.poll() is None, program.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        family = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(number)
        _, said = program.communicate(timeout=60)
        assert all_gone_soon(family)
        self._laboratory.killed(f"programs, by {signal.Signals(number).name}")
        assert program.returncode == (-number if number == signal.SIGKILL else 128 + number), said
        if number != signal.SIGKILL:
            assert "lir-tui resume" in said

    @contextmanager
    def workers_being_killed(
        self, program: subprocess.Popen[str], seconds: float
    ) -> Iterator[None]:
        """Kill one of the program's workers every so many seconds in this block."""
        is_over = Event()

        def kill() -> None:
            # What compares the results with the exact law plays nothing, and is not played again.
            while not is_over.wait(seconds) and not self.is_complete():
                with suppress(psutil.Error):
                    workers = list(forked_from_a_server_of(psutil.Process(program.pid)))
                    if workers:
                        self._random.choice(workers).kill()
                        self._laboratory.killed("workers")

        thread = Thread(target=kill)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()


def _usual_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@pytest.mark.slow
def test_a_run_that_is_killed_and_resumed_has_the_digest_of_the_undisturbed_one(
    tmp_path: Path, laboratory: Laboratory, request: pytest.FixtureRequest
) -> None:
    sessions = str(request.config.getoption("sessions"))
    play = ["first-evening", "--sessions", sessions, "--seed", "7", "--workers", "2", "--json"]
    undisturbed = Programs(tmp_path / "undisturbed", laboratory)
    printed, _ = undisturbed.start("run", *play, "--verify", "off").communicate(timeout=_AGES)
    expected = json.loads(printed)["digest"]

    programs = Programs(tmp_path / "disturbed", laboratory)
    program = programs.start("run", *play, "--verify", "full")
    for times, end in enumerate(_ENDS, start=1):
        with programs.workers_being_killed(program, 0.5):
            programs.kill_at(program, times / (len(_ENDS) + 1), end)
        program = programs.start("resume", "--json")
        laboratory.resumed(f"after {end.name}")
    with programs.workers_being_killed(program, 0.5):
        printed, said = program.communicate(timeout=_AGES)
    assert program.returncode == 0, said
    ended = json.loads(printed)
    assert ended["digest"] == expected
    assert ended["equivalence"]["equal"]
    assert ended["equivalence"]["complete"]
    assert ended["summary"]["sessions"] == int(sessions)
