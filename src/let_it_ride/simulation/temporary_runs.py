"""Directories of runs that do not stay: removed after use, or by the next run if that failed."""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
import weakref
from pathlib import Path
from typing import Final

from let_it_ride.files import cache_directory
from let_it_ride.simulation.errors import RunDirectoryError

_LOCK: Final = "lock"
_PREFIX: Final = "lir-tui-run-"

#: No program takes longer from making a directory to locking it, unless it is killed between.
_SECONDS_TO_LOCK: Final = 60


class TemporaryRun:
    """A new directory for a run, which is removed when this object is, or when the program ends.

    As long as it is there, it holds a lock that ends with the process, however that ends. A
    directory whose lock is free belongs to nobody and is removed when the next one is made.
    """

    def __init__(self) -> None:
        """Make the directory.

        Raises:
            RunDirectoryError: there is nowhere to make it.
        """
        holder, lock = _locked_directory()
        self.path = holder / "run"
        self.remove = weakref.finalize(self, _remove, holder, lock)


def _locked_directory() -> tuple[Path, int]:
    parents = [cache_directory() / "runs", Path(tempfile.gettempdir())]
    for parent in parents:
        try:
            parent.mkdir(parents=True, exist_ok=True)
            _remove_abandoned(parent)
            holder = Path(tempfile.mkdtemp(dir=parent, prefix=_PREFIX))
        except OSError:
            continue
        try:
            # It is locked before it has the name under which others look for it.
            fresh = holder / f"{_LOCK}.new"
            lock = os.open(fresh, os.O_CREAT | os.O_RDWR, 0o600)
            _try_to_lock(lock)
            fresh.rename(holder / _LOCK)
        except OSError:
            shutil.rmtree(holder, ignore_errors=True)
        else:
            return holder, lock
    places = " nor ".join(map(str, parents))
    raise RunDirectoryError(f"the run can be kept neither in {places}")


def _remove(holder: Path, lock: int) -> None:
    """Remove a directory, its lock last: without it nobody could tell that it is abandoned."""
    shutil.rmtree(holder / "run", ignore_errors=True)
    shutil.rmtree(holder, ignore_errors=True)
    os.close(lock)


def _remove_abandoned(parent: Path) -> None:
    for holder in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if holder.stat().st_uid == os.getuid():
                _remove_if_abandoned(holder)


def _remove_if_abandoned(holder: Path) -> None:
    try:
        lock = os.open(holder / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        if time.time() - holder.stat().st_mtime > _SECONDS_TO_LOCK:
            shutil.rmtree(holder, ignore_errors=True)
        return
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
