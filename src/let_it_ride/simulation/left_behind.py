"""What a killed program leaves: processes that are stopped and cannot see that it is gone.

Every program notes the processes that it starts in a file of its own, and removes the file when it
ends. The next program that finds the file of one that is no more ends what is left of it. Process
ids are used again, so a process is known by its id and the time at which it started.
"""

import atexit
import os
import signal
import subprocess
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from let_it_ride.files import cache_directory, read_small_file

#: No program has so many children that its file is longer, in bytes.
_LONGEST_FILE: Final = 1 << 22

#: What is on the command line of every process that could be one of ours.
_OURS: Final = "multiprocessing"


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
    file = _own_file()
    if file is not None and child is not None:
        with suppress(OSError), file.open("a") as notes:
            notes.write(f"{child.pid} {child.started}\n")


def end_what_others_left() -> None:
    """End the processes of programs that are no more."""
    try:
        files = list(_directory().iterdir())
    except OSError:
        return
    for file in files:
        pid, _, started = file.name.partition(" ")
        if pid.isdecimal() and identity_of(int(pid)) != ProcessIdentity(int(pid), started):
            for child in _noted(file):
                end_if_alive(child)
            with suppress(OSError):
                file.unlink()


def end_if_alive(process: ProcessIdentity) -> None:
    """End a process of ours, whatever state it is in, if it is still there."""
    if identity_of(process.pid) == process and _OURS in _command_line(process.pid):
        with suppress(OSError):
            os.kill(process.pid, signal.SIGKILL)


def _noted(file: Path) -> list[ProcessIdentity]:
    try:
        lines = read_small_file(file, _LONGEST_FILE).decode("ascii", errors="replace").split("\n")
    except OSError:
        return []
    parts = [line.partition(" ") for line in lines]
    return [
        ProcessIdentity(int(pid), started)
        for pid, _, started in parts
        if pid.isdecimal() and len(pid) < 10 and int(pid) > 1
    ]


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
