"""What can be typed after ``lir-tui themes``, ``lir-tui serve`` and ``lir-tui completion``."""

import argparse
import re
from pathlib import Path
from typing import Final

from let_it_ride.cli.late import late

THEMES_DESCRIPTION: Final = """\
List the themes of the app, with what is wrong with those that cannot be used.

A theme is a TOML file in the folder that 'lir-tui themes path' prints. Begin with a copy:

  lir-tui themes new mine --from felt

and change its colours while the app is open: it shows them as soon as the file is saved."""

COMPLETION_DESCRIPTION: Final = """\
Print a script with which a shell completes what is typed: commands, options and what they may
be, presets, runs, measures and files. In the shell, or in the file that it reads at its start:

  source <(lir-tui completion bash)
  source <(lir-tui completion zsh)
  lir-tui completion fish | source"""

SHELLS: Final = ("bash", "zsh", "fish")
"""The shells that there is a script for."""

SERVE_DESCRIPTION: Final = """\
Show the app in a browser, each page with an app of its own, until ctrl+c. It is there for this
machine alone unless another host is named. When a page is closed, changes that are not saved are
kept, and offered when the app is opened again; a run is stopped, and can be resumed.

  lir-tui serve
  lir-tui serve my.toml --port 8080"""


def add_serve_arguments(serve: argparse.ArgumentParser) -> None:
    """Add what can be said of how the app is shown in browsers."""
    serve.add_argument("config", nargs="?", type=Path, help="the file to edit; see 'config path'")
    serve.add_argument(
        "--host", default="localhost", metavar="HOST", help="where to listen (%(default)s)"
    )
    serve.add_argument(
        "--port", type=_port, default=8000, metavar="PORT", help="where to listen (%(default)s)"
    )
    serve.add_argument(
        "--url",
        type=_url,
        metavar="URL",
        help="what browsers call it, where that is not http://HOST:PORT",
    )
    serve.set_defaults(command=late("let_it_ride.cli.serve", "serve"))


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port from 1 to 65535")
    return int(text)


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[^/\s?#@]+(?:/\S*)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a URL such as https://example.org")
    return text


def add_themes_commands(themes: argparse.ArgumentParser) -> None:
    """Add what can be done with the themes of the app."""
    themes.set_defaults(command=late("let_it_ride.cli.themes", "list_themes"))
    commands = themes.add_subparsers(metavar="ACTION")

    new = commands.add_parser("new", help="make a theme of your own from another")
    new.add_argument("name", metavar="NAME", help="what it is called")
    new.add_argument(
        "--from",
        dest="model",
        default="felt",
        metavar="NAME",
        help="the theme it is a copy of (%(default)s)",
    )
    new.set_defaults(command=late("let_it_ride.cli.themes", "new"))

    path = commands.add_parser("path", help="print the folder that your own themes are in")
    path.set_defaults(command=late("let_it_ride.cli.themes", "path"))
