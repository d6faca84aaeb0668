"""A chart as columns of hands, one for each bet that is decided on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive

from let_it_ride.reports.chart_text import MARK, different, gain_text
from let_it_ride.reports.numbers import percent
from let_it_ride.tui.styles import style_sheet
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Resize

    from let_it_ride.analysis.charts import Chart, ChartLine

#: From this width on, a column of hands reads well.
_COLUMN: Final = 54

#: Widths of what stands beside a hand.
_DECISION: Final = 7
_SHARE: Final = 9
_GAIN: Final = 11

#: Columns for the name of a hand, even where the numbers beside it are cut off.
_LEAST_ROOM: Final = 10


class PartHead(Fitted):
    """What the columns are."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    with_title: reactive[bool] = reactive(False, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the title, where others stand beside it, over the names of the columns."""
        if self.chart is None or self.part >= len(self.chart.parts):
            return Content("")
        room = _room(width)
        names = f"{'':<{_DECISION}}{'Hand':<{room}}{'of hands':>{_SHARE}}{'riding':>{_GAIN}}"
        head = Content.styled(names, "$muted")
        if not self.with_title:
            return head
        title = Content.styled(numbered(self.chart, self.part), "bold $primary")
        return Content("\n").join([title, head])


class PartLines(Fitted):
    """The hands that are decided on, those that ride first."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    only_different: reactive[bool] = reactive(False, layout=True)

    def content_at(self, width: int) -> Content:
        """Return a line or more for each kind of hand."""
        if self.chart is None or self.part >= len(self.chart.parts):
            return Content("")
        part = self.chart.parts[self.part]
        lines = different(part) if self.only_different else part.lines
        if not lines:
            return Content.styled(
                "Here every hand is played as the optimal chart has it.", "italic"
            )
        blocks = (
            Content("\n").join([_line(self.chart, line, width) for line in alike])
            for _, alike in groupby(lines, lambda line: line.rides)
        )
        return Content("\n\n").join(blocks)


class PartList(VerticalScroll, inherit_bindings=False):
    """The hands of all columns, which scroll together."""

    BINDING_GROUP_TITLE = "Chart"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pagedown", "page_down", "Page down", show=False, id="chart.page_down"),
        Binding("pageup", "page_up", "Page up", show=False, id="chart.page_up"),
        Binding("home", "scroll_home", "Top", show=False, id="chart.home"),
        Binding("end", "scroll_end", "Bottom", show=False, id="chart.end"),
    ]


class ChartParts(Vertical):
    """As many parts of a chart side by side as there is room for."""

    DEFAULT_CSS = style_sheet(__file__)
    SCOPED_CSS = False

    chart: reactive[Chart | None] = reactive(None)
    part: reactive[int] = reactive(0)
    """The part that is looked at."""

    only_different: reactive[bool] = reactive(False)
    """Whether only what the optimal chart decides otherwise is shown."""

    columns: reactive[int] = reactive(1)
    """How many parts there is room for."""

    _MOST: Final = 3

    def compose(self) -> ComposeResult:
        """Show the columns under their heads, and over them what else there is to look at."""
        yield PartTabs().data_bind(ChartParts.chart, ChartParts.part, ChartParts.columns)
        with Horizontal(id="heads"):
            for _ in range(self._MOST):
                yield PartHead().data_bind(ChartParts.chart)
        with PartList(), Horizontal(id="hands"):
            for _ in range(self._MOST):
                yield PartLines().data_bind(ChartParts.chart, ChartParts.only_different)

    def on_resize(self, event: Resize) -> None:
        """Show as many parts as there is room for."""
        self.columns = min(max(1, event.size.width // _COLUMN), self._MOST)

    def watch_chart(self, chart: Chart | None) -> None:
        """Keep to the parts that there are."""
        if chart is not None:
            self.part = min(self.part, len(chart.parts) - 1)
        self._lay_out()

    def watch_part(self) -> None:
        """Look at another part, from its top."""
        self._lay_out()
        self.query_one(PartList).scroll_home(animate=False)

    def watch_columns(self) -> None:
        """Show as many parts as there is room for."""
        self._lay_out()

    def watch_only_different(self) -> None:
        """Begin at the top of another list."""
        self.query_one(PartList).scroll_home(animate=False)

    def _lay_out(self) -> None:
        if self.chart is None:
            return
        shown = shown_parts(len(self.chart.parts), self.columns, self.part)
        heads, columns = self.query(PartHead), self.query(PartLines)
        for place, (head, column) in enumerate(zip(heads, columns, strict=True)):
            is_shown = place < len(shown)
            head.display = column.display = is_shown
            if is_shown:
                head.part = column.part = shown[place]
                head.with_title = len(shown) > 1


class PartTabs(Fitted):
    """The parts by their numbers: the one in sight in brackets, or those that are not in sight."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    columns: reactive[int] = reactive(1, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the titles of the parts."""
        del width
        if self.chart is None:
            return Content("")
        shown = shown_parts(len(self.chart.parts), self.columns, self.part)
        titles = [numbered(self.chart, number) for number in range(len(self.chart.parts))]
        if len(shown) > 1:
            hidden = (number for number in range(len(titles)) if number not in shown)
            told = (f"{each + 1} shows {self.chart.parts[each].title}" for each in hidden)
            return Content.styled(", ".join(told), "$muted")
        return Content(" ").join(
            Content.styled(f"[{title}]", "bold $primary")
            if number in shown
            else Content.styled(f" {title} ", "$muted")
            for number, title in enumerate(titles)
        )

    def watch_chart(self) -> None:
        """Take no room where all parts are in sight."""
        self._hide_if_useless()

    def watch_columns(self) -> None:
        """Take no room where all parts are in sight."""
        self._hide_if_useless()

    def _hide_if_useless(self) -> None:
        self.display = self.chart is not None and len(self.chart.parts) > self.columns


def numbered(chart: Chart, part: int) -> str:
    """The title of a part behind its number, which is its key."""
    return f"{part + 1} {chart.parts[part].title}"


def shown_parts(parts: int, columns: int, part: int) -> range:
    """The neighbouring parts that are shown where one of them is looked at."""
    columns = min(parts, columns)
    first = min(part, parts - columns)
    return range(first, first + columns)


def _line(chart: Chart, line: ChartLine, width: int) -> Content:
    """Return the line of a kind of hand; what does not fit beside the numbers goes under it."""
    room = _room(width)
    hand, others = _fitting(line.hand, room)
    share, gain = percent(line.share, 3), gain_text(chart, line)
    row = Content.assemble(
        *_decision(line), f"{hand:<{room}}", (f"{share:>{_SHARE}}", "$muted"), f"{gain:>{_GAIN}}"
    )
    indent = " " * (_DECISION + 2)
    under = Content(others).wrap(max(_LEAST_ROOM, width - len(indent))) if others else ()
    return Content("\n").join([row, *(Content(indent) + each for each in under)])


def _room(width: int) -> int:
    """The columns that a width leaves for the names of hands."""
    return max(_LEAST_ROOM, width - _DECISION - _SHARE - _GAIN)


def _fitting(words: str, room: int) -> tuple[str, str]:
    """Cut words behind the last comma that has room, or between words, and what follows it."""
    if len(words) <= room:
        return words, ""
    end = words.rfind(", ", 0, room + 1) + 1 or words.rfind(" ", 0, room + 1)
    return words[:end], words[end + 1 :]


def _decision(line: ChartLine) -> Iterator[tuple[str, str]]:
    yield ("ride ", "bold $text-success") if line.rides else ("pull ", "$muted")
    yield (f"{' ' if line.is_usual else MARK} ", "bold $text-warning")
