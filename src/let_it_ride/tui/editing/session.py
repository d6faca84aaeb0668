"""The configuration that is being edited: its text, its values, its file."""

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, Final, NamedTuple

from let_it_ride.config.problems import Path
from let_it_ride.config.toml_limits import line_of_long_key
from let_it_ride.files import read_small_file
from let_it_ride.tui.editing.choosing import TypeMemory
from let_it_ride.tui.editing.outline import Row
from let_it_ride.tui.editing.state import State, checked
from let_it_ride.tui.editing.values import with_value

#: Bytes read before the first frame; a longer file is read when the frame is out.
_GLANCE: Final = 64 * 1024

#: What ends a line for the editor, but not in TOML: it would come back as another character.
_OTHER_LINE_END: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|\r(?!\n)")

UNTITLED: Final = "untitled"


class Saved(NamedTuple):
    """What is on the disk.

    Attributes:
        path: the file; None for a configuration that has none yet.
        text: the text that stands for it in the editor, which makes all line ends the same.
        on_disk: what was read from it or last written to it; None if there is no file.
    """

    path: FilePath | None = None
    text: str = ""
    on_disk: str | None = None


class Session:
    """What there is of the configuration besides widgets.

    Attributes:
        text: its TOML text.
        state: what the form shows.
        saved: what is on the disk.
    """

    def __init__(self, text: str = "", saved: Saved | None = None) -> None:
        self.text = text
        self.saved = saved or Saved(text=text)
        self.state = State()
        self._memory = TypeMemory()

    @property
    def name(self) -> str:
        """What to call it on the screen."""
        return self.saved.path.name if self.saved.path else UNTITLED

    @property
    def is_dirty(self) -> bool:
        """Whether its text is not what is on the disk."""
        return self.text != self.saved.text

    def replace(self, text: str, saved: Saved) -> None:
        """Edit another configuration from here on."""
        self.text, self.saved = text, saved
        self.state = State()
        self._memory.forget()

    def edit(self, row: Row, value: Any, *, is_typed: bool = False, check: bool = True) -> State:
        """Change what a row of the form shows, and return the state after it.

        Args:
            row: the row.
            value: its value; `MISSING` is its default.
            is_typed: the value stands in the row's field already.
            check: whether to look for what is wrong, which takes long the first time.
        """
        values = self.state.values
        match row.kind:
            case "type":
                name = row.field.default if not isinstance(value, str) else value
                changed = self._memory.with_type(values, row.field, row.path[:-1], name)
            case "switch":
                changed = self._memory.with_table(values, row.path, present=value is True)
            case _:
                changed = with_value(values, row.path, value)
        typed_at = row.path if is_typed else None
        state = checked(changed) if check else State(changed)
        self.state = replace(state, typed_at=typed_at)
        return self.state


def line_not_kept(text: str) -> int | None:
    """Return the first line, from 1, with a character that the editor takes for a line's end."""
    found = _OTHER_LINE_END.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def peeked(path: FilePath | None) -> Session:
    """Return a session with what can be read of a file at a glance, before it is checked.

    Whatever keeps it from being read is found out, and told, when it is opened properly.
    """
    try:
        if path is None:
            return Session()
        content = read_small_file(path, _GLANCE + 1)
        text = content.decode()
        if len(content) > _GLANCE or line_of_long_key(text):
            return Session()
        values = tomllib.loads(text.removeprefix("\ufeff"), parse_float=Decimal)
        if line_not_kept(text) is not None:
            return Session()
    except (OSError, ValueError, RecursionError, ArithmeticError):
        return Session()
    session = Session(text, Saved(path, text, text))
    session.state = State(values)
    return session


def text_for(text: str, state: State) -> str:
    """Return a TOML text changed to say what a state says, and else as it was.

    A configuration that is not valid is written as it stands, errors and all, so that nothing
    typed is lost.

    Raises:
        ConfigError: the text cannot be changed.
    """
    # The writer of TOML is not needed for the first frame.
    from let_it_ride.config import edit_toml, update_toml
    from let_it_ride.tui.editing.state import SOURCE

    if state.config is not None:
        return update_toml(text, state.config, SOURCE)
    return edit_toml(text, dict(state.values), source=SOURCE)


def line_of(text: str, path: Path) -> int | None:
    """Return the line, from 1, on which a key or a table around it stands in a text."""
    from let_it_ride.config.toml_places import Places

    places = Places(text)
    lines = (places.line_of(path[:length]) for length in range(len(path), 0, -1))
    return next((line for line in lines if line is not None), None)
