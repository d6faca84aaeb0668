"""A long text, of which only the lines in sight are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.visual import Visual

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.strip import Strip


class LinesView(ScrollView, can_focus=True):
    """Lines to scroll through."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self.virtual_size = Size(max(map(len, self._lines), default=0), len(self._lines))

    def render_line(self, y: int) -> Strip:
        """Render one line."""
        place = y + round(self.scroll_y)
        line = self._lines[place] if place < len(self._lines) else ""
        width = self.content_size.width
        return Visual.to_strips(self, Content(line), width, 1, self.visual_style)[0]
