"""A field that is one of a few words, one line high."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click, Key
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from let_it_ride.config.problems import shown
from let_it_ride.tui.editing.settings import Choice

BEFORE, AFTER = "\u2039", "\u203a"
"""Angle quotation marks, as arrows."""

TRUE_FALSE = (Choice("true", "yes", ""), Choice("false", "no", ""))
"""The choices of a setting that is switched on or off."""

IN_OR_OUT = (Choice("true", "used", ""), Choice("false", "not used", ""))
"""The choices of a table that may be left out."""


class Picker(Widget, can_focus=True):
    """A choice between a few words, of which it shows one."""

    BINDING_GROUP_TITLE = "Choice"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", "Choice before", id="picker.before", show=False),
        Binding("right", "turn(1)", "Choice after", id="picker.after", show=False),
        Binding("enter,space", "open", "List the choices", id="picker.open", show=False),
        Binding("backspace,delete", "clear", "Default", id="picker.default", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A choice was made; None stands for none, which is the default."""

        picker: "Picker"
        name: str | None

    def __init__(
        self, title: str, choices: Sequence[Choice], current: object, *, default: object
    ) -> None:
        super().__init__(classes="entry")
        self.title = title
        self.choices = tuple(choices)
        self.current = current
        self.default = default

    @property
    def chosen(self) -> Choice | None:
        """The choice it shows, or None where the configuration has a word that is none."""
        return next((choice for choice in self.choices if choice.name == self.current), None)

    def show(self, current: object) -> None:
        """Show another word."""
        if current != self.current:
            self.current = current
            self.refresh(layout=True)

    def get_content_width(self, _container: Size, _viewport: Size) -> int:
        """Return the width of the longest choice, so that turning moves nothing."""
        return max(len(choice.label) for choice in self.choices) + 4

    def render(self) -> Content:
        """Render the choice between its two arrows."""
        chosen = self.chosen
        label = chosen.label if chosen else shown(self.current)
        room = max(1, self.content_size.width - 4)
        if len(label) > room:
            label = f"{label[: room - 1]}…"
        return Content.assemble((f"{BEFORE} ", "$accent"), label, (f" {AFTER}", "$accent"))

    def action_turn(self, by: int) -> None:
        """Choose the word before or after this one."""
        names = [choice.name for choice in self.choices]
        chosen = self.chosen
        place = names.index(chosen.name) + by if chosen else 0
        self._pick(names[place % len(names)])

    def action_clear(self) -> None:
        """Choose the default."""
        self.post_message(self.Picked(self, None))

    def action_open(self) -> None:
        """Turn between two choices, list more."""
        if len(self.choices) == 2:
            self.action_turn(1)
            return
        # The dialog is not needed for the first frame.
        from let_it_ride.tui.screens.choosing import ChoosingScreen

        self.app.push_screen(
            ChoosingScreen(self.title, self.choices, self.current), self._pick_if_any
        )

    def on_key(self, event: Key) -> None:
        """Choose the next word that begins with a letter."""
        if not event.character or not event.character.isalnum():
            return
        names = [choice.name for choice in self.choices]
        after = names.index(self.chosen.name) + 1 if self.chosen else 0
        around = self.choices[after:] + self.choices[:after]
        letter = event.character.lower()
        found = next((choice for choice in around if choice.label.lower().startswith(letter)), None)
        if found:
            event.stop()
            self._pick(found.name)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether a choice begins with a letter."""
        del key
        return bool(character) and any(
            choice.label.lower().startswith(str(character).lower()) for choice in self.choices
        )

    def on_click(self, event: Click) -> None:
        """Turn by the arrows, open by the word."""
        if event.x <= 1:
            self.action_turn(-1)
        elif event.x >= self.content_size.width - 2:
            self.action_turn(1)
        else:
            self.action_open()

    def _pick_if_any(self, name: str | None) -> None:
        if name is not None:
            self._pick(name)

    def _pick(self, name: str) -> None:
        if name != self.current:
            self.post_message(self.Picked(self, name))
