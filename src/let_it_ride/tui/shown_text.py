"""The texts that a widget and what is in it show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static
from textual.widgets._toast import ToastRack

from let_it_ride.tui.widgets.key_bar import KeyBar
from let_it_ride.tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.widget import Widget


def shown_texts(widget: Widget) -> Iterator[tuple[Widget, Content]]:
    """Yield each text with the widget that shows it, but for those that only name keys or pass."""
    if not widget.display or isinstance(widget, KeyBar | KeyHints | ToastRack):
        return
    if isinstance(widget, Static) or not widget.children:
        rendered = widget.render()
        if isinstance(rendered, Content):
            yield widget, rendered
    for child in widget.children:
        yield from shown_texts(child)
