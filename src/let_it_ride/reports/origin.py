"""What every file of a run is told with: how the run is repeated, and where it is from."""

import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from let_it_ride.config import FullConfig
from let_it_ride.config.printing import printable
from let_it_ride.config.saving import as_table
from let_it_ride.config.toml_values import toml_text
from let_it_ride.files import write_atomically
from let_it_ride.reports.numbers import count
from let_it_ride.simulation.provenance import Provenance
from let_it_ride.simulation.results import SimulationResults


def configuration_text(config: FullConfig) -> str:
    """Every setting of a run as TOML, its seed among them."""
    return toml_text(as_table(config, "all"))


def configuration_name(prefix: str) -> str:
    """What the file with the configuration is called, beside files whose names begin so."""
    return f"{prefix}-config.toml"


def repeating_command(prefix: str) -> str:
    """The command that repeats a run, where the file with its configuration is."""
    name = configuration_name(prefix)
    return f"lir-tui run {shlex.quote(f'./{name}' if name.startswith('-') else name)}"


def origin_lines(provenance: Provenance) -> Iterator[str]:
    """Say in lines with what, when and from which seed a run was played."""
    with_versions = (
        f"Python {provenance.python}, numpy {provenance.numpy}, numba {provenance.numba}"
    )
    yield f"lir-tui {provenance.version}, {with_versions}, {provenance.platform}"
    yield f"seed {provenance.seed}, generator {provenance.generator}"
    workers = "1 worker" if provenance.workers == 1 else f"{count(provenance.workers)} workers"
    yield f"{count(provenance.sessions)} sessions by {workers}, begun {provenance.started}"


def origin_words(provenance: Provenance) -> tuple[str, str, str]:
    """Say shortly when, with what and from which seed a run was played."""
    when = provenance.started
    with suppress(ValueError):
        began = datetime.fromisoformat(when)
        when = f"{began.day} {began:%B} {began.year}, {began:%H:%M} UTC"
    return f"Played {when}", f"lir-tui {provenance.version}", f"seed {provenance.seed}"


def write_configuration(
    config: FullConfig,
    results: SimulationResults,
    prefix: str,
    path: Path,
    files: Sequence[tuple[str, str]],
) -> None:
    """Write the configuration of a run, under comments that say where it is from.

    Args:
        config: what was run.
        results: the run.
        prefix: what the names of its files begin with.
        path: the file.
        files: the names of the files that go with it, and what is in each.

    Raises:
        FileError: it cannot be written.
    """
    width = max((len(printable(name)) for name, _ in files), default=0)
    comments = (
        "The configuration of a run, with its seed. This plays the same sessions again:",
        f"  {repeating_command(prefix)}",
        f"digest {results.digest}",
        *origin_lines(results.provenance),
        *(("The files of this run:",) if files else ()),
        *(f"  {printable(name):{width}}  {held}" for name, held in files),
    )
    heading = "".join(f"# {line}\n" for line in comments)
    write_atomically(path, f"{heading}\n{configuration_text(config)}".encode())
