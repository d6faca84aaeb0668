"""Reports of errors that nobody expected, for whoever mends them."""

import os
import platform
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import let_it_ride
from let_it_ride import files
from let_it_ride.errors import LetItRideError

_PARTS: Final = ("textual", "rich", "numpy", "numba", "pydantic", "scipy")
_MOST: Final = 10
"""How many reports are kept."""


def write_crash_report(error: BaseException) -> Path | None:
    """Write how an error came about, with versions and nothing of what was worked on.

    Returns:
        The file, or None where it can be written nowhere.
    """
    text = crash_report(error)
    name = f"crash-{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{os.getpid()}.txt"
    for find in (_usual_folder, lambda: Path(tempfile.gettempdir())):
        with suppress(LetItRideError, OSError):
            folder = find()
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / name
            files.write_atomically(file, text.encode(errors="backslashreplace"))
            _make_room(folder)
            return file
    return None


def crash_report(error: BaseException) -> str:
    """Return what a report says of an error."""
    versions = [f"lir-tui {let_it_ride.__version__}", f"Python {platform.python_version()}"]
    for part in _PARTS:
        with suppress(PackageNotFoundError):
            versions.append(f"{part} {version(part)}")
    about = {
        "when": time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()),
        "versions": ", ".join(versions),
        "platform": platform.platform(),
        "terminal": os.environ.get("TERM", "none"),
        "command": " ".join(["lir-tui", *sys.argv[1:2]]),
    }
    head = "".join(f"{name}: {value}\n" for name, value in about.items())
    return f"{head}\n{''.join(traceback.format_exception(error))}"


def _usual_folder() -> Path:
    return files.state_directory() / "crashes"


def _make_room(folder: Path) -> None:
    for old in sorted(folder.glob("crash-*-*.txt"))[:-_MOST]:
        with suppress(OSError):
            old.unlink()
