"""Directories of runs that do not stay: removed after use, or by the next run if that failed."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Final

from let_it_ride.files import cache_directory

_LOCK: Final = "lock"


class TemporaryRun:
    """A new directory for a run, which is removed when this object is, or when the program ends.

    As long as it is there, it holds a lock that ends with the process, however that ends. A
    directory whose lock is free belongs to nobody and is removed when the next one is made.
    """

    def __init__(self) -> None:
        """Make the directory.

        Raises:
            OSError: there is nowhere to make it.
        """
        parent = cache_directory() / "runs"
        try:
            parent.mkdir(parents=True, exist_ok=True)
            holder = Path(tempfile.mkdtemp(dir=parent, prefix="run-"))
        except OSError:
            holder = Path(tempfile.mkdtemp(prefix="lir-tui-run-"))
        else:
            _remove_abandoned(parent, holder)
        # It is locked before it has the name under which others look for it.
        fresh = holder / f"{_LOCK}.new"
        lock = os.open(fresh, os.O_CREAT | os.O_RDWR, 0o600)
        _try_to_lock(lock)
        fresh.rename(holder / _LOCK)
        self.path = holder / "run"
        self.remove = weakref.finalize(self, _remove, holder, lock)


def _remove(holder: Path, lock: int) -> None:
    shutil.rmtree(holder, ignore_errors=True)
    os.close(lock)


def _remove_abandoned(parent: Path, mine: Path) -> None:
    for holder in parent.glob("run-*"):
        if holder == mine:
            continue
        with contextlib.suppress(OSError):
            lock = os.open(holder / _LOCK, os.O_RDWR)
            if _try_to_lock(lock):
                _remove(holder, lock)
            else:
                os.close(lock)


def _try_to_lock(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
