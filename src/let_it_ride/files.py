"""Files of ours: where they live, written whole or not at all, read with a bound."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

import platformdirs

from let_it_ride.errors import LetItRideError

_APPLICATION: Final = "lir-tui"

_REASONS: Final = {
    errno.ENOENT: "there is no such folder",
    errno.EEXIST: "there is a file of this name",
    errno.ENOTDIR: "a part of the path is not a folder",
    errno.EISDIR: "there is a folder of this name",
    errno.EACCES: "writing there is not permitted",
    errno.EPERM: "writing there is not permitted",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be too large",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.ENAMETOOLONG: "the name is too long",
}


class FileError(LetItRideError):
    """A file that cannot be written.

    Attributes:
        path: the file, as the caller named it.
        reason: why, in words.
    """

    exit_code = 1

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: cannot be written: {self.reason}"


class NoHomeError(LetItRideError):
    """The system does not say where the user's files are."""

    def __init__(self, variable: str) -> None:
        super().__init__(f"this user has no home directory; set HOME or {variable}")


def cache_directory() -> Path:
    """Where things are kept that can be made again; it need not exist or be writable."""
    try:
        return platformdirs.user_cache_path(_APPLICATION)
    except RuntimeError:  # a user without a home directory
        return Path(os.devnull) / _APPLICATION


def config_directory() -> Path:
    """Where a user's own configuration is kept; it need not exist or be writable.

    Raises:
        NoHomeError: this user has no home directory.
    """
    return _at_home(platformdirs.user_config_path, "XDG_CONFIG_HOME")


def data_directory() -> Path:
    """Where what the user has made with the program is kept; it need not exist or be writable.

    Raises:
        NoHomeError: this user has no home directory.
    """
    return _at_home(platformdirs.user_data_path, "XDG_DATA_HOME")


def state_directory() -> Path:
    """Where the program keeps what it remembers and reports; it need not exist or be writable.

    Raises:
        NoHomeError: this user has no home directory.
    """
    return _at_home(platformdirs.user_state_path, "XDG_STATE_HOME")


def _at_home(find: Callable[[str], Path], variable: str) -> Path:
    try:
        return find(_APPLICATION)
    except RuntimeError:
        raise NoHomeError(variable) from None


def default_config_file() -> Path:
    """The configuration that the app opens when none is named, if it exists."""
    return config_directory() / "config.toml"


def user_themes_directory() -> Path:
    """Where a user's own themes are; it need not exist."""
    return config_directory() / "themes"


def read_small_file(path: str | os.PathLike[str], limit: int) -> bytes:
    """Read a file of at most `limit` bytes; a longer one is cut there.

    Raises:
        OSError: there is none, or it cannot be read, or waits for somebody who writes or types.
    """
    try:
        _refuse_unless_regular(Path(path).stat())
        # What has taken its place since then must not be waited for either.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except ValueError:
        raise OSError(errno.EINVAL, "no file can have this name") from None
    with os.fdopen(handle, "rb") as file:
        _refuse_unless_regular(os.fstat(handle))
        return file.read(limit)


def _refuse_unless_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "not a file to read")


def write_atomically(path: str | os.PathLike[str], data: bytes, *, replace: bool = True) -> None:
    """Write a file that has all of the data or, after an error, what it had before.

    Args:
        path: the file.
        data: what it is to hold.
        replace: whether a file that is there may be replaced.

    Raises:
        FileError: it cannot be written, or is there and may not be replaced.
    """
    with atomic_file(path, replace=replace) as file:
        file.write(data)


@contextmanager
def atomic_file(path: str | os.PathLike[str], *, replace: bool = True) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends without an error.

    A symbolic link stays one, and what it leads to is replaced; a replaced file's mode is kept.
    What the block writes is on the disk before the old file is gone.

    Args:
        path: the file.
        replace: whether a file that is there may be replaced.

    Raises:
        FileError: it cannot be written. Errors of the block's own come through as they are,
            except the system's (`OSError`), which are taken for those of the file.
    """
    name = os.fspath(path)
    try:
        target = Path(path).resolve()
    except ValueError:
        raise FileError(name, "no file can have this name") from None
    except RuntimeError:  # how Python before 3.13 says it
        raise FileError(name, _REASONS[errno.ELOOP]) from None
    except OSError as error:
        raise _explained(name, error) from error
    try:
        with _draft_of(target, replace=replace) as file:
            yield file
    except OSError as error:
        raise _explained(name, error) from error


def _explained(name: str, error: OSError) -> FileError:
    return FileError(name, _REASONS.get(error.errno or 0) or error.strerror or str(error))


@contextmanager
def _draft_of(target: Path, *, replace: bool) -> Iterator[BinaryIO]:
    mode = _mode_of(target)
    if mode is not None and not replace:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    # The name has nothing of the target's, which may be as long as names can be.
    draft = target.with_name(f".{os.urandom(8).hex()}.tmp")
    try:
        with draft.open("xb") as file:
            if mode is not None:
                draft.chmod(mode)
            yield file
            file.flush()
            os.fsync(file.fileno())
        if replace:
            draft.replace(target)
        else:
            target.hardlink_to(draft)
            draft.unlink()
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    _sync_folder(target.parent)


def _mode_of(target: Path) -> int | None:
    """Return the mode of a file that may be replaced, or None if there is none."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "this is not a file")
    if not os.access(target, os.W_OK):  # replacing needs only the folder's permission
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(mode)


def _sync_folder(folder: Path) -> None:
    """Put a replaced name on the disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
