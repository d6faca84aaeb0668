"""A long text to read on a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from let_it_ride.tui.screens.work_dialog import WorkDialog
from let_it_ride.tui.widgets.lines_view import LinesView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

_KEYS: Final = "arrows, page up and down, home, end: scroll  escape: close"


class TextScreen(WorkDialog[None]):
    """Lines under a title."""

    BINDING_GROUP_TITLE = "Text"
    AUTO_FOCUS = "LinesView"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Close", id="text.close", show=False)
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        """Show lines, none of which is longer than the screen is wide."""
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        """Show the title over the lines."""
        with Vertical():
            yield Static(Content.styled(self._title, "bold $primary"), id="title")
            yield LinesView(self._lines)
            yield Static(Content.styled(_KEYS, "$muted"), id="keys")
