"""Of which unfinished runs the user knows: they are not announced again."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from let_it_ride.files import FileError, NoHomeError
from let_it_ride.tui.state_files import note, noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.history import Entry, History

_FILE: Final = "told"
_LARGEST: Final = 1 << 16

#: So many ids are remembered.
_MOST: Final = 500


def untold(history: History) -> list[Entry]:
    """The runs that can be gone on with and that the user has not been told of, newest first.

    Raises:
        LetItRideError: the history cannot be read.
    """
    told = set(_told())
    return [entry for entry in history.unfinished() if entry.id not in told]


def note_told(entries: Sequence[Entry]) -> None:
    """Remember that the user knows of some runs; what cannot be written down is told again."""
    ids = dict.fromkeys([*(entry.id for entry in entries), *_told()])
    with suppress(FileError, NoHomeError):
        note(_FILE, [*ids][:_MOST])


def _told() -> list[str]:
    return noted(_FILE, _LARGEST, _ids, [])


def _ids(state: Any) -> list[str]:
    return [each for each in state if isinstance(each, str)] if isinstance(state, list) else []
