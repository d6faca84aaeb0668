"""What keys do on a screen, in a line or more; a click on one is as good as the key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive

from let_it_ride.tui.key_names import shown_key
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterable

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


class KeyHints(Fitted):
    """The keys of a screen.

    A key and its word are never parted. Where a line has no room for them all, the next takes
    what is left; where there is no next, what stands before the last one is left out, whole.
    """

    DEFAULT_CSS = "KeyHints { height: auto; }"

    app: LirApp

    lines: reactive[tuple[tuple[Hint, ...], ...]] = reactive((), layout=True)

    def __init__(self, *lines: tuple[Hint, ...], id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.set_reactive(KeyHints.lines, lines)

    def render(self) -> Content:
        """Render the keys in the lines there are."""
        width, height = self.content_size
        return self._written(self._lines_in(width, height))

    def content_at(self, width: int) -> Content:
        """Return each key before what it does, in as many lines as are needed."""
        return self._written(self._lines_at(width))

    def on_click(self, event: Click) -> None:
        """Press the key that was clicked."""
        place = event.get_content_offset(self)
        lines = self._lines_in(*self.content_size)
        if place is None or place.y >= len(lines):
            return
        end = 0
        for hint in lines[place.y]:
            start, end = end, end + self._needed(hint)
            if start <= place.x < end - len(_GAP) and hint.name:
                self.app.simulate_key(self.app.keymap.keys.get(hint.name, (hint.key,))[0])

    def _lines_at(self, width: int) -> list[list[Hint]]:
        lines: list[list[Hint]] = []
        for line in self.lines:
            room = 0
            for place, hint in enumerate(line):
                if place == 0 or self._length(hint) > room:
                    lines.append([])
                    room = width
                lines[-1].append(hint)
                room -= self._needed(hint)
        return lines

    def _lines_in(self, width: int, height: int) -> list[list[Hint]]:
        lines = self._lines_at(width)
        if len(lines) <= height or not height:
            return lines
        last, lines = lines[-1][-1], lines[:height]
        while lines[-1] and sum(map(self._needed, (*lines[-1], last))) - len(_GAP) > width:
            lines[-1].pop()
        lines[-1].append(last)
        return lines

    def _needed(self, hint: Hint) -> int:
        return self._length(hint) + len(_GAP)

    def _length(self, hint: Hint) -> int:
        return cell_len(f"{self._shown(hint)} {hint.what}")

    def _written(self, lines: Iterable[Iterable[Hint]]) -> Content:
        return Content("\n").join(
            Content(_GAP).join(
                Content.assemble((self._shown(hint), "bold $accent"), f" {hint.what}")
                for hint in line
            )
            for line in lines
        )

    def _shown(self, hint: Hint) -> str:
        return self.app.key_of(hint.name, shown_key(hint.key))
