"""The description of the configuration, kept between two starts of the program.

Asking the models for it means importing pydantic, which takes longer than everything else before
the first frame. What was kept is used only while not a byte of the models can have changed.
"""

import json
import os
import zlib
from contextlib import suppress
from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

import let_it_ride
from let_it_ride.files import FileError, cache_directory, read_small_file, write_atomically
from let_it_ride.tui.editing.settings import Choice, Setting

_PACKAGE: Final = Path(let_it_ride.__file__).parent
_LARGEST: Final = 4 * 1024 * 1024

#: What the description is made from, relative to the package.
_SOURCES: Final = ("config/*.py", "game/categories.py", "game/paytables.py", "tui/editing/*.py")


def recalled() -> tuple[Setting, ...] | None:
    """Return the description as it was kept, or None if there is none or it may be another."""
    try:
        kept = json.loads(read_small_file(_file(), _LARGEST))
        if kept["of"] != _fingerprint():
            return None
        return tuple(map(_setting, kept["settings"]))
    except (OSError, ValueError, LookupError, TypeError, InvalidOperation, RecursionError):
        return None


def keep(settings: tuple[Setting, ...]) -> None:
    """Keep the description for the next start, if there is a place for it."""
    kept = {"of": _fingerprint(), "settings": [asdict(setting) for setting in settings]}
    with suppress(OSError, FileError):
        write_atomically(_file(), json.dumps(kept, default=str).encode())


def _file() -> Path:
    """Return the file that this installation of the package keeps its description in."""
    installation = zlib.crc32(os.fsencode(_PACKAGE))  # of two with the same, each makes it anew
    return cache_directory() / f"form-{installation:08x}.json"


def _fingerprint() -> str:
    """Return what changes when the models, or how they are described, change."""
    files = sorted(file for pattern in _SOURCES for file in _PACKAGE.glob(pattern))
    stats = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return repr((let_it_ride.__version__, stats))


def _setting(kept: dict[str, Any]) -> Setting:
    default = kept["default"]
    if kept["kind"] in {"money", "number"} and default is not None:
        default = Decimal(default)
    elif isinstance(default, list):
        default = tuple(default)
    inner: dict[str, Any] = {
        "default": default,
        "choices": tuple(map(_choice, kept["choices"])),
        "settings": tuple(map(_setting, kept["settings"])),
    }
    return Setting(**{**kept, **inner})


def _choice(kept: dict[str, Any]) -> Choice:
    return Choice(**{**kept, "settings": tuple(map(_setting, kept["settings"]))})
