"""``lir-tui [CONFIG]``: the app."""

import argparse
import os
import sys

from let_it_ride.errors import LetItRideError


class NoTerminalError(LetItRideError):
    """The app was started where there is no terminal."""


def edit(options: argparse.Namespace) -> int:
    """Open the app."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):  # Textual draws on standard error
        raise NoTerminalError(
            "the app needs a terminal; without one, use 'lir-tui run' or 'lir-tui odds'"
        )
    from let_it_ride.files import default_config_file  # noqa: PLC0415
    from let_it_ride.tui.app import run_app  # noqa: PLC0415  only where there is a terminal

    default = default_config_file()
    return run_app(options.config or (default if os.access(default, os.R_OK) else None))
