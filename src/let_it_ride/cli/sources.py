"""Configurations named on the command line, and options that change them."""

from collections.abc import Mapping
from pathlib import Path

from let_it_ride.config import (
    FullConfig,
    load_config,
    parse_config,
    preset_names,
    preset_text,
    validate_mapping,
)


def named_config(name: str) -> FullConfig:
    """The configuration in a file or, where there is no such file, the preset of that name.

    Raises:
        ConfigError: it is neither, or is no configuration.
    """
    if name in preset_names() and not Path(name).exists():
        return parse_config(preset_text(name), f"preset {name}")
    return load_config(name)


def with_simulation(config: FullConfig, changes: Mapping[str, object]) -> FullConfig:
    """The configuration with other values in its simulation section, where they are not None.

    Raises:
        ConfigError: a value is not allowed.
    """
    wanted = {key: value for key, value in changes.items() if value is not None}
    data = config.model_dump(exclude_unset=True)
    data["simulation"] = data.get("simulation", {}) | wanted
    return validate_mapping(data, "command line")
