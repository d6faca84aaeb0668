"""``lir-tui find CONFIG --vary … --at-most …``: the value of a setting that does what is wanted."""

import argparse
import json
from collections.abc import Sequence
from threading import Event
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.axes import Axis, count_cells, parse_axis
from let_it_ride.analysis.crew import Watching
from let_it_ride.analysis.finding import Condition, ConditionError, Found, cheapest, find, find_in
from let_it_ride.analysis.measures import measure_named
from let_it_ride.analysis.sweep import Cell, Sweep, sweep
from let_it_ride.cli.dealing import dealing_of
from let_it_ride.cli.progress import SolvingWatch
from let_it_ride.cli.sources import named_config
from let_it_ride.reports.figure_text import figure_text, value_text
from let_it_ride.reports.sweep_files import cell_to_json
from let_it_ride.reports.sweep_lines import note_lines, place_text

_NOTHING_FOUND = 1


def find_named(options: argparse.Namespace) -> int:
    """Print the value of a setting with which sessions are as wanted."""
    axes = [parse_axis(text) for text in options.vary]
    conditions = [
        *(Condition.parse(text, at_most=True) for text in options.at_most),
        *(Condition.parse(text, at_most=False) for text in options.at_least),
    ]
    if not conditions:
        raise ConditionError("say what is wanted, with --at-most or --at-least MEASURE=NUMBER")
    count_cells(axes)
    config = named_config(options.config)
    dealing = dealing_of(config, options.sessions, options.seed)
    with SolvingWatch("configurations") as watch:
        watching = Watching(Event(), watch.progress, watch.compiling, watch.compiling_tables)
        if len(axes) == 1:
            found = find(
                config,
                axes[0],
                conditions,
                dealing,
                watching,
                greatest=options.greatest,
                every=options.every,
                workers=options.workers,
            )
            swept = Sweep(tuple(axes), tuple(cell for _, cell in found.looked_at), dealing)
            answers = [found]
        else:
            swept = sweep(config, axes, dealing, watching, workers=options.workers)
            answers = find_in(swept, conditions, greatest=options.greatest)
    if options.json:
        print(json.dumps(_to_json(swept, answers, conditions), indent=2))
    else:
        _Answers(swept, answers, conditions, greatest=options.greatest).print()
    return 0 if any(answer.found for answer in answers) else _NOTHING_FOUND


class _Answers:
    """What was found, printed."""

    def __init__(
        self,
        swept: Sweep,
        answers: Sequence[Found],
        conditions: Sequence[Condition],
        *,
        greatest: bool,
    ) -> None:
        self._swept, self._answers, self._conditions = swept, answers, conditions
        self._measures = list(
            dict.fromkeys([*(each.measure for each in conditions), measure_named("mean")])
        )
        self._which = "Greatest" if greatest else "Least"
        self._console = Console(highlight=False)

    @property
    def _axis(self) -> Axis:
        return self._swept.axes[-1]

    def print(self) -> None:
        """Print the answer, and what proves it."""
        wanted = " and ".join(
            f"{each.measure.name} {'at most' if each.at_most else 'at least'}"
            f" {value_text(each.measure, each.bound)}"
            for each in self._conditions
        )
        self._say(f"{self._which} {self._axis.short_name} with {wanted}", "bold")
        if len(self._swept.axes) == 1:
            self._print_one(self._answers[0])
        else:
            self._print_many()
        for line in note_lines(self._swept):
            self._say(line)

    def _print_one(self, answer: Found) -> None:
        if answer.found is None:
            self._say(
                f"Nothing on the grid does, of {len(answer.looked_at):,} values looked at"
                f" of {answer.of:,}; the nearest:"
            )
            nearest = min(answer.looked_at, key=lambda pair: self._distance(pair[1]))
            self._console.print(self._table([(nearest[1], "")]))
        else:
            at, _ = answer.found
            rows = sorted(answer.neighbours, key=lambda pair: pair[0])
            marks = {at: "◀ this does"}
            self._console.print(
                self._table(
                    [
                        (cell, marks.get(place, "does" if self._meets(cell) else "does not"))
                        for place, cell in rows
                    ]
                )
            )
        self._say(self._how_sure(answer))

    def _print_many(self) -> None:
        size = len(self._axis.values)
        table = Table()
        for axis in self._swept.axes:
            table.add_column(axis.short_name, justify="right")
        for measure in self._measures:
            table.add_column(measure.name, justify="right")
        for number, answer in enumerate(self._answers):
            if answer.found is None:
                first = self._swept.cells[number * size]
                others = self._values(first)[:-1]
                table.add_row(*others, "none does", *("" for _ in self._measures))
            else:
                table.add_row(*self._values(answer.found[1]), *self._figures(answer.found[1]))
        self._console.print(table)
        best = cheapest(self._swept.cells, self._conditions, measure_named("mean"))
        if best is not None:
            figures = ", ".join(
                f"{measure.name} {text}"
                for measure, text in zip(self._measures, self._figures(best), strict=True)
            )
            self._say(
                f"Highest mean profit of all that do: {place_text(self._swept, best)}", "bold"
            )
            self._say(figures)
        self._say(f"Every one of {len(self._swept.cells):,} combinations was looked at.")

    def _how_sure(self, answer: Found) -> str:
        """Say what was looked at, and whether the chance goes back behind the answer."""
        texts = self._axis.texts
        said = (
            f"Every one of {answer.of:,} values was looked at."
            if answer.is_complete
            else f"{len(answer.looked_at):,} of {answer.of:,} values were looked at; what lies"
            " between others could do too: --every looks at all."
        )
        if failing := answer.failing_beyond(self._conditions):
            said += f" Beyond it not all do: {texts[failing[0]]} does not."
        elif answer.found:
            said += " All that were looked at beyond it do too."
        return said

    def _table(self, rows: Sequence[tuple[Cell, str]]) -> Table:
        table = Table()
        table.add_column(self._axis.short_name, justify="right")
        for measure in self._measures:
            table.add_column(measure.name, justify="right")
        table.add_column("")
        for cell, mark in rows:
            table.add_row(*map(Text, (*self._values(cell), *self._figures(cell), mark)))
        return table

    def _values(self, cell: Cell) -> list[str]:
        pairs = zip(self._swept.axes, cell.place, strict=True)
        return [axis.texts[at] for axis, at in pairs]

    def _figures(self, cell: Cell) -> list[str]:
        if cell.figures is None:
            return [cell.flaw, *("" for _ in self._measures[1:])]
        return [figure_text(measure, cell.figures.of(measure)) for measure in self._measures]

    def _meets(self, cell: Cell) -> bool:
        return all(condition.holds(cell) for condition in self._conditions)

    def _distance(self, cell: Cell) -> float:
        """How far a cell is from meeting the condition it is furthest from."""
        if cell.figures is None:
            return float("inf")
        figures = cell.figures
        return max(
            (figures.of(each.measure).value - each.bound) * (1 if each.at_most else -1)
            for each in self._conditions
        )

    def _say(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style))


def _to_json(
    swept: Sweep, answers: Sequence[Found], conditions: Sequence[Condition]
) -> dict[str, Any]:
    best = cheapest(swept.cells, conditions, measure_named("mean"))
    return {
        "found": [
            {
                "cell": cell_to_json(swept, answer.found[1]) if answer.found else None,
                "neighbours": [cell_to_json(swept, cell) for _, cell in answer.neighbours],
                "looked_at": len(answer.looked_at),
                "of": answer.of,
            }
            for answer in answers
        ],
        "highest_mean": cell_to_json(swept, best) if best else None,
        "sessions": swept.dealing.sessions,
        "seed": swept.dealing.seed,
    }
