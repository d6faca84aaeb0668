"""The kernel's compiled code: where it is kept, whether it is there, and loading it.

Everything that plays sessions gets the kernel from `load_kernel`. The rest of the package asks
only `is_compiled`, which does not import numba. Every process finds the same directory by itself,
but for one that is there until the program ends: its name is handed on, since one of a child's own
would outlive the program, and nobody would look there.
"""

import atexit
import errno
import fcntl
import hashlib
import os
import platform
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import cache
from importlib import import_module
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Final, NoReturn

from let_it_ride.betting import short_money
from let_it_ride.files import cache_directory, write_atomically

_HANDED_ON: Final = "LIR_TUI_KERNEL_UNTIL_EXIT"
_UNTIL_EXIT: Final = "lir-tui-until-exit-"
_KEPT: Final = "kernel-"

#: Compiled code of another version is removed when nothing has used it for thirty days.
_UNUSED_SECONDS: Final = 30 * 24 * 3600


class Kernel(StrEnum):
    """Compiled code that is kept and looked after together.

    The others need `SESSIONS`, and are compiled behind it when they are first wanted.
    """

    SESSIONS = "sessions"
    TABLES = "tables"
    SOLVER = "solver"


_MODULES: Final = {
    Kernel.SESSIONS: ("streams", "formulas", "rounds", "kernel", "tracing"),
    Kernel.TABLES: ("table_kernel", "table_tracing"),
    Kernel.SOLVER: ("exploring", "vectors", "solver"),
}


def is_compiled(kernel: Kernel) -> bool:
    """Whether a kernel is there in compiled form, and whole."""
    try:
        return all(
            _ready_file(needed).read_text() == _digest_of_code(needed)
            for needed in {Kernel.SESSIONS, kernel}
        )
    except (OSError, ValueError):
        return False


def compile_here(kernel: Kernel, warm_up: Callable[[], None]) -> None:
    """Compile a kernel in this process, for it and those after it.

    Args:
        kernel: which.
        warm_up: calls all that the kernel is called for.
    """
    with _alone():
        # A kernel adds its own versions to what it calls, so the others' notes are written anew.
        whole = {each for each in Kernel if is_compiled(each)}
        try:
            warm_up()
        except Exception:  # noqa: BLE001  damaged code on the disk can raise anything
            _discard_compiled()
            whole.clear()
            warm_up()
        for each in whole | {kernel}:
            write_atomically(_ready_file(each), _digest_of_code(each).encode())
    _discard_unused()


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other process compiles, and keep others waiting."""
    handle = os.open(_kernel_directory() / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # until it is closed
        yield
    finally:
        os.close(handle)


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


def load_exploring() -> ModuleType:
    """The module that finds what can happen to sessions, kept with the kernel."""
    return _loaded("exploring")


def load_solver() -> ModuleType:
    """The module that solves sessions exactly, kept with the kernel."""
    return _loaded("solver")


def _loaded(name: str) -> ModuleType:
    import numba  # half a second that only players of sessions spend

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


def end_and_remove_if_until_exit(code: int) -> NoReturn:
    """End this process as it is, and remove our directory if it is there until then."""
    if temporary := _until_exit():
        # Another program takes our place: none of our threads can write there any more.
        with suppress(OSError):
            os.execvp("rm", ["rm", "-rf", str(temporary)])  # noqa: S606, S607  no shell
    os._exit(code)


def _discard_compiled() -> None:
    """Remove compiled code that cannot be loaded."""
    for entry in _kernel_directory().iterdir():
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


def _discard_unused() -> None:
    """Remove the compiled code of other versions that nothing has used for long."""
    own = _kernel_directory()
    for directory in own.parent.glob(f"{_KEPT}*"):
        with suppress(OSError):
            if directory != own and time.time() - directory.stat().st_mtime > _UNUSED_SECONDS:
                shutil.rmtree(directory)


def _ready_file(kernel: Kernel) -> Path:
    return _kernel_directory() / f"ready-{kernel}"


def _digest_of_code(kernel: Kernel) -> str:
    directory, modules = _kernel_directory(), _MODULES[kernel]
    digest = hashlib.sha256()
    for file in sorted(directory.rglob("*.nb?")):
        if file.name.partition(".")[0] in modules:
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
            with suppress(OSError):
                os.utime(directory)  # it is in use
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
    sources = _sources(*Kernel)
    parts = (
        *(source.read_bytes() for source in sources),
        *(f"{source} {source.stat().st_mtime_ns}".encode() for source in sources),
        version("numba").encode(),
        version("numpy").encode(),
        platform.python_version().encode(),
        platform.machine().encode(),
    )
    return f"{_KEPT}{hashlib.sha256(b'|'.join(parts)).hexdigest()[:16]}"


def digest_of_kernels() -> str:
    """SHA-256 of the sources of everything that is played."""
    digest = hashlib.sha256()
    for source in _sources(Kernel.SESSIONS, Kernel.TABLES):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _sources(*kernels: Kernel) -> list[Path]:
    names = chain.from_iterable(_MODULES[kernel] for kernel in kernels)
    return [*(Path(__file__).with_name(f"{name}.py") for name in names), Path(short_money.__file__)]


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
