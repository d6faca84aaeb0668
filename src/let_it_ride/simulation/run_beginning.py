"""The files that a run begins with, and the copy of them, so that no flipped bit ends it."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from let_it_ride.files import read_small_file, write_atomically
from let_it_ride.simulation.errors import RunDirectoryError

CONFIG_FILE: Final = "config.json"
IDENTITY_FILE: Final = "run.json"
SPARE_FILE: Final = "spare.json"

#: No file of a run that is JSON is longer, in bytes.
_LONGEST_JSON: Final = 1 << 20

#: It holds two of them.
_LONGEST_SPARE: Final = 2 * _LONGEST_JSON


def is_begun(directory: Path) -> bool:
    """Whether there is something of a run in its directory to go on with."""
    return any((directory / name).exists() for name in (IDENTITY_FILE, SPARE_FILE))


def write_spare(directory: Path, texts: Mapping[str, str]) -> None:
    """Write a copy of some files of a run, with a checksum.

    Args:
        directory: the run's.
        texts: what each file holds, by its name.

    Raises:
        FileError: it cannot be written.
    """
    spare = {"sha256": _checksum(texts), "files": dict(texts)}
    write_atomically(directory / SPARE_FILE, json.dumps(spare).encode())


def read_spare(directory: Path) -> dict[str, str]:
    """The texts that were written, by their names; none where the copy is not as it was written."""
    try:
        spare = json.loads(read_small_file(directory / SPARE_FILE, _LONGEST_SPARE))
        texts = spare["files"]
        is_sound = spare["sha256"] == _checksum(texts)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return texts if is_sound else {}


def read_run_json(path: Path) -> bytes:
    """What a JSON file of a run holds.

    Raises:
        RunDirectoryError: it cannot be read, or is longer than any of a run's.
    """
    try:
        content = read_small_file(path, _LONGEST_JSON + 1)
    except OSError as error:
        raise RunDirectoryError(f"{path}: cannot be read: {error.strerror or error}") from error
    if len(content) > _LONGEST_JSON:
        raise RunDirectoryError(f"{path}: is too long to be a run's")
    return content


def _checksum(texts: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name, text in sorted(texts.items()):
        for part in (name, text):
            whole.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return whole.hexdigest()
