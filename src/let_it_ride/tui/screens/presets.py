"""The presets, as choices for a new configuration."""

import tomllib
from typing import Final

from let_it_ride.config import preset_names, preset_text
from let_it_ride.tui.editing.settings import Choice

EMPTY: Final = ""
"""The name of the choice that is no preset."""


def preset_choices() -> tuple[Choice, ...]:
    """Return every preset, and the configuration with nothing in it."""
    empty = Choice(EMPTY, "Defaults", "Nothing set: everything is as it comes.")
    return (empty, *map(_choice, preset_names()))


def _choice(name: str) -> Choice:
    about = tomllib.loads(preset_text(name)).get("metadata", {})
    return Choice(name, about.get("name", name), about.get("description", ""))
