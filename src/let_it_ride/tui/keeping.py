"""The runs that the app keeps: where they are, what they are called, what has to make room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from let_it_ride.config.full import FullConfig
    from let_it_ride.history import Entry, History

HistoryFactory = Callable[[], "History"]
"""Opens the history; called in a thread."""


def user_history() -> History:
    """Return the history of the user."""
    # The index is not needed for the first frame.
    from let_it_ride.history import History

    return History()


def title_of(config: FullConfig, file_name: str) -> str:
    """What to call a run: as its configuration, or else as the file that is in."""
    # The validation would hold up the first frame.
    from let_it_ride.history import naming

    return naming.title_of(config, file_name)


def name_run(history: History, directory: Path, title: str) -> None:
    """Call a run something, if it has begun; one that cannot be called so goes by its id."""
    # The validation would hold up the first frame.
    from let_it_ride.history import naming

    naming.name_run(history, directory, title)


def entry_of(history: History, directory: Path) -> Entry | None:
    """What the history says of a run that has ended; None if nothing of it is there.

    Raises:
        LetItRideError: the history cannot be read.
    """
    # What needs the simulation's parts would hold up the first frame.
    from let_it_ride.history.kept_runs import holds_nothing, remove_nothing

    if holds_nothing(directory):
        remove_nothing(directory)
    if not directory.exists():
        return None
    history.note(directory)
    return history.find(directory.name)


def to_make_room(history: History, config: FullConfig) -> list[Entry] | None:
    """The runs that would have to go for that of a configuration, the oldest first.

    Returns:
        The runs, which may be none; None where there is room.

    Raises:
        LetItRideError: the history cannot be read.
    """
    # numpy would hold up the first frame.
    from let_it_ride.planning import compile_outline
    from let_it_ride.simulation.run_layout import RunLayout

    needed = RunLayout.of(compile_outline(config)).size
    return history.to_remove(needed) if history.excess(needed) else None


def checked_config(directory: Path) -> FullConfig:
    """Read the configuration of a run that this version would play just so.

    Raises:
        RunDirectoryError: it cannot be read.
        RunMismatchError: it would be another run.
    """
    # numpy would hold up the first frame.
    from let_it_ride.history.checking import checked_config as checked

    return checked(directory)


def kept_config(directory: Path) -> FullConfig:
    """Read the configuration of a run.

    Raises:
        RunDirectoryError: it cannot be read.
    """
    # The validation would hold up the first frame.
    from let_it_ride.simulation.run_identity import read_config

    return read_config(directory)
