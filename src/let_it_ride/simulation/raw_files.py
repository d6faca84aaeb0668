"""Reading and writing numbers at their places in files, by several processes at once."""

import errno
import fcntl
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from let_it_ride.simulation.errors import NoRoomError, RunDirectoryError


def see_that_it_leads_nowhere(directory: Path) -> None:
    """See that a run from elsewhere has nothing in it that is waited for, or leads out of it.

    Raises:
        RunDirectoryError: it has, or it cannot be read.
    """
    try:
        with os.scandir(directory) as entries:
            for entry in entries:
                is_ours = entry.is_file(follow_symlinks=False)
                if not is_ours and not entry.is_dir(follow_symlinks=False):
                    raise RunDirectoryError(
                        f"{entry.path}: a run has no links, pipes or devices in it; take it out"
                    )
    except OSError as error:
        raise unreadable(error, directory) from error


def refuse_without_room(path: Path, needed: int) -> None:
    """See that a disk has room for what a run takes.

    Args:
        path: a directory on it.
        needed: bytes.

    Raises:
        NoRoomError: it has not.
        RunDirectoryError: that cannot be found out.
    """
    try:
        free = shutil.disk_usage(path).free
    except OSError as error:
        raise explained(error, path) from error
    if needed > free:
        sizes = f"{needed:,} bytes are needed, {free:,} free"
        raise NoRoomError(path, f": {sizes}. Make room, or run fewer sessions")


def reserve(path: Path, size: int) -> None:
    """Make a file at least so many bytes long, with room for each of them where the system can.

    Raises:
        OSError: there is no room, or it cannot be written.
    """
    with path.open("ab") as file:
        # Where the system can, a disk without room is an error at once and not in the middle.
        if size and hasattr(os, "posix_fallocate"):
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError as error:
                if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP, errno.ENOSYS):
                    raise
        if os.fstat(file.fileno()).st_size < size:
            file.truncate(size)


def allot(path: Path, size: int, item: int) -> int:
    """Make a file of items longer, for this process to fill, and return where its part begins.

    A part of an item at the end, of a file that was damaged, is left behind.
    """
    handle = os.open(path, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # until it is closed
        begin = -(-os.fstat(handle).st_size // item) * item
        os.truncate(handle, begin + size)
    finally:
        os.close(handle)
    return begin


def write_at(path: Path, offset: int, data: NDArray[Any]) -> None:
    """Write an array at a place in a file that is there.

    Raises:
        OSError: it cannot be written.
    """
    handle = os.open(path, os.O_WRONLY)
    try:
        write_all(handle, offset, bytes_of(data))
    finally:
        os.close(handle)


def write_all(handle: int, offset: int, left: memoryview) -> None:
    """Write bytes at a place in an open file, however many writes that takes.

    Raises:
        OSError: they cannot be written.
    """
    while left:
        written = os.pwrite(handle, left, offset)
        left, offset = left[written:], offset + written


def bytes_of(data: NDArray[Any]) -> memoryview:
    """The bytes of an array that has some, without a copy."""
    return data.data.cast("B")


def read_at(path: Path, offset: int, dtype: np.dtype[Any], count: int) -> NDArray[Any]:
    """So many numbers from a place in a file on.

    Raises:
        RunDirectoryError: it cannot be read, or ends before.
    """
    try:
        values = np.fromfile(path, dtype, count, offset=offset)
    except OSError as error:
        raise unreadable(error, path) from error
    if len(values) < count:
        raise RunDirectoryError(f"{path}: is too short; part of the run is missing")
    return values


def unreadable(error: OSError, path: Path) -> RunDirectoryError:
    """What to say of an error in reading."""
    return RunDirectoryError(f"{path}: cannot be read: {error.strerror or error}")


def explained(error: OSError, path: Path) -> RunDirectoryError:
    """What to say of an error in writing."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoRoomError(path)
    return RunDirectoryError(f"{path}: cannot be written: {error.strerror or error}")
