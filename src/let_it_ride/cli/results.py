"""A run's summary and verdict on standard output."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.config import FullConfig
from let_it_ride.reports.facts import Facts, run_facts
from let_it_ride.reports.verdict import Standing, verdict
from let_it_ride.simulation.results import SimulationResults

_STYLES: Final = {
    Standing.EQUAL: "bold green",
    Standing.DIFFERENT: "bold red",
    Standing.NOT_CHECKED: "bold yellow",
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


def print_results(config: FullConfig, results: SimulationResults, files: Sequence[Path]) -> None:
    """Print what a run says, and where its files are."""
    console = Console(highlight=False)
    hands_per_hour = config.table.hands_per_hour
    console.print(facts_table(run_facts(results.summary, results.provenance, hands_per_hour)))
    console.print()
    for file in files:
        console.print(f"written: {file}", markup=False, soft_wrap=True)
    said = verdict(results.equivalence, config, results.provenance, results.digest)
    console.print(said.title, style=_STYLES[said.standing])
    for line in (*said.lines, said.digests):
        console.print(f"  {line}", soft_wrap=True)
