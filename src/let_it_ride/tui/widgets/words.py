"""A field that is a list of words, each of them in it or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive

from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.widgets.fitted import Fitted

_GAP: Final = "  "


class Words(Fitted, can_focus=True):
    """Words with a box before each; the order of the list is the order they were ticked in."""

    BINDING_GROUP_TITLE = "List"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Word before", id="words.before", show=False),
        Binding("right", "move(1)", "Word after", id="words.after", show=False),
        Binding("space,enter", "tick", "Tick or untick", id="words.tick", show=False),
        Binding("backspace,delete", "clear", "Default", id="words.default", show=False),
    ]

    cursor = reactive(0)

    @dataclass
    class Ticked(Message):
        """The list has changed; None stands for the default one."""

        words: "Words"
        chosen: tuple[Any, ...] | None

    class Pointed(Message):
        """The cursor is on another word."""

    def __init__(self, choices: Sequence[Choice], chosen: Sequence[Any]) -> None:
        super().__init__(classes="entry -text")
        self.choices = tuple(choices)
        self.chosen = tuple(chosen)

    @property
    def pointed(self) -> Choice:
        """The word under the cursor."""
        return self.choices[self.cursor]

    def show(self, chosen: Sequence[Any]) -> None:
        """Show another list."""
        if tuple(chosen) != self.chosen:
            self.chosen = tuple(chosen)
            self.refresh()

    def content_at(self, width: int) -> Content:
        """Return every word with its box, the one under the cursor reversed, in lines that fit."""
        lines = (Content(_GAP).join(map(self._boxed, line)) for line in self._lines(width))
        return Content("\n").join(lines)

    def line_count(self, width: int) -> int:
        """Return how many lines the words need at a width."""
        return len(self._lines(width))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = (self.cursor + by) % len(self.choices)
        self.post_message(self.Pointed())

    def action_tick(self) -> None:
        """Put the word under the cursor in, or take it out."""
        name = self.pointed.name
        kept = tuple(word for word in self.chosen if word != name)
        chosen = kept if name in self.chosen else (*kept, name)
        self.post_message(self.Ticked(self, chosen))

    def action_clear(self) -> None:
        """Go back to the default list."""
        self.post_message(self.Ticked(self, None))

    def on_click(self, event: Click) -> None:
        """Tick the word that was clicked."""
        lines = self._lines(self.content_size.width)
        start = 0
        for place in lines[event.y] if event.y < len(lines) else ():
            end = start + self._boxed(place).cell_length
            if start <= event.x < end:
                self.cursor = place
                self.action_tick()
            start = end + len(_GAP)

    def _lines(self, width: int) -> list[list[int]]:
        """Return the places of the words on each line."""
        lines: list[list[int]] = [[]]
        room = width
        for place in range(len(self.choices)):
            length = self._boxed(place).cell_length
            if lines[-1] and length > room:
                lines.append([])
                room = width
            lines[-1].append(place)
            room -= length + len(_GAP)
        return lines

    def _boxed(self, place: int) -> Content:
        choice = self.choices[place]
        box = "[x]" if choice.name in self.chosen else "[ ]"
        style = "reverse" if self.has_focus and place == self.cursor else ""
        return Content.styled(f"{box} {choice.label}", style)
