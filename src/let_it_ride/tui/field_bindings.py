"""What keys do in a field of one line."""

from dataclasses import replace
from typing import Final

from textual.binding import Binding
from textual.widgets import Input

#: Terminals send what deletes the word before the cursor for these keys, or the keys themselves;
#: Textual's fields then delete to the right.
_DELETES_RIGHT: Final = "delete_right_word"
_DELETES_LEFT: Final = "delete_left_word"


def _corrected() -> list[Binding]:
    usual = [each for each in Input.BINDINGS if isinstance(each, Binding)]
    (left,) = (each for each in usual if each.action == _DELETES_LEFT)
    return [
        replace(left, key=each.key) if each.action == _DELETES_RIGHT else each for each in usual
    ]


FIELD_BINDINGS: Final = _corrected()
"""All of it."""
