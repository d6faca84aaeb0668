"""The picture of what a session brings: this run over the exact chances."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.pictures.axis import Axis, even_scale, share_text
from let_it_ride.reports.profit_chart import (
    CUT,
    Chart,
    Ink,
    label_lines,
    marks_of,
    short_money,
)
from let_it_ride.reports.profit_drawing import over, paint
from let_it_ride.tui.pictures.canvas import MUTED, framed
from let_it_ride.tui.pictures.picture import without_law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.analysis.profit_bins import ProfitBins
    from let_it_ride.reports.pictures.profits import RunProfits
    from let_it_ride.reports.profit_chart import Mark
    from let_it_ride.reports.profit_drawing import Cell
    from let_it_ride.tui.pictures.canvas import Canvas

#: Columns for the chances beside the axis, and rows under the bars and over them.
_LEFT: Final = 8
_BELOW: Final = 4
_ABOVE: Final = 1

#: A bin has room for a bar and, beside it, for a dot over it.
_LEAST_WIDTH: Final = 2

_STYLES: Final = {
    Ink.BEHIND: "$error",
    Ink.EVEN: "$secondary",
    Ink.AHEAD: "$success",
    Ink.LIMIT: "bold $accent",
    Ink.MARK: "$secondary",
}

_NAMES: Final = {"L": "loss limit", "W": "win limit", "M": "mean"}

_DOT: Final = "●"
_DOT_STYLES: Final = {
    None: "bold $foreground",
    Ink.BEHIND: "bold $foreground on $behind-ground",
    Ink.EVEN: "bold reverse $secondary",
    Ink.AHEAD: "bold reverse $success",
}

_MIDDLE_HALF: Final = ("━", "bold $primary")
_NINE_IN_TEN: Final = ("─", MUTED)
_MEDIAN: Final = ("╋", "bold $accent")


@dataclass(frozen=True)
class ProfitPicture:
    """The profits of a run.

    Attributes:
        profits: what is drawn.
        compared: what comparing the run with the exact law gave.
    """

    profits: RunProfits
    compared: Compared
    title: str = "Profit of a session"

    def words(self, columns: int) -> str:
        """What bars, dots and letters are, and what the picture says."""
        bins, seen = self._bins(columns - _LEFT)
        law = self.profits.law
        told = [self.profits.legend(bins)]
        if not self._has_names(columns - _LEFT):
            marks = [mark.letter for mark in self._marks() if mark.letter in _NAMES]
            told.append(f"{', '.join(f'{letter} {_NAMES[letter]}' for letter in marks)}.")
        told.append(self.profits.words(bins, seen))
        if law is not None:
            at = {share: short_money(law.percentile(share)) for share in (5, 25, 50, 75, 95)}
            told.append(
                f"Exactly: half between {at[25]} and {at[75]}, nine in ten between {at[5]} and"
                f" {at[95]}, median {at[50]}, mean {money(law.mean_profit, signed=True)}."
            )
        if (bins.chances > self.profits.highest(bins, seen)).any():
            told.append(f"{CUT} marks a bar that is cut off, up to {percent(bins.chances.max())}.")
        return " ".join(filter(None, [*told, without_law(self.compared)]))

    def draw(self, canvas: Canvas) -> None:
        """Draw bars and dots, with the limits and the mean, over a strip of the percentiles."""
        columns, rows = canvas.columns - _LEFT, canvas.rows - _BELOW - _ABOVE
        if rows < 2 or columns < 2 * _LEAST_WIDTH:
            return
        bins, seen = self._bins(columns)
        top = even_scale(self.profits.highest(bins, seen), rows)[0]
        chart = Chart(bins, bins.chances, top, self._marks(), tells_cuts=True)
        picture = paint(chart, columns, rows)
        for row, cells in enumerate(picture, _ABOVE):
            for column, cell in enumerate(cells, _LEFT):
                if cell.ink is not None:
                    canvas.put(column, row, cell.text, _STYLES[cell.ink])
        canvas.put(_LEFT, 0, self._labels(chart, columns), MUTED)
        if self.profits.law is not None:
            self._dots(canvas, chart, seen, picture)
        self._axes(canvas, chart, rows)
        self._percentiles(canvas, chart)

    def _marks(self) -> Sequence[Mark]:
        return marks_of(self.profits.results.summary.mean_profit.value, self.profits.stops)

    def _labels(self, chart: Chart, columns: int) -> str:
        """Name the marks, with letters only where there is no room; 0 is at the axis."""
        marks = [mark for mark in chart.marks if mark.letter in _NAMES]
        named = [mark._replace(letter=_NAMES[mark.letter]) for mark in marks]
        line = label_lines(replace(chart, marks=named), columns)[0]
        if all(mark.letter in line for mark in named if chart.bins.place(mark.profit) is not None):
            return line
        return label_lines(replace(chart, marks=marks), columns)[0]

    def _has_names(self, columns: int) -> bool:
        bins, _ = self._bins(columns)
        line = self._labels(Chart(bins, bins.chances, bins.top, self._marks()), columns)
        return _NAMES["M"] in line

    def _bins(self, columns: int) -> tuple[ProfitBins, ProfitBins]:
        return self.profits.bins(max(columns // _LEAST_WIDTH, 2))

    def _dots(
        self, canvas: Canvas, chart: Chart, seen: ProfitBins, picture: Sequence[Sequence[Cell]]
    ) -> None:
        """Put a dot into each bin, as high as its share in the run, or where its bar is cut."""
        sessions, rows = self.profits.results.summary.sessions, len(picture)
        each = chart.columns_of_bin(canvas.columns - _LEFT)
        for place, share in enumerate(seen.chances.tolist()):
            expected = float(chart.bins.chances[place])
            if max(share, expected) * sessions < 1:
                continue
            up = min(int(share / chart.top * rows), rows - 1 if share <= chart.top else rows - 2)
            column = place * each + each // 2
            cell = picture[rows - 1 - up][column]
            if not cell.text.isalnum() and cell.text != "%":
                on = over(cell, _DOT, Ink.MARK).on
                canvas.put(_LEFT + column, _ABOVE + rows - 1 - up, _DOT, _DOT_STYLES[on])

    def _axes(self, canvas: Canvas, chart: Chart, rows: int) -> None:
        bins, bottom = chart.bins, _ABOVE + rows
        shares = even_scale(chart.top, rows)[1].items()
        heights = {bottom - row: share_text(share) for row, share in shares}
        each = chart.columns_of_bin(canvas.columns - _LEFT)
        x = Axis(bins.start, bins.end, _LEFT, _LEFT + each * len(bins))
        ticks = {
            _LEFT + column: short_money(round(tick)) if tick else "0"
            for tick in x.ticks(max((canvas.columns - _LEFT) // 12, 2))
            if (column := chart.column(tick, canvas.columns - _LEFT)) is not None
        }
        framed(canvas, _LEFT - 1, bottom, heights, ticks)

    def _percentiles(self, canvas: Canvas, chart: Chart) -> None:
        """Draw the middle half of the sessions, and nine in ten of them."""
        columns, row = canvas.columns - _LEFT, canvas.rows - 2
        last = chart.columns_of_bin(columns) * len(chart.bins) - 1

        def column(share: int) -> int:
            profit = self.profits.results.summary.percentiles[share]
            found = chart.column(profit, columns)
            return _LEFT + (found if found is not None else last if profit > 0 else 0)

        at = {share: column(share) for share in (5, 25, 50, 75, 95)}
        canvas.put(at[5], row, _NINE_IN_TEN[0] * (at[95] - at[5] + 1), _NINE_IN_TEN[1])
        canvas.put(at[25], row, _MIDDLE_HALF[0] * (at[75] - at[25] + 1), _MIDDLE_HALF[1])
        canvas.put(at[5], row, "├", MUTED)
        canvas.put(at[95], row, "┤", MUTED)
        canvas.put(at[50], row, *_MEDIAN)
        place = _LEFT
        for (sign, style), name in (
            (_MEDIAN, "median"),
            (_MIDDLE_HALF, "middle half"),
            (_NINE_IN_TEN, "nine in ten of the run"),
        ):
            if place + len(name) + 2 <= canvas.columns:
                canvas.put(place, row + 1, sign, style)
                canvas.put(place + 2, row + 1, name, MUTED)
            place += len(name) + 5
