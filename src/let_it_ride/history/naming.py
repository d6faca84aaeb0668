"""What runs are called when they begin."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from let_it_ride.errors import LetItRideError
from let_it_ride.history.run_files import LONGEST_NAME
from let_it_ride.simulation.run_beginning import IDENTITY_FILE

if TYPE_CHECKING:
    from let_it_ride.config.full import FullConfig
    from let_it_ride.history.history import History

_SUFFIX: Final = ".toml"


def title_of(config: FullConfig, file: str) -> str:
    """What to call a run: as its configuration, or else as the file that is in."""
    return (config.metadata.name or Path(file).name.removesuffix(_SUFFIX))[:LONGEST_NAME]


def name_run(history: History, directory: Path, title: str) -> bool:
    """Call a run something, and return whether it has begun.

    One that cannot be called so goes by its id.
    """
    has_begun = (directory / IDENTITY_FILE).exists()
    if has_begun:
        with suppress(LetItRideError):
            history.rename(directory.name, title)
    return has_begun
