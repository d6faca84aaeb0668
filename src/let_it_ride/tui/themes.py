"""The colours of the screen: themes read from TOML files, one a file."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from textual.color import Color, ColorParseError
from textual.theme import Theme

from let_it_ride import files
from let_it_ride.config.printing import printable, shortened
from let_it_ride.config.toml_limits import line_of_long_key
from let_it_ride.errors import LetItRideError
from let_it_ride.files import NoHomeError, read_small_file

DEFAULT_THEME: Final = "felt"

THEME_NAMES: Final = "at most 40 of the characters a-z, A-Z, 0-9, - and _"
"""What names of themes are made of, in words."""

#: What the style sheets use beyond Textual's own colours, for a theme that does not have it.
VARIABLES: Final = {
    "muted": "#9a9a9a",
    "line": "#4a4a4a",
    "selected": "#3a5a70",
    "selected-style": "bold",
    "veil": "#000000",
    "error-ground": "#b93c5b",
    "warning-ground": "#ffa62b",
    "felt-ground": "#0178d4",
    "behind-ground": "#5c2e3a",
    "fan-inner": "#0d3c63",
    "fan-outer": "#2b2b2b",
    "syntax-table": "#6aa9e0",
    "syntax-key": "#e0e0e0",
    "syntax-text": "#8fce8f",
    "syntax-number": "#e0b060",
    "syntax-word": "#d090d0",
    "syntax-comment": "#9a9a9a",
}

_WORDS: Final[dict[Any, str]] = {str: "text", bool: "true or false"}
_SEEN_THROUGH: Final = "ansi_default"
_LARGEST_THEME: Final = 64 * 1024
_NAME: Final = re.compile(r"[a-zA-Z0-9_-]{1,40}")
_IN_ORDER: Final = ("felt", "daylight", "contrast", "terminal", "terminal-light")
_GROUNDS: Final = ("background", "surface", "panel")
_ORDER: Final = {name: place for place, name in enumerate(_IN_ORDER)}


class ThemeError(LetItRideError):
    """A theme file that cannot be used.

    Attributes:
        file: its name.
        problems: what is wrong, each with the key it is about.
        is_told: whether somebody has been told of it.
    """

    is_told = False

    def __init__(self, file: str, problems: tuple[str, ...]) -> None:
        self.file, self.problems = file, problems
        super().__init__(f"{printable(file)}: {printable('; '.join(problems))}")


class Colors(NamedTuple):
    """What the parts of the screen are painted in: "#rrggbb", a name, or one of the terminal's.

    Those are "ansi_blue", "ansi_bright_blue" and so on, and "ansi_default"; background, surface and
    panel may be "transparent".
    """

    primary: str
    secondary: str
    accent: str
    foreground: str
    muted: str
    background: str
    surface: str
    panel: str
    success: str
    warning: str
    error: str


class Syntax(NamedTuple):
    """What the parts of a TOML text are painted in."""

    table: str
    key: str
    text: str
    number: str
    word: str
    comment: str


class ThemeFile(NamedTuple):
    """Everything a theme file says."""

    label: str
    description: str
    dark: bool
    colors: Colors
    syntax: Syntax

    @property
    def is_the_terminals(self) -> bool:
        """Whether it has colours of the terminal, which nobody here knows."""
        paints = (*self.colors, *self.syntax)
        return any(color.ansi is not None or not color.a for color in map(Color.parse, paints))

    def to_theme(self, name: str) -> Theme:
        """Return the theme as Textual wants it, under the name of its file."""
        paints = self.colors
        background = _SEEN_THROUGH if _is_transparent(paints.background) else paints.background
        ground, primary = Color.parse(background), Color.parse(paints.primary)
        variables = {
            "muted": paints.muted,
            "text": paints.foreground,
            "text-muted": paints.muted,
            "text-disabled": paints.muted,
            "block-cursor-background": paints.primary,
            "block-cursor-foreground": background,
            "input-cursor-background": paints.foreground,
            "input-cursor-foreground": background,
            "footer-key-foreground": paints.accent,
            "footer-background": paints.panel,
            "scrollbar": paints.muted,
            "scrollbar-background": paints.surface,
            "scrollbar-background-hover": paints.surface,
            "scrollbar-background-active": paints.surface,
            "footer-description-foreground": paints.foreground,
            "line": paints.panel,
            "veil": background,
            "error-ground": paints.error,
            "warning-ground": paints.warning,
            "felt-ground": paints.primary,
            "selected": primary.blend(ground, 0.7).hex,
            # About what is seen of a dotted bar, for what is drawn over it.
            "behind-ground": ground.blend(Color.parse(paints.error), 0.4).hex,
            "fan-inner": ground.blend(primary, 0.4).hex,
            "fan-outer": ground.blend(Color.parse(paints.muted), 0.26).hex,
            **{f"syntax-{part}": paint for part, paint in self.syntax._asdict().items()},
        }
        if self.is_the_terminals:
            variables |= self._what_cannot_be_mixed()
        return Theme(
            name=name,
            primary=paints.primary,
            secondary=paints.secondary,
            accent=paints.accent,
            foreground=paints.foreground,
            background=background,
            surface=paints.surface,
            panel=paints.panel,
            success=paints.success,
            warning=paints.warning,
            error=paints.error,
            dark=self.dark,
            variables=variables,
            ansi=self.is_the_terminals,
        )

    def _what_cannot_be_mixed(self) -> dict[str, str]:
        """Return what else is made by mixing colours, for grounds of which nothing is known.

        In every usual scheme the terminal's black can be told from its colours where it is dark,
        and its white where it is light.
        """
        paints, primary = self.colors, Color.parse(self.colors.primary)
        if primary.ansi is None:
            ground = Color.parse("black" if self.dark else "white")
            ink, muted = ground.hex, primary.blend(ground, 0.7).hex
        else:
            ink, muted = (
                ("ansi_black", "ansi_black") if self.dark else ("ansi_bright_white", "ansi_white")
            )
        line = "ansi_bright_black" if self.dark else "ansi_white"
        return {
            "surface": paints.surface,
            "panel": paints.panel,
            "primary-muted": muted,
            "selected": muted,
            "selected-style": "bold underline",
            "block-cursor-foreground": ink,
            "input-selection-background": paints.primary,
            "input-selection-foreground": ink,
            "screen-selection-background": paints.primary,
            "screen-selection-foreground": ink,
            "border": paints.primary,
            "border-blurred": line,
            "ansi-background": paints.panel,
            "ansi-foreground": paints.foreground,
            "line": line,
            **dict.fromkeys(
                (
                    *("veil", "error-ground", "warning-ground", "felt-ground"),
                    *("behind-ground", "fan-inner", "fan-outer"),
                ),
                "transparent",
            ),
        }


def _is_transparent(paint: str) -> bool:
    return not Color.parse(paint).a


def is_theme_name(name: str) -> bool:
    """Whether a theme can have this name."""
    return _NAME.fullmatch(name) is not None


def load_theme(file: Path) -> ThemeFile:
    """Return the theme in a file.

    Raises:
        ThemeError: it cannot be read, or is no theme; with every problem.
    """
    if not is_theme_name(file.stem):
        raise ThemeError(file.name, (f"a theme's name is {THEME_NAMES}",))
    try:
        content = read_small_file(file, _LARGEST_THEME + 1)
        if len(content) > _LARGEST_THEME:
            raise ThemeError(file.name, (f"larger than {_LARGEST_THEME:,} bytes",))
        text = content.decode()
        if line := line_of_long_key(text):
            raise ThemeError(file.name, (f"a key of too many parts on line {line}",))
        data = tomllib.loads(text)
    except OSError as error:
        raise ThemeError(file.name, (error.strerror or str(error),)) from error
    except (ValueError, RecursionError) as error:
        raise ThemeError(file.name, (f"not TOML: {error}",)) from error
    problems = (
        *_flaws(data, ThemeFile, ""),
        *_flaws(data.get("colors"), Colors, "colors."),
        *_flaws(data.get("syntax"), Syntax, "syntax."),
    )
    if problems:
        raise ThemeError(file.name, problems)
    return ThemeFile(
        **{**data, "colors": Colors(**data["colors"]), "syntax": Syntax(**data["syntax"])}
    )


def theme_files() -> dict[str, tuple[Path, ...]]:
    """Return the files of every theme by its name, in the order in which a key goes through them.

    The user's come after the shipped ones; one of the user's takes the place of a shipped one of
    its name, whose file comes second.
    """
    shipped, own = (
        {file.stem: file for file in files} for files in (shipped_themes(), user_themes())
    )
    return {
        name: tuple(files[name] for files in (own, shipped) if name in files)
        for name in (*shipped, *own)
    }


def shipped_themes() -> tuple[Path, ...]:
    """Return the theme files that come with the program.

    A source tree has them at its top, a wheel in the package. The tree comes first: an editable
    install can leave an old copy in the package.
    """
    tree, package = Path(__file__).parents[3], Path(__file__).parents[1]
    folder = (tree if (tree / "pyproject.toml").is_file() else package) / "themes"
    found = folder.glob("*.toml") if folder.is_dir() else ()
    return tuple(sorted(found, key=lambda file: (_ORDER.get(file.stem, len(_ORDER)), file.name)))


def user_themes() -> tuple[Path, ...]:
    """Return the user's own theme files."""
    with suppress(OSError, NoHomeError):
        return tuple(
            file
            for file in sorted(files.user_themes_directory().iterdir())
            if file.suffix == ".toml" and not file.name.startswith(".")
        )
    return ()


def _flaws(table: object, model: type, around: str) -> Iterator[str]:
    """Yield what is wrong with a table of a theme file, key by key."""
    if not isinstance(table, dict):
        return
    names: dict[str, Any] = model.__annotations__
    for unknown in table.keys() - names.keys():
        yield f"{around}{shortened(unknown)}: unknown key; allowed: {', '.join(names)}"
    for name, kind in names.items():
        if name not in table:
            yield f"{around}{name}: missing"
        elif not isinstance(table[name], kind if kind in _WORDS else dict):
            yield f"{around}{name}: not {_WORDS.get(kind, 'a table')}"
        elif around and not _is_color(table[name]):
            yield f'{around}{name}: not a colour; allowed: "#rrggbb" or the name of a colour'
        elif around and name not in _GROUNDS and _is_transparent(table[name]):
            yield f"{around}{name}: nothing would be seen of it"


def _is_color(value: str) -> bool:
    try:
        Color.parse(value)
    except ColorParseError:
        return False
    return True
