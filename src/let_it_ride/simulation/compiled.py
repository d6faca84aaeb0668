"""The kernel's compiled code: where it is kept, whether it is there, and loading it.

Everything that plays sessions gets the kernel from `load_kernel`. The rest of the package asks
only `is_compiled`, which does not import numba. Every process finds the same directory by itself,
but for one that is there until the program ends: its name is handed on, since one of a child's own
would outlive the program, and nobody would look there.
"""

import atexit
import errno
import hashlib
import os
import platform
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Final

from let_it_ride.files import cache_directory, write_atomically

_READY: Final = ("ready", "ready-tables")
_HANDED_ON: Final = "LIR_TUI_KERNEL_UNTIL_EXIT"
_UNTIL_EXIT: Final = "lir-tui-until-exit-"
_SOURCES: Final = (
    "streams.py",
    "formulas.py",
    "rounds.py",
    "kernel.py",
    "tracing.py",
    "table_kernel.py",
    "table_tracing.py",
)


def is_compiled(*, with_tables: bool) -> bool:
    """Whether the kernel is there in compiled form, and whole.

    Args:
        with_tables: whether that of tables is needed too, which takes longer to compile.
    """
    try:
        ready = (_kernel_directory() / _READY[with_tables]).read_text()
        return ready == _digest_of_code(with_tables=with_tables)
    except (OSError, ValueError):
        return False


def load_kernel() -> ModuleType:
    """The kernel's module, its compiled code read from and written to its own directory."""
    return _loaded("kernel")


def load_table_kernel() -> ModuleType:
    """The module that plays tables with real cards, kept with the kernel."""
    return _loaded("table_kernel")


def load_tracing() -> ModuleType:
    """The module that plays single sessions round by round, kept with the kernel."""
    return _loaded("tracing")


def load_table_tracing() -> ModuleType:
    """The module that plays single sessions at tables round by round, kept with the kernel."""
    return _loaded("table_tracing")


def _loaded(name: str) -> ModuleType:
    import numba  # noqa: PLC0415  half a second that only players of sessions spend

    kept, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(_kernel_directory())
    try:
        return import_module(f"let_it_ride.simulation.{name}")
    finally:
        numba.config.CACHE_DIR = kept


@contextmanager
def handed_on() -> Iterator[None]:
    """Have a process that is started in this block, and all its children, use our directory."""
    if temporary := _until_exit():
        os.environ[_HANDED_ON] = str(temporary)
    try:
        yield
    finally:
        os.environ.pop(_HANDED_ON, None)


def remove_if_until_exit() -> None:
    """Remove our directory if it is there until the program ends, as it does."""
    if temporary := _until_exit():
        shutil.rmtree(temporary, ignore_errors=True)


def mark_compiled(*, with_tables: bool) -> None:
    """Note that the kernel has been compiled and called: what is there now is whole."""
    # That of tables adds its own versions to what it calls, so the first note is written anew.
    for tables in {False, with_tables}:
        digest = _digest_of_code(with_tables=tables)
        write_atomically(_kernel_directory() / _READY[tables], digest.encode())


def discard_compiled() -> None:
    """Remove compiled code that cannot be loaded."""
    for entry in _kernel_directory().iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _digest_of_code(*, with_tables: bool) -> str:
    directory = _kernel_directory()
    digest = hashlib.sha256()
    for file in sorted(directory.rglob("*.nb?")):
        if file.name.startswith("table_") and not with_tables:
            continue
        digest.update(f"{file.relative_to(directory)} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def _kernel_directory() -> Path:
    """The directory for this kernel; it is there, and can be written."""
    name = _name_for_this_kernel()
    for find in (_handed_on_directory, cache_directory, _private_temporary_directory):
        try:
            directory = find() / name
            directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(directory, os.W_OK | os.X_OK):
            return directory
    directory = Path(tempfile.mkdtemp(prefix=_UNTIL_EXIT)) / name
    directory.mkdir()
    atexit.register(remove_if_until_exit)
    return directory


def _name_for_this_kernel() -> str:
    """A name for exactly this kernel under exactly this numba.

    numba notices a change of a function's own file alone, so everything that the code depends on
    is in the name; and the files too, since for a copy elsewhere numba compiles anew.
    """
    sources = [Path(__file__).with_name(name) for name in _SOURCES]
    parts = (
        *(source.read_bytes() for source in sources),
        *(f"{source} {source.stat().st_mtime_ns}".encode() for source in sources),
        version("numba").encode(),
        version("numpy").encode(),
        platform.python_version().encode(),
        platform.machine().encode(),
    )
    return f"kernel-{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"


def _handed_on_directory() -> Path:
    """The directory until exit that the main process made.

    Raises:
        FileNotFoundError: none was handed on, or none that this program can have made.
        PermissionError: others could have put code there, or could yet.
    """
    path = Path(os.environ.pop(_HANDED_ON, os.devnull))
    if not path.name.startswith(_UNTIL_EXIT) or path.parent != Path(tempfile.gettempdir()):
        raise FileNotFoundError(errno.ENOENT, "this directory is not of ours", str(path))
    _refuse_unless_private(path)
    return path


def _private_temporary_directory() -> Path:
    """A directory for temporary files that is kept from one program to the next.

    Raises:
        PermissionError: others could have put code there, or could yet.
    """
    path = Path(tempfile.gettempdir()) / f"lir-tui-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    _refuse_unless_private(path)
    return path


def _refuse_unless_private(path: Path) -> None:
    status = path.lstat()
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if not private or status.st_uid != os.getuid():
        raise PermissionError(errno.EPERM, "this directory is not private", str(path))


def _until_exit() -> Path | None:
    above = _kernel_directory().parent
    return above if above.name.startswith(_UNTIL_EXIT) else None
