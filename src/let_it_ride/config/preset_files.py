"""The configurations that come with the program, to start from and to learn from."""

import difflib
from functools import cache
from importlib.resources import files

from let_it_ride.config.printing import quoted
from let_it_ride.config.problems import ConfigError, Problem

_ENDING = ".toml"


@cache
def preset_names() -> tuple[str, ...]:
    """Return the names of all presets, in alphabetical order."""
    entries = files(__package__).joinpath("presets").iterdir()
    return tuple(sorted(e.name.removesuffix(_ENDING) for e in entries if e.name.endswith(_ENDING)))


def preset_text(name: str) -> str:
    """Return the commented TOML text of a preset.

    Raises:
        ConfigError: there is no preset of this name; the nearest name is suggested.
    """
    if name not in preset_names():
        near = difflib.get_close_matches(name[:100].lower(), preset_names(), n=1)
        problem = Problem(
            "presets",
            None,
            (),
            "no preset of this name",
            quoted(name),
            ", ".join(preset_names()),
            near[0] if near else None,
        )
        raise ConfigError((problem,))
    path = files(__package__).joinpath("presets", name + _ENDING)
    return path.read_text(encoding="utf-8")
