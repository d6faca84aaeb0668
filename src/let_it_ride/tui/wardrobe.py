"""The themes of a running app: which it wears, and what its user changes in them meanwhile."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from textual.app import App
from textual.filter import ANSIToTruecolor

from let_it_ride.errors import LetItRideError
from let_it_ride.tui.remembered import remember_theme, remembered_theme
from let_it_ride.tui.themes import (
    DEFAULT_THEME,
    ThemeError,
    ThemeFile,
    load_theme,
    theme_files,
    user_themes,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SECONDS_BETWEEN_LOOKS: Final = 0.5
"""How often it is seen whether the user's files have changed."""

_Stamps = dict["Path", tuple[int, int, int]]


class Wardrobe:
    """The themes that an app can wear.

    Attributes:
        app: the app.
    """

    def __init__(self, app: App[int]) -> None:
        """Prepare.

        Args:
            app: the app.
        """
        self.app = app
        self._loaded: dict[str, ThemeFile] = {}
        self._problems: dict[Path, ThemeError] = {}
        self._wanted = DEFAULT_THEME
        self._cannot_remember = False
        self._seen: _Stamps = {}
        self._last_look: _Stamps = {}

    def begin(self) -> None:
        """Have the app begin with the theme that was chosen last, or else the usual one."""
        self._seen = self._last_look = _stamps()
        self._wanted = remembered_theme() or DEFAULT_THEME
        for name in (self._wanted, DEFAULT_THEME):
            if self._take(name):
                self._begin_with(name)
                break

    def themes(self) -> dict[str, ThemeFile]:
        """Load all themes and return those that can be used, by their names."""
        return {name: theme for name in theme_files() if (theme := self._take(name))}

    def next(self) -> None:
        """Change to the next theme that can be used."""
        names, current = list(theme_files()), self.app.theme
        place = names.index(current) + 1 if current in names else 0
        for name in (*names[place:], *names[:place]):
            if self.wear(name):
                self.choose(name)
                break
        self.tell()

    def wear(self, name: str) -> bool:
        """Show the app in a theme; return whether it can be used."""
        can_be_used = self._take(name) is not None
        if can_be_used:
            self.app.theme = name
        return can_be_used

    def put_on(self, name: str) -> None:
        """Show the app in a theme from here on, and tell where it cannot be used."""
        if self.wear(name):
            self.choose(name)
        self.tell()

    def choose(self, name: str) -> None:
        """Have the app begin with a theme from the next start on."""
        self._wanted = name
        try:
            remember_theme(name)
        except LetItRideError as error:
            if not self._cannot_remember:
                title = "The theme is not remembered"
                self.app.notify(str(error), title=title, severity="warning", timeout=8)
            self._cannot_remember = True

    def tell(self) -> None:
        """Tell, once, of the files that cannot be used."""
        for error in self._problems.values():
            if not error.is_told:
                error.is_told = True
                self.app.notify(
                    str(error), title="A theme cannot be used", severity="error", timeout=15
                )

    def look_again(self) -> None:
        """Take what the user has changed in their files, when it has stayed so for a while."""
        stamps = _stamps()
        is_settled, self._last_look = stamps == self._last_look, stamps
        if stamps == self._seen or not is_settled:
            return
        changed = {
            file for file in stamps.keys() | self._seen if stamps.get(file) != self._seen.get(file)
        }
        self._seen = stamps
        self._change(changed)
        self.tell()

    def _change(self, changed: Iterable[Path]) -> None:
        for file in changed:
            self._loaded.pop(file.stem, None)
            self._problems.pop(file, None)
        names = {file.stem for file in changed}
        for name in names:
            self._take(name)  # what is wrong with it is told to who has just written it
        if self.app.theme in names:
            if self.app.theme in self._loaded:
                self.app.mutate_reactive(App.theme)
        elif self._wanted in names:
            self.wear(self._wanted)

    def _take(self, name: str) -> ThemeFile | None:
        """Have a theme ready, of the first of its files that can be used; return it."""
        if name in self._loaded:
            return self._loaded[name]
        for file in theme_files().get(name, ()):
            if file in self._problems:
                continue
            try:
                theme = load_theme(file)
            except ThemeError as error:
                self._problems[file] = error
            else:
                self.app.register_theme(theme.to_theme(name))
                self._loaded[name] = theme
                return theme
        return None

    def _begin_with(self, name: str) -> None:
        """Have a theme from the start: assigned, it would be styled once more than needed."""
        app = self.app
        app.set_reactive(App.theme, name)
        is_dark = app.current_theme.dark
        app.set_class(is_dark, "-dark-mode", update=False)
        app.set_class(not is_dark, "-light-mode", update=False)
        app.stylesheet.set_variables(app.get_css_variables())
        for line_filter in app.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):
                line_filter.enabled = not app.current_theme.ansi


def _stamps() -> _Stamps:
    """Return what changes when one of the user's files does."""
    stamps = {}
    for file in user_themes():
        with suppress(OSError):
            status = file.stat()
            stamps[file] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return stamps
