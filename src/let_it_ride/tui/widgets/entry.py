"""A field to type into, one line high."""

from dataclasses import dataclass
from typing import Any, ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.events import Blur, Focus, Resize
from textual.geometry import clamp
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from let_it_ride.tui.editing.entries import default_text, entry_text, read_entry, same_value
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.values import MISSING
from let_it_ride.tui.field_bindings import FIELD_BINDINGS


class Entry(Input, inherit_bindings=False):
    """A field for an amount, a number or a text.

    A setting that is left out shows its default, or, empty, what leaving it out means.
    """

    # Enter goes on to the next field, which is the form's affair.
    BINDINGS: ClassVar[list[BindingType]] = [each for each in FIELD_BINDINGS if each.key != "enter"]

    @dataclass
    class Entered(Message):
        """Another value was typed; `MISSING` where nothing is left."""

        entry: "Entry"
        value: Any

    def __init__(self, field: Setting, value: object) -> None:
        super().__init__(
            _text(field, value),
            placeholder=default_text(field),
            max_length=10_000 if field.kind == "text" else 60,
            classes=" ".join(
                (
                    "entry -valid",
                    "-text" if field.kind == "text" else "",
                    "-default" if value is MISSING else "",
                )
            ),
        )
        self.field = field
        self._shown = value
        self._told = value

    @property
    def entered(self) -> Any:
        """The value that stands in it, or `MISSING`."""
        if self.value in {_text(self.field, self._shown, plain=plain) for plain in (False, True)}:
            return self._shown
        return read_entry(self.field, self.value)

    def show(self, value: object, *, keep_text: bool = False) -> None:
        """Show a value; `keep_text` leaves alone what is being typed, which led to it."""
        if not keep_text:
            if not same_value(self.entered, value):
                self._set_text(value, plain=self.has_focus)
            self._told = value
        self._shown = value
        self.set_class(value is MISSING, "-default")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what was typed, if it stands for another value than before."""
        event.stop()
        entered = self.entered
        if not same_value(entered, self._told):
            self._told = entered
            self.post_message(self.Entered(self, entered))

    def _set_text(self, value: object, *, plain: bool) -> None:
        text = _text(self.field, value, plain=plain)
        if text != self.value:
            with self.prevent(Input.Changed):
                self.value = text
            self.cursor_position = clamp(self.cursor_position, 0, len(text))

    def on_focus(self, _event: Focus) -> None:
        """Show the value as it is easiest to change."""
        self._set_text(self.entered, plain=True)

    def on_blur(self, _event: Blur) -> None:
        """Show the value as it is easiest to read."""
        self._set_text(self.entered, plain=False)
        self.cursor_position = 0

    def on_resize(self, event: Resize) -> None:
        """Shorten what it says when it is empty to the room there is."""
        text = default_text(self.field)
        room = max(1, event.size.width - 1)
        self.placeholder = text if len(text) <= room else f"{text[: room - 1].rstrip()}…"

    def render_line(self, y: int) -> Strip:
        """Render the text, with a sign where it goes on beyond the field."""
        strip = super().render_line(y)
        width = self.content_size.width
        if self.has_focus or len(self.value) <= width or width < 2:
            return strip
        head = strip.crop(0, width - 1)
        style = next((segment.style for segment in reversed(list(head))), None)
        return Strip.join([head, Strip([Segment("…", style)])])


def _text(field: Setting, value: object, *, plain: bool = False) -> str:
    if value is MISSING and not field.optional:
        value = field.default
    return entry_text(field, value, plain=plain)
