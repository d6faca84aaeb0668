"""The line at the top: which configuration, whether it is saved, which view."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.events import Click

    from let_it_ride.tui.app import LirApp

VIEWS: Final = (
    ("form", "form", "Form"),
    ("text", "toml", "TOML"),
    ("odds", "odds", "Odds"),
    ("run", "run_panel", "Run"),
)
"""The views of the workspace, with the command and the name of each."""

#: So many columns the name of the file has at least, with the signs before and after it.
_LEAST_NAME: Final = 16


class TitleBar(Widget):
    """The title of the workspace."""

    app: LirApp

    name_of_file: reactive[str] = reactive("")
    is_dirty: reactive[bool] = reactive(False)
    view: reactive[str] = reactive("form")

    def render(self) -> Content:
        """Render the name on the left and the views on the right."""
        width = self.content_size.width
        views = Content(" ").join(self._view(name, label) for name, label in self._labels())
        program = Content.styled("♠ Let It Ride  ", "bold $primary")
        dirty = Content.styled("  ● not saved", "$accent") if self.is_dirty else Content("")
        room = width - views.cell_length - program.cell_length - dirty.cell_length - 2
        if room < 12:
            program = Content.styled("♠ ", "bold $primary")
            room = width - views.cell_length - program.cell_length - dirty.cell_length - 2
        if room < 12 and self.is_dirty:
            dirty = Content.styled(" ●", "$accent")
            room = width - views.cell_length - program.cell_length - dirty.cell_length - 2
        name = Content(self.name_of_file)
        if name.cell_length > room:
            name = name.truncate(max(1, room), ellipsis=True)
        left = Content.assemble(program, (name.plain, "bold"), dirty)
        gap = max(1, width - left.cell_length - views.cell_length)
        return Content.assemble(left, " " * gap, views)

    async def on_click(self, event: Click) -> None:
        """Show the view that was clicked."""
        starts = [place.x - self.region.x for place, _ in self.places()]
        before = bisect_right(starts, event.x)
        if before:
            await self.run_action(self.places()[before - 1][1])

    def places(self) -> list[tuple[Offset, str]]:
        """Return where on the screen each view stands, and the action that shows it."""
        found, end = [], self.content_region.right
        for name, label in reversed(self._labels()):
            start = end - len(label) - 2
            found.append((Offset(start, self.content_region.y), f"screen.show_{name}"))
            end = start - 1
        return found[::-1]

    def _labels(self) -> tuple[tuple[str, str], ...]:
        """Return each view with its key and name, with its name alone where there is no room."""
        labels = tuple((name, f"{self.app.key_of(key)} {label}") for name, key, label in VIEWS)
        if sum(len(label) + 3 for _, label in labels) + _LEAST_NAME <= self.content_size.width:
            return labels
        return tuple((name, label) for name, _, label in VIEWS)

    def _view(self, name: str, label: str) -> Content:
        if name == self.view:
            return Content.styled(f"[{label}]", "bold $accent")
        return Content.styled(f" {label} ", "$muted")
