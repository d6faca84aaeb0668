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
    """Held by the program that plays a run; it ends with the program, however that ends.

    The file stays and says nothing: a lock is stale at once when its holder is no more.
    """

    def __init__(self, directory: Path) -> None:
        """Take the lock.

        Raises:
            RunLockedError: another program has it.
            OSError: the file cannot be opened.
        """
        handle = os.open(directory / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        self.release = weakref.finalize(self, os.close, handle)
        for tries_left in reversed(range(_TRIES)):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not tries_left:
                    self.release()
                    raise RunLockedError(directory) from None
                time.sleep(_SECONDS_BETWEEN_TRIES)
            else:
                return


def is_played(directory: Path) -> bool:
    """Whether a program plays the run in a directory now."""
    try:
        handle = os.open(directory / LOCK_FILE, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
