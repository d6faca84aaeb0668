"""``lir-tui sweep CONFIG --vary …``: some settings varied, a map or a table of what that gives."""

import argparse
import json
from collections.abc import Sequence
from threading import Event
from typing import Final

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.axes import count_cells, parse_axis
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.measures import Measure, measure_named
from let_it_ride.analysis.sweep import Cell, Sweep, sweep
from let_it_ride.cli.dealing import dealing_of
from let_it_ride.cli.files import CsvOutput
from let_it_ride.cli.progress import SolvingWatch
from let_it_ride.cli.sources import named_config
from let_it_ride.reports.heat_map import HeatMap, heat_map
from let_it_ride.reports.sweep_files import sweep_to_csv, sweep_to_json
from let_it_ride.reports.sweep_lines import cell_text, extremes_lines, note_lines

_SHOWN_IN_TABLES: Final = ("ahead", "mean", "sd", "hands")
_SHOWN_ON_MAPS: Final = ("ahead",)


def sweep_named(options: argparse.Namespace) -> int:
    """Print what varying some settings of a configuration gives."""
    axes = [parse_axis(text) for text in options.vary]
    count_cells(axes)
    as_map = len(axes) == 2 and not options.table
    usual = _SHOWN_ON_MAPS if as_map else _SHOWN_IN_TABLES
    shown = [measure_named(name) for name in dict.fromkeys(options.show or usual)]
    file = CsvOutput.of(options.csv, beside_json=options.json)
    config = named_config(options.config)
    dealing = dealing_of(config, options.sessions, options.seed)
    with SolvingWatch("sweep") as watch:
        watching = Watching(Event(), watch.progress, watch.compiling, watch.compiling_tables)
        swept = sweep(
            config,
            axes,
            dealing,
            watching,
            workers=options.workers,
            with_differences=options.differences,
        )
    if file:
        file.write(sweep_to_csv(swept))
    if options.json:
        print(json.dumps(sweep_to_json(swept), indent=2))
    elif not (file and file.is_printed):
        _print(swept.apart() if options.differences else swept, shown, as_map=as_map)
    return 0


def _print(swept: Sweep, shown: Sequence[Measure], *, as_map: bool) -> None:
    console = Console(highlight=False)
    if as_map:
        for place, measure in enumerate(shown):
            if place:
                console.print()
            _print_map(console, heat_map(swept, measure, console.width))
        return
    console.print(_table(swept, shown))
    for measure in shown:
        for line in extremes_lines(swept, measure, console.width - len(measure.name) - 2):
            console.print(f"{measure.name}: {line}", markup=False, soft_wrap=True)
    for line in note_lines(swept):
        console.print(line, markup=False)


def _print_map(console: Console, drawn: HeatMap) -> None:
    console.print(drawn.title, style="bold", markup=False, soft_wrap=True)
    for band in drawn.bands:
        console.print(band.head, style="dim", markup=False, soft_wrap=True)
        for label, row in zip(band.labels, band.rows, strict=True):
            line = Text(label, "dim")
            for cell in row:
                colours = cell.colours
                style = Style(color=colours[0], bgcolor=colours[1]) if colours else Style()
                line.append(cell.text, style)
            console.print(line, soft_wrap=True)
    for text in drawn.lines:
        console.print(text, markup=False)


def _table(swept: Sweep, shown: Sequence[Measure]) -> Table:
    table = Table()
    for axis in swept.axes:
        table.add_column(axis.short_name, justify="right")
    for measure in shown:
        table.add_column(measure.name, justify="right")
    for cell in swept.cells:
        values = [axis.texts[at] for axis, at in zip(swept.axes, cell.place, strict=True)]
        table.add_row(*map(Text, (*values, *_figures(swept, cell, shown))))
    return table


def _figures(swept: Sweep, cell: Cell, shown: Sequence[Measure]) -> list[str]:
    if cell.figures is None:
        return [cell.flaw, *("" for _ in shown[1:])]
    return [cell_text(swept, measure, cell) for measure in shown]
