"""A run's summary and verdicts on standard output."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.analysis.agreement import Agreement, Compared
from let_it_ride.config import FullConfig
from let_it_ride.config.printing import printable
from let_it_ride.reports.facts import Facts, run_facts
from let_it_ride.reports.side_by_side import legend, side_by_side
from let_it_ride.reports.verdict import Standing, law_verdict, verdict
from let_it_ride.simulation.results import SimulationResults

_STYLES: Final = {
    Standing.EQUAL: "bold green",
    Standing.DIFFERENT: "bold red",
    Standing.NOT_CHECKED: "bold yellow",
    Standing.AGREES: "bold green",
    Standing.DISAGREES: "bold red",
    Standing.NOT_COMPARED: "bold yellow",
}


def facts_table(groups: Iterable[Facts]) -> Table:
    """Facts as lines with their notes, under their titles."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim")
    for facts in groups:
        table.add_row(Text(facts.title, "bold"))
        for fact in facts.lines:
            notes = "; ".join(note for note in (fact.note, fact.aside) if note)
            table.add_row(Text(f"  {fact.name}"), Text(fact.value), Text(notes))
    return table


def agreement_table(agreement: Agreement) -> Table:
    """The run beside the exact law."""
    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column()
    for _ in range(3):
        table.add_column(justify="right", no_wrap=True)
    for grid in side_by_side(agreement):
        table.add_row(Text(grid.title, "bold"), *(Text(each, "dim") for each in grid.headings))
        for row in grid.rows:
            table.add_row(Text(f"  {row.name}"), *map(Text, row.values))
    return table


def print_results(
    config: FullConfig, results: SimulationResults, compared: Compared, files: Sequence[Path]
) -> None:
    """Print what a run says, and where its files are."""
    console = Console(highlight=False)
    hands_per_hour = config.table.hands_per_hour
    console.print(facts_table(run_facts(results.summary, results.provenance, hands_per_hour)))
    console.print()
    if compared.agreement is not None:
        console.print("The run beside the exact law", style="bold")
        console.print(agreement_table(compared.agreement))
        console.print(legend(compared.agreement), style="dim")
        console.print()
    for file in files:
        console.print(f"written: {printable(str(file))}", markup=False, soft_wrap=True)
    for said in (
        verdict(results.equivalence, config, results.provenance, results.digest),
        law_verdict(compared, results.provenance),
    ):
        console.print(said.title, style=_STYLES[said.standing])
        for line in filter(None, (*said.lines, said.digests)):
            console.print(f"  {line}", soft_wrap=True, markup=False)
