"""``lir-tui compare A B …``: configurations beside each other."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from threading import Event

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.comparing import Comparison, compare
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.measures import Measure, measure_named
from let_it_ride.cli.dealing import dealing_of
from let_it_ride.cli.files import CsvOutput
from let_it_ride.cli.progress import SolvingWatch
from let_it_ride.cli.sources import named_config
from let_it_ride.config.printing import printable
from let_it_ride.errors import LetItRideError
from let_it_ride.reports.comparison_files import comparison_to_csv, comparison_to_json
from let_it_ride.reports.comparison_rows import ComparedRow, figure_rows, note, setting_rows


class NothingToCompareError(LetItRideError):
    """A single configuration was named."""


def compare_named(options: argparse.Namespace) -> int:
    """Print the figures of configurations and how they differ."""
    if len(options.configs) < 2:
        raise NothingToCompareError("name two configurations or more to compare")
    measures = [measure_named(name) for name in dict.fromkeys(options.show or ())]
    file = CsvOutput.of(options.csv, beside_json=options.json)
    configs = [named_config(name) for name in options.configs]
    names = short_names(options.configs)
    dealing = dealing_of(configs[0], options.sessions, options.seed)
    with SolvingWatch("sessions") as watch:
        watching = Watching(Event(), watch.progress, watch.compiling, watch.compiling_tables)
        named = list(zip(names, configs, strict=True))
        comparison = compare(named, dealing, watching, options.workers)
    if file:
        file.write(comparison_to_csv(comparison))
    if options.json:
        print(json.dumps(comparison_to_json(comparison), indent=2))
    elif not (file and file.is_printed):
        print_comparison(comparison, measures, note(comparison))
    return 0


def short_names(names: Sequence[str]) -> list[str]:
    """Return what files are called without folders and endings, if that tells them apart."""
    short = [Path(name).stem for name in names]
    return [printable(name) for name in (short if len(set(short)) == len(short) else names)]


def print_comparison(comparison: Comparison, measures: Sequence[Measure], said: str) -> None:
    """Print what is compared in columns beside each other, and how the figures were found."""
    console = Console(highlight=False)
    table = Table()
    table.add_column("", overflow="fold")
    for each in comparison.compared:
        table.add_column(Text(each.name), justify="right")
    settings = setting_rows(comparison)
    for row in settings:
        table.add_row(Text(_short(row.label)), *map(Text, row.values))
    if settings:
        table.add_section()
    for row in figure_rows(comparison, measures):
        table.add_row(Text(row.label), *_with_differences(row))
    console.print(table)
    console.print(said, markup=False)
    console.print(
        f"Below each figure: its difference from {comparison.compared[0].name}"
        " (pp: percentage points).",
        markup=False,
    )


def _with_differences(row: ComparedRow) -> list[Text]:
    first, *others = row.values
    return [
        Text(first),
        *(
            Text.assemble(value, "\n", (difference, "dim"))
            for value, difference in zip(others, row.differences, strict=True)
        ),
    ]


def _short(key: str) -> str:
    """Return the last two parts of a key."""
    return ".".join(key.split(".")[-2:])
