"""Choosing one of a list: the types of a setting, a preset, a setting to go to."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.screens.dialog import Dialog


class ChoosingScreen(Dialog[str]):
    """A list to choose from, narrowed by what is typed; the result is a choice's name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", id="choosing.down", show=False),
        Binding("up", "move(-1)", "Previous", id="choosing.up", show=False),
        Binding("pagedown", "move(8)", "Page down", id="choosing.page_down", show=False),
        Binding("pageup", "move(-8)", "Page up", id="choosing.page_up", show=False),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], current: object = None) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        """Show a field to narrow the list by over the list."""
        box = Vertical()
        box.border_title = Content(self._title)
        with box:
            yield Input(placeholder="Type to narrow the list", compact=True)
            options = OptionList()
            options.can_focus = False
            yield options

    def on_mount(self) -> None:
        """Show every choice, with the cursor on the one there is."""
        self._narrow("")
        names = [choice.name for choice in self._choices]
        if self._current in names:
            self.query_one(OptionList).highlighted = names.index(str(self._current))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the choices with all the words that were typed."""
        event.stop()
        self._narrow(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Choose what the cursor is on."""
        event.stop()
        self.query_one(OptionList).action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close with the choice."""
        event.stop()
        self.dismiss(event.option_id)

    def action_move(self, by: int) -> None:
        """Move the cursor in the list."""
        options = self.query_one(OptionList)
        if options.option_count:
            place = (options.highlighted or 0) + by
            options.highlighted = max(0, min(options.option_count - 1, place))

    def prompt(self, choice: Choice) -> Content:
        """Return how a choice stands in the list."""
        if not choice.help:
            return Content(choice.label)
        return Content.assemble((choice.label, "bold"), "\n", (choice.help, "$muted"))

    def _narrow(self, typed: str) -> None:
        words = typed.lower().split()
        options = self.query_one(OptionList)
        options.clear_options()
        found = [choice for choice in self._choices if all(w in _searched(choice) for w in words)]
        # What has the words in its name comes before what has them in its help.
        found.sort(key=lambda choice: not all(word in choice.label.lower() for word in words))
        nothing = Option(Content.styled("Nothing has these words", "italic"), disabled=True)
        options.add_options([Option(self.prompt(each), each.name) for each in found] or [nothing])
        options.highlighted = 0 if found else None


def _searched(choice: Choice) -> str:
    return f"{choice.label} {choice.name} {choice.help}".lower()
