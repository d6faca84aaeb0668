"""What can be typed after ``lir-tui runs`` and ``lir-tui export``."""

import argparse
from pathlib import Path
from typing import Final

from let_it_ride.cli.late import late
from let_it_ride.reports.export_files import TABLES

RUN_HELP: Final = "the id of a run or its beginning, its name, or 'last'"

EXPORT_DESCRIPTION: Final = """\
Write the files of a run.

  html           a report to read in any browser
  json           the whole run but for its sessions and hands: configuration, odds, summary, checks
  csv, parquet   tables, a file each:
    sessions     a line for each session, amounts in dollars
    aggregates   how many sessions had each profit, deepest fall, length, stop reason
    seats        the figures of each seat
    hands        a line for each hand of the first sessions: of as many as the configuration's
                 record_hands or --hands says

With them always goes the run's configuration, PREFIX-config.toml: the comments at its head say
what made the files, when, and the command that repeats the run; the other files but CSV say it
themselves as well. Files of another run are not written over, unless --force says so.

  lir-tui export last
  lir-tui export last --format csv --format json
  lir-tui export last --only hands --hands 50
  lir-tui export last --format parquet --output sessions.parquet"""

_ONE: Final = "let_it_ride.cli.kept_run"
_LISTING: Final = "let_it_ride.cli.runs"


def add_runs_commands(runs: argparse.ArgumentParser) -> None:
    """Add what can be done with the runs that are kept."""
    runs.add_argument("--json", action="store_true", help="print one JSON array")
    runs.set_defaults(command=late(_LISTING, "list_runs"))
    commands = runs.add_subparsers(metavar="ACTION")

    show = commands.add_parser("show", help="print a run as it was printed when it ended")
    show.add_argument("run", metavar="RUN", help=RUN_HELP)
    show.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    show.add_argument("--quiet", action="store_true", help="show no progress")
    show.set_defaults(command=late(_ONE, "show"))

    compare = commands.add_parser(
        "compare",
        help="print the figures of runs beside each other",
        description="Print what the sessions of several runs brought, and how they differ from the"
        " first, with 95 % intervals: those of runs that were dealt the same are narrower.",
    )
    compare.add_argument("runs", nargs="+", metavar="RUN", help=RUN_HELP)
    compare.add_argument("--json", action="store_true", help="print one JSON object")
    compare.add_argument("--quiet", action="store_true", help="show no progress")
    compare.set_defaults(command=late("let_it_ride.cli.compare_runs", "compare_kept"))

    replay = commands.add_parser("replay", help="play one session of a run again, hand by hand")
    replay.add_argument("run", metavar="RUN", help=RUN_HELP)
    replay.add_argument(
        "--session", type=int, required=True, metavar="N", help="which session, from 0"
    )
    replay.add_argument("--json", action="store_true", help="print one JSON object")
    replay.set_defaults(command=late(_ONE, "replay"))

    verify = commands.add_parser(
        "verify",
        help="check that every bit of a run is as it was written, and that it equals sequential"
        " play, if that was not checked",
    )
    verify.add_argument("run", metavar="RUN", help=RUN_HELP)
    verify.add_argument("--quiet", action="store_true", help="show no progress")
    verify.set_defaults(command=late(_ONE, "verify"))

    rename = commands.add_parser("rename", help="give a run a name")
    rename.add_argument("run", metavar="RUN", help=RUN_HELP)
    rename.add_argument("name", metavar="NAME", help="its name; empty for its id")
    rename.set_defaults(command=late(_LISTING, "rename"))

    pin = commands.add_parser("pin", help="keep a run when room is made")
    pin.add_argument("run", metavar="RUN", help=RUN_HELP)
    pin.set_defaults(command=late(_LISTING, "pin"))

    unpin = commands.add_parser("unpin", help="let a run go when room is made")
    unpin.add_argument("run", metavar="RUN", help=RUN_HELP)
    unpin.set_defaults(command=late(_LISTING, "unpin"))

    delete = commands.add_parser("delete", help="remove runs and all their files")
    delete.add_argument("runs", nargs="+", metavar="RUN", help=RUN_HELP)
    delete.add_argument("--yes", action="store_true", help="do not ask")
    delete.set_defaults(command=late(_LISTING, "delete"))

    limit = commands.add_parser("limit", help="print how much room the runs may take, or set it")
    limit.add_argument("size", nargs="?", metavar="SIZE", help="such as 5GB, or 'none'")
    limit.set_defaults(command=late(_LISTING, "limit"))

    path = commands.add_parser("path", help="print where the runs are, or one of them")
    path.add_argument("run", nargs="?", metavar="RUN", help=RUN_HELP)
    path.set_defaults(command=late(_LISTING, "path"))

    rebuild = commands.add_parser("rebuild", help="rebuild the index of the runs")
    rebuild.set_defaults(command=late(_LISTING, "rebuild"))


def add_export_arguments(export: argparse.ArgumentParser) -> None:
    """Add what can be said of the files that are to be written of a run."""
    export.add_argument("run", metavar="RUN", help=RUN_HELP)
    add_formats(export, "what to write; give it again for more; by default html")
    export.add_argument(
        "--only",
        action="append",
        default=[],
        choices=TABLES,
        help="which tables to write; give it again for more; by default all",
    )
    export.add_argument(
        "--hands",
        type=_some,
        metavar="N",
        help="log the hands of the first N sessions, whatever the configuration says",
    )
    export.add_argument(
        "--output",
        type=Path,
        metavar="PATH",
        help="a directory, or a file that ends as the one format does; by default a directory"
        " here that is named as the run is",
    )
    add_force(export)
    export.add_argument("--quiet", action="store_true", help="show no progress")
    export.set_defaults(command=late(_ONE, "export"))


def add_formats(parser: argparse.ArgumentParser, words: str) -> None:
    """Add the formats of files, and in words what is done with them."""
    parser.add_argument(
        "--format",
        dest="formats",
        action="append",
        default=[],
        choices=("csv", "json", "parquet", "html"),
        help=words,
    )


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add what lets files of another run give way."""
    parser.add_argument(
        "--force",
        action="store_true",
        help="put the files in the place of another run's, all of which go",
    )


def _some(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of sessions, from 1")
    return int(text)
