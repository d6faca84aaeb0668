"""Small files in which the app notes what it is to know at the next start."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from let_it_ride import files
from let_it_ride.files import FileError, NoHomeError

_T = TypeVar("_T")


def noted(name: str, largest: int, read: Callable[[Any], _T], otherwise: _T) -> _T:
    """Return what was noted.

    Args:
        name: of the file.
        largest: so long it is at most, in bytes.
        read: makes of its JSON what is wanted; LookupError, TypeError or ValueError where it
            cannot be made of it.
        otherwise: what is returned where nothing of use is noted.
    """
    try:
        return read(json.loads(files.read_small_file(state_file(name), largest)))
    except (OSError, NoHomeError, LookupError, TypeError, ValueError, RecursionError):
        return otherwise


def note(name: str, data: Any) -> None:
    """Note something that is JSON, in the place of what was noted before.

    Raises:
        FileError: that cannot be written down.
        NoHomeError: this user has no home directory.
    """
    path = state_file(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(str(path), error.strerror or str(error)) from error
    files.write_atomically(path, json.dumps(data).encode())


def state_file(name: str) -> Path:
    """Return where something is noted under a name."""
    return files.state_directory() / f"{name}.json"
