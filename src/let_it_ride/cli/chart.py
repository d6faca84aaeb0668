"""``lir-tui chart CONFIG``: which hands ride, and what riding is worth."""

import argparse
import json

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.charts import chart_of
from let_it_ride.cli.sources import named_config
from let_it_ride.errors import LetItRideError
from let_it_ride.money import read_cents
from let_it_ride.reports.chart_text import MARK, chart_title, gain_heading, gain_text, note
from let_it_ride.reports.numbers import percent


class NotAnAmountError(LetItRideError):
    """A bankroll that is no amount in dollars."""


def chart(options: argparse.Namespace) -> int:
    """Print the chart of a configuration's strategy."""
    config = named_config(options.config)
    bankroll = None if options.bankroll is None else _cents(options.bankroll)
    found = chart_of(config, options.hands_left, bankroll)
    if options.json:
        print(json.dumps(found.to_json(), indent=2))
        return 0
    console = Console(highlight=False)
    console.print(chart_title(config, found), style="bold")
    for part in found.parts:
        table = Table(title=part.title, title_justify="left", title_style="bold")
        table.add_column("")
        table.add_column("hand")
        table.add_column("of hands", justify="right")
        table.add_column(gain_heading(found), justify="right")
        for line in part.lines:
            decision = "ride" if line.rides else "pull"
            mark = "" if line.is_usual else MARK
            table.add_row(
                Text(f"{decision} {mark}", "bold" if line.rides else ""),
                line.hand,
                percent(line.share, 3),
                gain_text(found, line),
            )
        console.print(table)
    console.print(note(found), style="dim")
    return 0


def _cents(text: str) -> int:
    try:
        return read_cents(text)
    except ValueError as error:
        raise NotAnAmountError(f"--bankroll {error}") from None
