"""How keys are called, on the screen and in the file of keys, and which there are."""

from __future__ import annotations

import string
import unicodedata
from functools import cache
from typing import Final

from textual.binding import Binding
from textual.keys import format_key

from let_it_ride.config.printing import quoted
from let_it_ride.errors import LetItRideError

#: In the order in which a terminal's keys have them.
_MODIFIERS: Final = ("alt", "ctrl", "hyper", "meta", "shift", "super")

_NAMED: Final = (
    *("escape", "enter", "tab", "space", "backspace", "insert", "delete"),
    *("home", "end", "pageup", "pagedown", "up", "down", "left", "right"),
    *(f"f{number}" for number in range(1, 25)),
)

#: What people call keys otherwise.
_OTHERWISE: Final = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "control": "ctrl",
    "option": "alt",
}

#: Keys that a terminal sends as others.
_SENT_AS: Final = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+left_square_bracket": "escape",
}

#: What the screen calls keys, where that is neither their name nor what Textual calls them.
_SHOWN: Final = {"enter": "enter", "backspace": "backspace"}

#: Longer names are like none.
_LONGEST: Final = 100

#: The last character of the keyboards of Western Europe, signs of measure and money among them.
_LATIN_1: Final = 255


class NoKeyError(LetItRideError):
    """A text that is not the name of a key."""


def shown_key(key: str) -> str:
    """Return a key, as Textual knows it, as all of the screen calls it: by what is pressed.

    A capital is not the key but what it types with shift.
    """
    *modifiers, last = key.split("+")
    if is_capital(last):
        modifiers, last = [*modifiers, "shift"], last.lower()
    is_numbered = last[:1] == "f" and last[1:].isdigit()
    shown = last.upper() if is_numbered else _SHOWN.get(last) or format_key(last)
    return "+".join((*modifiers, shown))


def key_named(text: str) -> str:
    """Return a key as Textual knows it.

    Raises:
        NoKeyError: there is no such key, or no terminal sends it.
    """
    is_plus = text == "+" or text.endswith("++")
    *modifiers, last = (*text[:-2].split("+"), "+") if is_plus else text.split("+")
    modifiers = [each.strip().lower() for each in modifiers if each]
    for each in modifiers:
        if each not in _MODIFIERS:
            raise NoKeyError(f"{quoted(each)} is none of {', '.join(_MODIFIERS)}{_meant(each)}")
    last = _plain(last)
    if last.isalpha() and len(last) == 1:
        if modifiers == ["shift"]:
            modifiers, last = [], last.upper()
        elif modifiers and last.isupper():
            modifiers, last = [*modifiers, "shift"], last.lower()
    key = "+".join((*sorted(set(modifiers)), last))
    key = "ctrl+space" if key == "ctrl+at" else key  # terminals do not tell them apart
    if key in _SENT_AS:
        raise NoKeyError(f"terminals send {quoted(text)} as {_SENT_AS[key]}; choose another key")
    return key


def is_capital(key: str) -> bool:
    """Whether a key is a letter with shift."""
    return len(key) == 1 and key.isupper()


def is_typed(key: str) -> bool:
    """Whether a key types a character where there is a field."""
    return key == "space" or (key not in _NAMED and len(format_key(key)) == 1)


def _plain(name: str) -> str:
    """Return a key without modifiers as Textual knows it."""
    name = name if name == " " else name.strip()
    lower = "space" if name == " " else name.lower()
    if lower in _NAMED:
        return lower
    if lower in _signs():
        return lower
    if not _is_on_keyboards(name):
        raise NoKeyError(f"no key is called {quoted(name)}{_meant(lower)}")
    return _key_of(name)


def _key_of(character: str) -> str:
    """Return the key that types a character as Textual knows it."""
    if character == ",":  # which parts keys there
        return "comma"
    return next(iter(Binding.make_bindings([Binding(character, "")]))).key


def _is_on_keyboards(text: str) -> bool:
    """Whether a text is a character that a key may have: a letter, a digit or a sign of writing."""
    if len(text) != 1 or not text.isprintable() or text.isspace():
        return False
    return ord(text) <= _LATIN_1 or unicodedata.category(text)[0] in "LNP"


@cache
def _signs() -> frozenset[str]:
    """The names of the signs that every keyboard has."""
    return frozenset(map(_key_of, string.punctuation))


def _meant(name: str) -> str:
    import difflib  # rarely needed

    known = {*_NAMED, *_MODIFIERS, *_OTHERWISE, *_signs()}
    near = difflib.get_close_matches(name[:_LONGEST], sorted(known), 1)
    if near:
        return f"; did you mean {_OTHERWISE.get(near[0], near[0])}?"
    return "; a key is a character, f1 to f24, or one of enter, escape, tab, space and the like"
