"""The exact distribution of a session's profit, drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from let_it_ride.reports.profit_chart import (
    Chart,
    bar_words,
    chart_of,
    chart_words,
    label_lines,
)
from let_it_ride.tui.session_odds import SessionOdds
from let_it_ride.tui.widgets.histogram import Histogram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from let_it_ride.analysis.session_law import SessionLaw
    from let_it_ride.config.bankroll import StopConditions

_LEAST_COLUMNS: Final = 12


class ProfitPlot(Vertical):
    """The distribution in little room; nothing of it takes the focus."""

    session: reactive[SessionOdds] = reactive(SessionOdds)

    def __init__(self) -> None:
        super().__init__()
        self._title = Static(classes="title")
        self._labels = Static(classes="labels")
        self._words = Static(classes="words")
        self._drawn: object = None
        self.histogram = Histogram()
        self.chart: Chart | None = None

    def compose(self) -> ComposeResult:
        """Put the names of the marks under the chart, and what else there is to say."""
        yield self._title
        yield self.histogram
        yield self._labels
        yield self._words

    def watch_session(self, session: SessionOdds) -> None:
        """Draw another law; dim one that is not that of the configuration."""
        self.set_class(session.is_stale, "-stale")
        self.set_class(session.law is None or bool(session.refusal), "-empty")
        self.draw()

    @on(Histogram.Resized)
    def draw_anew(self, event: Histogram.Resized) -> None:
        """Draw for the room there is."""
        event.stop()
        self.draw()

    def draw(self) -> None:
        """Draw what there is, unless it is drawn already."""
        law, stops, columns = self.session.law, self.session.stops, self.histogram.columns
        room = (columns, self.histogram.rows)
        wanted = (law, room, self.session.is_stale, *self.drawn_for())
        if law is None or stops is None or columns < _LEAST_COLUMNS or self._drawn == wanted:
            return
        self._drawn = wanted
        self.chart = chart = self.make_chart(law, stops, columns)
        ticks = self.x_ticks(chart), self.y_ticks(chart)
        self.histogram.draw(chart, *ticks, is_dim=self.session.is_stale)
        self._title.update(Content.styled(self.title(chart), "bold $primary"))
        margin = " " * (self.histogram.margin_left + 1)
        labels = label_lines(chart, columns, self.label_rows())
        self._labels.update(Content("\n".join(f"{margin}{line}" for line in labels)))
        self._words.update(Content("\n".join(chart_words(chart, self.size.width))))

    def drawn_for(self) -> tuple[object, ...]:
        """Return what the drawing depends on beside the law and the room."""
        return ()

    def make_chart(self, law: SessionLaw, stops: StopConditions, columns: int) -> Chart:
        """Return what is to be drawn of a law."""
        return chart_of(law, stops, columns)

    def label_rows(self) -> int:
        """Return how many rows the names of the marks may take."""
        return 1

    def title(self, chart: Chart) -> str:
        """Return what is drawn."""
        return f"Profit, {bar_words(chart.bins)}"

    def x_ticks(self, chart: Chart) -> Mapping[float, str]:
        """Return the ticks at columns: the marks, whose names stand below."""
        columns = (chart.column(mark.profit, self.histogram.columns) for mark in chart.marks)
        return {column + 0.5: "" for column in columns if column is not None}

    def y_ticks(self, chart: Chart) -> Mapping[float, str]:
        """Return the ticks at rows: none."""
        del chart
        return {}
