"""The hands of one part of a chart: a line each, what it is worth beside it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive

from let_it_ride.reports.chart_look import Look, copied_text, line_facts
from let_it_ride.reports.chart_text import MARK, gain_text, value_text
from let_it_ride.reports.numbers import percent
from let_it_ride.reports.replay_text import cards_text
from let_it_ride.tui.copying import Copy
from let_it_ride.tui.widgets.fitted import Fitted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.events import Click

    from let_it_ride.analysis.charts import Chart
    from let_it_ride.analysis.choices import ChartLine

#: Widths of what stands beside a hand.
_DECISION: Final = 8
_SHARE: Final = 9
_GAIN: Final = 12
_VALUE: Final = 11
_EXAMPLE: Final = 16

#: From this width on, there is room for an example beside all numbers.
_WITH_EXAMPLE: Final = 90

#: Columns that the name of a hand reads well in: where it has fewer beside both values, the share
#: of hands is left out, and then what riding gains, which follows from the values.
_GOOD_ROOM: Final = 20

#: Columns for the name of a hand, even where the numbers beside it are cut off.
_LEAST_ROOM: Final = 10


class PartHead(Fitted):
    """What the columns are."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    with_title: reactive[bool] = reactive(False, layout=True)
    with_values: reactive[bool] = reactive(False, layout=True)

    def content_at(self, width: int) -> Content:
        """Return the title, where others stand beside it, over the names of the columns."""
        if self.chart is None or self.part >= len(self.chart.parts):
            return Content("")
        columns = _Columns(width, with_values=self.with_values)
        head = Content.styled(columns.head(self.chart), "$muted")
        if not self.with_title:
            return head
        title = Content.styled(numbered(self.chart, self.part), "bold $primary")
        return Content("\n").join([title, head])


class PartLines(Fitted):
    """The hands that are decided on."""

    chart: reactive[Chart | None] = reactive(None, layout=True)
    part: reactive[int] = reactive(0, layout=True)
    look: reactive[Look] = reactive(Look(), layout=True)
    with_values: reactive[bool] = reactive(False, layout=True)
    cursor: reactive[int | None] = reactive(None)
    """The line that is pointed at, if one of these is."""

    @dataclass
    class Chosen(Message):
        """A line was clicked."""

        part: int
        line: int

    @property
    def lines(self) -> tuple[ChartLine, ...]:
        """The lines in their order."""
        if self.chart is None or self.part >= len(self.chart.parts):
            return ()
        return self.look.lines(self.chart.parts[self.part])

    def content_at(self, width: int) -> Content:
        """Return a line or more for each kind of hand."""
        if self.chart is None:
            return Content("")
        if not (blocks := self._blocks(width)):
            told = self.look.why_none(self.chart.parts[self.part])
            return Content.styled(told, "italic")
        return Content("\n").join(blocks)

    def copies(self) -> Iterable[Copy]:
        """Return the line that is pointed at with its facts, and all lines in columns."""
        if self.chart is None or not self.display or not self.lines:
            return
        if self.cursor is not None:
            line = self.lines[self.cursor]
            facts = " ".join(line_facts(self.chart, line, self.part))
            yield Copy(f"All of {line.hand}", f"{line.hand}: {facts}")
        part, lines = self.chart.parts[self.part], len(self.lines)
        text = copied_text(self.chart, part, self.look)
        yield Copy(f"{part.title}, {lines} {'line' if lines == 1 else 'lines'} in columns", text)

    def region_of(self, line: int) -> Region:
        """Where a line is, within the list."""
        blocks = self._blocks(self.content_size.width)[: line + 1]
        heights = [block.plain.count("\n") + 1 for block in blocks]
        return Region(0, sum(heights[:-1]), 1, heights[-1]) if heights else Region()

    def on_click(self, event: Click) -> None:
        """Point at a line."""
        event.stop()
        for number in range(len(self.lines)):
            if self.region_of(number).bottom > event.y:
                self.post_message(self.Chosen(self.part, number))
                return

    def _blocks(self, width: int) -> list[Content]:
        """The text of each line, over it an empty one where those that are pulled begin."""
        chart, lines = self.chart, self.lines
        if chart is None:
            return []
        columns = _Columns(width, with_values=self.with_values)
        blocks = [
            columns.row(chart, line, is_pointed_at=number == self.cursor)
            for number, line in enumerate(lines)
        ]
        if self.look.order == "decision":
            turns = [number for number, (a, b) in enumerate(pairwise(lines)) if a.rides != b.rides]
            for number in turns:
                blocks[number] = Content("\n").join([blocks[number], Content("")])
        return blocks


def numbered(chart: Chart, part: int) -> str:
    """The title of a part behind its number, which is its key."""
    return f"{part + 1} {chart.parts[part].title}"


@dataclass(frozen=True, slots=True)
class _Columns:
    """What stands beside the name of a hand at a width.

    Attributes:
        width: all the columns of the terminal that there are.
        with_values: whether both values are told.
    """

    width: int
    with_values: bool

    @property
    def _with_example(self) -> bool:
        return self.with_values and self.width >= _WITH_EXAMPLE

    @property
    def _with_share(self) -> bool:
        return not self.with_values or self._left(_SHARE + _GAIN) >= _GOOD_ROOM

    @property
    def _with_gain(self) -> bool:
        return not self.with_values or self._left(_GAIN) >= _LEAST_ROOM

    @property
    def _room(self) -> int:
        """The columns that are left for the names of hands."""
        taken = _SHARE * self._with_share + _GAIN * self._with_gain
        taken += _EXAMPLE if self._with_example else 0
        return max(_LEAST_ROOM, self._left(taken))

    def _left(self, taken: int) -> int:
        """What is left beside the decision and the values, where so many columns are taken."""
        return self.width - _DECISION - (2 * _VALUE if self.with_values else 0) - taken

    def head(self, chart: Chart) -> str:
        """The names of the columns."""
        names = f"{'':<{_DECISION}}{'Hand':<{self._room}}"
        if self._with_example:
            names += f"{'Such as':<{_EXAMPLE}}"
        if self._with_share:
            names += f"{'Share':>{_SHARE}}"
        if self.with_values:
            names += f"{'Ride':>{_VALUE}}{'Pull':>{_VALUE}}"
        gain = "Gain" if chart.moment else "Gain, bets"
        return names + (f"{gain:>{_GAIN}}" if self._with_gain else "")

    def row(self, chart: Chart, line: ChartLine, *, is_pointed_at: bool) -> Content:
        """The line of a kind of hand; what does not fit beside the numbers goes under it."""
        hand, others = _fitting(line.hand, self._room - self._with_example)
        cells: list[str | tuple[str, str]] = [*_decision(line, is_pointed_at=is_pointed_at)]
        cells.append(f"{hand:<{self._room}}")
        if self._with_example:
            cells.append((f"{cards_text(line.example):<{_EXAMPLE}}", "$text-accent"))
        if self._with_share:
            cells.append((f"{percent(line.share, 3):>{_SHARE}}", "$muted"))
        if self.with_values:
            cells += [f"{value_text(chart, value):>{_VALUE}}" for value in (line.ride, line.pull)]
        if self._with_gain:
            cells.append(f"{gain_text(chart, line):>{_GAIN}}")
        indent = " " * (_DECISION + 2)
        under = Content(others).wrap(max(_LEAST_ROOM, self.width - len(indent))) if others else ()
        rows = [Content.assemble(*cells), *(Content(indent) + each for each in under)]
        if not is_pointed_at:
            return Content("\n").join(rows)
        padded = [row.pad_right(max(0, self.width - row.cell_length)) for row in rows]
        return Content("\n").join(padded).stylize("bold on $primary-muted")


def _fitting(words: str, room: int) -> tuple[str, str]:
    """Cut words behind the last comma that has room, or between words, and what follows it."""
    if len(words) <= room:
        return words, ""
    end = words.rfind(", ", 0, room + 1) + 1 or words.rfind(" ", 0, room + 1)
    return words[:end], words[end + 1 :]


def _decision(line: ChartLine, *, is_pointed_at: bool) -> Iterator[tuple[str, str]]:
    yield ("▌" if is_pointed_at else " ", "$primary")
    yield ("ride ", "bold $text-success") if line.rides else ("pull ", "$muted")
    yield (f"{' ' if line.is_usual else MARK} ", "bold $text-warning")
