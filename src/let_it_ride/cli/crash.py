"""What a user is told when something has happened that nobody expected."""

import sys
import traceback

from let_it_ride.cli.crash_report import write_crash_report
from let_it_ride.config.printing import printable, printable_lines


def tell_of_crash(error: Exception) -> None:
    """Say what happened, what is lost and what is not, and where the report is."""
    what = printable(traceback.format_exception_only(type(error), error)[0].strip())
    lines = [f"lir-tui has come to an end by a fault of its own: {what}"]
    lines += getattr(error, "__notes__", ())
    file = write_crash_report(error)
    if file is not None:
        lines.append(f"How it came about is in {file}; please send that to who can mend it.")
    else:
        lines.append("No report of it could be written: the disk is full, or only to be read.")
    lines += _about_runs()
    print(printable_lines("\n".join(lines)), file=sys.stderr)


def _about_runs() -> list[str]:
    """Say where a run is that has not come to its end; nothing where that cannot be known."""
    try:
        from let_it_ride.history import History  # only where it is needed

        history = History()
        entries = history.unfinished()
        if not entries:
            return []
        newest = entries[0]
        return [
            f"What was played of run {newest.id} is safe in {history.path(newest.id)}:"
            " 'lir-tui resume' goes on with it."
        ]
    except Exception:  # noqa: BLE001  it may be the very same fault
        return ["Runs that were begun are safe: 'lir-tui runs' lists them."]
