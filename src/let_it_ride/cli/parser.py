"""What can be typed after ``lir-tui``. Commands import what they need when they run."""

import argparse
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from let_it_ride import __version__
from let_it_ride.analysis.dealing import COMPARED_SESSIONS, FOUND_SESSIONS, SWEEP_SESSIONS
from let_it_ride.cli.app_parser import (
    COMPLETION_DESCRIPTION,
    SERVE_DESCRIPTION,
    SHELLS,
    THEMES_DESCRIPTION,
    add_serve_arguments,
    add_themes_commands,
)
from let_it_ride.cli.late import late
from let_it_ride.cli.runs_parser import (
    EXPORT_DESCRIPTION,
    RUN_HELP,
    add_export_arguments,
    add_force,
    add_formats,
    add_runs_commands,
)
from let_it_ride.config.printing import printable

_COMMANDS: Final = (
    "edit",
    "run",
    "resume",
    "runs",
    "export",
    "replay",
    "odds",
    "chart",
    "sweep",
    "compare",
    "find",
    "keys",
    "config",
    "themes",
    "explain",
    "serve",
    "completion",
)

_DESCRIPTION: Final = """\
Exact odds and millions of simulated sessions of the casino game Let It Ride.

Without a command, lir-tui opens the app: edit a configuration, press F5 to run it."""

_SWEEP_DESCRIPTION: Final = """\
Vary settings and print what every combination gives: exactly where its sessions can be
solved, else simulated with the same deals for all. Two settings give a heat map, one or
more than two a table.

  lir-tui sweep my.toml --vary win_limit=25:500:25 --vary loss_limit=25:500:25
  lir-tui sweep my.toml --vary betting_system=flat,martingale,paroli --show mean"""

_FIND_DESCRIPTION: Final = """\
Find the least value of a setting with which sessions are as wanted: the bankroll for a
chance to run out of money, the limit for a chance to leave ahead. With two settings it is
found for each value of the first, and of all pairs that do the one with the highest mean
profit.

  lir-tui find my.toml --vary starting_amount=100:5000:5 --at-most insufficient_funds=5%
  lir-tui find my.toml --vary loss_limit=50:500:50 --vary win_limit=5:500:5 --at-least ahead=40%

The exit code is 1 where nothing on the grid does."""

_CONFIG_HELP: Final = "a configuration file, or the name of a preset"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; ``command`` is the function to call with the result.

    Exits with code 2 and a message where the command line is wrong.
    """
    arguments = list(arguments)
    parser = parser_of_everything()
    if not arguments or not (arguments[0].startswith("-") or arguments[0] in _COMMANDS):
        if len(arguments) > 1:
            import difflib  # rarely needed

            near = difflib.get_close_matches(arguments[0], _COMMANDS, 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            parser.error(f"{arguments[0]!r} is none of the commands {', '.join(_COMMANDS)}{hint}")
        arguments.insert(0, "edit")
    return parser.parse_args(arguments)


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in one line, without anything in it that a terminal would act on."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {printable(message)}; see '{self.prog} --help'\n")


def parser_of_everything() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    parser = _Parser(
        prog="lir-tui",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"lir-tui {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    edit = commands.add_parser("edit", help="open the app (the default)")
    edit.add_argument("config", nargs="?", type=Path, help="the file to edit; see 'config path'")
    edit.set_defaults(command=late("let_it_ride.cli.edit", "edit_named"))

    run = commands.add_parser("run", help="run a configuration without the app")
    run.add_argument("config", help=_CONFIG_HELP)
    run.add_argument("--sessions", type=int, metavar="N", help="how many sessions to play")
    run.add_argument(
        "--workers", type=_workers, metavar="N|auto", help="how many processes share the work"
    )
    run.add_argument("--seed", type=int, metavar="N", help="the seed all others are drawn from")
    run.add_argument(
        "--verify",
        choices=("auto", "full", "sample", "off"),
        help="how much of a parallel run is played again in sequence and compared",
    )
    _add_telling(run)
    run.add_argument(
        "--forget", action="store_true", help="do not keep the run; see 'lir-tui runs'"
    )
    run.set_defaults(command=late("let_it_ride.cli.run", "run"))

    resume = commands.add_parser("resume", help="resume a run that is unfinished")
    resume.add_argument(
        "run",
        nargs="?",
        metavar="RUN",
        help=f"{RUN_HELP}; by default the newest that is unfinished",
    )
    resume.add_argument(
        "--workers", type=_workers, metavar="N|auto", help="how many processes share the work"
    )
    _add_telling(resume)
    resume.set_defaults(command=late("let_it_ride.cli.resume", "resume"))

    add_runs_commands(
        commands.add_parser("runs", help="list the runs that are kept, or do something with one")
    )

    add_export_arguments(
        commands.add_parser(
            "export",
            help="write a run that is kept as CSV, JSON, Parquet or a report in HTML",
            description=EXPORT_DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )

    replay = commands.add_parser("replay", help="play one session of a run again, hand by hand")
    replay.add_argument(
        "config",
        metavar="CONFIG|RUN",
        help=f"{_CONFIG_HELP}; or {RUN_HELP}",
    )
    replay.add_argument(
        "--session", type=int, required=True, metavar="N", help="which session, from 0"
    )
    replay.add_argument(
        "--sessions", type=int, metavar="N", help="how many sessions the run has, as given to run"
    )
    replay.add_argument(
        "--seed", type=int, metavar="N", help="the seed of the run, where the file names none"
    )
    replay.add_argument("--json", action="store_true", help="print one JSON object")
    replay.set_defaults(command=late("let_it_ride.cli.replay", "replay_named"))

    odds = commands.add_parser("odds", help="print the exact odds of a session and of a round")
    odds.add_argument("config", help=_CONFIG_HELP)
    odds.add_argument("--json", action="store_true", help="print one JSON object")
    odds.set_defaults(command=late("let_it_ride.cli.odds", "odds"))

    chart = commands.add_parser("chart", help="print which hands ride, and what riding is worth")
    chart.add_argument("config", help=_CONFIG_HELP)
    chart.add_argument(
        "--hands-left", type=int, metavar="N", help="for a goal: how many hands are left"
    )
    chart.add_argument("--bankroll", metavar="AMOUNT", help="for a goal: the player's money")
    chart.add_argument(
        "--classes",
        action="store_true",
        help="tell every class of hands apart where riding is not worth the same",
    )
    chart.add_argument(
        "--different",
        action="store_true",
        help="print only what the optimal chart decides otherwise",
    )
    chart.add_argument(
        "--sort",
        choices=("decision", "often", "close", "cost"),
        default="decision",
        help="what comes first: what rides (usual), what is frequent, what is close, what costs",
    )
    chart.add_argument(
        "--find",
        metavar="WORDS",
        help="print only hands with these words, or the line of three or four cards: 'As Kd 9h'",
    )
    chart.add_argument("--json", action="store_true", help="print one JSON object")
    chart.set_defaults(command=late("let_it_ride.cli.chart", "chart"))

    sweep = commands.add_parser(
        "sweep",
        help="vary settings and print what every combination gives",
        description=_SWEEP_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    sweep.add_argument("config", help=_CONFIG_HELP)
    _add_vary(sweep)
    _add_show(sweep)
    sweep.add_argument(
        "--differences",
        action="store_true",
        help="show how much more each measure is than with the configuration as it is",
    )
    sweep.add_argument("--table", action="store_true", help="print a table in place of a map")
    _add_output(sweep)
    _add_dealing(sweep, SWEEP_SESSIONS)
    sweep.set_defaults(command=late("let_it_ride.cli.sweep", "sweep_named"))

    compare = commands.add_parser(
        "compare",
        help="print the figures of configurations beside each other",
        description="Print what sessions of several configurations bring, and how they differ from"
        " the first: exactly if all can be solved, else simulated with the same deals for all.",
    )
    compare.add_argument("configs", nargs="+", metavar="CONFIG", help=_CONFIG_HELP)
    _add_show(compare)
    _add_output(compare)
    _add_dealing(compare, COMPARED_SESSIONS)
    compare.set_defaults(command=late("let_it_ride.cli.compare", "compare_named"))

    find = commands.add_parser(
        "find",
        help="find the bankroll, limit or other setting that gives a wanted chance",
        description=_FIND_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    find.add_argument("config", help=_CONFIG_HELP)
    _add_vary(find)
    for option, words in (("--at-most", "at most"), ("--at-least", "at least")):
        find.add_argument(
            option,
            action="append",
            default=[],
            metavar="MEASURE=NUMBER",
            help=f"a measure, and what it has to be {words}; all that are given have to hold",
        )
    find.add_argument(
        "--greatest", action="store_true", help="find the greatest value instead of the least"
    )
    find.add_argument(
        "--every", action="store_true", help="look at every value, of a long grid too"
    )
    find.add_argument("--json", action="store_true", help="print one JSON object")
    _add_dealing(find, FOUND_SESSIONS)
    find.set_defaults(command=late("let_it_ride.cli.find", "find_named"))

    keys = commands.add_parser(
        "keys", help="list the keys of the app, what they do, and how to have others"
    )
    keys.add_argument("--json", action="store_true", help="print one JSON object")
    keys.set_defaults(command=late("let_it_ride.cli.keys", "keys"))

    _add_config_commands(commands.add_parser("config", help="make and check configurations"))

    explain = commands.add_parser(
        "explain",
        help="explain settings, results, runs and the program; without a name, list the topics",
    )
    explain.add_argument(
        "name",
        nargs="*",
        metavar="TOPIC",
        help="a topic; a key such as bankroll.base_bet, a type, or just its name; a variable",
    )
    explain.add_argument("--settings", action="store_true", help="explain every setting")
    explain.add_argument("--json", action="store_true", help="print one JSON object")
    explain.set_defaults(command=late("let_it_ride.cli.explain", "explain_named"))
    add_themes_commands(
        commands.add_parser(
            "themes",
            help="list the themes of the app, or make one of your own",
            description=THEMES_DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )
    add_serve_arguments(
        commands.add_parser(
            "serve",
            help="show the app in a browser",
            description=SERVE_DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
    )

    completion = commands.add_parser(
        "completion",
        help="print a script with which a shell completes commands, presets, runs and files",
        description=COMPLETION_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell it is for")
    completion.set_defaults(command=late("let_it_ride.cli.completion", "print_script"))
    return parser


def _add_telling(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object and nothing else"
    )
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    parser.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="write the run's files into this directory",
    )
    add_formats(parser, "what --output writes; give it again for more; by default everything")
    add_force(parser)


def _add_vary(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vary",
        action="append",
        required=True,
        metavar="KEY=VALUES",
        help="a setting and its values, as FIRST:LAST:STEP or VALUE,VALUE,…; the key as in a file,"
        " or just its end; 'none' leaves a setting out; give it again for another setting",
    )


def _add_show(parser: argparse.ArgumentParser) -> None:
    from let_it_ride.analysis.measures import MEASURES  # only for those who ask

    parser.add_argument(
        "--show",
        action="append",
        metavar="MEASURE",
        help="a measure to show; give it again for more: "
        f"{', '.join(each.name for each in MEASURES)}",
    )


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--csv",
        nargs="?",
        const="-",
        metavar="FILE",
        help="write all measures as CSV into this file, or print them",
    )


def _add_dealing(parser: argparse.ArgumentParser, sessions: int) -> None:
    parser.add_argument(
        "--sessions",
        type=int,
        default=sessions,
        metavar="N",
        help="how many sessions are played where they have to be simulated (%(default)s)",
    )
    parser.add_argument(
        "--seed", type=int, metavar="N", help="the seed of what is dealt to all of them"
    )
    parser.add_argument(
        "--workers",
        type=_count_of_workers,
        metavar="N|auto",
        help="how many processes share the work",
    )


def _add_config_commands(config: argparse.ArgumentParser) -> None:
    commands = config.add_subparsers(metavar="ACTION", required=True)

    new = commands.add_parser("new", help="print a new configuration, or write it to a file")
    new.add_argument(
        "preset",
        nargs="?",
        default="first-evening",
        help="the preset to start from (%(default)s); --list shows them all",
    )
    new.add_argument("--output", type=Path, metavar="FILE", help="write it to this new file")
    new.add_argument("--list", action="store_true", help="list the presets")
    new.set_defaults(command=late("let_it_ride.cli.configs", "new"))

    check = commands.add_parser("check", help="say what is wrong with configuration files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(command=late("let_it_ride.cli.configs", "check"))

    path = commands.add_parser("path", help="print which file the app opens when none is named")
    path.set_defaults(command=late("let_it_ride.cli.configs", "path"))


def _workers(text: str) -> int | str:
    """Read a number of workers, or that there are as many as CPUs."""
    if text == "auto":
        return text
    from let_it_ride.config.simulation import MOST_WORKERS  # pydantic, which help does not need

    with suppress(ValueError):
        if 1 <= int(text) <= MOST_WORKERS:
            return int(text)
    raise argparse.ArgumentTypeError(
        f"{text!r} is not a number of workers from 1 to {MOST_WORKERS}, or auto"
    )


def _count_of_workers(text: str) -> int | None:
    """Read a number of workers; None is as many as CPUs."""
    workers = _workers(text)
    return None if isinstance(workers, str) else workers
