"""What was open last: the files, where in them, and whether the user has been welcomed."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from let_it_ride import files
from let_it_ride.errors import LetItRideError
from let_it_ride.files import FileError, NoHomeError
from let_it_ride.tui.state_files import note, noted

_FILE: Final = "recent"
_LARGEST: Final = (1 << 16) + 1

#: So many files are remembered.
_MOST: Final = 12

#: No system has longer paths.
_LONGEST_PATH: Final = 4096
_LONGEST_PAGE: Final = 40


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was open.

    Attributes:
        path: the file, from the root.
        page: the section that was looked at last.
    """

    path: Path
    page: str = ""


def recent_files() -> tuple[RecentFile, ...]:
    """Return the files that were open, the latest first; none where nothing of use is known."""
    found: list[RecentFile] = noted(_FILE, _LARGEST, _files, [])
    return tuple({each.path: each for each in reversed(found)}.values())[::-1][:_MOST]


def remember_file(path: Path, page: str) -> None:
    """Put a file before all others, with where it was left.

    What cannot be written down is not remembered.
    """
    latest = RecentFile(_from_root(path), page)
    before = recent_files()
    if before[:1] != (latest,):
        _write((latest, *(each for each in before if each.path != latest.path)))


def forget_file(path: Path) -> None:
    """Remember a file no longer."""
    _write(tuple(each for each in recent_files() if each.path != _from_root(path)))


def is_welcomed() -> bool:
    """Whether the user has been welcomed, or it cannot be told."""
    try:
        return os.path.lexists(_mark())
    except NoHomeError:
        return True


def note_welcome() -> bool:
    """Note that the user is welcomed; return whether that could be written down."""
    try:
        _mark().parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(_mark(), b"")
    except (LetItRideError, OSError):
        return False
    return True


def _write(recent: tuple[RecentFile, ...]) -> None:
    data = [{"path": str(each.path), "page": each.page} for each in recent[:_MOST]]
    with suppress(FileError, NoHomeError, ValueError):
        note(_FILE, {"files": data})


def _files(state: Any) -> list[RecentFile]:
    return [_recent(each) for each in state["files"]]


def _recent(data: Any) -> RecentFile:
    path, page = data["path"], data["page"]
    if not (isinstance(path, str) and isinstance(page, str)):
        raise TypeError("no file that was open")
    if not path.startswith("/") or "\0" in path or len(path) > _LONGEST_PATH:
        raise ValueError("no path of a file")
    if not page.isascii() or len(page) > _LONGEST_PAGE:
        raise ValueError("no section")
    os.fsencode(path)
    return RecentFile(Path(path), page)


def _from_root(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  links are left as they were named


def _mark() -> Path:
    return files.state_directory() / "welcomed"
