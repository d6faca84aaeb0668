"""Child processes: looked at by several threads at once, and without what looks after them."""

import gc
import io
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.resource_tracker import _resource_tracker as tracker

import psutil
import pytest

from let_it_ride.simulation.processes import (
    Child,
    Outbox,
    describe_exit,
    end_all,
    processes_are_ready,
)
from process_family import SOON, is_alive

_THREADS = 4


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads that take turns as often as they can."""
    while not processes_are_ready(1):
        pass
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    with ThreadPoolExecutor(2 * _THREADS) as threads:
        yield threads
    sys.setswitchinterval(before)


def end_with_7(_task: object, _outbox: Outbox) -> None:
    raise SystemExit(7)


def go_on(_task: object, _outbox: Outbox) -> None:
    time.sleep(60)


def code_of(child: Child) -> int:
    while (code := child.exit_code) is None:
        pass
    return code


def code_of_one_that_is_joined(_: int) -> int | None:
    child = Child("child", end_with_7, None)
    while not child.join(0.1):
        pass
    code = child.exit_code
    end_all([child])
    return code


@pytest.mark.parametrize("forked", [True, False])
def test_every_thread_reads_the_same_exit_code(forked: bool, threads: ThreadPoolExecutor) -> None:
    for _ in range(20 if forked else 3):
        child = Child("child", end_with_7, None, forked=forked)
        assert set(threads.map(code_of, [child] * _THREADS)) == {7}
        end_all([child])


def test_starting_processes_takes_no_exit_code_from_another_thread(
    threads: ThreadPoolExecutor,
) -> None:
    assert set(threads.map(code_of_one_that_is_joined, range(40))) == {7}


def test_scripts_are_told_how_to_start_runs_and_the_program_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "let_it_ride.cli", raising=False)
    assert "exit code 1 (a script" in describe_exit(1)
    monkeypatch.setitem(sys.modules, "let_it_ride.cli", sys)
    assert describe_exit(1) == "ended unexpectedly with exit code 1"


def test_a_child_that_is_killed_says_so() -> None:
    child = Child("child", go_on, None)
    child.kill()
    assert child.exit_code == -signal.SIGKILL
    child.close()


class BehindAnApp(io.StringIO):
    """What an app on the screen has in the place of standard error."""

    def fileno(self) -> int:
        return -1


def test_children_start_after_the_tracker_of_semaphores_was_killed_and_nothing_is_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    hidden = BehindAnApp()
    monkeypatch.setattr(sys, "stderr", hidden)
    before = Child("child", end_with_7, None)
    killed = psutil.Process(tracker._pid)
    killed.kill()
    while is_alive(killed):
        pass
    after = Child("child", end_with_7, None)
    assert [code_of(child) for child in (before, after)] == [7, 7]
    end_all([before, after])
    del before, after
    gc.collect()
    tracker._stop()  # which it says all before
    assert hidden.getvalue() == ""
    assert capfd.readouterr() == ("", "")


def test_ending_a_child_does_not_wait_for_a_stopped_fork_server() -> None:
    children = [Child("child", go_on, None) for _ in range(2)]
    server = psutil.Process(children[0]._process.pid).parent()
    assert server is not None
    server.suspend()
    began = time.monotonic()
    end_all(children)
    assert time.monotonic() - began < SOON
    assert server.status() != psutil.STATUS_STOPPED
