"""``lir-tui chart CONFIG``: which hands ride, and what riding is worth."""

import argparse
import json
from collections.abc import Iterable
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.charts import Chart, ChartPart, chart_of
from let_it_ride.analysis.choices import ChartLine
from let_it_ride.cli.sources import named_config
from let_it_ride.errors import LetItRideError
from let_it_ride.money import read_cents
from let_it_ride.reports.chart_look import Look
from let_it_ride.reports.chart_text import (
    MARK,
    chart_title,
    gain_heading,
    gain_text,
    note,
    value_text,
)
from let_it_ride.reports.numbers import percent
from let_it_ride.reports.replay_text import cards_text

_NOTHING_FOUND: Final = 1

#: From this width on, there is room for an example of each hand.
_WITH_EXAMPLE: Final = 100


class NotAnAmountError(LetItRideError):
    """A bankroll that is no amount in dollars."""


class NoMomentError(LetItRideError):
    """A moment of a session where the chart is the same at every moment."""


def chart(options: argparse.Namespace) -> int:
    """Print the chart of a configuration's strategy."""
    config = named_config(options.config)
    bankroll = None if options.bankroll is None else _cents(options.bankroll)
    if config.strategy.type != "goal" and (options.hands_left, bankroll) != (None, None):
        raise NoMomentError(
            "--bankroll and --hands-left change nothing: this strategy has one chart for all of a"
            ' session; only strategy.type = "goal" has others'
        )
    found = chart_of(config, options.hands_left, bankroll)
    look = Look(options.classes, options.different, options.sort, options.find or "")
    if options.json:
        print(json.dumps(found.to_json(look.lines), indent=2))
        return 0 if any(map(look.lines, found.parts)) else _NOTHING_FOUND
    console = Console(highlight=False)
    console.print(chart_title(config, found), style="bold")
    told: list[ChartLine] = []
    for part in found.parts:
        if lines := look.lines(part):
            told += lines
            console.print(_table(found, part, lines, with_example=console.width >= _WITH_EXAMPLE))
        else:
            console.print(f"{part.title}: {look.why_none(part)}")
    if said := note(found, told):
        console.print(said, style="dim")
    return 0 if told else _NOTHING_FOUND


def _table(
    found: Chart, part: ChartPart, lines: Iterable[ChartLine], *, with_example: bool
) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False, title_justify="left")
    table.title, table.title_style = f"\n{part.title}", "bold"
    table.add_column("", no_wrap=True)
    table.add_column("hand")
    if with_example:
        table.add_column("such as", no_wrap=True)
    for heading in ("of hands", "ride", "pull", gain_heading(found).replace(", ", ",\n")):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in lines:
        decision, mark = "ride" if line.rides else "pull", "" if line.is_usual else f" {MARK}"
        table.add_row(
            Text(f"{decision}{mark}", "bold" if line.rides else ""),
            line.hand,
            *([cards_text(line.example)] if with_example else ()),
            percent(line.share, 3),
            value_text(found, line.ride),
            value_text(found, line.pull),
            gain_text(found, line),
        )
    return table


def _cents(text: str) -> int:
    try:
        return read_cents(text)
    except ValueError as error:
        raise NotAnAmountError(f"--bankroll {error}") from None
