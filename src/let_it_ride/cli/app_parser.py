"""What can be typed after ``lir-tui themes`` and ``lir-tui completion``."""

import argparse
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
