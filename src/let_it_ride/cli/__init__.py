"""The command ``lir-tui``: the app, and everything it does without a screen.

Exit codes: 0 done, and equal where there was a check; 1 not equal or failed; 2 wrong usage or
configuration; 130 interrupted; 143 terminated.
"""

import io
import os
import sys
from collections.abc import Sequence

from let_it_ride.cli.parser import parse_arguments
from let_it_ride.errors import LetItRideError

FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = parse_arguments(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # for terminals that are not of Unicode
    try:
        code: int = options.command(options)
        sys.stdout.flush()
    except LetItRideError as error:
        print(f"lir-tui: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not flush the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    return code
