"""Files of ours: where they live, written whole or not at all, read with a bound."""

import contextlib
import os
import secrets
from pathlib import Path

import platformdirs

_APPLICATION = "lir-tui"


def cache_directory() -> Path:
    """Where things are kept that can be made again; it need not exist or be writable."""
    return platformdirs.user_cache_path(_APPLICATION)


def data_directory() -> Path:
    """Where a user's runs are kept; it need not exist or be writable."""
    return platformdirs.user_data_path(_APPLICATION)


def read_small_file(path: Path, limit: int) -> bytes:
    """Read a file of at most `limit` bytes; a longer one is cut there."""
    with path.open("rb") as file:
        return file.read(limit)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, making the folders it needs.

    The data go to a temporary file in the same folder, which is synced and then renamed. A link is
    followed; an existing file keeps its mode.

    Raises:
        OSError: it cannot be written; what was there before is untouched.

    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with temporary.open("xb") as file:
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(file.fileno(), path.stat().st_mode & 0o7777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_directory(path.parent)


def _sync_directory(path: Path) -> None:
    with contextlib.suppress(OSError):
        directory = os.open(path, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
