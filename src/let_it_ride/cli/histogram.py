"""The distribution of a session's profit on standard output."""

from typing import Final

from rich.console import Console
from rich.text import Text

from let_it_ride.analysis.session_law import SessionLaw
from let_it_ride.config.bankroll import StopConditions
from let_it_ride.reports.profit_chart import (
    Ink,
    bar_words,
    chart_of,
    chart_words,
    label_lines,
)
from let_it_ride.reports.profit_drawing import paint

_ROWS: Final = 8
_MOST_COLUMNS: Final = 100
_LEAST_COLUMNS: Final = 20

_STYLES: Final = {
    Ink.BEHIND: "red",
    Ink.EVEN: "blue",
    Ink.AHEAD: "green",
    Ink.LIMIT: "bold yellow",
    Ink.MARK: "cyan",
}


def print_histogram(console: Console, law: SessionLaw, stops: StopConditions) -> None:
    """Print a histogram with its limits; what is behind is dotted, what is ahead is solid.

    A terminal that knows only ASCII has no characters for it.
    """
    if console.options.ascii_only:
        return
    columns = max(_LEAST_COLUMNS, min(_MOST_COLUMNS, console.width - 2))
    chart = chart_of(law, stops, columns)
    console.print(f"Profit of a session, {bar_words(chart.bins)}", style="bold")
    for row in paint(chart, columns, _ROWS):
        cells = ((cell.text, _STYLES[cell.ink] if cell.ink else "") for cell in row)
        console.print(Text.assemble(" ", *cells))
    ticks = {chart.column(mark.profit, columns) for mark in chart.marks}
    axis = "".join("┴" if column in ticks else "─" for column in range(columns))
    console.print(Text(f" {axis}", "dim"))
    console.print(Text(f" {label_lines(chart, columns)[0]}"))
    for line in chart_words(chart, columns):
        console.print(Text(f" {line}", "dim"))
