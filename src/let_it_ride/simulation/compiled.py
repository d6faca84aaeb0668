"""The kernel's compiled code: where it is kept, whether it is there, and loading it.

Everything that plays sessions gets the kernel from `load_kernel`. The rest of the package asks
only `is_compiled`, which does not import numba.
"""

import atexit
import hashlib
import os
import platform
import shutil
import stat
import tempfile
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Final

import numpy as np

from let_it_ride.files import cache_directory, write_atomically

_READY: Final = "ready"
_SOURCES: Final = ("streams.py", "formulas.py", "rounds.py", "kernel.py", "tracing.py")


def is_compiled() -> bool:
    """Whether the kernel is there in compiled form, and whole."""
    try:
        return (_kernel_directory() / _READY).read_text() == _digest_of_code()
    except (OSError, ValueError):
        return False


def load_kernel() -> ModuleType:
    """The kernel's module, its compiled code read from and written to its own directory."""
    return _loaded("kernel")


def load_tracing() -> ModuleType:
    """The module that plays single sessions round by round, kept with the kernel."""
    return _loaded("tracing")


def _loaded(name: str) -> ModuleType:
    import numba  # noqa: PLC0415  half a second that only players of sessions spend

    kept, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(_kernel_directory())
    try:
        return import_module(f"let_it_ride.simulation.{name}")
    finally:
        numba.config.CACHE_DIR = kept


def mark_compiled() -> None:
    """Note that the kernel has been compiled and called: what is there now is whole."""
    write_atomically(_kernel_directory() / _READY, _digest_of_code().encode())


def discard_compiled() -> None:
    """Remove compiled code that cannot be loaded."""
    for entry in _kernel_directory().iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _digest_of_code() -> str:
    directory = _kernel_directory()
    digest = hashlib.sha256()
    for file in sorted(directory.rglob("*.nb?")):
        digest.update(f"{file.relative_to(directory)} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _kernel_directory() -> Path:
    """A directory for exactly this kernel under exactly this numba.

    numba notices a change of a function's own file alone, so everything that the code depends on
    is in the name; and the files too, since for a copy elsewhere numba compiles anew.
    """
    sources = [Path(__file__).with_name(name) for name in _SOURCES]
    parts = (
        *(source.read_bytes() for source in sources),
        *(f"{source} {source.stat().st_mtime_ns}".encode() for source in sources),
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
    return _directory_until_exit()


def _private_temporary_directory() -> Path:
    """A directory for temporary files that nobody else can have filled: code is loaded from it."""
    path = Path(tempfile.gettempdir()) / f"lir-tui-{os.getuid()}"
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        status = path.lstat()
    except OSError:
        return _directory_until_exit()
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if private and status.st_uid == os.getuid():
        return path
    return _directory_until_exit()


def _directory_until_exit() -> Path:
    path = Path(tempfile.mkdtemp(prefix="lir-tui-"))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path
