"""Text to scroll through, in which a line can be looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.shown_text import shown_texts

if TYPE_CHECKING:
    from collections.abc import Iterator


class Report(VerticalScroll, can_focus=True):
    """Scrolls by keys, and goes to a line that has some words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "Find a line by words in it", id="report.find", show=False),
    ]

    def action_find(self) -> None:
        """List the lines, to go to one of them."""
        from let_it_ride.tui.screens.choosing import ChoosingScreen

        lines = dict(self._lines())
        choices = [Choice(str(place), text, "") for place, text in lines.items()]
        self.app.push_screen(ChoosingScreen("Find a line", choices), self._show_line)

    def _show_line(self, place: str | None) -> None:
        if place is not None:
            self.scroll_to(y=int(place), animate=False)

    def _lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line that says something, with its place from the top."""
        for widget, content in shown_texts(self):
            top = widget.content_region.y - self.content_region.y + int(self.scroll_y)
            for number, line in enumerate(content.wrap(max(1, widget.content_size.width))):
                if line.plain.strip():
                    yield top + number, line.plain.strip()
