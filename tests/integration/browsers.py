"""A real browser without a window, where there is one."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "chrome")

#: Set it, and tests that need a browser fail where there is none.
_REQUIRED: Final = "LIR_TUI_NEEDS_CHROMIUM"


def chromium() -> str:
    """The browser; a test that asks for it is skipped where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        assert not os.environ.get(_REQUIRED), f"none of {', '.join(_NAMES)} is installed"
        pytest.skip(f"none of {', '.join(_NAMES)} is installed")
    return found


def opened(page: Path, profile: Path) -> tuple[str, list[str]]:
    """Open a page; return what it has become, and what the browser said of it.

    A page whose policy allows nothing from outside is told of for everything that it asks for.
    """
    done = subprocess.run(
        [
            chromium(),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--no-first-run",
            f"--user-data-dir={profile}",
            "--enable-logging=stderr",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]
