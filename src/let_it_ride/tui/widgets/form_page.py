"""One page of the form: the settings of a section."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from let_it_ride.config.problems import Path, Problem
from let_it_ride.tui.editing.outline import Row, problems_by_row, rows_of_page
from let_it_ride.tui.editing.settings import Setting
from let_it_ride.tui.editing.state import State
from let_it_ride.tui.widgets.field_row import FieldRow
from let_it_ride.tui.widgets.row_widget import RowWidget

POINTED: Final = "-pointed"
"""The class of the field that is pointed at while a person rests."""


class Heading(RowWidget):
    """The title of a table within a page."""

    def __init__(self, row: Row) -> None:
        super().__init__(row)
        self._problems: tuple[Problem, ...] = ()

    def render(self) -> Content:
        """Render the title, and what is wrong with the table as a whole."""
        title = Content.styled(f"{'  ' * self.row.depth}{self.row.field.label}", "bold $primary")
        return _titled(title, self._problems)

    async def show_state(self, state: State, problems: Sequence[Problem]) -> None:
        """Show what is wrong with the table as a whole."""
        del state
        if tuple(problems) != self._problems:
            self._problems = tuple(problems)
            self.refresh(layout=True)

    async def focus_path(self, path: Path) -> bool:
        """Return that there is nothing to focus in a title."""
        del path
        return False


class FormPage(VerticalScroll, can_focus=False):
    """The rows of one section.

    It has the focus itself while a person rests: then a setting is pointed at, and letters move.
    """

    BINDING_GROUP_TITLE = "In the form"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Setting above", id="form.up", show=False),
        Binding("down", "move(1)", "Setting below", id="form.down", show=False),
        Binding("enter", "go_on", "Setting below, or into it", id="form.enter", show=False),
        Binding(
            "escape", "rest", "Leave the field, to move by letters", id="form.rest", show=False
        ),
        Binding("right,i", "into", "Into the field", id="form.into", show=False),
        Binding("left", "sections", "To the sections", id="form.sections", show=False),
        Binding("home", "point_by(-9999)", "First setting", id="form.first", show=False),
        Binding("end", "point_by(9999)", "Last setting", id="form.last", show=False),
        Binding("pagedown", "point_by(8)", "Settings down", id="form.page_down", show=False),
        Binding("pageup", "point_by(-8)", "Settings up", id="form.page_up", show=False),
    ]

    class Pointed(Message):
        """Another setting is pointed at."""

    def __init__(self, page: Setting, state: State) -> None:
        super().__init__()
        self.page = page
        self._state = state
        self._shown_rows = rows_of_page(page, state.values)
        self._is_showing = False
        self._last_focused: Widget | None = None

    def compose(self) -> ComposeResult:
        """Show the section's name, what it is for, and its rows."""
        yield Static(self._title(), classes="page-title")
        for row in self._shown_rows:
            yield self._widget_for(row)

    def show(self, state: State) -> None:
        """Show another state, soon."""
        self._state = state
        if not self._is_showing:
            self._is_showing = True
            self.call_next(self._show)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows it shows."""
        return self._shown_rows

    async def focus_path(self, path: Path) -> bool:
        """Put the focus on the setting at a path, or around it; return whether there is one."""
        await self._show()
        for widget in self._row_widgets():
            if await widget.focus_path(path):
                return True
        return False

    def focus_first(self) -> None:
        """Put the focus on the first setting."""
        editors = self._editors()
        if editors:
            editors[0].focus()

    def focus_last(self) -> None:
        """Put the focus where it was last on this page."""
        if self._last_focused is not None and self._last_focused.is_attached:
            self._last_focused.focus()
        else:
            self.focus_first()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember where the focus is."""
        self._last_focused = event.widget

    def on_focus(self) -> None:
        """Point at the setting that had the focus."""
        self._point_at(self.pointed)

    def on_blur(self) -> None:
        """Point at nothing; the focus comes here for rest alone, not by the tab key."""
        for each in self.query(f".{POINTED}"):
            each.remove_class(POINTED)
        if self.app.app_focus:
            self.can_focus = False

    @property
    def pointed(self) -> Widget | None:
        """The field that had the focus last, or the first."""
        last = self._last_focused
        if last is not None and last.is_attached:
            return last
        return next(iter(self._editors()), None)

    @property
    def row(self) -> Row | None:
        """The row of the setting that is pointed at, while a person rests."""
        return row_of(self.pointed) if self.has_focus and self.pointed else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave to fields what is theirs."""
        if action in {"into", "sections", "point_by"}:
            return self.has_focus
        if action == "rest":
            return not self.has_focus
        return super().check_action(action, parameters)

    def action_move(self, by: int) -> None:
        """Go to the nearest field above or below."""
        here = self.pointed if self.has_focus else self.screen.focused
        beyond = self._beyond(here, by) if here else ()
        if beyond:
            self._go_to(beyond[0])

    def action_go_on(self) -> None:
        """Go to the nearest field below, or into the one that is pointed at."""
        if self.has_focus:
            self.action_into()
        else:
            self.action_move(1)

    def action_rest(self) -> None:
        """Leave the field: it is pointed at from now on."""
        self.can_focus = True
        self.focus()

    def action_into(self) -> None:
        """Put the focus on the field that is pointed at."""
        if self.pointed is not None:
            self.pointed.focus()

    def action_sections(self) -> None:
        """Go to the list of sections."""
        self.screen.query_one("SectionList").focus()

    def action_point_by(self, by: int) -> None:
        """Point at a setting some lines away, or at the last one there is."""
        beyond = self._beyond(self.pointed, by) if self.pointed else ()
        if beyond:
            self._go_to(beyond[min(abs(by), len(beyond)) - 1])

    def _beyond(self, here: Widget, by: int) -> list[Widget]:
        """Return a field of each line above or below, the nearest first."""
        around = here.region
        beyond = [each for each in self._editors() if (each.region.y - around.y) * by > 0]
        beyond.sort(key=lambda e: (abs(e.region.y - around.y), abs(e.region.x - around.x)))
        return list({each.region.y: each for each in reversed(beyond)}.values())[::-1]

    def _go_to(self, editor: Widget) -> None:
        if self.has_focus:
            self._point_at(editor)
        else:
            self.screen.set_focus(editor)

    def _point_at(self, editor: Widget | None) -> None:
        for each in self.query(f".{POINTED}"):
            each.remove_class(POINTED)
        if editor is not None:
            self._last_focused = editor
            editor.add_class(POINTED)
            editor.scroll_visible(animate=False)
        self.post_message(self.Pointed())

    async def _show(self) -> None:
        self._is_showing = False
        state = self._state
        rows = rows_of_page(self.page, state.values)
        with self.app.batch_update():
            if rows != self._shown_rows:
                await self._change_rows(rows)
            own = [problem for problem in state.problems if problem.path[:1] == (self.page.name,)]
            placed = problems_by_row(rows, own)
            for widget in self._row_widgets():
                await widget.show_state(state, placed.get(widget.row.path, ()))
            title = self.query_one(".page-title", Static)
            title.update(self._title(placed.get((self.page.name,), ())))

    async def _change_rows(self, rows: tuple[Row, ...]) -> None:
        """Take away the rows that are gone and put in those that have come."""
        wanted = set(rows)
        standing = {widget.row: widget for widget in self._row_widgets()}
        await self.remove_children([each for row, each in standing.items() if row not in wanted])
        before: Widget = self.query_one(".page-title")
        for row in rows:
            widget = standing.get(row)
            if widget is None:
                widget = self._widget_for(row)
                await self.mount(widget, after=before)
            before = widget
        self._shown_rows = rows

    def _widget_for(self, row: Row) -> RowWidget:
        if row.kind == "heading":
            return Heading(row)
        value = row.value(self._state.values)
        if row.kind == "tables":
            # Lists of tables are on few pages, and not on the first.
            from let_it_ride.tui.widgets.tables_row import TablesRow

            return TablesRow(row, value)
        return FieldRow(row, value)

    def _row_widgets(self) -> list[RowWidget]:
        return [child for child in self.children if isinstance(child, RowWidget)]

    def _editors(self) -> list[Widget]:
        return [widget for widget in self.query("*") if widget.focusable]

    def _title(self, problems: Iterable[Problem] = ()) -> Content:
        title = Content.assemble(
            (self.page.label, "bold $primary"), "  ", (self.page.help, "$muted")
        )
        return _titled(title, problems)


def row_of(widget: Widget | None) -> Row | None:
    """Return the row of the setting that a widget belongs to."""
    for node in widget.ancestors_with_self if widget else ():
        row = getattr(node, "row", None)
        if isinstance(row, Row):
            return row
    return None


def _titled(title: Content, problems: Iterable[Problem]) -> Content:
    wrong = [
        Content.styled(f"✗ {problem.key}: {problem.text}", "$text-error") for problem in problems
    ]
    return Content("\n").join([title, *wrong])
