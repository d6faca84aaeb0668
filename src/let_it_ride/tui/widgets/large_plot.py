"""The distribution of a session's profit with axes, and a cursor that tells its numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static
from textual_plot.axis_formatter import NumericAxisFormatter

from let_it_ride.reports.numbers import percent
from let_it_ride.reports.pictures.axis import even_scale, share_text
from let_it_ride.reports.profit_chart import bar_words, percentile_marks, range_words, short_money
from let_it_ride.tui.widgets.profit_plot import ProfitPlot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.events import Click

    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.bankroll import StopConditions
    from let_it_ride.reports.profit_chart import Chart

_PERCENTILES: Final = (5, 25, 50, 75, 95)
_LEFT_MARGIN: Final = 9


class LargePlot(ProfitPlot, can_focus=True):
    """The distribution, or the chance to end at or below each profit."""

    BINDING_GROUP_TITLE = "Distribution"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "point(-1)", "A bar to the left", id="plot.left"),
        Binding("right", "point(1)", "A bar to the right", id="plot.right"),
        Binding("pageup", "point(-10)", "Ten bars to the left", id="plot.far_left"),
        Binding("pagedown", "point(10)", "Ten bars to the right", id="plot.far_right"),
        Binding("home", "point(-9999)", "The first bar", id="plot.first"),
        Binding("end", "point(9999)", "The last bar", id="plot.last"),
        Binding("m", "point_at_median", "The median", id="plot.median"),
        Binding("c", "cumulative", "Chance of a profit or less", id="plot.cumulative"),
        Binding("p", "percentiles", "Percentiles", id="plot.percentiles"),
    ]

    is_cumulative: reactive[bool] = reactive(False)
    """Whether it shows the chance of a profit or less."""

    has_percentiles: reactive[bool] = reactive(False)
    """Whether percentiles have lines."""

    cursor: reactive[int | None] = reactive(None)
    """The profit that is pointed at, in cents; None for the median."""

    def __init__(self) -> None:
        super().__init__()
        self._told = Static(classes="told")
        self.histogram.set_reactive(type(self.histogram).margin_left, _LEFT_MARGIN)
        self.histogram.set_reactive(type(self.histogram).margin_bottom, 1)

    def compose(self) -> ComposeResult:
        """Tell what the cursor points at over what the letters mean."""
        *above, words = super().compose()
        yield from above
        yield self._told
        yield words

    def watch_is_cumulative(self) -> None:
        """Draw the other view."""
        self.draw()

    def watch_has_percentiles(self) -> None:
        """Draw with lines at percentiles, or without."""
        self.draw()

    def watch_cursor(self) -> None:
        """Draw the cursor elsewhere."""
        self.draw()

    def action_point(self, by: int) -> None:
        """Move the cursor by some bars."""
        chart = self.chart
        if chart is not None and chart.cursor is not None:
            place = min(max(chart.cursor + by, 0), len(chart.bins) - 1)
            self.cursor = chart.bins.bounds(place)[0]

    def on_click(self, event: Click) -> None:
        """Point at the bar that was clicked."""
        chart, ground = self.chart, self.histogram.query_one("#plot")
        place = event.screen_offset - ground.region.offset
        if chart is None or not ground.region.contains_point(event.screen_offset):
            return
        bar = (place.x - 1) // chart.columns_of_bin(self.histogram.columns)  # within the frame
        if 0 <= bar < len(chart.bins):
            self.cursor = chart.bins.bounds(bar)[0]

    def action_point_at_median(self) -> None:
        """Move the cursor to where half of the sessions are below."""
        self.cursor = None

    def action_cumulative(self) -> None:
        """Show the chance of a profit or less, or of each profit again."""
        self.is_cumulative = not self.is_cumulative

    def action_percentiles(self) -> None:
        """Show percentiles, or hide them again."""
        self.has_percentiles = not self.has_percentiles

    def drawn_for(self) -> tuple[object, ...]:
        """Return what the drawing depends on beside the law and the room."""
        saved = None if self.session.is_stale else self.session.saved
        return (saved, self.is_cumulative, self.has_percentiles, self.cursor)

    def draw(self) -> None:
        """Draw what there is, and tell what the cursor points at."""
        super().draw()
        if self.chart is not None:
            self._told.update(_told(self.chart))

    def make_chart(self, law: SessionLaw, stops: StopConditions, columns: int) -> Chart:
        """Return what is to be drawn of a law."""
        chart = super().make_chart(law, stops, columns)
        bins, session = chart.bins, self.session
        saved = None
        if session.saved is not None and session.saved is not law and not session.is_stale:
            saved = bins.of(session.saved)
        profit = law.percentile(50) if self.cursor is None else self.cursor
        at_most = bins.end - bins.grid
        chart = replace(
            chart,
            saved=None if saved is None else saved.chances,
            top=bins.top if saved is None else max(bins.top, saved.top),
            tells_cuts=True,
            cursor=bins.place(min(max(profit, bins.start), at_most)),
        )
        if self.has_percentiles:
            chart = replace(chart, marks=(*chart.marks, *percentile_marks(law, _PERCENTILES)))
        if self.is_cumulative:
            once = None if saved is None else saved.up_to
            chart = replace(chart, values=bins.up_to, top=1.0, saved=once, marks_over=True)
        rows = self.histogram.rows
        return replace(chart, top=even_scale(chart.top, rows)[0]) if rows > 0 else chart

    def label_rows(self) -> int:
        """Return how many rows the names of the marks may take: percentiles need more."""
        return 2 if self.has_percentiles else 1

    def title(self, chart: Chart) -> str:
        """Return what is drawn."""
        what = "Chance of a profit or less" if self.is_cumulative else "Chance of each profit"
        return f"{what}, {bar_words(chart.bins)}"

    def x_ticks(self, chart: Chart) -> Mapping[float, str]:
        """Return the ticks at columns: round amounts."""
        bins, columns = chart.bins, self.histogram.columns
        found: dict[float, str] = {}
        free_from = 0.0
        for tick in NumericAxisFormatter().get_ticks(bins.start, bins.end):
            name, column = short_money(tick), chart.column(tick, columns)
            fits = column is not None and column + len(name) / 2 <= columns
            if column is not None and fits and column >= free_from:
                found[column + 0.5] = name
                free_from = column + len(name) + 2
        return found

    def y_ticks(self, chart: Chart) -> Mapping[float, str]:
        """Return the ticks at rows: round chances, in the middle of the rows that end there."""
        rows = self.histogram.rows
        if rows < 1:
            return {}
        shares = even_scale(chart.top, rows)[1].items()
        return {row and row - 0.5: share_text(share) for row, share in shares if share <= 1}


def _told(chart: Chart) -> Content:
    """Say what the cursor points at."""
    if chart.cursor is None:
        return Content("")
    bins, place = chart.bins, chart.cursor
    chance, up_to = float(bins.chances[place]), float(bins.up_to[place])
    most = short_money(bins.bounds(place)[1])
    return Content.assemble(
        ("▼ ", "bold"),
        (f"{range_words(bins, place)}  {percent(chance, 3)}", "bold"),
        f"  ·  at most {most}  {percent(up_to, 3)}  ·  more  {percent(1 - up_to, 3)}",
    )
