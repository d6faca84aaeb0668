"""Which keys do what, where a user wants others than the usual ones."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from let_it_ride import files
from let_it_ride.errors import LetItRideError
from let_it_ride.tui.commands import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class KeymapError(LetItRideError):
    """A file of keys that has something wrong in it.

    Attributes:
        problems: what is wrong, each with its file and its line.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Keymap(NamedTuple):
    """What a user's file of keys says.

    Attributes:
        keys: keys by the names of what they do, as Textual knows them, the best first; only of
            what has other keys than usual.
        file: the file.
        has_motion: whether letters move where nothing is typed.
        lines: the line in the file on which each name stands.
        problems: what is wrong, by the name it is about; that is as usual.
    """

    keys: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    file: str = ""
    has_motion: bool = True
    lines: Mapping[str, int] = MappingProxyType({})
    problems: Mapping[str, str] = MappingProxyType({})

    def keys_of(self, name: str) -> tuple[str, ...]:
        """Return the keys of a command, the best first."""
        return self.keys.get(name) or COMMANDS[name].keys

    @property
    def told_problems(self) -> tuple[str, ...]:
        """What is wrong, from the top of the file on."""
        names = sorted(self.problems, key=lambda name: self.lines.get(name, 0))
        return tuple(self.problems[name] for name in names)

    def refuse_problems(self) -> None:
        """Do nothing where nothing is wrong.

        Raises:
            KeymapError: something is.
        """
        if self.problems:
            raise KeymapError(self.told_problems)


USUAL: Final = Keymap()
"""What there is without a file of keys."""


def keymap_file() -> Path:
    """The user's file of keys, which need not exist.

    Raises:
        NoHomeError: this user has no home directory.
    """
    return files.config_directory() / "keys.toml"
