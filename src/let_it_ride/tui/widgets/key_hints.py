"""What keys do on a screen, in a line or more; a click on one is as good as the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.key_names import shown_key

if TYPE_CHECKING:
    from textual.events import Click

    from let_it_ride.tui.app import LirApp

_GAP: Final = "  "


@dataclass(frozen=True, slots=True)
class Hint:
    """A key and what it does.

    Attributes:
        name: what the file of keys calls it; empty for keys that have no one name.
        key: its usual key, or the words for several.
        what: what it does, in a word or two.
    """

    name: str
    key: str
    what: str


ESCAPE: Final = Hint("dialog.close", "escape", "Close")
"""Of every dialog."""

SCROLL: Final = Hint("", "arrows", "Scroll")
FIND: Final = Hint("report.find", "slash", "Find")
"""Of every report."""


class KeyHints(Widget):
    """The keys of a screen."""

    DEFAULT_CSS = "KeyHints { height: auto; }"

    app: LirApp

    lines: reactive[tuple[tuple[Hint, ...], ...]] = reactive((), layout=True)

    def __init__(self, *lines: tuple[Hint, ...], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(KeyHints.lines, lines)

    def render(self) -> Content:
        """Render each key before what it does."""
        return Content("\n").join(
            Content(_GAP).join(
                Content.assemble((self._shown(hint), "bold $accent"), f" {hint.what}")
                for hint in line
            )
            for line in self.lines
        )

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        place = event.get_content_offset(self)
        if place is None or place.y >= len(self.lines):
            return
        end = 0
        for hint in self.lines[place.y]:
            start, end = end, end + len(f"{self._shown(hint)} {hint.what}{_GAP}")
            if start <= place.x < end - len(_GAP) and hint.name:
                self.app.simulate_key(self.app.keymap.keys.get(hint.name, (hint.key,))[0])

    def _shown(self, hint: Hint) -> str:
        return self.app.key_of(hint.name, shown_key(hint.key))
