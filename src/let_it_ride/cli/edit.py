"""``lir-tui [CONFIG]``: the app."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from let_it_ride.errors import LetItRideError
from let_it_ride.files import NoHomeError, default_config_file

if TYPE_CHECKING:
    from argparse import Namespace


class NoTerminalError(LetItRideError):
    """The app was started where there is no terminal."""


def edit_named(options: "Namespace") -> int:
    """Open the app with the configuration that the command line names, if it does."""
    return edit(options.config)


def edit(config: Path | None = None) -> int:
    """Open the app."""
    # Textual draws on standard error, unless it is told to draw for a browser, say.
    is_shown = bool(os.environ.get("TEXTUAL_DRIVER"))
    if not is_shown and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NoTerminalError(
            "the app needs a terminal; without one, use 'lir-tui run' or 'lir-tui odds'"
        )
    gc.disable()  # all that is made until the first frame is needed; then the app turns it on
    from let_it_ride.tui.app import run_app  # only where there is a terminal

    return run_app(config or _usual_file())


def _usual_file() -> Path | None:
    with suppress(NoHomeError):
        file = default_config_file()
        if os.access(file, os.R_OK):
            return file
    return None
