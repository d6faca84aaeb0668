"""Everything that reads files which others can have written, with good files to begin from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from let_it_ride.config import load_config, preset_names, preset_text, save_config
from let_it_ride.config.full import FullConfig
from let_it_ride.tui.editing.session import peeked
from let_it_ride.tui.keymap_file import load_keymap, with_local_keys
from let_it_ride.tui.local_keys import local_keys
from let_it_ride.tui.themes import load_theme, theme_files


@dataclass(frozen=True)
class Reader:
    """One way into the program.

    Attributes:
        kind: what the file stands for.
        name: what the file is called.
        good: files that are read without a complaint.
        read: reads a file.
    """

    kind: str
    name: str
    good: tuple[bytes, ...]
    read: Callable[[Path], object]

    def __str__(self) -> str:
        return self.kind


def _presets() -> tuple[bytes, ...]:
    return tuple(preset_text(name).encode() for name in preset_names())


_KEYS = (
    b'run = ["f9", "ctrl+r"]\nnext_error = "shift+f9"\nvim = false\n',
    b'# mine\n"runs.open" = ["o", "enter"]\n\n[replay]\nnext = "m"\nplay = ["m", "f13"]\n',
)


def _read_keys(file: Path) -> None:
    with_local_keys(load_keymap(file), local_keys()).refuse_problems()


def readers() -> tuple[Reader, ...]:
    """Return every way in that is a single file."""
    themes = tuple(file.read_bytes() for file in theme_files())
    return (
        Reader("configuration file", "mine.toml", _presets(), load_config),
        Reader(
            "file that is saved into",
            "mine.toml",
            _presets(),
            lambda file: save_config(FullConfig(), file),
        ),
        Reader("file that the app opens with", "mine.toml", _presets(), peeked),
        Reader("theme file", "mine.toml", themes, load_theme),
        Reader("file of keys", "keys.toml", _KEYS, _read_keys),
    )
