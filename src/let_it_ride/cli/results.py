"""A run's summary and verdict on standard output."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from let_it_ride.reports.summary_rows import summary_groups, verdict_text
from let_it_ride.simulation.results import SimulationResults


def print_results(
    results: SimulationResults, files: Sequence[Path], *, check_was_cancelled: bool
) -> None:
    """Print what a run says, and where its files are."""
    console = Console(highlight=False)
    table = Table(show_header=False, box=None, padding=(0, 1))
    table.add_column()
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="dim")
    for group in summary_groups(results.summary):
        table.add_row(f"[bold]{group.title}[/bold]")
        for row in group.rows:
            table.add_row(f"  {row.label}", row.value, row.note)
    console.print(table)

    provenance = results.provenance
    rate = len(results) / provenance.seconds_playing
    workers = "1 worker" if provenance.workers == 1 else f"{provenance.workers} workers"
    console.print(
        f"\n{rate:,.0f} sessions a second with {workers}; seed {provenance.seed};"
        f" digest {results.digest[:16]}"
    )
    for file in files:
        console.print(f"written: {file}", markup=False)
    verdict = results.equivalence
    if verdict is not None:
        console.print(verdict_text(verdict), style="green" if verdict.equal else "bold red")
    elif check_was_cancelled:
        console.print("NOT CHECKED: the equivalence check was cancelled", style="yellow")
    elif provenance.workers == 1:
        console.print("Played in sequence by one worker: there is nothing to compare it with.")
    else:
        console.print("NOT CHECKED: the configuration says verify = off")
