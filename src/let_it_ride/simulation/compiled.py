"""The kernel's compiled code: where it is kept, whether it is there, and loading it.

Everything that plays sessions gets the kernel from `load_kernel`. The rest of the package asks
only `is_compiled`, which does not import numba.
"""

import hashlib
import os
import platform
import stat
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Final

import numpy as np

from let_it_ride.files import cache_directory
from let_it_ride.simulation.records import NARROW_SESSION_RECORD, SESSION_RECORD

_READY: Final = "ready"


def is_compiled() -> bool:
    """Whether this machine has the kernel in compiled form."""
    return (_kernel_directory() / _READY).exists()


def load_kernel() -> ModuleType:
    """The kernel's module, its compiled code read from and written to its own directory."""
    import numba  # noqa: PLC0415  half a second that only players of sessions spend

    kept, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(_kernel_directory())
    try:
        from let_it_ride.simulation import kernel  # noqa: PLC0415
    finally:
        numba.config.CACHE_DIR = kept
    return kernel


def mark_compiled() -> None:
    """Note that the kernel has been compiled and called on this machine."""
    (_kernel_directory() / _READY).touch()


@cache
def _kernel_directory() -> Path:
    """A directory for exactly this kernel under exactly this numba.

    numba notices a change of the kernel's own file alone, so everything else that the code
    depends on is in the name.
    """
    source = Path(__file__).with_name("kernel.py").read_bytes()
    parts = (
        source,
        repr((SESSION_RECORD.descr, NARROW_SESSION_RECORD.descr)).encode(),
        version("numba").encode(),
        np.__version__.encode(),
        platform.python_version().encode(),
        platform.machine().encode(),
    )
    name = f"kernel-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"
    for parent in (cache_directory(), _private_temporary_directory()):
        directory = parent / name
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(directory, os.W_OK | os.X_OK):
            return directory
    return Path(tempfile.mkdtemp(prefix="lir-tui-"))


def _private_temporary_directory() -> Path:
    """A directory for temporary files that nobody else can have filled: code is loaded from it."""
    path = Path(tempfile.gettempdir()) / f"lir-tui-{os.getuid()}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        status = path.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="lir-tui-"))
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if private and status.st_uid == os.getuid():
        return path
    return Path(tempfile.mkdtemp(prefix="lir-tui-"))
