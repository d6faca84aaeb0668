"""Who plays a run: one program at a time."""

import fcntl
import os
import time
import weakref
from pathlib import Path
from typing import Final

from let_it_ride.simulation.errors import RunLockedError

LOCK_FILE: Final = "lock"

#: Somebody who looks whether a run is played holds its lock for an instant.
_TRIES: Final = 10
_SECONDS_BETWEEN_TRIES: Final = 0.02


class RunLock:
    """Held by the program that plays a run, or shared by those that read its results.

    It ends with the program, however that ends. The file stays and says nothing: a lock is stale
    at once when its holder is no more.

    Attributes:
        is_shared: whether others may read the run, too, and nobody may play it.
    """

    def __init__(self, directory: Path) -> None:
        """Take the lock; where others read the run, share it with them.

        Raises:
            RunLockedError: another program plays the run.
            OSError: the file cannot be opened.
        """
        self._directory = directory
        self._take()

    def _take(self) -> None:
        path = self._directory / LOCK_FILE
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self.release = weakref.finalize(self, os.close, handle)
        self._handle = handle
        self.is_shared = False
        for tries_left in reversed(range(_TRIES)):
            if _is_taken(handle, fcntl.LOCK_EX):
                return
            if not tries_left:
                break
            time.sleep(_SECONDS_BETWEEN_TRIES)
        self.is_shared = _is_taken(handle, fcntl.LOCK_SH)
        if not self.is_shared:
            self.release()
            raise RunLockedError(self._directory)

    def share(self) -> None:
        """Let others read the run."""
        self.is_shared = _is_taken(self._handle, fcntl.LOCK_SH)

    def hold_on(self) -> None:
        """Take the lock anew where somebody has removed its file, which others would not see.

        Raises:
            RunLockedError: another program has the run by now.
            OSError: the file cannot be opened.
        """
        if self._is_in_place():
            return
        self.release()
        self._take()
        if self.is_shared:
            self.release()
            raise RunLockedError(self._directory)

    def _is_in_place(self) -> bool:
        try:
            there = (self._directory / LOCK_FILE).lstat()
        except FileNotFoundError:
            return False
        return os.path.samestat(there, os.fstat(self._handle))


def _is_taken(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_played(directory: Path) -> bool:
    """Whether a program plays the run in a directory now."""
    return _is_held_against(directory, fcntl.LOCK_SH)


def is_in_use(directory: Path) -> bool:
    """Whether a program plays the run in a directory now, or reads its results."""
    for _ in range(_TRIES):
        if not _is_held_against(directory, fcntl.LOCK_EX):
            return False
        time.sleep(_SECONDS_BETWEEN_TRIES)
    return True


def _is_held_against(directory: Path, kind: int) -> bool:
    try:
        handle = os.open(directory / LOCK_FILE, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        return not _is_taken(handle, kind)
    except OSError:
        return False
    finally:
        os.close(handle)
