"""Everything that reads files which others can have written, with good files to begin from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest.mock import patch

from textual.css.stylesheet import Stylesheet

import let_it_ride.tui
from let_it_ride.config import load_config, preset_names, preset_text, save_config
from let_it_ride.config.full import FullConfig
from let_it_ride.history import History
from let_it_ride.tui.editing.session import peeked
from let_it_ride.tui.keymap_file import load_keymap, with_local_keys
from let_it_ride.tui.local_keys import local_keys
from let_it_ride.tui.recent import recent_files
from let_it_ride.tui.remembered import remembered_theme
from let_it_ride.tui.themes import VARIABLES, load_theme, shipped_themes
from let_it_ride.tui.told import untold
from let_it_ride.tui.unsaved import left_behind

_TUI: Final = Path(let_it_ride.tui.__file__).parent


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
    b'# mine\n"runs.open" = ["o", "enter"]\n\n[replay]\nnext = "m"\nplay = ["z", "f13"]\n',
)


def _read_keys(file: Path) -> None:
    with_local_keys(load_keymap(file), local_keys()).refuse_problems()


def _wear(file: Path) -> None:
    """Read a theme and paint something with it."""
    theme = load_theme(file).to_theme(file.stem)
    variables = VARIABLES | theme.to_color_system().generate() | theme.variables
    sheet = Stylesheet(variables=variables)
    for name in ("app.tcss", "screens/dialog.tcss", "widgets/form.tcss"):
        sheet.read(_TUI / name)
    sheet.parse()


def _remember(file: Path) -> None:
    """Read which theme was chosen last."""
    with patch("let_it_ride.files.state_directory", return_value=file.parent):
        remembered_theme()


_RECENT = (
    b'{"files": [{"path": "/home/me/evening.toml", "page": "bankroll"}]}',
    b'{"files": [{"path": "/a", "page": ""}, {"path": "/b", "page": "strategy"}]}',
)


def _recall(file: Path) -> None:
    """Read which files were open last."""
    with patch("let_it_ride.files.state_directory", return_value=file.parent):
        for each in recent_files():
            assert each.path.is_absolute()
            str(each.path).encode(errors="surrogateescape")


def _know(file: Path) -> None:
    """Read of which unfinished runs the user knows."""
    with patch("let_it_ride.files.state_directory", return_value=file.parent):
        untold(History(file.parent / "runs"))


_UNSAVED = (
    b'{"file": "/home/me/evening.toml", "base": "00ff", "page": "table", "text": "[table]\\n"}',
    b'{"file": null, "base": null, "page": "", "text": ""}',
)


def _offer(file: Path) -> None:
    """Read changes that were not saved."""
    with patch("let_it_ride.tui.unsaved._directory", return_value=file.parent):
        for each in left_behind():
            each.unsaved.text.encode()
            assert each.unsaved.path is None or each.unsaved.path.is_absolute()


def readers() -> tuple[Reader, ...]:
    """Return every way in that is a single file."""
    themes = tuple(file.read_bytes() for file in shipped_themes())
    return (
        Reader("configuration file", "mine.toml", _presets(), load_config),
        Reader(
            "file that is saved into",
            "mine.toml",
            _presets(),
            lambda file: save_config(FullConfig(), file),
        ),
        Reader("file that the app opens with", "mine.toml", _presets(), peeked),
        Reader("theme file", "mine.toml", themes, _wear),
        Reader("remembered theme", "app.json", (b'{"theme": "felt"}',), _remember),
        Reader("recent files", "recent.json", _RECENT, _recall),
        Reader("runs that are known of", "told.json", (b'["20261128-2249-evening"]',), _know),
        Reader("changes that are not saved", "1-00ff.json", _UNSAVED, _offer),
        Reader("file of keys", "keys.toml", _KEYS, _read_keys),
    )
