"""A row of the form: a setting's name, its field, its unit, and what is wrong with it."""

from collections.abc import Sequence
from typing import Any

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size

from let_it_ride.config.problems import Path, Problem
from let_it_ride.tui.editing.outline import Row
from let_it_ride.tui.editing.state import State
from let_it_ride.tui.editing.values import MISSING
from let_it_ride.tui.widgets.edits import Edited
from let_it_ride.tui.widgets.entry import Entry
from let_it_ride.tui.widgets.picker import IN_OR_OUT, TRUE_FALSE, Picker
from let_it_ride.tui.widgets.row_widget import RowWidget
from let_it_ride.tui.widgets.words import Words

CHANGED = "◆"
"""Stands before what differs from its default."""


class FieldRow(RowWidget):
    """The row of one setting. It draws the words; its only child is the field."""

    def __init__(self, row: Row, value: object) -> None:
        super().__init__(row)
        self._value = value
        self._changed = False
        self._problems: tuple[Problem, ...] = ()
        self.editor = self._new_editor()

    def compose(self) -> ComposeResult:
        """Put the field in its place."""
        yield self.editor

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the setting."""
        return self._problems

    async def show_state(self, state: State, problems: Sequence[Problem]) -> None:
        """Show the setting's value and what is wrong with it."""
        value, changed = self.row.value(state.values), self.row.is_changed(state.values)
        if (value, tuple(problems), changed) != (self._value, self._problems, self._changed):
            self._value, self._problems, self._changed = value, tuple(problems), changed
            self.set_class(bool(problems), "-bad")
            self.refresh(layout=True)
        self._show_in_editor(keep_text=self.row.path == state.typed_at)

    async def focus_path(self, path: Path) -> bool:
        """Put the focus on the field, if the path is in it."""
        if path[: len(self.row.path)] != self.row.path:
            return False
        self.editor.focus()
        return True

    def render(self) -> Content:
        """Render what is before, behind and under the field."""
        width = self.content_size.width
        lines = self._lines_beside(width)
        return Content("\n").join([*lines, *self._problem_lines(width)])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines there are at a width: before the field, and under it."""
        del container, viewport
        return len(self._lines_beside(width)) + len(self._problem_lines(width))

    def on_click(self) -> None:
        """Put the focus on the field, wherever the row was clicked."""
        self.editor.focus()

    def on_entry_entered(self, event: Entry.Entered) -> None:
        """Tell what was typed."""
        event.stop()
        self.post_message(Edited(self.row, event.value, is_typed=True))

    def on_picker_picked(self, event: Picker.Picked) -> None:
        """Tell what was picked."""
        event.stop()
        if event.name is None:
            self._tell(MISSING)
        elif self.row.kind == "switch" or self.row.field.kind == "toggle":
            self._tell(event.name == "true")
        else:
            self._tell(event.name)

    def on_words_ticked(self, event: Words.Ticked) -> None:
        """Tell which words there are."""
        event.stop()
        self._tell(MISSING if event.chosen is None else list(event.chosen))

    def _tell(self, value: object) -> None:
        self.post_message(Edited(self.row, value))

    def _new_editor(self) -> Entry | Picker | Words:
        field = self.row.field
        if self.row.kind == "type" or field.kind == "choice":
            return Picker(field.label, field.choices, self._word(), default=field.default)
        if self.row.kind == "switch":
            return Picker(field.label, IN_OR_OUT, self._word(), default="false")
        if field.kind == "toggle":
            return Picker(field.label, TRUE_FALSE, self._word(), default=_word(field.default))
        if field.kind == "list":
            return Words(field.choices, self._words())
        return Entry(field, self._value)

    def _show_in_editor(self, *, keep_text: bool) -> None:
        match self.editor:
            case Picker() as picker:
                picker.show(self._word())
            case Words() as words:
                words.show(self._words())
            case entry:
                entry.show(self._value, keep_text=keep_text)

    def _word(self) -> object:
        if self.row.kind == "switch":
            return _word(self._value is not MISSING)
        value = self.row.field.default if self._value is MISSING else self._value
        return _word(value) if isinstance(value, bool) else value

    def _words(self) -> Sequence[Any]:
        value = self.row.field.default if self._value is MISSING else self._value
        return value if isinstance(value, list | tuple) else ()

    def _lines_beside(self, width: int) -> list[Content]:
        """Return what stands before the field, in as many lines as the field has."""
        lines = self._label_lines()
        if isinstance(self.editor, Words):
            room = width - self.editor.styles.margin.width
            lines += [Content("")] * (self.editor.line_count(room) - len(lines))
        unit = self.row.field.unit
        if unit and not self.editor.has_class("-text"):
            self._add_unit(unit, lines, width)
        return lines

    def _add_unit(self, unit: str, lines: list[Content], width: int) -> None:
        """Put the unit behind the field, or under it where it has no room there."""
        behind = self._unit_column
        is_behind = len(unit) <= width - behind
        column = behind if is_behind else self.editor.styles.margin.left
        if not is_behind and len(lines) < 2:
            lines.append(Content(""))
        place = 0 if is_behind else 1
        gap = column - lines[place].cell_length
        lines[place] = Content.assemble(lines[place], " " * gap, (unit, "$muted"))

    def _label_lines(self) -> list[Content]:
        """Return the mark and the label, broken to stay left of the field."""
        mark = Content.styled(f"{CHANGED} " if self._changed else "  ", "$accent")
        indent = "  " * self.row.depth
        room = max(8, self.editor.styles.margin.left - 3 - len(indent))
        style = "bold" if self.row.kind in {"type", "switch"} else ""
        label = Content.styled(self.row.field.label, style)
        first, *others = label.wrap(room)
        return [
            Content.assemble(mark, indent, first),
            *(Content.assemble("  ", indent, other) for other in others),
        ]

    def _problem_lines(self, width: int) -> list[Content]:
        room = max(10, width - 5)
        lines: list[Content] = []
        for problem in self._problems:
            text = Content.styled(f"✗ {problem.text}", "$text-error")
            lines += [Content.assemble("   ", line) for line in text.wrap(room)]
        return lines

    @property
    def _unit_column(self) -> int:
        margin, width = self.editor.styles.margin.left, self.editor.styles.width
        return margin + (int(width.value) if width and width.cells else 18) + 1


def _word(value: object) -> object:
    return "true" if value is True else "false" if value is False else value
