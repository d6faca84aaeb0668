"""The picture of what a session brings: this run over the exact chances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from let_it_ride.reports.numbers import money, percent
from let_it_ride.reports.pictures.axis import Axis
from let_it_ride.reports.profit_chart import (
    CUT,
    Chart,
    Ink,
    label_lines,
    marks_of,
    short_money,
)
from let_it_ride.reports.profit_drawing import paint
from let_it_ride.tui.pictures.canvas import MUTED, framed
from let_it_ride.tui.pictures.picture import without_law

if TYPE_CHECKING:
    from let_it_ride.analysis.agreement import Compared
    from let_it_ride.analysis.profit_bins import ProfitBins
    from let_it_ride.reports.pictures.profits import RunProfits
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

_DOT: Final = ("•", "bold $foreground")


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
        letters = ["L loss limit", "W win limit"]
        named = [each for each in letters if each[2:].capitalize() in dict(self.profits.limits)]
        told = [self.profits.legend(bins), f"{', '.join([*named, 'M mean'])}."]
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
        mean = self.profits.results.summary.mean_profit.value
        marks = marks_of(mean, self.profits.stops)
        chart = Chart(bins, bins.chances, self.profits.highest(bins, seen), marks)
        for row, cells in enumerate(paint(chart, columns, rows), _ABOVE):
            for column, cell in enumerate(cells, _LEFT):
                if cell.ink is not None:
                    canvas.put(column, row, cell.text, _STYLES[cell.ink])
        canvas.put(_LEFT, 0, label_lines(chart, columns)[0], MUTED)
        if self.profits.law is not None:
            self._dots(canvas, chart, seen, rows)
        self._axes(canvas, chart, rows)
        self._percentiles(canvas, chart)

    def _bins(self, columns: int) -> tuple[ProfitBins, ProfitBins]:
        return self.profits.bins(max(columns // _LEAST_WIDTH, 2))

    def _dots(self, canvas: Canvas, chart: Chart, seen: ProfitBins, rows: int) -> None:
        """Put a dot into each bin, as high as its share in the run."""
        sessions = self.profits.results.summary.sessions
        each = chart.columns_of_bin(canvas.columns - _LEFT)
        for place, share in enumerate(seen.chances.tolist()):
            expected = float(chart.bins.chances[place])
            if max(share, expected) * sessions >= 1 and share <= chart.top:
                up = min(int(share / chart.top * rows), rows - 1)
                canvas.put(_LEFT + place * each + each // 2, _ABOVE + rows - 1 - up, *_DOT)

    def _axes(self, canvas: Canvas, chart: Chart, rows: int) -> None:
        bins, bottom = chart.bins, _ABOVE + rows
        y = Axis(0, chart.top, bottom, _ABOVE)
        heights = {round(y.place(tick)): _share(tick) for tick in y.ticks(max(rows // 3, 2))}
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
        canvas.put(at[5], row, "─" * (at[95] - at[5] + 1), MUTED)
        canvas.put(at[25], row, "━" * (at[75] - at[25] + 1), "bold $primary")
        canvas.put(at[5], row, "├", MUTED)
        canvas.put(at[95], row, "┤", MUTED)
        canvas.put(at[50], row, "╋", "bold $accent")
        names = {50: "median", 5: "5 %", 95: "95 %", 25: "25 %", 75: "75 %"}
        labels = [(at[share], name) for share, name in names.items()]
        canvas.labels(row + 1, range(_LEFT, canvas.columns), labels)


def _share(tick: float) -> str:
    decimals = 0 if round(tick * 100, 6).is_integer() else 2 if tick < 0.001 else 1
    return percent(tick, decimals) if tick else "0"
