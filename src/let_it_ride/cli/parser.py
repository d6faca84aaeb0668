"""What can be typed after ``lir-tui``. Commands import what they need when they run."""

import argparse
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from let_it_ride import __version__

_COMMANDS: Final = ("edit", "run", "replay", "odds", "chart", "config")

_DESCRIPTION: Final = """\
Exact odds and millions of simulated sessions of the casino game Let It Ride.

Without a command, lir-tui opens the app: edit a configuration, press F5 to run it."""

_CONFIG_HELP: Final = "a configuration file, or the name of a preset"


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; ``command`` is the function to call with the result.

    Exits with code 2 and a message where the command line is wrong.
    """
    arguments = list(arguments)
    parser = _parser()
    if not arguments or not (arguments[0].startswith("-") or arguments[0] in _COMMANDS):
        if len(arguments) > 1:
            import difflib  # noqa: PLC0415  rarely needed

            near = difflib.get_close_matches(arguments[0], _COMMANDS, 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            parser.error(f"{arguments[0]!r} is none of the commands {', '.join(_COMMANDS)}{hint}")
        arguments.insert(0, "edit")
    return parser.parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lir-tui",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"lir-tui {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    edit = commands.add_parser("edit", help="open the app (the default)")
    edit.add_argument("config", nargs="?", type=Path, help="the file to edit; see 'config path'")
    edit.set_defaults(command=_late("let_it_ride.cli.edit", "edit_named"))

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
    run.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    run.add_argument("--quiet", action="store_true", help="show no progress")
    run.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        help="write the sessions as CSV and the run as JSON into this directory",
    )
    run.set_defaults(command=_late("let_it_ride.cli.run", "run"))

    replay = commands.add_parser("replay", help="play one session of a run again, hand by hand")
    replay.add_argument("config", help=_CONFIG_HELP)
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
    replay.set_defaults(command=_late("let_it_ride.cli.replay", "replay_named"))

    odds = commands.add_parser("odds", help="print the exact odds of a round")
    odds.add_argument("config", help=_CONFIG_HELP)
    odds.add_argument("--json", action="store_true", help="print one JSON object")
    odds.set_defaults(command=_late("let_it_ride.cli.odds", "odds"))

    chart = commands.add_parser("chart", help="print which hands ride, and what riding is worth")
    chart.add_argument("config", help=_CONFIG_HELP)
    chart.add_argument(
        "--hands-left", type=int, metavar="N", help="for a goal: how many hands are left"
    )
    chart.add_argument("--bankroll", metavar="AMOUNT", help="for a goal: the player's money")
    chart.add_argument("--json", action="store_true", help="print one JSON object")
    chart.set_defaults(command=_late("let_it_ride.cli.chart", "chart"))

    _add_config_commands(commands.add_parser("config", help="make and check configurations"))
    return parser


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
    new.set_defaults(command=_late("let_it_ride.cli.configs", "new"))

    check = commands.add_parser("check", help="say what is wrong with configuration files")
    check.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check.set_defaults(command=_late("let_it_ride.cli.configs", "check"))

    explain = commands.add_parser("explain", help="say what the settings mean, all or one")
    what = explain.add_mutually_exclusive_group()
    what.add_argument(
        "key",
        nargs="?",
        help="a key such as bankroll.base_bet, a type, or just its name; or a topic",
    )
    what.add_argument("--topics", action="store_true", help="list the topics")
    explain.add_argument("--json", action="store_true", help="print one JSON object")
    explain.set_defaults(command=_late("let_it_ride.cli.explain", "explain_named"))

    path = commands.add_parser("path", help="print which file the app opens when none is named")
    path.set_defaults(command=_late("let_it_ride.cli.configs", "path"))


def _late(module: str, name: str) -> Callable[[argparse.Namespace], int]:
    """A command whose module is imported when it is called."""

    def command(options: argparse.Namespace) -> int:
        function: Any = getattr(import_module(module), name)
        code: int = function(options)
        return code

    return command


def _workers(text: str) -> int | str:
    if text == "auto":
        return text
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of workers, or auto") from None
