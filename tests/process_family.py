"""Which processes of a family are still at work."""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress

import psutil

#: Seconds in which what ends at once has ended, on a slow and busy machine too; what is played or
#: compiled in these tests takes longer, on a fast one too.
SOON = 5.0


def is_alive(process: psutil.Process) -> bool:
    """Whether a process has not ended; one that only waits to be noticed has."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def all_gone_soon(processes: list[psutil.Process]) -> bool:
    return _comes_true_soon(lambda: not any(map(is_alive, processes)))


def workers_at_work() -> Iterable[psutil.Process]:
    return forked_from_a_server_of(psutil.Process())


def forked_from_a_server_of(main: psutil.Process) -> Iterable[psutil.Process]:
    """What is at work for a program; the fork server itself is nobody's worker."""
    for process in main.children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if process.ppid() != main.pid and is_alive(process):
                yield process


def no_worker_is_left() -> bool:
    return _comes_true_soon(lambda: not list(workers_at_work()))


def _comes_true_soon(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SOON
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True
