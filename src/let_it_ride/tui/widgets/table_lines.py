"""The lines of a list of tables, and what stands under them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from let_it_ride.config.problems import Path, Problem
from let_it_ride.tui.editing.outline import Row
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.values import MISSING
from let_it_ride.tui.widgets.edits import Edited
from let_it_ride.tui.widgets.entry import Entry
from let_it_ride.tui.widgets.picker import Picker


class Cell(Horizontal):
    """One setting of one table of the list."""

    def __init__(self, row: Row, value: object) -> None:
        super().__init__()
        self.row = row
        field = row.field
        if field.kind == "choice":
            current = field.default if value is MISSING else value
            self.editor: Entry | Picker = Picker(
                field.label, field.choices, current, default=field.default
            )
        else:
            self.editor = Entry(field, value)
        self.set_class(field.kind == "text", "-text")

    def compose(self) -> ComposeResult:
        """Put the field in."""
        yield self.editor

    def show(self, value: object, *, keep_text: bool) -> None:
        """Show another value; `keep_text` leaves alone what is being typed."""
        if isinstance(self.editor, Entry):
            self.editor.show(value, keep_text=keep_text)
        else:
            self.editor.show(self.row.field.default if value is MISSING else value)

    def on_entry_entered(self, event: Entry.Entered) -> None:
        """Tell what was typed."""
        event.stop()
        self.post_message(Edited(self.row, event.value, is_typed=True))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Tell what was picked."""
        event.stop()
        self.post_message(Edited(self.row, MISSING if event.name is None else event.name))


class Line(Vertical):
    """One table of the list, with what is wrong with it."""

    def __init__(self, owner: Row, index: int, fields: Sequence[Setting], table: object) -> None:
        super().__init__()
        self.index = index
        self._number = Static(f"{index + 1:>4}", classes="number")
        self._cells = tuple(
            Cell(Row("field", field, (*owner.path, index, field.name), 0), _value(table, field))
            for field in fields
        )
        self._wrong = Static(classes="wrong")

    def compose(self) -> ComposeResult:
        """Put the number and the settings side by side, and the problems under them."""
        with Horizontal(classes="cells"):
            yield self._number
            yield from self._cells
        yield self._wrong

    def show(self, table: object, problems: Sequence[Problem], typed_at: Path | None) -> None:
        """Show another table in this place."""
        for cell in self._cells:
            cell.show(_value(table, cell.row.field), keep_text=cell.row.path == typed_at)
        said = [f"✗ {_inner_key(problem.path)}{problem.text}" for problem in problems]
        self._wrong.update(Content("\n".join(said)))
        self._wrong.display = bool(said)


class More(Widget, can_focus=True):
    """What stands under the lines: it adds one, or turns to another leaf of a long list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "press", "Do it", id="more.press", show=False)
    ]

    @dataclass
    class Pressed(Message):
        """It was pressed."""

        more: "More"

    def __init__(self, text: str, does: str) -> None:
        super().__init__(classes=f"-{does}")
        self.text = text
        self.does = does

    def render(self) -> Content:
        """Render what it does."""
        return Content(self.text)

    def action_press(self) -> None:
        """Tell that it was pressed."""
        self.post_message(self.Pressed(self))

    def on_click(self) -> None:
        """Tell that it was pressed."""
        self.action_press()


def _value(table: object, field: Setting) -> object:
    return table.get(field.name, MISSING) if isinstance(table, Mapping) else MISSING


def _inner_key(path: Path) -> str:
    return f"{path[-1]}: " if isinstance(path[-1], str) else ""
