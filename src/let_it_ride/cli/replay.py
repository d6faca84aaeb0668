"""``lir-tui replay CONFIG --session N``: one session of a run, hand by hand."""

import argparse
import json
import sys

from let_it_ride.cli.sources import named_config, with_simulation
from let_it_ride.config import FullConfig
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.reports.replay_json import replay_to_json
from let_it_ride.reports.replay_text import replay_lines
from let_it_ride.simulation.progress import Phase
from let_it_ride.simulation.replay import replay, seed_to_replay


def replay_named(options: argparse.Namespace) -> int:
    """Play a session of a configuration again and print it."""
    changes = {"num_sessions": options.sessions, "random_seed": options.seed}
    config = with_simulation(named_config(options.config), changes)
    print_replay(config, options)
    return 0


def print_replay(config: FullConfig, options: argparse.Namespace) -> None:
    """Play a session again and print it.

    Args:
        config: what was run, with its seed.
        options: which `session`, and whether as `json`.
    """
    base_seed = seed_to_replay(config)
    played = replay(config, options.session, _say_compiling)
    if options.json:
        print(json.dumps(replay_to_json(config, played), indent=2))
    else:
        at_table = config.table.num_seats > 1 or config.table.total_rounds is not None
        for line in replay_lines(played, base_seed, at_table=at_table):
            print(line)


def _say_compiling() -> None:
    print(f"{PHASE_WORDS[Phase.COMPILING]}…", file=sys.stderr)
