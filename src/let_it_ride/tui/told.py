"""Of which unfinished runs the user knows: they are not announced again."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from let_it_ride import files
from let_it_ride.files import FileError, NoHomeError
from let_it_ride.tui.keeping import unfinished

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from let_it_ride.history import Entry, History

_LARGEST: Final = 1 << 16

#: So many ids are remembered.
_MOST: Final = 500


def untold(history: History) -> list[Entry]:
    """The runs that can be gone on with and that the user has not been told of, newest first.

    Raises:
        LetItRideError: the history cannot be read.
    """
    told = set(_told())
    return [entry for entry in unfinished(history) if entry.id not in told]


def note_told(entries: Sequence[Entry]) -> None:
    """Remember that the user knows of some runs; what cannot be written down is told again."""
    ids = dict.fromkeys([*(entry.id for entry in entries), *_told()])
    with suppress(FileError, NoHomeError, OSError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(_file(), json.dumps([*ids][:_MOST]).encode())


def _told() -> list[str]:
    try:
        ids = json.loads(files.read_small_file(_file(), _LARGEST))
    except (OSError, NoHomeError, ValueError, RecursionError):
        return []
    return [each for each in ids if isinstance(each, str)] if isinstance(ids, list) else []


def _file() -> Path:
    return files.state_directory() / "told.json"
