"""The directories of runs, and the index kept in step with them."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from let_it_ride.history.entry import Entry
from let_it_ride.history.ids import is_id
from let_it_ride.history.index import Index, Line
from let_it_ride.history.run_files import read_entry
from let_it_ride.simulation.run_lock import LOCK_FILE, is_in_use, is_played
from let_it_ride.simulation.run_state import RunState

INDEX: Final = "index.sqlite"

REMOVED: Final = ".removed-"
"""How the name of a directory begins that is being removed."""

#: File systems tell the time in steps: what changes twice within one looks as if it had once.
_SECONDS_TO_SETTLE: Final = 3.0
_SECONDS_TO_BEGIN: Final = 86_400.0


class _Seen(NamedTuple):
    """A directory's status: which it is, and when a file was last put in it or taken out."""

    stamp: str
    changed: float


def kept_runs(root: Path, now: float) -> list[Entry]:
    """Every run in a directory, in no order.

    Directories are read that the index does not have or has otherwise, and those of runs that are
    not complete; of all others their status is enough.

    Args:
        root: the directory.
        now: seconds since the epoch.

    Raises:
        OSError: the directory cannot be read.
    """
    index = Index(root / INDEX)
    seen = _directories(root)
    if not seen:
        return []
    known = index.lines()
    lines: list[Line] = []
    changed: list[Line] = []
    for run, status in seen.items():
        line = known.get(run)
        if line is None or line.stamp != status.stamp or not line.is_settled:
            read = _line(root / run, status, now)
            if read is not None and read != line:
                changed.append(read)
            line = read
        if line is not None:
            lines.append(line)
    index.update(changed, known.keys() - {line.entry.id for line in lines})
    return [line.entry for line in lines]


def note_run(directory: Path, now: float) -> None:
    """Put what a run's directory says into the index."""
    index = Index(directory.parent / INDEX)
    try:
        status = directory.lstat()
    except OSError:
        index.update((), (directory.name,))
        return
    line = _line(directory, _seen(status), now)
    if line is not None:
        index.update((line,), ())


def forget_index(root: Path) -> None:
    """Have every directory read again."""
    Index(root / INDEX).clear()


def holds_nothing(directory: Path) -> bool:
    """Whether a directory is empty, or has only a lock that nobody holds."""
    try:
        with os.scandir(directory) as files:
            return all(each.name == LOCK_FILE for each in files) and not is_played(directory)
    except OSError:
        return False


def remove_nothing(directory: Path) -> None:
    """Remove a directory that holds nothing, if it can be removed."""
    with suppress(OSError):
        (directory / LOCK_FILE).unlink(missing_ok=True)
        directory.rmdir()


def _directories(root: Path) -> dict[str, _Seen]:
    seen = {}
    with os.scandir(root) as found:
        for each in found:
            with suppress(OSError):  # it is gone
                if not each.is_dir(follow_symlinks=False):
                    continue
                if is_id(each.name):
                    seen[each.name] = _seen(each.stat(follow_symlinks=False))
                # By a program that was killed meanwhile; one that is in use is given back.
                elif each.name.startswith(REMOVED) and not is_in_use(root / each.name):
                    shutil.rmtree(each.path, ignore_errors=True)
    return seen


def _seen(status: os.stat_result) -> _Seen:
    return _Seen(f"{status.st_ino} {status.st_ctime_ns}", status.st_ctime)


def _line(directory: Path, seen: _Seen, now: float) -> Line | None:
    """Read a directory; None if no run was begun in it."""
    age = now - seen.changed
    if holds_nothing(directory):
        if age > _SECONDS_TO_BEGIN:  # the program that made it has not begun its run
            remove_nothing(directory)
        return None
    entry = read_entry(directory)
    is_settled = entry.state is RunState.COMPLETE and age > _SECONDS_TO_SETTLE
    return Line(entry, seen.stamp, is_settled)
