"""What the app remembers from one start to the next: the theme that was chosen."""

import json
from pathlib import Path
from typing import Final

from let_it_ride import files
from let_it_ride.files import FileError, NoHomeError
from let_it_ride.tui.themes import is_theme_name

_LARGEST: Final = 4096


def remembered_theme() -> str | None:
    """Return the name of the theme that was chosen last; None where nothing of use is known."""
    try:
        state = json.loads(files.read_small_file(_file(), _LARGEST))
        name = state["theme"]
    except (OSError, NoHomeError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return name if isinstance(name, str) and is_theme_name(name) else None


def remember_theme(name: str) -> None:
    """Begin with a theme from the next start on.

    Raises:
        FileError: that cannot be written down.
        NoHomeError: this user has no home directory.
    """
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(str(file), error.strerror or str(error)) from error
    files.write_atomically(file, json.dumps({"theme": name}).encode())


def _file() -> Path:
    return files.state_directory() / "app.json"
