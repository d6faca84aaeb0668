"""A chart as columns of hands, one for each bet that is decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from let_it_ride.reports.chart_look import Look, line_facts
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.chart_lines import PartHead, PartLines, numbered
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Click

    from let_it_ride.analysis.charts import Chart
    from let_it_ride.analysis.choices import ChartLine

#: From this width on, a column of hands reads well.
_COLUMN: Final = 54


class PartList(VerticalScroll, inherit_bindings=False):
    """The hands of all columns, which scroll together."""

    BINDING_GROUP_TITLE = "Chart"

    class Resized(Message):
        """There is more room, or less."""

    def on_resize(self) -> None:
        """Tell it."""
        self.post_message(self.Resized())


class LineFacts(Fitted):
    """All that is known of the line that is pointed at."""

    chart: reactive[Chart | None] = reactive(None)
    part: reactive[int] = reactive(0)
    line: reactive[ChartLine | None] = reactive(None, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the facts, a paragraph each."""
        if self.chart is None or self.line is None:
            return Content("")
        facts = line_facts(self.chart, self.line, self.part)
        wrapped = (line for fact in facts for line in Content(fact).wrap(width))
        return Content("\n").join(wrapped)


class ChartParts(Vertical):
    """As many parts of a chart side by side as there is room for."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    chart: reactive[Chart | None] = reactive(None)
    part: reactive[int] = reactive(0)
    """The part that is looked at."""

    look: reactive[Look] = reactive(Look())
    """Which lines are looked at, and in which order."""

    with_values: reactive[bool] = reactive(False)
    """Whether both values are told beside each hand, which leaves room for one part."""

    cursor: reactive[int] = reactive(0)
    """The line of that part that is pointed at."""

    columns: reactive[int] = reactive(1)
    """How many parts there is room for."""

    _MOST: Final = 3

    def compose(self) -> ComposeResult:
        """Show the columns under their heads, and over them what else there is to look at."""
        yield PartTabs().data_bind(ChartParts.chart, ChartParts.part, ChartParts.columns)
        with Horizontal(id="heads"):
            for _ in range(self._MOST):
                yield PartHead().data_bind(ChartParts.chart, ChartParts.with_values)
        with PartList(), Horizontal(id="hands"):
            for _ in range(self._MOST):
                yield PartLines().data_bind(
                    ChartParts.chart, ChartParts.look, ChartParts.with_values
                )
        yield LineFacts().data_bind(ChartParts.chart, ChartParts.part)

    @property
    def lines(self) -> tuple[ChartLine, ...]:
        """The lines of the part that is looked at."""
        if self.chart is None or self.part >= len(self.chart.parts):
            return ()
        return self.look.lines(self.chart.parts[self.part])

    def point(self, by: int) -> None:
        """Point at another line, so many further down."""
        self.cursor = max(0, min(self.cursor + by, len(self.lines) - 1))

    def on_resize(self) -> None:
        """Show as many parts as there is room for."""
        self._lay_out()

    @on(PartLines.Chosen)
    def point_at_chosen(self, event: PartLines.Chosen) -> None:
        """Point at a line that was clicked."""
        event.stop()
        if event.part != self.part:
            self.part = event.part
        self.cursor = event.line

    def on_part_list_resized(self, event: PartList.Resized) -> None:
        """Keep the line that is pointed at in sight."""
        event.stop()
        self._keep_in_sight()

    def on_part_tabs_chosen(self, event: PartTabs.Chosen) -> None:
        """Look at a part that was chosen with the mouse."""
        event.stop()
        self.part = event.part

    def watch_chart(self, chart: Chart | None) -> None:
        """Keep to the parts and the lines that there are."""
        if chart is not None:
            self.part = min(self.part, len(chart.parts) - 1)
            self.cursor = max(0, min(self.cursor, len(self.lines) - 1))
        self._lay_out()

    def watch_part(self) -> None:
        """Look at another part, from its top."""
        self._begin()

    def watch_look(self) -> None:
        """Begin at the top of another list."""
        self._begin()

    def watch_with_values(self) -> None:
        """Show as many parts as there is room for."""
        self._lay_out()

    def watch_cursor(self) -> None:
        """Show the line that is pointed at."""
        self._lay_out()

    def _begin(self) -> None:
        self.cursor = 0
        self._lay_out()
        self.query_one(PartList).scroll_home(animate=False)

    def _lay_out(self) -> None:
        columns = 1 if self.with_values else max(1, self.size.width // _COLUMN)
        self.columns = min(columns, self._MOST)
        if self.chart is None:
            return
        shown = shown_parts(len(self.chart.parts), self.columns, self.part)
        heads, columns_of_hands = self.query(PartHead), self.query(PartLines)
        for place, (head, column) in enumerate(zip(heads, columns_of_hands, strict=True)):
            is_shown = place < len(shown)
            head.display = column.display = is_shown
            if is_shown:
                head.part = column.part = shown[place]
                head.with_title = len(shown) > 1
            is_looked_at = is_shown and shown[place] == self.part
            column.cursor = self.cursor if is_looked_at else None
        lines = self.lines
        facts = self.query_one(LineFacts)
        facts.line = lines[self.cursor] if self.cursor < len(lines) else None
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        for column in self.query(PartLines):
            if column.cursor is not None:
                region = column.region_of(column.cursor)
                self.query_one(PartList).scroll_to_region(region, animate=False, immediate=True)


class PartTabs(Fitted):
    """The parts by their numbers: the one in sight in brackets, or those that are not in sight."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    columns: reactive[int] = reactive(1, layout=True)

    @dataclass
    class Chosen(Message):
        """A part is to be looked at."""

        part: int

    def content_at(self, width: int) -> Content:
        """Return the titles of the parts."""
        del width
        return Content("").join(Content.styled(text, style) for text, style, _ in self._titles())

    def on_click(self, event: Click) -> None:
        """Look at the part whose title was clicked."""
        place = event.get_content_offset(self)
        end = 0
        for text, _, part in self._titles():
            start, end = end, end + len(text)
            if place is not None and place.y == 0 and start <= place.x < end:
                self.post_message(self.Chosen(part))

    def _titles(self) -> Iterator[tuple[str, str, int]]:
        """Yield the titles of the parts that are told, each with its style and its part."""
        if self.chart is None:
            return
        parts = self.chart.parts
        shown = shown_parts(len(parts), self.columns, self.part)
        if len(shown) > 1:
            hidden = [number for number in range(len(parts)) if number not in shown]
            for each in hidden:
                comma = ", " if each != hidden[-1] else ""
                yield f"{each + 1} shows {parts[each].title}{comma}", "$muted", each
            return
        for number in range(len(parts)):
            title = numbered(self.chart, number)
            if number in shown:
                yield f"[{title}]", "bold $primary", number
            else:
                yield f" {title} ", "$muted", number

    def watch_chart(self) -> None:
        """Take no room where all parts are in sight."""
        self._hide_if_useless()

    def watch_columns(self) -> None:
        """Take no room where all parts are in sight."""
        self._hide_if_useless()

    def _hide_if_useless(self) -> None:
        self.display = self.chart is not None and len(self.chart.parts) > self.columns


def shown_parts(parts: int, columns: int, part: int) -> range:
    """The neighbouring parts that are shown where one of them is looked at."""
    columns = min(parts, columns)
    first = min(part, parts - columns)
    return range(first, first + columns)
