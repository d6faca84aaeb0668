"""The kernel's compiled code: where it is kept, whether it is there, and loading it.

Everything that plays sessions gets the kernel from `load_kernel`. The rest of the package asks
only `is_compiled`, which does not import numba. The main process chooses the directory, and its
children take it over: one of their own would outlive the program, and nobody would look there.
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
_INHERITED: Final = "LIR_TUI_KERNEL"
_INHERITED_TEMPORARY: Final = "LIR_TUI_KERNEL_UNTIL_EXIT"
_SOURCES: Final = (
    "streams.py",
    "formulas.py",
    "rounds.py",
    "kernel.py",
    "tracing.py",
    "table_kernel.py",
    "table_tracing.py",
)

_UNTIL_EXIT: Final[set[Path]] = set()


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
    directory = _kernel_directory()
    os.environ[_INHERITED] = str(directory)
    if directory.parent in _UNTIL_EXIT:
        os.environ[_INHERITED_TEMPORARY] = str(directory.parent)
    try:
        yield
    finally:
        os.environ.pop(_INHERITED, None)
        os.environ.pop(_INHERITED_TEMPORARY, None)


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
    """The directory that was handed on to us, or one of our choice; it is there."""
    if inherited := os.environ.pop(_INHERITED, None):
        if temporary := os.environ.pop(_INHERITED_TEMPORARY, None):
            # The process that made it may be killed; this one sees it end, and ends well.
            _remove_at_exit(Path(temporary))
        return Path(inherited)
    name = _name_for_this_kernel()
    for find in (cache_directory, _private_temporary_directory):
        try:
            directory = find() / name
            directory.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(directory, os.W_OK | os.X_OK):
            return directory
    directory = _directory_until_exit() / name
    directory.mkdir()
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


def _private_temporary_directory() -> Path:
    """A directory for temporary files that nobody else can have filled: code is loaded from it.

    Raises:
        PermissionError: others could have, or could yet.
    """
    path = Path(tempfile.gettempdir()) / f"lir-tui-{os.getuid()}"
    path.mkdir(mode=0o700, exist_ok=True)
    status = path.lstat()
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    if private and status.st_uid == os.getuid():
        return path
    raise PermissionError(errno.EPERM, "this directory is not private", str(path))


def _directory_until_exit() -> Path:
    path = Path(tempfile.mkdtemp(prefix="lir-tui-"))
    _UNTIL_EXIT.add(path)
    _remove_at_exit(path)
    return path


def _remove_at_exit(path: Path) -> None:
    atexit.register(shutil.rmtree, path, ignore_errors=True)
