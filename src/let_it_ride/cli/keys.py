"""``lir-tui keys``: what the keys of the app do, and what each is called in the file of keys."""

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from let_it_ride.config.printing import printable
from let_it_ride.tui.commands import GROUPS
from let_it_ride.tui.key_names import is_typed, shown_key
from let_it_ride.tui.keymap import Keymap, keymap_file
from let_it_ride.tui.keymap_file import load_keymap, with_local_keys
from let_it_ride.tui.local_keys import LocalKeys, local_keys
from let_it_ride.tui.motion import MOTION

EXAMPLES: Final = ('run = ["f5", "alt+shift+g"]', '"runs.open" = "o"')
"""Lines of a file of keys."""

#: Columns of names and of keys, and all before what is done.
_NAME: Final = 23
_KEYS: Final = 17
_START: Final = 4 + _NAME + 1 + _KEYS + 1

#: Longer lines are hard to read.
_WIDEST: Final = 100


def keys(options: argparse.Namespace) -> int:
    """Print every name with its keys and what it does; then what is wrong with the file, if it is.

    Raises:
        KeymapError: something is.
    """
    file, local = keymap_file(), local_keys()
    keymap = with_local_keys(load_keymap(file), local)
    if options.json:
        print(json.dumps(_json(file, keymap, local), indent=2))
    else:
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        print("\n".join(_lines(file, keymap, local, width)))
    sys.stdout.flush()
    keymap.refuse_problems()
    return 0


def _lines(file: Path, keymap: Keymap, local: dict[str, LocalKeys], width: int) -> Iterator[str]:
    yield f"File of keys: {printable(str(file))}"
    if not file.exists():
        yield "It is not there: all keys are as usual. A line in it gives something other keys:"
    else:
        yield "A line in it gives something other keys; * marks what it has given:"
    yield from (f"  {example}" for example in EXAMPLES)
    for group in GROUPS:
        yield from ("", group.title)
        for command in group.commands:
            yield from _told(keymap, command.name, command.keys, command.help, width)
    by_place = attrgetter("place")
    for place, names in groupby(sorted(local.values(), key=by_place), by_place):
        yield from ("", place)
        for each in names:
            yield from _told(keymap, each.name, each.keys, each.help, width)
    yield from ("", "Moving where nothing is typed")
    yield f"  {' ' if keymap.has_motion else '*'} vim = {str(keymap.has_motion).lower()}"
    if keymap.has_motion:
        yield from (
            f"      {_shown(letter):<{_NAME - 2}} as {' or '.join(others)}"
            for letter, others in MOTION.items()
        )


def _told(
    keymap: Keymap, name: str, usual: tuple[str, ...], text: str, width: int
) -> Iterator[str]:
    """Yield the line of a name, and those for which it has no room."""
    mark = "*" if name in keymap.keys else " "
    named = f'"{name}"' if "." in name else name
    keys = ", ".join(map(_shown, keymap.keys.get(name, usual)))
    start = f"  {mark} {named:<{_NAME}} {keys:<{_KEYS}} "
    if len(start) > _START:
        yield start.rstrip()
        start = " " * _START
    yield from textwrap.wrap(
        text, max(width, _START + 20), initial_indent=start, subsequent_indent=" " * _START
    )


def _shown(key: str) -> str:
    """Return a key as people write it, which the file takes too."""
    last = key.rpartition("+")[2]
    return shown_key(key) if is_typed(last) else key


def _json(file: Path, keymap: Keymap, local: dict[str, LocalKeys]) -> dict[str, Any]:
    commands = [
        {
            "name": command.name,
            "keys": keymap.keys_of(command.name),
            "usual_keys": command.keys,
            "label": command.label,
            "help": command.help,
            "place": group.title,
        }
        for group in GROUPS
        for command in group.commands
    ]
    others = [
        {
            "name": each.name,
            "keys": keymap.keys.get(each.name, each.keys),
            "usual_keys": each.keys,
            "label": each.help,
            "help": each.help,
            "place": each.place,
        }
        for each in local.values()
    ]
    return {
        "file": str(file),
        "exists": file.exists(),
        "vim": keymap.has_motion,
        "everywhere": commands,
        "in_one_place": others,
        "problems": keymap.told_problems,
    }
