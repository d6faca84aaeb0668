"""Letters that move where nothing is typed, as in vi.

A letter is taken for the arrow it stands for, so that it moves in whatever that arrow moves in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.keys import key_to_character

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

MOTION: Final = {
    "j": ("down",),
    "k": ("up",),
    "h": ("left",),
    "l": ("right",),
    "g": ("ctrl+home", "home"),
    "G": ("ctrl+end", "end"),
    "0": ("home",),
    "dollar_sign": ("end",),
    "ctrl+d": ("pagedown",),
    "ctrl+u": ("pageup",),
}
"""What letters stand for: the first of these that does anything where they are pressed."""


def meant_by(letter: str, screen: Screen[object]) -> str | None:
    """Return the key that a letter stands for on a screen; None where it stands for itself."""
    others = MOTION.get(letter)
    if others is None or is_taken(letter, screen):
        return None
    active = screen.active_bindings
    return None if letter in active else next((each for each in others if each in active), None)


def is_taken(letter: str, screen: Screen[object]) -> bool:
    """Whether what has the focus, or is around it, takes a letter for itself."""
    nodes: list[DOMNode] = screen.focused.ancestors_with_self if screen.focused else [screen]
    character = key_to_character(letter)
    return any(node.check_consume_key(letter, character) for node in nodes)
