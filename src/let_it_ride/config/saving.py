"""From a `FullConfig` to TOML: as a new text, into an existing text, or into a file."""

import os
from pathlib import Path

from let_it_ride.config.full import FullConfig
from let_it_ride.config.loading import BYTE_ORDER_MARK, parse_config, read_text, read_toml
from let_it_ride.config.printing import printable
from let_it_ride.config.problems import ConfigError, Problem
from let_it_ride.config.toml_edit import edited
from let_it_ride.config.toml_text import as_table, legible, table_text
from let_it_ride.files import write_atomically


def dump_config(config: FullConfig) -> str:
    """Return a TOML text with what was set, and whatever else differs from the defaults."""
    return table_text((), legible(as_table(config, "said"), as_table(config, "all")))


def update_toml(text: str, config: FullConfig, source: str = "configuration") -> str:
    """Return a TOML text changed so that it stands for `config`, and else as it was.

    Comments, order, spaces, line ends and every value that means the same stay. What the text
    lacks is added where it differs from the default; a key or table that `config` does not have
    goes, with the comments on its line and directly above it.

    Raises:
        ConfigError: the text is not TOML.
    """
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    bare = text.removeprefix(mark)
    data, document = read_toml(bare, source)
    new = mark + edited(document, data, as_table(config, "all"), as_table(config, "needed"))
    if parse_config(new, source) != config:
        raise ConfigError((Problem(source, None, (), "cannot be changed and keep its layout"),))
    return new


def save_config(config: FullConfig, path: str | os.PathLike[str]) -> None:
    """Write a configuration to a file: into the text that is there, or a new one.

    The file is replaced as a whole or stays as it was.

    Raises:
        ConfigError: there is a file that is not TOML.
        FileError: the file cannot be written.
    """
    if _exists(path):
        text = update_toml(read_text(path), config, printable(os.fspath(path)))
    else:
        text = dump_config(config)
    write_atomically(path, text.encode())


def _exists(path: str | os.PathLike[str]) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # writing will tell why
        return False
