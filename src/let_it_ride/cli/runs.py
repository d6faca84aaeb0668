"""``lir-tui runs …``: the runs that are kept, listed, named, removed."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import Console

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
from let_it_ride.simulation.run_state import RunCheck, RunState

_NOT_DONE: Final = 1
_LEAST_BEGINNING: Final = len("20261128-221530")
_HEADINGS: Final = ("run", "name", "sessions", "ahead", "mean", "state", "size")
_NAME: Final = _HEADINGS.index("name")
_STATE: Final = _HEADINGS.index("state")
_NUMBERS: Final = {_HEADINGS.index(each) for each in ("sessions", "ahead", "mean", "size")}
_PINNED: Final = "* "
_STYLES: Final = {
    RunState.RUNNING: "green",
    RunState.UNFINISHED: "yellow",
    RunState.COMPLETE: "",
    RunState.DAMAGED: "red",
}
_CHECK_STYLES: Final = {RunCheck.NOT_CHECKED: "yellow", RunCheck.DIFFERENT: "red"}


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
    print("\n".join(_lines(entries, console)))
    console.print(_room(history, entries), style="dim", markup=False)
    if any(entry.check is RunCheck.NOT_CHECKED for entry in entries):
        told = "'lir-tui runs verify RUN' plays a run that is not checked again in sequence"
        console.print(told, style="dim", markup=False)
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


def _lines(entries: Sequence[Entry], console: Console) -> Iterator[str]:
    """The table of the runs; the ten-thousands that there can be take Rich's many seconds."""
    rows = [_HEADINGS]
    for entry, beginning in zip(entries, _beginnings(entries), strict=True):
        rows.append(
            (
                beginning,
                f"{_PINNED if entry.pinned else ''}{entry.title}",
                sessions_text(entry),
                ahead_text(entry),
                mean_text(entry),
                state_text(entry),
                size_text(entry.size),
            )
        )
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    room = console.width - sum(widths) - len(widths) + 1
    # The name alone gives way where there is little room.
    widths[_NAME] = max(len(_HEADINGS[_NAME]), widths[_NAME] + min(room, 0))
    paint = _painter(console)
    yield paint(" ".join(_aligned(_HEADINGS, widths)), "bold")
    for entry, row in zip(entries, rows[1:], strict=True):
        cells = _aligned(row, widths)
        cells[_STATE] = paint(cells[_STATE], _CHECK_STYLES.get(entry.check) or _STYLES[entry.state])
        if entry.pinned:
            cells[_NAME] = paint(_PINNED, "bold") + cells[_NAME].removeprefix(_PINNED)
        yield " ".join(cells)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [
        text.rjust(width) if column in _NUMBERS else text.ljust(width)
        for column, (text, width) in enumerate(zip(row, widths, strict=True))
    ]
    name, width = row[_NAME], widths[_NAME]
    fits = cell_len(name) <= width
    cells[_NAME] = set_cell_size(name, width) if fits else f"{set_cell_size(name, width - 1)}…"
    return cells


def _painter(console: Console) -> Callable[[str, str], str]:
    """What gives a text a style, where the console has any."""
    if console.color_system is None:
        return lambda text, _: text

    def paint(text: str, named: str) -> str:
        style = console.get_style(named or "none")
        return (style.without_color if console.no_color else style).render(text)

    return paint


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
