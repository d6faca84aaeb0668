"""``lir-tui themes …``: the themes of the app, and new ones."""

import argparse
import os
from pathlib import Path

from let_it_ride import files
from let_it_ride.config.printing import printable, quoted
from let_it_ride.errors import LetItRideError
from let_it_ride.files import FileError, write_atomically
from let_it_ride.tui.themes import (
    THEME_NAMES,
    ThemeError,
    is_theme_name,
    load_theme,
    theme_files,
    user_themes,
)


class NoSuchThemeError(LetItRideError):
    """There is no theme of a name."""


class ThemeNotMadeError(LetItRideError):
    """A new theme cannot be made as it was asked for."""


def list_themes(_options: argparse.Namespace) -> int:
    """Print every theme, where the user's own are, and what is wrong with which."""
    own = user_themes()
    for name, candidates in theme_files().items():
        for file in candidates:
            place = f"   {printable(os.fspath(file))}" if file in own else ""
            try:
                theme = load_theme(file)
            except ThemeError as error:
                print(f"{printable(name):<16} ✗ cannot be used{place}")
                for problem in error.problems:
                    print(f"{'':<18} {printable(problem)}")
            else:
                print(f"{name:<16} {printable(theme.description)}{place}")
                break
    return 0


def new(options: argparse.Namespace) -> int:
    """Write a copy of a theme into the user's folder, called by its new name."""
    models = theme_files()
    if options.model not in models:
        raise NoSuchThemeError(
            f"there is no theme {quoted(options.model)}; there are {', '.join(models)}"
        )
    if not is_theme_name(options.name):
        raise ThemeNotMadeError(f"a theme cannot be called {quoted(options.name)}: {THEME_NAMES}")
    model = models[options.model][0]
    label = load_theme(model).label
    folder = files.user_themes_directory()
    file = folder / f"{options.name}.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(file, _copied(model, label, options.name), replace=False)
    except (FileError, OSError) as error:
        reason = error if isinstance(error, FileError) else f"{folder}: {error.strerror}"
        raise ThemeNotMadeError(f"{reason}; name a new theme") from error
    print(file)
    return 0


def _copied(model: Path, label: str, name: str) -> bytes:
    """The file of a theme with another name in it, and all else as it is."""
    import tomlkit  # which nothing else here needs

    theme = tomlkit.parse(model.read_text(encoding="utf-8"))
    theme.update(label=name, description=f"Begun as a copy of {label}.")
    colors = theme["colors"]
    if isinstance(colors, tomlkit.items.Table) and "background" in colors:
        colors["background"].comment('"transparent" lets that of the terminal be seen')
    return tomlkit.dumps(theme).encode()


def path(_options: argparse.Namespace) -> int:
    """Print the folder for the user's own themes."""
    print(files.user_themes_directory())
    return 0
