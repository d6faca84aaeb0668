"""What a folder has to offer somebody who is typing a path."""

import os
from pathlib import Path
from typing import Final, NamedTuple

SUFFIX: Final = ".toml"
_MOST_SHOWN: Final = 200


class Listing(NamedTuple):
    """What fits a path that is being typed.

    Attributes:
        names: the folders, each with a slash at its end, then the configurations.
        note: what else a person should know: why nothing is there, or that there is more.
    """

    names: tuple[str, ...] = ()
    note: str = ""


def readable(path: Path) -> str:
    """Return a path as a person would write it: from here, or from home, where that is shorter."""
    for base, mark in ((Path.cwd(), ""), (Path.home(), "~/")):
        if path.is_absolute() and path.is_relative_to(base):
            return f"{mark}{path.relative_to(base)}"
    return str(path)


def split_typed(typed: str) -> tuple[Path, str]:
    """Return the folder that a typed path is in, and the beginning of the name after it."""
    head, slash, name = typed.rpartition("/")
    if name in {"~", "..", "."}:
        head, slash, name = f"{head}{slash}{name}", "/", ""
    folder = Path(head or ("/" if slash else "."))
    try:
        return folder.expanduser(), name
    except RuntimeError:  # a user that is not known
        return folder, name


def list_folder(typed: str) -> Listing:
    """Return what is in the folder of a typed path and begins like its name."""
    folder, beginning = split_typed(typed)
    try:
        with os.scandir(folder) as entries:
            fitting = [entry for entry in entries if _fits(entry.name, beginning)]
        folders = sorted(f"{entry.name}/" for entry in fitting if entry.is_dir())
        files = sorted(
            entry.name for entry in fitting if entry.name.endswith(SUFFIX) and entry.is_file()
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Listing(note=f"{folder}: {reason}")
    names = (*folders, *files)
    if len(names) > _MOST_SHOWN:
        return Listing(names[:_MOST_SHOWN], f"and {len(names) - _MOST_SHOWN:,} more")
    return Listing(names, "" if names else f"No folder or {SUFFIX} file here begins like that")


def completed(typed: str, names: tuple[str, ...]) -> str:
    """Return a typed path continued as far as all the names agree."""
    head, slash, name = typed.rpartition("/")
    common = _common_beginning(names)
    return f"{head}{slash}{common}" if len(common) > len(name) else typed


def in_folder_of(typed: str, name: str) -> str:
    """Return a typed path with another name at its end."""
    head, slash, last = typed.rpartition("/")
    if last in {"~", "..", "."}:
        return f"{typed}/{name}"
    return f"{head}{slash}{name}"


def _common_beginning(names: tuple[str, ...]) -> str:
    """Return what all names begin with."""
    first, last = (min(names), max(names)) if names else ("", "")
    end = next((i for i, letter in enumerate(first) if last[i : i + 1] != letter), len(first))
    return first[:end]


def _fits(name: str, beginning: str) -> bool:
    if name.startswith(".") and not beginning.startswith("."):
        return False
    return name.lower().startswith(beginning.lower())
