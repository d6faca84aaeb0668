"""Changes that are not saved, kept beside the file until they are: an editor's swap file.

Each program keeps its own, in a file with a lock that ends with the program, however that ends.
One whose lock is free was left behind, and its changes are offered to whoever starts next.
"""

import fcntl
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Final

from let_it_ride import files
from let_it_ride.errors import LetItRideError
from let_it_ride.files import NoHomeError

#: A configuration of the largest size, with every character escaped.
_LARGEST: Final = 8 << 20

#: So many that were left behind are looked at, the newest.
_MOST: Final = 20

_SUFFIX: Final = ".json"
_LOCK: Final = ".lock"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A configuration with changes that are not saved.

    Attributes:
        path: its file, from the root; None if it has none yet.
        text: its text.
        base: what tells the text of the file that was changed from others; None if there was none.
        page: the section that was looked at last.
    """

    path: Path | None
    text: str
    base: str | None
    page: str


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Changes that a program has left behind.

    Attributes:
        kept: the file that they are kept in.
        unsaved: the changes.
        moment: when they were written down.
    """

    kept: Path
    unsaved: Unsaved
    moment: datetime

    def discard(self) -> None:
        """Remove them for good."""
        _remove(self.kept)


def mark_of(text: str | None) -> str | None:
    """What tells the text of a file from others; None where there is none."""
    import hashlib  # not needed for the first frame

    if text is None:
        return None
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def left_behind() -> list[LeftBehind]:
    """Return what programs have left behind that are no more, the newest first."""
    try:
        with os.scandir(_directory()) as entries:
            found = [
                (entry.stat().st_mtime, Path(entry.path))
                for entry in entries
                if entry.name.endswith(_SUFFIX) and not entry.name.startswith(".")
            ]
    except (OSError, NoHomeError):
        return []
    left = []
    for moment, path in sorted(found, reverse=True)[:_MOST]:
        unsaved = None if _is_held(path) else _read(path)
        if unsaved is not None:
            left.append(LeftBehind(path, unsaved, datetime.fromtimestamp(moment, UTC)))
    return left


class Keeper:
    """Keeps the changes of this program; can be used from any thread."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._handle = -1
        self._kept: Unsaved | None = None
        self._one_at_a_time = Lock()

    @property
    def keeps(self) -> bool:
        """Whether there are changes that are kept."""
        return self._kept is not None

    def keep(self, unsaved: Unsaved) -> None:
        """Write changes down, in the place of those before.

        Raises:
            LetItRideError: they cannot be written down.
            OSError: so it is.
        """
        with self._one_at_a_time:
            if unsaved == self._kept:
                return
            data = {
                "file": None if unsaved.path is None else str(unsaved.path),
                "base": unsaved.base,
                "page": unsaved.page,
                "text": unsaved.text,
            }
            files.write_atomically(self._own(), json.dumps(data).encode())
            self._kept = unsaved

    def take_over(self, left: LeftBehind) -> bool:
        """Keep what another program has left behind; return whether it was still there."""
        with self._one_at_a_time:
            try:
                left.kept.replace(self._own())
            except (LetItRideError, OSError):
                return False
            with suppress(OSError):
                left.kept.with_suffix(_LOCK).unlink()
            self._kept = left.unsaved
            return True

    def forget(self) -> None:
        """Keep nothing any longer: all is saved, or not wanted."""
        with self._one_at_a_time:
            if self._path is not None:
                _remove(self._path)
            self._kept = None
            self._let_go()

    def leave_behind(self) -> None:
        """Let others have what is kept; called when the program ends."""
        with self._one_at_a_time:
            self._let_go()

    def _own(self) -> Path:
        """The file of this program, whose lock it holds."""
        if self._path is None:
            directory = _directory()
            directory.mkdir(parents=True, exist_ok=True)
            path = directory / f"{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}"
            self._handle = os.open(path.with_suffix(_LOCK), os.O_CREAT | os.O_RDWR, 0o600)
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._path = path
        return self._path

    def _let_go(self) -> None:
        if self._path is not None:
            os.close(self._handle)
        self._path = None


def _remove(path: Path) -> None:
    for each in (path, path.with_suffix(_LOCK)):
        with suppress(OSError):
            each.unlink()


def _is_held(path: Path) -> bool:
    """Whether the program that keeps a file is still there."""
    try:
        handle = os.open(path.with_suffix(_LOCK), os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def _read(path: Path) -> Unsaved | None:
    """What is in a file; None where it is nothing of use."""
    try:
        return _unsaved(json.loads(files.read_small_file(path, _LARGEST + 1)))
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _unsaved(data: Any) -> Unsaved:
    file, base, page, text = (data[name] for name in ("file", "base", "page", "text"))
    if not all(isinstance(each, str) for each in (page, text)):
        raise TypeError("no changes")
    if not all(each is None or isinstance(each, str) for each in (file, base)):
        raise TypeError("no changes")
    if file is not None and (not file.startswith("/") or "\0" in file):
        raise ValueError("no path of a file")
    os.fsencode(file or "")
    text.encode()
    return Unsaved(None if file is None else Path(file), text, base, page)


def _directory() -> Path:
    return files.state_directory() / "unsaved"
