"""From a `FullConfig` to TOML: as a new text, into an existing text, or into a file."""

import os
from pathlib import Path
from typing import Literal

from let_it_ride.config.fields import describe, describe_model
from let_it_ride.config.full import FullConfig
from let_it_ride.config.loading import read_text
from let_it_ride.config.printing import printable
from let_it_ride.config.section import Section
from let_it_ride.config.toml_values import Values, legible, toml_text
from let_it_ride.files import write_atomically

Extent = Literal["all", "said", "needed"]
"""all: every setting that is not absent; needed: what differs from its default; said: that, and
what was set to its default on purpose.
"""


def dump_config(config: FullConfig) -> str:
    """Return a TOML text with what was set, and whatever else differs from the defaults."""
    return toml_text(legible(as_table(config, "said"), as_table(config, "all")))


def update_toml(text: str, config: FullConfig, source: str = "configuration") -> str:
    """Return a TOML text changed so that it stands for `config`, and else as it was.

    Comments, order, spaces, line ends and every value that means the same stay. What the text
    lacks is added where it differs from the default; a key or table that `config` does not have
    goes, with the comments on its line and directly above it.

    Raises:
        ConfigError: the text is not TOML.
    """
    # Writing a new text needs no tomlkit, which takes some time to import.
    from let_it_ride.config.toml_edit import edit_toml

    return edit_toml(text, as_table(config, "all"), as_table(config, "needed"), source)


def save_config(config: FullConfig, path: str | os.PathLike[str]) -> None:
    """Write a configuration to a file: into the text that is there, or a new one.

    Comments and all that means the same stay as they are. The file is replaced as a whole or stays
    as it was.

    Args:
        config: what is written: what was set, and what differs from the defaults.
        path: the file; it is made if it is not there, its directory is not.

    Raises:
        ConfigError: there is a file that is not TOML.
        FileError: the file cannot be written.
    """
    if _exists(path):
        text = update_toml(read_text(path), config, printable(os.fspath(path)))
    else:
        text = dump_config(config)
    write_atomically(path, text.encode())


def as_table(section: Section, extent: Extent) -> Values:
    """Return the settings of a section as plain data, without those that are absent."""
    table: Values = {}
    for field in describe(type(section)):
        value = getattr(section, field.name)
        is_said = extent == "said" and field.name in section.model_fields_set
        if isinstance(value, Section):
            inner = as_table(value, extent)
            kind = describe_model(type(value)).name
            if kind and (extent == "all" or kind != field.default or (is_said and inner)):
                inner = {"type": kind, **inner}
            if inner or field.optional or extent == "all":
                table[field.name] = inner
        elif value is not None and (extent == "all" or is_said or value != field.default):
            table[field.name] = (
                [as_table(each, extent) if isinstance(each, Section) else each for each in value]
                if isinstance(value, tuple)
                else value
            )
    return table


def _exists(path: str | os.PathLike[str]) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # writing will tell why
        return False
