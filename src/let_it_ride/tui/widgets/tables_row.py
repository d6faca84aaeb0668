"""A row of the form that is a list of tables: one line a table, its settings side by side."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from let_it_ride.config.problems import Path, Problem
from let_it_ride.tui.editing.outline import Row
from let_it_ride.tui.editing.state import State
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.edits import Edited
from let_it_ride.tui.widgets.field_row import CHANGED
from let_it_ride.tui.widgets.picker import AFTER, BEFORE
from let_it_ride.tui.widgets.row_widget import RowWidget
from let_it_ride.tui.widgets.table_lines import Cell, Line, More

LINES_SHOWN: Final = 25
"""Lines of one leaf of a long list; mounting thousands of fields would take seconds."""


class TablesRow(RowWidget):
    """The row of a list of tables."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    first = reactive(0, init=False)
    """The number, from 0, of the first line of the leaf that is shown."""

    def __init__(self, row: Row, value: object) -> None:
        super().__init__(row)
        self._fields = row.field.settings
        self._noun = row.field.noun
        self._tables: list[Any] = self._tables_in(value)
        self._showing = asyncio.Lock()
        self._problems: tuple[Problem, ...] = ()
        self._changed = False

    def compose(self) -> ComposeResult:
        """Show the title, the names of the columns and the lines of the first leaf."""
        yield Static(self._title(), classes="title")
        with Horizontal(classes="columns"):
            yield Static("", classes="number")
            for field in self._fields:
                yield Static(field.label, classes="-text" if field.kind == "text" else "")
        yield Vertical(*self._new_lines(), classes="lines")
        yield More(f"+ Add a {self._noun}", "add")
        yield More(f"{BEFORE} Before", "before")
        yield More(f"After {AFTER}", "after")

    def on_mount(self) -> None:
        """Show what goes with the lines."""
        self._show_around()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the list and what is in it."""
        return self._problems

    async def show_state(self, state: State, problems: Sequence[Problem]) -> None:
        """Show the tables of a state, and what is wrong with them."""
        self._tables = self._tables_in(self.row.value(state.values))
        self._problems, self._changed = tuple(problems), self.row.is_changed(state.values)
        self.first = min(self.first, max(0, len(self._tables) - 1) // LINES_SHOWN * LINES_SHOWN)
        await self._show_lines(state.typed_at)

    def index_of(self, widget: Widget | None) -> int | None:
        """Return the number, from 0, of the line a widget stands in."""
        nodes = widget.ancestors_with_self if widget else ()
        return next((node.index for node in nodes if isinstance(node, Line)), None)

    async def focus_line(self, index: int, column: int = 0) -> None:
        """Turn to a line and put the focus in it."""
        self.first = index // LINES_SHOWN * LINES_SHOWN
        await self._show_lines()
        for line in self.query(Line):
            if line.index == index:
                cells = list(line.query(Cell))
                cells[min(column, len(cells) - 1)].editor.focus()

    async def focus_path(self, path: Path) -> bool:
        """Put the focus on the setting at a path, if it is in here."""
        if path[: len(self.row.path)] != self.row.path:
            return False
        inner = path[len(self.row.path) :]
        if inner and isinstance(inner[0], int) and inner[0] < len(self._tables):
            names = [field.name for field in self._fields]
            column = names.index(str(inner[1])) if inner[1:] and inner[1] in names else 0
            await self.focus_line(inner[0], column)
        else:
            self.query_one(".-add", More).focus()
        return True

    async def on_more_pressed(self, event: More.Pressed) -> None:
        """Add a line or turn the leaf."""
        event.stop()
        match event.more.does:
            case "add":
                await self.insert(len(self._tables))
            case "before":
                self.first = max(0, self.first - LINES_SHOWN)
                await self._show_lines()
            case _:
                self.first = self.first + LINES_SHOWN
                await self._show_lines()

    async def insert(self, index: int) -> None:
        """Put an empty table in a place."""
        self._tables.insert(index, {})
        await self._tell(index)

    async def remove_at(self, index: int) -> None:
        """Take the table in a place out."""
        del self._tables[index]
        await self._tell(min(index, len(self._tables) - 1))

    async def move(self, index: int, by: int) -> None:
        """Move the table in a place, if there is another place to move it to."""
        if 0 <= index + by < len(self._tables):
            self._tables.insert(index + by, self._tables.pop(index))
            await self._tell(index + by)

    async def _tell(self, index: int) -> None:
        """Tell that the tables are others, and put the focus on one of them."""
        self.post_message(Edited(self.row, list(self._tables)))
        await self.focus_path((*self.row.path, index))

    async def _show_lines(self, typed_at: Path | None = None) -> None:
        # Keys and changes from outside come independently, and both mount and remove lines.
        async with self._showing:
            lines = list(self.query(Line))
            is_same_leaf = bool(lines) and lines[0].index == self.first
            wanted = len(self._tables[self.first : self.first + LINES_SHOWN])
            kept = min(len(lines), wanted) if is_same_leaf else 0
            if kept < max(len(lines), wanted):
                with self.app.batch_update():
                    await self.query_one(".lines").remove_children(lines[kept:])
                    fresh = list(self._new_lines())[kept:]
                    await self.query_one(".lines").mount_all(fresh)
            self._show_around(typed_at)

    def _show_around(self, typed_at: Path | None = None) -> None:
        self.query_one(".title", Static).update(self._title())
        for line in self.query(Line):
            path = (*self.row.path, line.index)
            own = [each for each in self._problems if each.path[: len(path)] == path]
            line.show(self._tables[line.index], own, typed_at)
        self.query_one(".columns").display = bool(self._tables)
        self.query_one(".-before").display = self.first > 0
        self.query_one(".-after").display = self.first + LINES_SHOWN < len(self._tables)

    def _new_lines(self) -> Iterator[Line]:
        last = min(self.first + LINES_SHOWN, len(self._tables))
        for index in range(self.first, last):
            yield Line(self.row, index, self._fields, self._tables[index])

    def _tables_in(self, value: object) -> list[Any]:
        if isinstance(value, list | tuple):
            return list(value)
        return [{} for _ in self.row.field.default]

    def _title(self) -> Content:
        mark = f"{CHANGED} " if self._changed else "  "
        count = len(self._tables)
        last = min(self.first + LINES_SHOWN, count)
        leaf = f"{self.first + 1:,}-{last:,} of " if count > LINES_SHOWN else ""
        title = Content.assemble(
            (mark, "$accent"), (self.row.field.label, "bold"), (f"  {leaf}{count:,}", "$muted")
        )
        own = [p for p in self._problems if not isinstance(_part_after(p.path, self.row.path), int)]
        said = [Content.styled(f"  ✗ {problem.text}", "$text-error") for problem in own]
        return Content("\n").join([title, *said])


def _part_after(path: Path, base: Path) -> str | int | None:
    return path[len(base)] if len(path) > len(base) else None
