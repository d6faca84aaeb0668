"""Where a run of the command line is kept, and whether there is room for it."""

import sys
from contextlib import suppress
from pathlib import Path

from let_it_ride.cli.asking import can_ask, is_agreed
from let_it_ride.config import FullConfig
from let_it_ride.config.printing import printable_lines
from let_it_ride.errors import LetItRideError
from let_it_ride.files import FileError, NoHomeError
from let_it_ride.history import History, HistoryError
from let_it_ride.history.naming import name_run
from let_it_ride.planning import compile_outline
from let_it_ride.reports.kept_runs import line_text
from let_it_ride.reports.numbers import size_text
from let_it_ride.simulation.progress import Report, RunProgress
from let_it_ride.simulation.run_layout import RunLayout


def directory_for(config: FullConfig, title: str) -> Path | None:
    """A directory of the history for a run, with room made as far as the user agrees.

    Where nothing can be kept that is said, and None returned.

    Args:
        config: what will be run.
        title: what it is called.
    """
    try:
        history = History()
        _make_room(history, RunLayout.of(compile_outline(config)).size)
        return history.new_directory(title)
    except (HistoryError, FileError, NoHomeError) as error:
        print(f"lir-tui: this run is not kept: {printable_lines(error)}", file=sys.stderr)
        return None


def naming(report: Report, directory: Path, title: str) -> Report:
    """Have a run that is kept called something as soon as it has begun.

    Args:
        report: who is told how far it has come.
        directory: where it is kept.
        title: what it is called.
    """
    is_named = False

    def tell(progress: RunProgress) -> None:
        nonlocal is_named
        is_named = is_named or name_run(History(directory.parent), directory, title)
        report(progress)

    return tell


def discard(directory: Path) -> None:
    """Remove the directory of a run that was not begun."""
    with suppress(LetItRideError):
        History(directory.parent).delete(directory.name)


def _make_room(history: History, needed: int) -> None:
    limit, excess = history.limit, history.excess(needed)
    if limit is None or not excess:
        return
    told = (
        f"with this run, the runs that are kept take up to {size_text(limit + excess)}, more than"
        f" the limit of {size_text(limit)}"
    )
    going = history.to_remove(needed)
    if not (going and can_ask()):
        print(
            f"lir-tui: {told}; all are kept. See 'lir-tui runs', 'lir-tui runs limit'",
            file=sys.stderr,
        )
        return
    print(f"{told[0].upper()}{told[1:]}. The oldest that are not pinned:", file=sys.stderr)
    for entry in going:
        print(f"  {line_text(entry)}", file=sys.stderr)
    if is_agreed(f"Remove {'it' if len(going) == 1 else 'them'}?"):
        for entry in going:
            history.delete(entry.id)
