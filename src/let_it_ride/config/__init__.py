"""What a person writes: the configuration models, TOML in and out, presets.

Importing this package imports nothing else; each name below brings its module when it is used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from let_it_ride.config.fields import Choice, FieldInfo, describe, describe_model
    from let_it_ride.config.full import FullConfig
    from let_it_ride.config.loading import load_config, parse_config
    from let_it_ride.config.preset_files import preset_names, preset_text
    from let_it_ride.config.problems import ConfigError, Problem
    from let_it_ride.config.saving import dump_config, save_config, update_toml
    from let_it_ride.config.toml_edit import edit_toml
    from let_it_ride.config.validation import validate_mapping

__all__ = [
    "Choice",
    "ConfigError",
    "FieldInfo",
    "FullConfig",
    "Problem",
    "describe",
    "describe_model",
    "dump_config",
    "edit_toml",
    "load_config",
    "parse_config",
    "preset_names",
    "preset_text",
    "save_config",
    "update_toml",
    "validate_mapping",
]

_HOMES: Final = {
    "let_it_ride.config.fields": ("Choice", "FieldInfo", "describe", "describe_model"),
    "let_it_ride.config.full": ("FullConfig",),
    "let_it_ride.config.loading": ("load_config", "parse_config"),
    "let_it_ride.config.preset_files": ("preset_names", "preset_text"),
    "let_it_ride.config.problems": ("ConfigError", "Problem"),
    "let_it_ride.config.saving": ("dump_config", "save_config", "update_toml"),
    "let_it_ride.config.toml_edit": ("edit_toml",),
    "let_it_ride.config.validation": ("validate_mapping",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    for module, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List what is public."""
    return sorted({*globals(), *__all__})
