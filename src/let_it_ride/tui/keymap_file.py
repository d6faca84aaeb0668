"""The user's file of keys: TOML with a name and its keys on each line.

What is wrong in it is told, and is as usual; the rest of it is heeded.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from textual.binding import Binding

from let_it_ride.config.printing import printable, quoted, shortened
from let_it_ride.config.toml_limits import line_of_long_key
from let_it_ride.config.toml_places import Places
from let_it_ride.files import read_small_file
from let_it_ride.tui.commands import COMMANDS
from let_it_ride.tui.field_bindings import FIELD_BINDINGS
from let_it_ride.tui.key_names import NoKeyError, is_typed, key_named
from let_it_ride.tui.keymap import Keymap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from let_it_ride.tui.local_keys import LocalKeys

#: Bytes. A file with every name and eight keys for each is smaller.
_LARGEST: Final = 64 * 1024

#: Keys of one name, and names in a file: more than there are.
_MOST: Final = 8
_MOST_NAMES: Final = 500

_MOTION: Final = "vim"

#: What fields, lists and dialogs live by: no command of everywhere has them.
_KEPT: Final = frozenset(
    (
        *("tab", "shift+tab", "enter", "escape", "space", "backspace", "delete"),
        *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    )
)
#: What this key closes, it always closes: nobody is locked in.
_WAY_OUT: Final = "escape"
_WAYS_OUT: Final = (".close", "busy.stop")

#: What keys do where something is typed.
_FIELD_KEYS: Final = {
    binding.key: binding.description for binding in Binding.make_bindings(FIELD_BINDINGS)
}

_NO_ONES: Final = frozenset(("ctrl+c",))


def load_keymap(file: Path) -> Keymap:
    """Read a file of keys; where there is none, everything is as usual.

    Names of what is done in one place, which have a dot, are not looked at closely before
    `with_local_keys`.
    """
    name = str(file)
    try:
        content = read_small_file(file, _LARGEST + 1)
    except FileNotFoundError:
        return Keymap()
    except OSError as error:
        return _refused(f"{name}: cannot be read: {error.strerror or error}")
    if len(content) > _LARGEST:
        return _refused(f"{name}: larger than {_LARGEST:,} bytes")
    try:
        text = content.decode().removeprefix("\ufeff")
        if line := line_of_long_key(text):
            return _refused(f"{name}:{line}: a key of too many parts")
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return _refused(f"{name}: not TOML: {error}")
    entries = tuple(_flattened(data))
    if len(entries) > _MOST_NAMES:
        return _refused(f"{name}: more than {_MOST_NAMES} names")
    places = Places(text)
    lines = {path: places.line_of(path) or 1 for path, _ in entries}
    reading = _Reading(name, {".".join(path): line for path, line in lines.items()})
    keys = dict(reading.entries(entries))
    return reading.without_conflicts(keys, {})


def with_local_keys(keymap: Keymap, local: Mapping[str, LocalKeys]) -> Keymap:
    """Return what is left when the names of what is done in one place are looked at closely."""
    reading = _Reading(keymap.file, keymap.lines, dict(keymap.problems), keymap.has_motion)
    keys = dict(keymap.keys)
    for name in [each for each in keys if "." in each and each not in local]:
        reading.complain(name, f"nothing is called so{_meant(name, (*COMMANDS, *local))}")
        del keys[name]
    for name in [each for each in keys if each in local]:
        if name.endswith(_WAYS_OUT) and _WAY_OUT in local[name].keys:
            keys[name] = tuple(dict.fromkeys((*keys[name], _WAY_OUT)))
    return reading.without_conflicts(keys, local)


@dataclass
class _Reading:
    """What has been read of a file, and what is wrong with it."""

    file: str
    lines: Mapping[str, int]
    problems: dict[str, str] = field(default_factory=dict)
    has_motion: bool = True

    def complain(self, name: str, what: str) -> None:
        """Note what is wrong with the keys of a name."""
        where = f"{self.file}:{self.lines[name]}: {shortened(name)}"
        self.problems.setdefault(name, printable(f"{where}: {what}"))

    def entries(
        self, entries: Iterable[tuple[tuple[str, ...], Any]]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the names with keys that can be had."""
        for path, value in entries:
            name = ".".join(path)
            if name == _MOTION:
                if isinstance(value, bool):
                    self.has_motion = value
                else:
                    self.complain(name, "neither true nor false")
            elif "." not in name and name not in COMMANDS:
                names = (*COMMANDS, _MOTION)
                self.complain(name, f"no command is called so{_meant(name, names)}")
            elif keys := self._keys(name, value):
                yield name, keys

    def without_conflicts(
        self, keys: dict[str, tuple[str, ...]], local: Mapping[str, LocalKeys]
    ) -> Keymap:
        """Return the keys, without those that something else has."""
        usual = {name: command.keys for name, command in COMMANDS.items()}
        owners: dict[str, list[str]] = {}
        for each in local.values():
            owners.setdefault(each.owner, []).append(each.name)
        groups = (tuple(COMMANDS), *map(tuple, owners.values()))
        usual |= {name: each.keys for name, each in local.items()}
        # What is refused has its usual keys again, which something else may have been given.
        while conflict := _conflict(keys, usual, groups):
            name, key, other = conflict
            self.complain(name, f"{quoted(key)} is a key of {other}; give {other} another one")
            del keys[name]
        return Keymap(keys, self.file, self.has_motion, self.lines, self.problems)

    def _keys(self, name: str, value: object) -> tuple[str, ...]:
        """Return the keys of a name; none where there is something wrong with them."""
        texts = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            self.complain(name, 'not a list of keys, such as ["f5", "ctrl+r"]')
            return ()
        if not 1 <= len(texts) <= _MOST:
            self.complain(name, f"has {len(texts):,} keys; allowed: 1 to {_MOST}")
            return ()
        keys = []
        for text in texts:
            try:
                keys.append(_for_name(name, key_named(text)))
            except NoKeyError as error:
                self.complain(name, str(error))
                return ()
        return tuple(dict.fromkeys(keys))


def _for_name(name: str, key: str) -> str:
    """Return a key that may be that of a name.

    Raises:
        NoKeyError: it may not.
    """
    if key in _NO_ONES:
        raise NoKeyError(f"{key} copies what is selected, wherever that is")
    if name in COMMANDS and key in _KEPT:
        raise NoKeyError(f"{key} keeps its meaning in fields and lists")
    if name in COMMANDS and (action := _FIELD_KEYS.get(key)) and key not in COMMANDS[name].keys:
        raise NoKeyError(f"{key} is a key of every field: {action.lower()}")
    if name in COMMANDS and COMMANDS[name].priority and is_typed(key):
        raise NoKeyError(f"{quoted(key)} could not be typed any more")
    return key


def _conflict(
    keys: Mapping[str, tuple[str, ...]],
    usual: Mapping[str, tuple[str, ...]],
    groups: Iterable[tuple[str, ...]],
) -> tuple[str, str, str] | None:
    """Return the first name with a key that another one has, the key and the other name.

    Two names have no key in common where they are of one place. What the file gives to one place
    is nothing that works everywhere.
    """
    everywhere = {key: name for name in COMMANDS for key in keys.get(name) or usual[name]}
    for names in groups:
        owners: dict[str, str] = {}
        # Those that the file does not name come first: their keys are theirs.
        for name in sorted(names, key=lambda name: name in keys):
            for key in keys.get(name) or usual[name]:
                other = owners.setdefault(key, name)
                if name in keys and other == name and name not in COMMANDS:
                    other = everywhere.get(key, name)
                if other != name and name in keys:
                    return name, key, other
    return None


def _flattened(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield what is no table, and in tables one level down, with its path."""
    for name, value in data.items():
        if isinstance(value, dict):
            for inner, each in value.items():
                yield (name, inner), each
        else:
            yield (name,), value


def _meant(name: str, names: Iterable[str]) -> str:
    plain = name[:100].lower().replace("-", "_").replace(" ", "_")
    near = difflib.get_close_matches(plain, tuple(names), 1)
    return f"; did you mean {near[0]}?" if near else "; 'lir-tui keys' lists the names"


def _refused(problem: str) -> Keymap:
    return Keymap(problems={"": printable(problem)})
