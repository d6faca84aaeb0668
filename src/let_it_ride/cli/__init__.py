"""The command ``lir-tui``: the app, and everything it does without a screen.

Exit codes: 0 done, and equal where there was a check; 1 not equal, nothing found or failed; 2 wrong
usage or configuration; 130 interrupted; 143 terminated.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial

from let_it_ride.cli.streams import give_up_output, prepare_streams
from let_it_ride.config.printing import printable_lines
from let_it_ride.errors import LetItRideError

FAILED = 1
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    prepare_streams()
    # Products of small matrices are slower by several threads, where other work has the cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        code = _command(sys.argv[1:] if arguments is None else arguments)()
        sys.stdout.flush()
    except LetItRideError as error:
        print(f"lir-tui: {printable_lines(error)}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        give_up_output()  # whoever read it has seen enough
        return FAILED
    except OSError as error:
        give_up_output()
        what = error.filename or "standard output"
        said = printable_lines(f"{what}: {error.strerror or error}")
        print(f"lir-tui: {said}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  nobody who uses the program reads a traceback
        from let_it_ride.cli.crash import tell_of_crash  # only where it is needed

        tell_of_crash(error)
        return FAILED
    return code


def _command(arguments: Sequence[str]) -> Callable[[], int]:
    if not arguments:  # the app, with nothing to parse before its first frame
        from let_it_ride.cli.edit import edit

        return edit
    from let_it_ride.cli.completion import NEXT_WORDS, print_next_words

    if arguments[0] == NEXT_WORDS:
        return partial(print_next_words, arguments[1:])
    from let_it_ride.cli.parser import parse_arguments

    options = parse_arguments(arguments)
    _end_in_order_when_told_to()
    return partial(options.command, options)


def _end_in_order_when_told_to() -> None:
    """Have signals that end a program take its children and temporary files with it.

    The app and runs see to that in their own way.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda number, _: sys.exit(128 + number))
