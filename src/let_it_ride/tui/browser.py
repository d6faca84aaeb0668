"""Showing a file in the browser of the desktop, away from the terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import webbrowser
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_DESKTOPS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")


def show_in_browser(file: Path) -> bool:
    """Show a file in a browser; return whether there is one.

    The browser has another process for its parent and no terminal, since what a browser says
    would be written over the app.
    """
    if sys.platform not in {"darwin", "win32"} and not any(map(os.environ.get, _DESKTOPS)):
        return False
    try:
        webbrowser.get()
    except webbrowser.Error:
        return False
    subprocess.Popen(  # noqa: S603  this Python, and a path of a report
        (sys.executable, "-I", "-m", "webbrowser", file.absolute().as_uri()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
