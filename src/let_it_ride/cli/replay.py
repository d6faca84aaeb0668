"""``lir-tui replay CONFIG|RUN --session N``: one session of a run, hand by hand."""

import argparse
import json
import sys
from pathlib import Path

from let_it_ride.cli.sources import named_config, with_simulation
from let_it_ride.config import FullConfig, preset_names
from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError
from let_it_ride.history import History, NoSuchRunError
from let_it_ride.history.checking import checked_config
from let_it_ride.history.history import LAST
from let_it_ride.reports.phases import PHASE_WORDS
from let_it_ride.reports.replay_json import replay_to_json
from let_it_ride.reports.replay_text import replay_lines
from let_it_ride.simulation.progress import Phase
from let_it_ride.simulation.replay import replay, seed_to_replay


class NothingToReplayError(LetItRideError):
    """A text that names no configuration and no run, or says of a run what it knows itself."""


def replay_named(options: argparse.Namespace) -> int:
    """Play a session of a configuration, or of a run that is kept, again and print it."""
    changes = {"num_sessions": options.sessions, "random_seed": options.seed}
    name: str = options.config
    if Path(name).exists() or Path(name).suffix == ".toml" or name in preset_names():
        config = with_simulation(named_config(name), changes)
    else:
        config = _config_of_run(name)
        if any(each is not None for each in changes.values()):
            raise NothingToReplayError(
                f"{quoted(name)} is a run, which knows its seed and its sessions;"
                " leave --seed and --sessions out"
            )
    print_replay(config, options)
    return 0


def _config_of_run(name: str) -> FullConfig:
    try:
        return run_config(name)
    except NoSuchRunError as error:
        if name == LAST:
            raise
        hint = f"did you mean {' or '.join(error.near)}?" if error.near else "see 'lir-tui runs'"
        raise NothingToReplayError(
            f"there is no file, preset or run {quoted(name)}; {hint}"
        ) from error


def run_config(run: str) -> FullConfig:
    """The configuration of a run that is kept, which this version plays just so.

    Args:
        run: what the user calls it.

    Raises:
        HistoryError: there is none, or there are several.
        RunDirectoryError: it cannot be read, or it would be another run.
    """
    history = History()
    return checked_config(history.path(history.find(run).id))


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
