"""Standard streams that can be written to, whatever the program was started with."""

import codecs
import os
import sys
from typing import Final

#: What stands for a character that a terminal's encoding does not have.
_PLAIN: Final = {
    "−": "-",
    "±": "+/-",
    "…": "...",
    "≠": "!=",
    "≤": "<=",
    "≈": "~",
    "×": "x",
    "—": "-",
    "χ": "chi",
    "²": "2",
    "✓": "*",
    "✗": "!",
    "▲": "+",
    "▼": "-",
    "·": ".",
    "░": ".",
    "▒": ":",
    "▓": "o",
    "█": "#",
    "♣": "c",
    "♦": "d",
    "♥": "h",
    "♠": "s",
}
_HANDLER: Final = "let_it_ride.plain"


def prepare_streams() -> None:
    """Open closed standard streams to nowhere, and give every character some form."""
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        _open_if_closed(number)
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, mode, closefd=False))
    codecs.register_error(_HANDLER, _in_plain)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)


def give_up_output() -> None:
    """Let nothing more be written to standard output, not even when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _open_if_closed(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere == number:
            os.set_inheritable(number, True)
        else:
            os.dup2(nowhere, number)
            os.close(nowhere)


def _in_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in text), error.end
