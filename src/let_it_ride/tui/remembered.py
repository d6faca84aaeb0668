"""What the app remembers from one start to the next: the theme that was chosen."""

from typing import Any, Final

from let_it_ride.tui.state_files import note, noted
from let_it_ride.tui.themes import is_theme_name

_FILE: Final = "app"
_LARGEST: Final = 4096


def remembered_theme() -> str | None:
    """Return the name of the theme that was chosen last; None where nothing of use is known."""
    return noted(_FILE, _LARGEST, _theme, None)


def remember_theme(name: str) -> None:
    """Begin with a theme from the next start on.

    Raises:
        FileError: that cannot be written down.
        NoHomeError: this user has no home directory.
    """
    note(_FILE, {"theme": name})


def _theme(state: Any) -> str | None:
    name = state["theme"]
    return name if isinstance(name, str) and is_theme_name(name) else None
