"""``lir-tui runs …``: the runs that are kept, listed, named, removed."""

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from let_it_ride.cli.asking import can_ask, is_agreed
from let_it_ride.errors import LetItRideError
from let_it_ride.history import Entry, History
from let_it_ride.reports.kept_runs import (
    ahead_text,
    entry_to_json,
    line_text,
    mean_text,
    sessions_text,
    state_text,
)
from let_it_ride.reports.numbers import count, size_text
from let_it_ride.reports.sizes import read_size
from let_it_ride.simulation.run_state import RunState

_NOT_DONE: Final = 1
_LEAST_BEGINNING: Final = len("20261128-221530")
_STYLES: Final = {
    RunState.RUNNING: "green",
    RunState.UNFINISHED: "yellow",
    RunState.COMPLETE: "",
    RunState.DAMAGED: "red",
}


class NotAskedError(LetItRideError):
    """Something is to be removed, and nobody is there to be asked."""


def list_runs(options: argparse.Namespace) -> int:
    """Print the runs that are kept, the newest first."""
    history = History()
    entries = history.entries()
    if options.json:
        print(json.dumps([entry_to_json(entry) for entry in entries], indent=2))
        return 0
    if not entries:
        print("No run is kept yet; 'lir-tui run CONFIG' keeps what it plays.")
        return 0
    console = Console(highlight=False)
    console.print(_table(entries))
    console.print(_room(history, entries), style="dim", markup=False)
    return 0


def rename(options: argparse.Namespace) -> int:
    """Call a run something."""
    history = History()
    history.rename(history.find(options.run).id, options.name)
    return 0


def pin(options: argparse.Namespace) -> int:
    """Keep a run when room is made."""
    history = History()
    history.pin(history.find(options.run).id, pinned=True)
    return 0


def unpin(options: argparse.Namespace) -> int:
    """Let a run go when room is made."""
    history = History()
    history.pin(history.find(options.run).id, pinned=False)
    return 0


def delete(options: argparse.Namespace) -> int:
    """Remove runs, if that is really meant."""
    history = History()
    entries = list(dict.fromkeys(history.find(run) for run in options.runs))
    if not options.yes:
        if not can_ask():
            raise NotAskedError("nobody can be asked here; give --yes to delete without a question")
        for entry in entries:
            print(line_text(entry), file=sys.stderr)
        if not is_agreed(f"Delete {_runs(entries)}, which cannot be undone?"):
            return _NOT_DONE
    for entry in entries:
        history.delete(entry.id)
    return 0


def limit(options: argparse.Namespace) -> int:
    """Print how much room the runs may take, or set it."""
    history = History()
    if options.size is not None:
        history.limit = read_size(options.size)
    print(_room(history, history.entries()))
    return 0


def path(options: argparse.Namespace) -> int:
    """Print where the runs are, or one of them."""
    history = History()
    print(history.root if options.run is None else history.path(history.find(options.run).id))
    return 0


def rebuild(_options: argparse.Namespace) -> int:
    """Make the index anew."""
    history = History()
    history.rebuild()
    print(f"{_runs(history.entries())} in the index")
    return 0


def _table(entries: Sequence[Entry]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("run", no_wrap=True)
    table.add_column("name", overflow="ellipsis")  # it alone gives way where there is little room
    for heading in ("sessions", "ahead", "mean"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("state", no_wrap=True)
    table.add_column("size", justify="right", no_wrap=True)
    for entry, beginning in zip(entries, _beginnings(entries), strict=True):
        is_renamed = entry.name != entry.id
        name = entry.name if is_renamed else entry.id[len(beginning) :].lstrip("-")
        table.add_row(
            Text(beginning),
            Text.assemble(("* " if entry.pinned else "", "bold"), name),
            sessions_text(entry),
            ahead_text(entry),
            mean_text(entry),
            Text(state_text(entry), _STYLES[entry.state]),
            size_text(entry.size),
        )
    return table


def _beginnings(entries: Sequence[Entry]) -> list[str]:
    """As much of each id as tells it from the others, and at least when the run began."""
    ids = sorted(entry.id for entry in entries)
    needed = dict.fromkeys(ids, _LEAST_BEGINNING)
    for one, other in pairwise(ids):
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
        least = sum(1 for _ in alike) + 1
        needed[one], needed[other] = max(needed[one], least), max(needed[other], least)
    return [entry.id[: needed[entry.id]] for entry in entries]


def _room(history: History, entries: Sequence[Entry]) -> str:
    taken = sum(entry.size for entry in entries)
    told = f"{_runs(entries)}, {size_text(taken)}"
    if history.limit is None:
        return f"{told}; there is no limit"
    if taken <= history.limit:
        return f"{told} of {size_text(history.limit)}"
    return (
        f"{told}, more than the limit of {size_text(history.limit)}; the next run asks what may go"
    )


def _runs(entries: Sequence[Entry]) -> str:
    return f"{count(len(entries))} run{'s' if len(entries) != 1 else ''}"
