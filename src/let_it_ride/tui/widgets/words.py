"""A field that is a list of words, each of them in it or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from let_it_ride.tui.editing.settings import Choice


class Words(Widget, can_focus=True):
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

    def render(self) -> Content:
        """Render every word with its box, the one under the cursor reversed."""
        parts: list[Content] = []
        for place, choice in enumerate(self.choices):
            box = "[x]" if choice.name in self.chosen else "[ ]"
            style = "reverse" if self.has_focus and place == self.cursor else ""
            parts.append(Content.styled(f"{box} {choice.label}", style))
        return Content("  ").join(parts)

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
        start = 0
        for place, choice in enumerate(self.choices):
            end = start + len(choice.label) + 4
            if start <= event.x < end:
                self.cursor = place
                self.action_tick()
            start = end + 2
