"""Text that is laid out for the width it gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widget import Widget

if TYPE_CHECKING:
    from textual.content import Content
    from textual.geometry import Size

#: Nothing can be laid out for no columns, though the box around the text may leave none.
_LEAST_WIDTH: Final = 1


class Fitted(Widget):
    """A widget whose text depends on its width, and its height on the text.

    Textual measures what a widget renders while it still has its last width; here the height is
    that of the text at the width it is going to have.
    """

    def content_at(self, width: int) -> Content:
        """The text for a width, which is a column at least."""
        raise NotImplementedError

    def render(self) -> Content:
        """Render the text for the width there is."""
        return self.content_at(max(self.content_size.width, _LEAST_WIDTH))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the text has at a width."""
        del container, viewport
        width = max(width, _LEAST_WIDTH)
        return self.content_at(width).get_height(self.styles.get_rules(), width)
