"""What a killed program leaves: processes that cannot see that it is gone, private directories.

Every program notes the processes that it starts, and the directories that it makes for itself
alone, in a file of its own, and removes the file when it ends. The next program that finds the
file of one that is no more ends and removes what is left of it. Process ids are used again, so a
process is known by its id and the time at which it started.
"""

import atexit
import os
import re
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from let_it_ride.files import cache_directory, read_small_file

#: No program has so many children that its file is longer, in bytes.
_LONGEST_FILE: Final = 1 << 22

#: What is on the command line of every process that could be one of ours.
_OURS: Final = "multiprocessing"

#: What stands before a directory in the notes, where processes have their id.
_DIRECTORY: Final = "directory"

#: What a directory is called that a program makes for itself alone; multiprocessing has the first.
_PRIVATE: Final = re.compile(r"(?:pymp|lir-tui-[a-z]+)-[a-z0-9_]{8}")


class ProcessIdentity(NamedTuple):
    """A process, told from all others that ever had its id.

    Attributes:
        pid: its id.
        started: when it started, in the system's own words.
    """

    pid: int
    started: str


def identity_of(pid: int) -> ProcessIdentity | None:
    """The process that has this id now; None if there is none."""
    try:
        # The name of the program, in parentheses, may hold anything; what follows are numbers.
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
        return ProcessIdentity(pid, f"{_boot()}-{fields[19]}")
    except FileNotFoundError:
        if _boot():
            return None
    except (OSError, IndexError):
        return None
    started = _asked_of_ps(pid, "lstart").replace(" ", "-")
    return ProcessIdentity(pid, started) if started else None


def note_child(child: ProcessIdentity | None) -> None:
    """Note a process that this program has started, if it is still there."""
    if child is not None:
        _note(str(child.pid), child.started)


def note_directory(path: str) -> None:
    """Note a directory that this program has made for itself alone with `tempfile`."""
    _note(_DIRECTORY, path)


@contextmanager
def private_directory(kind: str) -> Iterator[Path]:
    """A directory that goes with the block, or else when another program starts.

    Args:
        kind: what it is for, in small letters.
    """
    with TemporaryDirectory(prefix=f"lir-tui-{kind}-") as name:
        note_directory(name)
        yield Path(name)


def end_what_others_left() -> None:
    """End the processes of programs that are no more, and remove their directories."""
    try:
        files = list(_directory().iterdir())
    except OSError:
        return
    for file in files:
        pid, _, started = file.name.partition(" ")
        if pid.isdecimal() and identity_of(int(pid)) != ProcessIdentity(int(pid), started):
            notes = _notes(file)
            for child in _processes(notes):
                end_if_alive(child)
            for first, second in notes:
                if first == _DIRECTORY:
                    _remove_directory(Path(second))
            with suppress(OSError):
                file.unlink()


def end_if_alive(process: ProcessIdentity) -> None:
    """End a process of ours, whatever state it is in, if it is still there."""
    if identity_of(process.pid) == process and _OURS in _command_line(process.pid):
        with suppress(OSError):
            os.kill(process.pid, signal.SIGKILL)


def _note(first: str, second: str) -> None:
    file = _own_file()
    if file is not None:
        with suppress(OSError), file.open("ab") as notes:
            notes.write(os.fsencode(f"{first} {second}\n"))


def _notes(file: Path) -> list[tuple[str, str]]:
    try:
        lines = os.fsdecode(read_small_file(file, _LONGEST_FILE)).split("\n")
    except OSError:
        return []
    return [(first, second) for first, _, second in (line.partition(" ") for line in lines)]


def _processes(notes: list[tuple[str, str]]) -> list[ProcessIdentity]:
    return [
        ProcessIdentity(int(pid), started)
        for pid, started in notes
        if pid.isdecimal() and len(pid) < 10 and int(pid) > 1
    ]


def _remove_directory(path: Path) -> None:
    """Remove a private directory, if this is one."""
    with suppress(OSError, ValueError):
        status = path.lstat()
        is_own = status.st_uid == os.getuid() and not status.st_mode & 0o077
        if is_own and stat.S_ISDIR(status.st_mode) and _PRIVATE.fullmatch(path.name):
            shutil.rmtree(path)


@cache
def _own_file() -> Path | None:
    """The file of this program; None if there is nowhere to write it."""
    own = identity_of(os.getpid())
    if own is None:
        return None
    file = _directory() / f"{own.pid} {own.started}"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    atexit.register(_remove, file, os.getpid())
    return file


def _remove(file: Path, pid: int) -> None:
    if os.getpid() == pid:
        with suppress(OSError):
            file.unlink()


def _directory() -> Path:
    return cache_directory() / "processes"


@cache
def _boot() -> str:
    """What tells this start of the system from others; empty where it does not say."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return _asked_of_ps(pid, "command")


def _asked_of_ps(pid: int, what: str) -> str:
    asked = ["ps", "-o", f"{what}=", "-p", str(pid)]  # where there is no /proc
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603  a number and words of ours
    except OSError:
        return ""
