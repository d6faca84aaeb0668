"""What can be typed after ``lir-tui runs``."""

import argparse
from typing import Final

from let_it_ride.cli.late import late

RUN_HELP: Final = "the id of a run or its beginning, its name, or 'last'"

_LISTING: Final = "let_it_ride.cli.runs"


def add_runs_commands(runs: argparse.ArgumentParser) -> None:
    """Add what can be done with the runs that are kept."""
    runs.add_argument("--json", action="store_true", help="print one JSON array")
    runs.set_defaults(command=late(_LISTING, "list_runs"))
    commands = runs.add_subparsers(metavar="ACTION")

    rename = commands.add_parser("rename", help="call a run something")
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

    rebuild = commands.add_parser("rebuild", help="make the index of the runs anew")
    rebuild.set_defaults(command=late(_LISTING, "rebuild"))
