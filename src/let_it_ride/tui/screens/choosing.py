"""Choosing one of a list: the types of a setting, a preset, a setting to go to."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from let_it_ride.config.printing import shortened
from let_it_ride.tui.editing.settings import Choice
from let_it_ride.tui.screens.dialog import Dialog


class ChoosingScreen(Dialog[str]):
    """A list to choose from, narrowed by what is typed; the result is a choice's name."""

    BINDING_GROUP_TITLE = "List"
    ABOUT = (
        "A list to choose from. What is typed leaves the lines that have all the words; Enter"
        " chooses the one that the cursor is on, and Escape closes the list and changes nothing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Next", id="choosing.down", show=False),
        Binding("up", "move(-1)", "Previous", id="choosing.up", show=False),
        Binding("pagedown", "move(8)", "Page down", id="choosing.page_down", show=False),
        Binding("pageup", "move(-8)", "Page up", id="choosing.page_up", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        current: object = None,
        words: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Ask.

        Args:
            title: what is chosen.
            choices: what there is to choose from.
            current: the name of the choice that there is.
            words: texts by which choices are found besides, the best first, by their names.
        """
        super().__init__()
        self._words = words or {}
        self._title = title
        self._choices = tuple(choices)
        self._current = current

    def compose(self) -> ComposeResult:
        """Show a field to narrow the list by over the list."""
        box = Vertical()
        box.border_title = Content(self._title)
        box.border_subtitle = Content("Enter chooses, Escape closes")
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
            return Content(shortened(choice.label))
        return Content.assemble((choice.label, "bold"), "\n", (choice.help, "$muted"))

    def _narrow(self, typed: str) -> None:
        words = typed.lower().split()
        options = self.query_one(OptionList)
        options.clear_options()
        ranks = ((self._rank(each, words), each) for each in self._choices)
        ranked = [(rank, each) for rank, each in ranks if rank is not None]
        found = [each for _, each in sorted(ranked, key=itemgetter(0))]
        nothing = Option(Content.styled("Nothing has these words", "italic"), disabled=True)
        options.add_options([Option(self.prompt(each), each.name) for each in found] or [nothing])
        options.highlighted = 0 if found else None

    def _rank(self, choice: Choice, words: Sequence[str]) -> int | None:
        """Return where all the words are: 0 in its name, 1 in what is shown, then further texts."""
        texts = (choice.label, f"{choice.name} {choice.help}", *self._words.get(choice.name, ()))
        searched = accumulate(texts, lambda before, text: f"{before} {text}")
        has_all = (all(word in text.lower() for word in words) for text in searched)
        return next((rank for rank, is_there in enumerate(has_all) if is_there), None)
