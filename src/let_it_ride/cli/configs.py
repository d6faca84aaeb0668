"""``lir-tui config …``: new configurations, checking them, where they are."""

import argparse
import sys

from let_it_ride.config import ConfigError, load_config, parse_config, preset_names, preset_text
from let_it_ride.config.printing import printable
from let_it_ride.errors import LetItRideError
from let_it_ride.files import FileError, default_config_file, write_atomically


class NotMadeError(LetItRideError):
    """A new file cannot be made where it was asked for."""


def new(options: argparse.Namespace) -> int:
    """Print a preset, or write it to a new file."""
    if options.list:
        for name in preset_names():
            metadata = parse_config(preset_text(name), name).metadata
            print(f"{name:<20} {metadata.description or ''}")
        return 0
    text = preset_text(options.preset)
    if options.output is None:
        sys.stdout.write(text)
        return 0
    try:
        write_atomically(options.output, text.encode(), replace=False)
    except FileError as error:
        raise NotMadeError(f"{error}; name a new file") from error
    return 0


def check(options: argparse.Namespace) -> int:
    """Say of each file whether it is a configuration, and if not, everything that is wrong."""
    code = 0
    for file in options.files:
        try:
            load_config(file)
        except ConfigError as error:
            print(error, file=sys.stderr)
            code = error.exit_code
        else:
            print(f"{printable(str(file))}: a valid configuration")
    return code


def path(_options: argparse.Namespace) -> int:
    """Print where the configuration is that the app opens by itself."""
    print(default_config_file())
    return 0
