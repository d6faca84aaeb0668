"""A picture of a run over what it says in words."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.pictures.canvas import Canvas
from let_it_ride.tui.pictures.picture import NoPicture

if TYPE_CHECKING:
    from let_it_ride.tui.pictures.picture import Picture

#: From this height on there are blank lines between the parts.
_AIRY: Final = 30

#: With fewer rows, or columns, there is no picture but only the words.
_LEAST_ROWS: Final = 5
_LEAST_COLUMNS: Final = 30

_UNBROKEN: Final = "\N{NO-BREAK SPACE}"


class PictureView(Widget):
    """A picture, drawn for the room there is."""

    picture: reactive[Picture | None] = reactive(None)

    def render(self) -> Content:
        """Render the title, the picture and the words."""
        width, height = self.content_size
        if self.picture is None or width < 1:
            return Content("")
        words = _wrapped(self.picture.words(width), width)
        gap = 1 if height >= _AIRY else 0
        # Where nothing is known of the colours, none is mixed.
        has_grounds = not (self.app.no_color or self.app.current_theme.ansi)
        canvas = Canvas(width, height - len(words) - 1 - 2 * gap, has_grounds=has_grounds)
        lines = [Content.styled(self.picture.title, "bold $primary")]
        has_room = canvas.rows >= _LEAST_ROWS and width >= _LEAST_COLUMNS
        if has_room and not isinstance(self.picture, NoPicture):
            self.picture.draw(canvas)
            blank = [Content("")] * gap
            lines += [*blank, canvas.content(), *blank]
        return Content("\n").join([*lines, *words])


def _wrapped(text: str, width: int) -> list[Content]:
    """Break a text into lines, but not before a sign of percent."""
    lines = wrap(text.replace(" %", f"{_UNBROKEN}%"), width)
    return [Content(line.replace(_UNBROKEN, " ")) for line in lines]
