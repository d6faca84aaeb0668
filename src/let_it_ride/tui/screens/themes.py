"""Choosing a theme: the app wears what the cursor is on."""

from typing import Final

from textual.color import Color
from textual.content import Content
from textual.widgets import OptionList

from let_it_ride.config.printing import printable
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.screens.choosing import ChoosingScreen
from let_it_ride.tui.themes import ThemeFile
from let_it_ride.tui.wardrobe import Wardrobe

_SAMPLES: Final = ("primary", "secondary", "accent", "success", "warning", "error")


class ThemesScreen(ChoosingScreen):
    """The themes to choose from, beside the workspace in the one that the cursor is on."""

    ABOUT = (
        "The themes of the program, and yours. The app is shown in the one that the cursor is on;"
        " Enter keeps it, and Escape goes back to the one before. What is typed leaves the themes"
        " that have all the words."
    )

    def __init__(self, wardrobe: Wardrobe) -> None:
        self._wardrobe = wardrobe
        self._themes = wardrobe.themes()
        choices = [
            Choice(name, printable(theme.label), printable(theme.description))
            for name, theme in self._themes.items()
        ]
        super().__init__("Themes", choices, wardrobe.app.theme)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show everything in the theme that the cursor is on."""
        event.stop()
        if event.option_id is not None:
            self._wardrobe.wear(event.option_id)

    def prompt(self, choice: Choice) -> Content:
        """Return a theme with samples of its colours."""
        return Content.assemble(_sample(self._themes[choice.name]), " ", super().prompt(choice))


def _sample(theme: ThemeFile) -> Content:
    paints = theme.colors
    ground = Color.parse(paints.background).hex
    inks = (Color.parse(getattr(paints, name)).hex for name in _SAMPLES)
    return Content.assemble(
        (" Aa ", f"{Color.parse(paints.foreground).hex} on {ground}"),
        *(("● ", f"{ink} on {ground}") for ink in inks),
    )
